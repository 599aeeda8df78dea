"""Permission groups of communities (spec/rest/groups.yaml, spec/client/million_group_open_http_svc.yaml).

App servers call them as group_open_http_svc, clients as million_group_open_http_svc; the bodies are the same.
"""

from typing import Annotated

from msgspec import Meta, Struct, field

from tidings.command.call import Call
from tidings.command.cursors import after_cursor
from tidings.command.group_history import own_place
from tidings.command.registry import Door, command
from tidings.command.topics import Bits
from tidings.domain.group.groups import Group
from tidings.domain.group.joining import Joined
from tidings.domain.group.permission_groups import Outcome, PermissionChange, PermissionGroup, TopicChange
from tidings.domain.group.rights import Actor
from tidings.domain.group.topics import check_topics
from tidings.errors import BAD_SERVICE_REQUEST, TOO_MANY_GROUP_ACCOUNTS, TOPIC_PERMISSION_MISSING, TidingsError
from tidings.ids import AccountNumber, GroupId, UserId
from tidings.view.group_profiles import to_member_down
from tidings.view.topics import to_topic_result
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.groups import MemberResult, MemberShown
from tidings.wire.permission_groups import MemberName, PermissionGroupDown, PermissionResult, TopicBitsDown
from tidings.wire.topics import TopicResult

ADMINS, CLIENTS = "group_open_http_svc", "million_group_open_http_svc"
PERMISSION_GROUPS_AT_ONCE, TOPICS_AT_ONCE, ACCOUNTS_AT_ONCE, MEMBER_PAGE = 20, 50, 100, 100
NAME_BYTES, CUSTOM_BYTES = 150, 3000
Place = tuple[Group, Actor]
"""A community, and who acts there."""
Name = Annotated[str, Meta(min_length=1)]


class TopicBits(Struct, frozen=True):
    """Permissions in a topic."""

    topic_id: GroupId = field(name="TopicId")
    permission: Bits = field(name="Permission")


class CommunityRequest(Request, frozen=True, kw_only=True):
    """A community."""

    group_id: GroupId = field(name="GroupId")


class CreateRequest(CommunityRequest, frozen=True, kw_only=True):
    """A new permission group."""

    permission_id: str | None = field(name="PermissionGroupId", default=None)
    name: Name = field(name="PermissionGroupName")
    permission: Bits = field(name="Permission")
    custom: str = field(name="CustomString", default="")


class CreateResponse(Response, kw_only=True):
    """The new permission group."""

    permission_id: str = field(name="PermissionGroupId")


class DestroyRequest(CommunityRequest, frozen=True, kw_only=True):
    """Permission groups to end."""

    permission_ids: list[str] = field(name="PermissionGroupIdList")


class DestroyResponse(Response, kw_only=True):
    """What became of each."""

    results: list[PermissionResult] = field(name="PermissionGroupResultList")


class ModifyRequest(CommunityRequest, frozen=True, kw_only=True):
    """New values of a permission group; what is None stays as it is."""

    permission_id: str = field(name="PermissionGroupId")
    name: Name | None = field(name="PermissionGroupName", default=None)
    permission: Bits | None = field(name="Permission", default=None)
    custom: str | None = field(name="CustomString", default=None)


class GetRequest(CommunityRequest, frozen=True, kw_only=True):
    """Permission groups by their IDs, or a page of all."""

    permission_ids: list[str] | None = field(name="PermissionGroupIdList", default=None)
    limit: Annotated[int, Meta(ge=1)] = field(name="Limit", default=PERMISSION_GROUPS_AT_ONCE)
    next: str = field(name="Next", default="")


class GetResponse(Response, kw_only=True):
    """Permission groups; `next` is empty where there are no more."""

    groups: list[PermissionGroupDown] = field(name="PermissionGroupInfoList")
    next: str = field(name="Next", default="")


class JoinedResponse(Response, kw_only=True):
    """Permission groups that the caller is in."""

    groups: list[PermissionGroupDown] = field(name="PermissionGroupInfoList")


