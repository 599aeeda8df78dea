"""Which bytes of a file a request wants (RFC 9110, sections 13 and 14)."""

import re
from dataclasses import dataclass

_RANGE = re.compile(rb"bytes=([0-9]{0,19})-([0-9]{0,19})\Z")


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes from `first` up to before `end`."""

    first: int
    end: int


def to_span(wanted: bytes, size: int) -> Span | None:
    """Return the one range that a Range header asks for, None for the whole.

    What is no range of bytes, or several, is answered with the whole, which is always allowed.
    Raises ValueError if it begins behind the end.
    """
    found = _RANGE.match(wanted)
    if found is None or found[0] == b"bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        count = min(int(last), size)
        span = Span(size - count, size)
    elif last and int(last) < int(first):
        return None
    else:
        span = Span(int(first), min(int(last) + 1, size) if last else size)
    if span.first >= span.end:
        raise ValueError("the range begins behind the end")
    return span


def names(header: bytes, tag: bytes) -> bool:
    """Say whether an If-None-Match header names a version, or any."""
    return header == b"*" or any(each.strip().removeprefix(b"W/") == tag for each in header.split(b","))
