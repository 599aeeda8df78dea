"""Counters: exact under concurrency, bounded, told."""

import asyncio

import pytest

from tests.support.groups import found
from tests.support.stage import Stage
from tidings.domain.group.counters import CounterMode
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind
from tidings.errors import TidingsError
from tidings.ids import NO_INSTANCE

SET, UP, DOWN = CounterMode.SET, CounterMode.INCREASE, CounterMode.DECREASE


async def update(stage: Stage, group: Group, mode: CounterMode, values: dict[str, int]) -> None:
    await stage.rules.groups.counters.update(group, None, mode, values, NO_INSTANCE)


def values(stage: Stage, group: Group) -> dict[str, int]:
    return dict(stage.rules.groups.counters.read(group, None).values)


async def test_no_step_is_lost(stage: Stage) -> None:
    group = await found(stage)
    await update(stage, group, SET, {"likes": 10})
    await asyncio.gather(*(update(stage, group, UP, {"likes": 1, "views": 2}) for _ in range(20)))
    await update(stage, group, DOWN, {"likes": 5})
    assert values(stage, group) == {"likes": 25, "views": 40}
    assert [news.seq for _, news, _ in stage.rooms.told] == list(range(1, 23))


async def test_a_deleted_counter_is_gone_and_told(stage: Stage) -> None:
    group = await found(stage)
    await update(stage, group, SET, {"a": 1, "b": 2})
    await stage.rules.groups.counters.delete(group, None, ["a", "zz"], NO_INSTANCE)
    assert values(stage, group) == {"b": 2}
    await stage.rules.groups.counters.delete(group, None, None, NO_INSTANCE)
    assert values(stage, group) == {}


async def test_too_many_are_refused_and_change_nothing(stage: Stage) -> None:
    group = await found(stage)
    await update(stage, group, SET, {f"k{n}": n for n in range(20)})
    with pytest.raises(TidingsError) as refused:
        await update(stage, group, UP, {"k1": 1, "one more": 1})
    assert refused.value.code == 10063
    assert values(stage, group)["k1"] == 1


async def test_communities_have_none(stage: Stage) -> None:
    with pytest.raises(TidingsError) as refused:
        await update(stage, await found(stage, Kind.COMMUNITY), SET, {"a": 1})
    assert refused.value.code == 10007
