"""Streams in groups in SQLite: beside those of one-to-one chats, gone with their message."""

from dataclasses import replace

from tests.support.groups import found, say
from tests.support.stage import Stage
from tidings.domain.group.groups import Group
from tidings.domain.group.streams import GroupStream
from tidings.domain.growing import StreamKind


async def open_one(stage: Stage) -> tuple[Group, GroupStream]:
    group = await found(stage)
    await say(stage, group, stage.them.alice)
    [message] = await stage.store.group_messages.page(group.number, 1, 1)
    stream = GroupStream(group.app, StreamKind.ELEMENT, "old", "s", "raw", "shown", 1, 5.0, message=message)
    await stage.store.group_streams.open_stream(stream)
    return group, stream


async def test_a_stream_comes_back_as_it_was_and_not_among_the_others(stage: Stage) -> None:
    _, stream = await open_one(stage)
    assert await stage.store.group_streams.open_streams() == [stream]
    assert await stage.store.streams.open_streams() == []


async def test_it_grows_only_from_the_version_that_is_known(stage: Stage) -> None:
    group, stream = await open_one(stage)
    grown = replace(stream, message=replace(stream.message, version=1, body=b'["more"]'), text="more", shown="more")
    assert await stage.store.group_streams.grow_stream(grown, 0)
    [message] = await stage.store.group_messages.page(group.number, 1, 1)
    assert (message.version, message.body) == (1, b'["more"]')
    assert not await stage.store.group_streams.grow_stream(grown, 0)
    assert await stage.store.group_streams.open_streams() == []


async def test_its_end_shows_in_lists_of_conversations(stage: Stage) -> None:
    _, stream = await open_one(stage)
    newest = await stage.store.conversations.newest_position()
    ended = replace(stream, message=replace(stream.message, version=1))
    assert await stage.store.group_streams.close_stream(ended, 0)
    changed = await stage.store.group_listing.changed_after(stage.them.alice.number, newest, 9)
    assert len(changed) == 1
    assert not await stage.store.group_streams.close_stream(ended, 0)
