"""One-to-one messages in their wire form (web-sdk-wire.md, section 6)."""

import json
from base64 import b64decode
from dataclasses import replace

import msgspec
import pytest

from tests.support.clients import Json
from tidings.domain.messages import Flag, Message
from tidings.ids import AccountNumber, Position, UserId
from tidings.view.messages import to_custom_status, to_message_down, to_message_info, to_tiny_text

ALICE, BOB = AccountNumber(1), AccountNumber(2)
BODY = b'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi \xe2\x98\x83"}}]'
PLAIN = Message(
    ALICE, BOB, UserId("alice"), UserId("bob"), 30, 10, 20, 29, BODY, "own", 0, position=Position(5), sender_nick="A"
)
NAMES = ("from_account", "to_account", "seq", "random", "time", "client_time", "key", "position", "nick", "tiny_id")


def _shown(message: Message) -> Json:
    found: Json = json.loads(msgspec.json.encode(to_message_down(message)))
    return found


def test_a_message_is_shown_with_what_names_it() -> None:
    down = to_message_down(PLAIN)
    shown = tuple(getattr(down, name) for name in NAMES)
    assert shown == ("alice", "bob", 10, 20, 30, 29, "10_20_30", 5, "A", str((1 << 57) + 1))
    assert (bytes(down.body), down.custom_data, down.is_sync, down.life_time) == (BODY, "own", 0, None)


def test_the_key_is_the_domains() -> None:
    assert to_message_down(PLAIN).key == str(PLAIN.key)


def test_the_senders_other_devices_see_both_sides_swapped() -> None:
    down = to_message_down(PLAIN, is_sync=True)
    assert (down.from_account, down.to_account, down.is_sync) == ("bob", "alice", 1)
    assert down.tiny_id == to_tiny_text(ALICE), "the message's id is the sender's all the same"


def test_a_message_without_a_place_is_online_only() -> None:
    assert to_message_down(replace(PLAIN, position=Position(0))).life_time == 0


@pytest.mark.parametrize(
    ("flag", "member", "value"),
    [
        (Flag.RECEIPT_WANTED, "IsNeedReadReceipt", 1),
        (Flag.PEER_READ, "IsPeerRead", 1),
        (Flag.EXTENSIBLE, "SupportMessageExtension", 1),
        (Flag.RECALLED, "MsgFlagBits", 8),
    ],
)
def test_a_flag_shows_in_its_own_member_only(flag: int, member: str, value: int) -> None:
    plain, flagged = _shown(PLAIN), _shown(replace(PLAIN, flags=flag))
    assert ("RevokerInfo" in flagged) is (flag == Flag.RECALLED)
    flagged.pop("RevokerInfo", None)
    assert flagged == plain | {member: value}


def test_what_only_the_server_needs_to_know_is_not_shown() -> None:
    hidden = Flag.NO_UNREAD | Flag.NO_LAST | Flag.HIDDEN_FROM_SENDER | Flag.DELETED_BY_SENDER | Flag.IMPORTED
    quiet = replace(PLAIN, flags=hidden, push=b"{}", offline_until=99)
    assert _shown(quiet) == _shown(PLAIN)


def test_a_recalled_message_says_by_whom_and_why() -> None:
    down = to_message_down(replace(PLAIN, flags=Flag.RECALLED, revoker_id=UserId("admin"), reason="rude"))
    assert down.revoker is not None
    assert (down.revoker.revoker_account, down.revoker.reason) == ("admin", "rude")


def test_a_reference_has_the_values_that_name_the_message() -> None:
    info = to_message_info(PLAIN.ref)
    assert msgspec.to_builtins(info) == {
        "From_Account": "alice",
        "To_Account": "bob",
        "MsgSeq": 10,
        "MsgRandom": 20,
        "MsgTime": 30,
        "MsgClientTime": 29,
        "TinyId": to_tiny_text(ALICE),
    }


def test_a_tiny_id_is_text_since_it_passes_what_javascript_can_count() -> None:
    assert int(to_tiny_text(ALICE)) > 1 << 53
    assert to_tiny_text(ALICE) != to_tiny_text(BOB)


@pytest.mark.parametrize("text", ["", "busy", "in a méeting ☃"])
def test_a_custom_status_goes_down_in_base64(text: str) -> None:
    assert b64decode(to_custom_status(text)).decode() == text
