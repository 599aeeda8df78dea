"""Events as clients are told of them (web-sdk-wire.md, section 7)."""

from collections.abc import Callable
from typing import Any

from msgspec import Raw

from tidings.domain import events
from tidings.domain.events import KeptEvent, KickedOut, LiveEvent, StatusChanged
from tidings.domain.messages import NOWHERE, Message
from tidings.ids import Position
from tidings.view import conversations, extensions, group_events, profiles, relations
from tidings.view.messages import to_custom_status, to_message_down, to_message_info, to_tiny_text
from tidings.wire import pushes

MESSAGE, NOTICE, ALL_READ, RECEIPT, MODIFIED, STATUS = 9, 10, 14, 16, 17, 18


def to_message_event(message: Message, *, is_sync: bool) -> pushes.MessageEvent:
    """Return the event of a message that arrived, or that another own device sent."""
    down = to_message_down(message, is_sync=is_sync)
    return pushes.MessageEvent(event=MESSAGE, position=message.position, messages=[down])


def to_event(event: KeptEvent, position: Position) -> pushes.AnyEvent:
    """Return a kept event in its wire form."""
    return _KEPT[type(event)](event, position)


def to_live_event(event: LiveEvent) -> pushes.AnyEvent:
    """Return an event that is not kept in its wire form."""
    return to_status_event(event) if isinstance(event, StatusChanged) else to_event(event, NOWHERE)


def to_status_event(event: StatusChanged) -> pushes.StatusEvent:
    """Return the event of a user whose status changed."""
    user = pushes.UserStatus(event.user_id, event.status, to_custom_status(event.custom_status))
    return pushes.StatusEvent(event=STATUS, users=[user])


def to_kick_event(kicked: KickedOut) -> pushes.NoticeEvent:
    """Return the event that tells a connection that its login was ended."""
    notice = pushes.KickNotice(int(kicked.reason), pushes.NewInstance(kicked.by_platform))
    return pushes.NoticeEvent(event=NOTICE, notices=[pushes.Notice(kick=notice)])


def _recalled(event: events.MessageRecalled, position: Position) -> pushes.AnyEvent:
    revoker = pushes.RevokerInfo(event.revoker_id, event.reason)
    withdrawn = pushes.Withdrawn([to_message_info(event.message, revoker)])
    return pushes.NoticeEvent(event=NOTICE, position=position, notices=[pushes.Notice(withdrawn=withdrawn)])


def _modified(event: events.MessageModified, position: Position) -> pushes.AnyEvent:
    ref = event.message
    changed = pushes.ModifiedMessage(
        ref.sender_id,
        ref.receiver_id,
        ref.seq,
        ref.random,
        ref.time,
        ref.client_time,
        to_tiny_text(ref.sender),
        event.version,
        Raw(event.body),
        event.custom_data,
    )
    return pushes.ModifiedEvent(event=MODIFIED, position=position, messages=[changed])


def _read_by_peer(event: events.ReadByPeer, position: Position) -> pushes.AnyEvent:
    read = pushes.ReadByPeerNotice(event.reader_id, [pushes.ReadMark(event.time)])
    return pushes.NoticeEvent(event=NOTICE, position=position, notices=[pushes.Notice(read_by_peer=read)])


def _read_elsewhere(event: events.ReadElsewhere, position: Position) -> pushes.AnyEvent:
    read = pushes.ReadElsewhereNotice([pushes.ReadMark(event.time, event.peer_id)])
    return pushes.NoticeEvent(event=NOTICE, position=position, notices=[pushes.Notice(read_elsewhere=read)])


def _all_read(event: events.AllReadElsewhere, position: Position) -> pushes.AnyEvent:
    return pushes.AllReadEvent(event=ALL_READ, position=position, all_read=1, time=event.time, groups=[])


def _receipt(event: events.ReceiptGiven, position: Position) -> pushes.AnyEvent:
    messages = [to_message_info(ref) for ref in event.messages]
    return pushes.ReceiptEvent(
        event=RECEIPT, position=position, user_id=event.reader_id, time=event.time, messages=messages
    )


_KEPT: dict[type[KeptEvent], Callable[[Any, Position], pushes.AnyEvent]] = {
    events.MessageRecalled: _recalled,
    events.MessageModified: _modified,
    events.ReadByPeer: _read_by_peer,
    events.ReadElsewhere: _read_elsewhere,
    events.AllReadElsewhere: _all_read,
    events.ReceiptGiven: _receipt,
    events.ExtensionsChanged: extensions.extensions_changed,
    events.MessageReacted: extensions.reacted,
    events.ConversationsDeleted: conversations.deleted,
    events.HistoryCleared: conversations.cleared,
    events.ConversationsPinned: conversations.pinned,
    events.ConversationsMarked: conversations.marked,
    events.ConversationGroupCreated: conversations.group_created,
    events.ConversationGroupDeleted: conversations.group_deleted,
    events.ConversationGroupRenamed: conversations.group_renamed,
    events.ConversationGroupChanged: conversations.group_changed,
    events.ReceiveOptionSet: conversations.option_set,
    events.QuietTimeSet: conversations.quiet_time_set,
    events.ProfileChanged: profiles.profile_changed,
    events.FollowsChanged: profiles.follows_changed,
    events.RelationsChanged: relations.relations_changed,
    events.GroupReadElsewhere: group_events.read_elsewhere,
    events.GroupReceiptsGiven: group_events.receipts_given,
    events.GroupNotice: group_events.noticed,
}
