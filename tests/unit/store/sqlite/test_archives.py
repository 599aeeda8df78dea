"""Archives in SQLite: what is looked at, and how much of it."""

from tests.support.database import Work
from tests.support.stores import APP, NOW, People, message, put
from tidings.domain.archives import Archive
from tidings.domain.messages import Flag
from tidings.ids import START
from tidings.store.sqlite.store import Store

ONE = Archive(APP, 5, "one", 1, "a", 2, "b")
TWO = Archive(APP, 6, "two", 1, "a", 2, "b")


async def test_messages_come_until_one_of_a_later_hour(store: Store, them: People) -> None:
    early, late = message(them.alice, them.bob, NOW), message(them.alice, them.bob, NOW + 10)
    old = message(them.alice, them.bob, 5, flags=Flag.IMPORTED)
    await put(store, early, old, late)
    chunk = await store.archives.messages_until(START, NOW + 10, 9)
    assert ([each.key for _, each in chunk.messages], chunk.reached, chunk.is_over) == ([early.key], old.position, True)
    assert not (await store.archives.messages_until(START, NOW + 10, 1)).is_over
    rest = await store.archives.messages_until(old.position, NOW + 11, 9)
    assert ([each.key for _, each in rest.messages], rest.reached, rest.is_over) == ([late.key], late.position, False)
    assert (await store.archives.messages_until(late.position, NOW + 11, 9)).reached is None


async def test_the_first_hour_is_that_of_a_message_that_was_sent(store: Store, them: People) -> None:
    assert await store.archives.first_hour() is None
    await put(store, message(them.alice, them.bob, 5, flags=Flag.IMPORTED), message(them.alice, them.bob, NOW))
    assert await store.archives.first_hour() == NOW // 3600


async def test_archives_are_kept_with_how_far_they_are(store: Store) -> None:
    assert await store.archives.progress() == (0, START)
    await store.archives.save_archives([ONE, TWO], 7, START)
    assert await store.archives.progress() == (7, START)
    assert await store.archives.find_archive(APP, 6) == TWO
    assert await store.archives.find_archive(APP, 7) is None
    await store.archives.expire_archives(6)
    assert await store.archives.archives(APP) == [TWO]


async def test_no_query_goes_through_a_table(store: Store, them: People, work: Work) -> None:
    await put(store, message(them.alice, them.bob))
    assert await work.scans(lambda: store.archives.messages_until(START, NOW, 500)) == []
    assert await work.scans(lambda: store.archives.find_archive(APP, 5)) == []
