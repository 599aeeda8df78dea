"""HTTP/1.1 for the REST door: parsed by httptools, answered in one write, without a task.

Knows no command. Requests of a connection are answered one after another, in order. Requests for
files are streamed (rest/exchange.py): their bodies and answers are never held as a whole.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import NamedTuple, Protocol, cast

import httptools

from tidings.rest.exchange import Exchange, Head, to_status_line

MAX_HEAD = 65_536
MAX_PIPELINED = 16
# What may still come in behind the answer to a streamed request, before the client is cut off.
MAX_IGNORED = 1 << 28
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_MALFORMED = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class _HeadTooLongError(Exception):
    """A request's target and headers are over the cap."""


class Request(NamedTuple):
    """One request; `body` is None if it was over the cap and therefore not kept, `host` as the client said.

    `address` is the IP address that it came from.
    """

    method: str
    path: str
    query: str
    body: bytes | None
    is_kept_alive: bool
    host: str = ""
    address: str = ""


Reply = Callable[[int, bytes, bytes], None]


class Answerer(Protocol):
    """Answers requests, and keeps an eye on the connections they come by."""

    connections: "set[HttpConnection]"
    body_bytes: int

    def answer(self, request: Request, reply: Reply) -> None:
        """Call `reply(status, headers, body)` once; headers are lines, each ended by CR LF."""
        ...

    def is_streamed(self, target: bytes) -> bool:
        """Say whether requests for this target are streamed."""
        ...

    def stream(self, exchange: Exchange) -> None:
        """Begin to answer a streamed request; the exchange is finished in the end."""
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
        self._waiting: deque[Request | Exchange] = deque()
        self._incoming: Exchange | None = None
        self._running: Exchange | None = None
        self._drained: asyncio.Future[None] | None = None
        self._is_busy = False
        self._is_last = False
        self._is_stopping = False
        self._is_malformed = False
        self._address = ""
        self._begin()
        self.last_active = answerer.monotonic()

    @property
    def is_idle(self) -> bool:
        """Say whether no request is under way; one that is still coming in does not count."""
        return not self._is_busy and not self._waiting

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the open connection."""
        self._transport = cast("asyncio.Transport", transport)
        peer = transport.get_extra_info("peername")
        self._address = str(peer[0]) if peer else ""
        self._answerer.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's signature
        """Let go of the connection; what is under way is finished, its answer is dropped."""
        self._transport = None
        for each in (*self._waiting, self._running, self._incoming):
            if isinstance(each, Exchange):
                each.lost()
        self._waiting.clear()
        self.resume_writing()
        self._answerer.connections.discard(self)

    def pause_writing(self) -> None:
        """Note that the client does not keep up with what it is sent."""
        if self._drained is None:
            self._drained = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """Note that the client has caught up."""
        drained, self._drained = self._drained, None
        if drained is not None and not drained.done():
            drained.set_result(None)

    @property
    def is_stalled_by_client(self) -> bool:
        """Say whether a streamed request waits for the client to send or to take something."""
        return self._is_last or (self._running is not None and self._running.is_waiting)

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
        """Look for the one header that matters before the body; keep them all for what is streamed."""
        self._grow(len(name) + len(value))
        if self._answerer.is_streamed(self._url):
            self._headers[name.lower()] = value
        elif name.lower() == b"host":
            self._host = value
        elif name.lower() == b"expect" and value.lower() == b"100-continue" and self._transport is not None:
            self._transport.write(_CONTINUE)

    def on_headers_complete(self) -> None:
        """Begin with a request that is streamed."""
        if self._answerer.is_streamed(self._url):
            path, _, query = self._url.decode("latin-1").partition("?")
            method = self._parser.get_method().decode("latin-1")
            head = Head(method, path, query, self._headers, self._parser.should_keep_alive())
            self._incoming = Exchange(self, head)
            self._waiting.append(self._incoming)
            self._next()

    def on_body(self, body: bytes) -> None:
        """Take part of the body, as long as the whole is under the cap."""
        self._size += len(body)
        if self._incoming is not None:
            self._incoming.feed(body)
            if self._incoming.is_answered and self._size > MAX_IGNORED:
                self.close()
            self.regulate()
            return
        if self._size <= self._answerer.body_bytes:
            self._parts.append(body)
        else:
            self._parts.clear()

    def on_message_complete(self) -> None:
        """Queue the request."""
        if self._incoming is not None:
            exchange, self._incoming = self._incoming, None
            exchange.feed_end()
            self._begin()
            self._close_if_done()
            return
        path, _, query = self._url.decode("latin-1").partition("?")
        is_whole = self._size <= self._answerer.body_bytes
        parts = self._parts
        body = None if not is_whole else parts[0] if len(parts) == 1 else b"".join(parts)
        method = self._parser.get_method().decode("latin-1")
        is_kept_alive, host = self._parser.should_keep_alive(), self._host.decode("latin-1")
        self._waiting.append(Request(method, path, query, body, is_kept_alive, host, self._address))
        self._begin()
        if len(self._waiting) > MAX_PIPELINED and self._transport is not None:
            self._transport.pause_reading()
        self._next()

    def _begin(self) -> None:
        self._url, self._host = b"", b""
        self._parts: list[bytes] = []
        self._headers: dict[bytes, bytes] = {}
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
            if isinstance(request, Exchange):
                self._running = request
                self._answerer.stream(request)
                return
            self._answerer.answer(request, lambda status, headers, body: self._reply(request, status, headers, body))

    def _reply(self, request: Request, status: int, headers: bytes, body: bytes) -> None:
        self._is_busy = False
        transport = self._transport
        if transport is None:
            return
        is_last = self._is_stopping or not request.is_kept_alive
        transport.write(
            b"%b%bcontent-length: %d\r\n%b\r\n%b"
            % (
                to_status_line(status),
                headers,
                len(body),
                b"connection: close\r\n" if is_last else b"",
                b"" if request.method == "HEAD" else body,
            )
        )
        if is_last:
            transport.close()
        else:
            self._go_on()

    def send(self, data: bytes) -> None:
        """Send part of a streamed answer."""
        if self._transport is not None:
            self._transport.write(data)
            self.last_active = self._answerer.monotonic()

    async def drained(self) -> None:
        """Wait until the client takes more, or is gone."""
        if self._drained is not None:
            await self._drained
            self.last_active = self._answerer.monotonic()

    def expects_close(self) -> bool:
        """Say whether the connection is to end with the answer under way."""
        return self._is_stopping

    def regulate(self) -> None:
        """Read on, or let the client wait until what it has sent is dealt with."""
        if self._transport is None:
            return
        if len(self._waiting) > MAX_PIPELINED or (self._incoming is not None and self._incoming.is_full):
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def finished(self, exchange: Exchange, *, is_last: bool) -> None:
        """Go on behind a streamed answer; what of its request is still coming in is ignored."""
        self._running = None
        self._is_busy = False
        if self._transport is None:
            return
        self._is_last = is_last
        if not is_last:
            self._go_on()
        elif exchange is self._incoming:
            self.regulate()
            if self._transport.can_write_eof():
                self._transport.write_eof()  # to close both halves now would keep the answer from the client
        else:
            self._close_if_done()

    def _close_if_done(self) -> None:
        if self._is_last:
            self.close()

    def _go_on(self) -> None:
        if self._waiting:
            self._next()
        else:
            self.regulate()
            self._refuse_when_idle()

    def _refuse_when_idle(self) -> None:
        """End a connection that sent nonsense, once what came before it is answered.

        Only our half is closed: to close both while the client still sends would reset the
        connection, and the client would never read why.
        """
        if self._is_malformed and self.is_idle and self._transport is not None:
            self._transport.write(_MALFORMED)
            self._transport.write_eof()
