"""openim and recentcontact by the gateway: reading, unread numbers, the conversation list (spec/client/openim.yaml)."""

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.contacts import C2C, GROUP, GroupRow, to_group
from tidings.command.drafts import FIELD_FAULTS, Natural, Seconds, party
from tidings.command.group_history import own_place
from tidings.command.registry import Door, command
from tidings.domain.callbacks import note
from tidings.domain.group.kinds import Receive
from tidings.domain.group.listing import GroupConversation
from tidings.domain.happenings import AllRead
from tidings.domain.messages import Flag, Message
from tidings.domain.ports import ConversationState
from tidings.domain.reading import LIST_PAGE
from tidings.errors import (
    BAD_CONVERSATION_REQUEST,
    BAD_MESSAGE_JSON,
    PARTY_UNKNOWN,
    TOO_MANY_ACCOUNTS,
    TidingsError,
)
from tidings.ids import AccountNumber, GroupId, Position, UserId
from tidings.view.conversations import to_bits
from tidings.view.groups import RECALLED_PLACE, TIP_EVENT, to_group_message_down
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.group_pushes import GroupMessageDown
from tidings.wire.pushes import RevokerInfo

MAX_PEERS = 500
NO_BODY = msgspec.Raw(b"[]")
RECEIVE_OPTIONS = {Receive.NOTIFY: 0, Receive.NOTHING: 1, Receive.QUIET: 2}
AnyState = ConversationState | GroupConversation


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
    """The message that a conversation shows in the list; what a group told of itself stands in `tip`."""

    body: msgspec.Raw = field(name="MsgBody")
    custom_data: str = field(name="CloudCustomData", default="")
    revoker: RevokerInfo | None = field(name="RevokerInfo", default=None)
    tip: GroupMessageDown | None = field(name="GroupTips", default=None)
    event: int = field(name="Event", default=0)


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


class GroupSessionItem(msgspec.Struct, omit_defaults=True):
    """A group in the list; without a message it is an empty conversation."""

    type: int = field(name="Type")
    group_id: str = field(name="ToAccount")
    time: int = field(name="MsgTime")
    unread: int = field(name="UnreadMsgCount")
    read_seq: int = field(name="MsgGroupReadedSeq")
    next_seq: int = field(name="GroupNextMsgSeq")
    name: str = field(name="GroupNick")
    face_url: str = field(name="GroupImage")
    kind: str = field(name="GroupType")
    receive_option: int = field(name="MsgRecvOption")
    top_flags: int = field(name="TopFlags")
    seq: int = field(name="MsgSeq")
    last: LastMessage = field(name="LastMsg")
    last_from: str = field(name="MsgGroupFrom_Account", default="")
    last_flags: int = field(name="LastMsgFlags", default=0)
    sender_nick: str = field(name="SenderNick", default="")
    sender_card: str = field(name="SenderNameCard", default="")
    standard_mark: str = field(name="StandardMark", default="")
    custom_mark: str = field(name="CustomMark", default="")
    groups: list[int] = field(name="ContactGroupId", default_factory=list)


class PageResponse(Response, kw_only=True):
    """A page of conversations, newest first; the four values come back in the next request."""

    complete: int = field(name="CompleteFlag")
    items: list[SessionItem | GroupSessionItem] = field(name="SessionItem")
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
    """Mark all one-to-one conversations as read, and groups up to a sequence each."""
    note(AllRead, call.account, tuple((each.group_id, each.seq) for each in request.groups))
    if request.c2c:
        await call.rules.reading.mark_all_read(call.account, call.instance)
    groups = [GroupReadResult(each.group_id, await _mark_group_read(call, each)) for each in request.groups]
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
    after = Position(request.start)
    users = await reading.conversations(call.app, call.account, after)
    groups = await call.rules.groups.listing.changed_after(call.account.number, after, LIST_PAGE + 1)
    both: list[AnyState] = [*users, *groups]
    states = sorted(both, key=lambda state: state.changed_at)
    page = states[:LIST_PAGE]
    peers = [state.peer.number for state in page if isinstance(state, ConversationState)]
    unread = await reading.unread(call.app, call.account, peers) if peers else {}
    return PageResponse(
        complete=int(len(states) == len(page)),
        items=[_to_item(state, unread) for state in _in_order(page)],
        time=int(call.rules.clock.now()),
        start=page[-1].changed_at if page else request.start,
        groups=[to_group(group) for group in await call.rules.marks.groups(call.account)],
    )


async def _mark_group_read(call: Call, read: GroupRead) -> int:
    """Mark a group as read; says what was wrong, if anything."""
    try:
        group, member = own_place(call, GroupId(read.group_id))
    except TidingsError as error:
        return error.code
    await call.rules.groups.reading.mark_read(group, member, read.seq, call.instance)
    return 0


def _in_order(states: list[AnyState]) -> list[AnyState]:
    """Return pinned ones first, each kind newest first."""
    return sorted(states, key=lambda state: (state.is_pinned, state.time), reverse=True)


def _to_item(state: AnyState, unread: dict[AccountNumber, int]) -> SessionItem | GroupSessionItem:
    return _to_group_item(state) if isinstance(state, GroupConversation) else _to_user_item(state, unread)


def _to_group_item(state: GroupConversation) -> GroupSessionItem:
    group, member, traits = state.group, state.member, state.traits
    item = GroupSessionItem(
        GROUP,
        group.group_id,
        state.time,
        state.unread,
        member.read_seq,
        group.last_seq + 1,
        group.name,
        group.face_url,
        group.kind.value,
        RECEIVE_OPTIONS[member.receive],
        int(state.is_pinned),
        0,
        LastMessage(NO_BODY),
        standard_mark=to_bits(traits.marks) if traits.marks else "",
        custom_mark=traits.custom_mark,
        groups=list(traits.groups),
    )
    if (last := state.last) is not None:
        is_recalled = bool(last.flags & Flag.RECALLED)
        item.seq, item.last_from = last.seq, last.sender_id
        item.sender_nick, item.sender_card = last.sender_nick, last.name_card
        item.last_flags = RECALLED_PLACE if is_recalled else 0
        revoker = RevokerInfo(last.revoker_id, last.reason) if is_recalled else None
        if last.is_tip:
            item.last = LastMessage(NO_BODY, tip=to_group_message_down(group, last), event=TIP_EVENT)
        else:
            item.last = LastMessage(msgspec.Raw(last.body), last.custom_data, revoker)
    return item


def _to_user_item(state: ConversationState, unread: dict[AccountNumber, int]) -> SessionItem:
    peer, traits = state.peer, state.traits
    item = SessionItem(
        C2C,
        peer.user_id,
        state.time,
        unread.get(peer.number, 0),
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
