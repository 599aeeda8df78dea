"""group_open_http_svc: imports, notices and broadcasts of app servers (spec/rest/group_messages.yaml)."""

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.drafts import Uint32, checked_body, party
from tidings.command.group_history import NO_TOPIC
from tidings.command.registry import Door, command
from tidings.domain.group.importing import Import
from tidings.domain.group.messages import GroupMessage
from tidings.errors import (
    BAD_SERVICE_REQUEST,
    GROUP_ACCOUNT_NOT_FOUND,
    GROUP_RIGHT_MISSING,
    MESSAGE_TOO_LONG,
    TOO_MANY_GROUP_ACCOUNTS,
    TidingsError,
)
from tidings.ids import GroupId, UserId
from tidings.wire.envelope import Done, Request, Response

IMPORTED_AT_ONCE = 20
NOTIFIED_AT_ONCE = 500
A_SECOND = 1


class OldMessage(msgspec.Struct, frozen=True):
    """A message of another system."""

    from_account: UserId = field(name="From_Account")
    time: Uint32 = field(name="SendTime")
    body: msgspec.Raw = field(name="MsgBody")
    random: Uint32 = field(name="Random", default=0)
    custom_data: str = field(name="CloudCustomData", default="")


class ImportRequest(Request, frozen=True, kw_only=True):
    """Messages to import, oldest first."""

    group_id: GroupId = field(name="GroupId")
    messages: list[OldMessage] = field(name="MsgList")
    shows: int = field(name="RecentContactFlag", default=0)
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class ImportResult(msgspec.Struct):
    """What became of one message: 0 imported, 10004 at a wrong time, 80002 too long."""

    seq: int = field(name="MsgSeq")
    time: int = field(name="MsgTime")
    result: int = field(name="Result")


class ImportResponse(Response, kw_only=True):
    """One row for each message."""

    results: list[ImportResult] = field(name="ImportMsgResult")


class NotifyRequest(Request, frozen=True, kw_only=True):
    """A text for the members who are online."""

    group_id: GroupId = field(name="GroupId")
    content: str = field(name="Content")
    members: list[UserId] = field(name="ToMembers_Account", default_factory=list)
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class BroadcastRequest(Request, frozen=True, kw_only=True):
    """A message for all live rooms."""

    random: Uint32 = field(name="Random")
    body: msgspec.Raw = field(name="MsgBody")
    from_account: UserId | None = field(name="From_Account", default=None)
    custom_data: str = field(name="CloudCustomData", default="")


class BroadcastResponse(Response, kw_only=True):
    """The number of the broadcast."""

    seq: int = field(name="MsgSeq")


@command("group_open_http_svc/import_group_msg", Door.REST, BAD_SERVICE_REQUEST)
async def import_messages(call: Call, request: ImportRequest) -> ImportResponse:
    """Import messages; nobody is told, and all members have then read everything."""
    rules = call.rules.groups
    group = rules.directory.get_topic(call.app.sdk_app_id, request.group_id, request.topic_id)
    if not 1 <= len(request.messages) <= IMPORTED_AT_ONCE:
        raise BAD_SERVICE_REQUEST(detail=f"MsgList has {len(request.messages)} messages, 1 to {IMPORTED_AT_ONCE} may")
    imports = []
    for each in request.messages:
        sender = await party(call, each.from_account, GROUP_ACCOUNT_NOT_FOUND)
        body = _body(call, each)
        message = GroupMessage(
            group.number,
            sender.number,
            sender.user_id,
            each.time,
            each.random,
            each.time,
            body or b"",
            each.custom_data,
        )
        imports.append(Import(message, is_too_long=body is None))
    await rules.importing.import_messages(group, imports, shows=request.shows == 1)
    return ImportResponse(results=[ImportResult(i.message.seq, i.message.time, i.outcome.value) for i in imports])


@command("group_open_http_svc/send_group_system_notification", Door.REST, BAD_SERVICE_REQUEST)
async def notify(call: Call, request: NotifyRequest) -> Done:
    """Tell members who are online something; nothing is kept."""
    rules = call.rules.groups
    group = rules.directory.get_topic(call.app.sdk_app_id, request.group_id, request.topic_id)
    if len(request.members) > NOTIFIED_AT_ONCE:
        raise TOO_MANY_GROUP_ACCOUNTS(count=len(request.members), limit=NOTIFIED_AT_ONCE)
    accounts = None
    if request.members:
        found = await call.rules.accounts.find_all(call.app.sdk_app_id, request.members)
        accounts = [account.number for account in found.values()]
    rules.announcing.notify(group, request.content, call.account.user_id, accounts)
    return Done()


@command("group_open_http_svc/send_broadcast_msg", Door.REST, BAD_SERVICE_REQUEST, rate=A_SECOND)
async def broadcast(call: Call, request: BroadcastRequest) -> BroadcastResponse:
    """Tell all live rooms of the app a message."""
    if not call.app.settings.broadcasts:
        raise GROUP_RIGHT_MISSING(detail="the app setting broadcasts is off")
    sender = call.account
    if request.from_account is not None:
        sender = await party(call, request.from_account, GROUP_ACCOUNT_NOT_FOUND)
    body = checked_body(call, request.body, request.custom_data, MESSAGE_TOO_LONG)
    announcing = call.rules.groups.announcing
    seq = await announcing.broadcast(call.app.sdk_app_id, sender, request.random, body, request.custom_data)
    return BroadcastResponse(seq=seq)


def _body(call: Call, message: OldMessage) -> bytes | None:
    """Return a message's body, or None if it is too long."""
    try:
        return checked_body(call, message.body, message.custom_data, MESSAGE_TOO_LONG, is_screened=False)
    except TidingsError as error:
        if error.fault is not MESSAGE_TOO_LONG:
            raise
        return None
