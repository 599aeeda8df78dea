from collections.abc import Iterator

import pytest

from tests.web.browser import Page, RefusedError
from tests.web.conftest import Enter, Name
from tests.web.emulator import Emulator, running_emulator

CITY = "Tag_Profile_Custom_City"
CHANGE = {
    "nick": "Al 🍁",
    "avatar": "https://img.example.org/a.png",
    "gender": "Gender_Type_Female",
    "birthday": 19990131,
    "location": "Lyon",
    "selfSignature": "hi",
    "allowType": "AllowType_Type_DenyAny",
    "language": 2,
    "messageSettings": 1,
    "level": 3,
    "role": 4,
}


@pytest.fixture(scope="module")
def with_city() -> Iterator[Emulator]:
    """Return an emulator whose app has declared a custom field."""
    with running_emulator("--set", f"profile_fields={CITY.rpartition('_')[2]}:string:rw:rw") as emulator:
        yield emulator


def profile_of(page: Page, user: str) -> dict[str, object]:
    (found,) = page.run("getUserProfile", {"userIDList": [user]})
    assert isinstance(found, dict)
    return found


def test_a_profile_is_changed_and_seen_on_every_device_and_by_others(enter: Enter, named: Name) -> None:
    phone, desk, bob = enter(named("alice")), enter(named("alice")), enter(named("bob"))
    for device in (phone, desk):
        device.run("getMyProfile")
    phone.run("updateMyProfile", CHANGE)
    for device in (phone, desk):
        told = device.wait("PROFILE_UPDATED", {"userID": named("alice"), **CHANGE})
        assert told["nick"] == CHANGE["nick"]
    for found in (enter(named("alice")).run("getMyProfile"), desk.run("getMyProfile"), profile_of(bob, named("alice"))):
        assert {name: found[name] for name in CHANGE} == CHANGE


def test_an_admins_change_is_seen_at_once(enter: Enter, emulator: Emulator, named: Name) -> None:
    alice = enter(named("alice"))
    alice.run("getMyProfile")
    items = [{"Tag": "Tag_Profile_IM_Nick", "Value": "Al"}, {"Tag": "Tag_Profile_IM_Level", "Value": 5}]
    emulator.rest("profile/portrait_set", {"From_Account": named("alice"), "ProfileItem": items})
    alice.wait("PROFILE_UPDATED", {"userID": named("alice"), "nick": "Al", "level": 5})
    emulator.rest("im_open_login_svc/account_import", {"UserID": named("alice"), "FaceUrl": "a.png"})
    alice.wait("PROFILE_UPDATED", {"userID": named("alice"), "nick": "Al", "avatar": "a.png"})


def test_custom_fields_are_changed_and_seen_on_every_device(enter: Enter, with_city: Emulator, named: Name) -> None:
    phone, desk = enter(named("alice"), with_city), enter(named("alice"), with_city)
    for device in (phone, desk):
        device.run("getMyProfile")
    custom = [{"key": CITY, "value": "Lyon"}]
    phone.run("updateMyProfile", {"profileCustomField": custom})
    desk.wait("PROFILE_UPDATED", {"userID": named("alice"), "profileCustomField": custom})
    assert profile_of(enter(named("bob"), with_city), named("alice"))["profileCustomField"] == custom
    phone.expect_error('"code":40009')
    with pytest.raises(RefusedError) as caught:
        phone.run("updateMyProfile", {"profileCustomField": [{"key": CITY + "x", "value": "x"}]})
    assert caught.value.code == 40009


def test_a_message_shows_the_name_and_picture_of_its_sender(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    alice.run("updateMyProfile", {"nick": "Al", "avatar": "a.png"})
    alice.send(named("bob"), "hi")
    bob.wait("MESSAGE_RECEIVED", {"nick": "Al", "avatar": "a.png"})
    (message,) = enter(named("bob")).history(named("alice"))["messageList"]
    assert (message["nick"], message["avatar"]) == ("Al", "a.png")
