"""group_open_http_svc: reading groups, receipts, pins (spec/rest/group_messages.yaml, spec/client)."""

from typing import Annotated

import msgspec
from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.cursors import after_cursor
from tidings.command.drafts import Natural, party
from tidings.command.group_history import NO_TOPIC, SeqItem, own_place
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group, Member
from tidings.errors import BAD_SERVICE_REQUEST, GROUP_ACCOUNT_NOT_FOUND, GROUP_RIGHT_MISSING, NO_RECEIPT
from tidings.ids import NO_INSTANCE, AccountNumber, GroupId, UserId
from tidings.wire.envelope import Done, Request, Response

NOBODY = UserId("")
HAVE_READ, HAVE_NOT = 0, 1
LAST_PAGE = "0"


class ReadRequest(Request, frozen=True, kw_only=True):
    """A group that the caller has read up to a sequence."""

    group_id: GroupId = field(name="GroupId")
    seq: Natural = field(name="MsgReadedSeq")
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class UnreadRequest(Request, frozen=True, kw_only=True):
    """How many messages a member has still to read."""

    group_id: GroupId = field(name="GroupId")
    member: UserId = field(name="Member_Account")
    count: Natural = field(name="UnreadMsgNum")


class SeqsRequest(Request, frozen=True, kw_only=True):
    """Messages of a group."""

    group_id: GroupId = field(name="GroupId")
    seqs: list[SeqItem] = field(name="MsgSeqList")


class ReceiptRequest(SeqsRequest, frozen=True, kw_only=True):
    """Messages that a member has read."""

    from_account: UserId = field(name="From_Account")


class CountRow(msgspec.Struct):
    """How many have read a message and how many have not; `code` 10062: it asked for no receipts."""

    seq: int = field(name="MsgSeq")
    code: int = field(name="Code")
    read: int = field(name="ReadNum")
    unread: int = field(name="UnreadNum")


class CountsResponse(Response, kw_only=True):
    """One row for each message."""

    rows: list[CountRow] = field(name="GroupMsgReceiptList")


class ReadersRequest(Request, frozen=True, kw_only=True):
    """Who has read a message, or has not."""

    group_id: GroupId = field(name="GroupId")
    seq: Natural = field(name="MsgSeq")
    filter: Annotated[int, Meta(ge=0, le=1)] = field(name="Filter")
    cursor: str = field(name="Cursor")
    count: Annotated[int, Meta(ge=1)] = field(name="Count")


class OwnReadersRequest(Request, frozen=True, kw_only=True):
    """Who has read a message, or has not; the client's names differ."""

    group_id: GroupId = field(name="GroupId")
    seq: Natural = field(name="MsgSeq")
    filter: Annotated[int, Meta(ge=0, le=1)] = field(name="Flag", default=HAVE_READ)
    cursor: str | int = field(name="Cursor", default="")
    count: Natural = field(name="Num", default=100)


class Reader(msgspec.Struct):
    """A member who has read."""

    account: str = field(name="Read_Account")


class NoReader(msgspec.Struct):
    """A member who has not read."""

    account: str = field(name="Unread_Account")


class ReadersResponse(Response, kw_only=True, omit_defaults=True):
    """A page of members; which of the lists is there says what was asked."""

    action_status: str = field(name="ActionStatus")
    error_code: int = field(name="ErrorCode")
    error_info: str = field(name="ErrorInfo")
    is_finish: int = field(name="IsFinish")
    is_finished: int = field(name="IsFinished")
    cursor: str = field(name="Cursor")
    seq: int = field(name="MsgSeq")
    readers: list[Reader] | msgspec.UnsetType = field(name="ReadList", default=msgspec.UNSET)
    others: list[NoReader] | msgspec.UnsetType = field(name="UnreadList", default=msgspec.UNSET)


class PinRequest(Request, frozen=True, kw_only=True):
    """A message to pin."""

    group_id: GroupId = field(name="GroupId")
    seq: Annotated[int, Meta(ge=1, le=0xFFFFFFFF)] = field(name="MsgSeq")
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)
    pinner: UserId = field(name="Pinner_Account", default=NOBODY)


