"""openim by the gateway: a user's own messages (spec/client/openim.yaml)."""

from typing import Annotated

import msgspec
from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.drafts import (
    FIELD_FAULTS,
    Content,
    Seconds,
    Uint32,
    check_size,
    checked_body,
    correspondent,
    party,
    sent_body,
    to_draft,
)
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.history import Change
from tidings.domain.messages import MessageKey, parse_key
from tidings.domain.ports import PageQuery
from tidings.errors import BAD_MESSAGE_JSON, BAD_MESSAGE_SEQ, BAD_SENDER, MESSAGE_TOO_LONG, PARTY_UNKNOWN
from tidings.ids import UINT32, UserId
from tidings.view.messages import to_message_down
from tidings.wire.envelope import ABSENT, Done, Request, Response, is_present
from tidings.wire.pushes import MessageDown

MAX_PAGE = 100
MAX_KEYS = 30
FOREVER = UINT32


class UserSendRequest(Content, frozen=True, kw_only=True):
    """A user sends; the client numbers the message and dates it."""

    to_account: UserId = field(name="To_Account")
    from_account: str = field(name="From_Account", default="")
    client_time: Uint32 | None = field(name="MsgClientTime", default=None)
    nick: str = field(name="From_AccountNick", default="")
    face_url: str = field(name="From_AccountHeadurl", default="")
    is_relay: int = field(name="IsRelayMsg", default=0)


class UserSendResponse(Response, kw_only=True):
    """The message's time and key."""

    time: int = field(name="MsgTime")
    key: str = field(name="MsgKey")


class RoamRequest(Request, frozen=True, kw_only=True):
    """A page of history; the last two values name the oldest message that the client has."""

    peer_account: UserId = field(name="Peer_Account")
    count: Annotated[int, Meta(ge=1)] = field(name="MaxCnt", default=20)
    last_time: Seconds = field(name="LastMsgTime", default=0)
    key: str = field(name="MsgKey", default="")
    with_recalled: int = field(name="WithRecalledMsg", default=1)
    direction: int = field(name="GetDirection", default=0)


class RoamResponse(Response, kw_only=True):
    """Messages, oldest first; `complete` 1 says that there are no more in that direction."""

    complete: int = field(name="Complete")
    messages: list[MessageDown] = field(name="MsgList")
    last_time: int = field(name="LastMsgTime", default=0)
    key: str = field(name="MsgKey", default="")


class MessageName(msgspec.Struct, frozen=True):
    """The values by which a client names a message of a conversation."""

    from_account: UserId = field(name="From_Account")
    to_account: UserId = field(name="To_Account")
    seq: Uint32 = field(name="MsgSeq")
    random: Uint32 = field(name="MsgRandom")
    time: Uint32 = field(name="MsgTimeStamp")


class WithdrawRequest(Request, frozen=True, kw_only=True):
    """Take a message back."""

    message: MessageName = field(name="MsgInfo")


class ModifyRequest(Request, frozen=True, kw_only=True):
    """Change a message, knowing it at `version`."""

    from_account: UserId = field(name="From_Account")
    to_account: UserId = field(name="To_Account")
    seq: Uint32 = field(name="MsgSeq")
    random: Uint32 = field(name="MsgRandom")
    time: Uint32 = field(name="MsgTime")
    version: int | None = field(name="MsgVersion", default=None)
    body: msgspec.Raw = field(name="MsgBody", default=ABSENT)
    custom_data: str | None = field(name="CloudCustomData", default=None)


class ModifyResponse(Response, kw_only=True):
    """The message as it is now."""

    version: int = field(name="MsgVersion")
    body: msgspec.Raw = field(name="MsgBody")
    custom_data: str = field(name="CloudCustomData")


class DeleteRequest(Request, frozen=True, kw_only=True):
    """Delete messages from one's own history."""

    to_account: UserId = field(name="To_Account")
    keys: list[str] = field(name="MsgKeyList")
    from_account: UserId = field(name="From_Account", default=UserId(""))


class ReceiptItem(msgspec.Struct, frozen=True):
    """A message that is acknowledged."""

    seq: Uint32 = field(name="MsgSeq")
    random: Uint32 = field(name="MsgRandom")
    time: Uint32 = field(name="MsgTime")
    from_account: str = field(name="From_Account", default="")
    to_account: str = field(name="To_Account", default="")
    client_time: int = field(name="MsgClientTime", default=0)


class ReceiptRequest(Request, frozen=True, kw_only=True):
    """Read receipts for messages of a peer."""

    peer_account: UserId = field(name="Peer_Account")
    messages: list[ReceiptItem] = field(name="C2CMsgInfo")


