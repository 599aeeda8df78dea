"""Every store: streams grow with their messages, chatbots, merged messages."""

from dataclasses import replace

from tests.support.stores import APP, NOW, OTHER_APP, People, message, put
from tidings.domain.events import MessageModified
from tidings.domain.growing import StreamKind
from tidings.domain.messages import Message
from tidings.domain.ports import Logged
from tidings.domain.streams import Stream
from tidings.store.sqlite.store import Store


async def opened(store: Store, them: People) -> Stream:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    stream = Stream(APP, StreamKind.CHATBOT, "old", "s", "raw", "shown", 1, float(NOW), message=sent)
    await store.streams.open_stream(stream)
    return stream


def grown(stream: Stream, body: bytes, **more: object) -> Stream:
    message = replace(stream.message, body=body, version=stream.message.version + 1)
    return replace(stream, message=message, text=stream.text + "+", **more)  # type: ignore[arg-type]


async def stored(store: Store, sent: Message) -> tuple[bytes, int]:
    found = await store.messages.find_message(sent.conversation, sent.key)
    assert found is not None
    return found.body, found.version


async def test_open_streams_come_back_as_they_were(store: Store, them: People) -> None:
    stream = await opened(store, them)
    assert await store.streams.open_streams() == [stream]
    more = grown(stream, b"[2]", last_index=2, last_at=NOW + 1.5)
    assert await store.streams.grow_stream(more, 0)
    assert await store.streams.open_streams() == [more]
    assert await stored(store, stream.message) == (b"[2]", 1)
    masked = grown(more, b"[3]", shown="r*w+")
    for version, next_one in enumerate((masked, grown(masked, b"[4]", shown="raw+++")), 1):
        assert await store.streams.grow_stream(next_one, version)
        assert await store.streams.open_streams() == [next_one]


async def test_a_message_that_was_changed_meanwhile_is_left_alone(store: Store, them: People) -> None:
    stream = await opened(store, them)
    assert not await store.streams.grow_stream(grown(stream, b"[2]"), 7)
    assert await stored(store, stream.message) == (stream.message.body, 0)
    assert await store.streams.open_streams() == []
    assert await store.streams.close_stream(grown(stream, b"[2]"), 7, []) is None


async def test_the_end_stands_in_the_log(store: Store, them: People) -> None:
    stream = await opened(store, them)
    last = grown(stream, b"[3]")
    event = MessageModified(last.message.ref, 1, b"[3]", "")
    position = await store.streams.close_stream(last, 0, [Logged(them.bob.number, event)])
    assert position is not None
    page = await store.conversations.log_after(them.bob.number, stream.message.position, 9, NOW)
    assert page.entries == [(position, event)]
    assert await store.streams.open_streams() == []


async def test_a_stream_goes_with_its_message(store: Store, them: People) -> None:
    await opened(store, them)
    await store.retention.expire({APP: NOW + 1})
    assert await store.streams.open_streams() == []


async def test_chatbots_are_counted_by_app(store: Store, them: People) -> None:
    assert await store.robots.add_robot(them.alice, 1)
    assert await store.robots.add_robot(them.alice, 1)
    assert not await store.robots.add_robot(them.bob, 1)
    assert await store.robots.add_robot(them.stranger, 1)
    assert await store.robots.robots(APP) == [them.alice.user_id]
    assert store.robots.is_robot(them.stranger.number)
    assert await store.robots.remove_robot(them.alice.number)
    assert not store.robots.is_robot(them.alice.number)


async def test_merged_messages_of_an_app_expire_by_their_last_use(store: Store, them: People) -> None:
    for key, owner in (("a", them.alice), ("b", them.alice), ("c", them.stranger)):
        await store.merged.save_merged(key, owner, NOW, b"[]")
    await store.merged.touch_merged("b", NOW + 9)
    assert await store.merged.expire_merged(APP, NOW + 9) == 1
    assert store.merged.load_merged("a", APP) is None
    assert store.merged.load_merged("b", APP) == (NOW + 9, b"[]")
    assert store.merged.load_merged("c", OTHER_APP) == (NOW, b"[]")
