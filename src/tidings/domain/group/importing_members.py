"""Bringing a group's members over from another system (spec/rest/groups.yaml, import_group_member)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from typing import Protocol

from tidings.domain.accounts import Account
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.joining import Joining
from tidings.domain.group.kinds import Role
from tidings.domain.group.life import Life, to_member
from tidings.domain.group.notices import Notices
from tidings.domain.group.requests import JoinChange
from tidings.errors import GROUP_RIGHT_MISSING
from tidings.ids import AccountNumber, GroupNumber


class Imported(IntEnum):
    """What became of a member; the values are those of the wire."""

    FAILED = 0
    DONE = 1
    WAS_IN = 2


@dataclass(slots=True)
class MemberImport:
    """A member to import, and what became of it; `account` None: there is no such account.

    `joined_at` in unix seconds, None: now. `unread`: how many messages it has not read.
    """

    account: Account | None
    role: Role = Role.MEMBER
    joined_at: int | None = None
    unread: int = 0
    outcome: Imported = Imported.FAILED


@dataclass(frozen=True, slots=True)
class Place:
    """From where in a group somebody joined at some time sees messages, and up to where it has read them."""

    joined_seq: int
    read_seq: int


class PlaceStore(Protocol):
    """What imports of members ask of the store."""

    async def places(self, group: GroupNumber, asked: Sequence[tuple[int, int]]) -> list[Place]:
        """Return the places of members by when each joined, unix seconds, and how many messages it has not read."""
        ...


class MemberImporting:
    """Imports members; nobody is told."""

    def __init__(self, directory: Directory, store: PlaceStore, joining: Joining, life: Life, notices: Notices) -> None:
        """Find places in `store`, keep members by `notices`; imports take turns with the changes of `life`."""
        self._directory = directory
        self._store = store
        self._joining = joining
        self._life = life
        self._notices = notices

    async def import_members(self, group: Group, asked: Sequence[MemberImport], most: int) -> None:
        """Let accounts in as far as they may be, and say of each what became of it; each may be in `most` groups.

        One fails that does not exist, is banned, is in too many groups, finds no room, or joined before the group
        was there or in the future. Raises 10007 for a live room.
        """
        if not group.traits.keeps_members:
            raise GROUP_RIGHT_MISSING(detail=f"a group of type {group.kind.value} keeps no members")
        await self._life.in_turn(group, partial(self._import, group, asked, most))

    async def _import(self, group: Group, asked: Sequence[MemberImport], most: int) -> None:
        accounts = [each.account.number for each in asked if each.account is not None]
        held = set(self._directory.members(group, accounts))
        shut = self._joining.shut([number for number in accounts if number not in held], group, most)
        able: dict[AccountNumber, MemberImport] = {}
        room = max(group.max_members - group.member_count, 0)
        for each in asked:
            if each.account is None:
                continue
            number = each.account.number
            if number in held or number in able:
                each.outcome = Imported.WAS_IN
            elif number not in shut and len(able) < room and self._is_in_time(group, each.joined_at):
                able[number] = each
        if able:
            await self._let_in(group, list(able.values()))

    async def _let_in(self, group: Group, able: Sequence[MemberImport]) -> None:
        now = self._notices.now()
        times = [now if each.joined_at is None else each.joined_at for each in able]
        unread = [each.unread for each in able]
        places = await self._store.places(group.number, list(zip(times, unread, strict=True)))
        members = [_to_member(group, each, time, place) for each, time, place in zip(able, times, places, strict=True)]
        await self._notices.change(group, JoinChange(admitted=members))
        for each in able:
            each.outcome = Imported.DONE

    def _is_in_time(self, group: Group, joined_at: int | None) -> bool:
        return joined_at is None or group.created_at < joined_at < self._notices.now()


def _to_member(group: Group, each: MemberImport, joined_at: int, place: Place) -> Member:
    if each.account is None:
        raise AssertionError("only accounts that exist come in")
    role = each.role if group.traits.has_admins else Role.MEMBER
    member = to_member(each.account, group, role, joined_at)
    member.joined_seq, member.read_seq = place.joined_seq, place.read_seq
    return member
