"""Do not disturb: what is set is told, and refusals are known at once and after a start."""

from tests.support.delivery import Recorder
from tests.support.stores import NOW, People
from tidings.clock import SteppedClock
from tidings.domain.events import QuietTimeSet, ReceiveOptionSet
from tidings.domain.receiving import QuietTime, ReceiveOption, Receiving
from tidings.ids import InstanceId, Position
from tidings.store.sqlite.store import Store

HERE = InstanceId(7)


async def test_refusals_are_known_at_once_and_after_a_start(
    store: Store, them: People, delivery: Recorder, clock: SteppedClock
) -> None:
    receiving = Receiving(store.receiving, delivery, clock)
    everybody = [them.alice, them.bob, them.carol]
    await receiving.set_option(them.alice, everybody, ReceiveOption.DISCARD, HERE)
    await receiving.set_option(them.alice, [them.carol], ReceiveOption.QUIET, HERE)
    again = Receiving(store.receiving, delivery, clock)
    await again.remember()
    assert receiving.refusals == again.refusals == {(them.alice.number, them.bob.number)}
    assert await receiving.options(them.alice, everybody) == {"alice": 1, "bob": 1, "carol": 2}
    assert await receiving.options(them.bob, [them.alice]) == {"alice": 0}


async def test_options_are_told_once(store: Store, them: People, delivery: Recorder, clock: SteppedClock) -> None:
    receiving = Receiving(store.receiving, delivery, clock)
    for _ in range(2):
        await receiving.set_option(them.alice, [them.bob, them.bob], ReceiveOption.QUIET, HERE)
    assert delivery.events == [(them.alice.number, ReceiveOptionSet((them.bob.user_id,), 2), HERE)]
    changes = await receiving.options_after(them.alice, Position(0))
    assert changes.options == {them.bob.number: ReceiveOption.QUIET}
    assert (await receiving.options_after(them.alice, changes.newest)).options == {}


async def test_quiet_time_is_told_once(store: Store, them: People, delivery: Recorder, clock: SteppedClock) -> None:
    receiving = Receiving(store.receiving, delivery, clock)
    quiet = QuietTime(ReceiveOption.QUIET, NOW, NOW + 1, is_repeated=True)
    assert await receiving.quiet_time(them.alice) == QuietTime()
    for _ in range(2):
        await receiving.set_quiet_time(them.alice, quiet, HERE)
    assert await receiving.quiet_time(them.alice) == quiet
    assert delivery.events == [(them.alice.number, QuietTimeSet(2, NOW, NOW + 1, is_repeated=True), HERE)]
