"""Live rooms are joined, heard, counted and left, against a real server."""

import asyncio
import inspect
from collections.abc import AsyncIterator

import pytest

from sdks.python.tests.support.real import PATIENCE_S, Scene, heard, set_scene, texts, told
from sdks.python.tests.support.scripted import ScriptedServer
from tidings.domain.group.live import ABSENCE_S
from tidings_client import (
    AttributeChange,
    Chat,
    ConnectionRestored,
    GroupAttributesChanged,
    GroupTipReceived,
    GroupType,
    LiveRooms,
    TidingsError,
    TipKind,
)

ROOM = "show"
JOIN = "group_open_http_svc.apply_join_group"


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """Return alice, who has made a room and joined it, and bob."""
    async with set_scene() as scene:
        await scene.alice.groups.create(GroupType.LIVE, "show", group=ROOM)
        assert await scene.alice.groups.live.join(ROOM) == []
        await told(scene.alice, GroupTipReceived)
        yield scene


async def tips(chat: Chat, count: int) -> list[tuple[TipKind, tuple[str, ...], int]]:
    """Return the next tips, and how many are in the room after each."""
    found = [event.message.tip for event in await told(chat, GroupTipReceived, count)]
    return [(tip.kind, tip.users, tip.member_count) for tip in found if tip]


async def until_connected(scene: Scene, count: int) -> None:
    """Wait until the server has noticed that so many connections are left."""
    gateway = scene.site.server.gateway
    async with asyncio.timeout(PATIENCE_S):
        while len(gateway.connections) != count or gateway.in_flight:  # noqa: ASYNC110 - the server tells nobody of it
            await asyncio.sleep(0)


def test_every_method_says_what_it_does() -> None:
    named = [(name, each) for name, each in inspect.getmembers(LiveRooms) if not name.startswith("_")]
    assert [name for name, each in named if not inspect.getdoc(each)] == []


async def test_those_who_are_in_hear_each_other_and_who_comes_and_goes(scene: Scene) -> None:
    alice, bob = scene.alice.groups, scene.bob.groups
    async with scene.enter("carol") as outside:
        assert await bob.join(ROOM)
        assert list(bob.live.joined) == [ROOM]
        await bob.send(ROOM, "hello")
        (message,) = await heard(scene.alice)
        assert (message.group, message.sender, message.text, message.is_kept) == (ROOM, "bob", "hello", False)
        assert await alice.online_count(ROOM) == await outside.groups.online_count(ROOM) == 2
        with pytest.raises(TidingsError) as caught:
            await outside.groups.send(ROOM, "me, too")
        assert caught.value.code == 10007
    await bob.live.leave(ROOM)
    assert list(bob.live.joined) == []
    assert await tips(scene.alice, 2) == [(TipKind.JOINED, ("bob",), 2), (TipKind.QUIT, ("bob",), 1)]


async def test_owner_stays_in_until_the_room_is_ended(scene: Scene) -> None:
    with pytest.raises(TidingsError) as caught:
        await scene.alice.groups.live.leave(ROOM)
    assert caught.value.code == 10009
    assert list(scene.alice.groups.live.joined) == [ROOM]
    await scene.alice.groups.disband(ROOM)
    assert list(scene.alice.groups.live.joined) == []


async def test_newcomers_see_the_last_messages_on_wish(scene: Scene) -> None:
    await scene.site.change(live_history=2)
    for text in ("one", "two", "three"):
        await scene.alice.groups.send(ROOM, text)
    assert texts(await scene.bob.groups.live.join(ROOM, with_history=True)) == ["two", "three"]


async def test_those_who_are_in_are_listed_and_marked(scene: Scene) -> None:
    rooms = scene.alice.groups.live
    await scene.bob.groups.live.join(ROOM)
    (page,) = [page async for page in rooms.present(ROOM)]
    assert [each.user for each in page] == ["bob", "alice"]
    assert await rooms.add_marks(ROOM, "bob", "carol", marks=[1000]) == ["bob"]
    assert [[each.user for each in page] async for page in rooms.present(ROOM, mark=1000)] == [["bob"]]
    assert await rooms.remove_marks(ROOM, "bob", marks=[1000]) == ["bob"]
    assert [page async for page in rooms.present(ROOM, mark=1000)] == []


async def test_attributes_of_a_room_are_told_to_who_is_in(scene: Scene) -> None:
    await scene.bob.groups.live.join(ROOM)
    await scene.alice.groups.set_attributes(ROOM, {"seat 1": "bob"})
    (event,) = await told(scene.bob, GroupAttributesChanged)
    assert (event.group, event.change, event.changed["seat 1"].value) == (ROOM, AttributeChange.SET, "bob")
    assert (await scene.bob.groups.attributes(ROOM))["seat 1"].value == "bob"


async def test_who_was_away_for_long_is_in_the_room_again(scene: Scene) -> None:
    await scene.bob.groups.live.join(ROOM)
    scene.line.hold()
    await until_connected(scene, 1)
    scene.site.clock.step(ABSENCE_S + 1)
    scene.site.server.rules.groups.live.sweep()
    assert await scene.alice.groups.online_count(ROOM) == 1
    scene.line.restore()
    await told(scene.bob, ConnectionRestored)
    assert await tips(scene.alice, 3) == [
        (TipKind.JOINED, ("bob",), 2),
        (TipKind.QUIT, ("bob",), 1),
        (TipKind.JOINED, ("bob",), 2),
    ]
    await scene.alice.groups.send(ROOM, "welcome back")
    assert texts(await heard(scene.bob)) == ["welcome back"]


async def test_room_that_turns_one_away_is_not_joined_again(chat: Chat, server: ScriptedServer) -> None:
    server.scripts[JOIN] = lambda _asked: {"JoinedStatus": "JoinedSuccess", "HugeGroupFlag": 1}
    await chat.groups.live.join("gone")
    await chat.groups.live.join("open")
    assert list(chat.groups.live.joined) == ["gone", "open"]

    def script(asked: object) -> dict[str, object]:
        is_gone = getattr(asked, "body", {})["GroupId"] == "gone"
        return {"ErrorCode": 10010, "ErrorInfo": "gone"} if is_gone else {"HugeGroupFlag": 1}

    server.scripts[JOIN] = script
    server.drop()
    await server.until(lambda: len(server.all_of(JOIN)) == 4)
    await told(chat, ConnectionRestored)
    assert list(chat.groups.live.joined) == ["open"]


async def test_group_that_is_no_room_is_not_taken_for_one(chat: Chat, server: ScriptedServer) -> None:
    server.scripts[JOIN] = lambda _asked: {"JoinedStatus": "JoinedSuccess"}
    assert await chat.groups.live.join("g") == []
    assert await chat.groups.join("g")
    assert chat.groups.live.joined == ()
