"""Global mutes (spec/rest/openconfigsvr.yaml)."""

import pytest

from tests.support.stores import People
from tidings.clock import SteppedClock
from tidings.domain.mutes import FOREVER, NEVER, Mutes
from tidings.errors import SENDER_MUTED, TidingsError
from tidings.store.sqlite.store import Store


@pytest.fixture
def mutes(store: Store, clock: SteppedClock) -> Mutes:
    return Mutes(store.mutes, clock)


async def test_who_is_mute_is_refused_until_the_time_is_over(mutes: Mutes, them: People, clock: SteppedClock) -> None:
    await mutes.set(them.alice, 60, None)
    clock.step(59)
    with pytest.raises(TidingsError) as refused:
        mutes.check(them.alice)
    assert refused.value.fault is SENDER_MUTED
    mutes.check(them.bob)
    clock.step(1)
    mutes.check(them.alice)
    assert mutes.left(them.alice) == (0, 0)


async def test_each_kind_has_its_own_time_and_an_absent_one_stays(
    mutes: Mutes, them: People, clock: SteppedClock
) -> None:
    await mutes.set(them.alice, FOREVER, 100)
    clock.step(10)
    assert mutes.left(them.alice) == (FOREVER, 90)
    await mutes.set(them.alice, NEVER, None)
    assert mutes.left(them.alice) == (0, 90)
    mutes.check(them.alice)
    await mutes.set(them.alice, None, NEVER)
    assert mutes.left(them.alice) == (0, 0)


async def test_mutes_outlive_the_process(mutes: Mutes, store: Store, them: People, clock: SteppedClock) -> None:
    await mutes.set(them.alice, 60, None)
    await mutes.set(them.alice, None, 20)
    await mutes.set(them.bob, FOREVER, None)
    again = Mutes(store.mutes, clock)
    await again.remember()
    assert [again.left(account) for account in (them.alice, them.bob, them.carol)] == [(60, 20), (FOREVER, 0), (0, 0)]


async def test_who_is_gone_is_forgotten(mutes: Mutes, them: People) -> None:
    await mutes.set(them.alice, FOREVER, FOREVER)
    mutes.forget(them.alice)
    mutes.check(them.alice)
