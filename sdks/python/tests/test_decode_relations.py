"""News of relations as events."""

import msgspec

from tidings_client import Friend, FriendRequest
from tidings_client.decode_relations import to_friend, to_relations_event, to_request
from tidings_client.wire_relations import FriendDown, RequestDown, ToldRelation


def test_a_friend_has_its_fields_by_their_own_names() -> None:
    values: dict[str, object] = {
        "Tag_SNS_IM_Remark": "Bobby",
        "Tag_SNS_IM_Group": ["Choir"],
        "Tag_SNS_IM_AddSource": "AddSource_Type_Web",
        "Tag_SNS_IM_AddTime": 5,
        "Tag_SNS_Custom_Since": "2019",
    }
    items = [{"Tag": tag, "Value": value} for tag, value in values.items()]
    friend = to_friend(msgspec.convert({"To_Account": "bob", "ValueItem": items}, FriendDown))
    assert friend == Friend("bob", "Bobby", ("Choir",), "AddSource_Type_Web", "", 5, {"Since": "2019"})
    assert to_friend(FriendDown("carol")) == Friend("carol")


def test_a_request_says_whose_it_is() -> None:
    for kind, is_own in (("Pendency_Type_SendOut", True), ("Pendency_Type_ComeIn", False)):
        down = RequestDown("bob", "Bob", "face", "s", "hi", 5, kind)
        assert to_request(down) == FriendRequest("bob", "Bob", "face", "s", "hi", 5, is_own=is_own)


def test_changes_of_all_kinds_are_one_event() -> None:
    parts = [
        {"PushType": 3, "From_Account": "alice", "PendencyAdd": [{"PendencyAdd_Account": "bob"}]},
        {"PushType": 1, "FriendAdd_Account": ["carol"]},
        {"PushType": 8, "FriendUpInfo": [{"Friend_Account": "carol", "Sns": []}]},
        {"PushType": 9, "FriendGroupMod": [{"GroupNewName": "a", "GroupOldName": ""}]},
        {"PushType": 7, "ReportTime": 9},
    ]
    event = to_relations_event(msgspec.convert(parts, list[ToldRelation]), 4, "alice")
    assert (event.added, event.updated, event.groups, event.read_until) == (("carol",), ("carol",), (("", "a"),), 9)
    assert (event.requests[0].user, event.requests[0].is_own, event.position) == ("bob", True, 4)
