"""Profiles of groups in the public clients: every field changed, custom ones, everybody muted, groups found by ID."""

from collections.abc import Iterator

import pytest

from tests.web.browser import Page, RefusedError
from tests.web.conftest import Enter, Name
from tests.web.emulator import Emulator, running_emulator
from tests.web.test_groups import make

PROFILE = {"name": "crew", "introduction": "we", "notification": "soon", "avatar": "https://img.example.org/c.png"}


@pytest.fixture(scope="module")
def with_fields() -> Iterator[Emulator]:
    """Return an emulator whose app has declared custom fields, and tells members of options."""
    fields = "group_fields=level:anyone:admins,plan:members:owner"
    with running_emulator("--set", fields, "--set", "group_option_tips=true") as emulator:
        yield emulator


def fields_of(page: Page, group: str) -> dict[str, str]:
    """Return a group's custom fields as a client gets them."""
    shown = page.run("getGroupProfile", {"groupID": group, "groupCustomFieldFilter": ["level", "plan"]})["group"]
    return {row["key"]: row["value"] for row in shown["groupCustomField"]}


@pytest.mark.parametrize("kind", ["Public", "Private", "ChatRoom", "Community"])
def test_every_field_is_changed_and_seen_by_members_at_once(enter: Enter, named: Name, kind: str) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, kind, named("bob"))
    alice.send_group(group, "hi")
    bob.wait_text("hi")
    bob.run("getGroupProfile", {"groupID": group})
    changed = alice.run("updateGroupProfile", {"groupID": group, **PROFILE})["group"]
    assert {name: changed[name] for name in PROFILE} == PROFILE
    tip = bob.wait("MESSAGE_RECEIVED", {"type": "TIMGroupTipElem", "payload": {"operationType": 6}})["payload"]
    assert (tip["operatorID"], tip["newGroupProfile"]) == (
        named("alice"),
        {"groupName": "crew", **{name: PROFILE[name] for name in ("introduction", "notification", "avatar")}},
    )
    bob.wait("GROUP_LIST_UPDATED", {"groupID": group, **PROFILE})
    shown = enter(named("bob")).run("getGroupProfile", {"groupID": group})["group"]
    assert {name: shown[name] for name in PROFILE} == PROFILE
    history = alice.group_history(group)["messageList"]
    assert [m["payload"]["operationType"] for m in history if m["type"] == "TIMGroupTipElem"][-1] == 6


def test_options_are_changed_and_members_told_if_the_app_wants_it(
    enter: Enter, with_fields: Emulator, named: Name
) -> None:
    alice, bob = enter(named("alice"), with_fields), enter(named("bob"), with_fields)
    group = make(alice, "Public", named("bob"))
    options = {"joinOption": "FreeAccess", "inviteOption": "NeedPermission", "muteAllMembers": True}
    alice.run("updateGroupProfile", {"groupID": group, **options})
    tip = bob.wait("MESSAGE_RECEIVED", {"type": "TIMGroupTipElem", "payload": {"operationType": 6}})["payload"]
    assert tip["newGroupProfile"] == {"muteAllMembers": True, "joinOption": "FreeAccess"}
    shown = enter(named("bob"), with_fields).run("getGroupProfile", {"groupID": group})["group"]
    assert {name: shown[name] for name in options} == options


def test_when_everybody_is_muted_only_those_who_lead_are_heard(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    group = make(alice, "Public", named("bob"))
    bob.expect_error("updateGroupProfile failed")
    with pytest.raises(RefusedError) as refused:
        bob.run("updateGroupProfile", {"groupID": group, "muteAllMembers": True})
    assert refused.value.code == 10007
    alice.run("updateGroupProfile", {"groupID": group, "muteAllMembers": True})
    bob.expect_error("10017")
    with pytest.raises(RefusedError) as muted:
        bob.send_group(group, "hello")
    assert muted.value.code == 10017
    alice.send_group(group, "hush")
    bob.wait_text("hush")
    alice.run("updateGroupProfile", {"groupID": group, "muteAllMembers": False})
    bob.send_group(group, "hello")
    alice.wait_text("hello")


def test_custom_fields_are_set_at_first_and_later_and_seen_at_once(
    enter: Enter, with_fields: Emulator, named: Name
) -> None:
    alice, bob = enter(named("alice"), with_fields), enter(named("bob"), with_fields)
    first = [{"key": "level", "value": "1"}, {"key": "plan", "value": "gold"}]
    group = make(alice, "Public", named("bob"), groupCustomField=first)
    assert fields_of(bob, group) == {"level": "1", "plan": "gold"}
    alice.run("updateGroupProfile", {"groupID": group, "groupCustomField": [{"key": "level", "value": "2"}]})
    tip = bob.wait("MESSAGE_RECEIVED", {"type": "TIMGroupTipElem", "payload": {"operationType": 6}})["payload"]
    rows = {row["key"]: row["value"] for row in tip["newGroupProfile"]["groupCustomField"]}
    assert rows == {"level": "2", "plan": "gold"}
    assert fields_of(enter(named("bob"), with_fields), group) == {"level": "2", "plan": "gold"}
    alice.expect_error("updateGroupProfile failed")
    with pytest.raises(RefusedError) as refused:
        alice.run("updateGroupProfile", {"groupID": group, "groupCustomField": [{"key": "other", "value": "2"}]})
    assert refused.value.code == 10004


def test_groups_are_found_by_their_ids(enter: Enter, emulator: Emulator, named: Name) -> None:
    alice, carol = named("alice"), enter(named("carol"))
    emulator.rest("im_open_login_svc/account_import", {"UserID": alice})
    made = {}
    for kind in ("Public", "ChatRoom", "AVChatRoom", "Community", "Private"):
        body = {"Type": kind, "Name": "team", "Introduction": "we", "Owner_Account": alice}
        made[kind] = str(emulator.rest("group_open_http_svc/create_group", body)["GroupId"])
    hidden = made.pop("Private")
    for kind, group in made.items():
        found = carol.run("searchGroupByID", group)["group"]
        assert (found["groupID"], found["name"], found["ownerID"]) == (group, "team", alice)
        assert (found["type"], found["introduction"]) == (kind, "we")
    for wanted, code in ((hidden, 10007), ("nothing", 10015)):
        carol.expect_error("searchGroupByID failed")
        with pytest.raises(RefusedError) as refused:
            carol.run("searchGroupByID", wanted)
        assert refused.value.code == code
