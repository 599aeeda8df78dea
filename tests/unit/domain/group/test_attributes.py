"""Attributes: limits, races and what members are told."""

import asyncio

import pytest

from tests.support.groups import found, place
from tests.support.stage import Stage
from tidings.domain.group.attributes import AttributeWrite
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind
from tidings.domain.group.news import AttributeChange
from tidings.errors import TidingsError
from tidings.ids import NO_INSTANCE

SET, MODIFY, CLEAR, DELETE = AttributeChange.SET, AttributeChange.MODIFY, AttributeChange.CLEAR, AttributeChange.DELETE


async def write(stage: Stage, group: Group, change: AttributeChange, **asked: object) -> int:
    values = asked.pop("values", {})
    written = AttributeWrite(change, values, **asked)  # type: ignore[arg-type]
    return (await stage.rules.groups.attributes.write(group, None, written, NO_INSTANCE)).seq


def values(stage: Stage, group: Group) -> dict[str, str]:
    return {key: item.value for key, item in stage.rules.groups.attributes.read(group).items.items()}


async def refused(stage: Stage, group: Group, change: AttributeChange, **asked: object) -> int:
    before = values(stage, group)
    with pytest.raises(TidingsError) as error:
        await write(stage, group, change, **asked)
    assert values(stage, group) == before
    return error.value.code


async def test_writes_do_what_they_say_and_are_told(stage: Stage) -> None:
    group = await found(stage)
    await write(stage, group, SET, values={"a": "1", "b": "2"})
    await write(stage, group, MODIFY, values={"b": "3", "c": ""})
    await write(stage, group, DELETE, values={"a": ""})
    assert values(stage, group) == {"b": "3", "c": ""}
    await write(stage, group, CLEAR)
    assert values(stage, group) == {}
    assert [news.seq for _, news, _ in stage.rooms.told] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"k" * 33: ""}, 10045),
        ({"k": "v" * 4001}, 10046),
        ({f"k{n}": "" for n in range(17)}, 10047),
        ({f"k{n}": "v" * 4000 for n in range(5)}, 10048),
        ({"": "v"}, 10004),
    ],
)
async def test_what_is_too_much_is_refused(stage: Stage, asked: dict[str, str], code: int) -> None:
    assert await refused(stage, await found(stage), SET, values=asked) == code


async def test_a_key_that_is_not_there_cannot_be_deleted(stage: Stage) -> None:
    assert await refused(stage, await found(stage), DELETE, values={"a": ""}) == 10050


async def test_of_two_who_have_seen_the_same_one_wins(stage: Stage) -> None:
    group = await found(stage)
    await write(stage, group, SET, values={"seat": ""})
    tries = [write(stage, group, MODIFY, values={"seat": name}, known_seqs={"seat": 1}) for name in ("bob", "carol")]
    outcome = await asyncio.gather(*tries, return_exceptions=True)
    assert [each.code if isinstance(each, TidingsError) else each for each in outcome] == [2, 10056]
    assert values(stage, group) == {"seat": "bob"}
    assert await refused(stage, group, SET, values={}, known_seq=1) == 10056


async def test_too_many_writes_in_one_second_are_refused(stage: Stage) -> None:
    group = await found(stage)
    for number in range(5):
        await write(stage, group, SET, values={"n": str(number)})
    assert await refused(stage, group, SET, values={}) == 10049
    stage.clock.step(1)
    await write(stage, group, SET, values={})


async def test_members_write_as_their_kind_lets_them(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    asked = AttributeWrite(SET, {"a": "1"})
    await stage.rules.groups.attributes.write(group, place(stage, group, stage.them.bob), asked, NO_INSTANCE)
    assert values(stage, group) == {"a": "1"}