class OneRequest(CommunityRequest, frozen=True, kw_only=True):
    """A permission group."""

    permission_id: str = field(name="PermissionGroupId")


class TopicBitsRequest(OneRequest, frozen=True, kw_only=True):
    """Permissions in topics."""

    topics: list[TopicBits] = field(name="TopicPermissionList")


class TopicIdsRequest(OneRequest, frozen=True, kw_only=True):
    """Topics whose permissions go."""

    topic_ids: list[GroupId] = field(name="TopicIdList")


class TopicResultsResponse(Response, kw_only=True):
    """What became of each topic."""

    results: list[TopicResult] = field(name="TopicPermissionResultList")


class GetTopicsRequest(OneRequest, frozen=True, kw_only=True):
    """Topics whose permissions are wanted; None: all that have some."""

    topic_ids: list[GroupId] | None = field(name="TopicIdList", default=None)


class GetTopicsResponse(Response, kw_only=True):
    """Permissions in topics."""

    results: list[TopicBitsDown] = field(name="TopicPermissionResultList")


class MembersRequest(OneRequest, frozen=True, kw_only=True):
    """Accounts that come in or go."""

    members: list[MemberName] = field(name="MemberList")


class MemberResultsResponse(Response, kw_only=True):
    """What became of each account."""

    results: list[MemberResult] = field(name="MemberList")


class ListMembersRequest(OneRequest, frozen=True, kw_only=True):
    """A page of a permission group's members."""

    limit: Annotated[int, Meta(ge=1)] = field(name="Limit", default=MEMBER_PAGE)
    next: str = field(name="Next", default="")
    fields: list[str] | None = field(name="MemberInfoFilter", default=None)
    custom: list[str] | None = field(name="AppDefinedDataFilter_GroupMember", default=None)


class ListMembersResponse(Response, kw_only=True):
    """A page of members; `next` is empty where there are no more."""

    members: list[MemberShown] = field(name="MemberList")
    next: str = field(name="Next", default="")


@command(f"{ADMINS}/create_permission_group", Door.REST, BAD_SERVICE_REQUEST)
async def create(call: Call, request: CreateRequest) -> CreateResponse:
    """Make a permission group."""
    return await _create(call, request, _any(call, request))


