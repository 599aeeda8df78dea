"""What every answer has, and raw members that may be absent (spec/auth.md, section 6)."""

import json

import msgspec
import pytest

from tests.support.catalogue import REST, SOCKET, check_response
from tidings.wire.envelope import ABSENT, DONE, is_present, refuse


class Holder(msgspec.Struct):
    raw: msgspec.Raw = ABSENT


@pytest.mark.parametrize("door", [REST, SOCKET])
def test_answers_have_the_envelope_of_both_doors(door: str) -> None:
    check_response(door, "openim/sendmsg", refuse(91000, "why"))
    check_response(SOCKET, "heartbeat/alive", DONE)


def test_success_says_ok_without_words() -> None:
    assert json.loads(DONE) == {"ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": ""}


def test_a_refusal_has_code_and_words() -> None:
    assert json.loads(refuse(70001, 'why "so"\n☃')) == {
        "ActionStatus": "FAIL",
        "ErrorCode": 70001,
        "ErrorInfo": 'why "so"\n☃',
    }


def test_the_kind_of_a_kick_is_told_only_where_there_was_one() -> None:
    assert json.loads(refuse(1002, "why", 3))["KickType"] == 3
    assert "KickType" not in json.loads(refuse(1002, "why"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{}", False),
        ('{"raw":null}', False),
        ('{"raw": null }', False),
        ('{"raw":[]}', True),
        ('{"raw":""}', True),
        ('{"raw":0}', True),
        ('{"raw":"null"}', True),
    ],
)
def test_a_raw_member_is_present_unless_left_out_or_null(body: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_present(msgspec.json.decode(body, type=Holder).raw) is expected
