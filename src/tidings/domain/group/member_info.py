"""What members are in a group besides being in it: role, card, fields, receive option, mute (spec/groups.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.callbacks import note
from tidings.domain.group.directory import Directory
from tidings.domain.group.fields import check_member_values
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.happenings import MemberChanged
from tidings.domain.group.kinds import Action, Receive, Role
from tidings.domain.group.life import Life
from tidings.domain.group.muting import end_of, notices_of, tip_of, whom
from tidings.domain.group.notices import NoticeKind, Notices
from tidings.domain.group.ports import Rooms
from tidings.domain.group.requests import JoinChange
from tidings.domain.group.rights import Actor, check_kind, check_members, check_over
from tidings.domain.group.telling import Teller
from tidings.domain.group.texts import check_card
from tidings.domain.group.tips import Tip, TipKind
from tidings.domain.group.topics import By
from tidings.domain.ports import Logged
from tidings.errors import BAD_SERVICE_REQUEST, GROUP_RIGHT_MISSING
from tidings.ids import AccountNumber


@dataclass(frozen=True, slots=True)
class NewInfo:
    """What a member is to be from now on; what is None stays.

    `custom` names some fields only, an empty value takes one away. `mute_s` are seconds from now, 0 lifts a mute.
    """

    role: Role | None = None
    receive: Receive | None = None
    name_card: str | None = None
    custom: Mapping[str, str] | None = None
    mute_s: int | None = None


@dataclass(frozen=True, slots=True)
class MemberInfo:
    """Changes what members are, all that is asked or nothing of it."""

    directory: Directory
    life: Life
    teller: Teller
    notices: Notices
    rooms: Rooms

    async def change(self, app: App, group: Group, by: By, account: Account, asked: NewInfo) -> None:
        """Change what a member of a group is, or of a topic: there, what it receives and its mute.

        Raises 10007 if the account is no member, whoever asks may not, or the type of the group has no such thing,
        10004 for a card or field that is too long, or a field that the app does not declare.
        """

        async def act() -> None:
            actor = self.directory.current(group, by.actor)
            member = self.directory.get_member(group, account.number, account.user_id)
            _check(app, group, actor, member, asked)
            await self._change(group, by, member, asked)

        await self.life.in_turn(group, act)

    async def _change(self, group: Group, by: By, member: Member, asked: NewInfo) -> None:
        new, now = _renewed(member, asked), self.notices.now()
        until = None if asked.mute_s is None else end_of(asked.mute_s, now)
        concerned = [] if until is None else whom([member], until, now)
        notices = self._notices_of(group, by, member, new)
        notices += notices_of(self.notices, group, concerned, until or 0, by.user_id)
        mutes: dict[AccountNumber, int] = {} if until is None else {member.account: until}
        has_changed = new != member
        change = JoinChange(notices, changed=[new] if has_changed else (), mutes=mutes)
        if not has_changed and until is None:
            return
        role = None if new.role is member.role else new.role.value
        name_card = None if new.name_card == member.name_card else new.name_card
        if role is not None or name_card is not None:
            note(MemberChanged, group, member.user_id, role, name_card)
        was, hears_else = member.role, new.receive is not member.receive
        await self.notices.change(group, change, by.source)
        self._settle(group, new, until)
        if hears_else:
            self.rooms.enter(group.number, {new.account: new.receive})
        for tip in _tips(by, new, was, asked.mute_s or 0, concerned):
            await self.teller.tell(group, tip)

    def _settle(self, group: Group, new: Member, until: int | None) -> None:
        """Bring memory in step with what is stored; it may have let the member go and taken it in again meanwhile."""
        member = self.directory.member(group, new.account)
        if member is None:
            return
        member.role, member.receive, member.name_card, member.custom = new.role, new.receive, new.name_card, new.custom
        if until is not None:
            member.muted_until = until

    def _notices_of(self, group: Group, by: By, member: Member, new: Member) -> list[Logged]:
        notices: list[Logged] = []
        if new.role is not member.role:
            kind = NoticeKind.ADMIN_GRANTED if new.role is Role.ADMIN else NoticeKind.ADMIN_TAKEN
            notices += self.notices.to([member.account], self.notices.make(kind, group, by.user_id))
        if new.receive is not member.receive:
            told = self.notices.make(NoticeKind.RECEIVE_SET, group, by.user_id)
            notices += self.notices.to([member.account], replace(told, receive=new.receive.value))
        return notices


def _check(app: App, group: Group, actor: Actor, member: Member, asked: NewInfo) -> None:
    is_self = actor is not None and actor.account == member.account
    if actor is None and member.role is Role.MEMBER:
        _check_kept(group)
    if asked.role is not None:
        check_members(group)
        check_kind(group, Action.SET_ADMIN)
        check_over(group, actor, Action.SET_ADMIN, member)
        if member.role is Role.OWNER:
            raise BAD_SERVICE_REQUEST(detail="the owner's role changes only with the owner: see change_group_owner")
    if asked.receive is not None:
        _check_receive(group, actor, is_self=is_self)
    if asked.name_card is not None or asked.custom is not None:
        _check_stored(group, member, asked)
    if asked.name_card is not None:
        if not is_self:
            check_over(group, actor, Action.CHANGE_MEMBER, member)
        check_card(asked.name_card)
    if asked.custom is not None:
        check_member_values(app.settings.member_fields, group.kind, actor, asked.custom, is_own=is_self)
    if asked.mute_s is not None:
        check_kind(group, Action.MUTE)
        check_over(group, actor, Action.MUTE, member)


def _check_receive(group: Group, actor: Actor, *, is_self: bool) -> None:
    if not group.traits.keeps_members:
        raise GROUP_RIGHT_MISSING(detail=f"what one gets of a group of type {group.kind.value} is fixed")
    if actor is not None and not is_self:
        raise GROUP_RIGHT_MISSING(detail="members choose for themselves what they get of a group")


def _check_stored(group: Group, member: Member, asked: NewInfo) -> None:
    """Raise 10007 for what is not kept of members of a live room, 10004 for what topics have not of their own."""
    if group.parent:
        raise BAD_SERVICE_REQUEST(detail="a topic has the members of its community: change them without TopicId")
    if member.role is Role.MEMBER:
        _check_kept(group)
    if asked.custom is not None and not group.traits.keeps_members:
        raise GROUP_RIGHT_MISSING(detail=f"members of a group of type {group.kind.value} have no custom fields")


def _check_kept(group: Group) -> None:
    if not group.traits.keeps_members:
        raise GROUP_RIGHT_MISSING(detail=f"nothing is kept of members of a group of type {group.kind.value}")


def _renewed(member: Member, asked: NewInfo) -> Member:
    """Return the member as it is to be."""
    custom = {key: value for key, value in {**member.custom, **(asked.custom or {})}.items() if value}
    return replace(
        member,
        role=asked.role or member.role,
        receive=asked.receive or member.receive,
        name_card=member.name_card if asked.name_card is None else asked.name_card,
        custom=member.custom if asked.custom is None else custom,
    )


def _tips(by: By, member: Member, was: Role, mute_s: int, muted: Sequence[Member]) -> list[Tip]:
    tips = []
    if member.role is not was:
        kind = TipKind.ADMIN_SET if member.role is Role.ADMIN else TipKind.ADMIN_TAKEN
        tips.append(Tip(kind, by.user_id, (member,)))
    if muted:
        tips.append(tip_of(muted, mute_s, by.user_id))
    return tips
