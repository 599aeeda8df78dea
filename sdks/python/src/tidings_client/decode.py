"""From the wire's messages and events to those of this package."""

import binascii
from base64 import b64decode
from collections.abc import Iterable, Iterator

from tidings_client import events, group_events, wire
from tidings_client.decode_extensions import to_hung_events
from tidings_client.decode_groups import (
    to_arrival,
    to_group_hung_events,
    to_group_message,
    to_modified,
    to_told_events,
)
from tidings_client.decode_lists import to_list_events, to_option
from tidings_client.decode_profiles import to_follow_event, to_profile_event
from tidings_client.decode_relations import to_relations_event
from tidings_client.elements import Element, WireElement, from_wire
from tidings_client.events import Event, Presence
from tidings_client.group_messages import TOPIC_MARK
from tidings_client.messages import Message

RECALLED_BIT = 8
ONLINE_ONLY = 0
IN_THE_LIST = (
    group_events.GroupMessageRecalled,
    group_events.GroupMessageModified,
    group_events.GroupReadElsewhere,
    group_events.GroupReceiveOptionChanged,
)
_PRESENCES = {1: Presence.ONLINE, 2: Presence.PUSH_ONLINE, 3: Presence.OFFLINE}


def to_message(found: wire.WireMessage, me: str) -> Message:
    """Return a message as the user `me` sees it."""
    sender, receiver = found.from_account, found.to_account
    if found.is_sync:
        sender, receiver = receiver, sender
    revoker = found.revoker or wire.Revoker()
    return Message(
        id=f"{found.tiny_id}-{found.client_time}-{found.random}",
        key=found.key or f"{found.seq}_{found.random}_{found.time}",
        sender=sender,
        receiver=receiver,
        is_own=sender == me,
        time=found.time,
        elements=to_elements(found.body),
        custom_data=found.custom_data,
        seq=found.seq,
        random=found.random,
        client_time=found.client_time,
        version=found.version,
        is_online_only=found.life_time == ONLINE_ONLY,
        wants_receipt=bool(found.need_receipt),
        has_receipt=bool(found.peer_read),
        takes_extensions=bool(found.extensible),
        is_recalled=bool(found.flag_bits & RECALLED_BIT),
        recalled_by=revoker.account,
        recall_reason=revoker.reason,
        sender_nick=found.nick,
        sender_face_url=found.face_url,
        position=found.position,
    )


def to_elements(body: list[WireElement]) -> tuple[Element, ...]:
    """Return the elements of a message."""
    return tuple(from_wire(each) for each in body)


def to_events(found: wire.WireEvent, me: str) -> Iterator[Event]:
    """Yield what an event of the wire tells the user `me`; kicks are left to `find_kick`."""
    at = found.position
    for message in found.messages:
        yield events.MessageReceived(to_message(message, me), message.position or at)
    for notice in found.notices:
        yield from _to_notices(notice, at, me)
    for name in found.modified:
        yield _to_modified(name, at, me)
    if found.receipts:
        ids, keys = zip(*((_to_id(name), _to_key(name)) for name in found.receipts), strict=True)
        yield events.ReadReceipt(found.reader, found.receipt_time, ids, keys, at)
    if found.all_read:
        yield events.ReadElsewhere(None, found.all_read_time, at)
    for change in found.list_changes:
        yield from to_list_events(change, at)
    for profile in found.profiles:
        yield to_profile_event(profile, at)
    if found.follows:
        yield to_follow_event(found.follows, at)
    if found.relations:
        yield to_relations_event(found.relations, at, me)
    yield from to_hung_events(found.extensions, found.reactions, at, me)
    yield from to_group_hung_events(found.extensions, found.reactions)
    yield from _to_group_events(found, at, me)
    yield from _to_rest(found, at)


def _to_group_events(found: wire.WireEvent, at: int, me: str) -> Iterator[Event]:
    for message in found.group_messages:
        yield to_arrival(to_group_message(message, me))
    for item in found.group_items:
        yield from to_told_events(item, found.event, at, me)
    for changed in found.group_modified:
        yield to_modified(changed)


