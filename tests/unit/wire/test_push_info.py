"""OfflinePushInfo: checked in form, kept as it came (spec/messages.md, section 22)."""

import json
from typing import Any

import pytest

from tidings.errors import BAD_PUSH_INFO, TidingsError
from tidings.wire.push_info import MAX_TEXT_BYTES, check_push_info

FULL: dict[str, Any] = {
    "PushFlag": 0,
    "Title": "t",
    "Desc": "d",
    "Ext": "e",
    "MultiLanguageContent": [{"Language": "de", "Title": "t", "Desc": "d"}],
    "AndroidInfo": {"Sound": "s.mp3", "PushStyle": 1, "OPPOPrivateTitleParameters": {"a": 1}, "VIVONotifyType": 1},
    "ApnsInfo": {"BadgeMode": 1, "Title": "t", "SubTitle": "s", "MutableContent": 1, "LiveActivity": {"id": "x"}},
    "HarmonyInfo": {"Category": "IM", "SoundDuration": 3},
    "BadgeAddNum": 1,
    "BadgeSetNum": 0,
    "PushTemplateId": "p",
    "PushTemplateParam": {"a": "b"},
}


def _refused(raw: bytes) -> str:
    with pytest.raises(TidingsError) as caught:
        check_push_info(raw)
    assert caught.value.fault is BAD_PUSH_INFO
    return caught.value.info


def test_full_settings_pass_byte_by_byte() -> None:
    raw = json.dumps(FULL | {"Newer": {"kept": [1.50]}}).encode()
    assert check_push_info(memoryview(raw)) == raw


def test_nothing_is_needed() -> None:
    assert check_push_info(b"{}") == b"{}"


@pytest.mark.parametrize("name", FULL)
def test_a_member_of_another_type_is_named(name: str) -> None:
    assert f"$.{name}`" in _refused(json.dumps(FULL | {name: True}).encode())


@pytest.mark.parametrize(
    "part",
    [
        {"PushFlag": 2},
        {"PushFlag": -1},
        {"BadgeAddNum": 0},
        {"BadgeAddNum": 100},
        {"BadgeSetNum": -1},
        {"BadgeSetNum": 1000},
        {"MultiLanguageContent": [{"Title": "of no language"}]},
        {"AndroidInfo": {"PushStyle": 2}},
        {"AndroidInfo": {"VIVOClassification": "1"}},
        {"ApnsInfo": {"BadgeMode": 2}},
        {"HarmonyInfo": {"SoundDuration": "3"}},
    ],
    ids=str,
)
def test_a_number_out_of_bounds_is_refused(part: dict[str, Any]) -> None:
    _refused(json.dumps(part).encode())


def test_text_and_extension_share_3_kilobytes() -> None:
    half = "é" * (MAX_TEXT_BYTES // 4)
    check_push_info(json.dumps({"Desc": half, "Ext": half}).encode())
    assert "3073 bytes" in _refused(json.dumps({"Desc": half, "Ext": half + "x"}).encode())


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b'"x"', b"5", b"null", b'{"Newer":"\xff"}', b'{"Newer":%b}' % (b"[" * 10**5)]
)
def test_what_is_no_json_object_in_utf_8_is_refused(raw: bytes) -> None:
    _refused(raw)
