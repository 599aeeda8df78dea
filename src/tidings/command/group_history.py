"""group_open_http_svc: history of groups, recall, deletion (spec/rest/group_messages.yaml).

Commands of clients are in spec/client/group_open_http_svc.yaml and openim.yaml.
"""

from typing import Annotated

import msgspec
from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.drafts import Natural, check_size, checked_body, party
from tidings.command.group_life import GroupRequest
from tidings.command.registry import Door, command
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.history import Place
from tidings.domain.group.messages import GroupMessage, Priority
from tidings.domain.history import DAY_S, Change
from tidings.domain.messages import Flag
from tidings.errors import (
    BAD_MESSAGE_JSON,
    BAD_SERVICE_REQUEST,
    GROUP_ACCOUNT_NOT_FOUND,
    GROUP_RIGHT_MISSING,
    MESSAGE_TOO_LONG,
    TidingsError,
)
from tidings.ids import NO_INSTANCE, GroupId, UserId
from tidings.view.groups import RECALLED_PLACE, to_elements, to_group_message_down, to_place_down
from tidings.wire.envelope import ABSENT, Done, Request, Response, is_present
from tidings.wire.group_pushes import GroupMessageDown
from tidings.wire.pushes import RevokerInfo

ADMIN_PAGE, USER_PAGE = 20, 100
GONE_PLACE = 1
COMPLETE, PARTLY, EXPIRED, NOTHING_OLDER = 1, 0, 2, 2
RECALLED_AT_ONCE = 10
REASON_BYTES = 100
NO_BODY = msgspec.Raw(b"[]")
NO_TOPIC = GroupId("")
# Where a client gives milliseconds for seconds.
MILLISECONDS_FROM = 100_000_000_000


class HistoryRequest(Request, frozen=True, kw_only=True):
    """A page of a group's history, newest first, from a sequence downwards."""

    group_id: GroupId = field(name="GroupId")
    count: Annotated[int, Meta(ge=1)] = field(name="ReqMsgNumber")
    up_to: Natural | None = field(name="ReqMsgSeq", default=None)
    with_recalled: int = field(name="WithRecalledMsg", default=0)
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class OwnHistoryRequest(Request, frozen=True, kw_only=True):
    """A page of a group's history, newest first, from a sequence downwards; or messages by their sequences."""

    group_id: GroupId = field(name="GroupId")
    count: Annotated[int, Meta(ge=1)] = field(name="ReqMsgNumber", default=20)
    up_to: Natural | None = field(name="ReqMsgSeq", default=None)
    with_recalled: int = field(name="WithRecalledMsg", default=1)
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)
    kind: int = field(name="GetType", default=0)
    seqs: list[Natural] = field(name="ReqMsgSeqList", default_factory=list)


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
    """Messages, newest first; `is_finished` 1: all that was asked for, 0: not all, 2: and all of it has expired."""

    group_id: str = field(name="GroupId")
    is_finished: int = field(name="IsFinished")
    messages: list[AdminGroupMessage] = field(name="RspMsgList")


class UserHistoryResponse(Response, kw_only=True):
    """Messages, newest first; `next_seq` 0: there is nothing older."""

    group_id: str = field(name="GroupId")
    is_finished: int = field(name="IsFinished")
    messages: list[GroupMessageDown] = field(name="RspMsgList")
    next_seq: int = field(name="NextReqMsgSeq")


class SeqItem(msgspec.Struct, frozen=True):
    """A message by its sequence."""

    seq: Natural = field(name="MsgSeq")


class RecallRequest(Request, frozen=True, kw_only=True):
    """Messages to take back."""

    group_id: GroupId = field(name="GroupId")
    seqs: list[SeqItem] = field(name="MsgSeqList")
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)
    reason: str = field(name="Reason", default="")


class RecallResult(msgspec.Struct):
    """What became of one message: 0 recalled."""

    seq: int = field(name="MsgSeq")
    code: int = field(name="RetCode")


class RecallResponse(Response, kw_only=True):
    """One row for each message."""

    results: list[RecallResult] = field(name="RecallRetList")


class ModifyRequest(Request, frozen=True, kw_only=True):
    """New content of a message."""

    group_id: GroupId = field(name="GroupId")
    seq: Natural = field(name="MsgSeq")
    body: msgspec.Raw = field(name="MsgBody", default=ABSENT)
    custom_data: str | None = field(name="CloudCustomData", default=None)
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class OwnModifyRequest(ModifyRequest, frozen=True, kw_only=True):
    """New content of a message that the client knows at a version."""

    version: int | None = field(name="MsgVersion", default=None)


class ModifyResponse(Response, kw_only=True):
    """The message as it is now."""

    version: int = field(name="MsgVersion")
    body: msgspec.Raw = field(name="MsgBody")
    custom_data: str = field(name="CloudCustomData")


