"""Groups themselves: making and ending them, their profiles, who is in them."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TypedDict

from msgspec import UNSET

from tidings_client import wire
from tidings_client import wire_group_asks as ask
from tidings_client import wire_group_members as members
from tidings_client.decode_groups import to_receive
from tidings_client.errors import TidingsError
from tidings_client.events import ReceiveOption
from tidings_client.group_feed import COMMUNITIES, SERVICE
from tidings_client.group_members import GroupMember, to_member
from tidings_client.live_rooms import LiveRooms
from tidings_client.session import Session

PROFILES_A_CALL = 50
ADDED_A_CALL = 300
REMOVED_A_CALL = 500
WAITING = "WaitAdminApproval"


class GroupType(StrEnum):
    """The kinds of groups; the values are the names on the wire."""

    WORK = "Private"
    PUBLIC = "Public"
    MEETING = "ChatRoom"
    LIVE = "AVChatRoom"
    COMMUNITY = "Community"


class ApplyOption(StrEnum):
    """What becomes of an application: the applicant is in, owner and admins decide, or nobody applies."""

    FREE = "FreeAccess"
    ASK = "NeedPermission"
    NEVER = "DisableApply"


class InviteOption(StrEnum):
    """What becomes of a member's invitation: the invited is in, owner and admins decide, or nobody invites."""

    FREE = "FreeAccess"
    ASK = "NeedPermission"
    NEVER = "DisableInvite"


class NewGroupOptions(TypedDict, total=False):
    """What may be said of a new group beside its type and name.

    `apply_option` is an ApplyOption, `invite_option` an InviteOption. A name has at most 100 bytes, `introduction`
    and `notification` 400, `face_url` 500. `has_permissions`: permission groups decide who may do what, beside
    `default_permission`, the CommunityPermissions of every member.
    """

    group: str
    introduction: str
    notification: str
    face_url: str
    max_members: int
    apply_option: str
    invite_option: str
    custom: Mapping[str, str]
    members: Sequence[str]
    has_topics: bool
    has_permissions: bool
    default_permission: int


class GroupChanges(TypedDict, total=False):
    """What may be changed of a group, within the bounds of a new one.

    `is_all_muted`: only owner and admins may speak. `custom`: fields that the app has declared, an empty value
    takes one away and those that are not named stay.
    """

    name: str
    introduction: str
    notification: str
    face_url: str
    apply_option: str
    invite_option: str
    is_all_muted: bool
    custom: Mapping[str, str]


class Addition(IntEnum):
    """What became of an account that was to be added."""

    REFUSED = 0
    ADDED = 1
    WAS_IN = 2
    WAITS = 3


@dataclass(frozen=True, slots=True)
class Group:
    """A group, and what the own account is in it: without a `role`, a GroupRole, it is no member.

    Times are unix seconds.
    """

    group: str
    type: str
    name: str = ""
    introduction: str = ""
    notification: str = ""
    face_url: str = ""
    owner: str = ""
    created_at: int = 0
    last_message_at: int = 0
    last_seq: int = 0
    member_count: int = 0
    max_members: int = 0
    apply_option: str = ""
    invite_option: str = ""
    is_all_muted: bool = False
    has_topics: bool = False
    has_permissions: bool = False
    default_permission: int = 0
    custom: Mapping[str, str] = field(default_factory=dict)
    role: str = ""
    joined_at: int = 0
    read_seq: int = 0
    name_card: str = ""
    receive: ReceiveOption = ReceiveOption.NOTIFY


