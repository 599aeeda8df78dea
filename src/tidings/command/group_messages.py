"""group_open_http_svc: messages of groups (spec/rest/group_messages.yaml, spec/client/group_open_http_svc.yaml)."""

from typing import Annotated

import msgspec
from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.drafts import FIELD_FAULTS, Uint32, checked_body, party
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group, GroupId
from tidings.domain.group.kinds import Action
from tidings.domain.group.messages import GroupMessage, Mention, Priority
from tidings.domain.group.sending import GroupDraft, Sent
from tidings.domain.messages import Flag
from tidings.errors import (
    BAD_GROUP_REQUEST,
    GROUP_ACCOUNT_NOT_FOUND,
    GROUP_MESSAGE_TOO_LONG,
    GROUP_RIGHT_MISSING,
    NO_GROUP_HISTORY,
    TOO_MANY_GROUP_ACCOUNTS,
    TOO_MANY_MENTIONS,
)
from tidings.ids import NO_INSTANCE, AccountNumber, InstanceId, UserId
from tidings.view.groups import RECALLED_PLACE, to_elements, to_group_message_down
from tidings.wire.envelope import ABSENT, Request, Response, is_present
from tidings.wire.group_pushes import GroupMessageDown
from tidings.wire.push_info import check_push_info

PRIORITIES = {"High": 1, "Normal": 2, "Low": 3, "Lowest": 4}
TARGETS = 50
MENTIONS = 30
CONTROLS = {"NoUnread": Flag.NO_UNREAD, "NoLastMsg": Flag.NO_LAST}
DROPPED = "MsgFreqCtrl"
ADMIN_PAGE, USER_PAGE = 20, 100
GONE_PLACE = 1
NO_BODY = msgspec.Raw(b"[]")


class MentionUp(msgspec.Struct, frozen=True):
    """Somebody who is mentioned, or everybody."""

    is_all: int = field(name="GroupAtAllFlag")
    account: UserId = field(name="GroupAt_Account", default=UserId(""))


class GroupSendRequest(Request, frozen=True, kw_only=True):
    """A message for a group; `client_seq` and `client_time` come from clients only."""

    group_id: GroupId = field(name="GroupId")
    random: Uint32 = field(name="Random")
    body: msgspec.Raw = field(name="MsgBody")
    priority: str = field(name="MsgPriority", default="Normal")
    from_account: UserId | None = field(name="From_Account", default=None)
    push: msgspec.Raw = field(name="OfflinePushInfo", default=ABSENT)
    forbid_callbacks: list[str] = field(name="ForbidCallbackControl", default_factory=list)
    online_only: int = field(name="OnlineOnlyFlag", default=0)
    control: list[str] = field(name="SendMsgControl", default_factory=list)
    custom_data: str = field(name="CloudCustomData", default="")
    support_extension: int = field(name="SupportMessageExtension", default=0)
    targets: list[UserId] = field(name="To_Account", default_factory=list)
    mentions: list[MentionUp] = field(name="GroupAtInfo", default_factory=list)
    topic_id: GroupId = field(name="TopicId", default=GroupId(""))
    need_read_receipt: int = field(name="NeedReadReceipt", default=0)
    client_seq: Uint32 = field(name="ClientSeq", default=0)
    client_time: Uint32 | None = field(name="MsgClientTime", default=None)


class GroupSendResponse(Response, kw_only=True, omit_defaults=True):
    """The message's time and place; `drop_reason` says why nobody gets it."""

    action_status: str = field(name="ActionStatus")
    error_code: int = field(name="ErrorCode")
    error_info: str = field(name="ErrorInfo")
    time: int = field(name="MsgTime")
    seq: int = field(name="MsgSeq")
    drop_reason: str = field(name="MsgDropReason", default="")


class GroupHistoryRequest(Request, frozen=True, kw_only=True):
    """A page of a group's history, newest first, from a sequence downwards."""

    group_id: GroupId = field(name="GroupId")
    count: Annotated[int, Meta(ge=1)] = field(name="ReqMsgNumber")
    up_to: Annotated[int, Meta(ge=0)] | None = field(name="ReqMsgSeq", default=None)
    with_recalled: int = field(name="WithRecalledMsg", default=0)
    topic_id: GroupId = field(name="TopicId", default=GroupId(""))


