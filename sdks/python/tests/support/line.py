"""The line between a client and a server, which a test can cut."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

CHUNK = 4096


class Line:
    """Passes bytes on in both directions until it is cut; while it is held, new connections wait."""

    def __init__(self, host: str, port: int) -> None:
        self.port = 0
        self._target = host, port
        self._writers: set[asyncio.StreamWriter] = set()
        self._is_open = asyncio.Event()
        self._is_open.set()

    @property
    def url(self) -> str:
        """Where clients connect to."""
        return f"ws://127.0.0.1:{self.port}"

    def lead_to(self, host: str, port: int) -> None:
        """Let new connections through to another server."""
        self._target = host, port

    def cut(self) -> None:
        """Break every connection without a word."""
        for writer in self._writers:
            writer.transport.abort()

    def hold(self) -> None:
        """Break every connection, and let no other one through until `restore`."""
        self._is_open.clear()
        self.cut()

    def restore(self) -> None:
        """Let connections through."""
        self._is_open.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection."""
        self._writers.add(writer)
        try:
            await self._is_open.wait()
            beyond, onward = await asyncio.open_connection(*self._target)
            self._writers.add(onward)
            await asyncio.gather(_carry(reader, onward), _carry(beyond, writer))
            self._writers.discard(onward)
        finally:
            self._writers.discard(writer)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


@asynccontextmanager
async def line_to(host: str, port: int) -> AsyncIterator[Line]:
    """Lay a line to a server, until the test is done."""
    line = Line(host, port)
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    async with server:
        line.port = server.sockets[0].getsockname()[1]
        yield line
        line.restore()
        line.cut()
