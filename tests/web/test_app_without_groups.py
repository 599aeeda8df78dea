"""An app that has no groups and no friends yet says so, and never makes up a success."""

import pytest

from tests.web.browser import RefusedError
from tests.web.conftest import Enter, Name
from tests.web.emulator import Emulator
from tidings.errors import NO_SUCH_COMMAND


def test_lists_are_empty_and_profiles_tell_who_there_is(enter: Enter, emulator: Emulator, named: Name) -> None:
    emulator.rest("im_open_login_svc/account_import", {"UserID": named("bob"), "Nick": "Bob"})
    page = enter(named("alice"))
    assert page.run("getGroupList")["groupList"] == []
    assert page.run("getFriendList") == []
    assert page.run("getBlacklist") == []
    assert page.run("getFriendApplicationList")["friendApplicationList"] == []
    assert page.conversations() == {}
    assert page.run("getMyProfile")["userID"] == named("alice")
    (profile,) = page.run("getUserProfile", {"userIDList": [named("bob")]})
    assert (profile["userID"], profile["nick"]) == (named("bob"), "Bob")


CHANGES = {
    "createGroup": {"type": "Public", "name": "climbers"},
    "joinGroup": {"groupID": "climbers"},
    "addFriend": {"to": "carol", "source": "AddSource_Type_Web", "type": "Add_Type_Both"},
    "addToBlacklist": {"userIDList": ["carol"]},
}


def test_changes_are_refused(enter: Enter, named: Name) -> None:
    page = enter(named("alice"))
    page.expect_error(f'"code":{NO_SUCH_COMMAND.code}')
    for method, change in CHANGES.items():
        with pytest.raises(RefusedError) as caught:
            page.run(method, change)
        assert caught.value.code == NO_SUCH_COMMAND.code, method
        assert caught.value.text, method
