"""From the wire's messages and events of groups to those of this package."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tidings_client import group_events as told
from tidings_client import wire_groups as wire
from tidings_client.decode_extensions import to_reaction
from tidings_client.elements import Element, WireElement, from_wire
from tidings_client.events import Event, Extension, ReceiveOption
from tidings_client.group_messages import EVERYBODY, GroupMessage, GroupTip, TipKind
from tidings_client.wire_extensions import HungName, ToldExtensions, ToldReactions

GONE, RECALLED = 1, 2
CLEAR = 3
PINNED, UNPINNED, TOPIC = 16, 17, 8
TOPICS_CREATED, TOPICS_DELETED = 17, 18
TIP_EVENT = 4
OPTION_CHANGED = 20
RECEIVE = {
    "AcceptAndNotify": ReceiveOption.NOTIFY,
    "AcceptNotNotify": ReceiveOption.QUIET,
    "Discard": ReceiveOption.DISCARD,
}
REQUESTS = {
    told.NoticeKind.APPLIED: told.RequestKind.APPLICATION,
    told.NoticeKind.INVITATION: told.RequestKind.CONSENT,
    told.NoticeKind.APPROVAL_WANTED: told.RequestKind.APPROVAL,
}


def to_group_message(found: wire.WireGroupMessage, me: str) -> GroupMessage:
    """Return a message or a tip as the user `me` sees it."""
    info, revoker = found.info, found.revoker
    return GroupMessage(
        id=f"{found.tiny_id}-{found.client_time}-{found.random}",
        group=found.home,
        seq=found.seq,
        sender=found.sender,
        is_own=found.sender == me,
        time=found.time,
        elements=_to_elements(found.body),
        custom_data=found.custom_data,
        random=found.random,
        client_time=found.client_time,
        version=found.version,
        group_type=info.kind,
        mentions=tuple(EVERYBODY if each.is_all else each.account for each in found.mentions),
        tip=to_tip(_to_body(found.body)) if isinstance(found.body, dict) else None,
        is_online_only=bool(found.online_only),
        wants_receipt=bool(found.need_receipt),
        takes_extensions=bool(found.extensible),
        is_recalled=found.place == RECALLED,
        recalled_by=revoker.account,
        recall_reason=revoker.reason,
        sender_nick=info.nick,
        sender_face_url=info.face_url,
        name_card=info.card.text,
    )


def to_arrival(message: GroupMessage) -> told.GroupMessageReceived | told.GroupTipReceived:
    """Return the event of a message or a tip."""
    kind = told.GroupMessageReceived if message.tip is None else told.GroupTipReceived
    return kind(message.group, message)


def to_history(found: Iterable[wire.WireGroupMessage], me: str) -> list[GroupMessage]:
    """Return the messages of a page of which something is left, oldest first."""
    return [to_group_message(each, me) for each in sorted(found, key=lambda each: each.seq) if each.place != GONE]


def to_tip(body: wire.ToldBody) -> GroupTip:
    """Return what a group tells of itself."""
    mutes = {each.account: each.seconds for each in body.mutes}
    kind = TipKind.of(body.kind)
    count = body.member_count or body.online.count
    return GroupTip(kind, body.operator, tuple(body.users), count, body.new, mutes)


def to_told_events(found: wire.WireGroupMessage, event: int, at: int, me: str) -> Iterator[Event]:
    """Yield what an item of the GroupTips of an `event` of that number tells."""
    body, group = _to_body(found.body), found.home
    if event == TIP_EVENT and body.kind not in {PINNED, UNPINNED, TOPIC}:
        yield to_arrival(to_group_message(found, me))
        return
    for each in body.withdrawn:
        name = each.topic or each.group or group
        yield told.GroupMessageRecalled(name, each.seq, each.random, found.revoker.account, found.revoker.reason)
    for read in body.reads:
        yield told.GroupReadElsewhere(read.topic or read.group, read.seq, at)
    if body.receipts:
        rows = tuple(told.GroupReceipt(row.seq, row.read, row.unread) for row in body.receipts)
        yield told.GroupReceipts(group, rows, at)
    yield from _to_news(group, body)
    if event == TIP_EVENT and body.kind == TOPIC:
        yield _to_topic_changed(group, body)
    elif body.topics:
        made = told.TopicsCreated if body.notice == TOPICS_CREATED else told.TopicsDeleted
        yield made(found.group, tuple(body.topics), body.operator)
    elif body.notice == OPTION_CHANGED:
        yield told.GroupReceiveOptionChanged(group, to_receive(body.receive), at)
    elif body.notice is not msgspec.UNSET:
        yield _to_notice(found, body, at)


def to_modified(found: wire.ModifiedDown) -> told.GroupMessageModified:
    """Return the event of new content."""
    return told.GroupMessageModified(
        found.topic or found.group,
        found.seq,
        found.random,
        found.sender,
        found.version,
        tuple(from_wire(each) for each in found.body),
        found.custom_data,
    )


def to_group_hung_events(
    extensions: ToldExtensions | None, reactions: Iterable[ToldReactions]
) -> Iterator[told.GroupEvent]:
    """Yield what a push tells of what hangs on messages of groups."""
    if extensions is not None and extensions.group_message is not None:
        yield _to_hung_extensions(extensions, extensions.group_message)
    for reacted in reactions:
        if (name := reacted.group_message) is not None:
            found = tuple(map(to_reaction, reacted.reactions))
            yield told.GroupReactionsChanged(name.topic or name.group, name.seq, found)


def to_receive(name: str) -> ReceiveOption:
    """Return what is received of a group by its name on the wire; an unknown one counts as NOTIFY."""
    return RECEIVE.get(name, ReceiveOption.NOTIFY)


def to_wire_receive(option: ReceiveOption) -> str:
    """Return the name on the wire of what is received of a group."""
    return next(name for name, each in RECEIVE.items() if each is option)


def _to_news(group: str, body: wire.ToldBody) -> Iterator[Event]:
    pinned, unpinned = body.pinned, body.unpinned
    if body.kind == PINNED and pinned:
        yield told.GroupMessagePinned(group, pinned.seq, body.operator, is_pinned=True)
    if body.kind == UNPINNED and unpinned:
        yield told.GroupMessagePinned(group, unpinned.seq, body.operator, is_pinned=False)
    new = msgspec.convert(body.new, wire.AttributesTold).attributes
    if new:
        changed = {each.key: told.GroupAttribute(each.value, each.seq) for each in new.items}
        yield told.GroupAttributesChanged(group, told.AttributeChange(new.change), new.seq, changed)
    for each in body.counters:
        values = {counter.key: counter.value for counter in each.items}
        yield told.GroupCountersChanged(group, each.seq, values, bool(each.change))


def _to_notice(found: wire.WireGroupMessage, body: wire.ToldBody, at: int) -> told.GroupNotice:
    kind = told.NoticeKind.of(0 if body.notice is msgspec.UNSET else body.notice)
    data = found.body if isinstance(found.body, dict) else {}
    text = body.text or body.remark
    request = None if kind not in REQUESTS else _to_request(found, body, REQUESTS[kind])
    return told.GroupNotice(found.home, kind, body.operator, text, data, at, request)


def _to_request(found: wire.WireGroupMessage, body: wire.ToldBody, kind: told.RequestKind) -> told.JoinRequest:
    return told.JoinRequest(
        group=found.home,
        kind=kind,
        operator=body.operator,
        user=next(iter(body.users), body.operator),
        key=body.key,
        text=body.remark,
        time=found.time,
        group_name=found.info.name,
        group_type=found.info.kind,
    )


def _to_topic_changed(topic: str, body: wire.ToldBody) -> told.TopicChanged:
    new = body.new_topic
    return told.TopicChanged(
        topic,
        body.operator,
        name=new.get("TopicName"),
        notification=new.get("TopicNotification"),
        introduction=new.get("TopicIntroduction"),
        face_url=new.get("TopicFaceUrl"),
        custom=new.get("CustomString"),
        is_muted=bool(new["ShutupAll"]) if "ShutupAll" in new else None,
    )


def _to_hung_extensions(found: ToldExtensions, name: HungName) -> told.GroupExtensionsChanged:
    parts = (*found.set_pairs, *found.deleted_pairs)
    changed = {pair.key: Extension(pair.value, pair.seq) for part in parts for pair in part.pairs}
    return told.GroupExtensionsChanged(name.topic or name.group, name.seq, changed, found.operation == CLEAR)


def _to_body(found: list[WireElement] | dict[str, Any]) -> wire.ToldBody:
    return msgspec.convert(found, wire.ToldBody) if isinstance(found, dict) else wire.ToldBody()


def _to_elements(found: list[WireElement] | dict[str, Any]) -> tuple[Element, ...]:
    return tuple(from_wire(each) for each in found) if isinstance(found, list) else ()
