"""Every store: topics with what members are there, permission groups with what they give."""

from tests.support.stores import APP, NOW, People
from tidings.domain.events import GroupNotice
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind, Receive, Role
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.permission_groups import PermissionGroup
from tidings.domain.group.requests import JoinChange
from tidings.ids import GroupId
from tidings.store.sqlite.store import Store

LIMIT = 10


async def found(store: Store, them: People) -> tuple[Group, Member]:
    """Return a community of alice and bob, and bob's place in it."""
    members = [Member(each.number, each.user_id, joined_at=NOW) for each in (them.alice, them.bob)]
    members[0].role = Role.OWNER
    group = made(Kind.COMMUNITY, "@TGS#_c")
    group.has_topics = True
    assert await store.groups.create(group, members)
    return group, members[1]


def made(kind: Kind, name: str) -> Group:
    """Return a group that is not stored yet."""
    return Group(APP, GroupId(name), kind, name, 0, NOW, 100, ApplyOption.FREE, InviteOption.FREE)  # type: ignore[arg-type]


async def make_topic(store: Store, community: Group, name: str) -> Group:
    """Return a new topic."""
    topic = made(Kind.TOPIC, f"{community.group_id}@TOPIC#_{name}")
    topic.parent = community.number
    assert await store.group_topics.create(topic, LIMIT)
    return topic


async def say(store: Store, topic: Group, them: People, random: int) -> None:
    """Store a message of alice."""
    alice = them.alice
    await store.group_messages.append(
        GroupMessage(topic.number, alice.number, alice.user_id, NOW + random, random, NOW, b"[]")
    )


async def test_topics_come_back_with_what_a_member_is_there(store: Store, them: People) -> None:
    community, bob = await found(store, them)
    gear, routes = await make_topic(store, community, "gear"), await make_topic(store, community, "routes")
    await say(store, gear, them, 1)
    store.groups.find_place(gear, bob)
    await say(store, gear, them, 2)
    place = store.groups.find_place(gear, bob)
    place.receive, place.read_seq = Receive.QUIET, 1
    await store.group_joining.change_members(gear, NOW, JoinChange(changed=[place]))
    first, second = await store.group_topics.topics(community, bob, None)
    assert (first.group, first.read_seq, first.receive, first.unread) == (
        store.groups.find_group(APP, gear.group_id),
        1,
        Receive.QUIET,
        1,
    )
    assert (second.group.group_id, second.read_seq, second.unread) == (routes.group_id, 0, 0)


async def test_ends_and_leaving_take_everything_of_it(store: Store, them: People) -> None:
    community, bob = await found(store, them)
    gear, routes = await make_topic(store, community, "gear"), await make_topic(store, community, "routes")
    wardens = PermissionGroup(community.number, "@PMG#_w", "wardens", 4)
    assert await store.group_permissions.create(wardens)
    await store.group_permissions.add_members(wardens, [bob.account, them.alice.number], LIMIT)
    await store.group_permissions.add_topics(wardens, {gear.number: 8, routes.number: 16})
    assert store.groups.permissions(community.number, gear.number, bob.account) == (4, 8)
    await store.group_topics.end(gear.number)
    assert store.groups.permissions(community.number, gear.number, bob.account) == (4, 0)
    await store.group_joining.change_members(community, NOW, JoinChange(removed=[bob.account]))
    assert store.groups.permissions(community.number, routes.number, bob.account) == (0, 0)
    left = store.group_permissions.find(community.number, "@PMG#_w")
    assert left is not None
    assert (left.member_count, community.member_count) == (1, 1)
    end = GroupNotice(5, community.group_id, "", "Community", bob.user_id, NOW, 1)
    await store.group_joining.end_group(community, NOW, end)
    ended = store.groups.find_group(APP, routes.group_id)
    assert ended is not None
    assert ended.is_gone
    assert store.group_permissions.find(community.number, "@PMG#_w") is None
