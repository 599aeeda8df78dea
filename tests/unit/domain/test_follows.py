"""Rules of following: limits are judged at the commit, and both sides are told the same."""

import asyncio
from dataclasses import replace

import pytest

from tests.support.delivery import Recorder
from tests.support.stores import NOW, People
from tidings.clock import SteppedClock
from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.events import FollowChange, FollowsChanged
from tidings.domain.follows import FollowCounts, Follows, FollowType
from tidings.ids import NO_INSTANCE, AccountNumber, UserId
from tidings.settings import AppSettings
from tidings.store.sqlite.store import Store

FOLLOWER, FOLLOWED, MUTUAL = FollowType.FOLLOWER, FollowType.FOLLOWED, FollowType.MUTUAL


@pytest.fixture
def follows(store: Store, delivery: Recorder, clock: SteppedClock) -> Follows:
    return Follows(store.follows, delivery, clock)


def changed(peer: Account, *types: FollowType, is_added: bool = True) -> FollowChange:
    return FollowChange(peer.user_id, NOW, types, is_added)


async def codes(follows: Follows, app: App, owner: Account, *others: Account) -> list[int]:
    return [0 if error is None else error.code for error in await follows.follow(app, owner, others)]


async def test_one_call_is_one_event_for_each_side(
    follows: Follows, app: App, them: People, delivery: Recorder
) -> None:
    alice, bob, carol = them.alice, them.bob, them.carol
    await follows.follow(app, bob, [alice])
    delivery.events.clear()
    await follows.follow(app, alice, [bob, carol, bob])
    assert delivery.events == [
        (alice.number, FollowsChanged((changed(bob, FOLLOWED, MUTUAL), changed(carol, FOLLOWED))), NO_INSTANCE),
        (bob.number, FollowsChanged((changed(alice, FOLLOWER, MUTUAL),)), NO_INSTANCE),
        (carol.number, FollowsChanged((changed(alice, FOLLOWER),)), NO_INSTANCE),
    ]
    assert len(set(delivery.positions[-3:])) == 1
    delivery.events.clear()
    await follows.unfollow(alice, [carol, bob, carol])
    parted = (changed(carol, FOLLOWED, is_added=False), changed(bob, FOLLOWED, MUTUAL, is_added=False))
    assert delivery.events[0] == (alice.number, FollowsChanged(parted), NO_INSTANCE)
    assert len(delivery.events) == 3


async def test_what_changes_nothing_is_told_to_nobody(
    follows: Follows, app: App, them: People, delivery: Recorder
) -> None:
    assert await codes(follows, app, them.alice, them.alice) == [30001]
    await follows.unfollow(them.alice, [them.bob])
    assert delivery.events == []


async def test_who_is_gone_at_the_commit_is_not_followed(
    follows: Follows, app: App, them: People, store: Store
) -> None:
    deleted = store.accounts.delete_account(them.bob.number)
    assert await codes(follows, app, them.alice, them.bob, them.carol) == [30003, 0]
    await deleted
    ghost = Account(app.sdk_app_id, AccountNumber(99), UserId("ghost"))
    assert await codes(follows, app, ghost, them.alice) == [30003]


async def test_limits_hold_for_calls_at_the_same_time(follows: Follows, app: App, them: People) -> None:
    few = replace(app, settings=AppSettings(followers=1))
    both = await asyncio.gather(*(codes(follows, few, fan, them.alice) for fan in (them.bob, them.carol)))
    assert sorted(both) == [[0], [32101]]
    assert await follows.counts([them.alice]) == {them.alice.number: FollowCounts(followers=1)}


async def test_a_full_list_takes_whom_it_has(follows: Follows, app: App, them: People) -> None:
    few = replace(app, settings=AppSettings(followed_users=1))
    assert await codes(follows, few, them.alice, them.bob) == [0]
    assert await codes(follows, few, them.alice, them.bob, them.carol) == [0, 32100]


async def test_a_page_says_where_it_goes_on(follows: Follows, app: App, them: People) -> None:
    await follows.follow(app, them.alice, [them.bob, them.carol])
    first = await follows.page(them.alice, FOLLOWED, 0, 1)
    assert [row.user_id for row in first.rows] == ["carol"]
    last = await follows.page(them.alice, FOLLOWED, first.after, 1)
    assert ([row.user_id for row in last.rows], last.after) == (["bob"], 0)
    assert await follows.types(them.bob, [them.alice, them.carol]) == {them.alice.number: FOLLOWER}
