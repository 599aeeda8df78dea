"""Extensions of messages and reactions as clients are told of them (web-sdk-wire.md, section 7)."""

from tidings.domain import events
from tidings.domain.events import MessageRef
from tidings.domain.extensions import Operation
from tidings.ids import Position
from tidings.view.messages import to_tiny_text
from tidings.wire import pushes
from tidings.wire.extensions import (
    ExtensionNotice,
    MessageName,
    PairDown,
    PairsChanged,
    PairsCleared,
    ReactionDown,
    ReactionNotice,
)

EXTENSIONS, REACTIONS = 19, 20


def extensions_changed(event: events.ExtensionsChanged, position: Position) -> pushes.AnyEvent:
    """Return the event of extensions that changed."""
    changed = [PairsChanged([PairDown(*pair) for pair in event.pairs])]
    cleared = [PairsCleared(event.cleared_seq)]
    operation = Operation(event.operation)
    notice = ExtensionNotice(
        message=_name(event.message),
        operation=event.operation,
        tiny_id=to_tiny_text(event.message.sender),
        last_seq=event.last_seq,
        set_pairs=changed if operation is Operation.SET else None,
        deleted_pairs=changed if operation is Operation.DELETE else None,
        cleared_pairs=cleared if operation is Operation.CLEAR else None,
    )
    return pushes.ExtensionEvent(event=EXTENSIONS, position=position, notice=notice)


def reacted(event: events.MessageReacted, position: Position) -> pushes.AnyEvent:
    """Return the event of a reaction."""
    down = ReactionDown(event.reaction, event.count, list(event.user_ids), int(event.is_own))
    notice = ReactionNotice(_name(event.message), [down])
    return pushes.ReactionEvent(event=REACTIONS, position=position, notices=[notice])


def _name(ref: MessageRef) -> MessageName:
    return MessageName(
        to_tiny_text(ref.sender), ref.client_time, ref.random, ref.seq, ref.time, ref.sender_id, ref.receiver_id
    )
