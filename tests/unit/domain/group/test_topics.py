"""Topics: groups of their own, whose members are those of the community."""

import asyncio

import pytest

from tests.support.groups import ADMIN, found, found_community, make_topic, place, say, set_receive
from tests.support.stage import Stage
from tidings.domain.accounts import Account
from tidings.domain.group.events import TopicChanged, TopicCreated, TopicsDeleted
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Receive
from tidings.domain.group.topics import CUSTOM, By, Topic
from tidings.errors import TidingsError
from tidings.ids import GroupId

MUTE_S = 60


async def shown(stage: Stage, community: Group, account: Account) -> list[Topic]:
    """Return all topics as a member sees them."""
    found = await stage.rules.groups.topics.show(community, place(stage, community, account), None, stage.app.settings)
    return [topic for topic in found.values() if topic is not None]


async def code_of(awaitable: object) -> int:
    """Return the code that a call is refused with, 0 if it is not."""
    try:
        await awaitable  # type: ignore[misc]
    except TidingsError as error:
        return error.code
    return 0


async def test_a_topic_takes_its_community_s_members_and_their_roles(stage: Stage) -> None:
    community = await found_community(stage, stage.them.bob, admins=(stage.them.carol,))
    topic = await make_topic(stage, community)
    roles = [place(stage, topic, each).role.value for each in (stage.them.alice, stage.them.bob, stage.them.carol)]
    assert roles == ["Owner", "Member", "Admin"]
    assert await code_of(say(stage, topic, stage.them.stranger)) == 10007
    (told,) = stage.rooms.events
    assert isinstance(told[1], TopicCreated)
    assert (told[0], told[1].topic_id) == (community, topic.group_id)


async def test_the_number_of_topics_is_limited(stage: Stage) -> None:
    stage.change(community_topics=2)
    community = await found_community(stage)
    makings = [code_of(make_topic(stage, community, str(number))) for number in range(4)]
    assert sorted(await asyncio.gather(*makings)) == [0, 0, 10037, 10037]
    first = (await shown(stage, community, stage.them.alice))[0].group
    await stage.rules.groups.topics.destroy(community, ADMIN, [first.group_id], stage.app.settings)
    await make_topic(stage, community)


async def test_settings_switch_topics_and_communities_off(stage: Stage) -> None:
    community = await found_community(stage, stage.them.bob)
    stage.change(topics=False)
    assert await code_of(make_topic(stage, community)) == 11000
    assert await code_of(shown(stage, community, stage.them.bob)) == 11000
    assert await code_of(found_community(stage)) == 11000
    stage.change(communities=False)
    assert await code_of(found_community(stage)) == 11000


async def test_only_communities_with_topics_take_some(stage: Stage) -> None:
    assert await code_of(make_topic(stage, await found(stage))) == 11000


@pytest.mark.parametrize("own", ["", "@TGS#x", "\n", "x" * 128])
async def test_an_id_belongs_to_its_community(stage: Stage, own: str) -> None:
    community = await found_community(stage)
    topic_id = GroupId(f"{community.group_id}@TOPIC#_{own}")
    assert await code_of(make_topic(stage, community, topic_id=topic_id)) == 10004


async def test_leaders_make_topics_and_members_do_not(stage: Stage) -> None:
    community = await found_community(stage, stage.them.bob, admins=(stage.them.carol,))
    topic = await make_topic(stage, community)
    rules, settings = stage.rules.groups.topics, stage.app.settings
    bob, carol = place(stage, topic, stage.them.bob), place(stage, topic, stage.them.carol)
    for member, expected in ((bob, 10007), (carol, 0)):
        by = By(member, member.user_id)
        assert await code_of(rules.change(topic, by, {"is_muted": True})) == expected
        assert await code_of(rules.change(topic, by, {"name": str(expected)})) == expected
        assert await code_of(rules.destroy(community, by, [topic.group_id], settings)) == expected


async def test_a_change_tells_what_is_new_and_nothing_else(stage: Stage) -> None:
    community = await found_community(stage)
    topic = await make_topic(stage, community)
    stage.rooms.events.clear()
    await stage.rules.groups.topics.change(topic, ADMIN, {"name": "gear", "custom": {CUSTOM: "c"}})
    await stage.rules.groups.topics.change(topic, ADMIN, {"name": "gear"})
    ((group, event, to, _),) = stage.rooms.events
    assert isinstance(event, TopicChanged)
    assert (group, dict(event.changes), to) == (topic, {"custom": {CUSTOM: "c"}}, None)
    assert (topic.info_seq, topic.custom) == (2, {CUSTOM: "c"})


async def test_the_end_of_topics_is_told_once(stage: Stage) -> None:
    community = await found_community(stage)
    topics = [(await make_topic(stage, community, str(number))).group_id for number in range(2)]
    stage.rooms.events.clear()
    unknown = GroupId("@TGS#_other@TOPIC#_x")
    destroy = stage.rules.groups.topics.destroy
    outcome = await destroy(community, ADMIN, [*topics, unknown, topics[0]], stage.app.settings)
    assert [error and error.code for error in outcome.values()] == [None, None, 110003]
    outcome = await destroy(community, ADMIN, topics, stage.app.settings)
    assert [error and error.code for error in outcome.values()] == [110003, 110003]
    ((_, event, _, _),) = stage.rooms.events
    assert isinstance(event, TopicsDeleted)
    assert event.topic_ids == tuple(topics)


