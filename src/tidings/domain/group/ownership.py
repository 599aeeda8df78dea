"""Handing a group over to another owner (spec/groups.md, section 2)."""

from dataclasses import dataclass, replace

from tidings.domain.accounts import Account
from tidings.domain.callbacks import note
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.happenings import OwnerChanged
from tidings.domain.group.kinds import Action, Role
from tidings.domain.group.life import NOBODY_ID, Life, take_over
from tidings.domain.group.notices import Notices
from tidings.domain.group.requests import JoinChange
from tidings.domain.group.rights import check, check_kind, check_members
from tidings.domain.group.telling import Teller
from tidings.domain.group.tips import Tip, TipKind
from tidings.domain.group.topics import By


@dataclass(frozen=True, slots=True)
class Ownership:
    """Gives groups other owners; who was it stays as an ordinary member."""

    directory: Directory
    life: Life
    teller: Teller
    notices: Notices

    async def hand_over(self, group: Group, by: By, account: Account) -> None:
        """Make a member the owner; raises 10007 if whoever asks may not, or the account is no member."""
        check_members(group)
        check_kind(group, Action.CHANGE_OWNER)

        async def act() -> None:
            check(group, self.directory.current(group, by.actor), Action.CHANGE_OWNER)
            new = self.directory.get_member(group, account.number, account.user_id)
            if new.account == group.owner:
                return
            await self._change(group, by, new)
            await self.teller.tell_profile(group, Tip(TipKind.PROFILE, by.user_id, changes={"owner": new.user_id}))

        await self.life.in_turn(group, act)

    async def _change(self, group: Group, by: By, new: Member) -> None:
        """Give the group and both members what they are from now on, together."""
        old = self.directory.members(group, [group.owner]).get(group.owner)
        roles = [(new, Role.OWNER)] if old is None else [(old, Role.MEMBER), (new, Role.OWNER)]
        renewed = self.life.owned_by(group, new.account)
        changed = [replace(member, role=role) for member, role in roles]
        note(OwnerChanged, group, NOBODY_ID if old is None else old.user_id, new.user_id)
        await self.notices.change(group, JoinChange(changed=changed, renewed=renewed), by.source)
        take_over(group, renewed)
        held = self.directory.members(group, [member.account for member in changed])
        for member in changed:  # memory may have let them go and taken them in again meanwhile
            if member.account in held:
                held[member.account].role = member.role
