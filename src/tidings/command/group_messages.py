"""group_open_http_svc: messages of groups (spec/rest/group_messages.yaml, spec/client/group_open_http_svc.yaml)."""

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.drafts import FIELD_FAULTS, UNSCREENED, Uint32, checked_body, party
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Action, Kind
from tidings.domain.group.messages import Mention, Priority
from tidings.domain.group.receipts import check_receipts
from tidings.domain.group.sending import GroupDraft, Sent
from tidings.domain.messages import Flag
from tidings.errors import (
    BAD_SERVICE_REQUEST,
    GROUP_ACCOUNT_NOT_FOUND,
    GROUP_RIGHT_MISSING,
    MESSAGE_TOO_LONG,
    NO_ONLINE_RECEIPTS,
    TOO_MANY_GROUP_ACCOUNTS,
    TOO_MANY_MENTIONS,
    TidingsError,
)
from tidings.ids import NO_INSTANCE, AccountNumber, GroupId, InstanceId, UserId
from tidings.wire.envelope import ABSENT, Request, Response, is_present
from tidings.wire.push_info import check_push_info

PRIORITIES = {
    "High": Priority.HIGH,
    "Normal": Priority.NORMAL,
    "Low": Priority.LOW,
    "Lowest": Priority.LOWEST,
    "": Priority.NORMAL,
}
TARGETS = 50
MENTIONS = 30
CONTROLS = {"NoUnread": Flag.NO_UNREAD, "NoLastMsg": Flag.NO_LAST}
DROPPED = "MsgFreqCtrl"


class MentionUp(msgspec.Struct, frozen=True):
    """Somebody who is mentioned, or everybody."""

    is_all: int = field(name="GroupAtAllFlag")
    account: UserId = field(name="GroupAt_Account", default=UserId(""))


class GroupSendRequest(Request, frozen=True, kw_only=True):
    """A message for a group."""

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


class OwnSendRequest(GroupSendRequest, frozen=True, kw_only=True):
    """A message of a client, which numbers and dates it."""

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


@command("group_open_http_svc/send_group_msg", Door.REST, BAD_SERVICE_REQUEST, bad_fields=FIELD_FAULTS)
async def send(call: Call, request: GroupSendRequest) -> GroupSendResponse:
    """Send into a group in anybody's name; the sender need not be a member."""
    sender = call.account
    if request.from_account is not None:
        sender = await party(call, request.from_account, GROUP_ACCOUNT_NOT_FOUND)
    return await _send(call, request, sender, is_admin=True)


@command("group_open_http_svc/send_group_msg", Door.SOCKET, BAD_SERVICE_REQUEST, bad_fields=FIELD_FAULTS)
async def send_own(call: Call, request: OwnSendRequest) -> GroupSendResponse:
    """Send into a group that the caller is in."""
    sender = call.account
    if request.from_account and request.from_account != sender.user_id:
        raise GROUP_RIGHT_MISSING(detail=f"{request.from_account!r} is not {sender.user_id!r}, who is logged in")
    return await _send(call, request, sender, is_admin=False, source=call.instance)


async def _send(
    call: Call, request: GroupSendRequest, sender: Account, *, is_admin: bool, source: InstanceId = NO_INSTANCE
) -> GroupSendResponse:
    rules = call.rules.groups
    group = rules.directory.get_topic(call.app.sdk_app_id, request.group_id, request.topic_id)
    is_screened = not (is_admin and UNSCREENED in request.control)
    draft = GroupDraft(group, sender, request.random, bytes(request.body), is_admin=is_admin, source=source)
    try:
        draft.body = checked_body(call, request.body, request.custom_data, MESSAGE_TOO_LONG, is_screened=is_screened)
    except TidingsError as error:
        rules.sending.unsent(draft, error)
        raise
    if isinstance(request, OwnSendRequest):
        draft.client_seq, draft.client_time = request.client_seq, request.client_time
    draft.priority = _priority(request.priority)
    draft.custom_data = request.custom_data
    if is_present(request.push):
        draft.push = check_push_info(memoryview(request.push))
    draft.is_online_only = request.online_only > 0
    draft.flags = _flags(group, request)
    draft.mentions = _mentions(group, request)
    if request.targets:
        if request.mentions and not is_admin:
            raise BAD_SERVICE_REQUEST(detail="a message for some members mentions nobody: leave GroupAtInfo out")
        draft.targets = await _targets(call, group, request.targets)
        draft.flags |= Flag.TARGETED | Flag.NO_UNREAD
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


def _priority(name: str) -> int:
    if name not in PRIORITIES:
        raise BAD_SERVICE_REQUEST(detail=f"MsgPriority {name!r} is none of {', '.join(filter(None, PRIORITIES))}")
    return PRIORITIES[name]


def _flags(group: Group, request: GroupSendRequest) -> int:
    flags = 0
    for name in request.control:
        flags |= CONTROLS.get(name, 0)
    if flags:
        _check_control(group, request, flags)
    if request.need_read_receipt:
        check_receipts(group)
        if request.online_only > 0:
            raise NO_ONLINE_RECEIPTS()
        flags |= Flag.RECEIPT_WANTED
    if request.support_extension:
        flags |= Flag.EXTENSIBLE
    return int(flags)


def _check_control(group: Group, request: GroupSendRequest, flags: int) -> None:
    """Refuse what has no meaning: for who is online only, and where nothing is kept or counted."""
    if request.online_only > 0:
        raise BAD_SERVICE_REQUEST(detail="SendMsgControl and OnlineOnlyFlag exclude each other")
    if not group.traits.keeps_messages or (flags & Flag.NO_UNREAD and not group.traits.counts_unread):
        raise BAD_SERVICE_REQUEST(detail=f"SendMsgControl {request.control}: not in a group of type {group.kind.value}")


def _mentions(group: Group, request: GroupSendRequest) -> tuple[Mention, ...]:
    if not request.mentions:
        return ()
    if len(request.mentions) > MENTIONS:
        raise TOO_MANY_MENTIONS(count=len(request.mentions), limit=MENTIONS)
    # In communities permission groups may give the right, so the domain decides there.
    is_open = group.traits.rights[Action.MENTION_ALL] or group.kind in {Kind.COMMUNITY, Kind.TOPIC}
    if any(each.is_all for each in request.mentions) and not is_open:
        raise GROUP_RIGHT_MISSING(detail=f"in a group of type {group.kind.value} nobody may {Action.MENTION_ALL.value}")
    return tuple(Mention(UserId("") if each.is_all else each.account) for each in request.mentions)


async def _targets(call: Call, group: Group, names: list[UserId]) -> tuple[AccountNumber, ...]:
    """Return the members that a message is for; raises 10007 where the group's type has no such messages."""
    if not group.traits.takes_targets:
        raise GROUP_RIGHT_MISSING(detail=f"a group of type {group.kind.value} has no messages for some members")
    if len(names) > TARGETS:
        raise TOO_MANY_GROUP_ACCOUNTS(count=len(names), limit=TARGETS)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, names)
    for name in names:
        if name not in found:
            raise GROUP_ACCOUNT_NOT_FOUND(user_id=name)
    return tuple(account.number for account in found.values())
