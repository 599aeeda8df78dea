"""How far members have read."""

from tests.support.groups import found, place, say
from tests.support.stage import Stage
from tidings.domain.events import GroupReadElsewhere
from tidings.domain.group.kinds import Kind
from tidings.ids import NO_INSTANCE


async def test_reading_moves_forward_only_and_is_told_once(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    for number in range(3):
        await say(stage, group, stage.them.alice, number)
    bob, reading = place(stage, group, stage.them.bob), stage.rules.groups.reading
    for seq in (2, 1, 2, 99):
        await reading.mark_read(group, bob, seq, NO_INSTANCE)
    told = [event for account, event, _ in stage.delivery.events if account == bob.account]
    assert told == [GroupReadElsewhere(group.group_id, 2), GroupReadElsewhere(group.group_id, 3)]
    assert bob.read_seq == 3


async def test_unread_is_what_came_later_where_the_kind_counts(stage: Stage) -> None:
    public = await found(stage, Kind.PUBLIC, stage.them.bob)
    meeting = await found(stage, Kind.MEETING, stage.them.bob)
    for group in (public, meeting):
        await say(stage, group, stage.them.alice)
    counts = await stage.rules.groups.reading.unread(stage.them.bob.number, [public, meeting])
    assert counts == {public.number: 1, meeting.number: 0}


async def test_read_messages_can_be_made_unread_again(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    for number in range(3):
        await say(stage, group, stage.them.alice, number)
    bob, reading = place(stage, group, stage.them.bob), stage.rules.groups.reading
    await reading.mark_read(group, bob, 3, NO_INSTANCE)
    await reading.set_unread(group, bob, 2)
    assert bob.read_seq == 1
    assert await reading.unread(bob.account, [group]) == {group.number: 2}
