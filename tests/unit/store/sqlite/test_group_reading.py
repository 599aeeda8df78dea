"""Read positions and receipts in SQLite."""

import pytest

from tests.support.groups import found, place, say
from tests.support.stage import Stage
from tidings.domain.events import GroupReadElsewhere
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind
from tidings.domain.messages import Flag


@pytest.fixture
async def group(stage: Stage) -> Group:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    for number in range(4):
        await say(stage, group, stage.them.alice, number, flags=int(Flag.NO_UNREAD) if number == 2 else 0)
    return group


async def unread(stage: Stage, group: Group) -> int:
    return (await stage.store.group_reading.unread(stage.them.bob.number, [group.number]))[group.number]


async def test_unread_leaves_out_what_does_not_count(stage: Stage, group: Group) -> None:
    assert await unread(stage, group) == 3


async def test_reading_further_is_logged_and_reading_less_is_not(stage: Stage, group: Group) -> None:
    reading, bob = stage.store.group_reading, stage.them.bob.number
    event = GroupReadElsewhere(group.group_id, 2)
    first = await reading.mark_read(group.number, bob, 2, 0, event)
    again = await reading.mark_read(group.number, bob, 1, 0, event)
    assert (first.event, again.event) == (event, None)
    assert await unread(stage, group) == 1


@pytest.mark.parametrize(("count", "read"), [(0, 4), (1, 3), (2, 1), (3, 0), (9, 0)])
async def test_so_many_are_made_unread_or_all_there_are(stage: Stage, group: Group, count: int, read: int) -> None:
    assert await stage.store.group_reading.set_unread(group.number, stage.them.bob.number, count) == read
    assert await unread(stage, group) == min(count, 3)


async def test_who_came_later_owes_no_receipt(stage: Stage, group: Group) -> None:
    await stage.rules.groups.joining.add(group, [stage.them.carol], None)
    [message] = (await stage.store.group_messages.find(group.number, [1])).values()
    receipts = stage.store.group_receipts
    assert await receipts.counts([message]) == {1: (0, 1)}
    await receipts.give([message], place(stage, group, stage.them.bob).account, 0, lambda _: [])
    assert await receipts.counts([message]) == {1: (1, 0)}
