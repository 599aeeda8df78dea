"""Structs of extensions: what does not belong to an operation stays off the wire."""

import msgspec

from tidings.wire.extensions import ExtensionNotice, MessageName, PairDown, PairsChanged

NAME = MessageName("1", 2, 3, 4, 5, "alice", "bob")


def test_only_the_array_of_the_operation_is_there() -> None:
    changed = [PairsChanged([PairDown("a", "", 1)])]
    notice = ExtensionNotice(message=NAME, operation=2, tiny_id="1", last_seq=1, deleted_pairs=changed)
    down = msgspec.to_builtins(notice)
    assert down.keys() == {"ExtensionC2cMsgInfo", "MsgOptType", "TinyId", "MsgLastSeq", "DeleteKVInfo"}
    assert down["DeleteKVInfo"] == [{"MsgKeyValue": [{"Key": "a", "Value": "", "Seq": 1}]}]
