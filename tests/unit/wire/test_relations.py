"""Structs of relations: an entry of the push has only what it tells."""

import msgspec

from tidings.wire.relations import FriendItem, FriendMod


def test_what_an_entry_does_not_tell_stays_off_the_wire() -> None:
    assert msgspec.to_builtins(FriendMod(kind=1, added=["bob"])) == {"PushType": 1, "FriendAdd_Account": ["bob"]}
    assert msgspec.to_builtins(FriendMod(kind=4, ended=["bob"])) == {"PushType": 4, "FrienPencydDel_Account": ["bob"]}


def test_a_field_holds_a_text_a_number_or_names() -> None:
    for value in ("x", 5, ["a", "b"]):
        item = msgspec.convert({"Tag": "t", "Value": value}, FriendItem)
        assert msgspec.to_builtins(item) == {"Tag": "t", "Value": value}
