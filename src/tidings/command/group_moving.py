"""group_open_http_svc: bringing groups and their members over from another system (spec/rest/groups.yaml)."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from tidings.command.call import Call
from tidings.command.drafts import Natural, Uint32, party
from tidings.command.group_life import GroupFields, kind_of, to_founding
from tidings.command.registry import Door, command
from tidings.domain.group.importing_members import MemberImport
from tidings.domain.group.kinds import Kind, Role
from tidings.errors import BAD_SERVICE_REQUEST, GROUP_RIGHT_MISSING, TOO_MANY_GROUP_ACCOUNTS
from tidings.ids import GroupId, UserId
from tidings.wire.envelope import Request, Response
from tidings.wire.groups import MemberResult

MEMBERS_AT_ONCE = 300


class ImportGroupRequest(GroupFields, frozen=True, kw_only=True):
    """A group of another system."""

    created_at: Uint32 | None = field(name="CreateTime", default=None)


class ImportGroupResponse(Response, kw_only=True):
    """The group."""

    group_id: str = field(name="GroupId")


class OldMember(Struct, frozen=True):
    """A member of another system's group."""

    account: UserId = field(name="Member_Account")
    role: Literal["Admin", "Member"] = field(name="Role", default="Member")
    joined_at: Uint32 | None = field(name="JoinTime", default=None)
    unread: Natural = field(name="UnreadMsgNum", default=0)


class ImportMembersRequest(Request, frozen=True, kw_only=True):
    """Members to import."""

    group_id: GroupId = field(name="GroupId")
    members: Annotated[list[OldMember], Meta(min_length=1)] = field(name="MemberList")


class ImportMembersResponse(Response, kw_only=True):
    """What became of each."""

    results: list[MemberResult] = field(name="MemberList")


@command("group_open_http_svc/import_group", Door.REST, BAD_SERVICE_REQUEST)
async def import_group(call: Call, request: ImportGroupRequest) -> ImportGroupResponse:
    """Make a group that was made elsewhere; nobody is told."""
    kind = kind_of(request)
    if kind is Kind.LIVE:
        raise GROUP_RIGHT_MISSING(detail="an AVChatRoom has nothing to bring over: create it")
    owner = None if request.owner is None else await party(call, request.owner, BAD_SERVICE_REQUEST)
    founding = to_founding(call, request, owner, None, created_at=request.created_at, is_imported=True)
    group = await call.rules.groups.life.create(founding, call.app.settings)
    return ImportGroupResponse(group_id=group.group_id)


@command("group_open_http_svc/import_group_member", Door.REST, BAD_SERVICE_REQUEST)
async def import_members(call: Call, request: ImportMembersRequest) -> ImportMembersResponse:
    """Let accounts into a group that were in it elsewhere; nobody is told."""
    rules = call.rules.groups
    group = rules.directory.get(call.app.sdk_app_id, request.group_id)
    if len(request.members) > MEMBERS_AT_ONCE:
        raise TOO_MANY_GROUP_ACCOUNTS(count=len(request.members), limit=MEMBERS_AT_ONCE)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, [each.account for each in request.members])
    asked = [
        MemberImport(found.get(each.account), Role(each.role), each.joined_at, each.unread) for each in request.members
    ]
    await rules.member_importing.import_members(group, asked, call.app.settings.joined_groups)
    results = [
        MemberResult(each.account, done.outcome.value) for each, done in zip(request.members, asked, strict=True)
    ]
    return ImportMembersResponse(results=results)
