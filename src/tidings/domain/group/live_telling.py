"""Who came into live rooms and who went, told to those who are there (spec/groups.md, section 8).

A room of thousands is not told of each: what comes beyond a few tips a second is told together, with the names of some
and the number of all; the more there are, the later.
"""

from dataclasses import dataclass, field

from tidings.clock import Clock
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.telling import Teller
from tidings.domain.group.tips import Tip, TipKind
from tidings.ids import AccountNumber, GroupNumber

TIPS_PER_SECOND, NAMES_IN_TIP = 10, 30
# Of who comes and goes a room hears so much in a second at most: tips, each times those who hear it.
HEARD_PER_SECOND = 3000


@dataclass(slots=True)
class _Room:
    """What a room has not told yet, and how many tips it has told in its current second."""

    group: Group
    changes: dict[AccountNumber, tuple[TipKind, Member]] = field(default_factory=dict)
    second: int = 0
    told: int = 0

    def is_due(self, second: int) -> bool:
        """Say whether it has been long enough since the last tip, for so many as are in."""
        return second - self.second >= self.group.member_count // HEARD_PER_SECOND


class Arrivals:
    """Tells live rooms who came and went."""

    def __init__(self, teller: Teller, clock: Clock) -> None:
        """Tell through `teller`."""
        self._teller = teller
        self._clock = clock
        self._rooms: dict[GroupNumber, _Room] = {}

    def note(self, group: Group, kind: TipKind, member: Member) -> None:
        """Tell that somebody came or went, at once if the room was not told much in this second."""
        room = self._rooms.setdefault(group.number, _Room(group))
        before = room.changes.pop(member.account, None)
        if before is not None and before[0] is not kind:
            return  # who came and went again meanwhile is not worth a word
        room.changes[member.account] = (kind, member)
        second = int(self._clock.now())
        if second != room.second and room.is_due(second):
            room.second, room.told = second, 0
        if room.told < min(TIPS_PER_SECOND, HEARD_PER_SECOND // max(group.member_count, 1)):
            self._tell(room)

    def tell_rest(self) -> None:
        """Tell what has not been told yet: called once a second."""
        second = int(self._clock.now())
        for number, room in list(self._rooms.items()):
            if room.changes:
                if room.is_due(second):
                    room.second = second
                    self._tell(room)
            elif room.second != second and room.is_due(second):
                del self._rooms[number]

    def _tell(self, room: _Room) -> None:
        changes, room.changes = room.changes, {}
        for kind in (TipKind.JOINED, TipKind.QUIT):
            members = [member for its, member in changes.values() if its is kind]
            if members:
                room.told += 1
                newest = tuple(members[-NAMES_IN_TIP:])
                self._teller.tell_present(room.group, Tip(kind, newest[-1].user_id, newest))
