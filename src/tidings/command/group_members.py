"""group_open_http_svc: who is in a group, coming in and leaving (spec/rest/groups.yaml)."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct, field

from tidings.command.call import Call
from tidings.command.cursors import after_cursor
from tidings.command.drafts import Natural, party
from tidings.command.group_life import GroupRequest, shown_fields
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.callbacks import ask, check
from tidings.domain.group.fields import readable
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.happenings import InvitationAsked
from tidings.domain.group.joining import Joined
from tidings.domain.group.kinds import GROUP_KINDS, Kind, Role, find_kind
from tidings.domain.group.ports import JoinedPage, MemberPage
from tidings.errors import (
    BAD_SERVICE_REQUEST,
    GROUP_ACCOUNT_NOT_FOUND,
    GROUP_RIGHT_MISSING,
    OWN_GROUP_CODES,
    REFUSED_BY_APP,
    TOO_MANY_GROUP_ACCOUNTS,
)
from tidings.ids import GroupId, UserId
from tidings.view.group_profiles import to_joined, to_member_down, to_own_group, to_self_down
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.groups import (
    FellowDown,
    JoinedDown,
    MemberDown,
    MemberResult,
    OwnGroupDown,
    ResponseFilter,
    SelfFilter,
)

ADDED_AT_ONCE = 300
REMOVED_AT_ONCE = 500
MEMBER_PAGE = 6000
# Of a live room, members are shown those who came in last.
NEWEST = 30
STORED_KINDS = (Kind.WORK, Kind.PUBLIC, Kind.MEETING)
NO_ONE = UserId("")


class NewMember(Struct, frozen=True):
    """An account that is to come in."""

    account: UserId = field(name="Member_Account")


Wanted = tuple[list[str] | None, list[str] | None]
"""Names of the members' fields and custom fields that are wanted; None: all."""


class AddRequest(Request, frozen=True, kw_only=True):
    """Accounts that are to come in."""

    group_id: GroupId = field(name="GroupId")
    members: list[NewMember] = field(name="MemberList")
    silence: int = field(name="Silence", default=0)


class AddResponse(Response, kw_only=True):
    """What became of each account."""

    results: list[MemberResult] = field(name="MemberList")


class RemoveRequest(Request, frozen=True, kw_only=True):
    """Members that are to go."""

    group_id: GroupId = field(name="GroupId")
    accounts: list[UserId] = field(name="MemberToDel_Account")
    reason: str = field(name="Reason", default="")
    silence: int = field(name="Silence", default=0)


class MembersRequest(Request, frozen=True, kw_only=True):
    """A page of members."""

    group_id: GroupId = field(name="GroupId")
    fields: list[str] | None = field(name="MemberInfoFilter", default=None)
    roles: list[Role] | None = field(name="MemberRoleFilter", default=None)
    custom: list[str] | None = field(name="AppDefinedDataFilter_GroupMember", default=None)
    limit: Annotated[int, Meta(ge=0, le=MEMBER_PAGE)] = field(name="Limit", default=MEMBER_PAGE)
    offset: Natural = field(name="Offset", default=0)
    next: str | int = field(name="Next", default="")


class MembersResponse(Response, kw_only=True):
    """A page of members and how many there are in all; `next` is empty where there are no more."""

    count: int = field(name="MemberNum")
    members: list[MemberDown] = field(name="MemberList")
    next: str = field(name="Next", default="")


class FellowsResponse(Response, kw_only=True):
    """A page of members as another member sees them."""

    count: int = field(name="MemberNum")
    members: list[FellowDown] = field(name="MemberList")
    next: str = field(name="Next", default="")


class JoinedRequest(Request, frozen=True, kw_only=True):
    """A page of the groups that an account is in."""

    account: UserId = field(name="Member_Account")
    limit: Natural | None = field(name="Limit", default=None)
    offset: Natural = field(name="Offset", default=0)
    kind: str = field(name="GroupType", default="")
    filter: SelfFilter | None = field(name="ResponseFilter", default=None)
    with_live: int = field(name="WithHugeGroups", default=0)
    with_unused: int = field(name="WithNoActiveGroups", default=0)
    has_topics: int | None = field(name="SupportTopic", default=None)


class JoinedResponse(Response, kw_only=True):
    """Groups and how many there are in all."""

    total: int = field(name="TotalCount")
    groups: list[JoinedDown] = field(name="GroupIdList")


class OwnJoinedRequest(Request, frozen=True, kw_only=True):
    """A page of the groups that the caller is in."""

    account: UserId = field(name="Member_Account", default=UserId(""))
    limit: Natural | None = field(name="Limit", default=None)
    offset: Natural = field(name="Offset", default=0)
    kind: str = field(name="GroupType", default="")
    filter: ResponseFilter | None = field(name="ResponseFilter", default=None)
    with_unused: int = field(name="WithNoActiveGroups", default=0)


class OwnCommunitiesRequest(OwnJoinedRequest, frozen=True, kw_only=True):
    """A page of the communities that the caller is in: all, or those with topics, or those without."""

    has_topics: int | None = field(name="SupportTopic", default=None)


