"""Which groups there are: one object for each, which is the truth while it is held."""

from collections.abc import Sequence
from typing import cast

import pytest

from tests.support.groups import found, place
from tests.support.server import SeededChance
from tests.support.stage import Stage
from tests.support.stores import OTHER_APP
from tidings.domain.group import directory as module
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import Kind
from tidings.domain.group.life import Founding, Life
from tidings.domain.group.ports import GroupStore
from tidings.errors import TidingsError


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

    life = Life(directory, cast("GroupStore", SeenEarly()), rooms, clock, SeededChance())
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
    assert directory.get(first.app, first.group_id) is not seen[0]


async def test_a_deleted_apps_groups_are_forgotten(stage: Stage) -> None:
    group = await found(stage)
    directory = stage.rules.groups.directory
    directory.forget(group.app)
    assert directory.get(group.app, group.group_id) is not group
