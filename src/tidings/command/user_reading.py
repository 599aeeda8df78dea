"""openim and recentcontact by the gateway: reading, unread numbers, the conversation list (spec/client/openim.yaml)."""

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.contacts import C2C, GroupRow, to_group
from tidings.command.drafts import FIELD_FAULTS, Natural, Seconds, party
from tidings.command.registry import Door, command
from tidings.domain.messages import Flag, Message
from tidings.domain.ports import ConversationState
from tidings.domain.reading import LIST_PAGE
from tidings.errors import (
    BAD_CONVERSATION_REQUEST,
    BAD_MESSAGE_JSON,
    GROUP_NOT_FOUND,
    PARTY_UNKNOWN,
    TOO_MANY_ACCOUNTS,
)
from tidings.ids import Position, UserId
from tidings.view.conversations import to_bits
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.pushes import RevokerInfo

MAX_PEERS = 500
NO_BODY = msgspec.Raw(b"[]")


class ReadItem(msgspec.Struct, frozen=True):
    """A conversation and up to when it is read, unix seconds."""

    to_account: UserId = field(name="To_Account")
    time: Seconds = field(name="LastedMsgTime", default=0)
    receipt: int = field(name="Receipt", default=1)


class ReadItems(msgspec.Struct, frozen=True):
    """The conversations of a read report."""

    items: list[ReadItem] = field(name="C2CMsgReadedItem")
    cookie: str = field(name="Cookie", default="")


class ReadRequest(Request, frozen=True, kw_only=True):
    """A read report."""

    read: ReadItems = field(name="C2CMsgReaded")


class GroupRead(msgspec.Struct, frozen=True):
    """A group and up to which number it is read."""

    group_id: str = field(name="GroupId")
    seq: int = field(name="MsgSeq")


class GroupReadResult(msgspec.Struct):
    """What became of the mark of one group."""

    group_id: str = field(name="GroupId")
    code: int = field(name="RetCode")


class ReadAllRequest(Request, frozen=True, kw_only=True):
    """Mark everything as read."""

    c2c: int = field(name="C2CReadAllMsg", default=0)
    groups: list[GroupRead] = field(name="GroupReadInfo", default_factory=list)


class ReadAllResponse(Response, kw_only=True):
    """What was marked."""

    c2c: int = field(name="C2CReadAllMsg")
    groups: list[GroupReadResult] = field(name="GroupReadInfoArray", default_factory=list)


class PeersRequest(Request, frozen=True, kw_only=True):
    """Some users."""

    to_account: list[UserId] = field(name="To_Account")


class PeerReadTimes(Response, kw_only=True):
    """Up to when each user has read, unix seconds, in the order asked."""

    times: list[int] = field(name="ReadTime")


class PageRequest(Request, frozen=True, kw_only=True):
    """Asks for conversations that changed since the last call; zeros for all."""

    time: Natural = field(name="TimeStamp", default=0)
    start: Natural = field(name="StartIndex", default=0)
    top_time: Natural = field(name="TopTimeStamp", default=0)
    top_start: Natural = field(name="TopStartIndex", default=0)


class LastMessage(msgspec.Struct, omit_defaults=True):
    """The message that a conversation shows in the list."""

    body: msgspec.Raw = field(name="MsgBody")
    custom_data: str = field(name="CloudCustomData", default="")
    revoker: RevokerInfo | None = field(name="RevokerInfo", default=None)


class SessionItem(msgspec.Struct):
    """A conversation in the list; without a message it is an empty one."""

    type: int = field(name="Type")
    to_account: str = field(name="To_Account")
    time: int = field(name="MsgTime")
    unread: int = field(name="UnreadMsgCount")
    peer_read_time: int = field(name="C2cPeerReadTime")
    nick: str = field(name="C2cNick")
    face_url: str = field(name="C2cImage")
    seq: int = field(name="MsgSeq", default=0)
    last_from: str = field(name="LastC2CMsgFrom_Account", default="")
    last: LastMessage = field(name="LastMsg", default_factory=lambda: LastMessage(NO_BODY))
    last_flags: int = field(name="LastMsgFlags", default=0)
    remark: str = field(name="C2cRemark", default="")
    top_flags: int = field(name="TopFlags", default=0)
    receive_option: int = field(name="MsgRecvOption", default=0)
    standard_mark: str = field(name="StandardMark", default="")
    custom_mark: str = field(name="CustomMark", default="")
    groups: list[int] = field(name="ContactGroupId", default_factory=list)