async def test_unread_numbers_and_options_are_a_topic_s_own(stage: Stage) -> None:
    community = await found_community(stage, stage.them.bob)
    gear, routes = await make_topic(stage, community), await make_topic(stage, community, "routes")
    for random in (1, 2):
        await say(stage, gear, stage.them.alice, random)
    bob = place(stage, routes, stage.them.bob)
    await set_receive(stage, routes, stage.them.bob, Receive.NOTHING)
    rows = await shown(stage, community, stage.them.bob)
    assert [(row.unread, row.receive) for row in rows] == [(2, Receive.NOTIFY), (0, Receive.NOTHING)]
    assert stage.rooms.inside[routes.number] == {bob.account: Receive.NOTHING}
    assert place(stage, community, stage.them.bob).receive is Receive.NOTIFY


async def test_who_comes_later_has_nothing_older_to_read_and_may_read_it(stage: Stage) -> None:
    community = await found_community(stage)
    topic = await make_topic(stage, community)
    await say(stage, topic, stage.them.alice)
    stage.clock.step(10)
    await stage.rules.groups.joining.add(community, [stage.them.bob], None)
    await say(stage, topic, stage.them.alice, 2)
    assert [row.unread for row in await shown(stage, community, stage.them.bob)] == [1]
    bob = place(stage, topic, stage.them.bob)
    assert (bob.read_seq, bob.joined_seq) == (1, 1)
    page = await stage.rules.groups.history.page(topic, bob, None, 10, history_s=1000)
    assert [seq for seq, message in page.places if message] == [2, 1]


async def test_muting_holds_in_its_topic_that_of_the_community_in_all(stage: Stage) -> None:
    community = await found_community(stage, stage.them.bob)
    gear, routes = await make_topic(stage, community), await make_topic(stage, community, "routes")
    alice = place(stage, gear, stage.them.alice)
    await stage.rules.groups.muting.mute(gear, By(alice, alice.user_id), [stage.them.bob], MUTE_S)
    assert await code_of(say(stage, gear, stage.them.bob)) == 10017
    assert await code_of(say(stage, routes, stage.them.bob)) == 0
    until = int(stage.clock.now()) + MUTE_S
    assert [row.muted_until for row in await shown(stage, community, stage.them.bob)] == [until, 0]
    await stage.rules.groups.life.change(community, {"is_muted": True})
    assert await code_of(say(stage, routes, stage.them.bob, 2)) == 10017
    assert await code_of(say(stage, routes, stage.them.alice, 3)) == 0


async def test_members_and_the_end_are_no_business_of_a_topic(stage: Stage) -> None:
    community = await found_community(stage, stage.them.bob)
    topic, rules = await make_topic(stage, community), stage.rules.groups
    bob = place(stage, topic, stage.them.bob)
    assert await code_of(rules.joining.add(topic, [stage.them.carol], None)) == 10007
    assert await code_of(rules.joining.quit(topic, bob)) == 10007
    assert await code_of(rules.joining.remove(topic, [bob], None, bob.user_id)) == 10007
    assert await code_of(rules.life.disband(topic, None)) == 10007


async def test_a_disbanded_community_has_no_topics_and_takes_none(stage: Stage) -> None:
    community = await found_community(stage)
    topic = await make_topic(stage, community)
    await stage.rules.groups.life.disband(community, None)
    assert await code_of(say(stage, topic, stage.them.alice)) == 10010
    with pytest.raises(TidingsError) as gone:
        stage.rules.groups.directory.get(topic.app, topic.group_id)
    assert gone.value.code == 10010
    assert await code_of(make_topic(stage, community)) == 10010


async def test_what_is_sent_in_somebodys_name_is_read_by_that_member(stage: Stage) -> None:
    community = await found_community(stage, stage.them.bob)
    topic = await make_topic(stage, community)
    await say(stage, topic, stage.them.bob, 1, is_admin=True)
    await say(stage, topic, stage.them.stranger, 2, is_admin=True)
    assert [row.unread for row in await shown(stage, community, stage.them.bob)] == [1]
    assert [row.unread for row in await shown(stage, community, stage.them.alice)] == [2]


async def test_who_comes_again_begins_anew_in_topics(stage: Stage) -> None:
    community = await found_community(stage, stage.them.bob)
    topic = await make_topic(stage, community)
    await set_receive(stage, topic, stage.them.bob, Receive.NOTHING)
    await stage.rules.groups.joining.quit(community, place(stage, community, stage.them.bob))
    await say(stage, topic, stage.them.alice)
    stage.clock.step(10)
    await stage.rules.groups.joining.add(community, [stage.them.bob], None)
    bob = place(stage, topic, stage.them.bob)
    assert (bob.receive, bob.read_seq, bob.joined_at) == (Receive.NOTIFY, 1, int(stage.clock.now()))
