"""Topics are made, told, written in, read, changed and ended, against a real server."""

import asyncio
import inspect
from collections.abc import AsyncIterator

import pytest

from sdks.python.tests.support.real import PATIENCE_S, Scene, heard, set_scene, texts, told
from tidings_client import (
    ConnectionRestored,
    ConversationChanged,
    GroupMessageModified,
    GroupMessageRecalled,
    GroupReadElsewhere,
    GroupType,
    TidingsError,
    Topic,
    TopicChanged,
    Topics,
    TopicsCreated,
    TopicsDeleted,
)

COMMUNITY = "@TGS#_hikers"
GEAR, ROUTES = f"{COMMUNITY}@TOPIC#_gear", f"{COMMUNITY}@TOPIC#_routes"


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """Return alice and bob in a community of hers that has topics, and has none yet."""
    async with set_scene() as scene:
        await scene.alice.groups.create(
            GroupType.COMMUNITY, "hikers", group=COMMUNITY, members=["bob", "carol"], has_topics=True
        )
        yield scene


def test_every_method_says_what_it_does() -> None:
    named = [(name, each) for name, each in inspect.getmembers(Topics) if not name.startswith("_")]
    assert [name for name, each in named if not inspect.getdoc(each)] == []


async def test_topic_is_made_shown_changed_and_ended(scene: Scene) -> None:
    topics = scene.alice.groups.topics
    assert await topics.create(COMMUNITY, "gear", topic=GEAR, introduction="i", custom="c") == GEAR
    made = await topics.create(COMMUNITY, "routes")
    assert await told(scene.bob, TopicsCreated, 2) == [
        TopicsCreated(COMMUNITY, (GEAR,), "alice"),
        TopicsCreated(COMMUNITY, (made,), "alice"),
    ]
    await topics.change(GEAR, name="Gear", notification="be kind", is_muted=True)
    assert await told(scene.bob, TopicChanged) == [
        TopicChanged(GEAR, "alice", name="Gear", notification="be kind", is_muted=True)
    ]
    gear, routes = await scene.bob.groups.topics.all(COMMUNITY)
    assert (gear.topic, gear.community, gear.name, gear.introduction) == (GEAR, COMMUNITY, "Gear", "i")
    assert (gear.notification, gear.custom, gear.is_muted, gear.last_seq) == ("be kind", "c", True, 0)
    assert (routes.topic, routes.is_muted) == (made, False)
    await topics.change(GEAR, is_muted=False)
    assert [event.is_muted for event in await told(scene.bob, TopicChanged)] == [False]
    assert await topics.delete(GEAR, ROUTES) == {ROUTES: 110003}
    assert await told(scene.bob, TopicsDeleted) == [TopicsDeleted(COMMUNITY, (GEAR,), "alice")]
    assert list(await topics.profiles(GEAR, made)) == [made]


async def test_refusals_are_raised(scene: Scene) -> None:
    for chat, community, code in ((scene.bob, COMMUNITY, 10007), (scene.alice, scene.group, 11000)):
        with pytest.raises(TidingsError) as caught:
            await chat.groups.topics.create(community, "gear")
        assert caught.value.code == code
    shown = await scene.bob.groups.profiles(COMMUNITY, scene.group)
    assert [each.has_topics for each in shown.values()] == [True, False]


async def test_each_topic_has_its_messages_and_what_was_read_of_them(scene: Scene) -> None:
    async with scene.enter("bob", device="ipad") as tablet:
        alice, bob = scene.alice.groups, scene.bob.groups
        for topic in (GEAR, ROUTES):
            await alice.topics.create(COMMUNITY, topic[-4:], topic=topic)
        first = await alice.send(GEAR, "a rope")
        await alice.send(GEAR, "a map")
        await alice.send(ROUTES, "north")
        assert [(each.group, each.seq) for each in await heard(scene.bob, 3)] == [(GEAR, 1), (GEAR, 2), (ROUTES, 1)]
        assert [texts(page) async for page in bob.history(GEAR)] == [["a rope", "a map"]]
        assert [page async for page in bob.history(COMMUNITY)] == []
        await bob.mark_read(GEAR, 1)
        assert await told(tablet, GroupReadElsewhere) == [GroupReadElsewhere(GEAR, 1, _any(tablet.position))]
        rows = await bob.topics.profiles(GEAR, ROUTES)
        assert [(rows[each].unread, rows[each].read_seq) for each in (GEAR, ROUTES)] == [(1, 1), (1, 0)]
        await alice.modify(first, "two ropes")
        await alice.recall(first)
        assert [(each.group, each.seq) for each in await told(scene.bob, GroupMessageModified)] == [(GEAR, 1)]
        assert [(each.group, each.seq) for each in await told(scene.bob, GroupMessageRecalled)] == [(GEAR, 1)]
        assert [each.group for each in await scene.bob.conversations() if each.group == COMMUNITY] == []