def _to_rest(found: wire.WireEvent, at: int) -> Iterator[Event]:
    if found.quiet_option is not None:
        yield events.QuietTimeChanged(
            events.QuietTime(
                to_option(found.quiet_option), found.quiet_start, found.quiet_end, bool(found.is_quiet_repeated)
            ),
            at,
        )
    for row in found.statuses:
        yield events.PresenceChanged(row.user, to_presence(row.status), to_status_text(row.custom_status))


def find_kick(push: wire.Push) -> wire.Kick | None:
    """Return the news that the login was ended, if a push brings it."""
    notices = (notice for event in push.events for notice in event.notices)
    return next((notice.kick for notice in notices if notice.kick is not None), None)


def to_changes(news: Iterable[Event]) -> list[Event]:
    """Return which conversations of the list are others after some events, each once."""
    names = dict.fromkeys(name for event in news for name in _conversations_of(event))
    return [events.ConversationChanged(*name) for name in names]


def to_presence(status: int) -> Presence:
    """Return a status by its number; an unknown one counts as offline."""
    return _PRESENCES.get(status, Presence.OFFLINE)


def to_status_text(encoded: str) -> str:
    """Return a custom status, which comes in base64; what is none is taken as it is."""
    try:
        return b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return encoded


def _conversations_of(event: Event) -> Iterator[tuple[str | None, str]]:
    """Yield the peers and the groups whose rows an event changes."""
    if isinstance(event, group_events.GroupEvent) and TOPIC_MARK in event.group:
        return  # topics do not stand in the list
    if isinstance(event, group_events.GroupMessageReceived | group_events.GroupTipReceived):
        if event.message.is_kept:
            yield None, event.group
    elif isinstance(event, IN_THE_LIST):
        yield None, event.group
    else:
        yield from ((peer, "") for peer in _peers_of(event))
        yield from ((None, group) for group in _groups_of(event))


def _groups_of(event: Event) -> Iterator[str]:
    match event:
        case events.ConversationMarked(group=group) | events.HistoryCleared(group=group):
            if group:
                yield group
        case events.ConversationsDeleted() | events.ConversationsPinned():
            yield from event.groups
        case events.ConversationGroupChanged():
            yield from (*event.added_groups, *event.removed_groups)


def _peers_of(event: Event) -> Iterator[str | None]:
    match event:
        case events.MessageReceived(message):
            if not message.is_online_only:
                yield message.peer
        case events.MessageRecalled() | events.MessageModified() | events.ReadByPeer() | events.ReadElsewhere():
            yield event.peer
        case events.ConversationMarked() | events.HistoryCleared():
            if not event.group:
                yield event.peer
        case events.ReceiveOptionChanged():
            yield event.peer
        case events.ConversationsDeleted() | events.ConversationsPinned():
            yield from event.peers
        case events.ConversationGroupChanged(added=added, removed=removed):
            is_of_groups = event.added_groups or event.removed_groups
            yield from (*added, *removed) if added or removed or is_of_groups else (None,)


def _to_notices(notice: wire.Notice, at: int, me: str) -> Iterator[Event]:
    for name in notice.withdrawn.messages if notice.withdrawn else ():
        by = name.revoker or wire.Revoker(account=name.from_account)
        yield events.MessageRecalled(
            _to_id(name), _to_key(name), _peer(name, me), name.from_account, by.account, by.reason, at
        )
    if notice.peer_read:
        for mark in notice.peer_read.marks:
            yield events.ReadByPeer(notice.peer_read.reader, mark.time, at)
    if notice.mute:
        yield events.ReceiveOptionChanged(notice.mute.peer, to_option(notice.mute.option), at)
    if notice.own_read:
        for mark in notice.own_read.marks:
            yield events.ReadElsewhere(mark.peer, mark.time, at)


def _to_modified(name: wire.MessageName, at: int, me: str) -> events.MessageModified:
    return events.MessageModified(
        id=_to_id(name),
        key=_to_key(name),
        peer=_peer(name, me),
        sender=name.from_account,
        version=name.version,
        elements=to_elements(name.body),
        custom_data=name.custom_data,
        position=at,
    )


def _to_id(name: wire.MessageName) -> str:
    return f"{name.tiny_id}-{name.client_time}-{name.random}"


def _to_key(name: wire.MessageName) -> str:
    return f"{name.seq}_{name.random}_{name.time}"


def _peer(name: wire.MessageName, me: str) -> str:
    return name.to_account if name.from_account == me else name.from_account
