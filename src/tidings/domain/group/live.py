"""Live rooms: whoever is connected may be in, and is out when the connection is gone (spec/groups.md).

Nothing is stored of those who come and go, so that a room takes any number of them: coming in costs a few look-ups by
key and a line in memory, whatever the number of others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.callbacks import post
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.happenings import PresenceInRoomChanged
from tidings.domain.group.kinds import Kind, Role
from tidings.domain.group.life import to_member
from tidings.domain.group.live_members import Attendee, Crowd
from tidings.domain.group.live_telling import Arrivals
from tidings.domain.group.tips import TipKind
from tidings.errors import GROUP_BANNED, GROUP_RIGHT_MISSING, OWNER_MAY_NOT_QUIT
from tidings.ids import AccountNumber, GroupNumber, InstanceId

# So long a login without a connection stays: clients that lose one are soon back.
ABSENCE_S = 30


@dataclass(frozen=True, slots=True)
class Past:
    """What is kept of an account in a live room: up to when it is banned and muted, unix seconds; 0: it is not."""

    banned_until: int
    muted_until: int


class LiveRoomStore(Protocol):
    """What live rooms ask of the store."""

    def past(self, group: GroupNumber, account: AccountNumber) -> Past:
        """Return what is kept of an account."""
        ...

    def robots(self, group: GroupNumber, now: int) -> Sequence[tuple[Account, int]]:
        """Return the robots of a room whose time is not over, and when it is."""
        ...


class Seats(Protocol):
    """The connections that hear live rooms, by the logins that joined."""

    def heed(self, came: Callable[[InstanceId], None], went: Callable[[InstanceId], None]) -> None:
        """Call back when a login that has joined gets a connection again, and when it loses it."""
        ...

    def sit(self, group: GroupNumber, account: AccountNumber, login: InstanceId) -> bool:
        """Let a login hear a room, now and whenever it is connected; says whether it is connected."""
        ...

    def rise(self, group: GroupNumber, login: InstanceId) -> None:
        """Let a login hear a room no more."""
        ...


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who joins, by which login, in how many rooms that may be, and how many messages the room keeps."""

    account: Account
    login: InstanceId
    most: int
    history: int


@dataclass(slots=True)
class _Login:
    """A login that has joined rooms, in the order it came into them."""

    account: AccountNumber
    rooms: dict[GroupNumber, Group] = field(default_factory=dict)


