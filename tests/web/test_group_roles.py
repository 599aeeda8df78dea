"""Roles, owners, cards and mutes of groups as the public clients set and see them."""

from collections.abc import Callable

import pytest

from tests.web.browser import Page, RefusedError
from tests.web.conftest import Enter, Name
from tests.web.test_groups import make


def roles(page: Page, group: str) -> dict[str, str]:
    """Return what each member is, as a page lists them."""
    rows = page.run("getGroupMemberList", {"groupID": group, "count": 15})["memberList"]
    return {row["userID"]: row["role"] for row in rows}


def refused(page: Page, call: Callable[[], object]) -> int:
    """Return the code that a page's call is refused with."""
    page.expect_error("failed", "_onSendMessageFailed")
    with pytest.raises(RefusedError) as refusal:
        call()
    return refusal.value.code


def test_an_admin_is_made_and_taken_and_the_group_handed_over(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, "Public", named("bob"))
    about = {"groupID": group, "userID": named("bob")}
    assert alice.run("setGroupMemberRole", {**about, "role": "Admin"})["member"]["role"] == "Admin"
    bob.wait("MESSAGE_RECEIVED", {"type": "TIMGroupTipElem", "payload": {"operationType": 4}})
    bob.wait("MESSAGE_RECEIVED", {"type": "TIMGroupSystemNoticeElem", "payload": {"operationType": 9}})
    assert roles(bob, group) == {named("alice"): "Owner", named("bob"): "Admin"}
    alice.run("setGroupMemberRole", {**about, "role": "Member"})
    bob.wait("MESSAGE_RECEIVED", {"type": "TIMGroupTipElem", "payload": {"operationType": 5}})
    bob.wait("MESSAGE_RECEIVED", {"type": "TIMGroupSystemNoticeElem", "payload": {"operationType": 10}})
    alice.run("changeGroupOwner", {"groupID": group, "newOwnerID": named("bob")})
    tip = bob.wait("MESSAGE_RECEIVED", {"type": "TIMGroupTipElem", "payload": {"operationType": 6}})
    assert tip["payload"]["newGroupProfile"] == {"ownerID": named("bob")}
    assert bob.run("getGroupProfile", {"groupID": group})["group"]["ownerID"] == named("bob")
    assert roles(alice, group) == {named("alice"): "Member", named("bob"): "Owner"}
    assert roles(bob, group) == {named("alice"): "Member", named("bob"): "Owner"}


@pytest.mark.parametrize("kind", ["Public", "AVChatRoom"])
def test_who_is_muted_is_told_and_cannot_speak_until_it_is_lifted(enter: Enter, named: Name, kind: str) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, kind, *([named("bob")] if kind == "Public" else []))
    if kind == "AVChatRoom":
        for page in (alice, bob):
            page.run("joinGroup", {"groupID": group})
    about = {"groupID": group, "userID": named("bob")}
    alice.run("setGroupMemberMuteTime", {**about, "muteTime": 600})
    tip = bob.wait("MESSAGE_RECEIVED", {"type": "TIMGroupTipElem", "payload": {"operationType": 7}})
    assert tip["payload"]["memberList"] == [{"userID": named("bob"), "muteTime": 600}]
    assert refused(bob, lambda: bob.send_group(group, "may I?")) == 10017
    alice.run("setGroupMemberMuteTime", {**about, "muteTime": 0})
    bob.wait("MESSAGE_RECEIVED", {"payload": {"operationType": 7, "memberList": [{"muteTime": 0}]}})
    bob.send_group(group, "thanks")
    alice.wait_text("thanks")


def test_cards_and_fields_are_shown_to_the_others(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, "Public", named("bob"))
    bob.run("setGroupMemberNameCard", {"groupID": group, "nameCard": "Bobby"})
    field = {"key": "desk", "value": "7"}
    bob.run("setGroupMemberCustomField", {"groupID": group, "memberCustomField": [field]})
    asked = {"groupID": group, "userIDList": [named("bob")], "memberCustomFieldFilter": ["desk"]}
    (shown,) = alice.run("getGroupMemberProfile", asked)["memberList"]
    assert (shown["nameCard"], shown["memberCustomField"]) == ("Bobby", [field])
    bob.send_group(group, "hi")
    assert alice.wait_text("hi")["nameCard"] == "Bobby"
    boss = {"groupID": group, "userID": named("alice"), "nameCard": "boss"}
    assert refused(bob, lambda: bob.run("setGroupMemberNameCard", boss)) == 10007


def test_what_one_gets_of_a_group_is_seen_on_ones_other_devices(enter: Enter, named: Name) -> None:
    alice, bob, tablet = enter(named("alice")), enter(named("bob")), enter(named("bob"))
    group = make(alice, "Public", named("bob"))
    alice.send_group(group, "hi")
    tablet.wait_text("hi")
    bob.run("setMessageRemindType", {"groupID": group, "messageRemindType": "AcceptNotNotify"})
    like = {"conversationID": "GROUP" + group, "messageRemindType": "AcceptNotNotify"}
    tablet.wait("CONVERSATION_LIST_UPDATED", like)
