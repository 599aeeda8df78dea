"""group_open_avchatroom_http_svc: who is in live rooms (the files of that name in spec/rest and spec/client)."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct, field

from tidings.command.call import Call
from tidings.command.drafts import Natural
from tidings.command.group_life import GroupRequest
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.devices import Platform
from tidings.domain.group.groups import Group
from tidings.domain.group.live import Visitor
from tidings.domain.group.live_members import Crowd
from tidings.domain.group.rights import Actor
from tidings.errors import BAD_SERVICE_REQUEST
from tidings.ids import GroupId, UserId
from tidings.view.groups import MESSAGE_EVENT, ONLINE_LASTS_S, to_group_message_down
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.group_pushes import GroupMessageDown

ACCOUNTS = 500
ANY_NUMBER = 1 << 31
SET, DELETE = 1, 2


class PageRequest(Request, frozen=True, kw_only=True):
    """A page of the list of a room; `start` is 0 or what the page before gave."""

    group_id: GroupId = field(name="GroupId")
    start: Natural = field(name="Timestamp", default=0)
    mark: int | None = field(name="Mark", default=None)


class PresentDown(Struct):
    """Somebody in a room."""

    account: str = field(name="Member_Account")
    joined_at: int = field(name="JoinTime")
    nick: str = field(name="NickName")
    face_url: str = field(name="Avatar")


class PageResponse(Response, kw_only=True):
    """Those who came in last, the newest first; `next` is 0 at the end."""

    members: list[PresentDown] = field(name="MemberList")
    next: int = field(name="NextTimestamp")


class NamesRequest(Request, frozen=True, kw_only=True):
    """Accounts, and a room."""

    group_id: GroupId = field(name="GroupId")
    accounts: list[UserId] = field(name="Member_Account")


class NamesResponse(Response, kw_only=True):
    """Those of the accounts that are in the room."""

    accounts: list[str] = field(name="Member_Account")


class AdminsRequest(Request, frozen=True, kw_only=True):
    """Accounts that become admins (1), or are no more (2)."""

    group_id: GroupId = field(name="GroupId")
    operation: Literal[1, 2] = field(name="CommandType")
    accounts: list[UserId] = field(name="Admin_Account")


class AdminDown(Struct):
    """An admin."""

    account: str = field(name="Admin_Account")
    nick: str = field(name="NickName")
    face_url: str = field(name="Avatar")


class AdminsResponse(Response, kw_only=True):
    """The admins of a room."""

    admins: list[AdminDown] = field(name="Admin_List")


class Marked(Struct, frozen=True):
    """An account and marks."""

    account: UserId = field(name="Member_Account")
    marks: list[int] = field(name="Marks")


class MarksRequest(Request, frozen=True, kw_only=True):
    """Marks to give (1) or to take (2)."""

    group_id: GroupId = field(name="GroupId")
    operation: Literal[1, 2] = field(name="CommandType")
    members: list[Marked] = field(name="MemberList")


class MarksResponse(Response, kw_only=True):
    """The accounts that it was done for."""

    operation: int = field(name="CommandType")
    members: list[Marked] = field(name="MemberList")


class CountResponse(Response, kw_only=True):
    """How many are in a room."""

    count: int = field(name="OnlineMemberNum")


class OwnCountResponse(CountResponse, kw_only=True):
    """How many are in a room, and for how many seconds clients need not ask again."""

    lasts_s: int = field(name="ExpireTime")


@command("group_open_avchatroom_http_svc/get_members", Door.REST, BAD_SERVICE_REQUEST)
async def list_present(call: Call, request: PageRequest) -> PageResponse:
    """Return a page of those who are in a room."""
    return _page(call.rules.groups.live.open(_group(call, request.group_id)), request)


@command("group_open_avchatroom_http_svc/get_members", Door.SOCKET, BAD_SERVICE_REQUEST)
async def list_fellows_present(call: Call, request: PageRequest) -> PageResponse:
    """Return a page of those who are in a room that the caller is in."""
    group, _ = _place(call, request.group_id)
    return _page(call.rules.groups.live.open(group), request)


@command("group_open_avchatroom_http_svc/check_members", Door.REST, BAD_SERVICE_REQUEST)
async def check(call: Call, request: NamesRequest) -> NamesResponse:
    """Return those of the accounts that are in a room."""
    crowd = call.rules.groups.live.open(_group(call, request.group_id))
    found = await _find(call, request.accounts)
    names = [name for name in request.accounts if name in found and crowd.get(found[name].number) is not None]
    return NamesResponse(accounts=list(dict.fromkeys(names)))


@command("group_open_avchatroom_http_svc/modify_admin", Door.REST, BAD_SERVICE_REQUEST)
async def change_admins(call: Call, request: AdminsRequest) -> Done:
    """Appoint admins, or dismiss them."""
    admins, group = call.rules.groups.live_admins, _group(call, request.group_id)
    accounts = await _named(call, request.accounts)
    change = admins.appoint if request.operation == SET else admins.dismiss
    await change(group, accounts, call.account.user_id)
    return Done()


@command("group_open_avchatroom_http_svc/get_admin_list", Door.REST, BAD_SERVICE_REQUEST)
async def list_admins(call: Call, request: GroupRequest) -> AdminsResponse:
    """Return the admins of a room."""
    admins = await call.rules.groups.live_admins.list(_group(call, request.group_id))
    return AdminsResponse(admins=[AdminDown(each.user_id, each.nick, each.face_url) for each in admins])


@command("group_open_avchatroom_http_svc/add_robots", Door.REST, BAD_SERVICE_REQUEST)
async def add_robots(call: Call, request: NamesRequest) -> Done:
    """Let accounts count as being in a room for three days."""
    group = _group(call, request.group_id)
    await call.rules.groups.live_robots.add(group, await _named(call, request.accounts))
    return Done()


@command("group_open_avchatroom_http_svc/del_robots", Door.REST, BAD_SERVICE_REQUEST)
async def remove_robots(call: Call, request: NamesRequest) -> Done:
    """Let accounts be robots no more."""
    group = _group(call, request.group_id)
    await call.rules.groups.live_robots.delete(group, await _named(call, request.accounts))
    return Done()


@command("group_open_avchatroom_http_svc/modify_user_info", Door.REST, BAD_SERVICE_REQUEST)
async def mark(call: Call, request: MarksRequest) -> MarksResponse:
    """Give marks to those who are in a room, or take them."""
    return await _mark(call, _group(call, request.group_id), None, request)


@command("group_open_avchatroom_http_svc/modify_user_info", Door.SOCKET, BAD_SERVICE_REQUEST)
async def mark_fellows(call: Call, request: MarksRequest) -> MarksResponse:
    """Give marks to those who are in a room that the caller owns, or take them."""
    group, member = _place(call, request.group_id)
    return await _mark(call, group, member, request)


@command("group_open_http_svc/get_online_member_num", Door.REST, BAD_SERVICE_REQUEST)
async def count(call: Call, request: GroupRequest) -> CountResponse:
    """Count those who are in a room."""
    return CountResponse(count=len(call.rules.groups.live.open(_group(call, request.group_id))))


@command("group_open_http_svc/get_online_member_num", Door.SOCKET, BAD_SERVICE_REQUEST)
async def count_online(call: Call, request: GroupRequest) -> OwnCountResponse:
    """Count those who are in a room; of another group those who are online, for its members."""
    group = _group(call, request.group_id)
    if group.traits.keeps_members:
        _place(call, request.group_id)
        online = call.rules.groups.sending.present(group)
    else:
        online = len(call.rules.groups.live.open(group))
    return OwnCountResponse(count=online, lasts_s=ONLINE_LASTS_S)


def enter(call: Call, group: Group, *, wants_past: bool) -> list[GroupMessageDown]:
    """Let the caller's login into a room; returns the last messages if they are wanted."""
    settings = call.app.settings
    is_web = call.line is not None and call.line.device.platform is Platform.WEB
    most = settings.web_live_rooms if is_web else ANY_NUMBER
    crowd = call.rules.groups.live.join(group, Visitor(call.account, call.instance, most, settings.live_history))
    shown = []
    for message in crowd.recent if wants_past else ():
        down = to_group_message_down(group, message)
        down.event = MESSAGE_EVENT
        shown.append(down)
    return shown


