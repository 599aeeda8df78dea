"""Mutes in SQLite."""

from tests.support.stores import NOW, People
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.store import Store


async def test_a_mute_is_one_row_for_an_account(store: Store, them: People, engine: Engine) -> None:
    for until in (NOW, NOW + 1):
        await store.mutes.save_mute(them.alice.number, until, None)
    rows = await engine.read(lambda connection: connection.execute("SELECT * FROM mutes").fetchall())
    assert rows == [(them.alice.number, NOW + 1, 0)]
