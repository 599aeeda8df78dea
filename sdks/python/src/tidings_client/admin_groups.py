"""Groups and their members, as an app server makes and changes them."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypedDict, Unpack

from tidings_client import rest_types as rest

Kind = Literal["Work", "Public", "Meeting", "AVChatRoom", "Community"]
PAGE = 100


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody a group begins with; `custom` are the app's own fields of members."""

    user_id: str
    is_admin: bool = False
    name_card: str | None = None
    custom: Mapping[str, str] = field(default_factory=dict)


class NewGroup(TypedDict, total=False):
    """What may be said of a new group; left out, the default of its kind holds.

    `apply_option`: FreeAccess, NeedPermission or DisableApply. `invite_option`: FreeAccess,
    NeedPermission or DisableInvite. `custom`: the app's own fields of groups.
    """

    owner: str
    group_id: str
    introduction: str
    notification: str
    face_url: str
    max_members: int
    apply_option: str
    invite_option: str
    custom: Mapping[str, str]
    has_topics: bool
    has_permissions: bool
    default_permission: int


class GroupCommands(ABC):
    """The commands of group_open_http_svc on groups and members."""

    @abstractmethod
    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request."""

    async def create_group(
        self, kind: Kind, name: str, members: Iterable[str | NewMember] = (), **options: Unpack[NewGroup]
    ) -> rest.CreateGroupResponse:
        """Make a group with up to 100 first members; the answer has its ID."""
        custom = [rest.CreateGroupAppDefinedData(*each) for each in options.get("custom", {}).items()]
        return await self.request(
            rest.CreateGroupRequest(
                kind,
                name,
                options.get("owner"),
                options.get("group_id"),
                options.get("introduction"),
                options.get("notification"),
                options.get("face_url"),
                options.get("max_members"),
                options.get("apply_option"),
                options.get("invite_option"),
                custom or None,
                [_to_member(each) for each in members] or None,
                support_topic=_flag(is_set=options.get("has_topics")),
                enable_permission=_flag(is_set=options.get("has_permissions")),
                default_permission=options.get("default_permission"),
            )
        )

    async def destroy_group(self, group_id: str) -> rest.DestroyGroupResponse:
        """End a group for good."""
        return await self.request(rest.DestroyGroupRequest(group_id))

    async def get_group_info(self, *group_ids: str) -> rest.GetGroupInfoResponse:
        """Return the profiles of up to 50 groups and their first members, each with a code of its own."""
        return await self.request(rest.GetGroupInfoRequest(list(group_ids)))

    async def add_group_member(
        self, group_id: str, *user_ids: str, is_silent: bool = False
    ) -> rest.AddGroupMemberResponse:
        """Let up to 300 accounts in; the answer says of each 0 refused, 1 added, 2 was in."""
        rows = [rest.AddGroupMemberMemberList(each) for each in user_ids]
        return await self.request(rest.AddGroupMemberRequest(group_id, rows, int(is_silent)))

    async def delete_group_member(
        self, group_id: str, *user_ids: str, reason: str | None = None, is_silent: bool = False
    ) -> rest.DeleteGroupMemberResponse:
        """Put up to 500 members out."""
        return await self.request(rest.DeleteGroupMemberRequest(group_id, list(user_ids), int(is_silent), reason))

    async def ban_group_member(
        self, group_id: str, *user_ids: str, seconds: int, reason: str | None = None
    ) -> rest.BanGroupMemberResponse:
        """Keep up to 20 accounts out of a group for so long, members or not."""
        return await self.request(rest.BanGroupMemberRequest(group_id, list(user_ids), seconds, reason))

    async def unban_group_member(self, group_id: str, *user_ids: str) -> rest.UnbanGroupMemberResponse:
        """Lift bans of up to 20 accounts, which does not bring them back in."""
        return await self.request(rest.UnbanGroupMemberRequest(group_id, list(user_ids)))

    async def get_group_ban_member(
        self, group_id: str, *, offset: int = 0, limit: int = 100
    ) -> rest.GetGroupBanMemberResponse:
        """Return a page of those who are banned; it goes on at `next_offset`, 0 at the end."""
        return await self.request(rest.GetGroupBanMemberRequest(group_id, offset, limit))

    async def get_group_member_info(
        self,
        group_id: str,
        *,
        offset: int = 0,
        limit: int = PAGE,
        cursor: str | None = None,
        roles: Sequence[str] | None = None,
        fields: Sequence[str] | None = None,
    ) -> rest.GetGroupMemberInfoResponse:
        """Return a page of members; those of communities go on at `cursor`, the `next` of the page before."""
        wanted = None if fields is None else list(fields)
        ask = rest.GetGroupMemberInfoRequest(
            group_id, wanted, None if roles is None else list(roles), limit=limit, offset=offset, next=cursor
        )
        return await self.request(ask)

    async def group_members(self, group_id: str) -> AsyncIterator[rest.GetGroupMemberInfoMemberList]:
        """Yield all members in the order they came in."""
        offset, cursor = 0, ""
        while True:
            page = await self.get_group_member_info(group_id, offset=offset, cursor=cursor)
            for row in page.member_list:
                yield row
            offset, cursor = offset + len(page.member_list), page.next
            if len(page.member_list) < PAGE:
                return

    async def get_joined_group_list(
        self, user_id: str, *, kind: Kind | None = None, offset: int = 0, limit: int | None = None, unused: bool = False
    ) -> rest.GetJoinedGroupListResponse:
        """Return the groups a user is in with all fields; `unused`: Work groups without a message, too."""
        wanted = {"GroupBaseInfoFilter": _FIELDS, "SelfInfoFilter": ["Role", "JoinTime", "MsgFlag", "MsgSeq"]}
        ask = rest.GetJoinedGroupListRequest(
            user_id,
            with_no_active_groups=int(unused),
            limit=limit,
            offset=offset,
            group_type=kind,
            response_filter=wanted,
        )
        return await self.request(ask)


_FIELDS = [
    "Type",
    "Name",
    "Introduction",
    "Notification",
    "FaceUrl",
    "Owner_Account",
    "CreateTime",
    "InfoSeq",
    "LastInfoTime",
    "LastMsgTime",
    "NextMsgSeq",
    "MemberNum",
    "MaxMemberNum",
    "ApplyJoinOption",
    "MuteAllMember",
]


def _flag(*, is_set: bool | None) -> int | None:
    return None if is_set is None else int(is_set)


def _to_member(member: str | NewMember) -> rest.CreateGroupMemberList:
    full = NewMember(member) if isinstance(member, str) else member
    custom = [rest.CreateGroupAppMemberDefinedData(*each) for each in full.custom.items()]
    return rest.CreateGroupMemberList(
        full.user_id,
        "Admin" if full.is_admin else None,
        name_card=full.name_card,
        app_member_defined_data=custom or None,
    )
