"""How groups come to be, change and end (spec/groups.md, sections 1 to 5)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.callbacks import note, note_outcome
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import NOBODY, SYSTEM, Group, Member, is_group_id, new_group_id
from tidings.domain.group.happenings import (
    GroupEnded,
    GroupMade,
    GroupProfileChanged,
    TopicProfileChanged,
)
from tidings.domain.group.kinds import TRAITS, Action, ApplyOption, InviteOption, Kind, Role
from tidings.domain.group.notices import NoticeKind, Notices
from tidings.domain.group.ports import GroupStore, Rooms
from tidings.domain.group.requests import JoinChange
from tidings.domain.group.rights import Actor, check, check_members
from tidings.domain.turns import Turns
from tidings.errors import (
    BAD_SERVICE_REQUEST,
    COMMUNITIES_OFF,
    GROUP_ID_OWN,
    GROUP_ID_TAKEN,
    GROUP_NOT_FOUND,
    TOO_MANY_MEMBERS,
    TOPICS_OFF,
)
from tidings.ids import AccountNumber, Chance, GroupId, GroupNumber, SdkAppId, UserId
from tidings.settings import AppSettings

ID_BYTES = 8
# Of a profile, what an app's server is told of.
TOLD_FIELDS = frozenset({"name", "introduction", "notification", "face_url"})
NOBODY_ID = UserId("")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Founder:
    """An account that a group begins with."""

    account: Account
    role: Role = Role.MEMBER
    name_card: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)
    joined_at: int | None = None


@dataclass(frozen=True, slots=True)
class Founding:
    """A group as it is asked for; what is None takes the default of its kind.

    `created_at` in unix seconds, None: now. Nobody is told of one that is imported.
    """

    app: SdkAppId
    kind: Kind
    name: str
    group_id: GroupId | None = None
    owner: Account | None = None
    members: Sequence[Founder] = ()
    introduction: str = ""
    notification: str = ""
    face_url: str = ""
    max_members: int | None = None
    apply_option: ApplyOption | None = None
    invite_option: InviteOption | None = None
    custom: Mapping[str, str] = field(default_factory=dict)
    has_topics: bool = False
    has_permissions: bool = False
    default_permission: int = 0
    created_at: int | None = None
    is_imported: bool = False


class Life:
    """Makes groups, changes them and ends them; changes of one group take turns."""

    def __init__(
        self, directory: Directory, store: GroupStore, rooms: Rooms, notices: Notices, clock: Clock, chance: Chance
    ) -> None:
        """Write to `store`, keep `directory` and `rooms` in step, and tell by `notices`."""
        self._notices = notices
        self._directory = directory
        self._store = store
        self._rooms = rooms
        self._clock = clock
        self._chance = chance
        self.turns: Turns[GroupNumber] = Turns()

    async def create(self, asked: Founding, settings: AppSettings) -> Group:
        """Make a group with its first members.

        Raises 10004 for an ID that its kind may not have, 10021 and 10025 for one that is taken, 10038 for too
        many members.
        """
        _check_settings(asked, settings)
        group = self._to_group(asked, settings)
        members = _founders(asked, group)
        if len(members) > group.max_members:
            raise TOO_MANY_MEMBERS(count=len(members), limit=group.max_members)
        if not asked.is_imported:
            self._note_made(group, asked.owner, members)
        if not await self._store.create(group, members):
            self._refuse_taken(group, is_imported=asked.is_imported)
        group = self._directory.add(group)
        self._rooms.enter(group.number, {member.account: member.receive for member in members})
        if not asked.is_imported:
            await self._tell_founders(group, asked.owner, members)
        return group

    def _note_made(self, group: Group, owner: Account | None, members: Sequence[Member]) -> None:
        owner_id = NOBODY_ID if owner is None else owner.user_id
        made = GroupMade(group, owner_id, tuple(each.user_id for each in members if each.role is not Role.OWNER))
        note_outcome(GroupMade, lambda is_made: made if is_made else None)

    async def disband(self, group: Group, actor: Actor) -> None:
        """End a group for good, and tell its members; its ID may be given again."""
        check_members(group)

        async def end() -> None:
            check(group, self._directory.current(group, actor), Action.DISBAND)
            await self.end(group, SYSTEM if actor is None else actor.user_id, NoticeKind.DISBANDED)

        await self.in_turn(group, end)

    async def end(self, group: Group, by: UserId, kind: NoticeKind) -> None:
        """End a group and tell its members why; whoever calls has the turn."""
        note(GroupEnded, group, self._owner_id(group))
        await self._notices.end(group, by, kind)
        group.is_gone = True
        self._directory.drop(group)
        self._rooms.close(group.number)

    async def change(self, group: Group, changes: Mapping[str, object]) -> None:
        """Give fields of a group new values; each change of the profile counts one on."""
        await self.in_turn(group, partial(self._change, group, changes))

    async def in_turn(self, group: Group, act: Callable[[], Awaitable[T]]) -> T:
        """Act on a group when all that came before is done; raises 10010 if it was disbanded meanwhile."""

        async def act_on_living() -> T:
            if group.is_gone:
                raise GROUP_NOT_FOUND(group_id=group.group_id)
            return await act()

        return await self.turns.take(group.number, act_on_living)

    def owned_by(self, group: Group, owner: AccountNumber) -> Group:
        """Return a group as it is to be stored when it gets another owner, or none."""
        return replace(group, owner=owner, info_seq=group.info_seq + 1, info_at=int(self._clock.now()))

    async def set_fields(self, group: Group, changes: Mapping[str, object]) -> None:
        """Give fields of a group new values; whoever calls has the turn."""
        await self._change(group, changes)

    async def _change(self, group: Group, changes: Mapping[str, object]) -> None:
        self._note(group, changes)
        more = {"info_seq": group.info_seq + 1, "info_at": int(self._clock.now())}
        await self._store.save(replace(group, **changes, **more))  # type: ignore[arg-type]
        for name, value in (*changes.items(), *more.items()):
            setattr(group, name, value)

    def _note(self, group: Group, changes: Mapping[str, object]) -> None:
        """Have the app's server told of what it may want to know of a change."""
        if told := {name: value for name, value in changes.items() if name in TOLD_FIELDS}:
            note(TopicProfileChanged if group.kind is Kind.TOPIC else GroupProfileChanged, group, told)

    def _owner_id(self, group: Group) -> UserId:
        owner = self._directory.member(group, group.owner) if group.owner else None
        return NOBODY_ID if owner is None else owner.user_id

    async def _tell_founders(self, group: Group, owner: Account | None, members: Sequence[Member]) -> None:
        """Tell the owner that there is a group, and the others, if they can see it, that they are in it."""
        by = SYSTEM if owner is None else owner.user_id
        notices = []
        if owner is not None:
            notices += self._notices.to([owner.number], self._notices.make(NoticeKind.CREATED, group, by))
        others = [member.account for member in members if member.role is not Role.OWNER]
        if others and group.is_active:
            notices += self._notices.to(others, self._notices.make(NoticeKind.INVITED, group, by))
        if notices:
            await self._notices.change(group, JoinChange(notices))

    def _to_group(self, asked: Founding, settings: AppSettings) -> Group:
        traits = TRAITS[asked.kind]
        now = int(self._clock.now())
        is_community = asked.kind is Kind.COMMUNITY
        most = most_members(asked.kind, settings)
        return Group(
            app=asked.app,
            group_id=self._group_id(asked),
            kind=asked.kind,
            name=asked.name,
            owner=NOBODY if asked.owner is None else asked.owner.number,
            created_at=self._created_at(asked, now),
            max_members=min(asked.max_members or most, most),
            apply_option=(asked.apply_option if traits.may_choose_apply else None) or traits.apply_default,
            invite_option=(asked.invite_option if traits.may_choose_invite else None) or traits.invite_default,
            introduction=asked.introduction,
            notification=asked.notification,
            face_url=asked.face_url,
            custom=dict(asked.custom),
            info_at=now,
            members_at=now,
            is_active=not traits.is_hidden_until_used,
            has_topics=is_community and asked.has_topics,
            has_permissions=is_community and asked.has_topics and asked.has_permissions,
            default_permission=asked.default_permission if is_community else 0,
        )

    def _created_at(self, asked: Founding, now: int) -> int:
        if asked.created_at is not None and asked.created_at > now:
            raise BAD_SERVICE_REQUEST(detail=f"CreateTime {asked.created_at} is in the future: it is {now}")
        return now if asked.created_at is None else asked.created_at

    def _group_id(self, asked: Founding) -> GroupId:
        if asked.group_id is None:
            return new_group_id(asked.kind, self._chance.token(ID_BYTES))
        if not is_group_id(asked.group_id, asked.kind):
            raise BAD_SERVICE_REQUEST(
                detail=f"GroupId {asked.group_id!r} must be 1 to 48 printable ASCII bytes, begin with @TGS#_ for a"
                " Community and not with @TGS# for other types"
            )
        return asked.group_id

    def _refuse_taken(self, group: Group, *, is_imported: bool) -> None:
        other = self._directory.get(group.app, group.group_id)
        own = other.owner != NOBODY and other.owner == group.owner and not is_imported
        raise (GROUP_ID_OWN if own else GROUP_ID_TAKEN)(group_id=group.group_id)


