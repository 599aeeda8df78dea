"""Which groups there are: one object for each, which is the truth while it is held."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast
from weakref import ref

import pytest

from tests.support.delivery import Recorder
from tests.support.groups import found, found_community, make_topic, place, say
from tests.support.server import SeededChance
from tests.support.stage import Stage
from tests.support.stores import OTHER_APP
from tidings.domain.group import directory as module
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import Kind, Role
from tidings.domain.group.life import Founding, Life
from tidings.domain.group.notices import Notices
from tidings.domain.group.ports import GroupStore
from tidings.errors import TidingsError
from tidings.ids import GroupId


async def test_whoever_asks_is_given_the_same_group_and_member(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    directory = Directory(stage.store.groups)
    first = directory.get(group.app, group.group_id)
    assert first is directory.get(group.app, group.group_id)
    assert first is not group
    number = stage.them.bob.number
    assert directory.member(first, number) is directory.member(first, number)


async def test_a_group_that_was_asked_for_while_it_was_made_is_one_group(stage: Stage) -> None:
    store, clock, rooms = stage.store, stage.clock, stage.rooms
    directory = Directory(store.groups)
    early: list[Group] = []

    class SeenEarly:
        """The store, whose groups somebody asks for as soon as they are there."""

        async def create(self, group: Group, members: Sequence[Member]) -> bool:
            is_made = await store.groups.create(group, members)
            early.append(directory.get(group.app, group.group_id))
            return is_made

    notices = Notices(store.group_joining, Recorder(), rooms, clock, SeededChance())
    life = Life(directory, cast("GroupStore", SeenEarly()), rooms, notices, clock, SeededChance())
    made = await life.create(Founding(stage.app.sdk_app_id, Kind.PUBLIC, "team"), stage.app.settings)
    assert made is early[0] is directory.get(made.app, made.group_id)


async def test_another_apps_group_is_unknown(stage: Stage) -> None:
    group = await found(stage)
    with pytest.raises(TidingsError) as refused:
        stage.rules.groups.directory.get(OTHER_APP, group.group_id)
    assert refused.value.code == 10015


async def test_who_is_no_member_is_told_so(stage: Stage) -> None:
    group = await found(stage)
    with pytest.raises(TidingsError) as refused:
        place(stage, group, stage.them.bob)
    assert refused.value.code == 10007
    assert "bob" in refused.value.info


async def test_memory_is_bounded_and_nothing_is_lost_by_that(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GROUPS_KEPT", 2)
    monkeypatch.setattr(module, "MEMBERS_KEPT", 1)
    groups = [await found(stage, Kind.PUBLIC, stage.them.bob) for _ in range(5)]
    directory, seen = Directory(stage.store.groups), []
    for group in groups:
        held = directory.get(group.app, group.group_id)
        seen.append(held)
        assert set(directory.members(held, [stage.them.alice.number, stage.them.bob.number])) == {
            stage.them.alice.number,
            stage.them.bob.number,
        }
        assert len(held.known) == 1
    assert directory.get(groups[-1].app, groups[-1].group_id) is held
    first = groups[0]
    assert directory.get(first.app, first.group_id) is seen[0], "while it is held there is no second one"
    unheld = ref(seen.pop(1))
    assert unheld() is None


async def test_a_deleted_apps_groups_are_forgotten(stage: Stage) -> None:
    group = await found(stage)
    directory = stage.rules.groups.directory
    directory.forget(group.app)
    assert directory.get(group.app, group.group_id) is not group


async def test_a_place_in_a_topic_is_read_once_and_follows_the_community(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    community = await found_community(stage, stage.them.bob, default_permission=1 << 6)
    topic = await make_topic(stage, community)
    await say(stage, topic, stage.them.bob, 1)

    def refuse(*_: object) -> None:
        raise AssertionError("asked the store for what is known")

    for name in ("find_place", "permissions", "find_members", "find_group"):
        monkeypatch.setattr(stage.store.groups, name, refuse)
    await say(stage, topic, stage.them.bob, 2)
    directory = stage.rules.groups.directory
    member = directory.get_member(community, stage.them.bob.number, stage.them.bob.user_id)
    member.role, member.name_card = Role.ADMIN, "Bobby"
    own = directory.get_member(topic, stage.them.bob.number, stage.them.bob.user_id)
    assert (own.role, own.name_card, own.read_seq) == (Role.ADMIN, "Bobby", 2)


async def test_a_topic_is_named_with_its_community(stage: Stage) -> None:
    community, other = await found_community(stage), await found_community(stage)
    topic = await make_topic(stage, community)
    get = stage.rules.groups.directory.get_topic
    app, nothing = stage.app.sdk_app_id, GroupId("")
    assert get(app, community.group_id, nothing) is community
    assert get(app, community.group_id, topic.group_id) is topic
    assert get(app, topic.group_id, nothing) is get(app, topic.group_id, topic.group_id) is topic
    with pytest.raises(TidingsError) as refused:
        get(app, other.group_id, topic.group_id)
    assert refused.value.code == 110013


async def test_an_actor_is_what_it_is_by_now_and_app_admins_stay_what_they_are(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    directory = stage.rules.groups.directory
    bob = place(stage, group, stage.them.bob)
    old = replace(bob, role=Role.OWNER)
    assert directory.current(group, old) is bob
    assert directory.current(group, None) is None
    await stage.rules.groups.joining.quit(group, bob)
    with pytest.raises(TidingsError) as refused:
        directory.current(group, old)
    assert refused.value.code == 10007
