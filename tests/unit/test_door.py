"""The door: one port, and the first head decides which protocol takes the connection (decision 0009)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from picows import WSFrame, WSListener, WSMsgType, WSTransport

from tidings.door import MAX_HEAD, REFUSED, Greeter, Protocols

FRAME_BYTES = 16_384
HANDSHAKE = (
    b"GET /info?a=b HTTP/1.1\r\nHost: x\r\n%s\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
UPGRADE = HANDSHAKE % b"Upgrade: websocket"
# A masked text frame of two bytes; the mask is zero.
HELLO = b"\x81\x82\x00\x00\x00\x00hi"
ECHO = b"\x81\x02hi"
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Http(asyncio.Protocol):
    """Answers with what it got, once the request's end is there."""

    def __init__(self) -> None:
        self._got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        if self._got.endswith((b"\r\n\r\n", b"END")):
            self._transport.write(b"HTTP got " + self._got)
            self._got = b""


class Echo(WSListener):
    """Sends every frame back."""

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        transport.send(WSMsgType.TEXT, frame.get_payload_as_bytes())


@dataclass(slots=True)
class Port:
    """Where the door is open, and which targets were asked for."""

    number: int = 0
    targets: list[str] = field(default_factory=list)

    def accept(self, target: str, _host: str) -> WSListener | None:
        """Take every WebSocket but one to /refused."""
        self.targets.append(target)
        return None if target == "/refused" else Echo()

    @asynccontextmanager
    async def client(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """Connect."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.number)
        try:
            yield reader, writer
        finally:
            writer.close()
            await writer.wait_closed()


@asynccontextmanager
async def _open_port(handshake_s: float = 30.0) -> AsyncIterator[Port]:
    port = Port()
    protocols = Protocols(Http, port.accept, FRAME_BYTES, handshake_s)
    server = await asyncio.get_running_loop().create_server(lambda: Greeter(protocols), "127.0.0.1", 0)
    port.number = server.sockets[0].getsockname()[1]
    try:
        yield port
    finally:
        server.close()
        await server.wait_closed()


@pytest.fixture
async def port() -> AsyncIterator[Port]:
    async with _open_port() as port:
        yield port


async def _switched(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    return head.partition(b"\r\n")[0]


async def test_a_request_is_handed_over_whole(port: Port) -> None:
    request = b"POST / HTTP/1.1\r\nHost: x\r\n\r\nbody END"
    async with port.client() as (reader, writer):
        for _ in range(2):
            writer.write(request)
            assert await reader.readexactly(9 + len(request)) == b"HTTP got " + request


@pytest.mark.parametrize("size", [1, 7, 1000])
async def test_a_head_may_come_in_pieces(port: Port, size: int) -> None:
    async with port.client() as (reader, writer):
        for start in range(0, len(GET), size):
            writer.write(GET[start : start + size])
            await writer.drain()
            await asyncio.sleep(0)
        assert await reader.readexactly(9 + len(GET)) == b"HTTP got " + GET


@pytest.mark.parametrize(
    "header", [b"Upgrade: websocket", b"upgrade:websocket", b"UPGRADE: \t WebSocket", b"A: b\r\nUpgrade: websocket"]
)
async def test_a_websocket_is_one_however_its_header_is_written(port: Port, header: bytes) -> None:
    async with port.client() as (reader, writer):
        writer.write(HANDSHAKE % header)
        assert await _switched(reader) == b"HTTP/1.1 101 Switching Protocols"
        writer.write(HELLO)
        assert await reader.readexactly(len(ECHO)) == ECHO
    assert port.targets == ["/info?a=b"]


async def test_frames_that_come_with_the_head_are_not_lost(port: Port) -> None:
    async with port.client() as (reader, writer):
        writer.write(UPGRADE + HELLO * 1000)
        await _switched(reader)
        assert await reader.readexactly(len(ECHO) * 1000) == ECHO * 1000


@pytest.mark.parametrize("place", [b"Upgrade: h2c", b"X-Upgrade: websocket", b"X: Upgrade: websocket"])
async def test_another_head_is_http(port: Port, place: bytes) -> None:
    request = HANDSHAKE % place
    async with port.client() as (reader, writer):
        writer.write(request)
        assert await reader.readexactly(9 + len(request)) == b"HTTP got " + request


async def test_a_body_makes_no_websocket(port: Port) -> None:
    request = b"POST / HTTP/1.1\r\nHost: x\r\n\r\n\r\nUpgrade: websocket\r\n END"
    async with port.client() as (reader, writer):
        writer.write(request)
        assert await reader.readexactly(9 + len(request)) == b"HTTP got " + request


async def test_a_websocket_to_nowhere_is_refused(port: Port) -> None:
    async with port.client() as (reader, writer):
        writer.write(UPGRADE.replace(b"/info?a=b", b"/refused"))
        assert b"101" not in await _switched(reader)
        await reader.read()


async def test_a_frame_beyond_the_bound_ends_the_connection(port: Port) -> None:
    async with port.client() as (reader, writer):
        writer.write(UPGRADE)
        await _switched(reader)
        writer.write(b"\x81\xfe" + (FRAME_BYTES + 1).to_bytes(2, "big") + bytes(4))
        assert ECHO not in await reader.read()


async def test_a_head_that_never_ends_is_refused(port: Port) -> None:
    async with port.client() as (reader, writer):
        writer.write(b"GET /" + b"x" * MAX_HEAD)
        assert await reader.read() == REFUSED


async def test_who_leaves_in_the_middle_of_a_head_does_no_harm(port: Port) -> None:
    async with port.client() as (_, writer):
        writer.write(GET[:10])
    async with port.client() as (reader, writer):
        writer.write(GET)
        assert await reader.readexactly(9) == b"HTTP got "


async def test_who_says_nothing_is_shut_out_and_who_has_said_it_stays() -> None:
    async with _open_port(handshake_s=0.05) as port, port.client() as (http, say), port.client() as (echo, call):
        say.write(GET)
        await http.readexactly(9 + len(GET))
        call.write(UPGRADE)
        await _switched(echo)
        async with port.client() as (silent, _):
            assert await silent.read() == b""
        say.write(GET)
        call.write(HELLO)
        assert await http.readexactly(9) == b"HTTP got "
        assert await echo.readexactly(len(ECHO)) == ECHO
