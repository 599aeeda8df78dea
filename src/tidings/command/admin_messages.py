"""openim by REST: history, recall, read state, online status (spec/rest/openim.yaml, openim_status.yaml)."""

from typing import Annotated

import msgspec
from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.drafts import FIELD_FAULTS, Seconds, correspondent, party
from tidings.command.registry import Door, command
from tidings.decimals import decimal
from tidings.domain.accounts import Account
from tidings.domain.messages import Flag, Message, MessageKey, parse_key
from tidings.domain.ports import PageQuery
from tidings.domain.presence import Presence
from tidings.errors import (
    ACCOUNT_NOT_FOUND,
    BAD_MESSAGE_JSON,
    BAD_RECEIVER,
    BAD_SENDER,
    TOO_MANY_ACCOUNTS,
    TidingsError,
)
from tidings.ids import NO_INSTANCE, UserId
from tidings.wire.envelope import Done, Request, Response

MAX_PAGE = 100
PAGE_BYTES = 13_312
MAX_UNREAD_PEERS = 10
MAX_SHOWN = 32
MAX_STATUS_ACCOUNTS = 500
HISTORY_FAULTS = {
    "Operator_Account": BAD_SENDER,
    "Peer_Account": BAD_RECEIVER,
    "From_Account": BAD_SENDER,
    "To_Account": BAD_RECEIVER,
}


class HistoryRequest(Request, frozen=True, kw_only=True):
    """A page of one side's history; the older pair of names is accepted, too."""

    count: Annotated[int, Meta(ge=1)] = field(name="MaxCnt")
    min_time: Seconds = field(name="MinTime")
    max_time: Seconds = field(name="MaxTime")
    operator: UserId = field(name="Operator_Account", default=UserId(""))
    peer: UserId = field(name="Peer_Account", default=UserId(""))
    from_account: UserId = field(name="From_Account", default=UserId(""))
    to_account: UserId = field(name="To_Account", default=UserId(""))
    last_key: str = field(name="LastMsgKey", default="")


class HistoryMessage(msgspec.Struct):
    """A stored message as app servers see it."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTimeStamp")
    client_time: int = field(name="MsgClientTime")
    flag_bits: int = field(name="MsgFlagBits")
    is_peer_read: int = field(name="IsPeerRead")
    key: str = field(name="MsgKey")
    body: msgspec.Raw = field(name="MsgBody")
    custom_data: str = field(name="CloudCustomData")


class HistoryResponse(Response, kw_only=True):
    """Messages, oldest first; the last time and key name the oldest one."""

    complete: int = field(name="Complete")
    count: int = field(name="MsgCnt")
    last_time: int = field(name="LastMsgTime")
    last_key: str = field(name="LastMsgKey")
    messages: list[HistoryMessage] = field(name="MsgList")


class WithdrawRequest(Request, frozen=True, kw_only=True):
    """Take a message back."""

    from_account: UserId = field(name="From_Account")
    to_account: UserId = field(name="To_Account")
    key: str = field(name="MsgKey")


class ReadRequest(Request, frozen=True, kw_only=True):
    """Mark a conversation as read."""

    reporter: UserId = field(name="Report_Account")
    peer: UserId = field(name="Peer_Account")
    time: Seconds | str | None = field(name="MsgReadTime", default=None)


class UnreadRequest(Request, frozen=True, kw_only=True):
    """Asks for unread numbers."""

    to_account: UserId = field(name="To_Account")
    peers: list[UserId] | None = field(name="Peer_Account", default=None)


class UnreadItem(msgspec.Struct):
    """The unread number of one conversation."""

    peer: str = field(name="Peer_Account")
    count: int = field(name="C2CUnreadMsgNum")


class UnreadFailure(msgspec.Struct):
    """A peer that could not be counted."""

    peer: str = field(name="Peer_Account")
    error_code: int = field(name="ErrorCode")


class UnreadResponse(Response, kw_only=True):
    """Either the total or the list."""

    total: int | msgspec.UnsetType = field(name="AllC2CUnreadMsgNum", default=msgspec.UNSET)
    items: list[UnreadItem] | msgspec.UnsetType = field(name="C2CUnreadMsgNumList", default=msgspec.UNSET)
    failures: list[UnreadFailure] | msgspec.UnsetType = field(name="ErrorList", default=msgspec.UNSET)


class StatusRequest(Request, frozen=True, kw_only=True):
    """Asks for online status."""

    to_account: list[UserId] = field(name="To_Account")
    is_need_detail: int = field(name="IsNeedDetail", default=0)


class PlatformStatus(msgspec.Struct):
    """The status of one platform."""

    platform: str = field(name="Platform")
    status: str = field(name="Status")


class StatusItem(msgspec.Struct):
    """An account's status, under both names that clients look for."""

    to_account: str = field(name="To_Account")
    status: str = field(name="Status")
    state: str = field(name="State")
    detail: list[PlatformStatus] | msgspec.UnsetType = field(name="Detail", default=msgspec.UNSET)


