"""Who is in a live room: in memory only, in the order they came in (spec/groups.md, section 2)."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from tidings.domain.group.groups import Group, Member
from tidings.domain.group.messages import GroupMessage
from tidings.ids import AccountNumber, InstanceId

# What is listed: so many of those who came in last, in pages.
LISTED, PAGE = 1000, 500
# A member with this mark is listed only where the mark is asked for.
HIDDEN = 600
NOWHERE = 0


@dataclass(slots=True)
class Attendee:
    """Somebody in a live room.

    `entry` grows with each who comes in; `logins` are those that joined. A robot has none of its own and stays
    until `robot_until`, unix seconds.
    """

    member: Member
    entry: int
    logins: set[InstanceId] = field(default_factory=set)
    marks: set[int] = field(default_factory=set)
    robot_until: int = 0


class Crowd:
    """Those who are in one live room, and the last messages; nothing of it is stored."""

    def __init__(self, group: Group) -> None:
        """Begin with nobody, and keep no message."""
        self.group = group
        self.recent: deque[GroupMessage] = deque(maxlen=0)
        self.robots_end = 0
        self._attendees: dict[AccountNumber, Attendee] = {}
        self._marked: dict[int, set[AccountNumber]] = {}
        self._entries = 0

    def __len__(self) -> int:
        """Count those who are in."""
        return len(self._attendees)

    def __iter__(self) -> Iterator[Attendee]:
        """Go through those who are in, the first to come in first."""
        return iter(self._attendees.values())

    def keep(self, history: int) -> None:
        """Keep so many of the last messages from now on."""
        if self.recent.maxlen != history:
            self.recent = deque(self.recent, history)

    def get(self, account: AccountNumber) -> Attendee | None:
        """Return an account's place, or None if it is not in."""
        return self._attendees.get(account)

    def add(self, member: Member) -> Attendee:
        """Let somebody in who is not in yet."""
        self._entries += 1
        attendee = self._attendees[member.account] = Attendee(member, self._entries)
        self.group.member_count = len(self._attendees)
        return attendee

    def remove(self, account: AccountNumber) -> Attendee | None:
        """Let somebody go, with the marks; returns the place, None if the account was not in."""
        attendee = self._attendees.pop(account, None)
        if attendee is not None:
            self.unmark(attendee, attendee.marks)
            self.group.member_count = len(self._attendees)
        return attendee

    def mark(self, attendee: Attendee, marks: Iterable[int]) -> None:
        """Give somebody marks."""
        for mark in marks:
            attendee.marks.add(mark)
            self._marked.setdefault(mark, set()).add(attendee.member.account)

    def unmark(self, attendee: Attendee, marks: Iterable[int]) -> None:
        """Take marks from somebody."""
        for mark in tuple(marks):
            attendee.marks.discard(mark)
            holders = self._marked.get(mark, set())
            holders.discard(attendee.member.account)
            if not holders:
                self._marked.pop(mark, None)

    @property
    def marks(self) -> set[int]:
        """Return the marks that somebody has."""
        return set(self._marked)

    def marked(self, mark: int) -> int:
        """Count those who have a mark."""
        return len(self._marked.get(mark, ()))

    def newest(self, limit: int) -> list[Attendee]:
        """Return those who came in last, the newest first."""
        return list(islice(reversed(self._attendees.values()), limit))

    def page(self, before: int, mark: int | None) -> tuple[list[Attendee], int]:
        """Return a page of the list, the newest first, and where the next one begins; NOWHERE at the end.

        `before` is where a page begins, NOWHERE for the first one; with a `mark` only those who have it are listed.
        """
        if mark is None:
            listed = [who for who in self.newest(LISTED) if HIDDEN not in who.marks]
        else:
            holders = (self._attendees[account] for account in self._marked.get(mark, ()))
            listed = sorted(holders, key=_entry, reverse=True)[:LISTED]
        rest = [who for who in listed if before == NOWHERE or who.entry < before]
        return rest[:PAGE], rest[PAGE - 1].entry if len(rest) > PAGE else NOWHERE


def _entry(attendee: Attendee) -> int:
    return attendee.entry
