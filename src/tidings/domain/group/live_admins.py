"""Admins of live rooms: appointed by app admins, whether they are there or not, and kept.

Source: spec/rest/group_open_avchatroom_http_svc.yaml, modify_admin and get_admin_list.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from tidings.domain.accounts import Account
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import Role
from tidings.domain.group.life import to_member
from tidings.domain.group.live import LiveRooms
from tidings.domain.group.notices import Notices
from tidings.domain.group.ports import GroupStore, MemberPage
from tidings.domain.group.requests import JoinChange
from tidings.domain.group.telling import Teller
from tidings.domain.group.tips import Tip, TipKind
from tidings.domain.turns import Turns
from tidings.errors import BAD_SERVICE_REQUEST
from tidings.ids import GroupNumber, UserId

ADMINS = 5
_ADMINS = frozenset({Role.ADMIN})


class LiveAdmins:
    """Appoints admins and dismisses them; the room is told."""

    def __init__(
        self,
        directory: Directory,
        store: GroupStore,
        live: LiveRooms,
        teller: Teller,
        notices: Notices,
        turns: Turns[GroupNumber],
    ) -> None:
        """Keep admins as members, which `notices` writes and `store` reads; changes of one group take `turns`."""
        self._directory = directory
        self._store = store
        self._live = live
        self._teller = teller
        self._turns = turns
        self._notices = notices

    async def list(self, group: Group) -> list[Member]:
        """Return the admins of a room in the order they were appointed."""
        self._live.open(group)
        return await self._store.page_members(MemberPage(group.number, ADMINS, roles=_ADMINS))

    async def appoint(self, group: Group, accounts: Sequence[Account], operator_id: UserId) -> None:
        """Make accounts admins; raises 10004 for the owner and for more than five."""
        self._live.open(group)
        await self._turns.take(group.number, partial(self._appoint, group, accounts, operator_id))

    async def dismiss(self, group: Group, accounts: Sequence[Account], operator_id: UserId) -> None:
        """Let accounts be admins no more; who is none is passed over."""
        self._live.open(group)
        await self._turns.take(group.number, partial(self._dismiss, group, accounts, operator_id))

    async def _appoint(self, group: Group, accounts: Sequence[Account], operator_id: UserId) -> None:
        held = {admin.account for admin in await self.list(group)}
        new = [account for account in accounts if account.number not in held]
        if any(account.number == group.owner for account in new):
            raise BAD_SERVICE_REQUEST(detail="the owner of a room need not be its admin")
        if (count := len(held) + len(new)) > ADMINS:
            raise BAD_SERVICE_REQUEST(detail=f"the room would have {count} admins, at most {ADMINS} are allowed")
        now = self._notices.now()
        members = [self._directory.member(group, account.number) or _fresh(account, group, now) for account in new]
        admitted = [replace(member, role=Role.ADMIN) for member in members]
        await self._notices.change(group, JoinChange(admitted=admitted))
        for member in members:
            member.role = Role.ADMIN
            group.known[member.account] = member
        await self._tell(group, TipKind.ADMIN_SET, members, operator_id)

    async def _dismiss(self, group: Group, accounts: Sequence[Account], operator_id: UserId) -> None:
        found = self._directory.members(group, [account.number for account in accounts])
        members = [member for member in found.values() if member.role is Role.ADMIN]
        numbers = [member.account for member in members]
        await self._notices.change(group, JoinChange(removed=numbers))
        for member in members:
            member.role = Role.MEMBER
            group.known.pop(member.account, None)
        await self._tell(group, TipKind.ADMIN_TAKEN, members, operator_id)

    async def _tell(self, group: Group, kind: TipKind, members: Sequence[Member], operator_id: UserId) -> None:
        if members:
            await self._teller.tell(group, Tip(kind, operator_id, tuple(members)))


def _fresh(account: Account, group: Group, now: int) -> Member:
    return to_member(account, group, Role.ADMIN, now)
