"""Permission groups are made, filled, shown, and decide who may do what, against a real server."""

import inspect
from collections.abc import AsyncIterator, Awaitable

import pytest

from sdks.python.tests.support.real import Scene, set_scene
from tidings.domain.group.kinds import Action
from tidings.domain.group.permissions import community_actions, topic_actions
from tidings_client import (
    Addition,
    CommunityPermission,
    GroupType,
    PermissionGroup,
    PermissionGroups,
    TidingsError,
    TopicPermission,
)

COMMUNITY, WARDENS = "@TGS#_hikers", "@PMG#_wardens"
GEAR, ROUTES = f"{COMMUNITY}@TOPIC#_gear", f"{COMMUNITY}@TOPIC#_routes"
SPEAK, MUTE = CommunityPermission.SPEAK, CommunityPermission.MUTE


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """Return alice and bob in a community of hers where members may speak and no more, and which has a topic."""
    async with set_scene() as scene:
        await scene.alice.groups.create(
            GroupType.COMMUNITY,
            "hikers",
            group=COMMUNITY,
            members=["bob", "carol"],
            has_topics=True,
            has_permissions=True,
            default_permission=SPEAK,
        )
        await scene.alice.groups.topics.create(COMMUNITY, "gear", topic=GEAR)
        yield scene


async def refused(work: Awaitable[object]) -> int:
    """Return the code with which the server refuses something."""
    with pytest.raises(TidingsError) as caught:
        await work
    return caught.value.code


def test_every_method_says_what_it_does() -> None:
    named = [(name, each) for name, each in inspect.getmembers(PermissionGroups) if not name.startswith("_")]
    assert [name for name, each in named if not inspect.getdoc(each)] == []


async def test_permission_group_is_made_changed_shown_and_ended(scene: Scene) -> None:
    permissions = scene.alice.groups.permissions
    assert await permissions.create(COMMUNITY, "wardens", MUTE, permission_id=WARDENS, custom="c") == WARDENS
    made = await permissions.create(COMMUNITY, "guides", CommunityPermission.PROFILE | CommunityPermission.TOPICS)
    await permissions.change(COMMUNITY, WARDENS, name="Wardens", permission=MUTE | CommunityPermission.BAN)
    await permissions.change(COMMUNITY, WARDENS, custom="d")
    wardens = PermissionGroup(WARDENS, "Wardens", MUTE | CommunityPermission.BAN, "d")
    guides = PermissionGroup(made, "guides", CommunityPermission.PROFILE | CommunityPermission.TOPICS)
    assert await scene.bob.groups.permissions.all(COMMUNITY) == [wardens, guides]
    assert await permissions.named(COMMUNITY, made, "@PMG#_nobody") == {made: guides}
    assert await permissions.delete(COMMUNITY, WARDENS, "@PMG#_nobody") == {"@PMG#_nobody": 110006}
    assert await permissions.delete(COMMUNITY, WARDENS) == {WARDENS: 110008}
    assert await permissions.all(COMMUNITY) == [guides]


async def test_more_permission_groups_than_a_call_takes_are_listed_and_ended(scene: Scene) -> None:
    permissions = scene.alice.groups.permissions
    names = [await permissions.create(COMMUNITY, str(number), number) for number in range(41)]
    assert [each.permission for each in await permissions.all(COMMUNITY)] == list(range(41))
    assert list(await permissions.named(COMMUNITY, *names)) == names
    assert await permissions.delete(COMMUNITY, *names) == {}
    assert await permissions.all(COMMUNITY) == []


