"""group_open_http_svc: changing profiles of groups, finding and listing groups (spec/rest/groups.yaml)."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from tidings.command.call import Call
from tidings.command.drafts import Natural, party
from tidings.command.group_life import Name, check_count, owner_name, shown_fields, visible
from tidings.command.group_members import own_place
from tidings.command.registry import Door, command
from tidings.domain.group.census import CensusPage
from tidings.domain.group.groups import NO_GROUP
from tidings.domain.group.kinds import GROUP_KINDS, ApplyOption, InviteOption, find_kind
from tidings.domain.group.profiles import NewProfile
from tidings.domain.group.rights import check_members
from tidings.domain.group.topics import By
from tidings.errors import BAD_SERVICE_REQUEST, TidingsError
from tidings.ids import GroupId, GroupNumber, UserId
from tidings.view.group_profiles import to_own_group
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.groups import Field, GroupProfile, MemberFilter

LISTED_AT_ONCE = 10_000
A_SECOND = 1
# A type that is no more; filters still name it.
OBSOLETE = "BChatRoom"
Switch = Literal["On", "Off"]
Bit = Annotated[int, Meta(ge=0, le=1)]


class ChangeOwnRequest(Request, frozen=True, kw_only=True):
    """A group's new profile; what is None stays as it is."""

    group_id: GroupId = field(name="GroupId")
    name: Name | None = field(name="Name", default=None)
    introduction: str | None = field(name="Introduction", default=None)
    notification: str | None = field(name="Notification", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    apply_option: ApplyOption | None = field(name="ApplyJoinOption", default=None)
    invite_option: InviteOption | None = field(name="InviteJoinOption", default=None)
    mute_all: Switch | None = field(name="MuteAllMember", default=None)
    shut_up_all: Switch | None = field(name="ShutUpAllMember", default=None)
    custom: list[Field] | None = field(name="AppDefinedData", default=None)


class ChangeRequest(ChangeOwnRequest, frozen=True, kw_only=True):
    """A group's new profile, with what only app servers change."""

    by: UserId | None = field(name="From_Account", default=None)
    max_members: Annotated[int, Meta(ge=1)] | None = field(name="MaxMemberNum", default=None)
    has_permissions: Bit | None = field(name="EnablePermission", default=None)
    default_permission: Natural | None = field(name="DefaultPermission", default=None)
    history: Switch | None = field(name="HistoryMsgBeforeJoin", default=None)


class PublicFilter(Struct, frozen=True):
    """Which fields of groups an answer is to have; None: none of that kind."""

    group: list[str] | None = field(name="GroupBasePublicInfoFilter", default=None)
    custom: list[str] | None = field(name="AppDefinedDataFilter_Group", default=None)


class PublicRequest(Request, frozen=True, kw_only=True):
    """Groups that somebody looks for."""

    group_ids: list[GroupId] = field(name="GroupIdList")
    filter: PublicFilter | None = field(name="ResponseFilter", default=None)


class PublicResponse(Response, kw_only=True):
    """Profiles in the order asked for, each with a code of its own."""

    groups: list[GroupProfile] = field(name="GroupInfo")


class ListRequest(Request, frozen=True, kw_only=True):
    """A page of the app's groups."""

    limit: Annotated[int, Meta(ge=1, le=LISTED_AT_ONCE)] = field(name="Limit", default=LISTED_AT_ONCE)
    next: Natural = field(name="Next", default=0)
    kind: str | None = field(name="GroupType", default=None)


class ListedGroup(Struct, gc=False):
    """A group."""

    group_id: str = field(name="GroupId")


class ListResponse(Response, kw_only=True):
    """Groups in the order they were made, how many there are in all, and where to go on: 0 after the last."""

    total: int = field(name="TotalCount")
    groups: list[ListedGroup] = field(name="GroupIdList")
    next: int = field(name="Next")


@command("group_open_http_svc/modify_group_base_info", Door.REST, BAD_SERVICE_REQUEST)
async def change(call: Call, request: ChangeRequest) -> Done:
    """Give a group another profile."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    account = call.account if request.by is None else await party(call, request.by, BAD_SERVICE_REQUEST)
    wanted = _to_profile(
        request,
        max_members=request.max_members,
        shows_past=None if request.history is None else request.history == "On",
        has_permissions=None if request.has_permissions is None else request.has_permissions == 1,
        default_permission=request.default_permission,
    )
    await call.rules.groups.profiles.change(call.app, group, By(None, account.user_id), wanted)
    return Done()


@command("group_open_http_svc/modify_group_base_info", Door.SOCKET, BAD_SERVICE_REQUEST)
async def change_own(call: Call, request: ChangeOwnRequest) -> Done:
    """Give a group that the caller is in another profile."""
    group, member = own_place(call, request.group_id)
    by = By(member, member.user_id, call.instance)
    await call.rules.groups.profiles.change(call.app, group, by, _to_profile(request))
    return Done()


@command("group_open_http_svc/get_group_public_info", Door.SOCKET, BAD_SERVICE_REQUEST)
async def find(call: Call, request: PublicRequest) -> PublicResponse:
    """Return the profiles of groups that somebody knows the IDs of."""
    check_count(request.group_ids)
    return PublicResponse(groups=[await _public(call, name, request.filter) for name in request.group_ids])


@command("group_open_http_svc/get_appid_group_list", Door.REST, BAD_SERVICE_REQUEST, rate=A_SECOND)
async def list_all(call: Call, request: ListRequest) -> ListResponse:
    """Return a page of the app's groups."""
    page = await _page(call, request)
    groups = [ListedGroup(group_id) for group_id in page.group_ids]
    return ListResponse(total=page.total, groups=groups, next=page.next)


async def _page(call: Call, request: ListRequest) -> CensusPage:
    if request.kind == OBSOLETE:
        return CensusPage(0, (), NO_GROUP)
    kind = find_kind(request.kind) if request.kind else None
    if request.kind and kind is None:
        raise BAD_SERVICE_REQUEST(detail=f"GroupType {request.kind!r} is none of {', '.join(GROUP_KINDS)}")
    after = GroupNumber(request.next)
    return await call.rules.groups.census.page(call.app.sdk_app_id, kind, after, request.limit)


def _to_profile(request: ChangeOwnRequest, **more: int | None) -> NewProfile:
    mute_all = request.mute_all or request.shut_up_all
    return NewProfile(
        name=request.name,
        introduction=request.introduction,
        notification=request.notification,
        face_url=request.face_url,
        apply_option=request.apply_option,
        invite_option=request.invite_option,
        is_muted=None if mute_all is None else mute_all == "On",
        custom=None if request.custom is None else {each.key: each.value for each in request.custom},
        **more,  # type: ignore[arg-type]
    )


async def _public(call: Call, group_id: GroupId, wanted: PublicFilter | None) -> GroupProfile:
    """Return a group as anybody may see it, or why it may not be seen."""
    try:
        group, member = visible(call, group_id)
        check_members(group)
    except TidingsError as error:
        return GroupProfile(group_id=group_id, code=error.code, info=error.info)
    shown = None if wanted is None else MemberFilter(wanted.group, group_custom=wanted.custom)
    return to_own_group(group, await owner_name(call, group), shown, shown_fields(call, group, member))
