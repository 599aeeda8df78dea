"""Sending into groups: stored once, then told; who may, how often, and what is answered."""

import asyncio

import pytest

from tests.support.groups import draft, found, place, say
from tests.support.stage import Stage
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind
from tidings.domain.group.messages import Priority
from tidings.domain.group.sending import GroupSending, Sent
from tidings.errors import TidingsError


async def code(stage: Stage, group: Group) -> int:
    with pytest.raises(TidingsError) as refused:
        await say(stage, group, stage.them.bob)
    return refused.value.code


async def test_messages_sent_at_once_are_numbered_without_a_gap_and_told_in_order(stage: Stage) -> None:
    group = await found(stage)
    sent = await asyncio.gather(*(say(stage, group, stage.them.alice, number) for number in range(20)))
    assert sorted(each.seq for each in sent) == list(range(1, 21))
    assert [message.seq for _, message, _ in stage.rooms.messages] == list(range(1, 21))
    assert group.last_seq == 20


async def test_a_repeat_is_answered_as_the_first_and_told_once(stage: Stage) -> None:
    group = await found(stage)
    first, second = await asyncio.gather(*(say(stage, group, stage.them.alice, 7) for _ in range(2)))
    stage.clock.step(200)
    assert first == second == await say(stage, group, stage.them.alice, 7)
    assert len(stage.rooms.messages) == 1


async def test_a_sender_has_read_what_it_sends(stage: Stage) -> None:
    group = await found(stage)
    await say(stage, group, stage.them.alice)
    alice = place(stage, group, stage.them.alice)
    assert (alice.read_seq, alice.sent_at) == (1, int(stage.clock.now()))


async def test_only_members_speak_and_app_admins_for_anybody(stage: Stage) -> None:
    group = await found(stage)
    assert await code(stage, group) == 10007
    assert (await say(stage, group, stage.them.bob, is_admin=True)).seq == 1


async def test_the_muted_are_refused_and_app_admins_are_not(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    place(stage, group, stage.them.bob).muted_until = int(stage.clock.now()) + 10
    assert await code(stage, group) == 10017
    assert (await say(stage, group, stage.them.bob, is_admin=True)).seq == 1
    stage.clock.step(10)
    assert (await say(stage, group, stage.them.bob, 2)).seq == 2


async def test_where_all_are_muted_the_leaders_speak(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob, admins=(stage.them.carol,))
    group.is_muted = True
    assert await code(stage, group) == 10017
    assert (await say(stage, group, stage.them.carol)).seq == 1
    assert (await say(stage, group, stage.them.alice)).seq == 2


async def test_above_the_limit_the_less_important_are_dropped_without_a_word(stage: Stage) -> None:
    group, sending = await found(stage), stage.rules.groups.sending
    low = [await sending.send(draft(group, stage.them.alice, n, priority=Priority.LOW), 2) for n in range(3)]
    high = await sending.send(draft(group, stage.them.alice, 9, priority=Priority.HIGH), 2)
    assert [each.is_dropped for each in (*low, high)] == [False, False, True, False]
    assert [message.random for _, message, _ in stage.rooms.messages] == [0, 1, 9]
    stage.clock.step(1)
    assert not (await sending.send(draft(group, stage.them.alice, 10), 2)).is_dropped


async def test_what_is_for_those_online_only_takes_no_number(stage: Stage) -> None:
    group = await found(stage)
    await say(stage, group, stage.them.alice)
    assert await say(stage, group, stage.them.alice, 2, is_online_only=True) == Sent(int(stage.clock.now()), 1)
    assert (await say(stage, group, stage.them.alice, 3)).seq == 2
    assert [message.seq for _, message, _ in stage.rooms.messages] == [1, 1, 2]


async def test_what_was_sent_before_a_restart_is_still_known(stage: Stage) -> None:
    group = await found(stage)
    first = await say(stage, group, stage.them.alice, 7)
    rules = stage.rules.groups
    again = GroupSending(
        rules.directory, stage.store.group_messages, stage.rooms, stage.clock, stage.rules.mutes, is_limited=True
    )
    await again.remember()
    assert await again.send(draft(group, stage.them.alice, 7), 0) == first
