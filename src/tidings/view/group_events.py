"""What happened in groups and to their messages, as clients are told (web-sdk-wire.md, section 7)."""

from msgspec import Raw

from tidings.domain import events as kept
from tidings.domain.group.events import (
    CustomNotice,
    GroupEvent,
    GroupExtensionsChanged,
    GroupModified,
    GroupPinned,
    GroupReacted,
    GroupRecalled,
)
from tidings.domain.group.groups import SYSTEM, Group
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.tips import TipKind
from tidings.ids import Position
from tidings.view.group_extensions import extensions_changed, reacted
from tidings.view.groups import SYSTEM_TINY_ID, TIP_EVENT, to_group_message_down
from tidings.view.messages import to_tiny_text
from tidings.wire import group_notices as wire
from tidings.wire import group_pushes as live
from tidings.wire import pushes

NOTICE_EVENT, MODIFIED_EVENT = 5, 17
CUSTOM_NOTICE = 255


def to_live_push(group: Group, event: GroupEvent) -> live.LivePush:
    """Return the push of what is told to who is online in a group."""
    return live.LivePush([_to_live(group, event)])


def read_elsewhere(event: kept.GroupReadElsewhere, position: Position) -> pushes.AnyEvent:
    """Return the event of a group that was read on another device."""
    notice = wire.GroupReadNotice(wire.GroupReadBody([wire.GroupRead(event.group, event.seq)]))
    return pushes.GroupReadEvent(event=NOTICE_EVENT, position=position, notices=[notice])


def receipts_given(event: kept.GroupReceiptsGiven, position: Position) -> pushes.AnyEvent:
    """Return the event of own messages that a member has read."""
    counts = [
        wire.ReceiptCount(r.seq, r.random, r.client_time, to_tiny_text(r.sender), r.read, r.unread)
        for r in event.receipts
    ]
    notice = wire.ReceiptNotice(wire.GroupName(event.group), wire.ReceiptBody(counts))
    return pushes.GroupReceiptEvent(event=NOTICE_EVENT, position=position, notices=[notice])


def noticed(event: kept.GroupNotice, position: Position) -> pushes.AnyEvent:
    """Return the event of something that a group tells an account."""
    group = wire.NoticeGroup(event.group, event.name, event.group_kind)
    body = wire.NoticeBody(
        event.kind, event.operator_id, event.wording, event.key, event.time, [*map(str, event.user_ids)]
    )
    notice = wire.NoticeDown(SYSTEM, event.group, event.random, event.random, event.time, group, body)
    return pushes.GroupNoticeEvent(event=NOTICE_EVENT, position=position, notices=[notice])


def _to_live(group: Group, event: GroupEvent) -> live.LiveEvent:
    if isinstance(event, GroupRecalled):
        return _recalled(group, event)
    if isinstance(event, GroupModified):
        return _modified(group, event.message)
    if isinstance(event, GroupExtensionsChanged):
        return extensions_changed(group, event)
    if isinstance(event, GroupReacted):
        return reacted(group, event)
    return _pinned(group, event) if isinstance(event, GroupPinned) else _custom(group, event)


def _recalled(group: Group, event: GroupRecalled) -> live.LiveEvent:
    items = [wire.Withdrawn(group.group_id, m.seq, m.random, m.time, m.client_time, _tiny(m)) for m in event.messages]
    revoker = wire.Revoker(event.revoker_id, event.reason)
    notice = wire.WithdrawnNotice(group.group_id, _name(group), revoker, wire.WithdrawnBody(items))
    return live.GroupRecallEvent(event=NOTICE_EVENT, notices=[notice])


def _modified(group: Group, m: GroupMessage) -> live.LiveEvent:
    changed = wire.ModifiedGroupMessage(
        group.group_id,
        m.sender_id,
        m.seq,
        m.random,
        m.time,
        m.client_time,
        _tiny(m),
        m.version,
        Raw(m.body),
        m.custom_data,
    )
    return live.GroupModifiedEvent(event=MODIFIED_EVENT, messages=[changed])


def _custom(group: Group, event: CustomNotice) -> live.LiveEvent:
    body = wire.CustomBody(CUSTOM_NOTICE, event.operator_id, event.text)
    notice = wire.CustomNotice(SYSTEM, group.group_id, event.random, event.random, event.time, _name(group), body)
    return live.CustomNoticeEvent(event=NOTICE_EVENT, notices=[notice])


def _pinned(group: Group, event: GroupPinned) -> live.LiveEvent:
    m = event.message
    operator = live.TipMember(event.operator_id, event.nick, event.face_url)
    if event.is_pinned:
        body = live.PinBody(TipKind.PINNED.value, event.operator_id, operator, pinned=to_group_message_down(group, m))
    else:
        name = live.UnpinnedName(_tiny(m), m.client_time, m.random, m.time, m.seq)
        body = live.PinBody(TipKind.UNPINNED.value, event.operator_id, operator, unpinned=name)
    down = to_group_message_down(group, m)
    return live.GroupPinEvent(event=TIP_EVENT, tips=[live.PinTip(SYSTEM, group.group_id, body, down.info)])


def _tiny(message: GroupMessage) -> str:
    return SYSTEM_TINY_ID if message.is_tip else to_tiny_text(message.sender)


def _name(group: Group) -> wire.GroupName:
    return wire.GroupName(group.group_id, group.name, group.kind.value)
