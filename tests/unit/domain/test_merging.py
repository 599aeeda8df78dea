"""Rules of merged messages: known by a key, kept while they are read (domain/merging.py)."""

import pytest

from tests.support.server import SeededChance
from tests.support.stores import APP, OTHER_APP, People
from tidings.clock import SteppedClock
from tidings.domain.apps import App
from tidings.domain.history import DAY_S
from tidings.domain.merging import MAX_BYTES, Merging
from tidings.domain.usersig import KeyRing
from tidings.errors import TidingsError
from tidings.store.sqlite.store import Store


@pytest.fixture
def merging(store: Store, clock: SteppedClock) -> Merging:
    return Merging(store.merged, clock, SeededChance())


async def test_a_key_opens_them_in_its_own_app(merging: Merging, them: People) -> None:
    key, other = [await merging.save(them.alice, body) for body in (b"[1]", b"[2]")]
    assert (await merging.load(APP, key), await merging.load(APP, other)) == (b"[1]", b"[2]")
    for app, asked in ((OTHER_APP, key), (APP, "none")):
        with pytest.raises(TidingsError) as refused:
            await merging.load(app, asked)
        assert refused.value.code == 20022


async def test_too_many_are_refused(merging: Merging, them: People) -> None:
    await merging.save(them.alice, b"x" * MAX_BYTES)
    with pytest.raises(TidingsError, match="1048577 bytes"):
        await merging.save(them.alice, b"x" * (MAX_BYTES + 1))


async def test_they_stay_while_somebody_reads_them(merging: Merging, them: People, clock: SteppedClock) -> None:
    read, unread = [await merging.save(them.alice, b"[]") for _ in range(2)]
    app = App(APP, "test", is_enabled=True, created_at=0, keys=KeyRing())
    for _ in range(app.settings.history_days + 1):
        clock.step(DAY_S)
        await merging.load(APP, read)
        await merging.expire([app])
    assert await merging.load(APP, read)
    with pytest.raises(TidingsError):
        await merging.load(APP, unread)
