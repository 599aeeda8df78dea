"""HTTP of the REST door: answers in order, bounded, and nothing after nonsense."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tidings.rest.exchange import Exchange
from tidings.rest.http import MAX_HEAD, MAX_PIPELINED, HttpConnection, Reply, Request

PATIENCE_S = 20.0
BODY_BYTES = 100
REFUSAL = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Clerk:
    """Answers with what was asked; what is asked of /later waits until it is let go."""

    def __init__(self) -> None:
        self.connections: set[HttpConnection] = set()
        self.body_bytes = BODY_BYTES
        self.requests: list[Request] = []
        self.held: asyncio.Queue[Reply] = asyncio.Queue()
        self.streamed: asyncio.Queue[Exchange] = asyncio.Queue()

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    def is_streamed(self, target: bytes) -> bool:
        return target.startswith(b"/files/")

    def stream(self, exchange: Exchange) -> None:
        self.streamed.put_nowait(exchange)

    def answer(self, request: Request, reply: Reply) -> None:
        self.requests.append(request)
        if request.path == "/later":
            self.held.put_nowait(reply)
        else:
            reply(
                200,
                b"x-kind: now\r\n",
                request.path.encode() + b"=" + (b"none" if request.body is None else request.body),
            )


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def opened(clerk: Clerk) -> AsyncIterator[Line]:
    """Serve one connection and return its other end."""
    server = await asyncio.get_running_loop().create_server(lambda: HttpConnection(clerk), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    reader, writer = await asyncio.open_connection(host, port)
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield reader, writer
    finally:
        writer.close()
        server.close()


def post(path: str, body: bytes = b"", headers: bytes = b"", method: bytes = b"POST") -> bytes:
    head = b"%s %s HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n"
    return head % (method, path.encode(), headers, len(body)) + body


def answer(path: str, body: bytes, *, is_last: bool = False) -> bytes:
    text = path.encode() + b"=" + body
    close = b"connection: close\r\n" if is_last else b""
    return b"HTTP/1.1 200 OK\r\nx-kind: now\r\ncontent-length: %d\r\n%s\r\n%s" % (len(text), close, text)


async def test_requests_of_a_connection_are_answered_in_their_order() -> None:
    clerk = Clerk()
    async with opened(clerk) as (reader, writer):
        writer.write(post("/later") + post("/b", b"2") + post("/c?x=y", b"3"))
        reply = await clerk.held.get()
        assert [request.path for request in clerk.requests] == ["/later"]
        reply(404, b"", b"gone")
        expected = b"HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\ngone" + answer("/b", b"2") + answer("/c", b"3")
        assert await reader.readexactly(len(expected)) == expected
    assert clerk.requests[-1].query == "x=y"


async def test_request_may_come_in_any_pieces() -> None:
    clerk = Clerk()
    async with opened(clerk) as (reader, writer):
        for byte in post("/slow", b"abc"):
            writer.write(bytes([byte]))
            await writer.drain()
        assert await reader.readexactly(len(answer("/slow", b"abc"))) == answer("/slow", b"abc")
    assert clerk.requests[0].body == b"abc"


async def test_body_over_the_cap_is_not_kept_but_answered() -> None:
    clerk = Clerk()
    async with opened(clerk) as (reader, writer):
        writer.write(post("/big", b"x" * (BODY_BYTES + 1)) + post("/fits", b"x" * BODY_BYTES))
        expected = answer("/big", b"none") + answer("/fits", b"x" * BODY_BYTES)
        assert await reader.readexactly(len(expected)) == expected


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x16\x03\x01 not http at all\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        b"GET /" + b"a" * MAX_HEAD + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * MAX_HEAD + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nmore",
    ],
    ids=["other protocol", "bad length", "long target", "long header", "other upgrade"],
)
async def test_nonsense_is_refused_once_and_ends_the_connection(nonsense: bytes) -> None:
    clerk = Clerk()
    async with opened(clerk) as (reader, writer):
        writer.write(nonsense)
        writer.write(nonsense)
        refused = await reader.read()
    assert refused.endswith(REFUSAL)
    assert refused.count(b"400") == 1


async def test_what_came_before_nonsense_is_answered_first() -> None:
    clerk = Clerk()
    async with opened(clerk) as (reader, writer):
        writer.write(post("/later") + b"nonsense\r\n\r\n" + post("/never"))
        (await clerk.held.get())(200, b"", b"ok")
        assert await reader.read() == b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok" + REFUSAL
    assert len(clerk.requests) == 1


async def test_connection_ends_after_its_answer_if_the_client_wants_it() -> None:
    async with opened(Clerk()) as (reader, writer):
        writer.write(post("/last", b"1", b"Connection: close\r\n"))
        assert await reader.read() == answer("/last", b"1", is_last=True)


async def test_head_is_answered_without_its_body() -> None:
    async with opened(Clerk()) as (reader, writer):
        writer.write(post("/x", b"", b"Connection: close\r\n", b"HEAD"))
        assert await reader.read() == answer("/x", b"", is_last=True)[: -len(b"/x=")]


async def test_waiting_client_is_told_to_go_on() -> None:
    async with opened(Clerk()) as (reader, writer):
        head, body = post("/x", b"12", b"Expect: 100-continue\r\n").split(b"\r\n\r\n")
        writer.write(head + b"\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(body)
        assert await reader.readexactly(len(answer("/x", b"12"))) == answer("/x", b"12")


async def test_stop_lets_the_running_request_finish() -> None:
    clerk = Clerk()
    async with opened(clerk) as (reader, writer):
        writer.write(post("/later"))
        reply = await clerk.held.get()
        (connection,) = clerk.connections
        connection.shut_down()
        reply(200, b"", b"ok")
        assert await reader.read() == b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok"


async def test_stop_closes_an_idle_connection_at_once() -> None:
    clerk = Clerk()
    async with opened(clerk) as (reader, writer):
        writer.write(post("/x"))
        await reader.readexactly(len(answer("/x", b"")))
        (connection,) = clerk.connections
        connection.shut_down()
        assert await reader.read() == b""


async def test_client_that_sends_without_reading_answers_is_all_answered_in_the_end() -> None:
    clerk, count = Clerk(), 3 * MAX_PIPELINED
    async with opened(clerk) as (reader, writer):
        writer.write(post("/later") + b"".join(post(f"/{n}") for n in range(count)))
        (await clerk.held.get())(200, b"", b"")
        await reader.readuntil(b"\r\n\r\n")
        expected = b"".join(answer(f"/{n}", b"") for n in range(count))
        assert await reader.readexactly(len(expected)) == expected