class LiveRooms:
    """Lets accounts into live rooms and out of them."""

    def __init__(
        self, directory: Directory, store: LiveRoomStore, seats: Seats, arrivals: Arrivals, clock: Clock
    ) -> None:
        """Keep who is in where in `directory`, and `seats` in step with it; `arrivals` tells it."""
        self._directory = directory
        self._store = store
        self._seats = seats
        self._arrivals = arrivals
        self._clock = clock
        self._logins: dict[InstanceId, _Login] = {}
        # Until when logins without a connection stay, the first to go first.
        self._away: dict[InstanceId, float] = {}
        seats.heed(self._came, self._went)

    def join(self, group: Group, visitor: Visitor) -> Crowd:
        """Let a login into a room, once more without effect; returns who is in.

        Where it may be in so many rooms only, it leaves those it came into first. Raises 10007 for an account that
        is banned.
        """
        account, login = visitor.account, visitor.login
        crowd = self.open(group)
        crowd.keep(visitor.history)
        attendee = crowd.get(account.number)
        is_new = attendee is None
        attendee = attendee or self._enter(crowd, account)
        if login not in attendee.logins:
            self._leave_others(visitor)
            attendee.logins.add(login)
            self._logins.setdefault(login, _Login(account.number)).rooms[group.number] = group
            if not self._seats.sit(group.number, account.number, login):
                self._went(login)
        if is_new:
            self._arrivals.note(group, TipKind.JOINED, attendee.member)
            post(PresenceInRoomChanged, group, account.user_id, True)  # noqa: FBT003 - a fact of the happening
        return crowd

    def quit(self, group: Group, account: Account, login: InstanceId) -> None:
        """Let a login go, or all of the account if that one has not joined.

        Who is not in has left already: places end by themselves, too. Raises 10009 for the owner.
        """
        if account.number == group.owner:
            raise OWNER_MAY_NOT_QUIT(kind=group.kind.value)
        attendee = self._attendee(group, account.number)
        if attendee is None:
            return
        for each in [login] if login in attendee.logins else list(attendee.logins):
            self._leave(group, each)

    def leave_all(self, login: InstanceId, *, is_lost: bool = False) -> None:
        """Take a login out of every room: it is over, or nothing was heard of it for too long."""
        self._away.pop(login, None)
        held = self._logins.get(login)
        for group in list(held.rooms.values()) if held is not None else ():
            self._leave(group, login, is_lost=is_lost)

    def forget(self, account: Account) -> None:
        """Take an account out of every room: it is deleted."""
        for login in [login for login, held in self._logins.items() if held.account == account.number]:
            self.leave_all(login)

    def open(self, group: Group) -> Crowd:
        """Return who is in a room, its robots among them; raises 10007 for groups of other types."""
        if group.kind is not Kind.LIVE:
            raise GROUP_RIGHT_MISSING(detail=f"this is for live rooms, and a group of type {group.kind.value} is none")
        now = int(self._clock.now())
        crowd = self._directory.crowd(group)
        if crowd is None:
            crowd = Crowd(group)
            for account, until in self._store.robots(group.number, now):
                self.seat_robot(crowd, account, until)
        elif crowd.robots_end and crowd.robots_end <= now:
            self._end_robots(crowd, now)
        return crowd

    def is_in(self, group: Group, account: AccountNumber) -> bool:
        """Say whether an account is in a room."""
        return self._attendee(group, account) is not None

    def seat_robot(self, crowd: Crowd, account: Account, until: int) -> None:
        """Let an account count as being in a room up to a moment, with a connection or without."""
        attendee = crowd.get(account.number) or crowd.add(self._to_member(crowd.group, account))
        attendee.robot_until = until
        crowd.robots_end = min(until, crowd.robots_end or until)
        self._directory.open(crowd)

    def unseat_robot(self, group: Group, account: AccountNumber) -> None:
        """Let an account count as what it is: out, unless a login of it has joined."""
        attendee = self._attendee(group, account)
        if attendee is not None:
            attendee.robot_until = 0
            if not attendee.logins:
                self._directory.release(group, [account])

    def sweep(self) -> None:
        """Let those go who have been away for too long, and tell who came and went."""
        now = self._clock.now()
        while self._away:
            login, until = next(iter(self._away.items()))
            if until > now:
                break
            self.leave_all(login, is_lost=True)
        self._arrivals.tell_rest()

    def _enter(self, crowd: Crowd, account: Account) -> Attendee:
        group = crowd.group
        past = self._store.past(group.number, account.number)
        if past.banned_until > self._clock.now():
            raise GROUP_BANNED(user_id=account.user_id, group_id=group.group_id, until=past.banned_until)
        member = self._to_member(group, account)
        member.muted_until = past.muted_until
        attendee = crowd.add(member)
        self._directory.open(crowd)
        return attendee

    def _to_member(self, group: Group, account: Account) -> Member:
        """Return what an account is in a room: what is kept of its owner and admins, else a member."""
        now = int(self._clock.now())
        leader = self._directory.leaders(group, [account.number]).get(account.number)
        if leader is None:
            return to_member(account, group, Role.MEMBER, now)
        leader.joined_at, leader.nick, leader.face_url = now, account.nick, account.face_url
        return leader

    def _leave_others(self, visitor: Visitor) -> None:
        """Leave the rooms that were joined first where a login may be in so many only; its own count for nothing."""
        held = self._logins.get(visitor.login)
        if held is not None:
            others = [group for group in held.rooms.values() if group.owner != held.account]
            for group in others[: max(len(others) + 1 - visitor.most, 0)]:
                self._leave(group, visitor.login)

    def _leave(self, group: Group, login: InstanceId, *, is_lost: bool = False) -> None:
        self._seats.rise(group.number, login)
        held = self._logins[login]
        del held.rooms[group.number]
        if not held.rooms:
            del self._logins[login]
        attendee = self._attendee(group, held.account)
        if attendee is not None and login in attendee.logins:
            attendee.logins.discard(login)
            if not attendee.logins and not attendee.robot_until:
                self._directory.release(group, [held.account])
                self._arrivals.note(group, TipKind.QUIT, attendee.member)
                post(PresenceInRoomChanged, group, attendee.member.user_id, False, is_lost)  # noqa: FBT003 - likewise

    def _end_robots(self, crowd: Crowd, now: int) -> None:
        left = [who.robot_until for who in crowd if who.robot_until > now]
        for each in [who.member.account for who in crowd if 0 < who.robot_until <= now]:
            self.unseat_robot(crowd.group, each)
        crowd.robots_end = min(left, default=0)

    def _attendee(self, group: Group, account: AccountNumber) -> Attendee | None:
        crowd = self._directory.crowd(group)
        return None if crowd is None else crowd.get(account)

    def _came(self, login: InstanceId) -> None:
        self._away.pop(login, None)

    def _went(self, login: InstanceId) -> None:
        if login in self._logins:
            self._away.pop(login, None)
            self._away[login] = self._clock.now() + ABSENCE_S
