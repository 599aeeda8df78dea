"""Streams and merged messages with the Python SDK, against the whole server."""

import asyncio

from tests.flow.test_python_sdk import enter
from tests.flow.test_streams import NAME, ROBOT, STREAM, piece
from tests.support.clients import PATIENCE_S
from tests.support.server import Site
from tidings_client import Merged, MessageModified, MessageReceived, Stream


async def test_a_stream_grows_before_the_readers_eyes(site: Site) -> None:
    rest = site.rest()
    async with enter(site, "alice") as alice:
        stream = alice.events(MessageReceived, MessageModified)
        await rest.call(f"{ROBOT}/create_robot", {"UserID": NAME})
        name = (await rest.call(STREAM, piece(1, "Hello")))["StreamMsgID"]
        await rest.call(STREAM, piece(2, ", world", name))
        await rest.call(STREAM, piece(3, "!", name, is_last=True))
        async with asyncio.timeout(PATIENCE_S):
            told = [await anext(stream) for _ in range(3)]
        shown = [event.message.elements if isinstance(event, MessageReceived) else event.elements for event in told]  # type: ignore[attr-defined]
        streams = [each for elements in shown for each in elements if isinstance(each, Stream)]
        assert [(each.text, each.is_finished) for each in streams] == [
            ("Hello", False),
            ("Hello, world", False),
            ("Hello, world!", True),
        ]
        [[kept]] = [page async for page in alice.history(NAME)]
        assert kept.text == "Hello, world!"


async def test_what_is_forwarded_is_read_by_the_receiver(site: Site) -> None:
    async with enter(site, "alice") as alice, enter(site, "bob") as bob:
        texts = [f"{number} {'x' * 900}" for number in range(20)]
        said = [await alice.send("carol", text) for text in texts]
        for some in (said[:2], said):
            await alice.forward("bob", some, "with carol")
        [page] = [page async for page in bob.history("alice")]
        for message, expected in zip(page, (texts[:2], texts), strict=True):
            [merged] = message.elements
            assert isinstance(merged, Merged)
            assert [each.text for each in await bob.merged(merged)] == expected
