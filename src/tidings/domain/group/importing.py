"""Bringing a group's messages over from another system (spec/rest/group_messages.yaml, import_group_msg)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.group.groups import Group
from tidings.domain.group.messages import NO_SEQ, GroupMessage
from tidings.domain.group.repeats import WINDOW_S
from tidings.domain.messages import Flag
from tidings.errors import BAD_SERVICE_REQUEST, GROUP_RIGHT_MISSING, MESSAGE_TOO_LONG
from tidings.ids import Chance
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
    """Imports messages; nobody is told."""

    def __init__(self, store: ImportStore, clock: Clock, chance: Chance) -> None:
        """Write to `store`."""
        self._store = store
        self._clock = clock
        self._chance = chance
        self._recent: dict[tuple[int, int], tuple[float, GroupMessage]] = {}

    async def import_messages(self, group: Group, imports: Sequence[Import], *, shows: bool) -> None:
        """Store messages in their order and say of each what became of it; `shows`: lists show them.

        A message with a random that was imported in the last five minutes is taken for that one.
        Raises 10007 where the type keeps nothing.
        """
        if not group.traits.keeps_messages:
            raise GROUP_RIGHT_MISSING(detail=f"a group of type {group.kind.value} keeps no messages")
        now = self._clock.now()
        self._forget(now)
        fresh: list[Import] = []
        for each in imports:
            if each.is_too_long:
                each.outcome = Imported.TOO_LONG
            elif each.message.time >= now or each.message.time <= group.created_at:
                each.outcome = Imported.BAD_TIME
            elif not self._repeats(each):
                each.message.flags |= _flags(group, shows=shows)
                fresh.append(each)
        if not fresh:
            return
        stored = await self._store.import_messages(group, [each.message for each in fresh])
        for place, each in enumerate(fresh):
            if place in stored:
                self._recent[each.message.group, each.message.random] = now, each.message
                group.last_seq = max(group.last_seq, each.message.seq)
                group.last_at, group.is_active = max(group.last_at, each.message.time), True
            else:
                each.outcome = Imported.BAD_TIME
        for member in group.known.values() if stored else ():
            member.read_seq = max(member.read_seq, group.last_seq)

    def _repeats(self, each: Import) -> bool:
        """Say whether a message is known, and then give it the place of the first."""
        if not each.message.random:
            each.message.random = self._chance.uint32()
            return False
        known = self._recent.get((each.message.group, each.message.random))
        if known is not None:
            each.message.seq, each.message.time = known[1].seq or NO_SEQ, known[1].time
        return known is not None

    def _forget(self, now: float) -> None:
        """Drop what is old; what was imported first stands first."""
        for key, (at, _) in list(self._recent.items()):
            if now - at <= WINDOW_S:
                return
            del self._recent[key]


def _flags(group: Group, *, shows: bool) -> int:
    """Return what marks imported messages; in a topic, members may have no row that says they have read them."""
    return int(Flag.IMPORTED | (0 if shows else Flag.NO_LAST) | (Flag.NO_UNREAD if group.parent else 0))
