"""What of a body people read: found by searches, changed by the word filter."""

import json
from typing import Any

import pytest

from tidings.wire.texts import replaced_texts, types_and_texts


def body(*elements: tuple[str, dict[str, Any]]) -> bytes:
    return json.dumps([{"MsgType": kind, "MsgContent": content} for kind, content in elements]).encode()


MERGED = ("TIMRelayElem", {"Title": "t", "AbstractList": ["a", "b"], "CompatibleText": "c", "MsgNum": 2})


def test_texts_that_people_read_are_found() -> None:
    made = body(
        ("TIMTextElem", {"Text": "one"}),
        ("TIMCustomElem", {"Data": "no", "Desc": "two", "Ext": "no"}),
        ("TIMLocationElem", {"Desc": "three", "Latitude": 1, "Longitude": 2}),
        ("TIMFileElem", {"FileName": "four", "Url": "no"}),
        ("TIMFaceElem", {"Index": 1, "Data": "no"}),
        MERGED,
    )
    types, texts = types_and_texts(made)
    assert types[0] == "TIMTextElem"
    assert len(types) == 6
    assert texts == ["one", "two", "three", "four", "t", "a", "b"]


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b'[{"MsgType":"TIMTextElem","MsgContent":{"Text":1}}]'])
def test_what_is_no_body_has_no_texts(raw: bytes) -> None:
    assert types_and_texts(raw) == ([], [])


STREAM = (
    "TIMStreamElem",
    {"Chunks": [{"Index": 1, "Markdown": "out"}, {"Index": 2, "Markdown": "side"}, {"Index": 3}]},
)


def test_a_stream_is_found_and_changed_by_what_its_pieces_make_together() -> None:
    assert types_and_texts(body(STREAM)) == (["TIMStreamElem"], ["outside"])
    changed = replaced_texts(body(STREAM), lambda text: text.replace("outside", "inside"))
    assert types_and_texts(changed) == (["TIMStreamElem"], ["inside"])
    assert [chunk["Index"] for chunk in json.loads(changed)[0]["MsgContent"]["Chunks"]] == [1, 2, 3]
    assert replaced_texts(body(STREAM), lambda text: text) == body(STREAM)


def test_a_body_without_changes_stays_byte_for_byte() -> None:
    raw = b'[ {"MsgType" :"TIMTextElem", "MsgContent":{"Text":"one"},"x":1.50} ]'
    assert replaced_texts(raw, lambda text: text) == raw


def test_every_text_is_changed_and_nothing_else() -> None:
    nested = {"MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "deep"}}], "MsgSeq": 1}
    merged = (MERGED[0], {**MERGED[1], "MsgList": [nested, {"odd": 1}, 7]})
    changed = json.loads(replaced_texts(body(("TIMTextElem", {"Text": "one"}), merged), str.upper))
    assert changed[0]["MsgContent"] == {"Text": "ONE"}
    content = changed[1]["MsgContent"]
    assert (content["Title"], content["AbstractList"], content["CompatibleText"], content["MsgNum"]) == (
        "T",
        ["A", "B"],
        "C",
        2,
    )
    assert content["MsgList"][0]["MsgBody"][0]["MsgContent"] == {"Text": "DEEP"}
    assert content["MsgList"][1:] == [{"odd": 1}, 7]