class AdminGroupMessage(msgspec.Struct, omit_defaults=True, kw_only=True):
    """A message of a group's history as an app admin gets it; `place` 1: nothing is left of it."""

    from_account: str = field(name="From_Account")
    place: int = field(name="IsPlaceMsg")
    body: msgspec.Raw = field(name="MsgBody")
    priority: int = field(name="MsgPriority")
    random: int = field(name="MsgRandom")
    seq: int = field(name="MsgSeq")
    time: int = field(name="MsgTimeStamp")
    is_system: int = field(name="IsSystemMsg", default=0)
    custom_data: str = field(name="CloudCustomData", default="")


class AdminHistoryResponse(Response, kw_only=True):
    """Messages, newest first; `is_finished` 1: the whole range is here, 0: it is not."""

    group_id: str = field(name="GroupId")
    is_finished: int = field(name="IsFinished")
    messages: list[AdminGroupMessage] = field(name="RspMsgList")


class UserHistoryResponse(Response, kw_only=True):
    """Messages, newest first; `next_seq` 0: there is nothing older."""

    is_finished: int = field(name="IsFinished")
    messages: list[GroupMessageDown] = field(name="RspMsgList")
    next_seq: int = field(name="NextReqMsgSeq")


@command("group_open_http_svc/send_group_msg", Door.REST, BAD_GROUP_REQUEST, bad_fields=FIELD_FAULTS)
async def send(call: Call, request: GroupSendRequest) -> GroupSendResponse:
    """Send into a group in anybody's name; the sender need not be a member."""
    sender = call.account
    if request.from_account is not None:
        sender = await party(call, request.from_account, GROUP_ACCOUNT_NOT_FOUND)
    return await _send(call, request, sender, is_admin=True)


@command("group_open_http_svc/send_group_msg", Door.SOCKET, BAD_GROUP_REQUEST, bad_fields=FIELD_FAULTS)
async def send_own(call: Call, request: GroupSendRequest) -> GroupSendResponse:
    """Send into a group that the caller is in."""
    sender = call.account
    if request.from_account and request.from_account != sender.user_id:
        raise GROUP_RIGHT_MISSING(detail=f"{request.from_account!r} is not {sender.user_id!r}, who is logged in")
    return await _send(call, request, sender, is_admin=False, source=call.instance)


async def _send(
    call: Call, request: GroupSendRequest, sender: Account, *, is_admin: bool, source: InstanceId = NO_INSTANCE
) -> GroupSendResponse:
    rules = call.rules.groups
    group = rules.directory.get(call.app.sdk_app_id, request.topic_id or request.group_id)
    body = checked_body(call, request.body, request.custom_data, GROUP_MESSAGE_TOO_LONG)
    draft = GroupDraft(group, sender, request.random, body, is_admin=is_admin, source=source)
    draft.client_seq, draft.client_time = request.client_seq, request.client_time
    draft.priority = PRIORITIES.get(request.priority, Priority.NORMAL)
    draft.custom_data = request.custom_data
    if is_present(request.push):
        draft.push = check_push_info(memoryview(request.push))
    draft.is_online_only = request.online_only > 0
    draft.flags = _flags(request)
    draft.mentions = _mentions(group, request)
    if request.targets:
        draft.targets = await _targets(call, group, request.targets)
    sent = await rules.sending.send(draft, call.app.settings.group_messages_per_second)
    return _to_response(sent)


def _to_response(sent: Sent) -> GroupSendResponse:
    return GroupSendResponse(
        action_status="OK",
        error_code=0,
        error_info="",
        time=sent.time,
        seq=sent.seq,
        drop_reason=DROPPED if sent.is_dropped else "",
    )


def _flags(request: GroupSendRequest) -> int:
    flags = 0
    for name in request.control:
        flags |= CONTROLS.get(name, 0)
    if request.control and request.online_only > 0:
        raise BAD_GROUP_REQUEST(detail="SendMsgControl and OnlineOnlyFlag exclude each other")
    if request.need_read_receipt:
        flags |= Flag.RECEIPT_WANTED
    if request.support_extension:
        flags |= Flag.EXTENSIBLE
    return int(flags)


