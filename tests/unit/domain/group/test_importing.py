"""Importing messages into a group."""

import asyncio

import pytest

from tests.support.groups import found
from tests.support.stage import Stage
from tidings.domain.group.groups import Group
from tidings.domain.group.importing import Import, Imported
from tidings.domain.group.kinds import Kind
from tidings.domain.group.messages import GroupMessage
from tidings.errors import TidingsError

DONE, BAD_TIME, TOO_LONG = Imported.DONE, Imported.BAD_TIME, Imported.TOO_LONG


@pytest.fixture
async def group(stage: Stage) -> Group:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    stage.clock.step(1000)
    return group


def old(stage: Stage, group: Group, ago: int, random: int = 0) -> Import:
    bob, time = stage.them.bob, int(stage.clock.now()) - ago
    return Import(GroupMessage(group.number, bob.number, bob.user_id, time, random, time, b"[]"))


async def run(stage: Stage, group: Group, *imports: Import) -> list[Imported]:
    await stage.rules.groups.importing.import_messages(group, imports, shows=True)
    return [each.outcome for each in imports]


async def test_imports_take_their_places_in_order_and_nobody_is_told(stage: Stage, group: Group) -> None:
    imports = [old(stage, group, ago) for ago in (500, 400, 300)]
    assert await run(stage, group, *imports) == [DONE] * 3
    assert [each.message.seq for each in imports] == [1, 2, 3]
    assert (group.last_seq, stage.rooms.messages) == (3, [])


async def test_times_before_the_group_in_the_future_or_out_of_order_are_refused(stage: Stage, group: Group) -> None:
    imports = [old(stage, group, ago) for ago in (300, 400, 2000, -5)]
    assert await run(stage, group, *imports) == [DONE, BAD_TIME, BAD_TIME, BAD_TIME]
    assert group.last_seq == 1


async def test_one_that_is_too_long_leaves_the_others(stage: Stage, group: Group) -> None:
    long = old(stage, group, 400)
    long.is_too_long = True
    assert await run(stage, group, old(stage, group, 500), long, old(stage, group, 300)) == [DONE, TOO_LONG, DONE]


async def test_an_import_sent_again_is_taken_for_the_first(stage: Stage, group: Group) -> None:
    first, again = old(stage, group, 500, 77), old(stage, group, 400, 77)
    await run(stage, group, first)
    assert await run(stage, group, again) == [DONE]
    assert (again.message.seq, group.last_seq) == (1, 1)


async def test_an_import_that_is_twice_in_one_call_is_taken_for_the_first(stage: Stage, group: Group) -> None:
    first, between, again = old(stage, group, 500, 77), old(stage, group, 400), old(stage, group, 300, 77)
    assert await run(stage, group, first, between, again) == [DONE] * 3
    assert [each.message.seq for each in (first, between, again)] == [1, 2, 1]
    assert (again.message.time, group.last_seq) == (first.message.time, 2)


async def test_a_repeat_of_an_import_that_was_refused_is_refused(stage: Stage, group: Group) -> None:
    imports = [old(stage, group, 300), old(stage, group, 400, 77), old(stage, group, 350, 77)]
    assert await run(stage, group, *imports) == [DONE, BAD_TIME, BAD_TIME]
    assert await run(stage, group, old(stage, group, 100, 77)) == [DONE]


async def test_of_two_calls_with_one_import_at_once_one_stores_it(stage: Stage, group: Group) -> None:
    first, again = old(stage, group, 500, 77), old(stage, group, 400, 77)
    outcomes = await asyncio.gather(run(stage, group, first), run(stage, group, again))
    assert list(outcomes) == [[DONE], [DONE]]
    assert (first.message.seq, again.message.seq, group.last_seq) == (1, 1, 1)


async def test_live_rooms_take_none(stage: Stage) -> None:
    live = await found(stage, Kind.LIVE)
    with pytest.raises(TidingsError) as refused:
        await run(stage, live)
    assert refused.value.code == 10007
