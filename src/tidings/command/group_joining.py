"""group_open_http_svc: joining, inviting, and deciding on both (spec/groups.md, section 3)."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from tidings.command import live_rooms
from tidings.command.call import Call
from tidings.command.drafts import Natural, party
from tidings.command.group_members import ADDED_AT_ONCE, NewMember, let_invite, named, own_place
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.callbacks import ask, check
from tidings.domain.group.asking import Bounds, Verdict
from tidings.domain.group.happenings import JoinAsked
from tidings.domain.group.joining import Joined
from tidings.domain.group.kinds import Kind
from tidings.domain.group.requests import Answer, RequestRow
from tidings.errors import (
    BAD_SERVICE_REQUEST,
    GROUP_ACCOUNT_NOT_FOUND,
    OWN_GROUP_CODES,
    REFUSED_BY_APP,
    TOO_MANY_GROUP_ACCOUNTS,
)
from tidings.ids import GroupId, Position, UserId
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.group_pushes import GroupMessageDown
from tidings.wire.groups import MemberResult

REQUEST_PAGE = 100
WORDING_BYTES = 300
Wording = Annotated[str, Meta(max_length=WORDING_BYTES)]
STATUS = {Joined.WAITS: "WaitAdminApproval"}


class ApplyRequest(Request, frozen=True, kw_only=True):
    """A group that the caller wants to join."""

    group_id: GroupId = field(name="GroupId")
    text: Wording = field(name="ApplyMsg", default="")
    wants_past: int = field(name="HugeGroupHistoryMsgFlag", default=0)


class ApplyResponse(Response, kw_only=True):
    """JoinedSuccess, or WaitAdminApproval; of a live room, its key for attributes and the last messages."""

    status: str = field(name="JoinedStatus")
    huge: int | UnsetType = field(name="HugeGroupFlag", default=UNSET)
    key: str | UnsetType = field(name="AVChatRoomKey", default=UNSET)
    past: list[GroupMessageDown] | UnsetType = field(name="RspMsgList", default=UNSET)


class InviteRequest(Request, frozen=True, kw_only=True):
    """Accounts that the caller invites."""

    group_id: GroupId = field(name="GroupId")
    members: list[NewMember] = field(name="MemberList")


class InviteResponse(Response, kw_only=True):
    """What became of each account."""

    results: list[MemberResult] = field(name="MemberList")


class DecideRequest(Request, frozen=True, kw_only=True):
    """An answer to an application."""

    group_id: GroupId = field(name="GroupId")
    applicant: UserId = field(name="Applicant_Account")
    answer: Literal["Agree", "Reject"] = field(name="HandleMsg")
    wording: Wording = field(name="ApprovalMsg", default="")
    key: str = field(name="Authentication", default="")


class ApproveRequest(Request, frozen=True, kw_only=True):
    """An answer to a member's invitation."""

    group_id: GroupId = field(name="GroupId")
    inviter: UserId = field(name="Applicant_Account")
    invited: UserId = field(name="Invited_Account")
    answer: Literal["Agree", "Reject"] = field(name="HandleMsg")
    wording: Wording = field(name="ApprovalMsg", default="")
    key: str = field(name="Authentication", default="")


class ConsentRequest(Request, frozen=True, kw_only=True):
    """An answer of whom a member has invited."""

    group_id: GroupId = field(name="GroupId")
    inviter: UserId = field(name="Inviter_Account")
    answer: Literal["Agree", "Reject"] = field(name="HandleMsg")
    wording: Wording = field(name="ApprovalMsg", default="")
    key: str = field(name="Authentication", default="")


class RequestsRequest(Request, frozen=True, kw_only=True):
    """A page of requests that the caller may decide on."""

    start: Natural = field(name="StartTime", default=0)
    limit: Annotated[int, Meta(ge=1)] = field(name="Limit", default=REQUEST_PAGE)


class RequestDown(Struct):
    """A request: an application (0), or an invitation that waits for the invited (1) or for the group's admins (2)."""

    asker: str = field(name="From_Account")
    nick: str = field(name="FromUserNickName")
    face: str = field(name="FromUserFaceUrl")
    account: str = field(name="To_Account")
    group_id: str = field(name="GroupId")
    group_name: str = field(name="GroupName")
    kind: str = field(name="GroupType")
    stage: int = field(name="ApplicationType")
    wording: str = field(name="ApplyInviteMsg")
    key: str = field(name="Authentication")
    time: int = field(name="Time")
    handled: int = field(name="Handled")


class RequestsResponse(Response, kw_only=True):
    """Requests, oldest first; `next` goes on, 0 at the end."""

    items: list[RequestDown] = field(name="PendencyList")
    next: int = field(name="NextStartTime", default=0)
    open: int = field(name="UnreadPendencyCount", default=0)


