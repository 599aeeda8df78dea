"""Letters on their way (with a whole server: tests/flow/test_callback_receivers.py)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.receiver import Receiver, answer
from tests.support.stores import APP, NOW, open_store
from tests.unit.webhook.conftest import MakeApp
from tidings.clock import SteppedClock
from tidings.domain.apps import App, Apps
from tidings.domain.callbacks import Letter
from tidings.ids import AccountNumber, ConversationNumber
from tidings.store.sqlite.store import Store
from tidings.webhook.courier import DAY_S, DEAD_S, FIRST_REST_S, LANES, LETTERS, NO_URL, OF_A_LANE, Courier
from tidings.webhook.poster import Poster

READ = "C2C.CallbackAfterMsgReport"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = open_store("memory", tmp_path)
    yield store
    await store.close()


@pytest.fixture
def apps(make_app: MakeApp) -> Apps:
    return Apps([make_app()])


@pytest.fixture
async def courier(store: Store, apps: Apps, clock: SteppedClock) -> AsyncIterator[Courier]:
    async def count(_: App, account: AccountNumber) -> int:
        return account * 10

    courier = Courier(store.letters, Poster(clock), apps, clock, count)
    yield courier
    await courier.stop()


def _letter(number: int, lane: int = 1, counted: int = 0) -> Letter:
    body = b'{"CallbackCommand":"%b","Report_Account":"bob","Peer_Account":"alice","LastReadTime":%d,"EventTime":0}'
    query = f"CallbackCommand={READ}"
    content = body % (READ.encode(), number)
    return Letter(APP, ConversationNumber(lane), READ, query, content, float(NOW), AccountNumber(counted))


def _numbers(receiver: Receiver) -> list[int]:
    return [body["LastReadTime"] for body in receiver.of(READ)]


async def _deliver(courier: Courier) -> None:
    await courier.work()
    await courier.idle()


async def test_a_lane_is_delivered_in_order_however_long_it_is(
    courier: Courier, store: Store, receiver: Receiver
) -> None:
    await store.letters.write([_letter(number) for number in range(OF_A_LANE * 2 + 1)])
    await _deliver(courier)
    assert _numbers(receiver) == list(range(OF_A_LANE * 2 + 1))
    assert await store.letters.waiting_apps() == []


async def test_more_lanes_and_letters_than_are_taken_at_once_are_delivered(
    courier: Courier, store: Store, receiver: Receiver
) -> None:
    count = LETTERS + 10
    await store.letters.write([_letter(number, lane=number % (LANES * 2)) for number in range(count)])
    await _deliver(courier)
    assert sorted(_numbers(receiver)) == list(range(count))


async def test_unread_messages_are_counted_on_the_way(courier: Courier, store: Store, receiver: Receiver) -> None:
    await store.letters.write([_letter(1, counted=7), _letter(2)])
    await _deliver(courier)
    assert [body.get("UnreadMsgNum") for body in receiver.of(READ)] == [70, None]


async def test_a_failed_letter_keeps_its_lane_but_no_other(
    courier: Courier, store: Store, receiver: Receiver, clock: SteppedClock
) -> None:
    receiver.answering = lambda sent: answer({}, "500 No" if sent.body["LastReadTime"] == 1 else "200 OK")
    await store.letters.write([_letter(1), _letter(2), _letter(3, lane=2)])
    await _deliver(courier)
    assert _numbers(receiver) == [1, 3]
    (first, second) = await store.letters.waiting(APP, 9, [])
    assert (first.attempts, "HTTP 500" in first.reason, second.attempts) == (1, True, 0)
    await _deliver(courier)
    assert _numbers(receiver) == [1, 3]  # the lane rests
    receiver.say()
    clock.step(FIRST_REST_S)
    await _deliver(courier)
    assert _numbers(receiver) == [1, 3, 1, 2]


async def test_rests_grow(courier: Courier, store: Store, receiver: Receiver, clock: SteppedClock) -> None:
    receiver.answering = lambda _: answer({}, "500 No")
    await store.letters.write([_letter(1)])
    rests = []
    for _ in range(4):
        await _deliver(courier)
        rested, tried = 0, len(receiver.sent)
        while len(receiver.sent) == tried:
            clock.step(FIRST_REST_S)
            rested += 1
            await _deliver(courier)
        rests.append(rested)
    assert rests == [1, 2, 4, 8]


async def test_after_a_day_the_next_one_has_its_turn(
    courier: Courier, store: Store, receiver: Receiver, clock: SteppedClock
) -> None:
    receiver.answering = lambda sent: answer({}, "500 No" if sent.body["LastReadTime"] == 1 else "200 OK")
    await store.letters.write([_letter(1), _letter(2)])
    clock.step(DAY_S)
    await _deliver(courier)
    await _deliver(courier)
    assert _numbers(receiver) == [1, 2]
    assert len(await store.letters.dead(APP, 0, 9)) == 1
    clock.step(DEAD_S + 1)
    await courier.clean()
    assert await store.letters.dead(APP, 0, 9) == []


async def test_letters_of_an_app_without_an_address_wait(
    courier: Courier, store: Store, apps: Apps, make_app: MakeApp, receiver: Receiver
) -> None:
    apps.replace([make_app(callback_url="")])
    await store.letters.write([_letter(1)])
    await _deliver(courier)
    (waiting,) = await store.letters.waiting(APP, 9, [])
    assert (waiting.reason, receiver.sent) == (NO_URL, [])


async def test_a_courier_that_is_stopped_delivers_nothing(courier: Courier, store: Store, receiver: Receiver) -> None:
    await courier.stop()
    await store.letters.write([_letter(1)])
    courier.wake()
    await _deliver(courier)
    assert receiver.sent == []


async def test_a_letter_that_cannot_be_sent_is_tried_for_a_day_like_any_other(
    courier: Courier, store: Store, receiver: Receiver, clock: SteppedClock
) -> None:
    await store.letters.write([_letter(1, counted=7)._replace(command="Bot.OnC2CMessage"), _letter(2)])
    await _deliver(courier)
    (first, _) = await store.letters.waiting(APP, 9, [])
    assert (first.attempts, "cannot be sent" in first.reason) == (1, True)
    clock.step(DAY_S)
    await _deliver(courier)
    await _deliver(courier)
    assert _numbers(receiver) == [2]
