"""Lists in SQLite: what a list costs depends on its own length, not on what else there is."""

import pytest

from tests.support.database import Work
from tests.support.stores import APP, NOW, People, message, put
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.conversations import FIRST, ListQuery
from tidings.domain.events import HistoryCleared
from tidings.ids import Position, UserId
from tidings.store.sqlite.store import Store

PAGE = ListQuery(is_pinned=None, after=FIRST, limit=101, with_empty=True)
LISTED = 3000


async def friends(store: Store, count: int, first: int = 0) -> list[Account]:
    newcomers = [Newcomer(UserId(f"f{number}")) for number in range(first, first + count)]
    return await store.accounts.save_accounts(APP, newcomers)


async def test_nothing_goes_through_a_whole_table(store: Store, them: People, work: Work) -> None:
    await put(store, message(them.alice, them.bob), message(them.carol, them.bob))
    bob, peers, listing = them.bob.number, [them.alice.number, them.carol.number], store.listing
    for call in (
        lambda: listing.listed(bob, PAGE, LISTED),
        lambda: listing.still_listed(bob, peers),
        lambda: listing.pin(bob, peers, 50, NOW, lambda _: None),
        lambda: listing.unpin(bob, peers, NOW, lambda _: None),
        lambda: listing.clear(bob, peers[0], NOW, HistoryCleared(them.alice.user_id)),
        lambda: listing.delete(bob, peers, NOW, lambda _: None, clears=True),
    ):
        assert await work.scans(call) == []


async def test_a_list_of_500_costs_the_same_as_everything_else_grows(store: Store, them: People, work: Work) -> None:
    mine = await friends(store, 500)
    await put(store, *(message(friend, them.bob) for friend in mine))
    calls = (
        lambda: store.listing.listed(them.bob.number, PAGE, LISTED),
        lambda: store.conversations.conversations(them.bob.number, Position(0), 101, LISTED),
    )
    before = [await work.size(call) for call in calls]
    others = await friends(store, 100, 500)
    for each in others:  # others talk among themselves, and my friends write more to me
        await put(store, *(message(each, them.carol) for _ in range(20)))
    await put(store, *(message(friend, them.bob) for friend in mine for _ in range(10)))
    assert [await work.size(call) for call in calls] == pytest.approx(before, rel=0.1)
