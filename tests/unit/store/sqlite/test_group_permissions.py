"""Permission groups in SQLite: what they give an account, all together."""

import pytest

from tests.support.groups import found_community, make_topic
from tests.support.stage import Stage
from tidings.domain.group.groups import Group
from tidings.domain.group.permission_groups import PermissionGroup
from tidings.ids import GroupNumber

LIMIT = 10


@pytest.fixture
async def community(stage: Stage) -> Group:
    return await found_community(stage, stage.them.bob, stage.them.carol)


async def make(stage: Stage, community: Group, name: str, bits: int) -> PermissionGroup:
    """Return a stored permission group."""
    group = PermissionGroup(community.number, name, name, bits)
    assert await stage.store.group_permissions.create(group)
    return group


async def test_an_account_has_what_all_its_groups_give(stage: Stage, community: Group) -> None:
    store, bob = stage.store.group_permissions, stage.them.bob.number
    topic = await make_topic(stage, community)
    for name, bits in (("a", 1), ("b", 6), ("c", 1 << 62)):
        group = await make(stage, community, name, bits)
        await store.add_topics(group, {topic.number: bits << 1 if bits < 10 else 0})
        if name != "c":
            await store.add_members(group, [bob], LIMIT)
    permissions = stage.store.groups.permissions
    assert permissions(community.number, community.number, bob) == (7, 0)
    assert permissions(community.number, topic.number, bob) == (7, 14)
    assert permissions(community.number, topic.number, stage.them.carol.number) == (0, 0)


async def test_an_id_is_taken_until_its_group_ends(stage: Stage, community: Group) -> None:
    store = stage.store.group_permissions
    group = await make(stage, community, "a", 1)
    assert not await store.create(PermissionGroup(community.number, "a", "a", 1))
    await store.add_members(group, [stage.them.bob.number], LIMIT)
    assert [await store.end(group.number) for _ in range(2)] == [True, False]
    gone = store.find(community.number, "a")
    assert gone is not None
    assert (gone.is_gone, gone.member_count) == (True, 0)
    assert not await store.save(group)
    await make(stage, community, "a", 1)
    assert await store.of_account(community.number, stage.them.bob.number) == []
    assert store.find(community.number, "b") is None


async def test_members_come_and_go_and_are_counted(stage: Stage, community: Group) -> None:
    store = stage.store.group_permissions
    group = await make(stage, community, "a", 1)
    bob, carol = stage.them.bob.number, stage.them.carol.number
    assert await store.add_members(group, [bob, carol, bob], LIMIT) == {bob, carol}
    assert await store.add_members(group, [bob], LIMIT) == set()
    listed = await store.members(group.number, 0, LIMIT)
    assert [account for _, account in listed] == [bob, carol]
    assert [account for _, account in await store.members(group.number, listed[0][0], LIMIT)] == [carol]
    assert await store.remove_members(group, [bob, stage.them.stranger.number]) == {bob}
    found = store.find(community.number, "a")
    assert found is not None
    assert found.member_count == 1


async def test_topics_are_given_changed_and_taken_once_each(stage: Stage, community: Group) -> None:
    store = stage.store.group_permissions
    group = await make(stage, community, "a", 1)
    topic = await make_topic(stage, community)
    elsewhere = GroupNumber(99)
    assert await store.set_topics(group, {topic.number: 1}) == set()
    assert await store.add_topics(group, {topic.number: 1}) == {topic.number}
    assert await store.add_topics(group, {topic.number: 5}) == set()
    assert await store.set_topics(group, {topic.number: 2, elsewhere: 2}) == {topic.number}
    assert await store.topics(group.number) == [(topic.group_id, 2)]
    assert await store.drop_topics(group, [topic.number]) == {topic.number}
    assert await store.drop_topics(group, [topic.number]) == set()


async def test_nothing_is_left_of_a_deleted_app_or_a_disbanded_community(stage: Stage, community: Group) -> None:
    tables = ("permission_groups", "permission_members", "topic_permissions")
    engine = stage.store.groups._engine  # noqa: SLF001 - counts rows

    async def fill(group: Group) -> None:
        made, topic = await make(stage, group, "a", 1), await make_topic(stage, group)
        await stage.store.group_permissions.add_members(made, [stage.them.bob.number], LIMIT)
        await stage.store.group_permissions.add_topics(made, {topic.number: 1})

    async def counts() -> list[int]:
        return [await engine.read(lambda c, t=t: len(c.execute(f"SELECT 1 FROM {t}").fetchall())) for t in tables]  # type: ignore[misc]

    await fill(community)
    await fill(await found_community(stage))
    assert await counts() == [2, 2, 2]
    await stage.rules.groups.life.disband(community, None)
    assert await counts() == [1, 1, 1]
    await stage.store.apps.create(stage.app.sdk_app_id, "chat", 1)
    await stage.store.apps.delete(stage.app.sdk_app_id)
    assert await counts() == [0, 0, 0]
