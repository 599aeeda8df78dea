"""Structs of news."""

import msgspec

from tidings.wire.group_news import AttributeDown, AttributesBody, AttributesDown, CounterDown, CountersDown, NewInfo


def test_attributes_are_spelled_as_clients_read_them() -> None:
    body = AttributesBody(6, NewInfo(AttributesDown(2, 1, 1, [AttributeDown("seat", "bob", 2)])))
    assert msgspec.json.decode(msgspec.json.encode(body)) == {
        "OpType": 6,
        "MsgGroupNewInfo": {
            "GroupAttrOption": {
                "AttrMainSeq": 2,
                "OpType": 1,
                "PushChangedAttrValFlag": 1,
                "GroupAttrInfo": [{"key": "seat", "value": "bob", "SubKeySeq": 2}],
            }
        },
    }


def test_counters_are_spelled_as_clients_read_them() -> None:
    shown = msgspec.to_builtins(CountersDown(0, 3, [CounterDown("likes", 5)]))
    assert shown == {"Type": 0, "GroupCounterSeq": 3, "GroupCounter": [{"Key": "likes", "Value": 5}]}
