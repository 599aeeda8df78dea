"""WebSocket frames and HTTP requests written and read by hand, so that the load costs little.

Masks are zero: a server has to unmask all the same. Frames are never fragmented.
"""

import re
from struct import Struct

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
_FIN, _MASKED = 0x80, 0x80
_MEDIUM, _LONG = 126, 127
_SHORT_HEAD, _MEDIUM_HEAD, _LONG_HEAD = Struct(">BBI").pack, Struct(">BBHI").pack, Struct(">BBQI").pack
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)

UPGRADE = (
    b"GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def to_frame(payload: bytes, kind: int = TEXT) -> bytes:
    """Return one masked frame."""
    size = len(payload)
    if size < _MEDIUM:
        return _SHORT_HEAD(_FIN | kind, _MASKED | size, 0) + payload
    if size < 1 << 16:
        return _MEDIUM_HEAD(_FIN | kind, _MASKED | _MEDIUM, size, 0) + payload
    return _LONG_HEAD(_FIN | kind, _MASKED | _LONG, size, 0) + payload


def split_frames(buffer: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """Return the whole frames in a buffer as (kind, payload), and what is left over."""
    frames, at, end = [], 0, len(buffer)
    while end >= at + 2:
        size, start = buffer[at + 1], at + 2
        if size >= _MEDIUM:
            wide = 2 if size == _MEDIUM else 8
            if end < start + wide:
                break
            size, start = int.from_bytes(buffer[start : start + wide], "big"), start + wide
        if end < start + size:
            break
        frames.append((buffer[at] & 0x0F, buffer[start : start + size]))
        at = start + size
    return frames, buffer[at:]


def split_answer(buffer: bytes) -> tuple[bytes, bytes] | None:
    """Return the body of the first HTTP answer in a buffer and the rest, or None while it is not whole.

    Raises ValueError if the answer has no Content-Length.
    """
    head = buffer.find(b"\r\n\r\n")
    if head < 0:
        return None
    found = _LENGTH.search(buffer, 0, head)
    if found is None:
        raise ValueError(f"an HTTP answer without a length: {buffer[:head]!r}")
    end = head + 4 + int(found[1])
    return (buffer[head + 4 : end], buffer[end:]) if len(buffer) >= end else None
