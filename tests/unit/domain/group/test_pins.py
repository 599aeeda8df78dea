"""Pinned messages of a group."""

import pytest

from tests.support.groups import found, place, say
from tests.support.stage import Stage
from tidings.domain.group.events import GroupPinned
from tidings.domain.group.kinds import Kind
from tidings.domain.group.pins import PINS, Pin
from tidings.errors import TidingsError


async def test_a_pin_shows_until_it_is_taken_away_and_both_are_told(stage: Stage) -> None:
    group, pins, alice = await found(stage), stage.rules.groups.pins, stage.them.alice
    await say(stage, group, alice)
    await pins.pin(group, 1, place(stage, group, alice), alice)
    assert await pins.pins(group) == [Pin(1, alice.user_id)]
    await pins.unpin(group, 1, None, alice)
    assert await pins.pins(group) == []
    told = [event for _, event, _, _ in stage.rooms.events]
    assert [event.is_pinned for event in told if isinstance(event, GroupPinned)] == [True, False]


async def test_what_cannot_be_pinned_is_refused_and_pins_nothing(stage: Stage) -> None:
    them = stage.them
    group, pins = await found(stage, Kind.PUBLIC, them.bob), stage.rules.groups.pins
    await say(stage, group, them.alice)
    await say(stage, group, them.alice, 2, targets=(them.bob.number,))
    await stage.rules.groups.joining.add(group, [them.carol], None)
    tries = [(1, place(stage, group, them.bob)), (9, None), (2, None), (3, None)]
    codes = []
    for seq, actor in tries:
        with pytest.raises(TidingsError) as refused:
            await pins.pin(group, seq, actor, them.bob)
        codes.append(refused.value.code)
    assert codes == [10007, 10052, 10004, 10004]
    assert await pins.pins(group) == []


async def test_so_many_may_be_pinned_and_none_twice(stage: Stage) -> None:
    group, pins, alice = await found(stage), stage.rules.groups.pins, stage.them.alice
    for number in range(PINS + 1):
        await say(stage, group, alice, number)
    for seq in range(1, PINS + 1):
        await pins.pin(group, seq, None, alice)
    codes = []
    for seq in (PINS, PINS + 1):
        with pytest.raises(TidingsError) as refused:
            await pins.pin(group, seq, None, alice)
        codes.append(refused.value.code)
    assert codes == [10071, 10070]


async def test_live_rooms_pin_nothing(stage: Stage) -> None:
    group = await found(stage, Kind.LIVE)
    with pytest.raises(TidingsError) as refused:
        await stage.rules.groups.pins.pins(group)
    assert refused.value.code == 10007
