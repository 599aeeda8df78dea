"""Events in their wire form: each is a push of the catalogue, under its own number (web-sdk-wire.md, section 7)."""

import json
from typing import get_args

import msgspec
import pytest

from tests.support.catalogue import check_push
from tests.support.clients import Json
from tests.support.kept_events import LIST_EVENTS
from tidings.domain.devices import KickReason, Platform
from tidings.domain.events import (
    AllReadElsewhere,
    KeptEvent,
    KickedOut,
    MessageModified,
    MessageRecalled,
    MessageRef,
    ReadByPeer,
    ReadElsewhere,
    ReceiptGiven,
    StatusChanged,
)
from tidings.domain.messages import Message
from tidings.ids import AccountNumber, Position, UserId
from tidings.view.events import to_event, to_kick_event, to_message_event, to_status_event
from tidings.wire import frames
from tidings.wire.pushes import AnyEvent, Push

ALICE, BOB = UserId("alice"), UserId("bob")
REF = MessageRef(AccountNumber(1), ALICE, BOB, 10, 20, 30, 29)
BODY = b'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]'
NAMED = {
    "From_Account": "alice",
    "To_Account": "bob",
    "MsgSeq": 10,
    "MsgRandom": 20,
    "MsgTime": 30,
    "MsgClientTime": 29,
}
NAMED["TinyId"] = str((1 << 57) + 1)
KEPT: list[tuple[KeptEvent, Json]] = [
    (
        MessageRecalled(REF, ALICE, "rude"),
        {
            "Event": 10,
            "C2cNotifyMsgArray": [
                {
                    "WithdrawC2cMsgNotify": {
                        "C2cWithdrawInfoArray": [
                            {**NAMED, "RevokerInfo": {"Revoker_Account": "alice", "Reason": "rude"}}
                        ]
                    }
                }
            ],
        },
    ),
    (
        MessageModified(REF, 3, BODY, "own"),
        {
            "Event": 17,
            "C2cMsgModNotifys": [
                {**NAMED, "MsgVersion": 3, "MsgBody": json.loads(BODY), "CloudCustomData": "own"},
            ],
        },
    ),
    (
        ReadByPeer(BOB, 40),
        {
            "Event": 10,
            "C2cNotifyMsgArray": [
                {"C2cReadedReceipt": {"To_Account": "bob", "UinPairReadArray": [{"LastReadTime": 40}]}}
            ],
        },
    ),
    (
        ReadElsewhere(BOB, 40),
        {
            "Event": 10,
            "C2cNotifyMsgArray": [
                {"ReadC2cMsgNotify": {"UinPairReadArray": [{"From_Account": "bob", "LastReadTime": 40}]}}
            ],
        },
    ),
    (AllReadElsewhere(40), {"Event": 14, "C2CReadAllMsg": 1, "LastReadTime": 40, "GroupReadInfoArray": []}),
    (ReceiptGiven(BOB, 40, (REF,)), {"Event": 16, "UserId": "bob", "PeerReadTime": 40, "C2cMsgInfo": [NAMED]}),
]


def _pushed(event: AnyEvent, servcmd: str = frames.PUSH) -> Json:
    """Return an event as it is on the wire; the catalogue must know it."""
    body = msgspec.json.encode(Push([event]))
    check_push(body, servcmd)
    found: Json = json.loads(body)["EventArray"][0]
    return found


@pytest.mark.parametrize(("event", "expected"), KEPT, ids=lambda value: type(value).__name__)
def test_a_kept_event_has_its_form_and_position(event: KeptEvent, expected: Json) -> None:
    assert _pushed(to_event(event, Position(7))) == {**expected, "Position": 7}


def test_every_kind_of_kept_event_has_a_form() -> None:
    assert {type(event) for event in (*(event for event, _ in KEPT), *LIST_EVENTS)} == set(get_args(KeptEvent))


@pytest.mark.parametrize("event", LIST_EVENTS, ids=lambda event: type(event).__name__)
def test_what_happens_to_the_list_is_in_the_catalogue(event: KeptEvent) -> None:
    assert _pushed(to_event(event, Position(7)))["Position"] == 7


@pytest.mark.parametrize("is_sync", [False, True])
def test_a_message_event_has_the_messages_position(is_sync: bool) -> None:  # noqa: FBT001 - a table's column
    message = Message(AccountNumber(1), AccountNumber(2), ALICE, BOB, 30, 10, 20, 29, BODY, "", 0, position=Position(7))
    found = _pushed(to_message_event(message, is_sync=is_sync))
    assert (found["Event"], found["Position"]) == (9, 7)
    (shown,) = found["C2cMsgArray"]
    assert (shown["From_Account"], shown.get("IsSyncMsg", 0)) == (("alice", 0), ("bob", 1))[is_sync]


def test_a_status_is_told_with_the_custom_text_in_base64() -> None:
    assert _pushed(to_status_event(StatusChanged(BOB, 2, "busy"))) == {
        "Event": 18,
        "UserStatusList": [{"To_Account": "bob", "Status": 2, "CustomStatus": "YnVzeQ=="}],
    }


@pytest.mark.parametrize("reason", KickReason)
def test_a_kick_says_why_and_by_which_platform(reason: KickReason) -> None:
    found = _pushed(to_kick_event(KickedOut(reason, Platform.WINDOWS)), frames.KICK)
    notice = {"KickType": int(reason), "NewInstInfo": {"Platform": "PC"}}
    assert found == {"Event": 10, "C2cNotifyMsgArray": [{"KickoutMsgNotify": notice}]}


def test_a_kick_by_the_server_names_no_platform() -> None:
    found = _pushed(to_kick_event(KickedOut(KickReason.BY_SERVER)), frames.KICK)
    assert found["C2cNotifyMsgArray"][0]["KickoutMsgNotify"]["NewInstInfo"] == {}
