import msgspec
import pytest

from tidings_client import wire
from tidings_client.decode import to_events
from tidings_client.decode_profiles import to_follow_type, to_profile, to_tags
from tidings_client.events import AllowType, FollowChange, FollowsChanged, FollowType, Gender, Profile, ProfileChanged
from tidings_client.wire_profiles import ProfileItem

NICK, LEVEL, CITY = "Tag_Profile_IM_Nick", "Tag_Profile_IM_Level", "Tag_Profile_Custom_City"


def test_a_profile_has_standard_and_custom_fields_and_no_others() -> None:
    rows: list[tuple[str, int | str]] = [
        (NICK, "Al"),
        (LEVEL, 0),
        (CITY, "Lyon"),
        ("Tag_Profile_IM_Gender", Gender.MALE),
        ("Tag_Other", "x"),
    ]
    found = to_profile("alice", [ProfileItem(tag, value) for tag, value in rows])
    assert found == Profile("alice", nick="Al", level=0, gender=Gender.MALE, custom={"City": "Lyon"})


def test_a_choice_to_come_counts_as_the_first() -> None:
    assert to_profile("bob", [ProfileItem("Tag_Profile_IM_Gender", "Gender_Type_Other")]).gender is Gender.UNKNOWN


def test_fields_go_by_their_tags() -> None:
    fields = {"nick": "", "allow_type": AllowType.DENY_ANY, "birthday": 19990131, "custom": {"City": "Lyon"}}
    assert to_tags(fields) == {
        NICK: "",
        "Tag_Profile_IM_AllowType": "AllowType_Type_DenyAny",
        "Tag_Profile_IM_BirthDay": 19990131,
        CITY: "Lyon",
    }
    with pytest.raises(TypeError, match="shoe_size"):
        to_tags({"shoe_size": 42})


def event(text: str) -> wire.WireEvent:
    return msgspec.json.decode(text, type=wire.WireEvent)


def test_what_changed_of_a_profile_is_told_by_its_names() -> None:
    fields = (
        f'[{{"Tag": "{NICK}", "ValueBytes": ""}}, {{"Tag": "{LEVEL}", "ValueNum": 0}},'
        f' {{"Tag": "{CITY}", "ValueBytes": "x"}}, {{"Tag": "{NICK}"}}]'
    )
    text = (
        f'{{"Position": 7, "ProfileDataMod": [{{"PushType": 1, "Profile_Account": "bob", "ProfileList": {fields}}}]}}'
    )
    assert list(to_events(event(text), "alice")) == [ProfileChanged("bob", {"nick": "", "level": 0}, {"City": "x"}, 7)]


def test_what_changed_of_follows_is_one_event_of_what_came_and_what_went() -> None:
    diffs = '[{"IsAdd": 0, "FollowType": 3}, {"IsAdd": 1, "FollowType": 1}, {"IsAdd": 0, "FollowType": 2}]'
    bob = f'{{"From_Account": "bob", "FollowTime": 4, "FollowDiffList": {diffs}}}'
    carol = '{"From_Account": "carol", "FollowTime": 5, "FollowDiffList": [{"IsAdd": 1, "FollowType": 2}]}'
    changes = (
        FollowChange("bob", (FollowType.FOLLOWER,), is_added=True, time=4),
        FollowChange("bob", (FollowType.MUTUAL, FollowType.FOLLOWED), is_added=False, time=4),
        FollowChange("carol", (FollowType.FOLLOWED,), is_added=True, time=5),
    )
    found = event(f'{{"Position": 7, "FollowChangeList": [{bob}, {carol}]}}')
    assert list(to_events(found, "alice")) == [FollowsChanged(changes, 7)]


@pytest.mark.parametrize(("number", "expected"), [(3, FollowType.MUTUAL), (9, FollowType.NONE)])
def test_a_type_to_come_counts_as_none(number: int, expected: FollowType) -> None:
    assert to_follow_type(number) is expected
