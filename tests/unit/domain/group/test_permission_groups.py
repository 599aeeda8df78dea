"""Permission groups: who may manage them, and what they let their members do from the next moment on."""

import pytest

from tests.support.groups import found_community, make_topic, place, say
from tests.support.stage import Stage
from tests.unit.domain.group.test_topics import code_of
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.joining import Joined
from tidings.domain.group.kinds import Action, Role
from tidings.domain.group.permission_groups import PermissionChange, PermissionGroups, TopicChange
from tidings.domain.group.rights import is_allowed

SPEAK, KICK, READ_PAST, MUTE = 1 << 6, 1 << 1, 1 << 8, 1 << 5
TOPIC_SPEAK = 1 << 3
WARDENS = "@PMG#_wardens"
LIMIT = 10


def rules(stage: Stage) -> PermissionGroups:
    return stage.rules.groups.permission_groups


async def permit(stage: Stage, community: Group, bits: int, *members: Member, name: str = WARDENS) -> None:
    """Make a permission group with members."""
    await rules(stage).create(community, None, name, PermissionChange("wardens", bits))
    await rules(stage).add_members(community, None, name, [member.account for member in members], LIMIT)


@pytest.fixture
async def community(stage: Stage) -> Group:
    return await found_community(stage, stage.them.bob, admins=(stage.them.carol,), default_permission=0)


def allowed(stage: Stage, group: Group) -> set[Action]:
    """Return what bob may do in a group."""
    bob = place(stage, group, stage.them.bob)
    return {action for action in Action if is_allowed(group, bob, action)}


async def test_rights_are_those_of_all_permission_groups_and_the_default(stage: Stage, community: Group) -> None:
    bob = place(stage, community, stage.them.bob)
    assert allowed(stage, community) == {Action.SET_ATTRIBUTES}
    await permit(stage, community, SPEAK, bob)
    await permit(stage, community, KICK, bob, name="@PMG#_bouncers")
    await stage.rules.groups.life.change(community, {"default_permission": READ_PAST})
    members = {Action.KICK, Action.APPROVE, Action.CHANGE_MEMBER}
    expected = {Action.SET_ATTRIBUTES, Action.SPEAK, *members, Action.READ_PAST}
    assert allowed(stage, community) == expected
    await rules(stage).destroy(community, None, ["@PMG#_bouncers"])
    assert allowed(stage, community) == expected - members


async def test_roles_decide_again_once_permissions_are_off(stage: Stage, community: Group) -> None:
    carol = place(stage, community, stage.them.carol)
    assert not is_allowed(community, carol, Action.KICK)
    await stage.rules.groups.life.change(community, {"has_permissions": False})
    assert is_allowed(community, place(stage, community, stage.them.carol), Action.KICK)
    assert await code_of(say(stage, community, stage.them.bob)) == 0


async def test_the_owner_may_everything_and_nobody_removes_it(stage: Stage, community: Group) -> None:
    alice, bob = place(stage, community, stage.them.alice), place(stage, community, stage.them.bob)
    assert all(is_allowed(community, alice, action) for action in Action)
    await permit(stage, community, KICK, bob)
    bob, carol = place(stage, community, stage.them.bob), place(stage, community, stage.them.carol)
    remove = stage.rules.groups.joining.remove
    assert await code_of(remove(community, [alice], bob, bob.user_id)) == 10007
    assert carol.role is Role.ADMIN
    assert await code_of(remove(community, [carol], bob, bob.user_id)) == 0


async def test_permissions_in_a_topic_begin_and_end_at_once(stage: Stage, community: Group) -> None:
    topic = await make_topic(stage, community)
    await permit(stage, community, 0, place(stage, community, stage.them.bob))
    change = rules(stage).change_topics
    for what, bits, code in (
        (TopicChange.ADD, TOPIC_SPEAK, 0),
        (TopicChange.SET, 0, 10007),
        (TopicChange.SET, TOPIC_SPEAK, 0),
        (TopicChange.DROP, 0, 10007),
    ):
        await change(community, None, WARDENS, what, {topic.group_id: bits})
        assert await code_of(say(stage, topic, stage.them.bob, stage.rules.chance.uint32())) == code


