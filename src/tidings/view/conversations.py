"""Changes of the list of conversations as clients are told of them (web-sdk-wire.md, section 7)."""

from collections.abc import Iterable

from tidings.domain import events
from tidings.ids import Position, UserId
from tidings.wire import pushes

NOTICE, CHANGE, QUIET_TIME = 10, 13, 24
ONE_TO_ONE, GROUP = 1, 2
DELETED, PINNED, UNPINNED, MARKED, CREATED, DROPPED, CHANGED = range(1, 8)
# Of our own: the public clients tell other devices of no cleared history, and pass over what they do not know.
CLEARED = 101
BITS, CUSTOM = 1, 2
RENAMED, MOVED = 1, 2
ADDED, REMOVED = 1, 2
FROM_GROUP = 1


def to_bits(marks: int) -> str:
    """Return mark bits as clients read them: a text of 0 and 1, the last character is the first bit."""
    return f"{marks:b}"


def deleted(event: events.ConversationsDeleted, position: Position) -> pushes.AnyEvent:
    """Return the event of conversations that left the list."""
    names = pushes.ConversationNames(_names(event.peer_ids, event.groups), int(event.is_cleared))
    return _change(position, pushes.ConversationChange(DELETED, deleted=names))


def cleared(event: events.HistoryCleared, position: Position) -> pushes.AnyEvent:
    """Return the event of a history that left the account's view."""
    names = pushes.ConversationNames([_name(event.peer_id, event.group)])
    return _change(position, pushes.ConversationChange(CLEARED, cleared=names))


def pinned(event: events.ConversationsPinned, position: Position) -> pushes.AnyEvent:
    """Return the event of conversations that were pinned or unpinned."""
    names = pushes.ConversationNames(_names(event.peer_ids, event.groups))
    return _change(position, pushes.ConversationChange(PINNED if event.is_pinned else UNPINNED, pinned=names))


def marked(event: events.ConversationsMarked, position: Position) -> pushes.AnyEvent:
    """Return the event of new marks: bits and custom mark apart, since older clients know no other form."""
    items = []
    for each in event.marks:
        if each.has_bits:
            items.append(pushes.MarkItem(_name(each.peer_id, each.group), BITS, bits=to_bits(each.bits)))
        if each.has_custom:
            items.append(pushes.MarkItem(_name(each.peer_id, each.group), CUSTOM, custom=each.custom))
    return _change(position, pushes.ConversationChange(MARKED, marked=pushes.MarkItems(items)))


def group_created(event: events.ConversationGroupCreated, position: Position) -> pushes.AnyEvent:
    """Return the event of a new group."""
    group = pushes.FilledGroup(pushes.GroupName(event.number, event.name), _names(event.peer_ids, event.groups))
    return _change(position, pushes.ConversationChange(CREATED, created=pushes.FilledGroups([group])))


def group_deleted(event: events.ConversationGroupDeleted, position: Position) -> pushes.AnyEvent:
    """Return the event of a group that is gone."""
    names = pushes.GroupNames([pushes.GroupName(event.number, event.name)])
    return _change(position, pushes.ConversationChange(DROPPED, dropped=names))


def group_renamed(event: events.ConversationGroupRenamed, position: Position) -> pushes.AnyEvent:
    """Return the event of a group that has another name."""
    update = pushes.GroupUpdate(RENAMED, event.number, event.name, event.old_name)
    return _group_change(position, update)


def group_changed(event: events.ConversationGroupChanged, position: Position) -> pushes.AnyEvent:
    """Return the event of conversations that were put into a group, or taken out."""
    moves = [pushes.GroupMove(ADDED, each) for each in _names(event.added_ids, event.added_groups)]
    moves += [pushes.GroupMove(REMOVED, each) for each in _names(event.removed_ids, event.removed_groups)]
    return _group_change(position, pushes.GroupUpdate(MOVED, event.number, event.name, event.name, moves))


def option_set(event: events.ReceiveOptionSet, position: Position) -> pushes.AnyEvent:
    """Return the event of users whose messages are received in another way."""
    notices = [pushes.Notice(mute=pushes.MuteNotice(name, event.option, position)) for name in event.peer_ids]
    return pushes.NoticeEvent(event=NOTICE, position=position, notices=notices)


def quiet_time_set(event: events.QuietTimeSet, position: Position) -> pushes.AnyEvent:
    """Return the event of another quiet time."""
    return pushes.QuietTimeEvent(
        event=QUIET_TIME,
        position=position,
        option=event.option,
        start=event.start,
        end=event.end,
        is_repeated=int(event.is_repeated),
    )


def _change(position: Position, change: pushes.ConversationChange) -> pushes.AnyEvent:
    return pushes.ConversationEvent(event=CHANGE, position=position, changes=[change])


def _group_change(position: Position, update: pushes.GroupUpdate) -> pushes.AnyEvent:
    return _change(position, pushes.ConversationChange(CHANGED, changed=pushes.GroupChange(FROM_GROUP, update)))


def _name(user_id: UserId, group: str = "") -> pushes.ConversationName:
    return pushes.ConversationName(GROUP, group_id=group) if group else pushes.ConversationName(ONE_TO_ONE, user_id)


def _names(user_ids: Iterable[UserId], groups: Iterable[str]) -> list[pushes.ConversationName]:
    return [_name(user_id) for user_id in user_ids] + [_name(UserId(""), group) for group in groups]
