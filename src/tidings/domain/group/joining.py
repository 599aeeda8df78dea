"""Coming into groups and leaving them (spec/groups.md, section 3)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from enum import IntEnum
from functools import partial

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import NOBODY, SYSTEM, Group, Member
from tidings.domain.group.kinds import Action, ApplyOption, Kind, Role
from tidings.domain.group.life import Life, to_member
from tidings.domain.group.ports import GroupStore, Rooms
from tidings.domain.group.rights import Actor, check_members, check_over
from tidings.domain.group.telling import Teller
from tidings.domain.group.tips import Tip, TipKind
from tidings.errors import ALREADY_MEMBER, GROUP_FULL, GROUP_RIGHT_MISSING, OWNER_MAY_NOT_QUIT, TidingsError
from tidings.ids import UserId


class Joined(IntEnum):
    """What became of one account; the values are those of the wire."""

    REFUSED = 0
    ADDED = 1
    WAS_IN = 2
    WAITS = 3


class Joining:
    """Lets accounts in and out; the group is told."""

    def __init__(
        self,
        directory: Directory,
        store: GroupStore,
        rooms: Rooms,
        life: Life,
        teller: Teller,
        clock: Clock,
    ) -> None:
        """Write to `store`, and keep `directory` and `rooms` in step; changes take turns with those of `life`."""
        self._directory = directory
        self._store = store
        self._rooms = rooms
        self._life = life
        self._teller = teller
        self._clock = clock

    async def add(
        self, group: Group, accounts: Sequence[Account], operator: Account | None, *, is_silent: bool = False
    ) -> dict[UserId, Joined]:
        """Let accounts in at once, as far as there is room; says of each what became of it."""
        check_members(group)
        act = partial(self._add, group, accounts, operator, is_silent=is_silent)
        return await self._life.in_turn(group, act)

    async def apply(self, group: Group, account: Account) -> Joined:
        """Join by oneself where the group is open."""
        if group.apply_option is not ApplyOption.FREE:
            raise GROUP_RIGHT_MISSING(detail=f"one may not join group {group.group_id!r} without being asked")
        outcome = await self.add(group, [account], account)
        if outcome[account.user_id] is Joined.WAS_IN:
            raise ALREADY_MEMBER(user_id=account.user_id, group_id=group.group_id)
        if outcome[account.user_id] is Joined.REFUSED:
            raise GROUP_FULL(group_id=group.group_id, count=group.member_count, limit=group.max_members)
        return outcome[account.user_id]

    async def remove(
        self, group: Group, members: Sequence[Member], actor: Actor, operator: UserId, *, is_silent: bool = False
    ) -> None:
        """Put members out; raises 10007 if the actor may not."""
        check_members(group)
        for member in members:
            check_over(group, actor, Action.KICK, member)
        tip = Tip(TipKind.KICKED, operator, tuple(members))
        await self._life.in_turn(group, partial(self._remove, group, tip, is_silent=is_silent))

    async def quit(self, group: Group, member: Member) -> None:
        """Leave a group; raises 10009 for an owner who may not."""
        check_members(group)
        if member.role is Role.OWNER and not group.traits.may_owner_quit:
            raise OWNER_MAY_NOT_QUIT(kind=group.kind.value)
        tip = Tip(TipKind.QUIT, member.user_id, (member,))
        await self._life.in_turn(group, partial(self._remove, group, tip, is_silent=False))

    async def forget(self, account: Account) -> None:
        """Take an account that is deleted out of all its groups; nobody is told."""
        for stored, _ in await self._store.joined(account.number, Kind):
            # It may be disbanded by now, which is as good.
            with suppress(TidingsError):
                await self._forget(self._directory.get(account.app, stored.group_id), account)

    async def _forget(self, group: Group, account: Account) -> None:
        if (member := self._directory.member(group, account.number)) is not None:
            tip = Tip(TipKind.QUIT, account.user_id, (member,))
            await self._life.in_turn(group, partial(self._remove, group, tip, is_silent=True))

    async def _add(
        self, group: Group, accounts: Sequence[Account], operator: Account | None, *, is_silent: bool
    ) -> dict[UserId, Joined]:
        held = self._directory.members(group, [account.number for account in accounts])
        room = max(group.max_members - group.member_count, 0)
        new = list({a.number: a for a in accounts if a.number not in held}.values())
        now = int(self._clock.now())
        members = [to_member(account, group, Role.MEMBER, now) for account in new[:room]]
        if members:
            await self._store.add_members(group, members)
            self._rooms.enter(group.number, {member.account: member.receive for member in members})
            by = SYSTEM if operator is None else operator.user_id
            if not is_silent:
                await self._teller.tell(group, Tip(TipKind.JOINED, by, tuple(members)))
        outcome = {account.user_id: Joined.REFUSED for account in new[room:]}
        outcome |= {member.user_id: Joined.ADDED for member in members}
        return outcome | {account.user_id: Joined.WAS_IN for account in accounts if account.number in held}

    async def _remove(self, group: Group, tip: Tip, *, is_silent: bool) -> None:
        """Take out whom a tip concerns, those who have left meanwhile excepted."""
        held = self._directory.members(group, [member.account for member in tip.concerned])
        if not held:
            return
        await self._store.remove_members(group, list(held))
        if group.owner in held:
            await self._life.set_owner(group, NOBODY)
        for number in held:
            group.known.pop(number, None)
        if not is_silent:
            leavers = tuple(member for member in tip.concerned if member.account in held)
            await self._teller.tell(group, replace(tip, concerned=leavers))
        self._rooms.leave(group.number, held)
