"""Structs of what groups tell: the least of each is of the catalogue."""

import msgspec
from msgspec import Raw

from tests.support.catalogue import check_push
from tidings.wire.group_pushes import GroupInfo, GroupMessageDown, GroupMessageEvent, GroupPush, TipBody

BODY = Raw(b'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]')
LEAST = GroupMessageDown("bob", "g", 1, 2, 2, 3, 4, BODY, "144115188075855873", GroupInfo("g"))


def test_the_least_message_is_a_push_of_the_catalogue() -> None:
    check_push(msgspec.json.encode(GroupPush([GroupMessageEvent(event=3, messages=[LEAST])])))


def test_what_an_ordinary_message_has_not_is_left_out() -> None:
    shown = msgspec.json.decode(msgspec.json.encode(LEAST))
    assert not {"GroupAtInfo", "RevokerInfo", "IsPlaceMsg", "TopicId", "NeedReadReceipt"} & set(shown)
    assert shown["MsgRandom"] == shown["Random"] == 2


def test_the_least_tip_says_what_and_by_whom() -> None:
    assert msgspec.to_builtins(TipBody(2, "bob")) == {"OpType": 2, "Operator_Account": "bob"}
