"""Profiles and follows in their wire form."""

import json

import msgspec

from tests.support.catalogue import check_event
from tidings.domain.events import FollowChange, FollowsChanged, ProfileChanged, ProfileField
from tidings.ids import Position, UserId
from tidings.view.profiles import follows_changed, profile_changed, to_items
from tidings.wire.profiles import ProfileItem
from tidings.wire.pushes import FollowEvent, ProfileEvent

BOB = UserId("bob")


def wire(event: ProfileEvent | FollowEvent) -> object:
    found = json.loads(msgspec.json.encode(event))
    check_event(found, "event")
    return found


def test_texts_and_numbers_have_members_of_their_own() -> None:
    changed = ProfileChanged(BOB, (ProfileField("Tag_Profile_IM_Nick", ""), ProfileField("Tag_Profile_IM_Level", 0)))
    fields = [{"Tag": "Tag_Profile_IM_Nick", "ValueBytes": ""}, {"Tag": "Tag_Profile_IM_Level", "ValueNum": 0}]
    assert wire(profile_changed(changed, Position(7))) == {
        "Event": 1,
        "Position": 7,
        "ProfileDataMod": [{"PushType": 1, "Profile_Account": "bob", "ProfileList": fields}],
    }


def test_each_list_a_user_left_is_named() -> None:
    event = FollowsChanged((FollowChange(BOB, 40, (2, 3), is_added=False),))
    diffs = [{"IsAdd": 0, "FollowType": 2}, {"IsAdd": 0, "FollowType": 3}]
    assert wire(follows_changed(event, Position(7))) == {
        "Event": 27,
        "Position": 7,
        "FollowChangeList": [{"From_Account": "bob", "FollowTime": 40, "FollowDiffList": diffs}],
    }


def test_fields_keep_their_order() -> None:
    assert to_items({"b": 1, "a": "x"}) == [ProfileItem("b", 1), ProfileItem("a", "x")]
