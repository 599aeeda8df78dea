"""One event of each kind that is younger than the first ones: of extensions, lists, profiles and follows."""

from tidings.domain.events import (
    ConversationGroupChanged,
    ConversationGroupCreated,
    ConversationGroupDeleted,
    ConversationGroupRenamed,
    ConversationMarks,
    ConversationsDeleted,
    ConversationsMarked,
    ConversationsPinned,
    ExtensionsChanged,
    FollowChange,
    FollowsChanged,
    FriendField,
    FriendGroupChange,
    FriendRequested,
    FriendRequestEnded,
    FriendUpdate,
    GroupNotice,
    GroupReadElsewhere,
    GroupReceipt,
    GroupReceiptsGiven,
    HistoryCleared,
    KeptEvent,
    MessageReacted,
    MessageRef,
    ProfileChanged,
    ProfileField,
    QuietTimeSet,
    ReceiveOptionSet,
    RelationsChanged,
)
from tidings.ids import AccountNumber, UserId

ALICE, BOB = UserId("alice"), UserId('b"ob')
EVERY_BIT = (1 << 64) - 1
REF = MessageRef(AccountNumber(1), ALICE, BOB, 5, 6, 1_760_000_000, 1_759_999_999)
LIST_EVENTS: tuple[KeptEvent, ...] = (
    ExtensionsChanged(REF, 1, (("vote", "tea 😀", 1), ("gone", "", 2)), 2, 0),
    MessageReacted(REF, "smile", 2, (ALICE, BOB), is_own=True),
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
    GroupReadElsewhere("@TGS#1", 5),
    GroupReceiptsGiven("@TGS#1", (GroupReceipt(5, 6, 1_759_999_999, AccountNumber(1), 2, 3),)),
    GroupNotice(24, "@TGS#1", "team", "Public", BOB, 1_760_000_000, 9, "hi 😀", "5f2c", (ALICE,)),
    RelationsChanged(
        (ALICE,),
        (BOB,),
        (FriendRequested(BOB, "Bøb", "", "AddSource_Type_Web", "hi 😀", 1_760_000_000, ALICE),),
        (FriendRequestEnded(BOB, is_own=False),),
        (BOB,),
        (ALICE,),
        (
            FriendUpdate(
                BOB,
                (FriendField("Tag_SNS_IM_Group", ("a", "b")), FriendField("Tag_SNS_IM_Remark", "")),
            ),
        ),
        (FriendGroupChange("a", ""),),
        1_760_000_000,
    ),
    FollowsChanged((FollowChange(BOB, 1_760_000_000, (1, 3), is_added=False),)),
)
