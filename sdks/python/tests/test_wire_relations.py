"""What is asked of friends goes up with what the server wants, and no more."""

import msgspec

from tidings_client import wire_relations as wire


def test_the_start_of_a_list_is_never_left_out() -> None:
    assert msgspec.to_builtins(wire.GetFriends("alice", 0)) == {"From_Account": "alice", "StartIndex": 0}


def test_what_was_not_said_stays_off_the_wire() -> None:
    wish = wire.NewFriendUp("bob", "AddSource_Type_Client")
    assert set(msgspec.to_builtins(wish)) == {"To_Account", "AddSource"}


def test_unknown_news_are_passed_over() -> None:
    told = msgspec.convert({"PushType": 99, "Something": 1}, wire.ToldRelation)
    assert (told.added, told.read_until) == ([], 0)
