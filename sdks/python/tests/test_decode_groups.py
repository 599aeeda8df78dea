from typing import Any

import msgspec
import pytest

from tidings_client import (
    Custom,
    GroupMessageReceived,
    GroupNotice,
    GroupTipReceived,
    JoinRequest,
    NoticeKind,
    Raw,
    RequestKind,
    TipKind,
    wire,
)
from tidings_client.decode import to_changes, to_events
from tidings_client.decode_groups import to_group_message, to_history
from tidings_client.events import ConversationChanged, Event
from tidings_client.wire_groups import WireGroupMessage

INFO = {"GroupId": "g", "GroupName": "team", "GroupType": "Public", "From_AccountNick": "Bob"}


def message(seq: int, **changes: object) -> dict[str, Any]:
    body = [{"MsgType": "TIMCustomElem", "MsgContent": {"Data": "x"}}]
    found = {"From_Account": "bob", "ToGroupId": "g", "MsgSeq": seq, "MsgRandom": 7, "MsgTimeStamp": 60}
    return {**found, "MsgClientTime": 59, "TinyId": "1002", "MsgBody": body, "GroupInfo": INFO, **changes}


def tip(seq: int, **body: object) -> dict[str, Any]:
    return message(seq, MsgBody={"OpType": 7, "Operator_Account": "boss", **body})


def read(raw: object) -> list[Event]:
    return list(to_events(msgspec.convert(raw, wire.WireEvent), "alice"))


def to_wire(raw: object) -> WireGroupMessage:
    return msgspec.convert(raw, WireGroupMessage)


def test_message_as_a_member_sees_it() -> None:
    found = to_group_message(to_wire(message(5, GroupAtInfo=[{"GroupAtAllFlag": 1}])), "bob")
    assert (found.id, found.group, found.seq, found.sender, found.is_own) == ("1002-59-7", "g", 5, "bob", True)
    assert (found.elements, found.mentions, found.sender_nick) == ((Custom(data="x"),), ("",), "Bob")


def test_element_of_another_kind_is_left_as_it_is() -> None:
    odd = [{"MsgType": "TIMOdd", "MsgContent": {"a": 1}}]
    assert to_group_message(to_wire(message(5, MsgBody=odd)), "bob").elements == (Raw("TIMOdd", {"a": 1}),)


def test_recalled_message_says_by_whom() -> None:
    raw = message(5, IsPlaceMsg=2, RevokerInfo={"Revoker_Account": "boss", "Reason": "rude"})
    found = to_group_message(to_wire(raw), "alice")
    assert (found.is_recalled, found.recalled_by, found.recall_reason) == (True, "boss", "rude")


def test_history_is_turned_round_and_has_no_room_for_what_is_gone() -> None:
    page = [to_wire(message(7)), to_wire(message(6, IsPlaceMsg=1)), to_wire(tip(5))]
    assert [(each.seq, each.tip is None) for each in to_history(page, "alice")] == [(5, False), (7, True)]


def test_tip_says_what_happened() -> None:
    mutes = [{"User_Account": "bob", "ShutupTime": 60}]
    news = {"GroupName": "new"}
    item = tip(6, List_Account=["bob"], MemberNum=3, MsgMemberInfo=mutes, MsgGroupNewInfo=news)
    (event,) = read({"Event": 4, "GroupTips": [item]})
    assert isinstance(event, GroupTipReceived)
    found = event.message.tip
    assert found is not None
    assert (found.kind, found.operator, found.users, found.member_count) == (TipKind.MEMBER, "boss", ("bob",), 3)
    assert (found.mutes, found.changes) == ({"bob": 60}, news)


def test_notice_to_this_account_has_all_that_was_told() -> None:
    body = {"ReportType": 1, "Operator_Account": "carol", "RemarkInfo": "let me in", "MsgKey": 9}
    (event,) = read({"Event": 5, "Position": 4, "GroupTips": [message(0, MsgBody=body)]})
    assert isinstance(event, GroupNotice)
    assert (event.group, event.kind, event.operator, event.text) == ("g", NoticeKind.APPLIED, "carol", "let me in")
    assert (event.data, event.position) == (body, 4)


@pytest.mark.parametrize(
    ("number", "users", "kind", "user"),
    [
        (1, [], RequestKind.APPLICATION, "carol"),
        (12, ["alice"], RequestKind.CONSENT, "alice"),
        (24, ["dave"], RequestKind.APPROVAL, "dave"),
    ],
)
def test_notice_that_wants_an_answer_has_what_the_answer_needs(
    number: int, users: list[str], kind: RequestKind, user: str
) -> None:
    body = {"ReportType": number, "Operator_Account": "carol", "Authentication": "5f2c", "List_Account": users}
    (event,) = read({"Event": 5, "Position": 4, "GroupTips": [message(0, MsgBody=body)]})
    assert isinstance(event, GroupNotice)
    assert event.request == JoinRequest("g", kind, "carol", user, "5f2c", "", 60, "team", "Public")


def test_ban_from_a_live_room_is_a_ban() -> None:
    assert [NoticeKind.of(number) for number in (21, 22, 99)] == [
        NoticeKind.BANNED,
        NoticeKind.BANNED,
        NoticeKind.OTHER,
    ]


@pytest.mark.parametrize(("changes", "count"), [({}, 1), ({"OnlineOnlyFlag": 1}, 0)])
def test_kept_message_changes_the_row_of_its_group(changes: dict[str, object], count: int) -> None:
    (event,) = read({"Event": 3, "GroupMsgArray": [message(5, **changes)]})
    assert isinstance(event, GroupMessageReceived)
    assert to_changes([event, event]) == [ConversationChanged(None, "g")] * count
