"""Merged messages in SQLite: found by their keys."""

from tests.support.database import Work
from tests.support.stores import APP, NOW, People
from tidings.store.sqlite.store import Store


async def test_nothing_goes_through_a_whole_table(store: Store, them: People, work: Work) -> None:
    await store.merged.save_merged("a", them.alice, NOW, b"[]")
    for call in (
        lambda: store.merged.touch_merged("a", NOW),
        lambda: store.merged.expire_merged(APP, NOW),
    ):
        assert await work.scans(call) == []
