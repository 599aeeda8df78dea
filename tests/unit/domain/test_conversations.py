"""The list's rules: pages with pins in front, and who is told of what."""

import pytest

from tests.support.delivery import Recorder
from tests.support.stores import APP, NOW, People, message, put
from tidings.clock import SteppedClock
from tidings.domain.accounts import Newcomer
from tidings.domain.apps import App
from tidings.domain.conversations import FIRST, PAGE, Conversations, ListWish
from tidings.domain.events import ConversationsDeleted, ConversationsPinned, HistoryCleared
from tidings.domain.usersig import KeyRing
from tidings.ids import InstanceId, UserId
from tidings.settings import AppSettings
from tidings.store.sqlite.store import Store

HERE = InstanceId(7)
SYNCED = App(APP, "x", is_enabled=True, created_at=NOW, keys=KeyRing(), settings=AppSettings(sync_deletions=True))


@pytest.fixture
def conversations(store: Store, delivery: Recorder, clock: SteppedClock) -> Conversations:
    return Conversations(store.listing, delivery, clock)


@pytest.mark.parametrize("pins", [0, 1, PAGE - 1, PAGE, PAGE + 1])
async def test_pages_hold_everything_once_pins_first(
    store: Store, them: People, conversations: Conversations, pins: int
) -> None:
    app = App(APP, "x", is_enabled=True, created_at=NOW, keys=KeyRing(), settings=AppSettings(pinned_conversations=500))
    friends = await store.accounts.save_accounts(APP, [Newcomer(UserId(f"f{n:03}")) for n in range(PAGE + 20)])
    await put(store, *(message(friend, them.bob) for friend in friends))
    if pins:
        await conversations.pin(app, them.bob, friends[:pins], HERE)
    wish, found, sizes = ListWish(FIRST, FIRST, pins_first=True, with_empty=True), [], []
    is_complete = False
    while not is_complete:
        page = await conversations.page(app, them.bob, wish)
        wish = ListWish(page.ordinary, page.top, pins_first=True, with_empty=True)
        found += page.rows
        sizes.append(len(page.rows))
        is_complete = page.is_complete
    assert sizes == [PAGE, 20]
    assert [row.is_pinned for row in found] == [True] * pins + [False] * (PAGE + 20 - pins)
    assert {row.peer.user_id for row in found} == {friend.user_id for friend in friends}


async def test_pins_are_told_to_the_other_devices_of_the_owner_only(
    them: People, conversations: Conversations, delivery: Recorder
) -> None:
    for _ in range(2):
        await conversations.pin(SYNCED, them.alice, [them.bob, them.carol, them.bob], HERE)
    await conversations.unpin(them.alice, [them.bob], HERE)
    both = ConversationsPinned((them.bob.user_id, them.carol.user_id), is_pinned=True)
    one = ConversationsPinned((them.bob.user_id,), is_pinned=False)
    assert delivery.events == [(them.alice.number, both, HERE), (them.alice.number, one, HERE)]


async def test_deletions_are_told_if_the_app_wants_it(
    store: Store, them: People, conversations: Conversations, delivery: Recorder, app: App
) -> None:
    await put(store, message(them.bob, them.alice), message(them.carol, them.alice))
    await conversations.delete(app, them.alice, [them.carol], HERE, clears=False)
    assert delivery.events == []
    await conversations.delete(SYNCED, them.alice, [them.bob, them.carol], HERE, clears=False)
    event = ConversationsDeleted((them.bob.user_id,), is_cleared=False)
    assert delivery.events == [(them.alice.number, event, HERE)]


async def test_clearing_is_told_if_there_was_something(
    store: Store, them: People, conversations: Conversations, delivery: Recorder
) -> None:
    await conversations.clear(them.alice, them.bob, HERE)
    await put(store, message(them.bob, them.alice))
    for _ in range(2):
        await conversations.clear(them.alice, them.bob, HERE)
    assert delivery.events == [(them.alice.number, HistoryCleared(them.bob.user_id), HERE)]
    assert await conversations.still_listed(them.alice, [them.bob.number]) == {them.bob.number}
