"""Friends, friend requests, friend groups and blocklists as the public clients keep them."""

import pytest

from tests.web.browser import Page, RefusedError
from tests.web.conftest import Enter, Name

ASK = "AllowType_Type_NeedConfirm"


def add(page: Page, to: str, **fields: object) -> int:
    """Add a friend and return the code of what became of it."""
    wish = {"to": to, "source": "AddSource_Type_Web", "wording": "hi", "type": "Add_Type_Both", **fields}
    return int(page.run("addFriend", wish)["code"])


def friends(page: Page, awaited: str = "") -> list[str]:
    """Return the client's list of friends, once the one awaited is in it: it is loaded after the log-in."""
    if awaited:
        page.wait("FRIEND_LIST_UPDATED", {"userID": awaited})
    return [each["userID"] for each in page.run("getFriendList")]


def test_friends_are_seen_on_both_sides_remarked_and_deleted(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    assert add(alice, named("bob"), remark="Bobby") == 0
    alice.wait("FRIEND_LIST_UPDATED", {"userID": named("bob"), "remark": "Bobby"})
    bob.wait("FRIEND_LIST_UPDATED", {"userID": named("alice")})
    alice.run("updateFriend", {"userID": named("bob"), "remark": "Bob"})
    alice.wait("FRIEND_LIST_UPDATED", {"userID": named("bob"), "remark": "Bob"})
    checked = alice.run("checkFriend", {"userIDList": [named("bob")], "type": "CheckResult_Type_Both"})
    assert checked["successUserIDList"][0]["relation"] == "CheckResult_Type_BothWay"
    assert friends(enter(named("alice")), named("bob")) == [named("bob")]
    alice.run("deleteFriend", {"userIDList": [named("bob")], "type": "Delete_Type_Both"})
    fresh = enter(named("bob"))
    assert friends(fresh) == []


def test_a_request_waits_is_answered_and_seen_elsewhere(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    bob.run("updateMyProfile", {"allowType": ASK})
    assert add(alice, named("bob")) == 30539
    bob.wait("FRIEND_APPLICATION_LIST_UPDATED", {"unreadCount": 1})
    fresh = enter(named("bob"))
    fresh.wait("FRIEND_APPLICATION_LIST_UPDATED", {"unreadCount": 1})
    [waiting] = fresh.run("getFriendApplicationList")["friendApplicationList"]
    assert (waiting["userID"], waiting["wording"], waiting["type"]) == (named("alice"), "hi", "Pendency_Type_ComeIn")
    bob.run("setFriendApplicationRead")
    bob.wait("FRIEND_APPLICATION_LIST_UPDATED", {"unreadCount": 0})
    bob.run("acceptFriendApplication", {"userID": named("alice"), "type": "Response_Action_AgreeAndAdd"})
    alice.wait("FRIEND_LIST_UPDATED", {"userID": named("bob")})
    assert friends(enter(named("bob")), named("alice")) == [named("alice")]


def test_a_request_is_refused_or_taken_back(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    bob.run("updateMyProfile", {"allowType": ASK})
    for end in ("refuse", "delete"):
        alice.forget()
        assert add(alice, named("bob")) == 30539
        alice.wait("FRIEND_APPLICATION_LIST_UPDATED", {"friendApplicationList": [{"userID": named("bob")}]})
        if end == "refuse":
            bob.run("refuseFriendApplication", {"userID": named("alice")})
        else:
            alice.run("deleteFriendApplication", {"userID": named("bob"), "type": "Pendency_Type_SendOut"})
        alice.wait("FRIEND_APPLICATION_LIST_UPDATED", {"friendApplicationList": []})
    assert friends(enter(named("alice"))) == []


def test_friend_groups_hold_friends(enter: Enter, named: Name) -> None:
    alice = enter(named("alice"))
    enter(named("bob"))
    assert add(alice, named("bob")) == 0
    alice.wait("FRIEND_LIST_UPDATED", {"userID": named("bob")})
    alice.run("createFriendGroup", {"name": "Choir", "userIDList": [named("bob")]})
    alice.run("renameFriendGroup", {"oldName": "Choir", "newName": "Crew"})
    fresh = enter(named("alice"))
    fresh.wait("FRIEND_GROUP_LIST_UPDATED", {"name": "Crew"})
    [group] = fresh.run("getFriendGroupList")
    assert (group["name"], group["userIDList"]) == ("Crew", [named("bob")])
    alice.run("removeFromFriendGroup", {"name": "Crew", "userIDList": [named("bob")]})
    alice.run("deleteFriendGroup", {"name": "Crew"})
    assert enter(named("alice")).run("getFriendGroupList") == []


def test_who_is_blocked_is_heard_no_more_and_writes_in_peace(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    assert alice.run("addToBlacklist", {"userIDList": [named("bob")]}) == [named("bob")]
    alice.wait("BLACKLIST_UPDATED")
    bob.send(named("alice"), "unheard")
    alice.run("removeFromBlacklist", {"userIDList": [named("bob")]})
    bob.send(named("alice"), "heard")
    alice.wait_text("heard")
    assert alice.texts_received() == ["heard"]
    assert enter(named("alice")).run("getBlacklist") == []
    shown = [m["payload"]["text"] for m in enter(named("bob")).history(named("alice"))["messageList"]]
    assert shown == ["unheard", "heard"]


def test_nobody_is_added_who_lets_nobody_in(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    bob.run("updateMyProfile", {"allowType": "AllowType_Type_DenyAny"})
    alice.expect_error("addFriend failed")
    with pytest.raises(RefusedError) as refused:
        add(alice, named("bob"))
    assert refused.value.code == 30516