async def test_members_come_and_go_and_know_what_they_are_in(scene: Scene) -> None:
    permissions = scene.alice.groups.permissions
    await permissions.create(COMMUNITY, "wardens", MUTE, permission_id=WARDENS)
    assert await permissions.add_members(COMMUNITY, WARDENS, "bob") == {"bob": Addition.ADDED}
    assert await permissions.add_members(COMMUNITY, WARDENS, "bob", "carol", "nobody") == {
        "bob": Addition.WAS_IN,
        "carol": Addition.ADDED,
        "nobody": Addition.REFUSED,
    }
    pages = [page async for page in permissions.members(COMMUNITY, WARDENS, page_size=1)]
    assert [[each.user for each in page] for page in pages] == [["bob"], ["carol"]]
    wardens = PermissionGroup(WARDENS, "wardens", MUTE, member_count=2)
    assert await scene.bob.groups.permissions.joined(COMMUNITY) == [wardens]
    assert await permissions.joined(COMMUNITY) == []
    await permissions.remove_members(COMMUNITY, WARDENS, "bob", "nobody")
    assert await scene.bob.groups.permissions.joined(COMMUNITY) == []
    assert [[each.user for each in page] async for page in permissions.members(COMMUNITY, WARDENS)] == [["carol"]]


async def test_more_members_than_a_call_takes_are_added_listed_and_removed(scene: Scene) -> None:
    users = [f"hiker {number}" for number in range(120)]
    async with scene.admin() as admin:
        for first in (0, 60):
            await admin.multiaccount_import(users[first : first + 60])
    await scene.alice.groups.add_members(COMMUNITY, *users)
    permissions = scene.alice.groups.permissions
    await permissions.create(COMMUNITY, "wardens", MUTE, permission_id=WARDENS)
    assert await permissions.add_members(COMMUNITY, WARDENS, *users) == dict.fromkeys(users, Addition.ADDED)
    assert [len(page) async for page in permissions.members(COMMUNITY, WARDENS)] == [100, 20]
    await permissions.remove_members(COMMUNITY, WARDENS, *users)
    assert [page async for page in permissions.members(COMMUNITY, WARDENS)] == []


async def test_permissions_in_topics_are_given_changed_and_taken(scene: Scene) -> None:
    permissions = scene.alice.groups.permissions
    await permissions.create(COMMUNITY, "wardens", 0, permission_id=WARDENS)
    assert await permissions.set_topics(COMMUNITY, WARDENS, {GEAR: TopicPermission.MUTE}) == {GEAR: 110011}
    assert await permissions.add_topics(COMMUNITY, WARDENS, {GEAR: TopicPermission.MUTE, ROUTES: 1}) == {ROUTES: 110013}
    assert await permissions.add_topics(COMMUNITY, WARDENS, {GEAR: TopicPermission.SPEAK}) == {GEAR: 110010}
    assert await permissions.topics(COMMUNITY, WARDENS) == {GEAR: TopicPermission.MUTE}
    both = TopicPermission.MUTE | TopicPermission.PROFILE
    assert await permissions.set_topics(COMMUNITY, WARDENS, {GEAR: both}) == {}
    assert await scene.bob.groups.permissions.topics(COMMUNITY, WARDENS) == {GEAR: both}
    assert await permissions.remove_topics(COMMUNITY, WARDENS, GEAR) == {}
    assert await permissions.remove_topics(COMMUNITY, WARDENS, GEAR) == {GEAR: 110011}
    assert await permissions.topics(COMMUNITY, WARDENS) == {}


async def test_what_is_given_may_be_done_from_then_on(scene: Scene) -> None:
    permissions, bob = scene.alice.groups.permissions, scene.bob.groups
    await permissions.create(COMMUNITY, "wardens", MUTE, permission_id=WARDENS)
    assert await refused(bob.mute_member(COMMUNITY, "carol", seconds=60)) == 10007
    assert await refused(bob.topics.change(GEAR, name="Gear")) == 10007
    await permissions.add_members(COMMUNITY, WARDENS, "bob")
    await bob.mute_member(COMMUNITY, "carol", seconds=60)
    await permissions.add_topics(COMMUNITY, WARDENS, {GEAR: TopicPermission.PROFILE})
    await bob.topics.change(GEAR, name="Gear")
    await permissions.remove_members(COMMUNITY, WARDENS, "bob")
    assert await refused(bob.mute_member(COMMUNITY, "carol", seconds=60)) == 10007
    assert await refused(bob.topics.change(GEAR, name="gear")) == 10007


