"""Topics in SQLite: rows of members from the first use on, nothing left of who is gone."""

from dataclasses import replace

import pytest

from tests.support.groups import found_community, make_topic, place, say, set_receive
from tests.support.stage import Stage
from tidings.domain.group.groups import Group
from tidings.domain.group.importing import Import
from tidings.domain.group.kinds import Receive
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.permission_groups import PermissionGroup
from tidings.errors import TidingsError
from tidings.ids import AccountNumber, GroupNumber


@pytest.fixture
async def community(stage: Stage) -> Group:
    return await found_community(stage, stage.them.bob)


def rows(stage: Stage, topic: GroupNumber, *accounts: AccountNumber) -> set[AccountNumber]:
    """Return which accounts have rows of their own in a topic."""
    return set(stage.store.groups.find_members(topic, accounts))


async def test_a_member_has_a_row_from_its_first_use_on(stage: Stage, community: Group) -> None:
    topic = await make_topic(stage, community)
    both = stage.them.alice.number, stage.them.bob.number
    await say(stage, topic, stage.them.alice)
    assert rows(stage, topic.number, *both) == {stage.them.alice.number}
    member = stage.store.groups.find_members(topic.number, both)[stage.them.alice.number]
    assert (member.read_seq, member.entry, member.sent_at) == (1, -stage.them.alice.number, int(stage.clock.now()))
    await stage.rules.groups.joining.remove(community, [place(stage, community, stage.them.bob)], None, member.user_id)
    assert stage.store.groups.memberships(stage.them.bob.number) == []


async def test_leaving_the_community_leaves_no_row_in_its_topics(stage: Stage, community: Group) -> None:
    topic = await make_topic(stage, community)
    bob = place(stage, topic, stage.them.bob)
    await set_receive(stage, topic, stage.them.bob, Receive.NOTHING)
    assert (topic.number, Receive.NOTHING) in stage.store.groups.memberships(bob.account)
    await stage.rules.groups.joining.quit(community, place(stage, community, stage.them.bob))
    assert rows(stage, topic.number, bob.account) == set()


async def test_a_topic_that_is_only_used_is_none_of_the_memberships(stage: Stage, community: Group) -> None:
    topic = await make_topic(stage, community)
    await say(stage, topic, stage.them.bob)
    assert stage.store.groups.memberships(stage.them.bob.number) == [(community.number, Receive.NOTIFY)]
    assert community.member_count == 2


async def test_a_row_of_an_earlier_time_in_the_community_begins_anew(stage: Stage, community: Group) -> None:
    topic = await make_topic(stage, community)
    await say(stage, topic, stage.them.alice)
    store, member = stage.store.groups, place(stage, community, stage.them.bob)
    store.find_place(topic, member)
    member.joined_at += 100
    again = store.find_place(topic, member)
    assert (again.joined_at, again.joined_seq, again.read_seq) == (member.joined_at, 1, 1)
    await say(stage, topic, stage.them.alice, 2)
    stored = store.find_members(topic.number, [member.account])[member.account]
    assert (stored.joined_at, stored.read_seq) == (member.joined_at, 1)


async def test_ids_are_taken_once_and_there_are_so_many(stage: Stage, community: Group) -> None:
    topic = await make_topic(stage, community)
    topics = stage.store.group_topics
    assert not await topics.create(topic, 5)
    other = await make_topic(stage, community, "other")
    other.group_id = type(other.group_id)(f"{other.group_id}x")
    with pytest.raises(TidingsError) as refused:
        await topics.create(other, 2)
    assert refused.value.code == 10037


async def test_an_end_comes_once(stage: Stage, community: Group) -> None:
    topic = await make_topic(stage, community)
    assert [await stage.store.group_topics.end(topic.number) for _ in range(2)] == [True, False]


async def test_topics_are_found_all_or_by_name_with_what_counts_for_nothing(stage: Stage, community: Group) -> None:
    gear, routes = await make_topic(stage, community), await make_topic(stage, community, "routes")
    await say(stage, gear, stage.them.alice, 1)
    await say(stage, gear, stage.them.alice, 2, flags=1)
    bob = place(stage, community, stage.them.bob)
    found = await stage.store.group_topics.topics(community, bob, None)
    assert [(t.group.group_id, t.unread, t.uncounted) for t in found] == [
        (gear.group_id, 1, (2,)),
        (routes.group_id, 0, ()),
    ]
    found = await stage.store.group_topics.topics(community, bob, [routes.group_id])
    assert [t.group.group_id for t in found] == [routes.group_id]


async def test_what_ended_with_its_community_stays_gone(stage: Stage, community: Group) -> None:
    topic = await make_topic(stage, community)
    late = replace(topic, name="late")
    await stage.rules.groups.life.disband(community, None)
    await stage.store.groups.save(late)
    stored = stage.store.groups.find_group(topic.app, topic.group_id)
    assert stored is not None
    assert stored.is_gone


async def test_imports_are_read_by_members_who_were_never_there(stage: Stage, community: Group) -> None:
    stage.clock.step(100)
    topic = await make_topic(stage, community, created_at=int(stage.clock.now()) - 50)
    body = b'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]'
    alice, then = stage.them.alice, int(stage.clock.now()) - 10
    message = GroupMessage(topic.number, alice.number, alice.user_id, then, 7, then, body)
    await stage.rules.groups.importing.import_messages(topic, [Import(message)], shows=True)
    (found,) = await stage.store.group_topics.topics(community, place(stage, community, stage.them.bob), None)
    assert (found.unread, found.group.last_seq) == (0, 1)


async def test_an_erased_account_is_counted_out_of_its_community_and_nothing_else(
    stage: Stage, community: Group
) -> None:
    topic, bob = await make_topic(stage, community), stage.them.bob
    await say(stage, topic, bob)
    wardens = PermissionGroup(community.number, "w", "w", 1)
    await stage.store.group_permissions.create(wardens)
    await stage.store.group_permissions.add_members(wardens, [bob.number], 9)
    await stage.store.accounts.delete_account(bob.number)
    await stage.store.erasure.erase(await stage.store.erasure.erasures())
    counts = [
        found.member_count
        for name in (community.group_id, topic.group_id)
        if (found := stage.store.groups.find_group(topic.app, name)) is not None
    ]
    assert counts == [1, 0]
    left = stage.store.group_permissions.find(community.number, "w")
    assert left is not None
    assert left.member_count == 0
    assert rows(stage, topic.number, bob.number) == set()