@command("openim/sendmsg", Door.SOCKET, BAD_MESSAGE_JSON, bad_fields={**FIELD_FAULTS, "MsgSeq": BAD_MESSAGE_SEQ})
async def send(call: Call, request: UserSendRequest) -> UserSendResponse:
    """Send a one-to-one message; a repeat is answered as the first time."""
    sender = call.account
    _check_own(call, request.from_account)
    receiver = call.rules.accounts.known(call.app.sdk_app_id, request.to_account)
    if receiver is None:
        receiver = await party(call, request.to_account, PARTY_UNKNOWN)
    draft = to_draft(request, sender, receiver, b"", client_time=request.client_time, source=call.instance)
    draft.body = sent_body(call, request, draft, MESSAGE_TOO_LONG)
    draft.settings = call.app.settings
    key = await call.rules.sending.send(draft)
    return UserSendResponse(time=key.time, key=str(key))


@command("openim/getroammsg", Door.SOCKET, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def get_history(call: Call, request: RoamRequest) -> RoamResponse:
    """Return a page of the caller's history with a peer, oldest first."""
    peer = await correspondent(call, request.peer_account, PARTY_UNKNOWN)
    is_newer = request.direction == 1
    start = parse_key(request.key) if request.key else None
    limit = min(request.count, MAX_PAGE)
    query = PageQuery(
        call.account.number,
        peer.number,
        limit + 1,
        min_time=request.last_time if is_newer else 0,
        max_time=FOREVER if is_newer or not request.last_time else request.last_time,
        start=start,
        newer=is_newer,
        with_recalled=request.with_recalled == 1,
    )
    found = await call.rules.history.page(call.app, query)
    page = found[:limit]
    if not page:
        return RoamResponse(complete=1, messages=[])
    last = page[-1]
    ordered = page if is_newer else page[::-1]
    return RoamResponse(
        complete=int(len(found) <= limit),
        messages=[to_message_down(message) for message in ordered],
        last_time=last.time,
        key=str(last.key),
    )


@command("openim/msgwithdraw", Door.SOCKET, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def withdraw(call: Call, request: WithdrawRequest) -> Done:
    """Take one's own message back, within the app's recall window."""
    name = request.message
    _check_own(call, name.from_account)
    receiver = await party(call, name.to_account, PARTY_UNKNOWN)
    await call.rules.history.recall(
        call.account,
        receiver,
        MessageKey(name.seq, name.random, name.time),
        by=call.account,
        window_s=call.app.settings.recall_seconds,
        source=call.instance,
    )
    return Done()


@command("openim/modify_c2c_msg", Door.SOCKET, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def modify(call: Call, request: ModifyRequest) -> ModifyResponse:
    """Change a message of a conversation that the caller takes part in."""
    one, other = await _both(call, request.from_account, request.to_account)
    body = None
    if is_present(request.body):
        body = checked_body(call, request.body, request.custom_data or "", MESSAGE_TOO_LONG)
    else:
        check_size(call, 0, request.custom_data or "", MESSAGE_TOO_LONG)
    message = await call.rules.history.modify(
        one,
        other,
        MessageKey(request.seq, request.random, request.time),
        Change(body, request.custom_data, request.version),
        source=call.instance,
    )
    return ModifyResponse(version=message.version, body=msgspec.Raw(message.body), custom_data=message.custom_data)


@command("openim/delete_c2c_msg_ramble", Door.SOCKET, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def delete(call: Call, request: DeleteRequest) -> Done:
    """Delete up to 30 messages from the caller's own history; the peer still sees them."""
    _check_own(call, request.from_account)
    _check_count(len(request.keys))
    keys = [parse_key(key) for key in request.keys]
    peer = await correspondent(call, request.to_account, PARTY_UNKNOWN)
    await call.rules.history.hide(call.account, peer, keys)
    return Done()


@command("openim/c2c_msg_read_receipt", Door.SOCKET, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def give_receipts(call: Call, request: ReceiptRequest) -> Done:
    """Tell a peer that these messages of theirs were read."""
    peer = await party(call, request.peer_account, PARTY_UNKNOWN)
    _check_count(len(request.messages))
    keys = [MessageKey(m.seq, m.random, m.time) for m in request.messages]
    await call.rules.history.give_receipts(call.account, peer, keys, call.instance)
    return Done()


def _check_count(count: int) -> None:
    if count > MAX_KEYS:
        raise BAD_MESSAGE_JSON(detail=f"{count} messages in one call, at most {MAX_KEYS} are allowed")


def _check_own(call: Call, user_id: str) -> None:
    """Refuse to act in another user's name."""
    if user_id and user_id != call.account.user_id:
        raise BAD_SENDER(detail=f"{user_id!r} is not {call.account.user_id!r}, who is logged in")


async def _both(call: Call, one: UserId, other: UserId) -> tuple[Account, Account]:
    """Return both sides of a conversation that the caller takes part in."""
    if call.account.user_id not in {one, other}:
        raise BAD_SENDER(detail=f"{call.account.user_id!r} takes no part in the conversation of {one!r} and {other!r}")
    return await party(call, one, PARTY_UNKNOWN), await party(call, other, PARTY_UNKNOWN)
