"""The wire forms of extensions and reactions."""

import msgspec

from tidings_client import wire_extensions as wire


def test_a_change_names_the_message_and_its_pairs() -> None:
    change = wire.Change("alice", "bob", "1_2_3", operation=1, pairs=[wire.PairUp(key="a", value="x", seq=0)])
    assert msgspec.to_builtins(change) == {
        "From_Account": "alice",
        "To_Account": "bob",
        "MsgKey": "1_2_3",
        "OperateType": 1,
        "ExtensionList": [{"Key": "a", "Value": "x", "Seq": 0}],
    }


def test_what_an_answer_leaves_out_is_empty() -> None:
    assert msgspec.convert({}, wire.Pairs) == wire.Pairs(complete=1, pairs=[])
    assert msgspec.convert({}, wire.Reacting) == wire.Reacting(users=[], next=0)
