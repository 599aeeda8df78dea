"""Follows in SQLite: a page and a count cost the same, however many follow."""

from functools import partial

import pytest

from tests.support.database import Work
from tests.support.stores import APP, NOW, People
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.follows import FollowBook, FollowCounts, FollowType, Results
from tidings.domain.ports import Logged
from tidings.ids import UserId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.follows import part
from tidings.store.sqlite.store import Store


def _follow(pairs: list[tuple[Account, Account]], book: FollowBook) -> tuple[Results, list[Logged]]:
    for one_side, other in pairs:
        book.add(one_side.number, other.number, NOW)
    return [], []


async def follow(store: Store, *pairs: tuple[Account, Account]) -> None:
    await store.follows.change_follows(NOW, partial(_follow, list(pairs)))


async def test_nothing_goes_through_a_whole_table(store: Store, them: People, work: Work) -> None:
    follows, number = store.follows, them.alice.number

    def leave(book: FollowBook) -> tuple[Results, list[Logged]]:
        book.existing([number])
        book.counts(number)
        book.remove(number, them.bob.number)
        return [], []

    for call in (
        lambda: follow(store, (them.alice, them.bob), (them.bob, them.alice)),
        lambda: follows.follow_page(number, FollowType.FOLLOWER, 0, 100),
        lambda: follows.follow_page(number, FollowType.FOLLOWED, 9, 100),
        lambda: follows.follow_page(number, FollowType.MUTUAL, 9, 100),
        lambda: follows.follow_types(number, [them.bob.number]),
        lambda: follows.follow_counts([number]),
        lambda: follows.change_follows(NOW, leave),
    ):
        assert await work.scans(call) == []


async def test_a_page_costs_the_same_however_long_the_list(store: Store, them: People, work: Work) -> None:
    fans = await store.accounts.save_accounts(APP, [Newcomer(UserId(f"f{n}")) for n in range(600)])
    alice = them.alice.number

    async def sizes(last: int) -> list[int]:
        kinds = (FollowType.FOLLOWER, FollowType.FOLLOWED, FollowType.MUTUAL)
        pages = [partial(store.follows.follow_page, alice, kind, at, 10) for kind in kinds for at in (0, last)]
        found = [await work.size(page) for page in pages]
        return [*found, await work.size(partial(store.follows.follow_counts, [alice]))]

    first = [(fan, them.alice) for fan in fans[:50]] + [(them.alice, fan) for fan in fans[:50]]
    await follow(store, *first)
    before = await sizes(60)
    await follow(store, *[(fan, them.alice) for fan in fans[50:]], *[(them.alice, fan) for fan in fans[50:]])
    assert await sizes(60) == pytest.approx(before, rel=0.15)


async def test_two_are_parted_both_ways(store: Store, them: People, engine: Engine) -> None:
    await follow(store, (them.alice, them.bob), (them.bob, them.alice), (them.bob, them.carol))
    await engine.write(partial(part, one_side=them.bob.number, other=them.alice.number))
    found = await store.follows.follow_counts([them.alice.number, them.bob.number, them.carol.number])
    assert list(found.values()) == [FollowCounts(), FollowCounts(followed=1), FollowCounts(followers=1)]
