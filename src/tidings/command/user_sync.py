"""openim.getmsg by the gateway: what a device missed (spec/client/openim.yaml).

Messages and events are answered in order. The public web clients read only the messages and the
edits of that answer; what else they missed is pushed right behind it, as if it happened now. A
device confirms such pushes, so that it is not told again of what it has.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.registry import Door, command
from tidings.decimals import decimal
from tidings.domain.devices import Session
from tidings.domain.events import (
    AllReadElsewhere,
    ConversationsDeleted,
    GroupReadElsewhere,
    KeptEvent,
    MessageModified,
    ReadElsewhere,
)
from tidings.domain.group.listing import to_peer
from tidings.domain.messages import Message
from tidings.domain.ports import LogPage
from tidings.errors import BAD_MESSAGE_JSON, BAD_PACKET, TidingsError
from tidings.ids import START, AccountNumber, GroupId, Position
from tidings.view.events import to_event
from tidings.view.messages import to_message_down
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.pushes import AnyEvent, MessageDown

SYNC_ENDED, SYNC_GOES_ON = 2, 1
Missed = tuple[Position, KeptEvent]
Entry = Message | Missed


class SyncRequest(Request, frozen=True, kw_only=True):
    """Asks for what the account's log holds after a position: the cookie, empty for a fresh device."""

    cookie: str = field(name="Cookie", default="")
    sync_flag: int = field(name="SyncFlag", default=0)


class UnreadItem(msgspec.Struct):
    """The unread number of a conversation."""

    from_account: str = field(name="From_Account")
    count: int = field(name="UnreadCount")


class SyncResponse(Response, kw_only=True):
    """Messages and events in order; `gap` 1 says that the log does not hold the cookie's place, any more or yet."""

    sync_flag: int = field(name="SyncFlag")
    cookie: str = field(name="Cookie")
    messages: list[MessageDown] = field(name="MsgList")
    events: list[AnyEvent] = field(name="EventArray")
    unread: list[UnreadItem] = field(name="C2CPairUnreadCount")
    gap: int = field(name="Gap", default=0)


class PushAck(Request, frozen=True, kw_only=True):
    """Confirms a push: its position."""

    session_data: str = field(name="SessionData", default="")


@command("openim/getmsg", Door.SOCKET, BAD_MESSAGE_JSON)
async def sync(call: Call, request: SyncRequest) -> SyncResponse:
    """Return what happened after the cookie's position, and the unread numbers."""
    reading = call.rules.reading
    after = decimal(request.cookie)
    if after is None:
        page = LogPage([], await reading.newest_position(), is_complete=True, has_gap=False)
    else:
        page = await reading.log_after(call.account, Position(after))
    unread = await reading.unread(call.app, call.account) if page.is_complete else {}
    names = await call.rules.accounts.names(list(unread))
    messages = [entry for entry in page.entries if isinstance(entry, Message)]
    call.rules.statistics.delivered(call.app.sdk_app_id, len(messages))
    if call.line is not None:
        missed = _missed(page.entries, call.line.login, set(names.values()))
        call.line.follow_up(await _without_returned(call, _without_overtaken(call, missed)))
    return SyncResponse(
        sync_flag=SYNC_ENDED if page.is_complete else SYNC_GOES_ON,
        cookie=str(page.reached),
        messages=[to_message_down(message) for message in messages],
        events=[to_event(entry[1], entry[0]) for entry in page.entries if not isinstance(entry, Message)],
        unread=[UnreadItem(names[number], count) for number, count in unread.items()],
        gap=int(page.has_gap or (after is not None and after > page.reached)),
    )


@command("openim/ws_msg_push_ack", Door.SOCKET, BAD_PACKET)
async def take_push_ack(call: Call, request: PushAck) -> Done:
    """Note that a push has arrived: its device is not told of it again."""
    position = decimal(request.session_data)
    if position is not None and call.line is not None and call.line.login is not None:
        call.line.login.has_told(Position(position))
    return Done()


def _missed(entries: Iterable[Entry], login: Session | None, unread: set[str]) -> list[Missed]:
    """Return the events that a client learns of by pushes alone, save those this login has confirmed.

    A client takes a report of reading for "nothing is unread any more", so it is left out where something is.
    """
    told = login.told if login is not None else START
    found = [entry for entry in entries if not isinstance(entry, Message) and entry[0] > told]
    return [(position, event) for position, event in found if not _is_overtaken(event, unread)]


async def _without_returned(call: Call, missed: list[Missed]) -> list[Missed]:
    """Leave out that conversations were deleted which stand in the list again: told late, it would drop them."""
    deletions = [event for _, event in missed if isinstance(event, ConversationsDeleted)]
    if not deletions:
        return missed
    users = {name for event in deletions for name in event.peer_ids}
    accounts = await call.rules.accounts.find_all(call.app.sdk_app_id, users)
    groups = _known_groups(call, {name for event in deletions for name in event.groups})
    peers = [*(each.number for each in accounts.values()), *groups]
    back = await call.rules.conversations.still_listed(call.account, peers)
    names = {each.user_id for each in accounts.values() if each.number in back}
    group_names = {name for number, name in groups.items() if number in back}
    left: list[Missed] = []
    for position, event in missed:
        if not isinstance(event, ConversationsDeleted):
            left.append((position, event))
            continue
        gone = tuple(name for name in event.peer_ids if name not in names)
        gone_groups = tuple(name for name in event.groups if name not in group_names)
        if gone or gone_groups:
            left.append((position, replace(event, peer_ids=gone, groups=gone_groups)))
    return left


def _known_groups(call: Call, names: Iterable[str]) -> dict[AccountNumber, str]:
    """Return the groups of those names that there are, by their numbers as peers."""
    found = {}
    for name in names:
        with suppress(TidingsError):
            group = call.rules.groups.directory.get(call.app.sdk_app_id, GroupId(name))
            found[to_peer(group).number] = name
    return found


def _without_overtaken(call: Call, missed: list[Missed]) -> list[Missed]:
    """Leave out that groups were read which have something newer since, for the same reason."""
    left: list[Missed] = []
    for position, event in missed:
        if isinstance(event, GroupReadElsewhere):
            with suppress(TidingsError):
                group = call.rules.groups.directory.get(call.app.sdk_app_id, GroupId(event.group))
                if group.last_seq == event.seq:
                    left.append((position, event))
        else:
            left.append((position, event))
    return left


def _is_overtaken(event: KeptEvent, unread: set[str]) -> bool:
    if isinstance(event, ReadElsewhere):
        return event.peer_id in unread
    return isinstance(event, MessageModified) or (isinstance(event, AllReadElsewhere) and bool(unread))
