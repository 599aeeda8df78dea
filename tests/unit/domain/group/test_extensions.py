"""What members hang on messages of groups: told to who is online, and only of messages that one can see."""

import asyncio

import pytest

from tests.support.groups import found, place, say
from tests.support.stage import Stage
from tidings.domain.extensions import CHANGES_PER_MINUTE, Operation, Pair, Update
from tidings.domain.group.events import GroupExtensionsChanged, GroupReacted
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind
from tidings.domain.messages import Flag
from tidings.errors import TidingsError
from tidings.ids import NO_INSTANCE

EXTENSIBLE = int(Flag.EXTENSIBLE)


@pytest.fixture
async def group(stage: Stage) -> Group:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    await say(stage, group, stage.them.alice, 1, flags=EXTENSIBLE)
    return group


async def vote(stage: Stage, group: Group, value: str, seq: int = 0, message: int = 1) -> int:
    bob = place(stage, group, stage.them.bob)
    update = Update(Operation.SET, [Pair("bob", value, seq)], is_checked=True)
    [outcome] = await stage.rules.groups.extensions.update(group, message, bob, update, NO_INSTANCE)
    return outcome.code


async def code(stage: Stage, group: Group, message: int) -> int:
    with pytest.raises(TidingsError) as refused:
        await vote(stage, group, "A", message=message)
    return refused.value.code


async def test_a_change_is_told_and_one_that_came_too_late_is_not(stage: Stage, group: Group) -> None:
    assert [await vote(stage, group, "A"), await vote(stage, group, "B"), await vote(stage, group, "B", 1)] == [
        0,
        23001,
        0,
    ]
    told = [event for _, event, _, _ in stage.rooms.events if isinstance(event, GroupExtensionsChanged)]
    assert [(event.pairs, event.last_seq) for event in told] == [((("bob", "A", 1),), 1), ((("bob", "B", 2),), 2)]
    book, pairs = await stage.rules.groups.extensions.page(group, 1, None, 0)
    assert (book.last_seq, pairs) == (2, [Pair("bob", "B", 2)])


async def test_messages_that_take_none_or_cannot_be_seen_are_refused(stage: Stage, group: Group) -> None:
    them = stage.them
    await say(stage, group, them.alice, 2)
    await say(stage, group, them.alice, 3, flags=EXTENSIBLE, targets=(them.alice.number,))
    await stage.rules.groups.joining.add(group, [them.carol], None)
    assert [await code(stage, group, seq) for seq in (2, 3, 4, 99)] == [23002, 23004, 23004, 23004]
    community = await found(stage, Kind.COMMUNITY, them.bob)
    await say(stage, community, them.alice, 4, flags=EXTENSIBLE)
    assert await code(stage, community, 1) == 10004


async def test_so_many_changes_a_minute_are_taken(stage: Stage, group: Group) -> None:
    update = Update(Operation.SET, [Pair("k", "v")], is_checked=False)
    extensions = stage.rules.groups.extensions
    for _ in range(CHANGES_PER_MINUTE):
        await extensions.update(group, 1, None, update, NO_INSTANCE)
    assert await code(stage, group, 1) == 23003


async def test_who_votes_at_the_same_time_is_counted_each(stage: Stage, group: Group) -> None:
    pairs = [Pair(f"k{number}", "A") for number in range(20)]
    updates = [Update(Operation.SET, [pair], is_checked=True) for pair in pairs]
    extensions, bob = stage.rules.groups.extensions, place(stage, group, stage.them.bob)
    await asyncio.gather(*(extensions.update(group, 1, bob, each, NO_INSTANCE) for each in updates))
    _, kept = await extensions.page(group, 1, bob, 0)
    assert sorted(pair.seq for pair in kept) == list(range(1, 21))


async def test_a_reaction_is_told_to_all_alike_and_goes_again(stage: Stage, group: Group) -> None:
    extensions, bob, name = stage.rules.groups.extensions, stage.them.bob, "smile"
    member = place(stage, group, bob)
    await extensions.react(group, 1, member, bob, name, NO_INSTANCE)
    with pytest.raises(TidingsError) as refused:
        await extensions.react(group, 1, member, bob, name, NO_INSTANCE)
    assert refused.value.code == 23007
    [shown] = await extensions.reactions(group, 1, member, bob, 9)
    assert (shown.name, shown.count, shown.is_own) == (name, 1, True)
    assert (await extensions.reacting(group, 1, member, name, (0, 9))).user_ids == [bob.user_id]
    for _ in range(2):
        await extensions.unreact(group, 1, member, bob, name, NO_INSTANCE)
    assert await extensions.reactions(group, 1, member, bob, 9) == []
    told = [event for _, event, _, _ in stage.rooms.events if isinstance(event, GroupReacted)]
    assert [(event.reaction, event.count, event.user_ids) for event in told] == [(name, 1, ("bob",)), (name, 0, ())]


async def test_what_some_see_is_told_to_them_only(stage: Stage, group: Group) -> None:
    alice, bob = stage.them.alice, stage.them.bob
    await say(stage, group, alice, 2, targets=(bob.number,))
    await stage.rules.groups.extensions.react(group, 2, place(stage, group, bob), bob, "smile", NO_INSTANCE)
    assert stage.rooms.events[-1][2] == {alice.number, bob.number}