def most_members(kind: Kind, settings: AppSettings) -> int:
    """Return how many members a group of a kind may have at most."""
    return settings.community_members if kind is Kind.COMMUNITY else settings.group_members


def _check_settings(asked: Founding, settings: AppSettings) -> None:
    """Raise 11000 for what the app has switched off."""
    if asked.kind is Kind.COMMUNITY and not settings.communities:
        raise COMMUNITIES_OFF()
    if asked.kind is Kind.COMMUNITY and asked.has_topics and not settings.topics:
        raise TOPICS_OFF()


def _founders(asked: Founding, group: Group) -> list[Member]:
    """Return a new group's members, its owner first; nobody twice. Of a live room only the owner is kept."""
    owner = [] if asked.owner is None else [Founder(asked.owner, Role.OWNER)]
    found: dict[AccountNumber, Member] = {}
    for each in (*owner, *asked.members):
        joined_at = group.created_at if each.joined_at is None else each.joined_at
        role = each.role if each.role is Role.OWNER or group.traits.has_admins else Role.MEMBER
        member = to_member(each.account, group, role, joined_at, each.name_card)
        member.custom = dict(each.custom)
        found.setdefault(member.account, member)
    return list(found.values())


def take_over(group: Group, renewed: Group | None) -> None:
    """Bring a group in step with what was stored of its owner, if anything was."""
    if renewed is not None:
        group.owner, group.info_seq, group.info_at = renewed.owner, renewed.info_seq, renewed.info_at


def to_member(account: Account, group: Group, role: Role, joined_at: int, name_card: str = "") -> Member:
    """Return what an account is in a group once it has joined: nothing older counts as unread."""
    return Member(
        account.number,
        account.user_id,
        role,
        joined_at,
        joined_seq=group.last_seq,
        read_seq=group.last_seq,
        receive=group.traits.receive_default,
        name_card=name_card,
        nick=account.nick,
        face_url=account.face_url,
    )
