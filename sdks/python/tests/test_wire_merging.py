"""The wire forms of merged messages."""

import msgspec

from tidings_client.wire_merging import Load, Row, Save


def test_what_is_asked_is_in_wire_names() -> None:
    assert msgspec.to_builtins(Save(messages=[{"MsgSeq": 1}])) == {"MsgList": [{"MsgSeq": 1}]}
    assert msgspec.to_builtins(Load(key="k")) == {"JsonMsgKey": "k"}


def test_a_row_may_lack_whatever_others_left_out() -> None:
    assert msgspec.convert({"GroupId": "g"}, Row) == Row()
