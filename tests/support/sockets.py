"""A bare socket to the gateway, for what no client would send."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.catalogue import SOCKET, check_response
from tests.support.clients import PATIENCE_S, Json
from tests.support.server import Site


@asynccontextmanager
async def bare_socket(site: Site, path: str = "info") -> AsyncIterator[ClientConnection]:
    """Open a socket that nothing is known of and that checks nothing by itself."""
    url = f"ws://{site.address}/{path}?sdkappid={site.app}&instanceid={site.chance.uint32():032x}"
    async with connect(url, compression=None, ping_interval=None, max_size=None, open_timeout=PATIENCE_S) as socket:
        yield socket


async def next_frame(socket: ClientConnection) -> Json:
    """Return the next frame, an answer that the catalogue allows for its command."""
    async with asyncio.timeout(PATIENCE_S):
        frame: Json = json.loads(await socket.recv())
    check_response(SOCKET, frame["head"]["servcmd"], frame["body"])
    return frame


async def farewell(socket: ClientConnection) -> tuple[int, str]:
    """Wait until the server closes the socket without another word; return code and reason."""
    async with asyncio.timeout(PATIENCE_S):
        try:
            frame = await socket.recv()
        except ConnectionClosed:
            return socket.close_code or 0, socket.close_reason or ""
    raise AssertionError(f"the server answered: {frame!r:.200}")
