"""Mutes of groups in SQLite."""

import pytest

from tests.support.stores import APP, NOW, People
from tidings.domain.group.groups import NOBODY, Group
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind
from tidings.domain.group.requests import JoinChange
from tidings.ids import GroupId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.group_mutes import LIST
from tidings.store.sqlite.store import Store


@pytest.fixture
async def group(store: Store) -> Group:
    free = ApplyOption.FREE, InviteOption.FREE
    group = Group(APP, GroupId("team"), Kind.PUBLIC, "team", NOBODY, NOW, 10, *free)
    assert await store.groups.create(group, [])
    return group


async def mute(store: Store, group: Group, now: int, mutes: dict[object, int]) -> None:
    await store.group_joining.change_members(group, now, JoinChange(mutes=mutes))  # type: ignore[arg-type]


async def test_mutes_go_with_the_next_change_once_they_are_over(
    store: Store, group: Group, them: People, engine: Engine
) -> None:
    await mute(store, group, NOW, {them.alice.number: NOW + 1, them.bob.number: NOW + 9})
    await mute(store, group, NOW + 1, {them.bob.number: 0, them.carol.number: NOW + 9})
    rows = await engine.read(lambda connection: connection.execute("SELECT account FROM group_mutes").fetchall())
    assert rows == [(them.carol.number,)]


@pytest.mark.usefixtures("store")
async def test_the_list_walks_the_mutes_that_hold_and_nothing_else(engine: Engine) -> None:
    plan = await engine.read(lambda connection: connection.execute(f"EXPLAIN QUERY PLAN {LIST}", (1, NOW)).fetchall())
    (walk, *look_ups) = [str(row[3]) for row in plan]
    assert walk.startswith("SEARCH u USING COVERING INDEX group_mute_ends (group_number=? AND muted_until>?)")
    assert all(step.startswith("SEARCH a USING INTEGER PRIMARY KEY") for step in look_ups)


async def test_deleted_accounts_are_not_listed(store: Store, group: Group, them: People) -> None:
    await mute(store, group, NOW, {them.bob.number: NOW + 9, them.carol.number: NOW + 8})
    assert [each.user_id for each in await store.group_mutes.muted(group.number, NOW)] == ["carol", "bob"]
    await store.accounts.delete_account(them.bob.number)
    assert [each.user_id for each in await store.group_mutes.muted(group.number, NOW)] == ["carol"]