class PageResponse(Response, kw_only=True):
    """A page of conversations, newest first; the four values come back in the next request."""

    complete: int = field(name="CompleteFlag")
    items: list[SessionItem] = field(name="SessionItem")
    time: int = field(name="TimeStamp")
    start: int = field(name="StartIndex")
    top_time: int = field(name="TopTimeStamp", default=0)
    top_start: int = field(name="TopStartIndex", default=0)
    groups: list[GroupRow] = field(name="GroupItem", default_factory=list)


@command("openim/msgreaded", Door.SOCKET, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def mark_read(call: Call, request: ReadRequest) -> Done:
    """Mark conversations as read up to a time; the peers are told."""
    for item in request.read.items:
        peer = await party(call, item.to_account, PARTY_UNKNOWN)
        await call.rules.reading.mark_read(call.account, peer, item.time or None, call.instance)
    return Done()


@command("openim/read_all_unread_msg", Door.SOCKET, BAD_MESSAGE_JSON)
async def mark_all_read(call: Call, request: ReadAllRequest) -> ReadAllResponse:
    """Mark all one-to-one conversations as read; groups there are none."""
    if request.c2c:
        await call.rules.reading.mark_all_read(call.account, call.instance)
    groups = [GroupReadResult(group.group_id, GROUP_NOT_FOUND.code) for group in request.groups]
    return ReadAllResponse(c2c=request.c2c, groups=groups)


@command("openim/get_peer_read_time", Door.SOCKET, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def get_peer_read_time(call: Call, request: PeersRequest) -> PeerReadTimes:
    """Return up to when each of these users has read the conversation with the caller."""
    if len(request.to_account) > MAX_PEERS:
        raise TOO_MANY_ACCOUNTS(count=len(request.to_account), limit=MAX_PEERS)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, request.to_account)
    times = await call.rules.reading.peer_read_times(call.account, [a.number for a in found.values()])
    return PeerReadTimes(
        times=[times.get(found[name].number, 0) if name in found else 0 for name in request.to_account]
    )


@command("recentcontact/page_get", Door.SOCKET, BAD_CONVERSATION_REQUEST)
async def get_conversations(call: Call, request: PageRequest) -> PageResponse:
    """Return the conversations that changed since the last call."""
    reading = call.rules.reading
    states = await reading.conversations(call.app, call.account, Position(request.start))
    page = states[:LIST_PAGE]
    unread = await reading.unread(call.app, call.account, [state.peer.number for state in page])
    return PageResponse(
        complete=int(len(states) == len(page)),
        items=[_to_item(state, unread.get(state.peer.number, 0)) for state in _in_order(page)],
        time=int(call.rules.clock.now()),
        start=page[-1].changed_at if page else request.start,
        groups=[to_group(group) for group in await call.rules.marks.groups(call.account)],
    )


def _in_order(states: list[ConversationState]) -> list[ConversationState]:
    """Return pinned ones first, each kind newest first."""
    return sorted(states, key=lambda state: (state.is_pinned, state.time), reverse=True)


def _to_item(state: ConversationState, unread: int) -> SessionItem:
    peer, traits = state.peer, state.traits
    item = SessionItem(
        C2C,
        peer.user_id,
        state.time,
        unread,
        state.peer_read_time,
        peer.nick,
        peer.face_url,
        top_flags=int(state.is_pinned),
        receive_option=traits.receive_option,
        standard_mark=to_bits(traits.marks) if traits.marks else "",
        custom_mark=traits.custom_mark,
        groups=list(traits.groups),
    )
    if state.last is not None:
        _show(item, state.last)
    return item


def _show(item: SessionItem, last: Message) -> None:
    """Put the last message into a row of the list."""
    is_recalled = bool(last.flags & Flag.RECALLED)
    revoker = RevokerInfo(last.revoker_id, last.reason) if is_recalled else None
    item.last = LastMessage(msgspec.Raw(last.body), last.custom_data, revoker)
    item.last_flags = int(Flag.RECALLED) if is_recalled else 0
    item.last_from, item.seq = last.sender_id, last.seq
