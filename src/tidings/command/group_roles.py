"""group_open_http_svc: what members are in a group, one by one (spec/rest/groups.yaml)."""

from typing import Literal

from msgspec import Struct, field

from tidings.command.call import Call
from tidings.command.drafts import Uint32, party
from tidings.command.group_history import NO_TOPIC, own_place
from tidings.command.group_members import to_fellows
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import Receive, Role
from tidings.domain.group.member_info import NewInfo
from tidings.domain.group.topics import By
from tidings.errors import BAD_SERVICE_REQUEST, GROUP_RIGHT_MISSING, TOO_MANY_GROUP_ACCOUNTS
from tidings.ids import GroupId, UserId
from tidings.view.group_profiles import to_member_down
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.groups import FellowDown, Field, MemberShown

MEMBERS_NAMED = 50
ROLES_NAMED = 500
NO_MEMBER = "NotMember"


class ChangeRequest(Request, frozen=True, kw_only=True):
    """What a member is to be; what is None stays as it is."""

    group_id: GroupId = field(name="GroupId")
    account: UserId = field(name="Member_Account")
    role: Literal["Admin", "Member"] | None = field(name="Role", default=None)
    receive: Receive | None = field(name="MsgFlag", default=None)
    name_card: str | None = field(name="NameCard", default=None)
    custom: list[Field] | None = field(name="AppMemberDefinedData", default=None)
    shut_up: Uint32 | None = field(name="ShutUpTime", default=None)


class ChangeAnyRequest(ChangeRequest, frozen=True, kw_only=True):
    """What a member is to be, by an app server."""

    mute: Uint32 | None = field(name="MuteTime", default=None)


class ChangeFellowRequest(ChangeRequest, frozen=True, kw_only=True):
    """What a member is to be, in a group or one of its topics, by another member or itself."""

    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class OwnerRequest(Request, frozen=True, kw_only=True):
    """Whom a group is handed over to."""

    group_id: GroupId = field(name="GroupId")
    owner: UserId = field(name="NewOwner_Account")


class AnyOwnerRequest(OwnerRequest, frozen=True, kw_only=True):
    """Whom a group is handed over to, and in whose name."""

    by: UserId | None = field(name="From_Account", default=None)


class NamedRequest(Request, frozen=True, kw_only=True):
    """Members who are wanted."""

    group_id: GroupId = field(name="GroupId")
    accounts: list[UserId] = field(name="Member_List_Account")
    fields: list[str] | None = field(name="MemberInfoFilter", default=None)
    custom: list[str] | None = field(name="AppDefinedDataFilter_GroupMember", default=None)


class NamedAnyRequest(NamedRequest, frozen=True, kw_only=True):
    """Members who are wanted, if they have one of some roles."""

    roles: list[Role] | None = field(name="MemberRoleFilter", default=None)


class NamedAnyResponse(Response, kw_only=True):
    """Those of the accounts that are members."""

    group_id: str = field(name="GroupId")
    members: list[MemberShown] = field(name="MemberList")


class NamedResponse(Response, kw_only=True):
    """Those of the accounts that are members, as another member sees them."""

    members: list[FellowDown] = field(name="MemberList")


class RolesRequest(Request, frozen=True, kw_only=True):
    """Accounts whose roles are wanted."""

    group_id: GroupId = field(name="GroupId")
    accounts: list[UserId] = field(name="User_Account")


class RoleDown(Struct):
    """What an account is in a group."""

    account: str = field(name="Member_Account")
    role: str = field(name="Role")


class RolesResponse(Response, kw_only=True):
    """A role for each account, in the order asked for."""

    roles: list[RoleDown] = field(name="UserIdList")


@command("group_open_http_svc/modify_group_member_info", Door.REST, BAD_SERVICE_REQUEST)
async def change(call: Call, request: ChangeAnyRequest) -> Done:
    """Change what a member is."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    mute_s = request.shut_up if request.mute is None else request.mute
    return await _change(call, group, By(None, call.account.user_id), request, mute_s)


@command("group_open_http_svc/modify_group_member_info", Door.SOCKET, BAD_SERVICE_REQUEST)
async def change_fellow(call: Call, request: ChangeFellowRequest) -> Done:
    """Change what the caller is in a group, or another member, as far as the caller's role goes."""
    group, member = own_place(call, request.group_id, request.topic_id)
    return await _change(call, group, By(member, member.user_id, call.instance), request, request.shut_up)