class HideRequest(Request, frozen=True, kw_only=True):
    """Messages to delete from one's own view."""

    group_id: GroupId = field(name="GroupId")
    seqs: list[Natural] = field(name="Seqs")
    deleter: UserId = field(name="Deleter_Account", default=UserId(""))
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class SenderRequest(Request, frozen=True, kw_only=True):
    """A sender whose recent messages go."""

    group_id: GroupId = field(name="GroupId")
    sender: UserId = field(name="Sender_Account")
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class ClearRequest(GroupRequest, frozen=True, kw_only=True):
    """A history to clear, whole or up to a sequence."""

    seq: Natural | None = field(name="MsgSeq", default=None)


class NoticeQuery(msgspec.Struct, frozen=True):
    """A group whose recalls are wanted, from a time on."""

    group_id: GroupId = field(name="GroupId")
    begin: Natural = field(name="BeginTime", default=0)


class NoticeRequest(Request, frozen=True, kw_only=True):
    """A group whose recalls are wanted, from a time on."""

    group_id: GroupId = field(name="GroupId")
    begin: Natural = field(name="BeginTime", default=0)


class NoticesRequest(Request, frozen=True, kw_only=True):
    """Groups whose recalls are wanted."""

    groups: list[NoticeQuery] = field(name="NotifyReqList", default_factory=list)


class NoticeItem(msgspec.Struct):
    """A message that was recalled."""

    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    revoker: RevokerInfo = field(name="RevokerInfo")


class NoticeResponse(Response, kw_only=True):
    """What was recalled in a group; `next_time` 0: this is all."""

    items: list[NoticeItem] = field(name="NotifyMsgList")
    next_time: int = field(name="NextMsgTime", default=0)


class NoticeRow(msgspec.Struct):
    """What was recalled in one group."""

    group_id: str = field(name="GroupId")
    items: list[NoticeItem] = field(name="NotifyMsgList")
    next_time: int = field(name="NextMsgTime", default=0)


class NoticesResponse(Response, kw_only=True):
    """One row for each group that the caller is in."""

    groups: list[NoticeRow] = field(name="NotifyRspList")


def own_place(call: Call, group_id: GroupId, topic_id: GroupId = NO_TOPIC) -> tuple[Group, Member]:
    """Return a group, or one of its topics, and what the caller is in it; raises 10007 if it is not in it."""
    directory = call.rules.groups.directory
    group = directory.get_topic(call.app.sdk_app_id, group_id, topic_id)
    return group, directory.get_member(group, call.account.number, call.account.user_id)


def history_s(call: Call) -> int:
    """Return how long the app's messages are kept."""
    return call.app.settings.history_days * DAY_S


@command("group_open_http_svc/group_msg_get_simple", Door.REST, BAD_SERVICE_REQUEST)
async def get_history(call: Call, request: HistoryRequest) -> AdminHistoryResponse:
    """Return a page of a group's history; sequences of which nothing is left have placeholders."""
    rules = call.rules.groups
    group = rules.directory.get_topic(call.app.sdk_app_id, request.group_id, request.topic_id)
    count = min(request.count, ADMIN_PAGE)
    page = await rules.history.page(group, None, request.up_to, count, history_s=history_s(call))
    shown = [_to_admin_message(*place) for place in page.places]
    if request.with_recalled != 1:
        shown = [each for each in shown if each.place != RECALLED_PLACE]
    finished = COMPLETE
    if count < request.count and page.next_seq:
        finished = PARTLY if any(message for _, message in page.places) else EXPIRED
    return AdminHistoryResponse(group_id=request.group_id, is_finished=finished, messages=shown)


