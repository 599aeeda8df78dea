"""Counters of a group: named signed numbers that its members see change at once (spec/rest/groups.yaml)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Protocol

from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Action
from tidings.domain.group.news import CountersChanged
from tidings.domain.group.ports import Rooms
from tidings.domain.group.rights import Actor, check
from tidings.domain.turns import Turns
from tidings.errors import BAD_SERVICE_REQUEST, GROUP_RIGHT_MISSING, TOO_MANY_COUNTERS
from tidings.ids import GroupNumber, InstanceId
from tidings.pending import Pending

KEYS, KEY_BYTES = 20, 128
LOWEST, HIGHEST = -(1 << 63), (1 << 63) - 1


class CounterMode(StrEnum):
    """How a value changes a counter; one that is not there counts from 0."""

    SET = "Set"
    INCREASE = "Increase"
    DECREASE = "Decrease"


@dataclass(frozen=True, slots=True)
class CounterBook:
    """All counters of a group by their keys; `seq` counts the changes."""

    seq: int
    values: Mapping[str, int]


class CounterStore(Protocol):
    """What counters ask of the store."""

    def counters(self, group: GroupNumber) -> CounterBook:
        """Return a group's counters."""
        ...

    def save_counters(self, group: GroupNumber, book: CounterBook) -> Pending[None]:
        """Store a group's counters in place of those it had."""
        ...


class Counters:
    """Reads and changes counters; the changes of one group take turns, so no step is lost."""

    def __init__(self, store: CounterStore, rooms: Rooms) -> None:
        """Keep them in `store`, tell them in `rooms`."""
        self._store = store
        self._rooms = rooms
        self._turns: Turns[GroupNumber] = Turns()

    def read(self, group: Group, keys: Collection[str] | None = None) -> CounterBook:
        """Return the counters of those keys that are there, or all."""
        _check_kind(group)
        book = self._store.counters(group.number)
        if keys is None:
            return book
        return CounterBook(book.seq, {key: book.values[key] for key in keys if key in book.values})

    async def update(
        self, group: Group, actor: Actor, mode: CounterMode, values: Mapping[str, int], source: InstanceId
    ) -> CountersChanged:
        """Change counters by values and tell the members; raises 10063 for more than 20 keys, 10004 beyond 64 bits."""
        _check_kind(group)
        check(group, actor, Action.SET_ATTRIBUTES)
        for key in values:
            if not 0 < (size := len(key.encode())) <= KEY_BYTES:
                raise BAD_SERVICE_REQUEST(detail=f"Key {key!r} has {size} bytes, 1 to {KEY_BYTES} are allowed")
        return await self._turns.take(group.number, partial(self._update, group, mode, values, source))

    async def delete(self, group: Group, actor: Actor, keys: Collection[str] | None, source: InstanceId) -> None:
        """Delete the counters of those keys, or all, and tell the members; what is not there stays so."""
        _check_kind(group)
        check(group, actor, Action.SET_ATTRIBUTES)
        await self._turns.take(group.number, partial(self._delete, group, keys, source))

    async def _update(
        self, group: Group, mode: CounterMode, values: Mapping[str, int], source: InstanceId
    ) -> CountersChanged:
        book = self._store.counters(group.number)
        fresh = {key: _step(key, book.values.get(key, 0), mode, value) for key, value in values.items()}
        after = {**book.values, **fresh}
        if len(after) > KEYS:
            raise TOO_MANY_COUNTERS(count=len(after), limit=KEYS)
        return await self._save(group, after, CountersChanged(book.seq + 1, fresh), source)

    async def _delete(self, group: Group, keys: Collection[str] | None, source: InstanceId) -> None:
        book = self._store.counters(group.number)
        gone = {key: value for key, value in book.values.items() if keys is None or key in keys}
        if gone:
            left = {key: value for key, value in book.values.items() if key not in gone}
            await self._save(group, left, CountersChanged(book.seq + 1, gone, is_gone=True), source)

    async def _save(
        self, group: Group, values: Mapping[str, int], told: CountersChanged, source: InstanceId
    ) -> CountersChanged:
        await self._store.save_counters(group.number, CounterBook(told.seq, values))
        self._rooms.news(group, told, source)
        return told


def _step(key: str, now: int, mode: CounterMode, value: int) -> int:
    after = {CounterMode.SET: value, CounterMode.INCREASE: now + value, CounterMode.DECREASE: now - value}[mode]
    if not LOWEST <= after <= HIGHEST:
        raise BAD_SERVICE_REQUEST(detail=f"counter {key!r} would be {after}, which does not fit into 64 bits")
    return after


def _check_kind(group: Group) -> None:
    if not group.traits.takes_counters:
        raise GROUP_RIGHT_MISSING(detail=f"groups of type {group.kind.value} have no counters")
