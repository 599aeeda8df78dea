"""Chats with a real server that runs in the test's own loop."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar, Unpack

from sdks.python.tests.support.line import Line, line_to
from sdks.python.tests.support.stepped import SmallestChance
from tests.support.server import ADMIN, Site, running_server
from tidings_client import AdminClient, Chat, Event, GroupMessage, GroupMessageReceived, GroupType, connect
from tidings_client.setup import ConnectOptions

PATIENCE_S = 20
E = TypeVar("E", bound=Event)


@dataclass
class Scene:
    """A server, alice and bob logged in, bob over a line, and a group of alice's with bob and carol in it."""

    site: Site
    line: Line
    alice: Chat
    bob: Chat
    group: str

    def enter(
        self, user: str, line: Line | None = None, **options: Unpack[ConnectOptions]
    ) -> AbstractAsyncContextManager[Chat]:
        """Log another device in."""
        return enter(self.site, user, line, **options)

    def admin(self) -> AdminClient:
        """Return the app's admin."""
        return AdminClient(f"http://{self.site.address}", self.site.app, ADMIN, self.site.usersig(ADMIN))


def enter(
    site: Site, user: str, line: Line | None = None, **options: Unpack[ConnectOptions]
) -> AbstractAsyncContextManager[Chat]:
    """Return a login of a user, who waits as briefly as may be between attempts to connect."""
    options = {"chance": SmallestChance(site.chance.uint32()), **options}
    return connect(line.url if line else f"ws://{site.address}", site.app, user, site.usersig(user), **options)


@asynccontextmanager
async def set_scene(kind: str = GroupType.PUBLIC) -> AsyncIterator[Scene]:
    """Run a server, and a group of some type in it, until the test is done."""
    async with (
        running_server() as site,
        line_to(site.server.host, site.server.port) as line,
        enter(site, "alice") as alice,
    ):
        group = await alice.groups.create(kind, "team", members=["bob", "carol"])
        async with enter(site, "bob", line) as bob:
            yield Scene(site, line, alice, bob, group)


async def told(chat: Chat, kind: type[E], count: int = 1) -> list[E]:
    """Return the next events of a kind; what came in between stays for others."""
    found: list[E] = []
    async with asyncio.timeout(PATIENCE_S):
        async for event in chat.events(kind):
            assert isinstance(event, kind)
            found.append(event)
            if len(found) == count:
                break
    return found


async def heard(chat: Chat, count: int = 1) -> list[GroupMessage]:
    """Return the next messages of groups."""
    return [event.message for event in await told(chat, GroupMessageReceived, count)]


def texts(messages: Iterable[GroupMessage]) -> list[str]:
    """Return what messages say."""
    return [message.text for message in messages]
