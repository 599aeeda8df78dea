import asyncio

import pytest

from sdks.python.tests.support.scripted import ScriptedServer, arrival
from tidings_client import Chat, ConversationChanged, Gap, Lost, MessageReceived, connect

APP = 1400000001


async def test_address_is_checked_before_anything_else() -> None:
    with pytest.raises(ValueError, match="no server address"):
        async with connect("localhost", APP, "alice", "sig"):
            pass


async def test_user_and_position_are_known(chat: Chat, server: ScriptedServer) -> None:
    assert (chat.user_id, chat.position) == ("alice", 0)
    await server.push(arrival(7))
    await anext(chat.events())
    assert chat.position == 7


async def test_callback_attached_late_gets_what_came_before(chat: Chat, server: ScriptedServer) -> None:
    await server.push(arrival(1, "early"))
    while chat.position != 1:
        await chat.mark_read("bob")
    got: asyncio.Queue[str] = asyncio.Queue()
    chat.on(MessageReceived, lambda event: got.put_nowait(event.message.text))
    await server.push(arrival(2, "late"))
    assert [await got.get(), await got.get()] == ["early", "late"]


async def test_async_callback_is_called_one_event_at_a_time(chat: Chat, server: ScriptedServer) -> None:
    got: asyncio.Queue[str] = asyncio.Queue()

    async def take(event: MessageReceived) -> None:
        got.put_nowait(f"begins {event.message.text}")
        await asyncio.sleep(0)
        got.put_nowait(f"ends {event.message.text}")

    chat.on(MessageReceived, take)
    await server.push(arrival(1, "a"), arrival(2, "b"))
    assert [await got.get() for _ in range(4)] == ["begins a", "ends a", "begins b", "ends b"]


async def test_failing_callback_is_logged_and_the_next_event_comes(
    chat: Chat, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    got: asyncio.Queue[str] = asyncio.Queue()

    def take(event: MessageReceived) -> None:
        if event.message.text == "bad":
            raise LookupError("no such thing")
        got.put_nowait(event.message.text)

    chat.on(MessageReceived, take)
    await server.push(arrival(1, "bad"), arrival(2, "good"))
    assert await got.get() == "good"
    assert "a callback failed on MessageReceived" in caplog.text


async def test_cancelled_callback_is_called_no_more(chat: Chat, server: ScriptedServer) -> None:
    got: list[str] = []
    first = chat.on(MessageReceived, lambda event: got.append(event.message.text))
    first.cancel()
    await first.ended()
    await server.push(arrival(1, "a"))
    event = await anext(chat.events(MessageReceived))
    assert isinstance(event, MessageReceived)
    assert (event.message.text, got) == ("a", [])


async def test_leaving_waits_for_callbacks_but_not_for_the_one_that_leaves(server: ScriptedServer) -> None:
    left = asyncio.Event()

    async def leave(_event: MessageReceived) -> None:
        await chat.close()
        left.set()

    async with connect(server.url, APP, "alice", "sig") as chat:
        chat.on(MessageReceived, leave)
        await server.push(arrival(1))
        await left.wait()


async def test_consumer_who_is_too_slow_is_told_of_the_gap(server: ScriptedServer) -> None:
    async with connect(server.url, APP, "alice", "sig", buffered=2) as chat:
        stream = chat.events()
        await server.push(*(arrival(number) for number in range(1, 9)))
        while chat.position != 8:
            await chat.mark_read("bob")
        assert await anext(stream) == Gap(Lost.BUFFER_FULL)


async def test_changed_conversation_is_told_behind_what_changed_it(chat: Chat, server: ScriptedServer) -> None:
    await server.push(arrival(1), arrival(2))
    stream = chat.events()
    kinds = [type(await anext(stream)) for _ in range(3)]
    assert kinds == [MessageReceived, MessageReceived, ConversationChanged]