@command("group_open_http_svc/group_msg_get", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_own_history(call: Call, request: OwnHistoryRequest) -> UserHistoryResponse:
    """Return a page of the history of a group that the caller is in, as far as the caller may see it."""
    group, member = own_place(call, request.group_id, request.topic_id)
    history = call.rules.groups.history
    if request.seqs:
        places = await history.named(group, member, request.seqs[:USER_PAGE], history_s=history_s(call))
        next_seq = 0
    else:
        count = min(request.count, USER_PAGE)
        page = await history.page(group, member, request.up_to or None, count, history_s=history_s(call))
        places, next_seq = page.places, page.next_seq
    return UserHistoryResponse(
        group_id=request.group_id,
        is_finished=COMPLETE if next_seq else NOTHING_OLDER,
        messages=[_to_down(group, place) for place in places if request.with_recalled == 1 or not _is_recalled(place)],
        next_seq=next_seq,
    )


@command("group_open_http_svc/group_msg_recall", Door.REST, BAD_SERVICE_REQUEST)
async def recall(call: Call, request: RecallRequest) -> RecallResponse:
    """Take messages back, whatever their age."""
    group = call.rules.groups.directory.get_topic(call.app.sdk_app_id, request.group_id, request.topic_id)
    return await _recall(call, group, request, None)


@command("group_open_http_svc/group_msg_recall", Door.SOCKET, BAD_SERVICE_REQUEST)
async def recall_own(call: Call, request: RecallRequest) -> RecallResponse:
    """Take messages back: own ones, and as a leader of the group those of others."""
    group, member = own_place(call, request.group_id, request.topic_id)
    return await _recall(call, group, request, member)


@command("openim/modify_group_msg", Door.REST, BAD_MESSAGE_JSON)
async def modify(call: Call, request: ModifyRequest) -> Done:
    """Change a message of any group."""
    group = call.rules.groups.directory.get_topic(call.app.sdk_app_id, request.group_id, request.topic_id)
    change = _to_change(call, request, None)
    await call.rules.groups.history.modify(group, request.seq, None, change, NO_INSTANCE)
    return Done()


@command("openim/modify_group_msg", Door.SOCKET, BAD_MESSAGE_JSON)
async def modify_own(call: Call, request: OwnModifyRequest) -> ModifyResponse:
    """Change a message of a group that the caller is in."""
    group, member = own_place(call, request.group_id, request.topic_id)
    change = _to_change(call, request, request.version)
    message = await call.rules.groups.history.modify(group, request.seq, member, change, call.instance)
    return ModifyResponse(version=message.version, body=msgspec.Raw(message.body), custom_data=message.custom_data)


@command("group_open_http_svc/delete_group_ramble_msg_by_seq", Door.SOCKET, BAD_SERVICE_REQUEST)
async def hide(call: Call, request: HideRequest) -> Done:
    """Delete messages from the caller's own view; others still see them."""
    if request.deleter and request.deleter != call.account.user_id:
        raise GROUP_RIGHT_MISSING(detail=f"{request.deleter!r} is not {call.account.user_id!r}, who is logged in")
    group, member = own_place(call, request.group_id, request.topic_id)
    await call.rules.groups.history.hide(group, member, request.seqs)
    return Done()


@command("group_open_http_svc/delete_group_msg_by_sender", Door.REST, BAD_SERVICE_REQUEST)
async def recall_by_sender(call: Call, request: SenderRequest) -> Done:
    """Take back what somebody sent of late; nobody is told."""
    group = call.rules.groups.directory.get_topic(call.app.sdk_app_id, request.group_id, request.topic_id)
    sender = await party(call, request.sender, GROUP_ACCOUNT_NOT_FOUND)
    await call.rules.groups.history.recall_silently(group, sender.number, call.account.user_id)
    return Done()


@command("group_open_http_svc/clear_group_msg", Door.REST, BAD_SERVICE_REQUEST)
async def clear(call: Call, request: ClearRequest) -> Done:
    """Take a history out of all members' view."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    await call.rules.groups.history.clear(group, request.seq)
    return Done()


@command("group_open_http_svc/get_group_notify", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_notices(call: Call, request: NoticeRequest) -> NoticeResponse:
    """Return what was recalled in a group that the caller is in."""
    group, _ = own_place(call, request.group_id)
    return NoticeResponse(items=await _recalls(call, group, request.begin))


@command("group_open_http_svc/batch_get_group_notify", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_all_notices(call: Call, request: NoticesRequest) -> NoticesResponse:
    """Return what was recalled in groups; those that the caller is not in are left out."""
    rows = []
    for each in request.groups:
        try:
            group, _ = own_place(call, each.group_id)
        except TidingsError:
            continue
        rows.append(NoticeRow(group.group_id, await _recalls(call, group, each.begin)))
    return NoticesResponse(groups=rows)


async def _recall(call: Call, group: Group, request: RecallRequest, actor: Member | None) -> RecallResponse:
    if not 1 <= len(request.seqs) <= RECALLED_AT_ONCE:
        raise BAD_SERVICE_REQUEST(detail=f"MsgSeqList has {len(request.seqs)} messages, 1 to {RECALLED_AT_ONCE} may")
    if (size := len(request.reason.encode())) > REASON_BYTES:
        raise BAD_SERVICE_REQUEST(detail=f"Reason has {size} bytes, at most {REASON_BYTES} are allowed")
    seqs = [each.seq for each in request.seqs]
    window_s, by = call.app.settings.recall_seconds, call.account.user_id
    outcome = await call.rules.groups.history.recall(group, seqs, actor, by, request.reason, window_s=window_s)
    return RecallResponse(
        results=[RecallResult(seq, 0 if error is None else error.code) for seq, error in outcome.items()]
    )


async def _recalls(call: Call, group: Group, begin: int) -> list[NoticeItem]:
    since = begin // 1000 if begin > MILLISECONDS_FROM else begin
    found = await call.rules.groups.history.recalls(group, since)
    return [NoticeItem(m.seq, m.random, RevokerInfo(m.revoker_id, m.reason)) for m in found]


def _to_change(call: Call, request: ModifyRequest, version: int | None) -> Change:
    custom = request.custom_data or ""
    if not is_present(request.body):
        check_size(call, 0, custom, MESSAGE_TOO_LONG)
        return Change(None, request.custom_data, version)
    body = checked_body(call, request.body, custom, MESSAGE_TOO_LONG)
    return Change(body, request.custom_data, version)


def _is_recalled(place: Place) -> bool:
    message = place[1]
    return message is not None and bool(message.flags & Flag.RECALLED)


def _to_down(group: Group, place: Place) -> GroupMessageDown:
    seq, message = place
    return to_place_down(group, seq) if message is None else to_group_message_down(group, message)


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
