"""Changes of the list in the form that the public clients look for (web-sdk-wire.md, section 7)."""

import json

import msgspec
import pytest

from tests.support.clients import Json
from tidings.domain import events
from tidings.domain.events import KeptEvent
from tidings.ids import Position, UserId
from tidings.view.conversations import to_bits
from tidings.view.events import to_event

BOB, CAROL = UserId("bob"), UserId("carol")
NAMED = {"Type": 1, "UserId": "bob"}
OTHER = {"Type": 1, "UserId": "carol"}
GROUP = {"GroupId": 3, "GroupName": "Work"}
MARKS = events.ConversationMarks(BOB, 9, "vip", has_bits=True, has_custom=True)
FORMS: list[tuple[KeptEvent, Json]] = [
    (
        events.ConversationsDeleted((BOB,), is_cleared=False),
        {"PushType": 1, "RecentContactDeleteItem": {"RecentContactList": [NAMED]}},
    ),
    (
        events.ConversationsDeleted((BOB, CAROL), is_cleared=True),
        {"PushType": 1, "RecentContactDeleteItem": {"RecentContactList": [NAMED, OTHER], "ClearRamble": 1}},
    ),
    (
        events.ConversationsPinned((BOB,), is_pinned=True),
        {"PushType": 2, "RecentContactTopItem": {"RecentContactList": [NAMED]}},
    ),
    (
        events.ConversationsPinned((BOB,), is_pinned=False),
        {"PushType": 3, "RecentContactTopItem": {"RecentContactList": [NAMED]}},
    ),
    (
        events.ConversationsMarked((MARKS,)),
        {
            "PushType": 4,
            "RecentContactMarkContact": {
                "RecentContactMarkContactItem": [
                    {"RecentContactItem": NAMED, "OptType": 1, "StandardMark": "1001"},
                    {"RecentContactItem": NAMED, "OptType": 2, "CustomMark": "vip"},
                ]
            },
        },
    ),
    (
        events.ConversationGroupCreated(3, "Work", (BOB,)),
        {
            "PushType": 5,
            "RecentContactCreateContactGroup": {
                "MsgContactGroupContactItem": [{"MsgGroupItem": GROUP, "MsgRecentContactItem": [NAMED]}]
            },
        },
    ),
    (
        events.ConversationGroupDeleted(3, "Work"),
        {"PushType": 6, "RecentContactDelContactGroup": {"MsgGroupItem": [GROUP]}},
    ),
    (
        events.ConversationGroupRenamed(3, "Work", "Job"),
        {
            "PushType": 7,
            "RecentContactUpdateContactGroup": {
                "UpdateType": 1,
                "MsgUpdateGroup": {**GROUP, "UpdateGroupType": 1, "OldGroupName": "Job"},
            },
        },
    ),
    (
        events.ConversationGroupChanged(3, "Work", (BOB,), (CAROL,)),
        {
            "PushType": 7,
            "RecentContactUpdateContactGroup": {
                "UpdateType": 1,
                "MsgUpdateGroup": {
                    **GROUP,
                    "UpdateGroupType": 2,
                    "OldGroupName": "Work",
                    "RecentContactUpdateGroupItem": [
                        {"ContactOptType": 1, "RecentContactItem": NAMED},
                        {"ContactOptType": 2, "RecentContactItem": OTHER},
                    ],
                },
            },
        },
    ),
    (
        events.HistoryCleared(BOB),
        {"PushType": 101, "RecentContactClearItem": {"RecentContactList": [NAMED]}},
    ),
]


@pytest.mark.parametrize(("event", "expected"), FORMS, ids=lambda value: type(value).__name__)
def test_a_change_has_its_form(event: KeptEvent, expected: Json) -> None:
    found = json.loads(msgspec.json.encode(to_event(event, Position(7))))
    assert found == {"Event": 13, "Position": 7, "RecentContactMod": [expected]}


def test_options_are_told_user_by_user() -> None:
    found = json.loads(msgspec.json.encode(to_event(events.ReceiveOptionSet((BOB, CAROL), 2), Position(7))))
    rows = [{"To_Account": name, "MuteNotifications": 2, "UpdateSeq": 7} for name in ("bob", "carol")]
    assert found["C2cNotifyMsgArray"] == [{"MuteNotificationsSync": row} for row in rows]


def test_the_last_character_of_marks_is_the_first_bit() -> None:
    assert [to_bits(marks) for marks in (0, 1, 0b1001, 1 << 63)] == ["0", "1", "1001", "1" + "0" * 63]