class StatusFailure(msgspec.Struct):
    """An account that could not be looked up."""

    to_account: str = field(name="To_Account")
    error_code: int = field(name="ErrorCode")


class StatusResponse(Response, kw_only=True):
    """Who is online."""

    items: list[StatusItem] = field(name="QueryResult")
    failures: list[StatusFailure] = field(name="ErrorList")


class StateItem(msgspec.Struct):
    """An account's status in the older form."""

    to_account: str = field(name="To_Account")
    state: str = field(name="State")


class StateResponse(Response, kw_only=True):
    """Who is online, in the older form."""

    items: list[StateItem] = field(name="QueryResult")


@command("openim/admin_getroammsg", Door.REST, BAD_MESSAGE_JSON, bad_fields=HISTORY_FAULTS)
async def get_history(call: Call, request: HistoryRequest) -> HistoryResponse:
    """Return a page of one side's history, the newest of the range first in coming, oldest first in the list."""
    operator = await party(call, request.operator or request.from_account, BAD_SENDER)
    peer = await correspondent(call, request.peer or request.to_account, BAD_RECEIVER)
    start = _to_start(request.last_key)
    limit = min(request.count, MAX_PAGE)
    query = PageQuery(operator.number, peer.number, limit + 1, request.min_time, request.max_time, start)
    found = await call.rules.history.page(call.app, query)
    page = _within_size(found[:limit])
    last = page[-1] if page else None
    return HistoryResponse(
        complete=int(len(page) == len(found)),
        count=len(page),
        last_time=last.time if last else 0,
        last_key=str(last.key) if last else "",
        messages=[_to_history(message) for message in reversed(page)],
    )


