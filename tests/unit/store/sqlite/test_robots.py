"""Chatbots in SQLite: found by their keys."""

from tests.support.database import Work
from tests.support.stores import APP, People
from tidings.store.sqlite.store import Store


async def test_nothing_goes_through_a_whole_table(store: Store, them: People, work: Work) -> None:
    for call in (
        lambda: store.robots.add_robot(them.alice, 20),
        lambda: store.robots.robots(APP),
        lambda: store.robots.remove_robot(them.alice.number),
    ):
        assert await work.scans(call) == []
