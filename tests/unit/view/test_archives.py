"""An hour's messages as text (spec/rest/open_msg_svc.yaml)."""

import json

import pytest

from tests.support.stores import APP
from tidings.view.archives import CLOSING, anonymized, parse_label, to_label, to_opening


@pytest.mark.parametrize(("hour", "label"), [(0, "1970010100"), (488_890, "2025100910"), (488_903, "2025100923")])
def test_an_hour_has_a_label_and_back(hour: int, label: str) -> None:
    assert (to_label(hour), parse_label(label)) == (label, hour)


@pytest.mark.parametrize(
    "text", ["", "202510091", "20251009100", "2025130910", "2025100924", "2025-10-09", "202510091\u0660"]
)
def test_what_is_no_hour_has_none(text: str) -> None:
    assert parse_label(text) is None


def test_first_and_last_line_make_a_document() -> None:
    opening = to_opening(APP, "2025100910")
    assert opening.endswith(b'"MsgList":[\n')
    assert json.loads(opening + CLOSING)["MsgTime"] == "2025100910"


def test_names_are_replaced_on_both_sides_and_nowhere_else() -> None:
    line = b'{"From_Account":"alice","To_Account":"bob","MsgBody":["alice"]}'
    changed = anonymized(line, {"alice": "x", "bob": "y"}, ())
    assert changed == b'{"From_Account":"x","To_Account":"y","MsgBody":["alice"]}'
    assert anonymized(line, {"carol": "z"}, ()) == line
    assert anonymized(line, {}, {"bob"}) == line
    assert anonymized(line, {}, {"alice"}) is None
