"""What every send carries, checked in form and made into a draft (spec/messages.md)."""

from functools import partial
from typing import Annotated

import msgspec
from msgspec import Meta, field

from tidings.command.call import Call
from tidings.domain.accounts import Account
from tidings.domain.messages import Flag
from tidings.domain.sending import Draft
from tidings.errors import (
    BAD_LIFETIME,
    BAD_MESSAGE_BODY,
    BAD_MESSAGE_RANDOM,
    BAD_MESSAGE_TIME,
    BAD_PUSH_INFO,
    BAD_RECEIVER,
    BAD_SENDER,
    BAD_SYNC_KIND,
    LIFETIME_NO_INTEGER,
    Fault,
    TidingsError,
)
from tidings.ids import NO_INSTANCE, UINT32, InstanceId, UserId
from tidings.wire.elements import check_body
from tidings.wire.envelope import ABSENT, Request, is_present
from tidings.wire.push_info import check_push_info
from tidings.wire.texts import replaced_texts

MAX_LIFETIME_S = 604_800
# What every JSON implementation tells apart; the store's own integers reach further.
MAX_INTEGER = (1 << 53) - 1
Uint32 = Annotated[int, Meta(ge=0, le=UINT32)]
Natural = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
Seconds = Natural
UNSCREENED = "NoMsgCheck"
CONTROL_FLAGS = {"NoUnread": Flag.NO_UNREAD, "NoLastMsg": Flag.NO_LAST}
HEED = "WithMuteNotifications"

# How the catalogue names a member that is missing or of a wrong type.
FIELD_FAULTS: dict[str, Fault] = {
    "To_Account": BAD_RECEIVER,
    "From_Account": BAD_SENDER,
    "MsgRandom": BAD_MESSAGE_RANDOM,
    "MsgBody": BAD_MESSAGE_BODY,
    "MsgTimeStamp": BAD_MESSAGE_TIME,
    "SyncOtherMachine": BAD_SYNC_KIND,
    "MsgLifeTime": LIFETIME_NO_INTEGER,
    "OfflinePushInfo": BAD_PUSH_INFO,
}


class Content(Request, frozen=True, kw_only=True):
    """The members that all ways of sending share."""

    body: msgspec.Raw = field(name="MsgBody")
    random: Uint32 = field(name="MsgRandom")
    seq: Uint32 | None = field(name="MsgSeq", default=None)
    custom_data: str = field(name="CloudCustomData", default="")
    control: list[str] = field(name="SendMsgControl", default_factory=list)
    push: msgspec.Raw = field(name="OfflinePushInfo", default=ABSENT)
    is_need_read_receipt: int = field(name="IsNeedReadReceipt", default=0)
    support_extension: int = field(name="SupportMessageExtension", default=0)
    life_time: int | None = field(name="MsgLifeTime", default=None)
    online_only: int = field(name="OnlineOnlyFlag", default=0)
    forbid_callbacks: list[str] = field(name="ForbidCallbackControl", default_factory=list)


def checked_body(
    call: Call, body: msgspec.Raw, custom_data: str, too_long: Fault, *, is_screened: bool = True
) -> bytes:
    """Return MsgBody in bytes, its forbidden words masked.

    Raises what is wrong with it, `too_long` over the app's limit, or 80001 for a forbidden word that is
    refused; not `is_screened`: such words pass.
    """
    raw = memoryview(body)
    check_size(call, raw.nbytes, custom_data, too_long)
    if not is_screened or call.app.sdk_app_id not in call.rules.words.filters:
        return check_body(raw)
    screened = screened_body(call, raw)
    check_size(call, len(screened), custom_data, too_long)  # what stands in a word's place may be longer
    return screened


def sent_body(call: Call, content: Content, draft: Draft, too_long: Fault, *, is_screened: bool = True) -> bytes:
    """Return MsgBody as `checked_body` does; what is wrong with it, the app's server is told as well."""
    try:
        return checked_body(call, content.body, content.custom_data, too_long, is_screened=is_screened)
    except TidingsError as error:
        draft.body = bytes(content.body)
        call.rules.sending.unsent(draft, error)
        raise


def screened_body(call: Call, raw: bytes | memoryview) -> bytes:
    """Return MsgBody of any size, its forbidden words masked; raises what is wrong with it, or 80001."""
    body = check_body(raw)
    if call.app.sdk_app_id not in call.rules.words.filters:
        return body
    return replaced_texts(body, partial(call.rules.words.screen, call.app))


def check_size(call: Call, body_bytes: int, custom_data: str, too_long: Fault) -> None:
    """Raise `too_long` if a message has more bytes than the app allows."""
    limit = call.app.settings.message_bytes
    size = body_bytes + len(custom_data.encode() if not custom_data.isascii() else custom_data)
    if size > limit:
        raise too_long(size=size, limit=limit)


def to_draft(
    content: Content,
    sender: Account,
    receiver: Account,
    body: bytes,
    *,
    client_time: int | None = None,
    source: InstanceId | None = None,
) -> Draft:
    """Return the draft of a send, a user's own if it has a `source`.

    Raises 90026 for a negative lifetime, 90043 for bad push settings.
    """
    life_time = content.life_time
    if life_time is not None and life_time < 0:
        raise BAD_LIFETIME(detail=f"{life_time} is negative")
    return Draft(
        sender,
        receiver,
        content.seq,
        content.random,
        client_time,
        body,
        content.custom_data,
        check_push_info(memoryview(content.push)) if is_present(content.push) else b"",
        _flags(content),
        None if life_time is None else min(life_time, MAX_LIFETIME_S),
        content.online_only == 1 or life_time == 0,
        NO_INSTANCE if source is None else source,
        is_by_user=source is not None,
        # App servers reach whoever they want, unless they ask for the receiver's wish.
        heeds_refusals=source is not None or HEED in content.control,
    )


def _flags(content: Content) -> int:
    flags = 0
    for name in content.control:
        flags |= CONTROL_FLAGS.get(name, 0)
    if content.is_need_read_receipt:
        flags |= Flag.RECEIPT_WANTED
    if content.support_extension:
        flags |= Flag.EXTENSIBLE
    return int(flags)


async def party(call: Call, user_id: UserId, fault: Fault) -> Account:
    """Return an account of the caller's app; raises `fault` if it does not exist."""
    accounts = call.rules.accounts
    app = call.app.sdk_app_id
    account = accounts.known(app, user_id) or await accounts.find(app, user_id)
    if account is None:
        raise fault(user_id=user_id, detail=f"account {user_id!r} does not exist")
    return account


async def correspondent(call: Call, user_id: UserId, fault: Fault) -> Account:
    """Return an account whose messages are read: one that was deleted goes by its pseudonym."""
    erased = await call.rules.accounts.find_erased(call.app.sdk_app_id, user_id)
    return erased or await party(call, user_id, fault)
