"""One streamed request: its body comes in pieces as they are wanted, its answer goes out as the client takes it."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import NamedTuple, Protocol

from tidings.errors import FILE_CUT_SHORT

# What a client has sent and nobody has taken; beyond, the client waits.
HIGH_WATER = 512 * 1024
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Head(NamedTuple):
    """What a request begins with; names of headers are in small letters."""

    method: str
    path: str
    query: str
    headers: dict[bytes, bytes]
    is_kept_alive: bool


class Wire(Protocol):
    """The connection, as an exchange sees it."""

    def send(self, data: bytes) -> None:
        """Send part of the answer."""
        ...

    async def drained(self) -> None:
        """Wait until the client takes more, or is gone."""
        ...

    def expects_close(self) -> bool:
        """Say whether the connection is to end with the answer under way."""
        ...

    def regulate(self) -> None:
        """Read on, or let the client wait."""
        ...

    def finished(self, exchange: "Exchange", *, is_last: bool) -> None:
        """Go on behind the answer."""
        ...


class Exchange:
    """A request and its answer."""

    def __init__(self, wire: Wire, head: Head) -> None:
        """Belong to `wire`."""
        self.head = head
        self._wire = wire
        self._parts: deque[bytes] = deque()
        self._size = 0
        self._is_whole = False
        self._news: asyncio.Future[None] | None = None
        self._is_last = not head.is_kept_alive
        self.is_lost = False
        self.is_answered = False
        self.is_waiting = False

    @property
    def is_full(self) -> bool:
        """Whether the client has to wait before it sends more."""
        return self._size > HIGH_WATER and not self.is_answered

    @property
    def length(self) -> int | None:
        """How long the body is by its header; None if that does not say."""
        given = self.head.headers.get(b"content-length", b"")
        return int(given) if given.isdigit() else None

    def feed(self, part: bytes) -> None:
        """Take part of the body, unless the answer is out already."""
        if not self.is_answered:
            self._parts.append(part)
            self._size += len(part)
            self._wake()

    def feed_end(self) -> None:
        """Note that the body is whole."""
        self._is_whole = True
        self._wake()

    def lost(self) -> None:
        """Note that the client is gone."""
        self.is_lost = True
        self._wake()

    async def body(self) -> AsyncIterator[bytes]:
        """Return the body piece by piece, each of what has come in since; raises 114003 if it breaks off."""
        if self.head.headers.get(b"expect", b"").lower() == b"100-continue" and not self._parts:
            self._wire.send(_CONTINUE)
        while True:
            if self._parts:
                piece = b"".join(self._parts)
                self._parts.clear()
                self._size = 0
                yield piece
                self._wire.regulate()
            elif self._is_whole:
                return
            elif self.is_lost:
                raise FILE_CUT_SHORT(detail="the connection broke")
            else:
                await self._changed()

    def begin(self, status: int, headers: bytes, length: int) -> None:
        """Send the head of the answer; a body that is still coming in is ignored, and the connection ends with it."""
        self.is_answered = True
        self._parts.clear()
        self._size = 0
        self._is_last = self._is_last or not self._is_whole or self._wire.expects_close()
        close = b"connection: close\r\n" if self._is_last else b""
        self._wire.send(b"%b%bcontent-length: %d\r\n%b\r\n" % (to_status_line(status), headers, length, close))

    async def write(self, data: bytes) -> bool:
        """Send part of the answer once the client takes it; False if it is gone."""
        self.is_waiting = True
        await self._wire.drained()
        self.is_waiting = False
        if not self.is_lost:
            self._wire.send(data)
        return not self.is_lost

    def answer(self, status: int, headers: bytes, body: bytes) -> None:
        """Send a whole short answer."""
        self.begin(status, headers, len(body))
        if self.head.method != "HEAD":
            self._wire.send(body)

    def finish(self, *, is_whole: bool = True) -> None:
        """Be done; an answer that broke off half-way ends the connection."""
        self._wire.finished(self, is_last=self._is_last or not is_whole)

    async def _changed(self) -> None:
        self._news = asyncio.get_running_loop().create_future()
        self.is_waiting = True
        try:
            await self._news
        finally:
            self._news, self.is_waiting = None, False

    def _wake(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)


def to_status_line(status: int) -> bytes:
    """Return the first line of an answer."""
    return b"HTTP/1.1 %d %b\r\n" % (status, HTTPStatus(status).phrase.encode())
