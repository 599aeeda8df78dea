"""Reading: what is marked and who is told of it; unread numbers and lists within the app's limits."""

from dataclasses import replace

import pytest

from tests.support.delivery import Recorder
from tests.support.stores import APP, NOW, People, message, put
from tidings.clock import SteppedClock
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.apps import App
from tidings.domain.events import AllReadElsewhere, ReadByPeer, ReadElsewhere
from tidings.domain.messages import Message
from tidings.domain.reading import LIST_PAGE, LOG_PAGE, Reading
from tidings.ids import START, InstanceId, UserId
from tidings.settings import AppSettings
from tidings.store.sqlite.store import Store

SOURCE = InstanceId(77)


@pytest.fixture
def reading(store: Store, delivery: Recorder, clock: SteppedClock) -> Reading:
    return Reading(store.conversations, delivery, clock)


async def _send(store: Store, them: People, *times: int) -> list[Message]:
    """Store a message from alice to bob for each time."""
    sent = [message(them.alice, them.bob, time) for time in times]
    await put(store, *sent)
    return sent


async def _friends(store: Store, count: int) -> list[Account]:
    newcomers = [Newcomer(UserId(f"friend{number}")) for number in range(count)]
    return await store.accounts.save_accounts(APP, newcomers)


# --- marking ---


async def test_both_sides_are_told_up_to_when_it_was_read(
    reading: Reading, store: Store, delivery: Recorder, them: People
) -> None:
    await _send(store, them, NOW - 9)
    await reading.mark_read(them.bob, them.alice, NOW - 5, SOURCE)
    assert delivery.events == [
        (them.bob.number, ReadElsewhere(them.alice.user_id, NOW - 5), SOURCE),
        (them.alice.number, ReadByPeer(them.bob.user_id, NOW - 5), SOURCE),
    ]
    assert set(delivery.positions) == {await reading.newest_position()}
    assert await reading.peer_read_times(them.alice, [them.bob.number]) == {them.bob.number: NOW - 5}


@pytest.mark.parametrize(
    ("time", "unread"), [(NOW - 10, 3), (NOW - 9, 2), (NOW - 1, 1), (NOW, 0), (NOW + 99, 0), (None, 0)]
)
async def test_a_time_marks_what_is_older_and_now_marks_all(
    reading: Reading, store: Store, app: App, them: People, time: int | None, unread: int
) -> None:
    await _send(store, them, NOW - 9, NOW - 5, NOW + 500)
    await reading.mark_read(them.bob, them.alice, time, SOURCE)
    counts = await reading.unread(app, them.bob)
    assert counts.get(them.alice.number, 0) == unread
    read_at = await reading.peer_read_times(them.alice, [them.bob.number])
    assert read_at.get(them.bob.number, 0) <= NOW


async def test_who_reads_nothing_new_tells_nobody(
    reading: Reading, store: Store, delivery: Recorder, them: People
) -> None:
    await reading.mark_read(them.bob, them.alice, None, SOURCE)
    await _send(store, them, NOW)
    await reading.mark_read(them.bob, them.alice, None, SOURCE)
    told = len(delivery.events)
    await reading.mark_read(them.bob, them.alice, None, SOURCE)
    assert told == len(delivery.events) == 2


async def test_a_peer_need_not_be_told(reading: Reading, store: Store, delivery: Recorder, them: People) -> None:
    await _send(store, them, NOW)
    await reading.mark_read(them.bob, them.alice, None, SOURCE, tells_peer=False)
    assert [account for account, _, _ in delivery.events] == [them.bob.number]


async def test_who_writes_to_himself_is_told_once(
    reading: Reading, store: Store, delivery: Recorder, them: People
) -> None:
    await put(store, message(them.alice, them.alice))
    await reading.mark_read(them.alice, them.alice, None, SOURCE)
    assert [event for _, event, _ in delivery.events] == [ReadElsewhere(them.alice.user_id, NOW)]


async def test_marking_all_tells_own_devices_and_the_peers_that_wrote(
    reading: Reading, store: Store, delivery: Recorder, app: App, them: People
) -> None:
    await put(store, message(them.alice, them.bob), message(them.bob, them.carol))
    await reading.mark_all_read(them.bob, SOURCE)
    assert delivery.events == [
        (them.bob.number, AllReadElsewhere(NOW), SOURCE),
        (them.alice.number, ReadByPeer(them.bob.user_id, NOW), SOURCE),
    ]
    assert await reading.unread(app, them.bob) == {}


# --- unread numbers ---


async def test_unread_numbers_keep_to_the_apps_limits(reading: Reading, store: Store, app: App, them: People) -> None:
    await _send(store, them, *[NOW] * 4)
    await put(store, message(them.carol, them.bob))
    app = replace(app, settings=AppSettings(unread_messages=3, unread_conversations=2))
    assert await reading.unread(app, them.bob) == {them.alice.number: 3, them.carol.number: 1}
    assert await reading.unread(app, them.bob, [them.alice.number]) == {them.alice.number: 3}
    app = replace(app, settings=AppSettings(unread_conversations=1))
    assert await reading.unread(app, them.bob) == {them.carol.number: 1}


async def test_a_message_stops_counting_when_its_lifetime_is_over(
    reading: Reading, store: Store, app: App, clock: SteppedClock, them: People
) -> None:
    await put(store, message(them.alice, them.bob, offline_until=NOW + 60))
    assert await reading.unread(app, them.bob) == {them.alice.number: 1}
    clock.step(60)
    assert await reading.unread(app, them.bob) == {}


# --- lists and logs ---


async def test_a_list_is_given_in_pages_that_say_whether_there_is_more(
    reading: Reading, store: Store, app: App, them: People
) -> None:
    friends = await _friends(store, LIST_PAGE + 5)
    await put(store, *(message(friend, them.bob) for friend in friends))
    page = await reading.conversations(app, them.bob, START)
    assert [state.peer.number for state in page] == [friend.number for friend in friends[: LIST_PAGE + 1]]
    rest = await reading.conversations(app, them.bob, page[LIST_PAGE - 1].changed_at)
    assert [state.peer.number for state in rest] == [friend.number for friend in friends[LIST_PAGE:]]


async def test_a_list_holds_no_more_than_the_app_lists(reading: Reading, store: Store, app: App, them: People) -> None:
    friends = await _friends(store, 5)
    await put(store, *(message(friend, them.bob, NOW + at) for at, friend in enumerate(friends)))
    app = replace(app, settings=AppSettings(listed_conversations=2))
    page = await reading.conversations(app, them.bob, START)
    assert [state.peer.number for state in page] == [friend.number for friend in friends[-2:]]


async def test_a_log_is_given_in_pages(reading: Reading, store: Store, them: People) -> None:
    sent = await _send(store, them, *[NOW] * (LOG_PAGE + 1))
    first = await reading.log_after(them.bob, START)
    assert (first.entries, first.is_complete) == (sent[:LOG_PAGE], False)
    second = await reading.log_after(them.bob, first.reached)
    assert (second.entries, second.is_complete, second.reached) == (sent[LOG_PAGE:], True, sent[-1].position)


async def test_a_log_leaves_out_what_is_past_its_lifetime_by_now(
    reading: Reading, store: Store, clock: SteppedClock, them: People
) -> None:
    await put(store, message(them.alice, them.bob, offline_until=NOW + 60))
    assert len((await reading.log_after(them.bob, START)).entries) == 1
    clock.step(60)
    assert (await reading.log_after(them.bob, START)).entries == []
