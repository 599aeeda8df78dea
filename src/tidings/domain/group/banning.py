"""Keeping accounts out of groups for a time (spec/groups.md, section 7)."""

from collections.abc import Sequence

from tidings.domain.accounts import Account
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.joining import Joining
from tidings.domain.group.kinds import Action, Kind
from tidings.domain.group.life import Life
from tidings.domain.group.notices import NoticeKind, Notices
from tidings.domain.group.requests import Ban, JoinChange, JoinStore
from tidings.domain.group.rights import Actor, check, check_over
from tidings.domain.group.telling import Teller
from tidings.domain.group.tips import Tip, TipKind
from tidings.domain.ports import Logged
from tidings.errors import GROUP_RIGHT_MISSING
from tidings.ids import AccountNumber, UserId


class Banning:
    """Bans accounts and lifts bans; who is banned is out, and does not come in before the end."""

    def __init__(
        self,
        directory: Directory,
        store: JoinStore,
        joining: Joining,
        life: Life,
        teller: Teller,
        notices: Notices,
    ) -> None:
        """Keep bans in `store`, put members out through `joining`, in turn with the changes of `life`."""
        self._directory = directory
        self._store = store
        self._joining = joining
        self._life = life
        self._teller = teller
        self._notices = notices

    async def ban(
        self,
        group: Group,
        actor: Actor,
        accounts: Sequence[Account],
        operator_id: UserId,
        seconds: int,
        wording: str = "",
    ) -> None:
        """Keep accounts out for so long, members or not; raises 10007 if the actor or the kind of group may not."""
        _check_kind(group)
        check(group, actor, Action.BAN)
        numbers = [account.number for account in accounts]

        async def act() -> None:
            members = list(self._directory.members(group, numbers).values())
            now = self._directory.current(group, actor)
            check(group, now, Action.BAN)
            for member in members:
                check_over(group, now, Action.BAN, member)
            until = self._notices.now() + seconds
            notices = self._banned(group, members, numbers, operator_id, wording)
            change = JoinChange(notices, bans=dict.fromkeys(numbers, until), banned_by=operator_id)
            kind = TipKind.BANNED if group.kind is Kind.LIVE else TipKind.KICKED
            tip = Tip(kind, operator_id, tuple(members)) if members else None
            await self._joining.dismiss(group, members, tip, change)

        await self._life.in_turn(group, act)

    async def lift(self, group: Group, actor: Actor, accounts: Sequence[Account], operator_id: UserId) -> None:
        """Lift bans; that does not bring anybody back in. Who is not banned is passed over."""
        _check_kind(group)
        check(group, actor, Action.BAN)

        async def act() -> None:
            named = {account.number: account for account in accounts}
            banned = list(self._store.find_bans(group.number, list(named), self._notices.now()))
            notice = self._notices.make(NoticeKind.UNBANNED, group, operator_id)
            await self._notices.change(group, JoinChange(self._notices.to(banned, notice), unbanned=banned))
            if banned and group.kind is Kind.LIVE:
                concerned = tuple(Member(number, named[number].user_id) for number in banned)
                await self._teller.tell(group, Tip(TipKind.UNBANNED, operator_id, concerned))

        await self._life.in_turn(group, act)

    async def page(self, group: Group, skip: int, limit: int) -> list[Ban]:
        """Return a page of those who are banned."""
        _check_kind(group)
        return await self._store.page_bans(group.number, self._notices.now(), skip, limit)

    def _banned(
        self,
        group: Group,
        members: Sequence[Member],
        numbers: Sequence[AccountNumber],
        operator_id: UserId,
        wording: str,
    ) -> list[Logged]:
        """Return what is told: the ban, and to members before it that they are out, by which clients drop a group."""
        kind = NoticeKind.BANNED_LIVE if group.kind is Kind.LIVE else NoticeKind.BANNED
        out = [] if group.kind is Kind.LIVE else [member.account for member in members]
        kicked = self._notices.make(NoticeKind.KICKED, group, operator_id, wording=wording)
        banned = self._notices.make(kind, group, operator_id, wording=wording)
        return self._notices.to(out, kicked) + self._notices.to(dict.fromkeys(numbers), banned)


def _check_kind(group: Group) -> None:
    if not group.traits.rights[Action.BAN]:
        raise GROUP_RIGHT_MISSING(detail=f"nobody is banned from a group of type {group.kind.value}")
