"""group_open_http_svc: making groups, reading their profiles and ending them (spec/rest/groups.yaml)."""

from typing import Annotated, TypedDict, Unpack

from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.drafts import Natural, party
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.callbacks import ask, check, is_asked
from tidings.domain.group.fields import check_group_values, check_member_values, readable
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.happenings import GroupAsked
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind, Role, find_kind
from tidings.domain.group.life import Founder, Founding
from tidings.domain.group.ports import MemberPage
from tidings.domain.group.rights import Actor
from tidings.domain.group.texts import TEXT_BYTES, check_card, passed
from tidings.errors import (
    BAD_SERVICE_REQUEST,
    GROUP_ACCOUNT_NOT_FOUND,
    GROUP_RIGHT_MISSING,
    OWN_GROUP_CODES,
    REFUSED_BY_APP,
    TOO_MANY_GROUP_ACCOUNTS,
    TidingsError,
)
from tidings.ids import GroupId, UserId
from tidings.view.group_profiles import to_member_down, to_own_group, to_profile, to_self_down
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.groups import Field, FirstMember, GroupDown, MemberFilter, MemberShown, OwnGroupDown, ResponseFilter

FIRST_MEMBERS = 100
PROFILES = 50
MEMBERS_SHOWN = 500
Name = Annotated[str, Meta(min_length=1)]


class Beyond(TypedDict, total=False):
    """What only some ways of making a group say of it."""

    members: list[Founder]
    invite_option: InviteOption | None
    has_permissions: bool
    default_permission: int
    created_at: int | None
    is_imported: bool


class GroupFields(Request, frozen=True, kw_only=True):
    """What a new group and an imported one have."""

    kind: str = field(name="Type")
    name: Name = field(name="Name")
    owner: UserId | None = field(name="Owner_Account", default=None)
    group_id: GroupId | None = field(name="GroupId", default=None)
    introduction: str = field(name="Introduction", default="")
    notification: str = field(name="Notification", default="")
    face_url: str = field(name="FaceUrl", default="")
    max_members: Annotated[int, Meta(ge=1)] | None = field(name="MaxMemberCount", default=None)
    apply_option: ApplyOption | None = field(name="ApplyJoinOption", default=None)
    custom: list[Field] = field(name="AppDefinedData", default_factory=list)
    has_topics: int = field(name="SupportTopic", default=0)


class CreateRequest(GroupFields, frozen=True, kw_only=True):
    """A new group."""

    invite_option: InviteOption | None = field(name="InviteJoinOption", default=None)
    members: list[FirstMember] = field(name="MemberList", default_factory=list)
    has_permissions: int = field(name="EnablePermission", default=0)
    default_permission: Natural = field(name="DefaultPermission", default=0)


class CreateResponse(Response, kw_only=True):
    """The new group."""

    group_id: str = field(name="GroupId")
    kind: str = field(name="Type")
    huge: int = field(name="HugeGroupFlag", default=0)


class ProfilesRequest(Request, frozen=True, kw_only=True):
    """Groups whose profiles are wanted."""

    group_ids: list[GroupId] = field(name="GroupIdList")
    filter: MemberFilter | None = field(name="ResponseFilter", default=None)


class ProfilesResponse(Response, kw_only=True):
    """Profiles in the order asked for, each with a code of its own."""

    groups: list[GroupDown] = field(name="GroupInfo")


class OwnProfilesRequest(Request, frozen=True, kw_only=True):
    """Groups that the caller wants to see."""

    group_ids: list[GroupId] = field(name="GroupIdList")
    filter: ResponseFilter | None = field(name="ResponseFilter", default=None)


class OwnProfilesResponse(Response, kw_only=True):
    """Profiles in the order asked for, each with a code of its own."""

    groups: list[OwnGroupDown] = field(name="GroupInfo")


class GroupRequest(Request, frozen=True, kw_only=True):
    """One group."""

    group_id: GroupId = field(name="GroupId")


@command("group_open_http_svc/create_group", Door.REST, BAD_SERVICE_REQUEST)
async def create(call: Call, request: CreateRequest) -> CreateResponse:
    """Make a group for anybody, or for nobody."""
    owner = None if request.owner is None else await party(call, request.owner, GROUP_ACCOUNT_NOT_FOUND)
    return await _create(call, request, owner, None)


