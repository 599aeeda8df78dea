"""One event of each kind that is not about a message: of lists, profiles and follows."""

from tidings.domain.events import (
    ConversationGroupChanged,
    ConversationGroupCreated,
    ConversationGroupDeleted,
    ConversationGroupRenamed,
    ConversationMarks,
    ConversationsDeleted,
    ConversationsMarked,
    ConversationsPinned,
    FollowChange,
    FollowsChanged,
    HistoryCleared,
    KeptEvent,
    ProfileChanged,
    ProfileField,
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
    ProfileChanged(BOB, (ProfileField("Tag_Profile_IM_Nick", ""), ProfileField("Tag_Profile_IM_Level", 0))),
    FollowsChanged((FollowChange(BOB, 1_760_000_000, (1, 3), is_added=False),)),
)