class OwnJoinedResponse(Response, kw_only=True):
    """Groups and how many there are in all."""

    total: int = field(name="TotalCount")
    groups: list[OwnGroupDown] = field(name="GroupIdList")


@command("group_open_http_svc/add_group_member", Door.REST, BAD_SERVICE_REQUEST)
async def add(call: Call, request: AddRequest) -> AddResponse:
    """Let accounts in at once, whatever the group's options say."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    if not group.traits.keeps_members:
        raise GROUP_RIGHT_MISSING(detail="members of an AVChatRoom come in by joining only")
    if len(request.members) > ADDED_AT_ONCE:
        raise TOO_MANY_GROUP_ACCOUNTS(count=len(request.members), limit=ADDED_AT_ONCE)
    accounts = await let_invite(group, await named(call, [each.account for each in request.members]))
    most, is_silent = call.app.settings.joined_groups, request.silence == 1
    joining = call.rules.groups.joining
    outcome = await joining.add(group, accounts, call.caller, most=most, is_silent=is_silent)
    results = [MemberResult(each.account, outcome.get(each.account, Joined.REFUSED).value) for each in request.members]
    return AddResponse(results=results)


@command("group_open_http_svc/delete_group_member", Door.REST, BAD_SERVICE_REQUEST)
async def remove(call: Call, request: RemoveRequest) -> Done:
    """Put members out."""
    await _remove(call, request, None)
    return Done()


@command("group_open_http_svc/delete_group_member", Door.SOCKET, BAD_SERVICE_REQUEST)
async def remove_others(call: Call, request: RemoveRequest) -> Done:
    """Put members out of a group that the caller leads."""
    _, member = own_place(call, request.group_id)
    await _remove(call, request, member)
    return Done()


@command("group_open_http_svc/quit_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def leave(call: Call, request: GroupRequest) -> Done:
    """Leave a group."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    if group.kind is Kind.LIVE:
        call.rules.groups.live.quit(group, call.account, call.instance)
        return Done()
    _, member = own_place(call, request.group_id)
    await call.rules.groups.joining.quit(group, member, call.instance)
    return Done()


