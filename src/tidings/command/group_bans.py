"""group_open_http_svc: keeping accounts out of groups for a time (spec/rest/groups.yaml)."""

from typing import Annotated

from msgspec import Meta, Struct, field

from tidings.command.call import Call
from tidings.command.drafts import Natural
from tidings.command.group_members import own_place
from tidings.command.registry import Door, command
from tidings.domain.group.rights import Actor
from tidings.errors import BAD_SERVICE_REQUEST, TOO_MANY_GROUP_ACCOUNTS
from tidings.ids import GroupId, UserId
from tidings.wire.envelope import Done, Request, Response

BANNED_AT_ONCE = 20
BAN_PAGE = 100
WORDING_BYTES = 1000
Names = Annotated[list[UserId], Meta(min_length=1)]


class BanRequest(Request, frozen=True, kw_only=True):
    """Accounts that may not be in a group for so many seconds."""

    group_id: GroupId = field(name="GroupId")
    accounts: Names = field(name="Members_Account")
    seconds: Annotated[int, Meta(ge=1, le=0xFFFFFFFF)] = field(name="Duration")
    wording: str = field(name="Description", default="")


class UnbanRequest(Request, frozen=True, kw_only=True):
    """Accounts that may come in again."""

    group_id: GroupId = field(name="GroupId")
    accounts: Names = field(name="Members_Account")


class BansRequest(Request, frozen=True, kw_only=True):
    """A page of a group's bans."""

    group_id: GroupId = field(name="GroupId")
    limit: Annotated[int, Meta(ge=1)] = field(name="Limit", default=BAN_PAGE)
    offset: Natural = field(name="Offset")


class BanDown(Struct):
    """Until when an account is banned, unix seconds."""

    account: str = field(name="Member_Account")
    until: int = field(name="BannedUntil")


class BansResponse(Response, kw_only=True):
    """Bans, and where the next page begins; 0 at the end."""

    bans: list[BanDown] = field(name="BannedAccountList")
    next: int = field(name="NextOffset")


@command("group_open_http_svc/ban_group_member", Door.REST, BAD_SERVICE_REQUEST)
async def ban(call: Call, request: BanRequest) -> Done:
    """Ban accounts from a group, members or not."""
    return await _ban(call, request, None)


@command("group_open_http_svc/ban_group_member", Door.SOCKET, BAD_SERVICE_REQUEST)
async def ban_own(call: Call, request: BanRequest) -> Done:
    """Ban accounts from a group that the caller leads."""
    _, member = own_place(call, request.group_id)
    return await _ban(call, request, member)


@command("group_open_http_svc/unban_group_member", Door.REST, BAD_SERVICE_REQUEST)
async def unban(call: Call, request: UnbanRequest) -> Done:
    """Lift bans."""
    rules = call.rules.groups
    group = rules.directory.get(call.app.sdk_app_id, request.group_id)
    _check_count(request.accounts)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, request.accounts)
    await rules.banning.lift(group, None, list(found.values()), call.account.user_id)
    return Done()


@command("group_open_http_svc/get_group_ban_member", Door.REST, BAD_SERVICE_REQUEST)
async def list_bans(call: Call, request: BansRequest) -> BansResponse:
    """Return a page of those who are banned from a group."""
    rules, limit = call.rules.groups, min(request.limit, BAN_PAGE)
    group = rules.directory.get(call.app.sdk_app_id, request.group_id)
    found = await rules.banning.page(group, request.offset, limit + 1)
    more = request.offset + limit if len(found) > limit else 0
    return BansResponse(bans=[BanDown(each.user_id, each.until) for each in found[:limit]], next=more)


async def _ban(call: Call, request: BanRequest, actor: Actor) -> Done:
    rules = call.rules.groups
    group = rules.directory.get(call.app.sdk_app_id, request.group_id)
    _check_count(request.accounts)
    if (size := len(request.wording.encode())) > WORDING_BYTES:
        raise BAD_SERVICE_REQUEST(detail=f"Description has {size} bytes, at most {WORDING_BYTES} are allowed")
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, request.accounts)
    operator = call.account.user_id
    await rules.banning.ban(group, actor, list(found.values()), operator, request.seconds, request.wording)
    return Done()


def _check_count(accounts: list[UserId]) -> None:
    if len(accounts) > BANNED_AT_ONCE:
        raise TOO_MANY_GROUP_ACCOUNTS(count=len(accounts), limit=BANNED_AT_ONCE)
