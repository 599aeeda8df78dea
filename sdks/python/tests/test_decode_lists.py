from typing import Any

import msgspec
import pytest

from tidings_client import events, wire
from tidings_client.decode import to_changes, to_events
from tidings_client.decode_lists import to_marks, to_option
from tidings_client.events import ReceiveOption

NAMES = {"RecentContactList": [{"Type": 1, "UserId": "bob"}]}
ONE = {"GroupId": 1, "GroupName": "Work"}
UPDATE = {**ONE, "UpdateGroupType": 2, "OldGroupName": "Work"}
MOVES = [
    {"ContactOptType": kind, "RecentContactItem": {"Type": 1, "UserId": name}} for kind, name in ((1, "a"), (2, "b"))
]
MARK = {"RecentContactItem": {"Type": 1, "UserId": "bob"}, "OptType": 1}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"PushType": 1, "RecentContactDeleteItem": NAMES}, events.ConversationsDeleted(("bob",), False, 7)),  # noqa: FBT003
        (
            {"PushType": 1, "RecentContactDeleteItem": {**NAMES, "ClearRamble": 1}},
            events.ConversationsDeleted(("bob",), with_history=True, position=7),
        ),
        (
            {"PushType": 2, "RecentContactTopItem": NAMES},
            events.ConversationsPinned(("bob",), is_pinned=True, position=7),
        ),
        (
            {"PushType": 3, "RecentContactTopItem": NAMES},
            events.ConversationsPinned(("bob",), is_pinned=False, position=7),
        ),
        ({"PushType": 101, "RecentContactClearItem": NAMES}, events.HistoryCleared("bob", 7)),
        (
            {
                "PushType": 4,
                "RecentContactMarkContact": {"RecentContactMarkContactItem": [{**MARK, "StandardMark": "101"}]},
            },
            events.ConversationMarked("bob", 5, None, 7),
        ),
        (
            {"PushType": 4, "RecentContactMarkContact": {"RecentContactMarkContactItem": [{**MARK, "CustomMark": ""}]}},
            events.ConversationMarked("bob", None, "", 7),
        ),
        (
            {
                "PushType": 5,
                "RecentContactCreateContactGroup": {
                    "MsgContactGroupContactItem": [
                        {"MsgGroupItem": ONE, "MsgRecentContactItem": NAMES["RecentContactList"]}
                    ]
                },
            },
            events.ConversationGroupChanged("Work", "", ("bob",), position=7),
        ),
        (
            {"PushType": 6, "RecentContactDelContactGroup": {"MsgGroupItem": [ONE]}},
            events.ConversationGroupChanged("", "Work", position=7),
        ),
        (
            {
                "PushType": 7,
                "RecentContactUpdateContactGroup": {
                    "UpdateType": 1,
                    "MsgUpdateGroup": {**UPDATE, "RecentContactUpdateGroupItem": MOVES},
                },
            },
            events.ConversationGroupChanged("Work", "Work", ("a",), ("b",), 7),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_change_of_the_list_is_told(change: Any, expected: events.Event) -> None:
    found = msgspec.convert({"Event": 13, "Position": 7, "RecentContactMod": [change]}, wire.WireEvent)
    assert list(to_events(found, "alice")) == [expected]
    assert to_changes([expected])


def test_options_and_quiet_time_are_told() -> None:
    notice = {"MuteNotificationsSync": {"To_Account": "bob", "MuteNotifications": 1, "UpdateSeq": 7}}
    quiet = {"Level": 2, "StartTime": 1, "EndTime": 2, "IsRepeated": 1}
    found = msgspec.convert({"Position": 7, "C2cNotifyMsgArray": [notice], **quiet}, wire.WireEvent)
    assert list(to_events(found, "alice")) == [
        events.ReceiveOptionChanged("bob", ReceiveOption.DISCARD, 7),
        events.QuietTimeChanged(events.QuietTime(ReceiveOption.QUIET, 1, 2, is_repeated=True), 7),
    ]


def test_unknown_options_count_as_notify_and_no_bits_as_no_marks() -> None:
    assert [to_option(number) for number in (2, 3)] == [ReceiveOption.QUIET, ReceiveOption.NOTIFY]
    assert [to_marks(bits) for bits in ("", "0", "1001")] == [0, 0, 9]
