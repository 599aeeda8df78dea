"""Every store: read positions, unread numbers, conversation lists (domain/ports.py, ConversationStore)."""

import pytest

from tests.support.stores import APP, FOREVER, NOW, People, message, put
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.erasure import pseudonym
from tidings.domain.events import AllReadElsewhere, ReadByPeer, ReadElsewhere
from tidings.domain.messages import Flag, Message
from tidings.domain.ports import ConversationState, Logged, UnreadLimits
from tidings.ids import AccountNumber, Position, UserId
from tidings.store.sqlite.store import Store

START = Position(0)


async def _unread(store: Store, account: Account, conversations: int = 100, messages: int = 250) -> dict[int, int]:
    limits = UnreadLimits(conversations, messages, NOW)
    return dict((await store.conversations.unread(account.number, limits)).items())


async def _list(
    store: Store, account: Account, after: Position = START, limit: int = 1000, listed: int = 3000
) -> list[ConversationState]:
    return await store.conversations.conversations(account.number, after, limit, listed)


def _last(state: ConversationState) -> Message:
    assert state.last is not None
    return state.last


async def _read(store: Store, reader: Account, peer: Account, time: int, up_to: int | None = None) -> Position | None:
    told = [
        Logged(reader.number, ReadElsewhere(peer.user_id, time)),
        Logged(peer.number, ReadByPeer(reader.user_id, time)),
    ]
    up_to = time if up_to is None else up_to
    return await store.conversations.mark_read(reader.number, peer.number, time, up_to, told)


async def _read_all(store: Store, reader: Account, time: int) -> tuple[Position, list[AccountNumber]]:
    return await store.conversations.mark_all_read(
        reader.number, time, AllReadElsewhere(time), ReadByPeer(reader.user_id, time)
    )


async def _friends(store: Store, count: int) -> list[Account]:
    newcomers = [Newcomer(UserId(f"friend{number}")) for number in range(count)]
    return await store.accounts.save_accounts(APP, newcomers)


# --- unread numbers ---


async def test_receiver_has_unread_messages_and_the_sender_none(store: Store, them: People) -> None:
    await put(store, *(message(them.alice, them.bob) for _ in range(3)), message(them.carol, them.bob))
    assert await _unread(store, them.bob) == {them.alice.number: 3, them.carol.number: 1}
    assert await _unread(store, them.alice) == {}


async def test_unread_numbers_are_given_for_the_named_peers_only(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob), message(them.carol, them.bob))
    limits = UnreadLimits(100, 250, NOW)
    peers = [them.carol.number, them.stranger.number]
    assert await store.conversations.unread(them.bob.number, limits, peers) == {them.carol.number: 1}
    assert await store.conversations.unread(them.bob.number, limits, []) == {}


@pytest.mark.parametrize("flag", [Flag.NO_UNREAD, Flag.RECALLED, Flag.DELETED_BY_RECEIVER])
async def test_some_messages_do_not_count(store: Store, them: People, flag: int) -> None:
    await put(store, message(them.alice, them.bob), message(them.alice, them.bob, flags=flag))
    assert await _unread(store, them.bob) == {them.alice.number: 1}


async def test_message_past_its_lifetime_does_not_count(store: Store, them: People) -> None:
    await put(store, *(message(them.alice, them.bob, offline_until=NOW + offset) for offset in (-1, 0, 1)))
    assert await _unread(store, them.bob) == {them.alice.number: 1}


async def test_messages_to_oneself_are_never_unread(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.alice), message(them.alice, them.alice))
    assert await _unread(store, them.alice) == {}


async def test_unread_messages_count_up_to_the_limit(store: Store, them: People) -> None:
    await put(store, *(message(them.alice, them.bob) for _ in range(7)))
    assert await _unread(store, them.bob, messages=5) == {them.alice.number: 5}


async def test_only_the_newest_conversations_count(store: Store, them: People) -> None:
    friends = await _friends(store, 5)
    for friend in friends:
        await put(store, message(friend, them.bob))
    assert await _unread(store, them.bob, conversations=2) == {friend.number: 1 for friend in friends[-2:]}


async def test_conversations_without_unread_messages_do_not_use_up_the_limit(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob))
    friends = await _friends(store, 12)
    for friend in friends:
        await put(store, message(them.bob, friend), message(friend, them.bob, flags=Flag.NO_UNREAD))
    recalled = [message(friend, them.bob) for friend in friends[:4]]
    await put(store, *recalled)
    for each in recalled:
        await store.messages.recall(each, [])
    assert await _unread(store, them.bob, conversations=1) == {them.alice.number: 1}


