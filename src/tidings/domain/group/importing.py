"""Bringing a group's messages over from another system (spec/rest/group_messages.yaml, import_group_msg)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.group.groups import Group
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.repeats import WINDOW_S
from tidings.domain.messages import Flag
from tidings.domain.turns import Turns
from tidings.errors import BAD_SERVICE_REQUEST, GROUP_RIGHT_MISSING, MESSAGE_TOO_LONG
from tidings.ids import Chance, GroupNumber
from tidings.pending import Pending


class Imported(IntEnum):
    """What became of one message; the values are those of the wire."""

    DONE = 0
    BAD_TIME = BAD_SERVICE_REQUEST.code
    TOO_LONG = MESSAGE_TOO_LONG.code


@dataclass(slots=True)
class Import:
    """A message to import, and what became of it; `random` 0: any."""

    message: GroupMessage
    is_too_long: bool = False
    outcome: Imported = Imported.DONE


class ImportStore(Protocol):
    """What imports ask of the store."""

    def import_messages(self, group: Group, messages: Sequence[GroupMessage]) -> Pending[set[int]]:
        """Store messages, dated later than all before; all members have then read everything.

        Returns which of them, by their place in the list, were stored.
        """
        ...


class Importing:
    """Imports messages; nobody is told. Imports into one group take turns, so that each knows the ones before."""

    def __init__(self, store: ImportStore, clock: Clock, chance: Chance) -> None:
        """Write to `store`."""
        self._store = store
        self._clock = clock
        self._chance = chance
        self._turns: Turns[GroupNumber] = Turns()
        self._recent: dict[tuple[int, int], tuple[float, GroupMessage]] = {}

    async def import_messages(self, group: Group, imports: Sequence[Import], *, shows: bool) -> None:
        """Store messages in their order and say of each what became of it; `shows`: lists show them.

        A message with a random that was imported in the last five minutes is taken for that one.
        Raises 10007 where the type keeps nothing.
        """
        if not group.traits.keeps_messages:
            raise GROUP_RIGHT_MISSING(detail=f"a group of type {group.kind.value} keeps no messages")
        await self._turns.take(group.number, partial(self._import, group, imports, shows=shows))

    async def _import(self, group: Group, imports: Sequence[Import], *, shows: bool) -> None:
        now = self._clock.now()
        self._forget(now)
        fresh: list[Import] = []
        firsts: dict[int, Import] = {}
        repeats: list[Import] = []
        for each in imports:
            message = each.message
            if each.is_too_long:
                each.outcome = Imported.TOO_LONG
            elif message.time >= now or message.time <= group.created_at:
                each.outcome = Imported.BAD_TIME
            elif message.random in firsts or (message.group, message.random) in self._recent:
                repeats.append(each)
            else:
                if message.random:
                    firsts[message.random] = each
                message.flags |= _flags(group, shows=shows)
                fresh.append(each)
        if fresh:
            await self._write(group, fresh, now)
        for each in repeats:
            self._take_for_first(each, firsts)

    async def _write(self, group: Group, fresh: Sequence[Import], now: float) -> None:
        known = [each for each in fresh if each.message.random]
        for each in fresh:
            each.message.random = each.message.random or self._chance.uint32()
        stored = await self._store.import_messages(group, [each.message for each in fresh])
        for place, each in enumerate(fresh):
            if place in stored:
                group.last_seq = max(group.last_seq, each.message.seq)
                group.last_at, group.is_active = max(group.last_at, each.message.time), True
            else:
                each.outcome = Imported.BAD_TIME
        for each in known:
            if each.outcome is Imported.DONE:
                self._recent[group.number, each.message.random] = now, each.message
        for member in group.known.values() if stored else ():
            member.read_seq = max(member.read_seq, group.last_seq)

    def _take_for_first(self, repeat: Import, firsts: Mapping[int, Import]) -> None:
        """Give a repeat the place of the first, or what became of it."""
        message = repeat.message
        if (first := firsts.get(message.random)) is not None:
            repeat.outcome = first.outcome
        if (known := self._recent.get((message.group, message.random))) is not None:
            message.seq, message.time = known[1].seq, known[1].time

    def _forget(self, now: float) -> None:
        """Drop what is old; what was imported first stands first."""
        for key, (at, _) in list(self._recent.items()):
            if now - at <= WINDOW_S:
                return
            del self._recent[key]


def _flags(group: Group, *, shows: bool) -> int:
    """Return what marks imported messages; in a topic, members may have no row that says they have read them."""
    return int(Flag.IMPORTED | (0 if shows else Flag.NO_LAST) | (Flag.NO_UNREAD if group.parent else 0))