def _any(position: int | None) -> int:
    assert position
    return position


async def test_messages_of_topics_stand_in_no_list_of_conversations(scene: Scene) -> None:
    await scene.alice.groups.topics.create(COMMUNITY, "gear", topic=GEAR)
    changed = scene.bob.events(ConversationChanged)
    await scene.alice.groups.send(GEAR, "a rope")
    await scene.alice.groups.send(scene.group, "hi")
    async with asyncio.timeout(PATIENCE_S):
        assert [event async for event in _first(changed)] == [ConversationChanged(None, scene.group)]


async def _first(events: AsyncIterator[object]) -> AsyncIterator[object]:
    async for event in events:
        yield event
        return


async def test_what_was_said_in_topics_while_a_connection_was_lost_is_told_afterwards(scene: Scene) -> None:
    groups = scene.alice.groups
    await groups.topics.create(COMMUNITY, "gear", topic=GEAR)
    await groups.send(GEAR, "one")
    await heard(scene.bob)
    scene.line.hold()
    await groups.send(GEAR, "two")
    await groups.topics.create(COMMUNITY, "routes", topic=ROUTES)
    await groups.send(ROUTES, "three")
    await groups.send(ROUTES, "four")
    scene.line.restore()
    await told(scene.bob, ConnectionRestored)
    await groups.send(ROUTES, "five")
    got = await heard(scene.bob, 4)
    assert sorted((each.group, each.seq, each.text) for each in got) == [
        (GEAR, 2, "two"),
        (ROUTES, 1, "three"),
        (ROUTES, 2, "four"),
        (ROUTES, 3, "five"),
    ]
    assert {name: scene.bob.groups.positions[name] for name in (GEAR, ROUTES)} == {GEAR: 2, ROUTES: 3}


async def test_line_that_is_cut_again_and_again_loses_and_doubles_nothing_of_any_topic(scene: Scene) -> None:
    await scene.site.change(group_messages_per_second=1000)
    groups, topics = scene.alice.groups, [f"{COMMUNITY}@TOPIC#_{number}" for number in range(4)]

    async def talk(topic: str) -> None:
        await groups.topics.create(COMMUNITY, "one of them", topic=topic)
        for number in range(40):
            await groups.send(topic, str(number))

    async def cut() -> None:
        for _ in range(6):
            scene.line.cut()
            await told(scene.bob, ConnectionRestored)

    async with asyncio.timeout(60):
        await asyncio.gather(*map(talk, topics), cut())
        got = await heard(scene.bob, 160)
    for topic in topics:
        found = [message for message in got if message.group == topic]
        assert texts(found) == [str(number) for number in range(40)]
        assert [message.seq for message in found] == list(range(1, 41))


async def test_positions_of_topics_outlast_the_program_and_end_with_the_community(scene: Scene) -> None:
    groups = scene.alice.groups
    await groups.topics.create(COMMUNITY, "gear", topic=GEAR)
    async with scene.enter("carol") as carol:
        await groups.send(GEAR, "one")
        await heard(carol)
        after, position = carol.groups.positions, carol.position
    await groups.send(GEAR, "two")
    async with scene.enter("carol", after=position, groups_after=after) as carol:
        assert texts(await heard(carol)) == ["two"]
        await carol.groups.quit(COMMUNITY)
        assert [name for name in carol.groups.positions if name.startswith(COMMUNITY)] == []


def test_a_topic_knows_its_community() -> None:
    assert Topic(GEAR).community == COMMUNITY