def _mentions(group: Group, request: GroupSendRequest) -> tuple[Mention, ...]:
    if not request.mentions:
        return ()
    if len(request.mentions) > MENTIONS:
        raise TOO_MANY_MENTIONS(count=len(request.mentions), limit=MENTIONS)
    if any(each.is_all for each in request.mentions) and not group.traits.rights[Action.MENTION_ALL]:
        raise GROUP_RIGHT_MISSING(detail=f"in a group of type {group.kind.value} nobody may {Action.MENTION_ALL.value}")
    return tuple(Mention(UserId("") if each.is_all else each.account) for each in request.mentions)


async def _targets(call: Call, group: Group, names: list[UserId]) -> tuple[AccountNumber, ...]:
    """Return the members that a message is for; raises 10007 where the group's type has no such messages."""
    if not group.traits.takes_targets:
        raise GROUP_RIGHT_MISSING(detail=f"a group of type {group.kind.value} has no messages for some members")
    if len(names) > TARGETS:
        raise TOO_MANY_GROUP_ACCOUNTS(count=len(names), limit=TARGETS)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, names)
    return tuple(account.number for account in found.values())


@command("group_open_http_svc/group_msg_get_simple", Door.REST, BAD_GROUP_REQUEST)
async def get_history(call: Call, request: GroupHistoryRequest) -> AdminHistoryResponse:
    """Return a page of a group's history; sequences of which nothing is left have placeholders."""
    group = _kept_group(call, request)
    up_to = min(group.last_seq if request.up_to is None else request.up_to, group.last_seq)
    count = min(request.count, ADMIN_PAGE)
    found = {m.seq: m for m in await call.rules.groups.messages.page(group.number, up_to, count)}
    seqs = range(up_to, max(up_to - count, 0), -1)
    shown = [_to_admin_message(seq, found.get(seq)) for seq in seqs]
    if request.with_recalled != 1:
        shown = [each for each in shown if each.place != RECALLED_PLACE]
    return AdminHistoryResponse(group_id=group.group_id, is_finished=int(count == request.count), messages=shown)


@command("group_open_http_svc/group_msg_get", Door.SOCKET, BAD_GROUP_REQUEST)
async def get_own_history(call: Call, request: GroupHistoryRequest) -> UserHistoryResponse:
    """Return a page of the history of a group that the caller is in, as far as the caller may see it."""
    group = _kept_group(call, request)
    member = call.rules.groups.directory.get_member(group, call.account.number, call.account.user_id)
    first = 0 if group.traits.shows_past else member.joined_seq
    up_to = min(request.up_to or group.last_seq, group.last_seq)
    count = min(request.count, USER_PAGE)
    found = await call.rules.groups.messages.page(group.number, up_to, count)
    shown = [m for m in found if m.seq > first and _may_see(m, call.account)]
    oldest = up_to - count
    next_seq = oldest if oldest > first else 0
    messages = [to_group_message_down(group, message) for message in shown]
    return UserHistoryResponse(is_finished=1 if next_seq else 2, messages=messages, next_seq=next_seq)


def _kept_group(call: Call, request: GroupHistoryRequest) -> Group:
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.topic_id or request.group_id)
    if not group.traits.keeps_messages:
        raise NO_GROUP_HISTORY(kind=group.kind.value)
    return group


def _may_see(message: GroupMessage, viewer: Account) -> bool:
    return not message.targets or viewer.number in {*message.targets, message.sender}


def _to_admin_message(seq: int, message: GroupMessage | None) -> AdminGroupMessage:
    """Return a message, or the placeholder of one that is gone."""
    if message is None:
        return AdminGroupMessage(
            from_account="", place=GONE_PLACE, body=NO_BODY, priority=Priority.NORMAL, random=0, seq=seq, time=0
        )
    return AdminGroupMessage(
        from_account=message.sender_id,
        place=RECALLED_PLACE if message.flags & Flag.RECALLED else 0,
        body=to_elements(message),
        priority=int(message.priority),
        random=message.random,
        seq=seq,
        time=message.time,
        is_system=int(message.is_tip),
        custom_data=message.custom_data,
    )
