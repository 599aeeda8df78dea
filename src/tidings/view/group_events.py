"""What happened in groups and to their messages, as clients are told (web-sdk-wire.md, section 7)."""

from collections.abc import Callable
from typing import Any

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
    TopicChanged,
    TopicCreated,
    TopicsDeleted,
)
from tidings.domain.group.groups import SYSTEM, TOPIC_MARK, Group, community_of
from tidings.domain.group.kinds import Kind
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.tips import TipKind
from tidings.domain.group.topics import CUSTOM
from tidings.ids import GroupId, Position
from tidings.view.group_extensions import extensions_changed, reacted
from tidings.view.groups import SYSTEM_TINY_ID, TIP_EVENT, WITH_TOPICS, to_group_message_down, to_info
from tidings.view.messages import to_tiny_text
from tidings.wire import group_notices as wire
from tidings.wire import group_pushes as live
from tidings.wire import pushes

NOTICE_EVENT, MODIFIED_EVENT = 5, 17
CUSTOM_NOTICE = 255
# The public web client's numbers; native ones have 18 and 19 (spec/groups.md, section 9).
TOPIC_CREATED, TOPIC_DELETED = 17, 18


def to_live_push(group: Group, event: GroupEvent) -> live.LivePush:
    """Return the push of what is told to who is online in a group."""
    return live.LivePush([_to_live(group, event)])


def read_elsewhere(event: kept.GroupReadElsewhere, position: Position) -> pushes.AnyEvent:
    """Return the event of a group that was read on another device."""
    notice = wire.GroupReadNotice(wire.GroupReadBody([_read(GroupId(event.group), event.seq)]))
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
    community = community_of(GroupId(event.group))
    group = wire.NoticeGroup(community, event.name, event.group_kind)
    if community != event.group:  # clients take what names a topic for news of topics: see NoticeKind
        group.name, group.kind, group.community, group.topic_id = "", Kind.COMMUNITY.value, WITH_TOPICS, event.group
    user_ids = [*map(str, event.user_ids)]
    body = wire.NoticeBody(event.kind, event.operator_id, event.wording, event.key, event.time, user_ids, event.receive)
    notice = wire.NoticeDown(SYSTEM, community, event.random, event.random, event.time, group, body)
    return pushes.GroupNoticeEvent(event=NOTICE_EVENT, position=position, notices=[notice])


def _to_live(group: Group, event: GroupEvent) -> live.LiveEvent:
    """Return an event in its form; each kind has one."""
    found: live.LiveEvent = _VIEWS[type(event)](group, event)
    return found


def _read(group_id: GroupId, seq: int) -> wire.GroupRead:
    community = community_of(group_id)
    return wire.GroupRead(community, seq, group_id if TOPIC_MARK in group_id else "")


def _topics(group: Group, event: TopicCreated | TopicsDeleted) -> live.LiveEvent:
    name = _name(group)
    if isinstance(event, TopicCreated):
        name.topic_id = event.topic_id
        body = wire.TopicBody(TOPIC_CREATED, event.operator_id, [event.topic_id])
    else:
        body = wire.TopicBody(TOPIC_DELETED, event.operator_id, list(event.topic_ids))
    notice = wire.TopicNotice(SYSTEM, group.group_id, event.random, event.random, event.time, name, body)
    return live.TopicNoticeEvent(event=NOTICE_EVENT, notices=[notice])


def _topic_changed(topic: Group, event: TopicChanged) -> live.LiveEvent:
    values = dict(event.changes)
    if "is_muted" in values:
        values["is_muted"] = int(topic.is_muted)
    if "custom" in values:
        values["custom"] = topic.custom.get(CUSTOM, "")
    new = wire.NewTopicInfo(**{name: values[name] for name in values if name in wire.NewTopicInfo.__struct_fields__})  # type: ignore[arg-type]
    body = wire.TopicTipBody(TipKind.TOPIC.value, event.operator_id, new)
    name = _name(topic)
    tip = wire.TopicTip(SYSTEM, name.group_id, topic.last_seq, event.random, event.time, name, body)
    return live.TopicTipEvent(event=TIP_EVENT, tips=[tip])


def _recalled(group: Group, event: GroupRecalled) -> live.LiveEvent:
    name = _name(group)
    items = [
        wire.Withdrawn(name.group_id, m.seq, m.random, m.time, m.client_time, _tiny(m), name.topic_id)
        for m in event.messages
    ]
    revoker = wire.Revoker(event.revoker_id, event.reason)
    notice = wire.WithdrawnNotice(name.group_id, name, revoker, wire.WithdrawnBody(items))
    return live.GroupRecallEvent(event=NOTICE_EVENT, notices=[notice])


def _modified(group: Group, event: GroupModified) -> live.LiveEvent:
    m, name = event.message, _name(group)
    changed = wire.ModifiedGroupMessage(
        name.group_id,
        m.sender_id,
        m.seq,
        m.random,
        m.time,
        m.client_time,
        _tiny(m),
        m.version,
        Raw(m.body),
        m.custom_data,
        name.topic_id,
    )
    return live.GroupModifiedEvent(event=MODIFIED_EVENT, messages=[changed])


def _custom(group: Group, event: CustomNotice) -> live.LiveEvent:
    body = wire.CustomBody(CUSTOM_NOTICE, event.operator_id, event.text)
    name = _name(group)
    notice = wire.CustomNotice(SYSTEM, name.group_id, event.random, event.random, event.time, name, body)
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
    return live.GroupPinEvent(event=TIP_EVENT, tips=[live.PinTip(SYSTEM, down.group_id, body, down.info)])


def _tiny(message: GroupMessage) -> str:
    return SYSTEM_TINY_ID if message.is_tip else to_tiny_text(message.sender)


def _name(group: Group) -> wire.GroupName:
    info = to_info(group)
    return wire.GroupName(info.group_id, info.name, info.kind, info.community, info.topic_id)


_VIEWS: dict[type[GroupEvent], Callable[[Group, Any], live.LiveEvent]] = {
    GroupRecalled: _recalled,
    GroupModified: _modified,
    GroupPinned: _pinned,
    CustomNotice: _custom,
    GroupExtensionsChanged: extensions_changed,
    GroupReacted: reacted,
    TopicCreated: _topics,
    TopicsDeleted: _topics,
    TopicChanged: _topic_changed,
}