class GroupLife:
    """Makes, shows and ends groups, and lets members come and go."""

    def __init__(self, session: Session, live: LiveRooms) -> None:
        """Act as the user of `session`, who is in some rooms."""
        self._session = session
        self._live = live
        self._call = session.traffic.call

    async def create(self, kind: str, name: str, options: NewGroupOptions) -> str:
        """Make a group; returns its ID."""
        body = ask.Create(
            kind=kind,
            name=name,
            group=options.get("group", UNSET),
            introduction=options.get("introduction", ""),
            notification=options.get("notification", ""),
            face_url=options.get("face_url", ""),
            max_members=options.get("max_members", UNSET),
            apply_option=options.get("apply_option", UNSET),
            invite_option=options.get("invite_option", UNSET),
            custom=[ask.Field(key=key, value=value) for key, value in options.get("custom", {}).items()],
            members=[ask.OneMember(account=user) for user in options.get("members", ())],
            has_topics=int(options.get("has_topics", False)),
            has_permissions=int(options.get("has_permissions", False)),
            default_permission=int(options.get("default_permission", 0)),
        )
        return (await self._call(f"{SERVICE}.create_group", body, ask.Created)).group

    async def change(self, group: str, changes: GroupChanges) -> None:
        """Change a group: all that is named, or nothing."""
        is_muted, custom = changes.get("is_all_muted"), changes.get("custom")
        body = members.ChangeGroup(
            group=group,
            name=changes.get("name", UNSET),
            introduction=changes.get("introduction", UNSET),
            notification=changes.get("notification", UNSET),
            face_url=changes.get("face_url", UNSET),
            apply_option=changes.get("apply_option", UNSET),
            invite_option=changes.get("invite_option", UNSET),
            mute_all=UNSET if is_muted is None else "On" if is_muted else "Off",
            custom=UNSET if custom is None else [ask.Field(key=key, value=value) for key, value in custom.items()],
        )
        await self._call(f"{SERVICE}.modify_group_base_info", body, wire.Nothing)

    async def disband(self, group: str) -> None:
        """End a group."""
        await self._call(f"{SERVICE}.destroy_group", ask.OneGroup(group=group), wire.Nothing)
        self._live.forget(group)

    async def join(self, group: str, text: str) -> bool:
        """Join; returns False if somebody has to agree first."""
        answer = await self._call(f"{SERVICE}.apply_join_group", ask.Join(group=group, text=text), ask.Joined)
        if answer.is_live:
            self._live.note(group)
        return answer.status != WAITING

    async def quit(self, group: str) -> None:
        """Leave a group."""
        await self._live.leave(group)
        self._session.groups.inbox.forget(group)

    async def add(self, group: str, users: Sequence[str]) -> dict[str, Addition]:
        """Add accounts; returns what became of each."""
        found: dict[str, Addition] = {}
        for first in range(0, len(users), ADDED_A_CALL):
            some = [ask.OneMember(account=user) for user in users[first : first + ADDED_A_CALL]]
            answer = await self._call(f"{SERVICE}.add_group_member", ask.Add(group=group, members=some), ask.Added)
            found |= {row.account: Addition(row.result) for row in answer.rows}
        return found

    async def remove(self, group: str, users: Sequence[str], reason: str) -> None:
        """Put members out."""
        for first in range(0, len(users), REMOVED_A_CALL):
            some = list(users[first : first + REMOVED_A_CALL])
            body = ask.Remove(group=group, accounts=some, reason=reason)
            await self._call(f"{SERVICE}.delete_group_member", body, wire.Nothing)

    async def profile(self, group: str) -> Group:
        """Return a group; raises TidingsError if there is none, or it may not be seen."""
        (row,) = (await self._call(f"{SERVICE}.{OWN}", ask.AskProfiles(groups=[group]), ask.Profiles)).groups
        if row.code:
            raise TidingsError(row.code, row.info)
        return _to_group(row)

    async def profiles(self, groups: Sequence[str]) -> dict[str, Group]:
        """Return those of the groups that may be seen."""
        return await self._shown(OWN, groups)

    async def find(self, groups: Sequence[str]) -> dict[str, Group]:
        """Return those of the groups that anybody may see."""
        return await self._shown(PUBLIC, groups)

    async def joined(self) -> list[Group]:
        """Return the groups that the user is in, communities last; live rooms are not among them."""
        body = ask.AskJoined(account=self._session.user_id, with_unused=1)
        found: list[Group] = []
        for service in (SERVICE, COMMUNITIES):
            answer = await self._call(f"{service}.get_joined_group_list", body, ask.JoinedGroups)
            found += [_to_group(row) for row in answer.groups]
        return found

    async def members(self, group: str, page_size: int, roles: Iterable[str]) -> AsyncIterator[list[GroupMember]]:
        """Yield pages of members, in the order in which they came."""
        offset, place, wanted = 0, "", list(roles) or UNSET
        while True:
            body = ask.AskMembers(group=group, limit=page_size, offset=offset, next=place, roles=wanted)
            page = await self._call(f"{SERVICE}.get_group_member_info", body, ask.Members)
            if page.members:
                yield [to_member(each) for each in page.members]
            if len(page.members) < page_size:
                return
            offset, place = offset + len(page.members), page.next

    async def _shown(self, command: str, groups: Sequence[str]) -> dict[str, Group]:
        found: dict[str, Group] = {}
        for first in range(0, len(groups), PROFILES_A_CALL):
            body = ask.AskProfiles(groups=list(groups[first : first + PROFILES_A_CALL]))
            answer = await self._call(f"{SERVICE}.{command}", body, ask.Profiles)
            found |= {row.group: _to_group(row) for row in answer.groups if not row.code}
        return found


OWN, PUBLIC = "get_group_self_member_info", "get_group_public_info"


def _to_group(row: ask.GroupDown) -> Group:
    return Group(
        group=row.group,
        type=row.kind,
        name=row.name,
        introduction=row.introduction,
        notification=row.notification,
        face_url=row.face_url,
        owner=row.owner,
        created_at=row.created_at,
        last_message_at=row.last_at,
        last_seq=row.next_seq - 1,
        member_count=row.member_count,
        max_members=row.max_members,
        apply_option=row.apply_option,
        invite_option=row.invite_option,
        is_all_muted=row.mute_all == "On",
        has_topics=bool(row.has_topics),
        has_permissions=bool(row.has_permissions),
        default_permission=row.default_permission,
        custom={each.key: each.value for each in row.custom},
        role=row.own.role,
        joined_at=row.own.joined_at,
        read_seq=row.own.read_seq,
        name_card=row.own.name_card,
        receive=to_receive(row.own.receive),
    )
