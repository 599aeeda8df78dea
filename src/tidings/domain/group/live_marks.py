"""Marks of those who are in a live room (spec/rest/group_open_avchatroom_http_svc.yaml, modify_user_info)."""

from collections.abc import Iterable, Mapping, Sequence

from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Role
from tidings.domain.group.live import LiveRooms
from tidings.domain.group.live_members import HIDDEN, Attendee, Crowd
from tidings.domain.group.rights import Actor
from tidings.domain.group.robots import LiveRobots
from tidings.errors import (
    BAD_SERVICE_REQUEST,
    GROUP_RIGHT_MISSING,
    NOBODY_IN_ROOM,
    TOO_MANY_MARK_HOLDERS,
    TOO_MANY_MARKS,
)
from tidings.ids import UserId

ROBOT, OWN_MARKS = 500, 1000
KINDS, HOLDERS = 10, 1000
Marks = Mapping[UserId, tuple[int, ...]]


class LiveMarks:
    """Gives marks to those who are in a room, and takes them; they go with whoever has them."""

    def __init__(self, live: LiveRooms, robots: LiveRobots) -> None:
        """Mark those who are in rooms of `live`; one mark makes `robots`."""
        self._live = live
        self._robots = robots

    async def give(self, group: Group, actor: Actor, accounts: Sequence[Account], marks: Marks) -> set[UserId]:
        """Give each account its marks; returns those that have them now, which are those who are in the room.

        Raises 10004 for what is no mark, for too many different ones or too many who have one, and if nobody is in
        the room; 10007 for who may not.
        """
        crowd = self._open(group, actor, marks)
        present = _present(crowd, accounts)
        _check_room(crowd, present, marks)
        robots = [account for account in accounts if ROBOT in marks[account.user_id] and crowd.get(account.number)]
        if robots:
            await self._robots.add(group, robots)
        for who in present:
            crowd.mark(who, _kept(marks[who.member.user_id]))
        return {who.member.user_id for who in present}

    async def take(self, group: Group, actor: Actor, accounts: Sequence[Account], marks: Marks) -> set[UserId]:
        """Take from each account its marks; returns those who are in the room, and raises as `give` does."""
        crowd = self._open(group, actor, marks)
        present = _present(crowd, accounts)
        for who in present:
            crowd.unmark(who, marks[who.member.user_id])
        robots = [account for account in accounts if ROBOT in marks[account.user_id]]
        if robots:
            await self._robots.delete(group, robots)
        return {who.member.user_id for who in present}

    def _open(self, group: Group, actor: Actor, marks: Marks) -> Crowd:
        crowd = self._live.open(group)
        if actor is not None and actor.role is not Role.OWNER:
            raise GROUP_RIGHT_MISSING(detail=f"a {actor.role.value} may not mark members")
        for mark in _all(marks):
            if mark < OWN_MARKS and mark not in {ROBOT, HIDDEN}:
                raise BAD_SERVICE_REQUEST(detail=f"mark {mark} is neither {ROBOT}, {HIDDEN} nor at least {OWN_MARKS}")
            if mark < OWN_MARKS and actor is not None:
                raise GROUP_RIGHT_MISSING(detail=f"mark {mark} is for app admins")
        return crowd


def _present(crowd: Crowd, accounts: Sequence[Account]) -> list[Attendee]:
    present = [who for account in accounts if (who := crowd.get(account.number)) is not None]
    if not present:
        raise NOBODY_IN_ROOM(group_id=crowd.group.group_id)
    return present


def _check_room(crowd: Crowd, present: Sequence[Attendee], marks: Marks) -> None:
    asked = {mark for who in present for mark in _kept(marks[who.member.user_id])}
    if (count := len({mark for mark in crowd.marks | asked if mark >= OWN_MARKS})) > KINDS:
        raise TOO_MANY_MARKS(count=count, limit=KINDS)
    for mark in asked:
        new = sum(mark in marks[who.member.user_id] and mark not in who.marks for who in present)
        if (count := crowd.marked(mark) + new) > HOLDERS:
            raise TOO_MANY_MARK_HOLDERS(count=count, mark=mark, limit=HOLDERS)


def _kept(marks: Iterable[int]) -> list[int]:
    """Return the marks that stand with whoever has them; that of robots is kept otherwise."""
    return [mark for mark in marks if mark != ROBOT]


def _all(marks: Marks) -> set[int]:
    return {mark for each in marks.values() for mark in each}
