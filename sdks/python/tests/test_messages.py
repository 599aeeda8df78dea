from dataclasses import replace
from datetime import UTC, datetime

from tidings_client.elements import Custom, Text
from tidings_client.messages import Message, PushInfo

MESSAGE = Message("1-2-3", "4_5_6", "bob", "alice", is_own=False, time=1_760_000_000, elements=(Text(text="hi"),))


def test_peer_is_the_other_side_whoever_sent() -> None:
    assert MESSAGE.peer == "bob"
    assert replace(MESSAGE, is_own=True, sender="alice", receiver="bob").peer == "bob"


def test_text_joins_the_texts_and_leaves_the_rest_out() -> None:
    assert replace(MESSAGE, elements=(Text(text="a"), Custom(data="x"), Text(text="b"))).text == "ab"
    assert replace(MESSAGE, elements=(Custom(data="x"),)).text == ""


def test_time_has_a_zone() -> None:
    assert MESSAGE.sent_at == datetime(2025, 10, 9, 8, 53, 20, tzinfo=UTC)


def test_push_info_says_only_what_is_given() -> None:
    assert PushInfo().to_wire() == {"PushFlag": 0}
    info = PushInfo("New", "hi", "x", is_silent=True, more={"ApnsInfo": {"BadgeMode": 1}})
    assert info.to_wire() == {"PushFlag": 1, "Title": "New", "Desc": "hi", "Ext": "x", "ApnsInfo": {"BadgeMode": 1}}
