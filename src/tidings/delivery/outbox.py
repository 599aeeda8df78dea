"""What waits to be written to a connection: one write for each socket and loop turn."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

log = logging.getLogger(__name__)


class Wire(Protocol):
    """The part of a transport that an outbox needs."""

    def write(self, data: bytes) -> None:
        """Queue bytes for the socket."""
        ...

    def is_closing(self) -> bool:
        """Say whether the socket is closed or about to be."""
        ...

    def get_write_buffer_size(self) -> int:
        """Return the bytes that the socket has not taken yet."""
        ...


class Postman:
    """Writes out every outbox that got something, at the end of the loop turn."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Work on `loop`."""
        self._loop = loop
        self._full: list[Outbox] = []

    def call(self, outbox: "Outbox") -> None:
        """Remember an outbox that has something to send."""
        if not self._full:
            self._loop.call_soon(self._deliver)
        self._full.append(outbox)

    def _deliver(self) -> None:
        full, self._full = self._full, []
        for outbox in full:
            try:
                outbox.flush()
            except Exception:  # one socket's trouble is not the others'
                log.exception("an outbox could not be written")


class Outbox:
    """Bounded: a reader that does not keep up is cut off, and can ask for the rest when it is back."""

    __slots__ = ("_frames", "_limit", "_on_overflow", "_postman", "_wire")

    def __init__(self, wire: Wire, postman: Postman, limit: int, on_overflow: Callable[[], None]) -> None:
        """Write to `wire`; call `on_overflow` when there is more to write and over `limit` bytes still wait."""
        self._wire = wire
        self._postman = postman
        self._limit = limit
        self._on_overflow = on_overflow
        self._frames: list[bytes] = []

    def put(self, frame: bytes) -> None:
        """Add a frame; it leaves with everything else of this loop turn."""
        if not self._frames:
            self._postman.call(self)
        self._frames.append(frame)

    def flush(self) -> None:
        """Write what there is in one piece, unless the reader is gone or has not taken what was written before."""
        frames = self._frames
        self._frames = []
        if not frames or self._wire.is_closing():
            return
        # Looked at before the write: one long answer is no sign of a slow reader.
        if self._wire.get_write_buffer_size() > self._limit:
            self._on_overflow()
        else:
            self._wire.write(frames[0] if len(frames) == 1 else b"".join(frames))
