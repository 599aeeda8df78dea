"""An app that has no groups and no friends yet says so, and never makes up a success."""

import pytest

from tests.web.browser import RefusedError
from tests.web.conftest import Enter, Name
from tidings.errors import NO_SUCH_COMMAND


def test_lists_are_empty(enter: Enter, named: Name) -> None:
    page = enter(named("alice"))
    assert page.run("getGroupList")["groupList"] == []
    assert page.run("getFriendList") == []
    assert page.run("getBlacklist") == []
    assert page.run("getFriendApplicationList")["friendApplicationList"] == []
    assert page.run("getConversationList")["conversationList"] == []


def test_profiles_tell_who_there_is(enter: Enter, named: Name) -> None:
    page = enter(named("alice"))
    assert page.run("getMyProfile")["userID"] == named("alice")
    enter(named("bob"))
    (profile,) = page.run("getUserProfile", {"userIDList": [named("bob")]})
    assert profile["userID"] == named("bob")


CHANGES = {
    "createGroup": {"type": "Public", "name": "climbers"},
    "joinGroup": {"groupID": "climbers"},
    "addFriend": {"to": "carol", "source": "AddSource_Type_Web", "type": "Add_Type_Both"},
    "addToBlacklist": {"userIDList": ["carol"]},
    "updateMyProfile": {"nick": "Al"},
}


@pytest.mark.parametrize("method", CHANGES)
def test_change_is_refused(enter: Enter, named: Name, method: str) -> None:
    page = enter(named("alice"))
    page.expect_error(f"{method} failed")
    with pytest.raises(RefusedError) as caught:
        page.run(method, CHANGES[method])
    assert caught.value.code == NO_SUCH_COMMAND.code
    assert caught.value.text
