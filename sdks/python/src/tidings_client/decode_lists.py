"""From the wire's changes of the list of conversations to the events of this package."""

from collections.abc import Iterable, Iterator

from tidings_client import events
from tidings_client.events import Event, ReceiveOption
from tidings_client.wire_told import ListChange, ToldName

PINNED, ADDED = 2, 1


def to_option(number: int) -> ReceiveOption:
    """Return a receive option by its number; an unknown one counts as NOTIFY."""
    return ReceiveOption(number) if number in set(ReceiveOption) else ReceiveOption.NOTIFY


def to_marks(bits: str) -> int:
    """Return mark bits; their text has the lowest last."""
    return int(bits, 2) if bits else 0


def to_list_events(change: ListChange, at: int) -> Iterator[Event]:
    """Yield what a change of the list tells."""
    if change.deleted:
        yield events.ConversationsDeleted(
            _peers(change.deleted.names), bool(change.deleted.clears), at, _groups(change.deleted.names)
        )
    if change.pinned:
        yield events.ConversationsPinned(
            _peers(change.pinned.names), change.kind == PINNED, at, _groups(change.pinned.names)
        )
    for name in change.cleared.names if change.cleared else ():
        yield events.HistoryCleared(name.peer, at, name.group)
    for mark in change.marked.marks if change.marked else ():
        bits = None if mark.bits is None else to_marks(mark.bits)
        yield events.ConversationMarked(mark.name.peer, bits, mark.custom, at, mark.name.group)
    yield from _to_group_events(change, at)


def _to_group_events(change: ListChange, at: int) -> Iterator[Event]:
    for made in change.created.created if change.created else ():
        yield events.ConversationGroupChanged(made.group.name, "", _peers(made.names), (), at, _groups(made.names))
    for gone in change.dropped.deleted if change.dropped else ():
        yield events.ConversationGroupChanged("", gone.name, position=at)
    if change.changed and (update := change.changed.update):
        added = [move.name for move in update.moves if move.kind == ADDED]
        removed = [move.name for move in update.moves if move.kind != ADDED]
        yield events.ConversationGroupChanged(
            update.name, update.old_name, _peers(added), _peers(removed), at, _groups(added), _groups(removed)
        )


def _peers(names: Iterable[ToldName]) -> tuple[str, ...]:
    return tuple(name.peer for name in names if not name.group)


def _groups(names: Iterable[ToldName]) -> tuple[str, ...]:
    return tuple(name.group for name in names if name.group)