async def test_refusals_are_raised(scene: Scene) -> None:
    permissions, bobs = scene.alice.groups.permissions, scene.bob.groups.permissions
    await permissions.create(COMMUNITY, "wardens", 0, permission_id=WARDENS)
    assert await refused(permissions.create(COMMUNITY, "more", 0, permission_id=WARDENS)) == 10021
    assert await refused(permissions.change(COMMUNITY, "@PMG#_nobody", name="n")) == 110006
    assert await refused(bobs.create(COMMUNITY, "mine", SPEAK)) == 10007
    assert await refused(bobs.change(COMMUNITY, WARDENS, name="n")) == 10007
    assert await refused(bobs.delete(COMMUNITY, WARDENS)) == 10007
    assert await refused(bobs.add_members(COMMUNITY, WARDENS, "bob")) == 10007
    assert await refused(bobs.add_topics(COMMUNITY, WARDENS, {GEAR: TopicPermission.SPEAK})) == 10007
    await scene.site.change(permission_group_members=1)
    assert await refused(permissions.add_members(COMMUNITY, WARDENS, "bob", "carol")) == 110012
    assert [page async for page in permissions.members(COMMUNITY, WARDENS)] == []


async def test_community_says_that_it_has_permission_groups(scene: Scene) -> None:
    shown = (await scene.bob.groups.find(COMMUNITY, scene.group)).values()
    assert [(each.has_permissions, each.default_permission) for each in shown] == [(True, SPEAK), (False, 0)]
    own = await scene.bob.groups.profile(COMMUNITY)
    assert (own.has_permissions, own.default_permission) == (True, SPEAK)


@pytest.mark.parametrize(
    ("permission", "action"),
    [
        (CommunityPermission.PROFILE, Action.CHANGE_PROFILE),
        (CommunityPermission.MEMBERS, Action.KICK),
        (CommunityPermission.PERMISSIONS, Action.MANAGE_PERMISSIONS),
        (CommunityPermission.PERMISSION_MEMBERS, Action.MANAGE_PERMISSION_MEMBERS),
        (CommunityPermission.TOPICS, Action.MANAGE_TOPICS),
        (CommunityPermission.MUTE, Action.MUTE),
        (CommunityPermission.SPEAK, Action.SPEAK),
        (CommunityPermission.MENTION_ALL, Action.MENTION_ALL),
        (CommunityPermission.READ_PAST, Action.READ_PAST),
        (CommunityPermission.RECALL, Action.RECALL),
        (CommunityPermission.BAN, Action.BAN),
    ],
)
def test_bit_of_a_community_allows_what_it_is_called(permission: CommunityPermission, action: Action) -> None:
    assert action in community_actions(permission)
    assert action not in community_actions(~permission & 0x7FF)


@pytest.mark.parametrize(
    ("permission", "action"),
    [
        (TopicPermission.PROFILE, Action.CHANGE_PROFILE),
        (TopicPermission.PERMISSIONS, Action.MANAGE_TOPIC_PERMISSIONS),
        (TopicPermission.MUTE, Action.MUTE),
        (TopicPermission.SPEAK, Action.SPEAK),
        (TopicPermission.READ_PAST, Action.READ_PAST),
        (TopicPermission.RECALL, Action.RECALL),
        (TopicPermission.MENTION_ALL, Action.MENTION_ALL),
    ],
)
def test_bit_of_a_topic_allows_what_it_is_called(permission: TopicPermission, action: Action) -> None:
    assert action in topic_actions(0, permission)
    assert action not in topic_actions(0, ~permission & 0x7F)