async def test_own_message_leaves_older_ones_of_the_peer_unread(store: Store, them: People) -> None:
    # Whether they come in one commit or in several.
    await put(store, message(them.bob, them.alice), message(them.alice, them.bob), message(them.bob, them.alice))
    assert await _unread(store, them.bob) == {them.alice.number: 1}
    await put(store, message(them.bob, them.alice))
    await put(store, message(them.alice, them.bob))
    await put(store, message(them.bob, them.alice))
    assert await _unread(store, them.bob) == {them.alice.number: 2}


async def test_deleted_accounts_leave_nothing_unread(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob), message(them.carol, them.bob))
    await store.accounts.delete_account(them.carol.number)
    assert await _unread(store, them.bob) == {them.alice.number: 1}


# --- reading ---


async def test_reading_covers_what_is_dated_up_to_its_time(store: Store, them: People) -> None:
    await put(store, *(message(them.alice, them.bob, NOW + second) for second in range(4)))
    assert await _read(store, them.bob, them.alice, NOW + 1) is not None
    assert await _unread(store, them.bob) == {them.alice.number: 2}


async def test_message_of_the_same_second_after_the_reading_is_unread(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob))
    await _read(store, them.bob, them.alice, NOW)
    await put(store, message(them.alice, them.bob))
    assert await _unread(store, them.bob) == {them.alice.number: 1}
    assert await _read(store, them.bob, them.alice, NOW) is not None
    assert await _unread(store, them.bob) == {}


async def test_reading_everything_covers_messages_dated_ahead(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob, NOW + 500))
    await _read(store, them.bob, them.alice, NOW, up_to=FOREVER)
    assert await _unread(store, them.bob) == {}
    assert await store.conversations.read_times(them.alice.number, [them.bob.number]) == {them.bob.number: NOW}


async def test_reading_goes_only_forward(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob))
    assert await _read(store, them.bob, them.alice, NOW + 5) is not None
    newest = await store.conversations.newest_position()
    for time in (NOW + 5, NOW, 0):
        assert await _read(store, them.bob, them.alice, time) is None
    assert await store.conversations.newest_position() == newest
    assert await store.conversations.read_times(them.alice.number, [them.bob.number]) == {them.bob.number: NOW + 5}


async def test_reading_without_a_conversation_changes_nothing(store: Store, them: People) -> None:
    assert await _read(store, them.bob, them.alice, NOW) is None
    assert await store.conversations.newest_position() == START


async def test_reading_is_logged_for_both_sides(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    position = await _read(store, them.bob, them.alice, NOW)
    own = await store.conversations.log_after(them.bob.number, sent.position, 9, NOW)
    peers = await store.conversations.log_after(them.alice.number, sent.position, 9, NOW)
    assert own.entries == [(position, ReadElsewhere(them.alice.user_id, NOW))]
    assert peers.entries == [(position, ReadByPeer(them.bob.user_id, NOW))]


async def test_reading_all_covers_every_conversation(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob), message(them.carol, them.bob), message(them.carol, them.alice))
    await _read(store, them.bob, them.carol, NOW)
    position, peers = await _read_all(store, them.bob, NOW + 1)
    assert peers == [them.alice.number]
    assert await _unread(store, them.bob) == {}
    assert await _unread(store, them.alice) == {them.carol.number: 1}
    log = await store.conversations.log_after(them.alice.number, Position(position - 1), 9, NOW)
    assert log.entries == [(position, ReadByPeer(them.bob.user_id, NOW + 1))]
    assert await _read_all(store, them.bob, NOW + 2) == (position + 1, [])


async def test_reading_all_does_not_set_a_read_time_back(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob))
    await _read(store, them.bob, them.alice, NOW + 9)
    await put(store, message(them.alice, them.bob))
    await _read_all(store, them.bob, NOW)
    assert await store.conversations.read_times(them.alice.number, [them.bob.number]) == {them.bob.number: NOW + 9}


async def test_read_times_are_those_of_the_peers(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob), message(them.alice, them.carol))
    await _read(store, them.bob, them.alice, NOW)
    asked = [them.bob.number, them.carol.number, them.stranger.number]
    assert await store.conversations.read_times(them.alice.number, asked) == {
        them.bob.number: NOW,
        them.carol.number: 0,
    }


# --- the list ---


async def test_list_shows_each_conversation_with_its_last_message(store: Store, them: People) -> None:
    to_bob, from_carol = message(them.alice, them.bob), message(them.carol, them.alice)
    await put(store, message(them.bob, them.alice), to_bob, from_carol)
    await _read(store, them.bob, them.alice, NOW)
    states = {state.peer.user_id: state for state in await _list(store, them.alice)}
    assert set(states) == {"bob", "carol"}
    assert states[them.bob.user_id].last == to_bob
    assert states[them.bob.user_id].peer_read_time == NOW
    assert states[them.bob.user_id].read_time == 0
    assert states[them.bob.user_id].peer == them.bob
    assert states[them.carol.user_id].last == from_carol