@command("group_open_http_svc/create_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def create_own(call: Call, request: CreateRequest) -> CreateResponse:
    """Make a group that the caller owns."""
    if request.owner is not None and request.owner != call.account.user_id:
        raise GROUP_RIGHT_MISSING(detail=f"{call.account.user_id!r} may not make a group for {request.owner!r}")
    founder = Member(call.account.number, call.account.user_id, Role.OWNER)
    return await _create(call, request, call.account, founder)


@command("group_open_http_svc/get_group_info", Door.REST, BAD_SERVICE_REQUEST)
async def get_profiles(call: Call, request: ProfilesRequest) -> ProfilesResponse:
    """Return the profiles of groups, and of each the first members."""
    check_count(request.group_ids)
    return ProfilesResponse(groups=[await _profile(call, name, request.filter) for name in request.group_ids])


@command("group_open_http_svc/get_group_self_member_info", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_own_profiles(call: Call, request: OwnProfilesRequest) -> OwnProfilesResponse:
    """Return the profiles of groups, and what the caller is in each."""
    check_count(request.group_ids)
    return OwnProfilesResponse(groups=[await _own_profile(call, name, request.filter) for name in request.group_ids])


@command("group_open_http_svc/destroy_group", Door.REST, BAD_SERVICE_REQUEST)
async def disband(call: Call, request: GroupRequest) -> Done:
    """End a group."""
    rules = call.rules.groups
    await rules.life.disband(rules.directory.get(call.app.sdk_app_id, request.group_id), None)
    return Done()


@command("group_open_http_svc/destroy_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def disband_own(call: Call, request: GroupRequest) -> Done:
    """End a group that the caller owns."""
    rules = call.rules.groups
    group = rules.directory.get(call.app.sdk_app_id, request.group_id)
    member = rules.directory.get_member(group, call.account.number, call.account.user_id)
    await rules.life.disband(group, member)
    return Done()


def check_count(group_ids: list[GroupId]) -> None:
    """Raise 10004 for too many groups."""
    if len(group_ids) > PROFILES:
        raise BAD_SERVICE_REQUEST(detail=f"{len(group_ids)} groups in one call, at most {PROFILES} are allowed")


async def _create(call: Call, request: CreateRequest, owner: Account | None, actor: Actor) -> CreateResponse:
    kind = kind_of(request)
    founding = to_founding(
        call,
        request,
        owner,
        actor,
        members=await _founders(call, request, kind, actor),
        invite_option=request.invite_option,
        has_permissions=request.has_permissions == 1,
        default_permission=request.default_permission,
    )
    await _ask(call, founding)
    group = await call.rules.groups.life.create(founding, call.app.settings)
    return CreateResponse(group_id=group.group_id, kind=kind.value, huge=int(not group.traits.keeps_members))


async def _ask(call: Call, founding: Founding) -> None:
    """Let the app's server refuse a group: raises 10016, or its own code."""
    if not is_asked(GroupAsked):
        return
    owner, owned = founding.owner, 0
    if owner is not None:
        joined = await call.rules.groups.store.joined(owner.number, [founding.kind])
        owned = sum(group.owner == owner.number for group, _ in joined)
    members = tuple(each.account.user_id for each in founding.members)
    owner_id = UserId("") if owner is None else owner.user_id
    verdict = await ask(GroupAsked, founding.kind, founding.name, owner_id, members, owned)
    check(verdict, REFUSED_BY_APP, OWN_GROUP_CODES)


def kind_of(request: GroupFields) -> Kind:
    """Return the kind of a group that is asked for; raises 10004 for a type that there is not."""
    kind = find_kind(request.kind)
    if kind is None:
        raise BAD_SERVICE_REQUEST(
            detail=f"Type {request.kind!r} is none of Public, Private, ChatRoom, AVChatRoom, Community"
        )
    return kind


def to_founding(
    call: Call, request: GroupFields, owner: Account | None, actor: Actor, **more: Unpack[Beyond]
) -> Founding:
    """Return a group as an actor asks for it; raises what is wrong with its texts and custom fields."""
    kind = kind_of(request)
    custom = {each.key: each.value for each in request.custom}
    check_group_values(call.app.settings.group_fields, kind, actor, custom)
    texts = {name: getattr(request, name) for name in TEXT_BYTES}
    return Founding(
        call.app.sdk_app_id,
        kind,
        group_id=request.group_id,
        owner=owner,
        max_members=request.max_members,
        apply_option=request.apply_option,
        custom={key: value for key, value in custom.items() if value},
        has_topics=request.has_topics == 1,
        **passed(call.rules.words, call.app, texts),
        **more,
    )


async def _founders(call: Call, request: CreateRequest, kind: Kind, actor: Actor) -> list[Founder]:
    if len(request.members) > FIRST_MEMBERS:
        raise TOO_MANY_GROUP_ACCOUNTS(count=len(request.members), limit=FIRST_MEMBERS)
    if request.members and kind is Kind.LIVE:
        raise GROUP_RIGHT_MISSING(detail="members of an AVChatRoom come in by joining, so MemberList must be empty")
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, [each.account for each in request.members])
    founders = []
    for each in request.members:
        if each.account not in found:
            raise GROUP_ACCOUNT_NOT_FOUND(user_id=each.account)
        check_card(each.name_card)
        role = Role.ADMIN if each.role == Role.ADMIN else Role.MEMBER
        custom = {own.key: own.value for own in each.custom}
        check_member_values(call.app.settings.member_fields, kind, actor, custom)
        kept = {key: value for key, value in custom.items() if value}
        founders.append(Founder(found[each.account], role, each.name_card, kept, each.joined_at))
    return founders


async def _profile(call: Call, group_id: GroupId, wanted: MemberFilter | None) -> GroupDown:
    rules = call.rules.groups
    try:
        group = rules.directory.get(call.app.sdk_app_id, group_id)
    except TidingsError as error:
        return GroupDown(group_id=group_id, code=error.code, info=error.info)
    owner = await owner_name(call, group)
    if wanted is None:
        down = to_profile(GroupDown, group, owner)
    else:
        down = to_profile(GroupDown, group, owner, wanted.group or (), wanted.group_custom or ())
    if group.traits.keeps_members and (wanted is None or wanted.member is not None or wanted.member_custom is not None):
        down.members = await _members(call, group, wanted)
    return down


async def _members(call: Call, group: Group, wanted: MemberFilter | None) -> list[MemberShown]:
    names = None if wanted is None else wanted.member or ()
    custom = None if wanted is None else wanted.member_custom or ()
    found = await call.rules.groups.store.page_members(MemberPage(group.number, MEMBERS_SHOWN))
    return [to_member_down(MemberShown, member, call.rules.clock.now(), names, custom) for member in found]


async def _own_profile(call: Call, group_id: GroupId, wanted: ResponseFilter | None) -> OwnGroupDown:
    """Return a group as the caller sees it, or why it may not."""
    try:
        group, member = visible(call, group_id)
    except TidingsError as error:
        return OwnGroupDown(group_id=group_id, code=error.code, info=error.info)
    down = to_own_group(group, await owner_name(call, group), wanted, shown_fields(call, group, member))
    if member is not None:
        down.own = to_self_down(member)
    return down


def visible(call: Call, group_id: GroupId) -> tuple[Group, Member | None]:
    """Return a group and what the caller is in it; raises 10007 for a Work group that it is not in."""
    rules = call.rules.groups
    group = rules.directory.get(call.app.sdk_app_id, group_id)
    member = rules.directory.member(group, call.account.number)
    if member is None and not group.traits.is_found_by_id:
        raise GROUP_RIGHT_MISSING(detail=f"{call.account.user_id!r} is no member of group {group_id!r}")
    return group, member


def shown_fields(call: Call, group: Group, member: Member | None) -> dict[str, str]:
    """Return the custom fields of a group that a member may read, or somebody who is none."""
    return readable(call.app.settings.group_fields, group.kind, member, group.custom)


async def owner_name(call: Call, group: Group) -> UserId:
    """Return who owns a group; empty if nobody does."""
    return (await call.rules.accounts.names([group.owner])).get(group.owner, UserId("")) if group.owner else UserId("")