def _group(call: Call, group_id: GroupId) -> Group:
    return call.rules.groups.directory.get(call.app.sdk_app_id, group_id)


def _place(call: Call, group_id: GroupId) -> tuple[Group, Actor]:
    group = _group(call, group_id)
    return group, call.rules.groups.directory.get_member(group, call.account.number, call.account.user_id)


def _page(crowd: Crowd, request: PageRequest) -> PageResponse:
    page, more = crowd.page(request.start, request.mark)
    members = [
        PresentDown(who.member.user_id, who.member.joined_at, who.member.nick, who.member.face_url) for who in page
    ]
    return PageResponse(members=members, next=more)


async def _mark(call: Call, group: Group, actor: Actor, request: MarksRequest) -> MarksResponse:
    marks = {each.account: tuple(each.marks) for each in request.members}
    accounts = await _find(call, list(marks))
    marking = call.rules.groups.live_marks
    change = marking.give if request.operation == SET else marking.take
    done = await change(group, actor, list(accounts.values()), marks)
    members = [Marked(name, list(each)) for name, each in marks.items() if name in done]
    return MarksResponse(operation=request.operation, members=members)


async def _find(call: Call, names: Sequence[UserId]) -> Mapping[UserId, Account]:
    if len(names) > ACCOUNTS:
        raise BAD_SERVICE_REQUEST(detail=f"{len(names)} accounts in one call, at most {ACCOUNTS} are allowed")
    return await call.rules.accounts.find_all(call.app.sdk_app_id, names)


async def _named(call: Call, names: Sequence[UserId]) -> list[Account]:
    found = await _find(call, names)
    for name in names:
        if name not in found:
            raise BAD_SERVICE_REQUEST(detail=f"account {name!r} does not exist: import it")
    return list(found.values())