async def test_list_goes_on_after_a_position(store: Store, them: People) -> None:
    friends = await _friends(store, 9)
    for friend in friends:
        await put(store, message(friend, them.bob))
    found: list[AccountNumber] = []
    after = START
    while page := await _list(store, them.bob, after, limit=2):
        found += [state.peer.number for state in page]
        after = page[-1].changed_at
    assert found == [friend.number for friend in friends]


async def test_pages_of_the_list_lose_nothing_after_reading_all(store: Store, them: People) -> None:
    friends = await _friends(store, 7)
    for friend in friends:
        await put(store, message(friend, them.bob))
    seen = await store.conversations.newest_position()
    await _read_all(store, them.bob, NOW)
    found: list[AccountNumber] = []
    while page := await _list(store, them.bob, seen, limit=2):
        found += [state.peer.number for state in page]
        seen = page[-1].changed_at
    assert sorted(found) == sorted(friend.number for friend in friends)


async def test_changes_of_either_side_show_in_both_lists(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    for change in (
        lambda: _read(store, them.bob, them.alice, NOW),
        lambda: store.messages.modify(_modified(sent), 0, []),
        lambda: store.messages.recall(sent, []),
    ):
        before = await store.conversations.newest_position()
        await change()
        for viewer in (them.alice, them.bob):
            assert [_last(state).key for state in await _list(store, viewer, before)] == [sent.key]


def _modified(each: Message) -> Message:
    each.version += 1
    return each


async def test_list_is_cut_to_the_newest_conversations(store: Store, them: People) -> None:
    friends = await _friends(store, 5)
    for second, friend in enumerate(friends):
        await put(store, message(friend, them.bob, NOW + second))
    found = await _list(store, them.bob, listed=2)
    assert [state.peer.number for state in found] == [friend.number for friend in friends[-2:]]


async def test_message_without_last_leaves_the_list_as_it_is(store: Store, them: People) -> None:
    silent = message(them.alice, them.bob, flags=Flag.NO_LAST)
    await put(store, silent)
    assert await _list(store, them.bob) == []
    shown = message(them.alice, them.bob)
    await put(store, shown, message(them.alice, them.bob, flags=Flag.NO_LAST))
    assert [state.last for state in await _list(store, them.bob)] == [shown]
    assert await _unread(store, them.bob) == {them.alice.number: 3}


async def test_recalled_last_message_stays_and_says_so(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, message(them.alice, them.bob), sent)
    await store.messages.recall(sent, [])
    (state,) = await _list(store, them.bob)
    assert _last(state).key == sent.key
    assert _last(state).flags & Flag.RECALLED


async def test_list_shows_the_newest_message_that_was_not_deleted(store: Store, them: People) -> None:
    first, second, third = (message(them.alice, them.bob, NOW + number) for number in range(3))
    await put(store, first, second, third)
    before = await store.conversations.newest_position()
    await store.messages.hide([second, third], them.bob.number)
    assert [_last(state).key for state in await _list(store, them.bob, before)] == [first.key]
    assert [_last(state).key for state in await _list(store, them.alice)] == [third.key]
    await store.messages.hide([first], them.bob.number)
    assert await _list(store, them.bob) == []
    back = message(them.bob, them.alice, NOW + 3)
    await put(store, back)
    assert [state.last for state in await _list(store, them.bob)] == [back]


async def test_deleting_an_older_message_leaves_the_list_alone(store: Store, them: People) -> None:
    first, second = message(them.alice, them.bob), message(them.alice, them.bob)
    await put(store, first, second)
    before = await store.conversations.newest_position()
    await store.messages.hide([first], them.bob.number)
    assert await _list(store, them.bob, before) == []
    assert await store.conversations.newest_position() == before


async def test_last_message_is_the_latest_by_time(store: Store, them: People) -> None:
    late = message(them.alice, them.bob, NOW + 10)
    await put(store, late, message(them.alice, them.bob, NOW))
    assert [state.last for state in await _list(store, them.bob)] == [late]
    await put(store, message(them.bob, them.alice, NOW + 9))
    assert [state.last for state in await _list(store, them.bob)] == [late]


async def test_deleted_peer_stays_in_the_list_beside_a_new_one_of_the_name(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    await store.accounts.delete_account(them.alice.number)
    (again,) = await store.accounts.save_accounts(APP, [Newcomer(them.alice.user_id)])
    anew = message(again, them.bob)
    await put(store, anew)
    found = {state.peer.user_id: _last(state).key for state in await _list(store, them.bob)}
    assert found == {pseudonym(them.alice.number): sent.key, again.user_id: anew.key}
