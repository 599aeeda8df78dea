"""openim by REST: messages after they were sent, modified, deleted for one side, receipted (spec/rest/openim.yaml)."""

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.drafts import check_size, checked_body, correspondent, party
from tidings.command.registry import Door, command
from tidings.domain.history import Change
from tidings.domain.messages import MessageKey, parse_key
from tidings.errors import (
    BAD_MESSAGE_BODY,
    BAD_MESSAGE_JSON,
    BAD_PACKET,
    BAD_RECEIVER,
    BAD_SENDER,
    MESSAGE_TOO_LONG,
    PARTY_UNKNOWN,
)
from tidings.ids import NO_INSTANCE, UserId
from tidings.wire.envelope import ABSENT, Done, Request, is_present

MAX_KEYS = 30
CONTENT_FAULTS = {"To_Account": BAD_RECEIVER, "MsgBody": BAD_MESSAGE_BODY}
SIDE_FAULTS = {"Operator_Account": BAD_SENDER, "Peer_Account": BAD_RECEIVER}


class ModifyRequest(Request, frozen=True, kw_only=True):
    """New content of a message; what is left out stays."""

    from_account: UserId = field(name="From_Account")
    to_account: UserId = field(name="To_Account")
    key: str = field(name="MsgKey")
    body: msgspec.Raw = field(name="MsgBody", default=ABSENT)
    custom_data: str | None = field(name="CloudCustomData", default=None)


class DeleteRequest(Request, frozen=True, kw_only=True):
    """Messages that one side is to see no more."""

    operator: UserId = field(name="Operator_Account")
    peer: UserId = field(name="Peer_Account")
    keys: list[str] = field(name="MsgKeyList")


class ReadMessage(msgspec.Struct, frozen=True):
    """A message that was read."""

    from_account: UserId = field(name="From_Account")
    to_account: UserId = field(name="To_Account")
    key: str = field(name="MsgKey")


class ReceiptRequest(Request, frozen=True, kw_only=True):
    """Receipts of one side for messages of the other."""

    operator: UserId = field(name="Operator_Account")
    peer: UserId = field(name="Peer_Account")
    messages: list[ReadMessage] = field(name="C2CMsgInfo")


@command("openim/modify_c2c_msg", Door.REST, BAD_MESSAGE_JSON, bad_fields=CONTENT_FAULTS)
async def modify(call: Call, request: ModifyRequest) -> Done:
    """Change a message, whatever was changed before."""
    key = parse_key(request.key)
    body, custom_data = None, request.custom_data or ""
    if is_present(request.body):
        body = checked_body(call, request.body, custom_data, MESSAGE_TOO_LONG)
    else:
        check_size(call, 0, custom_data, MESSAGE_TOO_LONG)
    sender = await party(call, request.from_account, PARTY_UNKNOWN)
    receiver = await party(call, request.to_account, PARTY_UNKNOWN)
    change = Change(body, request.custom_data)
    await call.rules.history.modify(sender, receiver, key, change, source=NO_INSTANCE)
    return Done()


@command("openim/delete_c2c_msg_ramble", Door.REST, BAD_MESSAGE_JSON, bad_fields=SIDE_FAULTS)
async def delete(call: Call, request: DeleteRequest) -> Done:
    """Delete messages from one side's history; the other still sees them."""
    if len(request.keys) > MAX_KEYS:
        raise BAD_MESSAGE_JSON(detail=f"{len(request.keys)} keys in one call, at most {MAX_KEYS} are allowed")
    keys = [parse_key(key) for key in request.keys]
    operator = await party(call, request.operator, BAD_SENDER)
    await call.rules.history.hide(operator, await correspondent(call, request.peer, BAD_RECEIVER), keys)
    return Done()


@command("openim/c2c_msg_read_receipt", Door.REST, BAD_PACKET)
async def give_receipts(call: Call, request: ReceiptRequest) -> Done:
    """Tell a user that these messages of theirs were read."""
    reader = await party(call, request.operator, PARTY_UNKNOWN)
    peer = await party(call, request.peer, PARTY_UNKNOWN)
    keys = [_key_of(message, request) for message in request.messages]
    await call.rules.history.give_receipts(reader, peer, keys, NO_INSTANCE)
    return Done()


def _key_of(message: ReadMessage, request: ReceiptRequest) -> MessageKey:
    if (message.from_account, message.to_account) != (request.peer, request.operator):
        raise BAD_PACKET(
            detail=f"message {message.key!r} is from {message.from_account!r} to {message.to_account!r}, receipts go"
            f" for messages from {request.peer!r} to {request.operator!r}"
        )
    return parse_key(message.key)