class UnpinRequest(Request, frozen=True, kw_only=True):
    """A message whose pin goes."""

    group_id: GroupId = field(name="GroupId")
    seq: Annotated[int, Meta(ge=1, le=0xFFFFFFFF)] = field(name="MsgSeq")
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)
    unpinner: UserId = field(name="UnPinner_Account", default=NOBODY)


class PinsRequest(Request, frozen=True, kw_only=True):
    """A group whose pinned messages are wanted."""

    group_id: GroupId = field(name="GroupId")
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class PinRow(msgspec.Struct):
    """A pinned message and who pinned it."""

    seq: int = field(name="MsgSeq")
    pinner: str = field(name="Pinner_Account")


class PinsResponse(Response, kw_only=True):
    """Pinned messages, newest pin first."""

    pins: list[PinRow] = field(name="PinnedMsgList")


@command("group_open_http_svc/msg_read_report", Door.SOCKET, BAD_SERVICE_REQUEST)
async def mark_read(call: Call, request: ReadRequest) -> Done:
    """Mark a group as read up to a sequence."""
    group, member = own_place(call, request.group_id, request.topic_id)
    await call.rules.groups.reading.mark_read(group, member, request.seq, call.instance)
    return Done()


@command("group_open_http_svc/set_unread_msg_num", Door.REST, BAD_SERVICE_REQUEST)
async def set_unread(call: Call, request: UnreadRequest) -> Done:
    """Set how many messages a member has still to read."""
    if not call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id).traits.counts_unread:
        return Done()
    group, member = await _member(call, request.group_id, request.member)
    await call.rules.groups.reading.set_unread(group, member, request.count)
    return Done()


@command("group_open_http_svc/group_msg_receipt", Door.REST, BAD_SERVICE_REQUEST)
async def give_receipts(call: Call, request: ReceiptRequest) -> Done:
    """Note that a member has read messages."""
    group, member = await _member(call, request.group_id, request.from_account)
    await call.rules.groups.receipts.give(group, member, [each.seq for each in request.seqs], NO_INSTANCE)
    return Done()


@command("group_open_http_svc/group_msg_receipt", Door.SOCKET, BAD_SERVICE_REQUEST)
async def give_own_receipts(call: Call, request: SeqsRequest) -> Done:
    """Note that the caller has read messages."""
    group, member = own_place(call, request.group_id)
    await call.rules.groups.receipts.give(group, member, [each.seq for each in request.seqs], call.instance)
    return Done()


@command("group_open_http_svc/get_group_msg_receipt", Door.REST, BAD_SERVICE_REQUEST)
async def count_readers(call: Call, request: SeqsRequest) -> CountsResponse:
    """Return how many have read messages."""
    return await _count(call, call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id), request)


@command("group_open_http_svc/get_group_msg_receipt", Door.SOCKET, BAD_SERVICE_REQUEST)
async def count_own_readers(call: Call, request: SeqsRequest) -> CountsResponse:
    """Return how many have read messages of a group that the caller is in."""
    group, _ = own_place(call, request.group_id)
    return await _count(call, group, request)


@command("group_open_http_svc/get_group_msg_receipt_detail", Door.REST, BAD_SERVICE_REQUEST)
async def list_readers(call: Call, request: ReadersRequest) -> ReadersResponse:
    """Return who has read a message, or has not."""
    return await _list(call, call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id), request)


@command("group_open_http_svc/get_group_msg_receipt_detail", Door.SOCKET, BAD_SERVICE_REQUEST)
async def list_own_readers(call: Call, request: OwnReadersRequest) -> ReadersResponse:
    """Return who has read a message of a group that the caller is in, or has not."""
    group, _ = own_place(call, request.group_id)
    return await _list(call, group, request)


@command("group_open_http_svc/pin_message", Door.REST, BAD_SERVICE_REQUEST)
async def pin(call: Call, request: PinRequest) -> Done:
    """Pin a message of any group."""
    group = call.rules.groups.directory.get_topic(call.app.sdk_app_id, request.group_id, request.topic_id)
    await call.rules.groups.pins.pin(group, request.seq, None, await _named(call, request.pinner))
    return Done()


