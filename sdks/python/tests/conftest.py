"""Fixtures: a server that does what the test says, and alice's chat with it."""

from collections.abc import AsyncIterator

import pytest

from sdks.python.tests.support.scripted import ScriptedServer, scripted_server
from sdks.python.tests.support.stepped import SmallestChance, SteppedClock
from tidings_client import Chat, connect


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    """Return a running server."""
    async with scripted_server() as server:
        yield server


@pytest.fixture
def clock() -> SteppedClock:
    """Return the clock of alice's client."""
    return SteppedClock()


@pytest.fixture
async def chat(server: ScriptedServer, clock: SteppedClock) -> AsyncIterator[Chat]:
    """Return alice, logged in; she waits as briefly as she may between attempts."""
    async with connect(server.url, 1400000001, "alice", "sig", clock=clock, chance=SmallestChance(1)) as chat:
        yield chat
