"""Callbacks of relations and logins (provoked one by one: tests/flow/test_relation_callbacks.py)."""

import json

import msgspec
import pytest

from tests.support.stores import NOW
from tests.unit.view.callbacks.test_c2c import ALICE, TELLING
from tidings.domain.devices import Platform
from tidings.domain.happenings import (
    CLOSED,
    LOGGED_IN,
    LOGGED_OUT,
    SILENT,
    Befriended,
    FriendsMade,
    ProfileSet,
    StatusChanged,
)
from tidings.ids import AccountNumber, UserId
from tidings.view.callbacks.relations import render_made, render_profile, render_status
from tidings.view.callbacks.telling import Telling


@pytest.mark.parametrize(
    ("cause", "action"),
    [(LOGGED_IN, "Login"), (LOGGED_OUT, "Logout"), (CLOSED, "Disconnect"), (SILENT, "Disconnect")],
)
def test_a_status_has_the_action_of_its_cause(cause: str, action: str) -> None:
    info = render_status(StatusChanged(ALICE, cause), TELLING).info
    assert (info.action, info.reason) == (action, cause)


def test_devices_that_were_pushed_out_have_names_of_their_own() -> None:
    kicked = (Platform.IPHONE, Platform.WINDOWS, Platform.LINUX)
    told = json.loads(msgspec.json.encode(render_status(StatusChanged(ALICE, LOGGED_IN, kicked), TELLING)))
    assert told["KickedDevice"] == [{"Platform": name} for name in ("iOS", "Windows", "Linux")]
    assert "KickedDevice" not in json.loads(msgspec.json.encode(render_status(StatusChanged(ALICE, CLOSED), TELLING)))


def test_who_is_made_a_friend_by_force_is_said_with_the_admin() -> None:
    telling = Telling(UserId("admin"), is_admin=True, time=float(NOW), command="sns/friend_add")
    pair = Befriended(AccountNumber(1), UserId("alice"), UserId("bob"), UserId("alice"), is_forced=True)
    body = render_made(FriendsMade((pair,)), telling)
    assert (body.client_cmd, body.admin_account, body.force_flag) == ("friend_add", "admin", 1)


def test_values_of_a_profile_keep_their_kind() -> None:
    body = render_profile(ProfileSet(ALICE, {"Tag_Profile_IM_Level": 3, "Tag_Profile_IM_Nick": "A"}), TELLING)
    assert [each.value for each in body.profile_item] == [3, "A"]
