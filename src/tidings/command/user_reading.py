"""openim and recentcontact by the gateway: reading, unread numbers, the conversation list (spec/client/openim.yaml)."""

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.drafts import FIELD_FAULTS, Natural, Seconds, party
from tidings.command.registry import Door, command
from tidings.domain.messages import Flag
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
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.pushes import RevokerInfo

C2C = 1
NOTIFY = 0
MAX_PEERS = 500


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


class MuteRequest(Request, frozen=True, kw_only=True):
    """Asks for the do-not-disturb setting towards some users."""

    peers: list[UserId] = field(name="Peer_Account", default_factory=list)


class MuteItem(msgspec.Struct):
    """The setting towards one user: 0 accept and notify, 1 discard, 2 accept without notice."""

    peer: str = field(name="Peer_Account")
    mute: int = field(name="MuteNotifications")


class MuteResponse(Response, kw_only=True):
    """The settings of those asked for; a client counts as unread only what it has a setting for."""

    items: list[MuteItem] = field(name="MuteNotificationsList")
    sequence: int = field(name="UpdateSeq", default=0)


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
    """A conversation in the list."""

    type: int = field(name="Type")
    to_account: str = field(name="To_Account")
    time: int = field(name="MsgTime")
    seq: int = field(name="MsgSeq")
    unread: int = field(name="UnreadMsgCount")
    last_from: str = field(name="LastC2CMsgFrom_Account")
    last: LastMessage = field(name="LastMsg")
    last_flags: int = field(name="LastMsgFlags")
    peer_read_time: int = field(name="C2cPeerReadTime")
    nick: str = field(name="C2cNick")
    face_url: str = field(name="C2cImage")
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


@command("openim/get_c2c_peer_mute_notifications", Door.SOCKET, BAD_MESSAGE_JSON)
async def get_mutes(_call: Call, request: MuteRequest) -> MuteResponse:
    """Return the do-not-disturb settings: everyone's is accept and notify."""
    if len(request.peers) > MAX_PEERS:
        raise TOO_MANY_ACCOUNTS(count=len(request.peers), limit=MAX_PEERS)
    return MuteResponse(items=[MuteItem(peer, NOTIFY) for peer in request.peers])


@command("recentcontact/page_get", Door.SOCKET, BAD_CONVERSATION_REQUEST)
async def get_conversations(call: Call, request: PageRequest) -> PageResponse:
    """Return the conversations that changed since the last call."""
    reading = call.rules.reading
    states = await reading.conversations(call.app, call.account, Position(request.start))
    page = states[:LIST_PAGE]
    unread = await reading.unread(call.app, call.account, [state.peer.number for state in page])
    return PageResponse(
        complete=int(len(states) == len(page)),
        items=[_to_item(state, unread.get(state.peer.number, 0)) for state in _newest_first(page)],
        time=int(call.rules.clock.now()),
        start=page[-1].changed_at if page else request.start,
    )


def _newest_first(states: list[ConversationState]) -> list[ConversationState]:
    return sorted(states, key=lambda state: state.last.time, reverse=True)


def _to_item(state: ConversationState, unread: int) -> SessionItem:
    last, peer = state.last, state.peer
    is_recalled = bool(last.flags & Flag.RECALLED)
    revoker = RevokerInfo(last.revoker_id, last.reason) if is_recalled else None
    return SessionItem(
        C2C,
        peer.user_id,
        last.time,
        last.seq,
        unread,
        last.sender_id,
        LastMessage(msgspec.Raw(last.body), last.custom_data, revoker),
        int(Flag.RECALLED) if is_recalled else 0,
        state.peer_read_time,
        peer.nick,
        peer.face_url,
    )