@command("group_open_http_svc/pin_message", Door.SOCKET, BAD_SERVICE_REQUEST)
async def pin_own(call: Call, request: PinRequest) -> Done:
    """Pin a message of a group that the caller leads."""
    group, member = own_place(call, request.group_id, request.topic_id)
    _check_own(call, request.pinner)
    await call.rules.groups.pins.pin(group, request.seq, member, call.account)
    return Done()


@command("group_open_http_svc/unpin_message", Door.REST, BAD_SERVICE_REQUEST)
async def unpin(call: Call, request: UnpinRequest) -> Done:
    """Take the pin of a message away."""
    group = call.rules.groups.directory.get_topic(call.app.sdk_app_id, request.group_id, request.topic_id)
    await call.rules.groups.pins.unpin(group, request.seq, None, await _named(call, request.unpinner))
    return Done()


@command("group_open_http_svc/unpin_message", Door.SOCKET, BAD_SERVICE_REQUEST)
async def unpin_own(call: Call, request: UnpinRequest) -> Done:
    """Take the pin of a message away, in a group that the caller leads."""
    group, member = own_place(call, request.group_id, request.topic_id)
    _check_own(call, request.unpinner)
    await call.rules.groups.pins.unpin(group, request.seq, member, call.account)
    return Done()


@command("group_open_http_svc/get_pinned_messages", Door.REST, BAD_SERVICE_REQUEST)
async def list_pins(call: Call, request: PinsRequest) -> PinsResponse:
    """Return a group's pinned messages."""
    group = call.rules.groups.directory.get_topic(call.app.sdk_app_id, request.group_id, request.topic_id)
    return await _pins(call, group)


@command("group_open_http_svc/get_pinned_messages", Door.SOCKET, BAD_SERVICE_REQUEST)
async def list_own_pins(call: Call, request: PinsRequest) -> PinsResponse:
    """Return the pinned messages of a group that the caller is in."""
    group, _ = own_place(call, request.group_id, request.topic_id)
    return await _pins(call, group)


async def _count(call: Call, group: Group, request: SeqsRequest) -> CountsResponse:
    counts = await call.rules.groups.receipts.counts(group, [each.seq for each in request.seqs])
    rows = [CountRow(seq, NO_RECEIPT.code if found is None else 0, *(found or (0, 0))) for seq, found in counts.items()]
    return CountsResponse(rows=rows)


async def _list(call: Call, group: Group, request: ReadersRequest | OwnReadersRequest) -> ReadersResponse:
    after = AccountNumber(after_cursor(request.cursor, "Cursor"))
    has_read = request.filter == HAVE_READ
    limit = max(request.count, 1)
    names, more = await call.rules.groups.receipts.readers(group, request.seq, after, limit, has_read=has_read)
    response = ReadersResponse(
        action_status="OK",
        error_code=0,
        error_info="",
        is_finish=int(not more),
        is_finished=int(not more),
        cursor=str(more) if more else LAST_PAGE,
        seq=request.seq,
    )
    if has_read:
        response.readers = [Reader(name) for name in names]
    else:
        response.others = [NoReader(name) for name in names]
    return response


async def _pins(call: Call, group: Group) -> PinsResponse:
    return PinsResponse(pins=[PinRow(pin.seq, pin.pinner_id) for pin in await call.rules.groups.pins.pins(group)])


async def _member(call: Call, group_id: GroupId, name: UserId) -> tuple[Group, Member]:
    directory = call.rules.groups.directory
    group = directory.get(call.app.sdk_app_id, group_id)
    account = await party(call, name, GROUP_ACCOUNT_NOT_FOUND)
    return group, directory.get_member(group, account.number, account.user_id)


async def _named(call: Call, name: UserId) -> Account:
    return await party(call, name, GROUP_ACCOUNT_NOT_FOUND) if name else call.account


def _check_own(call: Call, name: UserId) -> None:
    if name and name != call.account.user_id:
        raise GROUP_RIGHT_MISSING(detail=f"{name!r} is not {call.account.user_id!r}, who is logged in")
