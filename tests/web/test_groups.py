"""Groups as the public clients make, join and read them."""

import pytest

from tests.web.browser import Page, RefusedError
from tests.web.conftest import Enter, Name


def make(page: Page, kind: str, *members: str, **fields: object) -> str:
    """Make a group and return its ID."""
    people = [{"userID": name} for name in members]
    made = page.run("createGroup", {"type": kind, "name": "team", "memberList": people, **fields})
    return str(made["group"]["groupID"])


def texts(page: Page, group: str) -> list[str]:
    """Return the texts of a group's history."""
    messages = page.group_history(group)["messageList"]
    return [m["payload"]["text"] for m in messages if m["type"] == "TIMTextElem"]


@pytest.mark.parametrize("kind", ["Public", "Private", "ChatRoom", "Community"])
def test_members_talk_in_one_order_and_read_it_later(enter: Enter, named: Name, kind: str) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, kind, named("bob"))
    for number in range(3):
        alice.send_group(group, f"ping {number}")
        bob.wait_text(f"ping {number}")
        bob.send_group(group, f"pong {number}")
        alice.wait_text(f"pong {number}")
    said = [f"{word} {number}" for number in range(3) for word in ("ping", "pong")]
    for page in (alice, bob, enter(named("bob"))):
        assert texts(page, group) == said
        row = next(each for each in page.run("conversations") if each["conversationID"] == "GROUP" + group)
        assert row["lastMessage"]["payload"]["text"] == "pong 2"


def test_profiles_members_and_lists_are_shown(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, "Public", named("bob"), introduction="hello")
    profile = bob.run("getGroupProfile", {"groupID": group})["group"]
    assert (profile["name"], profile["ownerID"], profile["introduction"]) == ("team", named("alice"), "hello")
    assert profile["selfInfo"]["role"] == "Member"
    members = bob.run("getGroupMemberList", {"groupID": group, "count": 15})["memberList"]
    assert [(m["userID"], m["role"]) for m in members] == [(named("alice"), "Owner"), (named("bob"), "Member")]
    assert [each["groupID"] for each in bob.run("getGroupList")["groupList"]] == [group]


def test_one_joins_hears_of_others_and_leaves(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, "Public", joinOption="FreeAccess")
    assert bob.run("joinGroup", {"groupID": group})["status"] == "JoinedSuccess"
    tip = alice.wait("MESSAGE_RECEIVED", {"type": "TIMGroupTipElem"})
    assert (tip["payload"]["operationType"], tip["payload"]["userIDList"]) == (1, [named("bob")])
    bob.run("quitGroup", group)
    alice.wait("MESSAGE_RECEIVED", {"payload": {"operationType": 2}})
    assert bob.run("getGroupList")["groupList"] == []
    alice.expect_error("quitGroup failed")
    with pytest.raises(RefusedError) as refused:
        alice.run("quitGroup", group)
    assert refused.value.code == 10009


def test_what_is_taken_back_or_read_is_seen_by_others(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, "Public", named("bob"))
    sent = alice.send_group(group, "oops")
    bob.wait_text("oops")
    alice.run("onMessages", "revokeMessage", sent["ID"])
    assert bob.wait("MESSAGE_REVOKED", {"ID": sent["ID"]})["isRevoked"]
    later = alice.send_group(group, "fine")
    bob.wait_text("fine")
    fresh = enter(named("bob"))
    row = next(each for each in fresh.run("conversations") if each["conversationID"] == "GROUP" + group)
    assert row["unreadCount"] >= 1
    fresh.run("getGroupList")  # the older client reports nothing of a group whose type it does not know yet
    fresh.run("setMessageRead", {"conversationID": "GROUP" + group})
    bob.wait("CONVERSATION_LIST_UPDATED", {"conversationID": "GROUP" + group, "unreadCount": 0})
    assert later["sequence"] > sent["sequence"]


def test_attributes_are_seen_by_members_at_once(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, "Public", named("bob"))
    assert bob.run("getGroupAttributes", {"groupID": group, "keyList": []})["groupAttributes"] == {}
    alice.run("setGroupAttributes", {"groupID": group, "groupAttributes": {"seat": "alice"}})
    told = bob.wait("GROUP_ATTRIBUTES_UPDATED", {"groupID": group})
    assert told["groupAttributes"] == {"seat": "alice"}
    assert bob.run("getGroupAttributes", {"groupID": group, "keyList": []})["groupAttributes"] == {"seat": "alice"}


@pytest.mark.parametrize("action", ["Agree", "Reject"])
def test_who_leads_decides_on_applications(enter: Enter, named: Name, action: str) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, "Public")
    assert bob.run("joinGroup", {"groupID": group, "applyMessage": "hello"})["status"] == "WaitAdminApproval"
    asked = alice.wait("MESSAGE_RECEIVED", {"type": "TIMGroupSystemNoticeElem", "payload": {"operationType": 1}})
    assert (asked["payload"]["operatorID"], asked["payload"]["handleMessage"]) == (named("bob"), "hello")
    (application,) = alice.run("getGroupApplicationList")["applicationList"]
    assert (application["applicant"], application["groupID"]) == (named("bob"), group)
    alice.run("handleGroupApplication", {"handleAction": action, "handleMessage": "so", "application": application})
    answer = bob.wait("MESSAGE_RECEIVED", {"payload": {"operationType": 2 if action == "Agree" else 3}})
    assert (answer["payload"]["operatorID"], answer["payload"]["handleMessage"]) == (named("alice"), "so")
    assert alice.run("getGroupApplicationList")["applicationList"] == []
    if action == "Agree":
        bob.wait("GROUP_LIST_UPDATED", {"groupID": group})


def test_who_is_brought_in_and_put_out_sees_it_at_once(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, "Private")
    alice.send_group(group, "first")
    added = alice.run("addGroupMember", {"groupID": group, "userIDList": [named("bob")]})
    assert added["successUserIDList"] == [named("bob")]
    bob.wait("MESSAGE_RECEIVED", {"type": "TIMGroupSystemNoticeElem", "payload": {"operationType": 7}})
    bob.wait("GROUP_LIST_UPDATED", {"groupID": group})
    alice.run("deleteGroupMember", {"groupID": group, "userIDList": [named("bob")], "reason": "moved on"})
    out = bob.wait("MESSAGE_RECEIVED", {"type": "TIMGroupSystemNoticeElem", "payload": {"operationType": 4}})
    assert out["payload"]["handleMessage"] == "moved on"
    assert bob.run("getGroupList")["groupList"] == []


def test_the_end_of_a_group_and_leaving_elsewhere_are_seen(enter: Enter, named: Name) -> None:
    alice, bob, tablet = enter(named("alice")), enter(named("bob")), enter(named("bob"))
    first, second = (make(alice, "Public", named("bob")) for _ in range(2))
    for group in (first, second):
        tablet.wait("MESSAGE_RECEIVED", {"payload": {"operationType": 7, "groupProfile": {"groupID": group}}})
    bob.run("quitGroup", first)
    tablet.wait("MESSAGE_RECEIVED", {"payload": {"operationType": 8, "groupProfile": {"groupID": first}}})
    alice.run("dismissGroup", second)
    tablet.wait("MESSAGE_RECEIVED", {"payload": {"operationType": 5, "groupProfile": {"groupID": second}}})
    assert tablet.run("getGroupList")["groupList"] == []
