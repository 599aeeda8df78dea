import msgspec

from tidings_client.wire_groups import PageDown, ToldBody, WireGroupMessage


def test_body_is_a_list_of_elements_or_what_a_group_tells() -> None:
    raw = b'[{"MsgSeq":1,"MsgBody":[{"MsgType":"TIMTextElem"}]},{"MsgSeq":2,"MsgBody":{"OpType":6}}]'
    one, two = msgspec.json.decode(raw, type=list[WireGroupMessage])
    assert isinstance(one.body, list)
    assert two.body == {"OpType": 6}


def test_page_without_a_next_sequence_is_the_last() -> None:
    assert msgspec.json.decode(b"{}", type=PageDown) == PageDown([], 0)


def test_told_body_without_a_number_is_no_notice() -> None:
    assert ToldBody().notice is msgspec.UNSET
