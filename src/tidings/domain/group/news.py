"""What members of a group are told at once and never again: it is not kept (web-sdk-wire.md, section 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class AttributeChange(IntEnum):
    """What was done to attributes; the values are those of the wire."""

    SET = 1
    MODIFY = 2
    CLEAR = 3
    DELETE = 4


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value, and the sequence of the write that gave it."""

    value: str
    seq: int


@dataclass(frozen=True, slots=True)
class AttributesChanged:
    """The keys that a write named, with what they are now; `seq` counts the writes of the group's attributes."""

    change: AttributeChange
    seq: int
    items: Mapping[str, Attribute]


@dataclass(frozen=True, slots=True)
class CountersChanged:
    """Counters with their new values, or with `is_gone` the last ones of what was deleted.

    `seq` counts the changes of the group's counters.
    """

    seq: int
    values: Mapping[str, int]
    is_gone: bool = False


GroupNews = AttributesChanged | CountersChanged
