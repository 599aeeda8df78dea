"""Structs of notices: what is at its default stays off the wire."""

import msgspec

from tidings.wire.group_notices import GroupName, GroupRead, ReceiptCount, Revoker, Withdrawn


def test_what_is_empty_is_left_out() -> None:
    assert msgspec.to_builtins(GroupName("g")) == {"GroupId": "g"}
    assert msgspec.to_builtins(Revoker("bob")) == {"Revoker_Account": "bob"}
    assert msgspec.to_builtins(GroupRead("g", 4)) == {"GroupId": "g", "LastReadMsgSeq": 4}


def test_a_message_is_named_by_what_clients_know_it_again_by() -> None:
    names = set(msgspec.to_builtins(Withdrawn("g", 1, 2, 3, 4, "5")))
    assert names == {"GroupId", "MsgSeq", "MsgRandom", "MsgTime", "MsgClientTime", "TinyId"}
    assert set(msgspec.to_builtins(ReceiptCount(1, 2, 3, "4", 0, 0))) >= {"ReadNum", "UnreadNum"}
