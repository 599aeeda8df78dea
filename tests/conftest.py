"""Fixtures that the tests share: a running server, and people who are logged in to it."""

from collections.abc import AsyncIterator

import pytest

from tests.support.clients import GatewayClient, RestClient
from tests.support.server import Site, running_server


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """Return a server with an app, its admin, and the users alice, bob and carol."""
    async with running_server() as site:
        yield site


@pytest.fixture
def rest(site: Site) -> RestClient:
    """Return the app's server: calls REST commands as the admin."""
    return site.rest()


@pytest.fixture
async def alice(site: Site) -> GatewayClient:
    """Return alice's device, logged in."""
    return await site.login("alice")


@pytest.fixture
async def bob(site: Site) -> GatewayClient:
    """Return bob's device, logged in."""
    return await site.login("bob")
