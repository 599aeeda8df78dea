"""Streams in groups: told live to who is there, whole in the history, once however often they are begun."""

import pytest

from tests.support.groups import draft, found, place
from tests.support.stage import Stage
from tidings.domain.group.events import GroupModified
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind
from tidings.domain.group.streams import GroupStream, GroupStreams, Parts, to_id
from tidings.domain.growing import PAUSE_S, Piece, StreamKind
from tidings.domain.history import Change
from tidings.errors import TidingsError
from tidings.ids import NO_INSTANCE
from tidings.view.streams import render_stream


@pytest.fixture
async def group(stage: Stage) -> Group:
    return await found(stage, Kind.PUBLIC, stage.them.bob)


async def begin(stage: Stage, group: Group, text: str = "a", random: int = 1, *, is_last: bool = False) -> GroupStream:
    asked = draft(group, stage.them.bob, random, is_admin=True)
    stream = GroupStream(group.app, StreamKind.ELEMENT, "old", to_id(asked, text))
    return await stage.rules.groups.streams.begin(asked, stream, Piece(text, 1, is_last), str)


async def go_on(stage: Stage, group: Group, name: str, text: str = "b", *, is_last: bool = False) -> GroupStream:
    stage.clock.step(1)
    return await stage.rules.groups.streams.go_on(name, group, None, Piece(text, None, is_last), str)


async def stored(stage: Stage, group: Group) -> list[tuple[int, int, bytes]]:
    page = await stage.store.group_messages.page(group.number, 99, 99)
    return [(message.seq, message.version, message.body) for message in page]


async def over(stage: Stage, group: Group, name: str) -> int:
    with pytest.raises(TidingsError) as refused:
        await go_on(stage, group, name)
    return refused.value.code


async def test_each_piece_is_stored_and_told_and_takes_no_number_of_its_own(stage: Stage, group: Group) -> None:
    stream = await begin(stage, group)
    await go_on(stage, group, stream.id)
    await go_on(stage, group, stream.id, "c", is_last=True)
    [(seq, version, body)] = await stored(stage, group)
    assert (seq, version) == (1, 2)
    assert b'"Markdown":"abc","IsLast":true' in body
    told = [event.message.version for _, event, _, _ in stage.rooms.events if isinstance(event, GroupModified)]
    assert told == [1, 2]
    assert await over(stage, group, stream.id) == 20026


async def test_a_beginning_that_is_sent_again_is_the_first(stage: Stage, group: Group) -> None:
    first = await begin(stage, group)
    assert await begin(stage, group) is first
    assert (await begin(stage, group, random=2)).id != first.id
    assert [seq for seq, _, _ in await stored(stage, group)] == [2, 1]
    whole = await begin(stage, group, "x", 3, is_last=True)
    assert await over(stage, group, whole.id) == 20026


async def test_a_stream_of_another_group_or_sender_does_not_grow(stage: Stage, group: Group) -> None:
    other, stream = await found(stage), await begin(stage, group)
    assert await over(stage, other, stream.id) == 20026
    with pytest.raises(TidingsError) as refused:
        await stage.rules.groups.streams.go_on(stream.id, group, stage.them.alice, Piece("b"), str)
    assert refused.value.code == 20026


async def test_a_pause_ends_a_stream_and_members_are_told(stage: Stage, group: Group) -> None:
    stream = await begin(stage, group)
    stage.clock.step(PAUSE_S + 1)
    await stage.rules.groups.streams.sweep()
    assert b'"IsLast":true' in (await stored(stage, group))[0][2]
    assert await over(stage, group, stream.id) == 20026
    assert len(stage.rooms.events) == 1


async def test_a_recall_and_the_end_of_its_sender_end_a_stream(stage: Stage, group: Group) -> None:
    recalled, left = await begin(stage, group), await begin(stage, group, random=2)
    alice = place(stage, group, stage.them.alice)
    await stage.rules.groups.history.recall(group, [1], alice, alice.user_id, "", window_s=99)
    assert await over(stage, group, recalled.id) == 20026
    await stage.rules.groups.streams.end_all(stage.them.bob)
    assert await over(stage, group, left.id) == 20026


async def test_a_stream_goes_on_after_a_restart_and_ends_though_its_group_is_gone(stage: Stage, group: Group) -> None:
    stream = await begin(stage, group)
    rules = stage.rules.groups
    parts = Parts(rules.directory, rules.listing, rules.messages, rules.sending, stage.rooms)
    restarted = GroupStreams(stage.store.group_streams, parts, stage.clock, render_stream)
    await restarted.remember()
    await restarted.go_on(stream.id, group, None, Piece("b"), str)
    assert b'"Markdown":"ab"' in (await stored(stage, group))[0][2]
    await rules.life.disband(group, None)
    stage.clock.step(PAUSE_S + 1)
    await restarted.sweep()
    assert await stage.store.group_streams.open_streams() == []


async def test_live_rooms_keep_nothing_that_could_grow(stage: Stage) -> None:
    with pytest.raises(TidingsError) as refused:
        await begin(stage, await found(stage, Kind.LIVE))
    assert refused.value.code == 10044


async def test_who_edits_a_message_in_between_ends_its_stream(stage: Stage, group: Group) -> None:
    stream = await begin(stage, group)
    await stage.rules.groups.history.modify(group, 1, None, Change(b"[]", None), NO_INSTANCE)
    assert await over(stage, group, stream.id) == 20026