@command(f"{CLIENTS}/create_permission_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def create_own(call: Call, request: CreateRequest) -> CreateResponse:
    """Make a permission group, in a community that the caller is in and as far as it may."""
    return await _create(call, request, _own(call, request))


@command(f"{ADMINS}/destroy_permission_group", Door.REST, BAD_SERVICE_REQUEST)
async def destroy(call: Call, request: DestroyRequest) -> DestroyResponse:
    """End permission groups."""
    return await _destroy(call, request, _any(call, request))


@command(f"{CLIENTS}/destroy_permission_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def destroy_own(call: Call, request: DestroyRequest) -> DestroyResponse:
    """End permission groups, in a community that the caller is in and as far as it may."""
    return await _destroy(call, request, _own(call, request))


@command(f"{ADMINS}/modify_permission_group", Door.REST, BAD_SERVICE_REQUEST)
async def modify(call: Call, request: ModifyRequest) -> Done:
    """Change a permission group."""
    return await _modify(call, request, _any(call, request))


@command(f"{CLIENTS}/modify_permission_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def modify_own(call: Call, request: ModifyRequest) -> Done:
    """Change a permission group, in a community that the caller is in and as far as it may."""
    return await _modify(call, request, _own(call, request))


@command(f"{ADMINS}/get_permission_group", Door.REST, BAD_SERVICE_REQUEST)
async def get(call: Call, request: GetRequest) -> GetResponse:
    """Return permission groups."""
    return await _get(call, request, _any(call, request))


@command(f"{CLIENTS}/get_permission_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_own(call: Call, request: GetRequest) -> GetResponse:
    """Return permission groups, in a community that the caller is in and as far as it may."""
    return await _get(call, request, _own(call, request))


@command(f"{ADMINS}/add_topic_permission_group", Door.REST, BAD_SERVICE_REQUEST)
async def add_topics(call: Call, request: TopicBitsRequest) -> TopicResultsResponse:
    """Give permissions in topics."""
    return await _add_topics(call, request, _any(call, request))


@command(f"{CLIENTS}/add_topic_permission_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def add_topics_own(call: Call, request: TopicBitsRequest) -> TopicResultsResponse:
    """Give permissions in topics, in a community that the caller is in and as far as it may."""
    return await _add_topics(call, request, _own(call, request))


@command(f"{ADMINS}/set_topic_permission_group", Door.REST, BAD_SERVICE_REQUEST)
async def set_topics(call: Call, request: TopicBitsRequest) -> TopicResultsResponse:
    """Change permissions in topics."""
    return await _set_topics(call, request, _any(call, request))


@command(f"{CLIENTS}/set_topic_permission_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def set_topics_own(call: Call, request: TopicBitsRequest) -> TopicResultsResponse:
    """Change permissions in topics, in a community that the caller is in and as far as it may."""
    return await _set_topics(call, request, _own(call, request))


@command(f"{ADMINS}/delete_topic_permission_group", Door.REST, BAD_SERVICE_REQUEST)
async def drop_topics(call: Call, request: TopicIdsRequest) -> TopicResultsResponse:
    """Take permissions in topics away."""
    return await _drop_topics(call, request, _any(call, request))


@command(f"{CLIENTS}/delete_topic_permission_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def drop_topics_own(call: Call, request: TopicIdsRequest) -> TopicResultsResponse:
    """Take permissions in topics away, in a community that the caller is in and as far as it may."""
    return await _drop_topics(call, request, _own(call, request))


@command(f"{ADMINS}/get_topic_permission_group", Door.REST, BAD_SERVICE_REQUEST)
async def get_topics(call: Call, request: GetTopicsRequest) -> GetTopicsResponse:
    """Return permissions in topics."""
    return await _get_topics(call, request, _any(call, request))


@command(f"{CLIENTS}/get_topic_permission_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_topics_own(call: Call, request: GetTopicsRequest) -> GetTopicsResponse:
    """Return permissions in topics, in a community that the caller is in and as far as it may."""
    return await _get_topics(call, request, _own(call, request))


@command(f"{ADMINS}/add_permission_group_member", Door.REST, BAD_SERVICE_REQUEST)
async def add_members(call: Call, request: MembersRequest) -> MemberResultsResponse:
    """Add members of the community."""
    return await _add_members(call, request, _any(call, request))


@command(f"{CLIENTS}/add_permission_group_member", Door.SOCKET, BAD_SERVICE_REQUEST)
async def add_members_own(call: Call, request: MembersRequest) -> MemberResultsResponse:
    """Add members of the community, in a community that the caller is in and as far as it may."""
    return await _add_members(call, request, _own(call, request))


@command(f"{ADMINS}/delete_permission_group_member", Door.REST, BAD_SERVICE_REQUEST)
async def remove_members(call: Call, request: MembersRequest) -> MemberResultsResponse:
    """Remove members."""
    return await _remove_members(call, request, _any(call, request))


@command(f"{CLIENTS}/delete_permission_group_member", Door.SOCKET, BAD_SERVICE_REQUEST)
async def remove_members_own(call: Call, request: MembersRequest) -> MemberResultsResponse:
    """Remove members, in a community that the caller is in and as far as it may."""
    return await _remove_members(call, request, _own(call, request))


@command(f"{ADMINS}/get_permission_group_member_list", Door.REST, BAD_SERVICE_REQUEST)
async def list_members(call: Call, request: ListMembersRequest) -> ListMembersResponse:
    """Return a page of members."""
    return await _list_members(call, request, _any(call, request))


@command(f"{CLIENTS}/get_permission_group_member_list", Door.SOCKET, BAD_SERVICE_REQUEST)
async def list_members_own(call: Call, request: ListMembersRequest) -> ListMembersResponse:
    """Return a page of members, in a community that the caller is in and as far as it may."""
    return await _list_members(call, request, _own(call, request))


@command(f"{CLIENTS}/get_joined_permission_group_list", Door.SOCKET, BAD_SERVICE_REQUEST)
async def list_joined(call: Call, request: CommunityRequest) -> JoinedResponse:
    """Return the permission groups of a community that the caller is in."""
    community, member = own_place(call, request.group_id)
    check_topics(community, call.app.settings)
    found = await call.rules.groups.permission_groups.of_member(community, member)
    return JoinedResponse(groups=[_to_down(group) for group in found])


async def _create(call: Call, request: CreateRequest, place: Place) -> CreateResponse:
    asked = _checked(PermissionChange(request.name, request.permission, request.custom))
    group = await call.rules.groups.permission_groups.create(*place, request.permission_id, asked)
    return CreateResponse(permission_id=group.permission_id)


async def _destroy(call: Call, request: DestroyRequest, place: Place) -> DestroyResponse:
    _check_count(len(request.permission_ids), PERMISSION_GROUPS_AT_ONCE, "PermissionGroupIdList")
    outcome = await call.rules.groups.permission_groups.destroy(*place, request.permission_ids)
    results = [to_topic_result(name, error) for name, error in outcome.items()]
    return DestroyResponse(
        results=[PermissionResult(code=each.code, info=each.info, permission_id=each.topic_id) for each in results]
    )


async def _modify(call: Call, request: ModifyRequest, place: Place) -> Done:
    asked = _checked(PermissionChange(request.name, request.permission, request.custom))
    await call.rules.groups.permission_groups.change(*place, request.permission_id, asked)
    return Done()


async def _get(call: Call, request: GetRequest, place: Place) -> GetResponse:
    rules = call.rules.groups.permission_groups
    if request.permission_ids:
        _check_count(len(request.permission_ids), PERMISSION_GROUPS_AT_ONCE, "PermissionGroupIdList")
        return GetResponse(groups=[_named(call, place[0], name) for name in request.permission_ids])
    limit = min(request.limit, PERMISSION_GROUPS_AT_ONCE)
    found = await rules.page(place[0], after_cursor(request.next), limit)
    return GetResponse(
        groups=[_to_down(group) for group in found], next=str(found[-1].number) if len(found) == limit else ""
    )


async def _add_topics(call: Call, request: TopicBitsRequest, place: Place) -> TopicResultsResponse:
    return await _change_topics(call, request, place, TopicChange.ADD)


async def _set_topics(call: Call, request: TopicBitsRequest, place: Place) -> TopicResultsResponse:
    return await _change_topics(call, request, place, TopicChange.SET)


async def _drop_topics(call: Call, request: TopicIdsRequest, place: Place) -> TopicResultsResponse:
    _check_count(len(request.topic_ids), TOPICS_AT_ONCE, "TopicIdList")
    sets = dict.fromkeys(request.topic_ids, 0)
    rules = call.rules.groups.permission_groups
    return _to_results(await rules.change_topics(*place, request.permission_id, TopicChange.DROP, sets))


async def _get_topics(call: Call, request: GetTopicsRequest, place: Place) -> GetTopicsResponse:
    found = await call.rules.groups.permission_groups.topics(place[0], request.permission_id)
    names = list(found) if request.topic_ids is None else request.topic_ids
    return GetTopicsResponse(results=[_to_bits(name, found.get(name)) for name in names])


async def _add_members(call: Call, request: MembersRequest, place: Place) -> MemberResultsResponse:
    numbers = await _numbers(call, request)
    limit = call.app.settings.permission_group_members
    rules = call.rules.groups.permission_groups
    outcome = await rules.add_members(*place, request.permission_id, list(numbers.values()), limit)
    return _to_members(request, {name: outcome[number] for name, number in numbers.items()})


async def _remove_members(call: Call, request: MembersRequest, place: Place) -> MemberResultsResponse:
    numbers = await _numbers(call, request)
    await call.rules.groups.permission_groups.remove_members(*place, request.permission_id, list(numbers.values()))
    return _to_members(request, dict.fromkeys(numbers, Joined.ADDED))


async def _list_members(call: Call, request: ListMembersRequest, place: Place) -> ListMembersResponse:
    limit = min(request.limit, MEMBER_PAGE)
    rules = call.rules.groups.permission_groups
    found = await rules.members(place[0], request.permission_id, after_cursor(request.next), limit)
    now = call.rules.clock.now()
    shown = [to_member_down(MemberShown, member, now, request.fields, request.custom) for _, member in found]
    return ListMembersResponse(members=shown, next=str(found[-1][0]) if len(found) == limit else "")


async def _change_topics(
    call: Call, request: TopicBitsRequest, place: Place, what: TopicChange
) -> TopicResultsResponse:
    _check_count(len(request.topics), TOPICS_AT_ONCE, "TopicPermissionList")
    sets = {each.topic_id: each.permission for each in request.topics}
    rules = call.rules.groups.permission_groups
    return _to_results(await rules.change_topics(*place, request.permission_id, what, sets))


def _any(call: Call, request: CommunityRequest | OneRequest) -> Place:
    community = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    check_topics(community, call.app.settings)
    return community, None


def _own(call: Call, request: CommunityRequest | OneRequest) -> Place:
    community, member = own_place(call, request.group_id)
    check_topics(community, call.app.settings)
    return community, member


def _named(call: Call, community: Group, name: str) -> PermissionGroupDown:
    try:
        down = _to_down(call.rules.groups.permission_groups.get(community, name))
    except TidingsError as error:
        return PermissionGroupDown(permission_id=name, code=error.code)
    down.code = 0
    return down


def _to_down(group: PermissionGroup) -> PermissionGroupDown:
    return PermissionGroupDown(
        permission_id=group.permission_id,
        name=group.name,
        permission=group.permission,
        custom=group.custom,
        member_count=group.member_count,
    )


def _to_bits(name: GroupId, permission: int | None) -> TopicBitsDown:
    if permission is not None:
        return TopicBitsDown(code=0, info="", topic_id=name, permission=permission)
    error = TOPIC_PERMISSION_MISSING(topic_id=name)
    return TopicBitsDown(code=error.code, info=error.info, topic_id=name)


def _to_results(outcome: Outcome) -> TopicResultsResponse:
    return TopicResultsResponse(results=[to_topic_result(name, error) for name, error in outcome.items()])


def _to_members(request: MembersRequest, outcome: dict[UserId, Joined]) -> MemberResultsResponse:
    return MemberResultsResponse(
        results=[MemberResult(m.account, outcome.get(m.account, Joined.REFUSED).value) for m in request.members]
    )


async def _numbers(call: Call, request: MembersRequest) -> dict[UserId, AccountNumber]:
    """Return the numbers of the accounts that there are."""
    if len(request.members) > ACCOUNTS_AT_ONCE:
        raise TOO_MANY_GROUP_ACCOUNTS(count=len(request.members), limit=ACCOUNTS_AT_ONCE)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, [each.account for each in request.members])
    return {name: account.number for name, account in found.items()}


def _checked(change: PermissionChange) -> PermissionChange:
    """Return a change whose texts are not too long; raises 10004 for others."""
    limits = (("PermissionGroupName", change.name, NAME_BYTES), ("CustomString", change.custom, CUSTOM_BYTES))
    for name, text, limit in limits:
        if text is not None and (size := len(text.encode())) > limit:
            raise BAD_SERVICE_REQUEST(detail=f"{name} has {size} bytes, at most {limit} are allowed")
    return change


def _check_count(count: int, limit: int, name: str) -> None:
    if not 1 <= count <= limit:
        raise BAD_SERVICE_REQUEST(detail=f"{name} has {count} items, 1 to {limit} are allowed")
