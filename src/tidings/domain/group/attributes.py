"""Attributes of a group: short-lived keys and values that its members see change at once.

Limits and codes: spec/groups.md, spec/limits.md, spec/rest/group_open_attr_http_svc.yaml.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.callbacks import note
from tidings.domain.group.flow import Flow
from tidings.domain.group.groups import Group
from tidings.domain.group.happenings import GroupAttributesChanged
from tidings.domain.group.kinds import Action, Kind
from tidings.domain.group.news import Attribute, AttributeChange, AttributesChanged
from tidings.domain.group.ports import Rooms
from tidings.domain.group.rights import Actor, check
from tidings.domain.turns import Turns
from tidings.errors import (
    ATTRIBUTE_CONFLICT,
    ATTRIBUTE_KEY_TOO_LONG,
    ATTRIBUTE_MISSING,
    ATTRIBUTE_VALUE_TOO_LONG,
    ATTRIBUTES_TOO_LARGE,
    ATTRIBUTES_TOO_OFTEN,
    BAD_SERVICE_REQUEST,
    GROUP_RIGHT_MISSING,
    TOO_MANY_ATTRIBUTES,
)
from tidings.ids import GroupNumber, InstanceId
from tidings.pending import Pending

KEY_BYTES, VALUE_BYTES, ALL_BYTES, KEYS = 32, 4000, 16_000, 16
WRITES_PER_SECOND = 5
ONE_LEVEL = 1


@dataclass(frozen=True, slots=True)
class AttributeBook:
    """All attributes of a group by their keys; `seq` counts the writes."""

    seq: int = 0
    items: Mapping[str, Attribute] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttributeWrite:
    """A write as it is asked for; DELETE gives empty values, CLEAR none.

    `known_seq` and `known_seqs`: the sequences that the writer has seen, of the whole and of each key, and which
    must still hold; None: whatever was written meanwhile. A key that the writer has not seen counts as 0.
    """

    change: AttributeChange
    values: Mapping[str, str]
    known_seq: int | None = None
    known_seqs: Mapping[str, int] | None = None


class AttributeStore(Protocol):
    """What attributes ask of the store."""

    def attributes(self, group: GroupNumber) -> AttributeBook:
        """Return a group's attributes."""
        ...

    def save_attributes(self, group: GroupNumber, book: AttributeBook) -> Pending[None]:
        """Store a group's attributes in place of those it had."""
        ...


class Attributes:
    """Reads and writes attributes; the writes of one group take turns."""

    def __init__(self, store: AttributeStore, rooms: Rooms, clock: Clock, *, is_limited: bool) -> None:
        """Keep them in `store`, tell them in `rooms`; `is_limited`: five writes a second for a group."""
        self._store = store
        self._rooms = rooms
        self._clock = clock
        self._limit = WRITES_PER_SECOND if is_limited else 0
        self._flow = Flow()
        self._turns: Turns[GroupNumber] = Turns()

    def read(self, group: Group) -> AttributeBook:
        """Return a group's attributes."""
        _check_kind(group)
        return self._store.attributes(group.number)

    async def write(self, group: Group, actor: Actor, asked: AttributeWrite, source: InstanceId) -> AttributesChanged:
        """Change attributes and tell the members.

        Raises 10045 to 10048 for what is too long or too much, 10049 for the sixth write of a second, 10050 for a
        key to delete that is not there, 10056 where something else was written first.
        """
        _check_kind(group)
        check(group, actor, Action.SET_ATTRIBUTES)
        _check_sizes(asked.values)
        if not self._flow.admits(group.number, ONE_LEVEL, self._limit, int(self._clock.now())):
            raise ATTRIBUTES_TOO_OFTEN(group_id=group.group_id, limit=WRITES_PER_SECOND)
        return await self._turns.take(group.number, partial(self._write, group, asked, source))

    async def _write(self, group: Group, asked: AttributeWrite, source: InstanceId) -> AttributesChanged:
        book = self._store.attributes(group.number)
        _check_race(book, asked)
        seq = book.seq + 1
        fresh = {key: Attribute(value, seq) for key, value in asked.values.items()}
        after = AttributeBook(seq, _apply(book.items, asked.change, fresh))
        _check_whole(after.items)
        note(GroupAttributesChanged, group, asked.change, asked.values)
        await self._store.save_attributes(group.number, after)
        told = AttributesChanged(asked.change, seq, fresh)
        self._rooms.news(group, told, source)
        return told


def _apply(
    items: Mapping[str, Attribute], change: AttributeChange, fresh: Mapping[str, Attribute]
) -> dict[str, Attribute]:
    if change is AttributeChange.SET:
        return dict(fresh)
    if change is AttributeChange.CLEAR:
        return {}
    if change is AttributeChange.MODIFY:
        return {**items, **fresh}
    for key in fresh:
        if key not in items:
            raise ATTRIBUTE_MISSING(key=key)
    return {key: item for key, item in items.items() if key not in fresh}


def _check_kind(group: Group) -> None:
    if group.kind is Kind.TOPIC:
        raise GROUP_RIGHT_MISSING(detail="topics have no attributes; those of their community hold for all")


def _check_sizes(values: Mapping[str, str]) -> None:
    for key, value in values.items():
        if not key:
            raise BAD_SERVICE_REQUEST(detail="an attribute's key must not be empty")
        if (size := len(key.encode())) > KEY_BYTES:
            raise ATTRIBUTE_KEY_TOO_LONG(key=key, size=size, limit=KEY_BYTES)
        if (size := len(value.encode())) > VALUE_BYTES:
            raise ATTRIBUTE_VALUE_TOO_LONG(key=key, size=size, limit=VALUE_BYTES)


def _check_whole(items: Mapping[str, Attribute]) -> None:
    if len(items) > KEYS:
        raise TOO_MANY_ATTRIBUTES(count=len(items), limit=KEYS)
    size = sum(len(key.encode()) + len(item.value.encode()) for key, item in items.items())
    if size > ALL_BYTES:
        raise ATTRIBUTES_TOO_LARGE(size=size, limit=ALL_BYTES)


def _check_race(book: AttributeBook, asked: AttributeWrite) -> None:
    if asked.known_seq is not None and asked.known_seq != book.seq:
        raise ATTRIBUTE_CONFLICT(detail=f"AttrMainSeq is {book.seq}, the request knows {asked.known_seq}")
    for key, known in (asked.known_seqs or {}).items():
        item = book.items.get(key)
        if (seq := 0 if item is None else item.seq) != known:
            raise ATTRIBUTE_CONFLICT(detail=f"seq of {key!r} is {seq}, the request knows {known}")
