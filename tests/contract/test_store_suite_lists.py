"""Every store: pins, deletion, marks, groups, do not disturb (domain/conversations.py, marks.py, receiving.py)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.support.stores import APP, NOW, People, message, put, whole
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.conversations import FIRST, ListQuery, Place
from tidings.domain.events import ConversationsPinned, HistoryCleared, KeptEvent, ReadElsewhere
from tidings.domain.marks import ConversationGroup, MarkBook
from tidings.domain.ports import ListedConversation, Traits, UnreadLimits
from tidings.domain.receiving import OptionChanges, QuietTime, ReceiveOption
from tidings.errors import TOO_MANY_PINS, TidingsError
from tidings.ids import AccountNumber, Position, UserId
from tidings.store.sqlite.store import Store

MANY = 1000
EVENT = ReadElsewhere(UserId("bob"), NOW)


def told(peers: Sequence[AccountNumber]) -> KeptEvent:
    return ConversationsPinned(tuple(UserId(str(peer)) for peer in peers), is_pinned=True)


async def listed(store: Store, account: Account, newest: int = MANY, **wish: Any) -> list[ListedConversation]:
    query = replace(ListQuery(is_pinned=None, after=FIRST, limit=MANY, with_empty=True), **wish)
    return await store.listing.listed(account.number, query, newest)


async def names(store: Store, account: Account, **wish: Any) -> list[str]:
    return [row.peer.user_id for row in await listed(store, account, **wish)]


async def pin(store: Store, account: Account, *peers: Account, limit: int = MANY) -> Position | None:
    numbers = [peer.number for peer in peers]
    return (await store.listing.pin(account.number, numbers, limit, NOW, told)).position


async def delete(store: Store, account: Account, *peers: Account, clears: bool = False) -> Position | None:
    numbers = [peer.number for peer in peers]
    return (await store.listing.delete(account.number, numbers, NOW, told, clears=clears)).position


# --- pages ---


async def test_newest_comes_first_and_pages_join(store: Store, them: People) -> None:
    friends = await store.accounts.save_accounts(APP, [Newcomer(UserId(f"f{n}")) for n in range(7)])
    for number, friend in enumerate(friends):
        await put(store, message(friend, them.alice, NOW + number // 2))
    whole_list = await listed(store, them.alice)
    assert [row.time for row in whole_list] == [NOW + time for time in (3, 2, 2, 1, 1, 0, 0)]
    found, after = [], FIRST
    while page := await listed(store, them.alice, after=after, limit=2):
        found += page
        after = Place(page[-1].time, page[-1].peer.number)
    assert found == whole_list
    assert await listed(store, them.alice, newest=3) == whole_list[:3]


async def test_pinned_stand_apart_and_outlast_newer_ones(store: Store, them: People) -> None:
    await put(store, message(them.bob, them.alice), message(them.carol, them.alice, NOW + 1))
    await pin(store, them.alice, them.bob)
    assert await names(store, them.alice, is_pinned=True) == ["bob"]
    assert await names(store, them.alice, is_pinned=False) == ["carol"]
    assert await names(store, them.alice) == ["carol", "bob"]
    assert [row.peer.user_id for row in await listed(store, them.alice, newest=1)] == ["bob"]


async def test_lists_are_each_sides_own(store: Store, them: People) -> None:
    await put(store, message(them.bob, them.alice))
    await pin(store, them.alice, them.bob)
    await delete(store, them.bob, them.alice)
    assert [row.is_pinned for row in await listed(store, them.alice)] == [True]
    assert await names(store, them.bob) == await names(store, them.stranger) == []


# --- pins ---


async def test_pins_are_limited_and_count_once(store: Store, them: People) -> None:
    first = await pin(store, them.alice, them.bob, limit=1)
    assert first is not None
    assert await pin(store, them.alice, them.bob, limit=1) is None
    with pytest.raises(TidingsError) as refused:
        await pin(store, them.alice, them.bob, them.carol, limit=1)
    assert refused.value.code == TOO_MANY_PINS.code
    assert await names(store, them.alice) == ["bob"]
    gone = await store.listing.unpin(them.alice.number, [them.bob.number, them.carol.number], NOW, told)
    assert gone.event == told([them.bob.number])
    assert await pin(store, them.alice, them.carol, limit=1)


async def test_pin_of_what_was_never_said_is_an_empty_conversation(store: Store, them: People) -> None:
    await pin(store, them.alice, them.bob)
    assert await names(store, them.alice, with_empty=False) == []
    (state,) = await store.conversations.conversations(them.alice.number, Position(0), MANY, MANY)
    assert (state.last, state.time, state.is_pinned) == (None, NOW, True)
    sent = message(them.bob, them.alice, NOW - 60)
    await put(store, sent)
    (state,) = await store.conversations.conversations(them.alice.number, Position(0), MANY, MANY)
    assert (state.last and state.last.key, state.time) == (sent.key, sent.time)


async def test_a_pinned_conversation_outlasts_its_messages(store: Store, them: People) -> None:
    one, other = message(them.bob, them.alice), message(them.carol, them.alice)
    await put(store, one, other)
    await pin(store, them.alice, them.bob)
    await store.messages.hide([one], them.alice.number)
    await store.messages.hide([other], them.alice.number)
    assert await names(store, them.alice) == ["bob"]
    sent = message(them.bob, them.alice)
    await put(store, sent)
    await store.retention.expire({APP: NOW + 1})
    assert await names(store, them.alice) == ["bob"]


# --- deletion ---


@pytest.mark.parametrize("clears", [False, True])
async def test_what_is_deleted_is_gone_until_the_next_message(store: Store, them: People, *, clears: bool) -> None:
    await put(store, message(them.bob, them.alice), message(them.alice, them.bob))
    await pin(store, them.alice, them.bob)
    assert await delete(store, them.alice, them.bob, them.carol, clears=clears)
    assert await delete(store, them.alice, them.bob, clears=clears) is None
    limits = UnreadLimits(100, 250, NOW)
    assert await store.conversations.unread(them.alice.number, limits) == {}
    assert await names(store, them.alice) == []
    assert len(await store.messages.page(whole(them.alice.number, them.bob.number))) == (0 if clears else 2)
    assert len(await store.messages.page(whole(them.bob.number, them.alice.number))) == 2
    await put(store, message(them.bob, them.alice, NOW - 5))
    (row,) = await listed(store, them.alice)
    assert (row.time, row.is_pinned) == (NOW - 5, False)
    assert await store.conversations.unread(them.alice.number, limits) == {them.bob.number: 1}


async def test_history_can_be_cleared_after_the_conversation_was_deleted(store: Store, them: People) -> None:
    await put(store, message(them.bob, them.alice))
    await delete(store, them.alice, them.bob)
    assert await delete(store, them.alice, them.bob, clears=True)
    assert await store.messages.page(whole(them.alice.number, them.bob.number)) == []


async def test_positions_of_untold_deletions_are_not_given_again(store: Store, them: People) -> None:
    await put(store, message(them.bob, them.alice))
    before = await store.conversations.newest_position()
    await store.listing.delete(them.alice.number, [them.bob.number], NOW, lambda _: None, clears=True)
    assert await store.conversations.newest_position() > before


async def test_cleared_conversation_stays_empty(store: Store, them: People) -> None:
    await put(store, message(them.bob, them.alice))
    event = HistoryCleared(them.bob.user_id)
    numbers = them.alice.number, them.bob.number
    assert (await store.listing.clear(*numbers, NOW, event)).event == event
    assert (await store.listing.clear(*numbers, NOW, event)).event is None
    assert (await names(store, them.alice), await names(store, them.alice, with_empty=False)) == (["bob"], [])
    assert await store.messages.page(whole(*numbers)) == []


async def test_still_listed_says_who_is(store: Store, them: People) -> None:
    await put(store, message(them.bob, them.alice), message(them.carol, them.alice))
    await delete(store, them.alice, them.carol)
    asked = [them.bob.number, them.carol.number, them.stranger.number]
    assert await store.listing.still_listed(them.alice.number, asked) == {them.bob.number}


# --- marks and groups ---


async def test_a_rule_that_fails_changes_nothing(store: Store, them: People) -> None:
    def rule(book: MarkBook) -> tuple[None, None]:
        book.save({them.bob.number: Traits(marks=1)})
        book.add_group("Work")
        raise TOO_MANY_PINS(count=1, limit=0)

    with pytest.raises(TidingsError):
        await store.marks.change_marks(them.alice.number, NOW, rule)
    assert await store.marks.marked(them.alice.number, 0, MANY) == {}
    assert await store.marks.groups(them.alice.number) == []


async def test_marks_and_groups_come_back_as_they_were_kept(store: Store, them: People) -> None:
    kept = {
        them.bob.number: Traits((1 << 64) - 1, "vip", (), NOW),
        them.carol.number: Traits(1 << 63, "", (3, 7), NOW),
    }

    def rule(book: MarkBook) -> tuple[ConversationGroup, KeptEvent]:
        book.save(kept)
        assert book.count() == len(kept)
        assert book.traits(list(kept)) == kept
        assert book.in_group(7) == {them.carol.number: kept[them.carol.number]}
        return book.add_group("Work"), EVENT

    changed = await store.marks.change_marks(them.alice.number, NOW, rule)
    assert changed.event == EVENT
    assert await store.marks.groups(them.alice.number) == [changed.value]
    assert await store.marks.marked(them.alice.number, 0, MANY) == kept
    assert list(await store.marks.marked(them.alice.number, 0, 1)) == [them.bob.number]
    assert list(await store.marks.marked(them.alice.number, them.bob.number, MANY)) == [them.carol.number]
    assert list(await store.marks.traits(them.alice.number, [them.bob.number])) == [them.bob.number]
    assert await store.marks.marked(them.bob.number, 0, MANY) == {}


async def test_number_of_a_group_is_never_used_again(store: Store, them: People) -> None:
    numbers = []
    for _ in range(3):

        def rule(book: MarkBook) -> tuple[int, None]:
            group = book.add_group("Work")
            book.drop_group(group.number)
            return group.number, None

        numbers.append((await store.marks.change_marks(them.alice.number, NOW, rule)).value)
    assert len(set(numbers)) == 3


async def test_marks_show_as_a_change_of_the_list(store: Store, them: People) -> None:
    await put(store, message(them.bob, them.alice))
    before = await store.conversations.newest_position()

    def rule(book: MarkBook) -> tuple[None, KeptEvent]:
        book.save({them.bob.number: Traits(marks=5)})
        return None, EVENT

    await store.marks.change_marks(them.alice.number, NOW, rule)
    (state,) = await store.conversations.conversations(them.alice.number, before, MANY, MANY)
    assert state.traits.marks == 5


# --- do not disturb ---


async def test_options_are_kept_and_told_once(store: Store, them: People) -> None:
    alice, peers = them.alice.number, [them.bob.number, them.carol.number]
    first = await store.receiving.set_option(alice, peers, ReceiveOption.DISCARD, NOW, EVENT)
    assert first.position is not None
    assert (await store.receiving.set_option(alice, peers, ReceiveOption.DISCARD, NOW, EVENT)).event is None
    assert set(await store.receiving.refusals()) == {(alice, peer) for peer in peers}
    later = await store.receiving.set_option(alice, peers[:1], ReceiveOption.NOTIFY, NOW, EVENT)
    assert await store.receiving.refusals() == [(alice, peers[1])]
    assert await store.receiving.options(alice, peers) == {peers[1]: ReceiveOption.DISCARD}
    changes = await store.receiving.options_after(alice, first.position)
    assert changes == OptionChanges({peers[0]: ReceiveOption.NOTIFY}, later.position or Position(0))
    assert await store.receiving.options_after(them.bob.number, Position(0)) == OptionChanges({}, Position(0))


async def test_nobody_refuses_himself(store: Store, them: People) -> None:
    await store.receiving.set_option(them.bob.number, [them.bob.number], ReceiveOption.DISCARD, NOW, EVENT)
    assert await store.receiving.refusals() == []


async def test_quiet_time_is_kept_and_told_once(store: Store, them: People) -> None:
    quiet = QuietTime(ReceiveOption.QUIET, NOW, NOW + 1, is_repeated=True)
    assert await store.receiving.quiet_time(them.alice.number) is None
    assert (await store.receiving.set_quiet_time(them.alice.number, quiet, NOW, EVENT)).event == EVENT
    assert (await store.receiving.set_quiet_time(them.alice.number, quiet, NOW, EVENT)).event is None
    assert await store.receiving.quiet_time(them.alice.number) == quiet
    assert await store.receiving.quiet_time(them.bob.number) is None


async def test_a_deleted_account_leaves_nothing_of_its_lists(store: Store, them: People) -> None:
    await pin(store, them.alice, them.bob)
    await store.receiving.set_option(them.alice.number, [them.bob.number], ReceiveOption.DISCARD, NOW, EVENT)
    await store.marks.change_marks(them.alice.number, NOW, lambda book: (book.add_group("Work"), None))
    await store.receiving.set_quiet_time(them.alice.number, QuietTime(), NOW, EVENT)
    await store.accounts.delete_account(them.alice.number)
    await store.erasure.erase(await store.erasure.erasures())
    assert await store.receiving.refusals() == []
    assert await store.marks.groups(them.alice.number) == []
    assert await store.receiving.quiet_time(them.alice.number) is None
    assert await listed(store, them.alice) == []
