"""Structs of pushes: what is at its default stays off the wire (spec/client/pushes.yaml)."""

import json

import msgspec
import pytest

from tests.support.catalogue import check_push
from tidings.wire import pushes

BODY = msgspec.Raw(b'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]')
MESSAGE = pushes.MessageDown("alice", "bob", 1, 2, 3, 4, BODY, "144115188075855873")
INFO = pushes.MessageInfo("alice", "bob", 1, 2, 3, 4, "144115188075855873")
NOTICES = [
    pushes.Notice(withdrawn=pushes.Withdrawn([msgspec.structs.replace(INFO, revoker=pushes.RevokerInfo("alice"))])),
    pushes.Notice(read_by_peer=pushes.ReadByPeerNotice("bob", [pushes.ReadMark(5)])),
    pushes.Notice(read_elsewhere=pushes.ReadElsewhereNotice([pushes.ReadMark(5, "bob")])),
    pushes.Notice(kick=pushes.KickNotice(1, pushes.NewInstance("Web"))),
]
EVENTS: list[pushes.AnyEvent] = [
    pushes.MessageEvent(event=9, messages=[MESSAGE]),
    *(pushes.NoticeEvent(event=10, notices=[notice]) for notice in NOTICES),
    pushes.AllReadEvent(event=14, all_read=1, time=5, groups=[]),
    pushes.ReceiptEvent(event=16, user_id="bob", time=5, messages=[INFO]),
    pushes.ModifiedEvent(
        event=17, messages=[pushes.ModifiedMessage("alice", "bob", 1, 2, 3, 4, "144115188075855873", 1, BODY, "")]
    ),
    pushes.StatusEvent(event=18, users=[pushes.UserStatus("bob", 1, "")]),
]


def _on_the_wire(struct: msgspec.Struct) -> dict[str, object]:
    found: dict[str, object] = json.loads(msgspec.json.encode(struct))
    return found


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_the_least_of_each_event_is_a_push_of_the_catalogue(event: pushes.AnyEvent) -> None:
    check_push(_on_the_wire(pushes.Push([event])))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_says_its_position_if_it_has_one(event: pushes.AnyEvent) -> None:
    assert "Position" not in _on_the_wire(event)
    assert _on_the_wire(msgspec.structs.replace(event, position=7))["Position"] == 7


def test_a_plain_message_says_no_more_than_what_names_it() -> None:
    assert set(_on_the_wire(MESSAGE)) == {
        "From_Account",
        "To_Account",
        "MsgSeq",
        "MsgRandom",
        "MsgTimeStamp",
        "MsgClientTime",
        "MsgBody",
        "TinyId",
    }


def test_an_online_only_message_says_its_lifetime_of_0() -> None:
    assert _on_the_wire(msgspec.structs.replace(MESSAGE, life_time=0))["MsgLifeTime"] == 0


@pytest.mark.parametrize("notice", NOTICES, ids=range(len(NOTICES)))
def test_a_notice_has_one_member(notice: pushes.Notice) -> None:
    assert len(_on_the_wire(notice)) == 1


def test_a_push_asks_for_an_acknowledgement_only_on_wish() -> None:
    assert set(_on_the_wire(pushes.Push([]))) == {"EventArray"}
    asked = _on_the_wire(pushes.Push([], need_ack=1, session_data="17"))
    assert (asked["NeedAck"], asked["SessionData"]) == (1, "17")