@command("group_open_http_svc/get_group_member_info", Door.REST, BAD_SERVICE_REQUEST)
async def list_members(call: Call, request: MembersRequest) -> MembersResponse:
    """Return a page of a group's members."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    found, more = await _page(call, group, request)
    now = call.rules.clock.now()
    members = [to_member_down(MemberDown, member, now, request.fields, request.custom) for member in found]
    if request.fields is not None and "OnlineStatus" in request.fields:
        await _show_status(call, members)
    return MembersResponse(count=group.member_count, members=members, next=more)


@command("group_open_http_svc/get_group_member_info", Door.SOCKET, BAD_SERVICE_REQUEST)
async def list_fellows(call: Call, request: MembersRequest) -> FellowsResponse:
    """Return a page of the members of a group that the caller is in."""
    group, reader = own_place(call, request.group_id)
    if group.traits.keeps_members:
        found, more = await _page(call, group, request)
    else:
        found, more = [who.member for who in call.rules.groups.live.open(group).newest(NEWEST)], ""
    members = to_fellows(call, group, reader, found, (request.fields, request.custom))
    return FellowsResponse(count=group.member_count, members=members, next=more)


def to_fellows(call: Call, group: Group, reader: Member, found: Sequence[Member], wanted: Wanted) -> list[FellowDown]:
    """Return members as another member sees them: with those custom fields that it may read."""
    now, declared = call.rules.clock.now(), call.app.settings.member_fields
    shown = []
    for each in found:
        values = readable(declared, group.kind, reader, each.custom)
        shown.append(to_member_down(FellowDown, each, now, *wanted, values))
    return shown


@command("group_open_http_svc/get_joined_group_list", Door.REST, BAD_SERVICE_REQUEST)
async def list_joined(call: Call, request: JoinedRequest) -> JoinedResponse:
    """Return the groups that an account is in."""
    account = await party(call, request.account, GROUP_ACCOUNT_NOT_FOUND)
    if request.has_topics is not None and find_kind(request.kind) is not Kind.COMMUNITY:
        raise BAD_SERVICE_REQUEST(detail="SupportTopic asks for communities, so GroupType must be Community")
    kinds = (*STORED_KINDS, Kind.COMMUNITY, *((Kind.LIVE,) if request.with_live == 1 else ()))
    total, shown = await _joined(call, account, request, _kinds(request.kind, kinds), request.has_topics)
    owners = await call.rules.accounts.names([group.owner for group, _ in shown])
    wanted = request.filter or SelfFilter()
    groups = [to_joined(g, member, owners.get(g.owner, NO_ONE), wanted.group, wanted.own) for g, member in shown]
    return JoinedResponse(total=total, groups=groups)


@command("group_open_http_svc/get_joined_group_list", Door.SOCKET, BAD_SERVICE_REQUEST)
async def list_own(call: Call, request: OwnJoinedRequest) -> OwnJoinedResponse:
    """Return the groups that the caller is in, communities apart."""
    return await _list_own(call, request, STORED_KINDS)


@command("million_group_open_http_svc/get_joined_group_list", Door.SOCKET, BAD_SERVICE_REQUEST)
async def list_own_communities(call: Call, request: OwnCommunitiesRequest) -> OwnJoinedResponse:
    """Return the communities that the caller is in."""
    return await _list_own(call, request, (Kind.COMMUNITY,), has_topics=request.has_topics)


async def _list_own(
    call: Call, request: OwnJoinedRequest, kinds: tuple[Kind, ...], *, has_topics: int | None = None
) -> OwnJoinedResponse:
    total, shown = await _joined(call, call.account, request, _kinds(request.kind, kinds), has_topics)
    owners = await call.rules.accounts.names([group.owner for group, _ in shown])
    groups = []
    for group, member in shown:
        values = shown_fields(call, group, member)
        down = to_own_group(group, owners.get(group.owner, NO_ONE), request.filter, values)
        down.own = to_self_down(member)
        groups.append(down)
    return OwnJoinedResponse(total=total, groups=groups)


async def _remove(call: Call, request: RemoveRequest, actor: Member | None) -> None:
    rules = call.rules.groups
    group = rules.directory.get(call.app.sdk_app_id, request.group_id)
    if len(request.accounts) > REMOVED_AT_ONCE:
        raise TOO_MANY_GROUP_ACCOUNTS(count=len(request.accounts), limit=REMOVED_AT_ONCE)
    if not group.traits.keeps_members:
        raise BAD_SERVICE_REQUEST(detail="members of an AVChatRoom can't be removed: mute or ban them")
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, request.accounts)
    members = rules.directory.members(group, [account.number for account in found.values()])
    if members:
        silent = request.silence == 1
        await rules.joining.remove(
            group, list(members.values()), actor, call.account.user_id, wording=request.reason, is_silent=silent
        )


async def _page(call: Call, group: Group, request: MembersRequest) -> tuple[list[Member], str]:
    """Return a page of members, and where the next begins: communities only."""
    if not group.traits.keeps_members:
        raise GROUP_RIGHT_MISSING(detail="members of an AVChatRoom are not kept: ask for those who are online")
    is_community = group.kind is Kind.COMMUNITY
    after = after_cursor(request.next) if is_community else 0
    roles = frozenset(Role) if request.roles is None else frozenset(request.roles)
    page = MemberPage(group.number, request.limit, after, 0 if is_community else request.offset, roles)
    found = await call.rules.groups.store.page_members(page)
    more = str(found[-1].entry) if is_community and len(found) == request.limit and found else ""
    return found, more


async def _show_status(call: Call, members: list[MemberDown]) -> None:
    accounts = await call.rules.accounts.find_all(call.app.sdk_app_id, [UserId(each.account) for each in members])
    known = {each.account.user_id: each.status.label for each in await call.rules.presences.of(list(accounts.values()))}
    for each in members:
        each.status = known.get(UserId(each.account), "Offline")


async def _joined(
    call: Call,
    account: Account,
    request: JoinedRequest | OwnJoinedRequest,
    kinds: tuple[Kind, ...],
    has_topics: int | None,
) -> tuple[int, list[tuple[Group, Member]]]:
    """Return how many groups an account is in, and those asked for.

    One that nobody has used yet is there for its owner only, save on wish.
    """
    wanted = None if has_topics is None else has_topics == 1
    page = JoinedPage(account.number, kinds, request.offset, request.limit, request.with_unused == 1, wanted)
    total, found = await call.rules.groups.store.page_joined(page)
    # Who is in a live room is counted in memory.
    get = call.rules.groups.directory.get
    return total, [(get(g.app, g.group_id) if g.kind is Kind.LIVE else g, member) for g, member in found]


def _kinds(name: str, kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    if not name:
        return kinds
    kind = find_kind(name)
    if kind is None:
        raise BAD_SERVICE_REQUEST(detail=f"GroupType {name!r} is none of {', '.join(GROUP_KINDS)}")
    return (kind,)


def own_place(call: Call, group_id: GroupId) -> tuple[Group, Member]:
    """Return a group and what the caller is in it; raises 10007 if the caller is not in it."""
    directory = call.rules.groups.directory
    group = directory.get(call.app.sdk_app_id, group_id)
    return group, directory.get_member(group, call.account.number, call.account.user_id)


async def let_invite(group: Group, accounts: list[Account]) -> list[Account]:
    """Return whom the app's server lets be brought into a group; raises 10016, or its own code."""
    verdict = await ask(InvitationAsked, group, tuple(account.user_id for account in accounts))
    check(verdict, REFUSED_BY_APP, OWN_GROUP_CODES)
    return [account for account in accounts if account.user_id not in verdict.refused]


async def named(call: Call, names: list[UserId]) -> list[Account]:
    """Return accounts; raises 10019 for one that does not exist."""
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, names)
    for name in names:
        if name not in found:
            raise GROUP_ACCOUNT_NOT_FOUND(user_id=name)
    return list(found.values())