@command("group_open_http_svc/change_group_owner", Door.REST, BAD_SERVICE_REQUEST)
async def change_owner(call: Call, request: AnyOwnerRequest) -> Done:
    """Make a member the owner of a group."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    by = call.account if request.by is None else await party(call, request.by, BAD_SERVICE_REQUEST)
    await call.rules.groups.ownership.hand_over(group, By(None, by.user_id), await _named(call, group, request.owner))
    return Done()


@command("group_open_http_svc/change_group_owner", Door.SOCKET, BAD_SERVICE_REQUEST)
async def hand_over(call: Call, request: OwnerRequest) -> Done:
    """Make another member the owner of a group that the caller owns."""
    group, member = own_place(call, request.group_id)
    by = By(member, member.user_id, call.instance)
    await call.rules.groups.ownership.hand_over(group, by, await _named(call, group, request.owner))
    return Done()


@command("group_open_http_svc/get_specified_group_member_info", Door.REST, BAD_SERVICE_REQUEST)
async def show(call: Call, request: NamedAnyRequest) -> NamedAnyResponse:
    """Return members by name; accounts that are none are left out."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    _check_kept(group)
    found = await _members(call, group, request)
    now = call.rules.clock.now()
    shown = [
        to_member_down(MemberShown, member, now, request.fields, request.custom)
        for member in found
        if request.roles is None or member.role in request.roles
    ]
    return NamedAnyResponse(group_id=group.group_id, members=shown)


@command("group_open_http_svc/get_specified_group_member_info", Door.SOCKET, BAD_SERVICE_REQUEST)
async def show_fellows(call: Call, request: NamedRequest) -> NamedResponse:
    """Return members of a group that the caller is in; accounts that are none are left out."""
    group, reader = own_place(call, request.group_id)
    found = await _members(call, group, request)
    return NamedResponse(members=to_fellows(call, group, reader, found, (request.fields, request.custom)))


@command("group_open_http_svc/get_role_in_group", Door.REST, BAD_SERVICE_REQUEST)
async def show_roles(call: Call, request: RolesRequest) -> RolesResponse:
    """Return what accounts are in a group."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    _check_kept(group)
    _check_count(request.accounts, ROLES_NAMED)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, request.accounts)
    members = call.rules.groups.directory.members(group, [account.number for account in found.values()])
    roles = {member.user_id: member.role.value for member in members.values()}
    return RolesResponse(roles=[RoleDown(name, roles.get(name, NO_MEMBER)) for name in request.accounts])


async def _change(call: Call, group: Group, by: By, request: ChangeRequest, mute_s: int | None) -> Done:
    name_card = request.name_card and call.rules.words.screen(call.app, request.name_card)
    custom = None if request.custom is None else {each.key: each.value for each in request.custom}
    role = None if request.role is None else Role(request.role)
    asked = NewInfo(role, request.receive, name_card, custom, mute_s)
    account = await _named(call, group, request.account)
    await call.rules.groups.member_info.change(call.app, group, by, account, asked)
    return Done()


async def _named(call: Call, group: Group, name: UserId) -> Account:
    """Return an account that may be a member; raises 10007 for one that does not exist."""
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, [name])
    if name not in found:
        raise GROUP_RIGHT_MISSING(detail=f"{name!r} is no member of group {group.group_id!r}")
    return found[name]


async def _members(call: Call, group: Group, request: NamedRequest) -> list[Member]:
    """Return members in the order they are asked for."""
    _check_count(request.accounts, MEMBERS_NAMED)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, request.accounts)
    members = call.rules.groups.directory.members(group, [account.number for account in found.values()])
    by_name = {member.user_id: member for member in members.values()}
    return [by_name[name] for name in dict.fromkeys(request.accounts) if name in by_name]


def _check_kept(group: Group) -> None:
    if not group.traits.keeps_members:
        raise GROUP_RIGHT_MISSING(detail="members of an AVChatRoom are not kept: ask for those who are online")


def _check_count(accounts: list[UserId], limit: int) -> None:
    if len(accounts) > limit:
        raise TOO_MANY_GROUP_ACCOUNTS(count=len(accounts), limit=limit)