@command("group_open_http_svc/apply_join_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def join(call: Call, request: ApplyRequest) -> ApplyResponse:
    """Join a group, or ask to."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    check(await ask(JoinAsked, group, call.account), REFUSED_BY_APP, OWN_GROUP_CODES)
    if group.kind is Kind.LIVE:
        past = live_rooms.enter(call, group, wants_past=request.wants_past == 1)
        return ApplyResponse(status="JoinedSuccess", huge=1, key=group.group_id, past=past)
    most = call.app.settings.joined_groups
    outcome = await call.rules.groups.asking.apply(group, call.account, request.text, most, call.instance)
    return ApplyResponse(status=STATUS.get(outcome, "JoinedSuccess"))


@command("group_open_http_svc/add_group_member", Door.SOCKET, BAD_SERVICE_REQUEST)
async def invite(call: Call, request: InviteRequest) -> InviteResponse:
    """Invite others into a group that the caller is in."""
    group, member = own_place(call, request.group_id)
    if len(request.members) > ADDED_AT_ONCE:
        raise TOO_MANY_GROUP_ACCOUNTS(count=len(request.members), limit=ADDED_AT_ONCE)
    accounts = await let_invite(group, await named(call, [each.account for each in request.members]))
    outcome = await call.rules.groups.asking.invite(group, member, accounts, _bounds(call))
    results = [MemberResult(each.account, outcome.get(each.account, Joined.REFUSED).value) for each in request.members]
    return InviteResponse(results=results)


@command("group_open_http_svc/handle_apply_join_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def decide(call: Call, request: DecideRequest) -> Done:
    """Decide on an application; also takes the consent of an invited caller, as clients send it from their lists."""
    rules = call.rules.groups
    group = rules.directory.get(call.app.sdk_app_id, request.group_id)
    applicant = await party(call, request.applicant, GROUP_ACCOUNT_NOT_FOUND)
    verdict = Verdict(request.answer == "Agree", request.key, request.wording)
    if rules.asking.is_invited(group, call.account, applicant):
        await rules.asking.consent(group, call.account, applicant, verdict, _bounds(call))
        return Done()
    _, member = own_place(call, request.group_id)
    await rules.asking.decide(group, member, (applicant, None), verdict, _bounds(call))
    return Done()


@command("group_open_http_svc/handle_invite_join_permission_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def approve(call: Call, request: ApproveRequest) -> Done:
    """Decide on a member's invitation."""
    group, member = own_place(call, request.group_id)
    inviter, invited = [await party(call, name, GROUP_ACCOUNT_NOT_FOUND) for name in (request.inviter, request.invited)]
    verdict = Verdict(request.answer == "Agree", request.key, request.wording)
    await call.rules.groups.asking.decide(group, member, (invited, inviter), verdict, _bounds(call))
    return Done()


@command("group_open_http_svc/handle_invite_join_group", Door.SOCKET, BAD_SERVICE_REQUEST)
async def consent(call: Call, request: ConsentRequest) -> Done:
    """Answer an invitation."""
    rules = call.rules.groups
    group = rules.directory.get(call.app.sdk_app_id, request.group_id)
    inviter = await party(call, request.inviter, GROUP_ACCOUNT_NOT_FOUND)
    verdict = Verdict(request.answer == "Agree", request.key, request.wording)
    await rules.asking.consent(group, call.account, inviter, verdict, _bounds(call))
    return Done()


@command("group_open_http_svc/get_pendency", Door.SOCKET, BAD_SERVICE_REQUEST)
async def list_requests(call: Call, request: RequestsRequest) -> RequestsResponse:
    """Return requests that the caller may decide on, and those answered lately: all groups but communities."""
    return await _page(call, request, is_community=False)


@command("million_group_open_http_svc/get_pendency", Door.SOCKET, BAD_SERVICE_REQUEST)
async def list_community_requests(call: Call, request: RequestsRequest) -> RequestsResponse:
    """Return requests that the caller may decide on, and those answered lately: communities."""
    return await _page(call, request, is_community=True)


async def _page(call: Call, request: RequestsRequest, *, is_community: bool) -> RequestsResponse:
    asking, limit = call.rules.groups.asking, min(request.limit, REQUEST_PAGE)
    rows = await asking.page(call.account, Position(request.start), limit + 1, is_community=is_community)
    return RequestsResponse(
        items=[_to_down(row, call.account) for row in rows[:limit]],
        next=rows[limit - 1].place if len(rows) > limit else 0,
        open=await asking.count_open(call.account, is_community=is_community),
    )


def _to_down(row: RequestRow, account: Account) -> RequestDown:
    request = row.request
    is_open = request.answer is Answer.NONE
    return RequestDown(
        row.asker_id,
        row.asker_nick,
        row.asker_face,
        row.account_id,
        row.group_id,
        row.group_name,
        row.kind.value,
        request.stage.value,
        request.wording,
        request.key,
        request.time,
        0 if is_open else 1 + (request.handler == account.number),
    )


def _bounds(call: Call) -> Bounds:
    settings = call.app.settings
    return Bounds(settings.joined_groups, settings.invitation_consent)
