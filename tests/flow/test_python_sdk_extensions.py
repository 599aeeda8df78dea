"""The Python SDK's extensions and reactions against the whole server."""

import asyncio

from tests.flow.test_python_sdk import enter
from tests.support.clients import PATIENCE_S
from tests.support.server import Site
from tidings_client import Extension, ExtensionsChanged, MessageReceived, Reaction, ReactionsChanged


async def test_a_vote_and_a_smile(site: Site) -> None:
    async with enter(site, "alice") as alice, enter(site, "bob") as bob:
        stream = alice.events(ExtensionsChanged, ReactionsChanged)
        arrivals = bob.events(MessageReceived)
        question = await alice.send("bob", "tea or coffee?", takes_extensions=True)
        async with asyncio.timeout(PATIENCE_S):
            asked = (await anext(arrivals)).message  # type: ignore[attr-defined]
        assert asked.takes_extensions
        assert await bob.set_extensions(asked, {"bob": "tea"}) == {}
        assert await alice.set_extensions(question, {"bob": "coffee"}) == {"bob": Extension("tea", 1)}
        seen = await alice.extensions(question)
        assert seen == {"bob": Extension("tea", 1)}
        await bob.react(asked, "smile")
        assert await alice.reactions(question) == {question.key: [Reaction("smile", 1, ("bob",), is_own=False)]}
        assert [page async for page in bob.reacting(asked, "smile")] == [["bob"]]
        await bob.unreact(asked, "smile")
        await bob.delete_extensions(asked, seen)
        await bob.clear_extensions(asked)
        async with asyncio.timeout(PATIENCE_S):
            told = [await anext(stream) for _ in range(5)]
        named = {(event.id, event.key, event.peer) for event in told}  # type: ignore[attr-defined]
        assert named == {(question.id, question.key, "bob")}
        assert [type(event) for event in told] == [
            ExtensionsChanged,
            ReactionsChanged,
            ReactionsChanged,
            ExtensionsChanged,
            ExtensionsChanged,
        ]
