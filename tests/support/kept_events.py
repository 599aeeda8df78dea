"""One event of each kind that the list of conversations knows."""

from tidings.domain.events import (
    ConversationGroupChanged,
    ConversationGroupCreated,
    ConversationGroupDeleted,
    ConversationGroupRenamed,
    ConversationMarks,
    ConversationsDeleted,
    ConversationsMarked,
    ConversationsPinned,
    HistoryCleared,
    KeptEvent,
    QuietTimeSet,
    ReceiveOptionSet,
)
from tidings.ids import UserId

ALICE, BOB = UserId("alice"), UserId('b"ob')
EVERY_BIT = (1 << 64) - 1
LIST_EVENTS: tuple[KeptEvent, ...] = (
    ConversationsDeleted((ALICE, BOB), is_cleared=True),
    HistoryCleared(ALICE),
    ConversationsPinned((ALICE, BOB), is_pinned=False),
    ConversationsMarked((ConversationMarks(BOB, EVERY_BIT, "données", has_bits=True, has_custom=False),)),
    ConversationGroupCreated(1, "Work 😀", (ALICE, BOB)),
    ConversationGroupDeleted(1, "Work"),
    ConversationGroupRenamed(1, "Office", "Work"),
    ConversationGroupChanged(1, "Work", (ALICE,), (BOB,)),
    ReceiveOptionSet((ALICE, BOB), 1),
    QuietTimeSet(2, 1_760_000_000, 1_760_000_001, is_repeated=True),
)
