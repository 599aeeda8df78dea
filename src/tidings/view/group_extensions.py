"""Extensions of messages of groups and reactions, as members are told of them (web-sdk-wire.md, section 7)."""

from tidings.domain.extensions import Operation
from tidings.domain.group.events import GroupExtensionsChanged, GroupReacted
from tidings.domain.group.groups import Group
from tidings.domain.group.messages import GroupMessage
from tidings.view.extensions import EXTENSIONS, REACTIONS
from tidings.view.groups import to_info
from tidings.view.messages import to_tiny_text
from tidings.wire.extensions import (
    GroupExtensionNotice,
    GroupMessageName,
    GroupReactionDown,
    GroupReactionNotice,
    PairDown,
    PairsChanged,
    PairsCleared,
)
from tidings.wire.group_pushes import GroupExtensionEvent, GroupReactionEvent


def extensions_changed(group: Group, event: GroupExtensionsChanged) -> GroupExtensionEvent:
    """Return the event of extensions that changed."""
    changed = [PairsChanged([PairDown(*pair) for pair in event.pairs])]
    operation = Operation(event.operation)
    notice = GroupExtensionNotice(
        message=_name(group, event.message),
        operation=event.operation,
        tiny_id=to_tiny_text(event.message.sender),
        last_seq=event.last_seq,
        set_pairs=changed if operation is Operation.SET else None,
        deleted_pairs=changed if operation is Operation.DELETE else None,
        cleared_pairs=[PairsCleared(event.cleared_seq)] if operation is Operation.CLEAR else None,
    )
    return GroupExtensionEvent(event=EXTENSIONS, notice=notice)


def reacted(group: Group, event: GroupReacted) -> GroupReactionEvent:
    """Return the event of a reaction; it says to nobody whether it is his own, so that all are told the same."""
    down = GroupReactionDown(event.reaction, event.count, list(event.user_ids))
    return GroupReactionEvent(event=REACTIONS, notices=[GroupReactionNotice(_name(group, event.message), [down])])


def _name(group: Group, m: GroupMessage) -> GroupMessageName:
    info = to_info(group)
    name = GroupMessageName(info.group_id, to_tiny_text(m.sender), m.client_time, m.random, m.seq, m.time, m.sender_id)
    name.topic_id = info.topic_id
    return name
