"""One port for everything: the first request's head decides which protocol takes the connection."""

import asyncio
import logging
import re
from collections.abc import Callable
from typing import cast

from picows import WSAutoPingStrategy, WSListener, WSUpgradeRequest
from picows.picows import WSProtocol  # type: ignore[attr-defined] # not in its stubs

MAX_HEAD = 16_384
READ_BUFFER = 2_048
REFUSED = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_SERVER_SIDE = _CLOSES_ON_ERROR = _PINGS = _ANSWERS_PINGS = True
_IS_WEBSOCKET = re.compile(rb"\r\nupgrade:[ \t]*websocket", re.IGNORECASE).search

# The library has a line for every socket that comes and goes; only its warnings are of use.
log = logging.getLogger("tidings.sockets")
log.setLevel(logging.WARNING)


class Protocols:
    """Makes the protocol that a connection turns out to need."""

    def __init__(
        self,
        http: Callable[[], asyncio.Protocol],
        accept: Callable[[str, str], WSListener | None],
        frame_bytes: int,
        handshake_s: float,
    ) -> None:
        """`http` makes a protocol for HTTP requests; `accept` judges a WebSocket's target and Host header."""
        self.http = http
        self._accept = accept
        self._frame_bytes = frame_bytes
        self.handshake_s = handshake_s

    def websocket(self) -> asyncio.BufferedProtocol:
        """Return a protocol for a WebSocket."""

        def listen(request: WSUpgradeRequest) -> WSListener | None:
            return self._accept(request.path.decode("latin-1"), request.headers.get("host", ""))

        protocol: asyncio.BufferedProtocol = WSProtocol(
            None,  # host and path: a client's
            None,
            not _SERVER_SIDE,
            listen,
            log,
            _CLOSES_ON_ERROR,
            None,  # no time-out: the whole head is here already
            not _PINGS,  # clients have a heartbeat of their own
            20,
            20,
            WSAutoPingStrategy.PING_WHEN_IDLE,
            _ANSWERS_PINGS,
            self._frame_bytes,
            None,
            READ_BUFFER,
        )
        return protocol


class Greeter(asyncio.Protocol):
    """A connection whose protocol is not known yet; it has a bounded time and head to say it."""

    def __init__(self, protocols: Protocols) -> None:
        """Choose among `protocols`."""
        self._protocols = protocols
        self._head = b""
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the head, but not for ever."""
        self._transport = cast("asyncio.Transport", transport)
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._protocols.handshake_s, transport.close)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's signature
        """Forget the connection."""
        self._disarm()

    def data_received(self, data: bytes) -> None:
        """Collect the head, then hand the connection over."""
        self._head += data
        end = self._head.find(b"\r\n\r\n")
        if end >= 0:
            self._hand_over(is_websocket=_IS_WEBSOCKET(self._head, 0, end) is not None)
        elif len(self._head) > MAX_HEAD and self._transport is not None:
            self._transport.write(REFUSED)
            self._transport.close()

    def _hand_over(self, *, is_websocket: bool) -> None:
        self._disarm()
        transport, data = self._transport, self._head
        if transport is None:
            return
        self._transport, self._head = None, b""
        if is_websocket:
            websocket = self._protocols.websocket()
            transport.set_protocol(websocket)
            websocket.connection_made(transport)
            _feed(websocket, data)
        else:
            http = self._protocols.http()
            transport.set_protocol(http)
            http.connection_made(transport)
            http.data_received(data)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _feed(protocol: asyncio.BufferedProtocol, data: bytes) -> None:
    """Replay bytes into a protocol that reads into a buffer of its own."""
    while data:
        view = memoryview(protocol.get_buffer(len(data)))
        size = min(len(view), len(data))
        view[:size] = data[:size]
        protocol.buffer_updated(size)
        data = data[size:]
