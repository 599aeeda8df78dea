"""openim by REST: sending and importing in anybody's name (spec/rest/openim.yaml)."""

from dataclasses import replace

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.drafts import FIELD_FAULTS, UNSCREENED, Content, Uint32, checked_body, party, sent_body, to_draft
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.messages import Message, MessageKey
from tidings.domain.sending import Draft
from tidings.errors import (
    ACCOUNT_NOT_FOUND,
    BAD_IMPORT_KIND,
    BAD_LIFETIME,
    BAD_MESSAGE_BODY,
    BAD_MESSAGE_JSON,
    BAD_MESSAGE_SEQ,
    BAD_PUSH_INFO,
    BAD_SENDER,
    BATCH_TOO_LONG,
    JSON_TOO_LONG,
    RECEIVER_NOT_FOUND,
    SENDER_NOT_FOUND,
    TOO_MANY_ACCOUNTS,
    TidingsError,
)
from tidings.ids import UserId
from tidings.view.messages import to_tiny_text
from tidings.wire.envelope import Done, Request, Response

MAX_RECEIVERS = 500
HIDE_FROM_SENDER = 2
LIVE_IMPORTS, HISTORY_IMPORT = (1, 5), 2


class SendRequest(Content, frozen=True, kw_only=True):
    """An app admin sends in anybody's name."""

    to_account: UserId = field(name="To_Account")
    from_account: UserId | None = field(name="From_Account", default=None)
    sync_other_machine: int = field(name="SyncOtherMachine", default=0)
    time: int | None = field(name="MsgTimeStamp", default=None)


class SendResponse(Response, kw_only=True):
    """The message's time, key and the id that clients show it by."""

    time: int = field(name="MsgTime")
    key: str = field(name="MsgKey")
    message_id: str = field(name="MsgId")


class BatchRequest(Content, frozen=True, kw_only=True):
    """One message for many receivers."""

    to_account: list[UserId] = field(name="To_Account")
    from_account: UserId | None = field(name="From_Account", default=None)
    sync_other_machine: int = field(name="SyncOtherMachine", default=0)


class BatchFailure(msgspec.Struct):
    """A receiver who did not get the message, and why."""

    to_account: str = field(name="To_Account")
    error_code: int = field(name="ErrorCode")


class BatchResponse(Response, kw_only=True):
    """One key for all receivers, and those for whom it failed."""

    key: str = field(name="MsgKey")
    failures: list[BatchFailure] = field(name="ErrorList", default_factory=list)


class ImportRequest(Request, frozen=True, kw_only=True):
    """A message of another system."""

    kind: int = field(name="SyncFromOldSystem")
    from_account: UserId = field(name="From_Account")
    to_account: UserId = field(name="To_Account")
    random: Uint32 = field(name="MsgRandom")
    time: Uint32 = field(name="MsgTimeStamp")
    body: msgspec.Raw = field(name="MsgBody")
    seq: Uint32 | None = field(name="MsgSeq", default=None)
    custom_data: str = field(name="CloudCustomData", default="")


@command("openim/sendmsg", Door.REST, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def send(call: Call, request: SendRequest) -> SendResponse:
    """Send a one-to-one message in anybody's name; relations and mutes are not asked."""
    sender = await _sender(call, request.from_account)
    receiver = await party(call, request.to_account, RECEIVER_NOT_FOUND)
    is_screened = UNSCREENED not in request.control
    draft = to_draft(request, sender, receiver, b"")
    draft.body = sent_body(call, request, draft, JSON_TOO_LONG, is_screened=is_screened)
    if request.sync_other_machine == HIDE_FROM_SENDER:
        draft = replace(draft, tells_sender=False)
    key = await call.rules.sending.send(draft)
    return SendResponse(time=key.time, key=str(key), message_id=_to_message_id(sender, key))


_BATCH_FAULTS = {
    "From_Account": BAD_SENDER,
    "MsgSeq": BAD_MESSAGE_SEQ,
    "MsgBody": BAD_MESSAGE_BODY,
    "MsgLifeTime": BAD_LIFETIME,
}


@command("openim/batchsendmsg", Door.REST, BAD_MESSAGE_JSON, bad_fields=_BATCH_FAULTS)
async def send_to_many(call: Call, request: BatchRequest) -> BatchResponse:
    """Send one message to many receivers under one key; those that do not exist are listed."""
    names = list(dict.fromkeys(request.to_account))
    if not names:
        raise BAD_MESSAGE_JSON(detail="To_Account is empty")
    if len(request.to_account) > MAX_RECEIVERS:
        raise TOO_MANY_ACCOUNTS(count=len(request.to_account), limit=MAX_RECEIVERS)
    sender = await _sender(call, request.from_account)
    is_screened = UNSCREENED not in request.control
    body = checked_body(call, request.body, request.custom_data, BATCH_TOO_LONG, is_screened=is_screened)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, names)
    if not found:
        raise RECEIVER_NOT_FOUND(user_id=names[0])
    receivers = [found[name] for name in names if name in found]
    first = _batch_draft(call, request, sender, receivers[0], body)
    keys = await call.rules.sending.send_all([replace(first, receiver=receiver) for receiver in receivers])
    failures = [BatchFailure(name, ACCOUNT_NOT_FOUND.code) for name in names if name not in found]
    return BatchResponse(action_status="SomeError" if failures else "OK", key=str(keys[0]), failures=failures)


@command(
    "openim/importmsg", Door.REST, BAD_MESSAGE_JSON, bad_fields={**FIELD_FAULTS, "SyncFromOldSystem": BAD_IMPORT_KIND}
)
async def import_message(call: Call, request: ImportRequest) -> Done:
    """Store a message of another system under its own time; the first import of a key stays."""
    if request.kind != HISTORY_IMPORT and request.kind not in LIVE_IMPORTS:
        raise BAD_IMPORT_KIND(detail=f"{request.kind} is not 1, 2 or 5")
    sender = await party(call, request.from_account, SENDER_NOT_FOUND)
    receiver = await party(call, request.to_account, RECEIVER_NOT_FOUND)
    body = checked_body(call, request.body, request.custom_data, JSON_TOO_LONG, is_screened=False)
    message = Message(
        sender.number,
        receiver.number,
        sender.user_id,
        receiver.user_id,
        request.time,
        call.rules.chance.uint32() if request.seq is None else request.seq,
        request.random,
        request.time,
        body,
        request.custom_data,
        0,
        sender_nick=sender.nick,
        sender_face=sender.face_url,
    )
    await call.rules.history.import_message(message, is_live=request.kind in LIVE_IMPORTS)
    return Done()


def _batch_draft(call: Call, request: BatchRequest, sender: Account, receiver: Account, body: bytes) -> Draft:
    """Return the draft that all receivers of a batch share."""
    try:
        draft = to_draft(request, sender, receiver, body)
    except TidingsError as error:
        if error.fault is BAD_PUSH_INFO:  # a code that this command does not have
            raise BAD_MESSAGE_JSON(detail=error.info) from error
        raise
    seq = call.rules.chance.uint32() if request.seq is None else request.seq
    return replace(draft, seq=seq, tells_sender=request.sync_other_machine != HIDE_FROM_SENDER)


async def _sender(call: Call, user_id: UserId | None) -> Account:
    if user_id is None:
        return call.account
    if not user_id:
        raise BAD_SENDER(detail="it is empty")
    return await party(call, user_id, SENDER_NOT_FOUND)


def _to_message_id(sender: Account, key: MessageKey) -> str:
    return f"{to_tiny_text(sender.number)}-{key.time}-{key.random}"
