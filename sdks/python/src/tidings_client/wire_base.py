"""What everything on the wire has in common."""

import msgspec


class Up(msgspec.Struct, frozen=True, omit_defaults=True):
    """A request's body; what keeps its default is left out."""


class Down(msgspec.Struct, frozen=True):
    """An answer's body, or a part of one; unknown fields are ignored."""
