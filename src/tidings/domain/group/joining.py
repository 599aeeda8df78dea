"""Coming into groups and leaving them (spec/groups.md, section 3)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import partial

from tidings.domain.accounts import Account
from tidings.domain.callbacks import note, post
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import NOBODY, SYSTEM, Group, Member
from tidings.domain.group.happenings import GroupFilled, MembersCame, MembersWent
from tidings.domain.group.kinds import Action, ApplyOption, Kind, Role
from tidings.domain.group.life import Life, take_over, to_member
from tidings.domain.group.notices import NoticeKind, Notices
from tidings.domain.group.ports import GroupStore
from tidings.domain.group.requests import JoinChange, JoinStore
from tidings.domain.group.rights import Actor, check_members, check_over
from tidings.domain.group.telling import Teller
from tidings.domain.group.tips import Tip, TipKind
from tidings.domain.ports import Logged
from tidings.errors import (
    ALREADY_MEMBER,
    GROUP_BANNED,
    GROUP_FULL,
    GROUP_RIGHT_MISSING,
    OWNER_MAY_NOT_QUIT,
    TOO_MANY_GROUPS,
    TidingsError,
)
from tidings.ids import NO_INSTANCE, AccountNumber, InstanceId, UserId

ANY_NUMBER = 1 << 31
NO_CHANGE = JoinChange()


class Joined(IntEnum):
    """What became of one account; the values are those of the wire."""

    REFUSED = 0
    ADDED = 1
    WAS_IN = 2
    WAITS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """How accounts come in: by whom, and in how many groups each may be at most.

    `notice` is what they are told, None: nothing; `source` is the login that asked, and `change` what else is
    changed and told with it. `is_application`: whoever comes in has asked to.
    """

    operator_id: UserId
    most: int = ANY_NUMBER
    is_silent: bool = False
    notice: NoticeKind | None = NoticeKind.INVITED
    source: InstanceId = NO_INSTANCE
    change: JoinChange = NO_CHANGE
    is_application: bool = False


@dataclass(frozen=True, slots=True)
class Stores:
    """What is kept of groups, and what of coming into them."""

    groups: GroupStore
    joining: JoinStore


class Joining:
    """Lets accounts in and out; the group is told, and those whom it happens to."""

    def __init__(
        self,
        directory: Directory,
        stores: Stores,
        life: Life,
        teller: Teller,
        notices: Notices,
    ) -> None:
        """Write to `stores`, and keep `directory` in step; changes take turns with those of `life`."""
        self._directory = directory
        self._stores = stores
        self._life = life
        self._teller = teller
        self._notices = notices

    async def add(
        self,
        group: Group,
        accounts: Sequence[Account],
        operator: Account | None,
        *,
        most: int = ANY_NUMBER,
        is_silent: bool = False,
    ) -> dict[UserId, Joined]:
        """Let accounts in at once, as far as there is room and none is banned; says of each what became of it."""
        entry = Entry(SYSTEM if operator is None else operator.user_id, most, is_silent)
        return await self._life.in_turn(group, partial(self.admit, group, accounts, entry))

    async def apply(
        self, group: Group, account: Account, most: int = ANY_NUMBER, source: InstanceId = NO_INSTANCE
    ) -> Joined:
        """Join by oneself where the group is open; raises what `check_entry` and `check_room` do."""

        async def join() -> Joined:
            if self.is_back(group, account):
                return Joined.WAS_IN
            self.check_entry(group, account)
            if group.apply_option is not ApplyOption.FREE:
                raise GROUP_RIGHT_MISSING(detail=f"one may not join group {group.group_id!r} without being asked")
            self.check_room(group, account, most)
            entry = Entry(account.user_id, most, notice=NoticeKind.ACCEPTED, source=source, is_application=True)
            return (await self.admit(group, [account], entry))[account.user_id]

        return await self._life.in_turn(group, join)

    def is_back(self, group: Group, account: Account) -> bool:
        """Say whether somebody joins a live room again: clients do so to hear it anew."""
        return group.kind is Kind.LIVE and self._directory.member(group, account.number) is not None

    def place(self, group: Group, member: Member) -> Member:
        """Return what a member is in a group now that it has its turn; raises 10007 if that is over."""
        check_members(group)
        return self._directory.get_member(group, member.account, member.user_id)

    def check_entry(self, group: Group, account: Account) -> None:
        """Let an account ask to come in; raises 10007 if it is banned, 10013 if it is in."""
        check_members(group)
        now = self._notices.now()
        until = self._stores.joining.find_bans(group.number, [account.number], now).get(account.number)
        if until is not None:
            raise GROUP_BANNED(user_id=account.user_id, group_id=group.group_id, until=until)
        if self._directory.member(group, account.number) is not None:
            raise ALREADY_MEMBER(user_id=account.user_id, group_id=group.group_id)

    def check_room(self, group: Group, account: Account, most: int) -> None:
        """See that there is room for an account: raises 10014 for a full group, 10037 for too many groups."""
        if group.member_count >= group.max_members:
            post(GroupFilled, group)
            raise GROUP_FULL(group_id=group.group_id, count=group.member_count, limit=group.max_members)
        count = self._stores.joining.count_joined([account.number]).get(account.number, 0)
        if count >= most:
            raise TOO_MANY_GROUPS(user_id=account.user_id, count=count, limit=most)

    async def remove(
        self,
        group: Group,
        members: Sequence[Member],
        actor: Actor,
        operator: UserId,
        *,
        wording: str = "",
        is_silent: bool = False,
    ) -> None:
        """Put members out; raises 10007 if the actor may not."""
        check_members(group)
        numbers = [member.account for member in members]

        async def act() -> None:
            there = list(self._directory.members(group, numbers).values())
            now = self._directory.current(group, actor)
            for member in there:
                check_over(group, now, Action.KICK, member)
            if there:
                tip = None if is_silent else Tip(TipKind.KICKED, operator, tuple(there))
                await self.dismiss(group, there, tip, JoinChange(() if is_silent else kicked(there)))

        def kicked(there: Sequence[Member]) -> list[Logged]:
            notice = self._notices.make(NoticeKind.KICKED, group, operator, wording=wording)
            return self._notices.to([member.account for member in there], notice)

        await self._life.in_turn(group, act)

    async def quit(self, group: Group, member: Member, source: InstanceId = NO_INSTANCE) -> None:
        """Leave a group; raises 10009 for an owner who may not. Who is put out meanwhile has left too."""
        check_members(group)

        async def act() -> None:
            there = self._directory.member(group, member.account)
            if there is None:
                return
            if there.role is Role.OWNER and not group.traits.may_owner_quit:
                raise OWNER_MAY_NOT_QUIT(kind=group.kind.value)
            notice = self._notices.make(NoticeKind.QUIT, group, member.user_id)
            change = JoinChange(self._notices.to([member.account], notice))
            await self.dismiss(group, [there], Tip(TipKind.QUIT, member.user_id, (there,)), change, source)

        await self._life.in_turn(group, act)

    async def forget(self, account: Account) -> None:
        """Take an account that is deleted out of all its groups; nobody is told."""
        for stored, _ in await self._stores.groups.joined(account.number, Kind):
            # It may be disbanded by now, which is as good.
            with suppress(TidingsError):
                await self._forget(self._directory.get(account.app, stored.group_id), account)

    async def _forget(self, group: Group, account: Account) -> None:
        async def act() -> None:
            if (member := self._directory.member(group, account.number)) is not None:
                await self.dismiss(group, [member], None, NO_CHANGE)

        await self._life.in_turn(group, act)

    async def admit(self, group: Group, accounts: Sequence[Account], entry: Entry) -> dict[UserId, Joined]:
        """Let accounts in; whoever calls has the group's turn."""
        check_members(group)
        numbers = [account.number for account in accounts]
        held = self._directory.members(group, numbers)
        new = list({a.number: a for a in accounts if a.number not in held}.values())
        shut = self.shut([account.number for account in new], group, entry.most)
        room = max(group.max_members - group.member_count, 0)
        able = [account for account in new if account.number not in shut][:room]
        members = [to_member(account, group, Role.MEMBER, self._notices.now()) for account in able]
        if len(able) < len(new) - len(shut):
            post(GroupFilled, group)
        if members:
            await self._let_in(group, members, entry)
        outcome = {account.user_id: Joined.REFUSED for account in new}
        outcome |= {member.user_id: Joined.ADDED for member in members}
        return outcome | {account.user_id: Joined.WAS_IN for account in accounts if account.number in held}

    async def dismiss(
        self,
        group: Group,
        members: Sequence[Member],
        tip: Tip | None,
        change: JoinChange,
        source: InstanceId = NO_INSTANCE,
    ) -> None:
        """Put members out, tell the rest by a tip; whoever calls has the group's turn."""
        numbers = [member.account for member in members]
        renewed = self._life.owned_by(group, NOBODY) if group.owner in numbers else None
        note(MembersWent, group, tuple(members), tip is not None and tip.kind is TipKind.QUIT)
        await self._notices.change(group, replace(change, removed=numbers, renewed=renewed), source)
        take_over(group, renewed)
        self._directory.release(group, numbers)
        if tip is not None:
            await self._teller.tell(group, tip)

    def shut(self, accounts: Sequence[AccountNumber], group: Group, most: int) -> set[AccountNumber]:
        """Return those who may not come in: they are banned, or in too many groups."""
        if not accounts:
            return set()
        banned = self._stores.joining.find_bans(group.number, accounts, self._notices.now())
        joined = self._stores.joining.count_joined(accounts) if most < ANY_NUMBER else {}
        return {account for account in accounts if account in banned or joined.get(account, 0) >= most}

    async def _let_in(self, group: Group, members: Sequence[Member], entry: Entry) -> None:
        numbers = [member.account for member in members]
        notices = list(entry.change.notices)
        if entry.notice and not entry.is_silent and group.is_active and group.traits.keeps_members:
            told = self._notices.make(entry.notice, group, entry.operator_id)
            notices = self._notices.to(numbers, told) + notices
        change = replace(entry.change, admitted=members, notices=notices)
        note(MembersCame, group, tuple(members), entry.operator_id, entry.is_application)
        if group.member_count + len(members) >= group.max_members:
            note(GroupFilled, group)
        await self._notices.change(group, change, entry.source)
        if not entry.is_silent:
            await self._teller.tell(group, Tip(TipKind.JOINED, entry.operator_id, tuple(members)))
