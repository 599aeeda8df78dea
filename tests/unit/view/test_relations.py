"""Changes of relations in their wire form: one kind of change for each entry, in its order."""

import msgspec

from tests.support.catalogue import check_event
from tidings.domain.events import (
    FriendField,
    FriendGroupChange,
    FriendRequested,
    FriendRequestEnded,
    FriendUpdate,
    RelationsChanged,
)
from tidings.domain.relation_book import FriendValue
from tidings.ids import Position, UserId
from tidings.view.relations import relations_changed, to_friend_items

ALICE, BOB = UserId("alice"), UserId("bob")
EVENT = RelationsChanged(
    (BOB,),
    (BOB,),
    (FriendRequested(BOB, "Bob", "face", "AddSource_Type_Web", "hi", 5, ALICE),),
    (FriendRequestEnded(BOB, is_own=True),),
    (BOB,),
    (BOB,),
    (FriendUpdate(BOB, (FriendField("Tag_SNS_IM_Group", ("a", "b")),)),),
    (FriendGroupChange("a", ""),),
    7,
)


def test_every_kind_of_change_is_of_the_catalogue() -> None:
    event = relations_changed(EVENT, Position(9))
    down = msgspec.to_builtins(event)
    check_event(down, "event")
    assert [mod["PushType"] for mod in down["FriendListMod"]] == [9, 3, 4, 1, 2, 5, 6, 7, 8]
    assert all(len(mod) == 2 + ("From_Account" in mod) for mod in down["FriendListMod"])
    assert down["FriendListMod"][1]["From_Account"] == "alice"


def test_fields_are_shown_all_or_as_wanted() -> None:
    fields: dict[str, FriendValue] = {"Tag_SNS_IM_Remark": "r", "Tag_SNS_IM_Group": ("a",), "Tag_SNS_IM_AddTime": 5}
    assert [item.value for item in to_friend_items(fields)] == ["r", ["a"], 5]
    assert [item.tag for item in to_friend_items(fields, ["Tag_SNS_IM_AddTime"])] == ["Tag_SNS_IM_AddTime"]