async def test_who_may_mute_speaks_where_everybody_is_muted(stage: Stage, community: Group) -> None:
    topic = await make_topic(stage, community)
    await permit(stage, community, SPEAK, place(stage, community, stage.them.bob))
    await stage.rules.groups.life.change(community, {"is_muted": True})
    assert await code_of(say(stage, topic, stage.them.bob)) == 10017
    await rules(stage).change(community, None, WARDENS, PermissionChange(permission=SPEAK | MUTE))
    assert await code_of(say(stage, topic, stage.them.bob)) == 0


async def test_the_past_is_seen_by_permission(stage: Stage) -> None:
    community = await found_community(stage, default_permission=0)
    topic = await make_topic(stage, community)
    await say(stage, topic, stage.them.alice)
    stage.clock.step(5)
    await stage.rules.groups.joining.add(community, [stage.them.bob], None)
    seen = []
    for bits in (0, READ_PAST):
        await stage.rules.groups.life.change(community, {"default_permission": bits})
        bob = place(stage, topic, stage.them.bob)
        page = await stage.rules.groups.history.page(topic, bob, None, 9, history_s=1000)
        seen.append([seq for seq, message in page.places if message])
    assert seen == [[], [1]]


async def test_the_number_of_members_is_limited(stage: Stage, community: Group) -> None:
    await permit(stage, community, 0, place(stage, community, stage.them.bob))
    add = rules(stage).add_members
    numbers = [stage.them.carol.number, stage.them.alice.number]
    assert await code_of(add(community, None, WARDENS, numbers, 2)) == 110012
    assert rules(stage).get(community, WARDENS).member_count == 1
    outcome = await add(community, None, WARDENS, [stage.them.bob.number, stage.them.stranger.number], 2)
    assert list(outcome.values()) == [Joined.WAS_IN, Joined.REFUSED]


async def test_each_thing_to_manage_is_a_permission_of_its_own(stage: Stage, community: Group) -> None:
    topic = await make_topic(stage, community)
    await permit(stage, community, 0, place(stage, community, stage.them.bob))
    manage, members = 1 << 2, 1 << 3

    async def codes() -> list[int]:
        bob = place(stage, community, stage.them.bob)
        sets = {topic.group_id: 1}
        return [
            await code_of(rules(stage).change(community, bob, WARDENS, PermissionChange(name="x"))),
            await code_of(rules(stage).change_topics(community, bob, WARDENS, TopicChange.ADD, sets)),
            await code_of(rules(stage).add_members(community, bob, WARDENS, [], LIMIT)),
            await code_of(rules(stage).remove_members(community, bob, WARDENS, [])),
        ]

    assert await codes() == [10007] * 4
    await rules(stage).change(community, None, WARDENS, PermissionChange(permission=manage))
    assert await codes() == [0, 0, 10007, 10007]
    await rules(stage).change(community, None, WARDENS, PermissionChange(permission=members))
    assert await codes() == [10007, 10007, 0, 0]


@pytest.mark.parametrize("name", ["wardens", "@PMG#_", "@PMG#_@PMG#x", "@PMG#_ü", "@PMG#_" + "x" * 128])
async def test_an_id_has_its_prefix(stage: Stage, community: Group, name: str) -> None:
    assert await code_of(rules(stage).create(community, None, name, PermissionChange("x", 0))) == 10004


async def test_gone_and_unknown_are_told_apart(stage: Stage, community: Group) -> None:
    await permit(stage, community, 0)
    await rules(stage).destroy(community, None, [WARDENS])
    assert await code_of(rules(stage).change(community, None, WARDENS, PermissionChange())) == 110008
    assert await code_of(rules(stage).change(community, None, "@PMG#_x", PermissionChange())) == 110006
    await permit(stage, community, 0)
    assert await code_of(rules(stage).change(community, None, WARDENS, PermissionChange())) == 0


async def test_a_disbanded_community_takes_no_permission_groups(stage: Stage, community: Group) -> None:
    await permit(stage, community, 0)
    await stage.rules.groups.life.disband(community, None)
    assert await code_of(rules(stage).create(community, None, None, PermissionChange("x", 0))) == 10010
    assert await rules(stage).page(community, 0, 10) == []
