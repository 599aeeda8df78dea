"""Callbacks of groups (provoked one by one: tests/flow/test_group_callbacks.py)."""

import json

import msgspec

from tests.support.groups import found, found_community
from tests.support.stage import Stage
from tests.unit.view.callbacks.test_c2c import TELLING
from tidings.domain.group.happenings import GroupProfileChanged, MemberChanged, OwnerChanged, PresenceInRoomChanged
from tidings.domain.group.topics import By, NewTopic
from tidings.ids import UserId
from tidings.view.callbacks.groups import render_member, render_owner, render_presence, render_profile, to_names

BY = By(None, UserId("admin"))


async def test_a_topic_goes_by_its_community_and_its_own_id(stage: Stage) -> None:
    community = await found_community(stage)
    topic = await stage.rules.groups.topics.create(community, BY, NewTopic("gear"), stage.app.settings)
    assert to_names(community) == (community.group_id, "Community", "")
    assert to_names(topic) == (community.group_id, "Community", topic.group_id)


async def test_only_what_has_changed_of_a_profile_is_told(stage: Stage) -> None:
    group = await found(stage)
    body = render_profile(GroupProfileChanged(group, {"notification": "Meet at six"}), TELLING)
    told = json.loads(msgspec.json.encode(body))
    assert told["Notification"] == "Meet at six"
    assert not {"Name", "Introduction", "FaceUrl"} & set(told)


async def test_a_changed_member_has_both_names_that_receivers_know(stage: Stage) -> None:
    group = await found(stage)
    told = json.loads(msgspec.json.encode(render_member(MemberChanged(group, UserId("bob"), role="Admin"), TELLING)))
    assert (told["Modified_Account"], told["Member_Account"], told["Role"]) == ("bob", "bob", "Admin")
    assert "NameCard" not in told


async def test_a_new_owner_is_told_with_the_one_before(stage: Stage) -> None:
    group = await found(stage)
    body = render_owner(OwnerChanged(group, UserId("alice"), UserId("bob")), TELLING)
    assert (body.old_owner_account, body.new_owner_account) == ("alice", "bob")


async def test_who_is_not_heard_of_has_left_a_live_room_by_interruption(stage: Stage) -> None:
    group = await found(stage)
    body = render_presence(PresenceInRoomChanged(group, UserId("bob"), is_in=False, is_lost=True), TELLING)
    assert (body.event_type, body.event_cause) == ("Offline", "HeartbeatInterrupt")
