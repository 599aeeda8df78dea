"""MsgBody: each element is checked in form, then the bytes are passed on as they came (spec/messages.md, section 1)."""

import json
from typing import Any

import pytest

from tidings.errors import BAD_ELEMENT, BAD_MESSAGE_BODY, MESSAGE_BODY_NO_ARRAY, Fault, TidingsError
from tidings.wire.elements import MAX_DEPTH, check_body

IMAGE = {"Type": 1, "Size": 10, "Width": 20, "Height": 30, "URL": "u"}
FULL: dict[str, dict[str, Any]] = {
    "TIMTextElem": {"Text": "hi"},
    "TIMLocationElem": {"Desc": "here", "Latitude": 52.5, "Longitude": 13},
    "TIMFaceElem": {"Index": 1, "Data": "smile"},
    "TIMCustomElem": {"Data": "d", "Desc": "e", "Ext": "f", "Sound": "s"},
    "TIMSoundElem": {"Url": "u", "UUID": "i", "Size": 1, "Second": 2, "Download_Flag": 2},
    "TIMImageElem": {"UUID": "i", "ImageFormat": 1, "ImageInfoArray": [IMAGE]},
    "TIMFileElem": {"Url": "u", "UUID": "i", "FileSize": 1, "FileName": "f", "Download_Flag": 2},
    "TIMVideoFileElem": {"VideoUrl": "u", "VideoUUID": "i", "VideoSize": 1, "VideoSecond": 2, "VideoFormat": "mp4"},
    "TIMRelayElem": {"Title": "t", "MsgNum": 1, "AbstractList": ["a"], "CompatibleText": "c", "MsgList": [{}]},
}
# What an element cannot do without; the other members have defaults.
NEEDED = {
    "TIMTextElem": {"Text"},
    "TIMLocationElem": {"Latitude", "Longitude"},
    "TIMFaceElem": set(),
    "TIMCustomElem": set(),
    "TIMSoundElem": {"Url", "UUID"},
    "TIMImageElem": {"UUID", "ImageInfoArray"},
    "TIMFileElem": {"Url", "UUID"},
    "TIMVideoFileElem": {"VideoUrl"},
    "TIMRelayElem": set(),
}
EACH = pytest.mark.parametrize("kind", FULL)


def _body(kind: str, content: object) -> bytes:
    return json.dumps([{"MsgType": kind, "MsgContent": content}]).encode()


def _refused(body: bytes) -> Fault:
    with pytest.raises(TidingsError) as caught:
        check_body(body)
    return caught.value.fault


@EACH
def test_a_full_element_passes_byte_by_byte(kind: str) -> None:
    body = _body(kind, FULL[kind] | {"OfTheApp": {"kept": [1.50, "\u2603"]}})
    assert check_body(memoryview(body)) == body


@EACH
def test_only_what_is_needed_must_be_there(kind: str) -> None:
    check_body(_body(kind, {name: FULL[kind][name] for name in NEEDED[kind]}))
    for name in NEEDED[kind]:
        assert _refused(_body(kind, {key: value for key, value in FULL[kind].items() if key != name})) is BAD_ELEMENT


@EACH
def test_a_member_of_another_type_is_refused(kind: str) -> None:
    for name in FULL[kind]:
        assert _refused(_body(kind, FULL[kind] | {name: True})) is BAD_ELEMENT, name


def test_elements_of_several_types_make_one_message() -> None:
    whole = [{"MsgType": kind, "MsgContent": content} for kind, content in FULL.items()]
    check_body(json.dumps(whole).encode())


def test_one_custom_element_is_allowed() -> None:
    text, custom = ({"MsgType": kind, "MsgContent": FULL[kind]} for kind in ("TIMTextElem", "TIMCustomElem"))
    check_body(json.dumps([text, custom, text]).encode())
    assert _refused(json.dumps([custom, text, custom]).encode()) is BAD_ELEMENT


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", MESSAGE_BODY_NO_ARRAY),
        (b"null", MESSAGE_BODY_NO_ARRAY),
        (b'"hi"', MESSAGE_BODY_NO_ARRAY),
        (b"{}", MESSAGE_BODY_NO_ARRAY),
        (b"[]", BAD_MESSAGE_BODY),
        (b" [ ] ", BAD_MESSAGE_BODY),
        (b"[5]", BAD_MESSAGE_BODY),
        (b"[null]", BAD_MESSAGE_BODY),
        (b"[{}]", BAD_MESSAGE_BODY),
        (b"[", BAD_MESSAGE_BODY),
        (b'[{"MsgType":"TIMTextElem"}]', BAD_MESSAGE_BODY),
        (b'[{"MsgContent":{"Text":"hi"}}]', BAD_MESSAGE_BODY),
        (b'[{"MsgType":5,"MsgContent":{}}]', BAD_MESSAGE_BODY),
        (b'[{"MsgType":"TIMOtherElem","MsgContent":{}}]', BAD_ELEMENT),
        (b'[{"MsgType":"TIMTextElem","MsgContent":null}]', BAD_ELEMENT),
        (b'[{"MsgType":"TIMTextElem","MsgContent":[]}]', BAD_ELEMENT),
    ],
)
def test_what_is_no_list_of_elements_has_its_code(body: bytes, fault: Fault) -> None:
    assert _refused(body) is fault


@pytest.mark.parametrize("own", [b'"\xff"', b'"\xed\xa0\x80"', b"NaN", b"01", b"'x'", b'"\\x"', b'"a\nb"'])
def test_members_of_the_app_must_be_json_in_utf_8(own: bytes) -> None:
    _refused(b'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi","Own":%b}}]' % own)


@pytest.mark.parametrize("pair", ["[]", "{}"])
def test_a_body_is_nested_100_deep_at_most(pair: str) -> None:
    step = '{"a":' if pair == "{}" else "["
    around = 3  # the list, the element, its content

    def nested(depth: int) -> bytes:
        inner = step * (depth - around) + "0" + pair[1] * (depth - around)
        return f'[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"hi","Own":{inner}}}}}]'.encode()

    check_body(nested(MAX_DEPTH))
    assert _refused(nested(MAX_DEPTH + 1)) is BAD_MESSAGE_BODY
    assert _refused(nested(100_000)) is BAD_MESSAGE_BODY


@pytest.mark.parametrize("text", ["[" * 500, '"[{' * 200, "\\" * 99 + '"' + "{" * 300, "[]" * 500])
def test_brackets_in_texts_and_side_by_side_are_no_depth(text: str) -> None:
    check_body(_body("TIMTextElem", {"Text": text, "Own": [[]] * 200}))