@command("openim/admin_msgwithdraw", Door.REST, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def withdraw(call: Call, request: WithdrawRequest) -> Done:
    """Take a message back on both sides, whatever its age."""
    key = parse_key(request.key)
    sender = await party(call, request.from_account, BAD_SENDER)
    receiver = await party(call, request.to_account, BAD_RECEIVER)
    await call.rules.history.recall(sender, receiver, key, by=call.account, window_s=None, source=NO_INSTANCE)
    return Done()


@command(
    "openim/admin_set_msg_read",
    Door.REST,
    BAD_MESSAGE_JSON,
    bad_fields={"Report_Account": BAD_SENDER, "Peer_Account": BAD_RECEIVER},
)
async def mark_read(call: Call, request: ReadRequest) -> Done:
    """Mark a conversation as read up to a time, now if none is given."""
    reader = await party(call, request.reporter, BAD_SENDER)
    peer = await party(call, request.peer, BAD_RECEIVER)
    await call.rules.reading.mark_read(reader, peer, _to_seconds(request.time), NO_INSTANCE)
    return Done()


@command("openim/get_c2c_unread_msg_num", Door.REST, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def get_unread(call: Call, request: UnreadRequest) -> UnreadResponse:
    """Return unread numbers of the named conversations, or the total of all."""
    account = await party(call, request.to_account, BAD_RECEIVER)
    if request.peers is None:
        counts = await call.rules.reading.unread(call.app, account)
        return UnreadResponse(total=sum(counts.values()))
    if len(request.peers) > MAX_UNREAD_PEERS:
        detail = f"{len(request.peers)} accounts in Peer_Account, at most {MAX_UNREAD_PEERS} are allowed"
        raise BAD_MESSAGE_JSON(detail=detail)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, request.peers)
    counts = await call.rules.reading.unread(call.app, account, [peer.number for peer in found.values()])
    return UnreadResponse(
        items=[UnreadItem(name, counts.get(found[name].number, 0)) for name in request.peers if name in found],
        failures=[UnreadFailure(name, ACCOUNT_NOT_FOUND.code) for name in request.peers if name not in found],
    )


@command("openim/query_online_status", Door.REST, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def get_status(call: Call, request: StatusRequest) -> StatusResponse:
    """Return accounts' online status, on wish by platform."""
    found = await _found(call, request.to_account)
    if not found:
        raise ACCOUNT_NOT_FOUND(user_id=request.to_account[0])
    presences = await call.rules.presences.of(list(found.values()))
    return StatusResponse(
        items=[_to_status(presence, is_detailed=request.is_need_detail == 1) for presence in presences],
        failures=[StatusFailure(name, ACCOUNT_NOT_FOUND.code) for name in request.to_account if name not in found],
    )


@command("openim/querystate", Door.REST, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def get_state(call: Call, request: StatusRequest) -> StateResponse:
    """Return accounts' online status in the older form; an unknown account reads as offline."""
    found = await _found(call, request.to_account)
    presences = await call.rules.presences.of(list(found.values()))
    states = {presence.account.user_id: presence.status.label for presence in presences}
    return StateResponse(items=[StateItem(name, states.get(name, "Offline")) for name in request.to_account])


async def _found(call: Call, names: list[UserId]) -> dict[UserId, Account]:
    if not names:
        raise BAD_MESSAGE_JSON(detail="To_Account is empty")
    if len(names) > MAX_STATUS_ACCOUNTS:
        raise TOO_MANY_ACCOUNTS(count=len(names), limit=MAX_STATUS_ACCOUNTS)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, names)
    return {name: found[name] for name in names if name in found}


def _to_status(presence: Presence, *, is_detailed: bool) -> StatusItem:
    label = presence.status.label
    item = StatusItem(presence.account.user_id, label, label)
    if is_detailed and presence.platforms:
        item.detail = [PlatformStatus(platform, status.label) for platform, status in presence.platforms.items()]
    return item


def _to_history(message: Message) -> HistoryMessage:
    return HistoryMessage(
        message.sender_id,
        message.receiver_id,
        message.seq,
        message.random,
        message.time,
        message.client_time,
        message.flags & Flag.RECALLED,
        int(bool(message.flags & Flag.PEER_READ)),
        str(message.key),
        msgspec.Raw(message.body),
        message.custom_data,
    )


def _within_size(page: list[Message]) -> list[Message]:
    """Cut a page to what an answer may carry; one message always fits."""
    size = 0
    for count, message in enumerate(page):
        size += len(message.body) + len(message.custom_data)
        if count and size > PAGE_BYTES:
            return page[:count]
    return page


def _to_seconds(time: int | str | None) -> int | None:
    """Read MsgReadTime: its page says String, clients send a number."""
    if time is None or isinstance(time, int):
        return time
    if (seconds := decimal(time)) is None:
        raise BAD_MESSAGE_JSON(detail=f"MsgReadTime {time[:MAX_SHOWN]!r} is no number of seconds")
    return seconds


def _to_start(text: str) -> MessageKey | None:
    """Read LastMsgKey; this command has no code of its own for a malformed key."""
    try:
        return parse_key(text) if text else None
    except TidingsError as error:
        raise BAD_MESSAGE_JSON(detail=f"LastMsgKey: {error.info}") from error
