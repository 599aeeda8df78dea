"""Live rooms as the public clients join, hear, count and leave them: by pushes, without polling."""

import pytest

from tests.web.browser import Page, RefusedError
from tests.web.conftest import Enter, Name


def make(page: Page, name: str) -> str:
    """Make a live room and join it, as clients must; return its ID."""
    made = page.run("createGroup", {"type": "AVChatRoom", "name": name})
    group = str(made["group"]["groupID"])
    assert page.run("joinGroup", {"groupID": group})["status"] in {"JoinedSuccess", "AlreadyInGroup"}
    return group


def count(page: Page, group: str) -> int:
    return int(page.run("getGroupOnlineMemberCount", group)["memberCount"])


def test_two_join_talk_are_counted_and_leave(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, "show")
    assert bob.run("joinGroup", {"groupID": group})["status"] == "JoinedSuccess"
    tip = alice.wait("MESSAGE_RECEIVED", {"type": "TIMGroupTipElem", "payload": {"userIDList": [named("bob")]}})
    assert tip["payload"]["operationType"] == 1
    assert count(alice, group) == 2
    for number in range(2):
        alice.send_group(group, f"ping {number}")
        bob.wait_text(f"ping {number}")
        bob.send_group(group, f"pong {number}")
        alice.wait_text(f"pong {number}")
    profile = bob.run("getGroupProfile", {"groupID": group})["group"]
    assert (profile["type"], profile["ownerID"], profile["memberCount"]) == ("AVChatRoom", named("alice"), 2)
    bob.run("quitGroup", group)
    alice.wait("MESSAGE_RECEIVED", {"type": "TIMGroupTipElem", "payload": {"operationType": 2}})
    assert count(alice, group) == 1
    alice.send_group(group, "gone?")
    bob.expect_error("_onSendMessageFailed")
    with pytest.raises(RefusedError):
        bob.send_group(group, "still here?")


def test_attributes_of_a_room_are_seen_at_once(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, "show")
    bob.run("joinGroup", {"groupID": group})
    alice.run("setGroupAttributes", {"groupID": group, "groupAttributes": {"seat": "alice"}})
    assert bob.wait("GROUP_ATTRIBUTES_UPDATED", {"groupID": group})["groupAttributes"] == {"seat": "alice"}


def test_a_page_leaves_the_room_it_was_in_when_it_joins_another(enter: Enter, named: Name) -> None:
    alice, bob, carol = enter(named("alice")), enter(named("bob")), enter(named("carol"))
    first, second = make(alice, "first"), make(carol, "second")
    bob.run("joinGroup", {"groupID": first})
    bob.run("joinGroup", {"groupID": second})
    alice.wait("MESSAGE_RECEIVED", {"payload": {"operationType": 2, "userIDList": [named("bob")]}})
    carol.send_group(second, "welcome")
    bob.wait_text("welcome")


def test_the_members_of_a_room_are_shown(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, "show")
    bob.run("joinGroup", {"groupID": group})
    members = bob.run("getGroupMemberList", {"groupID": group, "count": 15})["memberList"]
    assert [(m["userID"], m["role"]) for m in members] == [(named("bob"), "Member"), (named("alice"), "Owner")]
