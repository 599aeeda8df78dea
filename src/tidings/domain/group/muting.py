"""Keeping accounts from speaking in groups and topics for a time (spec/groups.md, section 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.domain.accounts import Account
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import FOR_EVER, Group, Member
from tidings.domain.group.kinds import Action
from tidings.domain.group.life import Life
from tidings.domain.group.notices import NoticeKind, Notices
from tidings.domain.group.requests import JoinChange
from tidings.domain.group.rights import check_kind, check_over
from tidings.domain.group.telling import Teller
from tidings.domain.group.tips import Tip, TipKind
from tidings.domain.group.topics import By
from tidings.domain.ports import Logged
from tidings.ids import GroupNumber, UserId


@dataclass(frozen=True, slots=True)
class Muted:
    """Until when an account is muted, unix seconds."""

    user_id: UserId
    until: int


class MuteStore(Protocol):
    """What muting asks of the store."""

    async def muted(self, group: GroupNumber, now: int) -> list[Muted]:
        """Return who is muted in a group or topic, members or not, by when that ends."""
        ...


@dataclass(frozen=True, slots=True)
class Muting:
    """Mutes accounts and lets them speak again; a mute outlasts leaving and holds for who joins later."""

    directory: Directory
    store: MuteStore
    life: Life
    teller: Teller
    notices: Notices

    async def mute(self, group: Group, by: By, accounts: Sequence[Account], seconds: int) -> None:
        """Mute accounts of a group or a topic for so many seconds, members or not; 0 lifts it, FOR_EVER has no end.

        Raises 10007 if whoever asks may not, or nobody may in a group of that type.
        """
        check_kind(group, Action.MUTE)
        numbers = [account.number for account in accounts]

        async def act() -> None:
            actor = self.directory.current(group, by.actor)
            members = list(self.directory.members(group, numbers).values())
            for member in members:
                check_over(group, actor, Action.MUTE, member)
            until = end_of(seconds, self.notices.now())
            concerned = whom(members, until, self.notices.now())
            told = notices_of(self.notices, group, concerned, until, by.user_id)
            await self.notices.change(group, JoinChange(told, mutes=dict.fromkeys(numbers, until)), by.source)
            # Whoever came into a live room meanwhile may have been let in before.
            for member in self.directory.members(group, numbers).values():
                member.muted_until = until
            if concerned:
                await self.teller.tell(group, tip_of(concerned, seconds, by.user_id))

        await self.life.in_turn(group, act)

    async def muted(self, group: Group) -> list[Muted]:
        """Return who is muted now, members or not."""
        return await self.store.muted(group.number, self.notices.now())


def end_of(seconds: int, now: int) -> int:
    """Return when a mute ends, unix seconds; 0: it is lifted."""
    return min(now + seconds, FOR_EVER) if seconds else 0


def whom(members: Sequence[Member], until: int, now: int) -> list[Member]:
    """Return those whom a mute, or its end, changes anything for."""
    return [member for member in members if until or member.is_muted(now)]


def notices_of(notices: Notices, group: Group, members: Sequence[Member], until: int, by: UserId) -> list[Logged]:
    """Return what the muted are told: that they are; of one topic, and of the end, the group's tip tells."""
    if not until or group.parent:
        return []
    return notices.to([member.account for member in members], notices.make(NoticeKind.MUTED, group, by))


def tip_of(members: Sequence[Member], seconds: int, by: UserId) -> Tip:
    """Return what the group is told."""
    mutes: Mapping[UserId, int] = {member.user_id: seconds for member in members}
    return Tip(TipKind.MEMBER, by, mutes=mutes)
