"""HTTP/1.1 for the REST door: parsed by httptools, answered in one write, without a task.

Knows no command. Requests of a connection are answered one after another, in order.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import NamedTuple, Protocol, cast

import httptools

MAX_HEAD = 65_536
MAX_PIPELINED = 16
_REASONS = {200: b"OK", 400: b"Bad Request", 404: b"Not Found"}
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_MALFORMED = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class _HeadTooLongError(Exception):
    """A request's target and headers are over the cap."""


class Request(NamedTuple):
    """One request; `body` is None if it was over the cap and therefore not kept."""

    method: str
    path: str
    query: str
    body: bytes | None
    is_kept_alive: bool


Reply = Callable[[int, bytes, bytes], None]


class Answerer(Protocol):
    """Answers requests, and keeps an eye on the connections they come by."""

    connections: "set[HttpConnection]"
    body_bytes: int

    def answer(self, request: Request, reply: Reply) -> None:
        """Call `reply(status, headers, body)` once; headers are lines, each ended by CR LF."""
        ...

    def monotonic(self) -> float:
        """Return the loop's time in seconds."""
        ...


class HttpConnection(asyncio.Protocol):
    """One HTTP connection."""

    def __init__(self, answerer: Answerer) -> None:
        """Hand requests to `answerer`."""
        self._answerer = answerer
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._waiting: deque[Request] = deque()
        self._is_busy = False
        self._is_stopping = False
        self._is_malformed = False
        self._begin()
        self.last_active = answerer.monotonic()

    @property
    def is_idle(self) -> bool:
        """Say whether no request is under way; one that is still coming in does not count."""
        return not self._is_busy and not self._waiting

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the open connection."""
        self._transport = cast("asyncio.Transport", transport)
        self._answerer.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's signature
        """Let go of the connection; what is under way is finished, its answer is dropped."""
        self._transport = None
        self._waiting.clear()
        self._answerer.connections.discard(self)

    def data_received(self, data: bytes) -> None:
        """Parse what came; what is no HTTP is answered 400 and ends the connection."""
        if self._is_malformed:
            return
        self.last_active = self._answerer.monotonic()
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade, _HeadTooLongError):
            self._is_malformed = True
            self._refuse_when_idle()

    def shut_down(self) -> None:
        """Close as soon as no request is under way."""
        self._is_stopping = True
        if self.is_idle:
            self.close()

    def close(self) -> None:
        """Close at once."""
        if self._transport is not None:
            self._transport.close()

    def on_url(self, url: bytes) -> None:
        """Take part of the target."""
        self._url += url
        self._grow(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Look for the one header that matters before the body."""
        self._grow(len(name) + len(value))
        if name.lower() == b"expect" and value.lower() == b"100-continue" and self._transport is not None:
            self._transport.write(_CONTINUE)

    def on_body(self, body: bytes) -> None:
        """Take part of the body, as long as the whole is under the cap."""
        self._size += len(body)
        if self._size <= self._answerer.body_bytes:
            self._parts.append(body)
        else:
            self._parts.clear()

    def on_message_complete(self) -> None:
        """Queue the request."""
        path, _, query = self._url.decode("latin-1").partition("?")
        is_whole = self._size <= self._answerer.body_bytes
        parts = self._parts
        body = None if not is_whole else parts[0] if len(parts) == 1 else b"".join(parts)
        method = self._parser.get_method().decode("latin-1")
        self._waiting.append(Request(method, path, query, body, self._parser.should_keep_alive()))
        self._begin()
        if len(self._waiting) > MAX_PIPELINED and self._transport is not None:
            self._transport.pause_reading()
        self._next()

    def _begin(self) -> None:
        self._url = b""
        self._parts: list[bytes] = []
        self._size = 0
        self._head_size = 0

    def _grow(self, size: int) -> None:
        self._head_size += size
        if self._head_size > MAX_HEAD:
            raise _HeadTooLongError

    def _next(self) -> None:
        if self._waiting and not self._is_busy:
            request = self._waiting.popleft()
            self._is_busy = True
            self._answerer.answer(request, lambda status, headers, body: self._reply(request, status, headers, body))

    def _reply(self, request: Request, status: int, headers: bytes, body: bytes) -> None:
        self._is_busy = False
        transport = self._transport
        if transport is None:
            return
        is_last = self._is_stopping or not request.is_kept_alive
        transport.write(
            b"HTTP/1.1 %d %b\r\n%bcontent-length: %d\r\n%b\r\n%b"
            % (
                status,
                _REASONS[status],
                headers,
                len(body),
                b"connection: close\r\n" if is_last else b"",
                b"" if request.method == "HEAD" else body,
            )
        )
        if is_last:
            transport.close()
        elif self._waiting:
            self._next()
        else:
            transport.resume_reading()
            self._refuse_when_idle()

    def _refuse_when_idle(self) -> None:
        """End a connection that sent nonsense, once what came before it is answered.

        Only our half is closed: to close both while the client still sends would reset the
        connection, and the client would never read why.
        """
        if self._is_malformed and self.is_idle and self._transport is not None:
            self._transport.write(_MALFORMED)
            self._transport.write_eof()
