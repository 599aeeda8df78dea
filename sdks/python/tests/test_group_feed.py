"""Nothing of a group is lost, doubled or out of order, whatever happens to connections and servers."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from sdks.python.tests.support.line import line_to
from sdks.python.tests.support.real import PATIENCE_S, Scene, heard, set_scene, texts, told
from sdks.python.tests.support.scripted import Asked, Json, ScriptedServer
from sdks.python.tests.support.stepped import SmallestChance
from tests.crash.server import Address, Server
from tidings_client import (
    Chat,
    ConnectionLost,
    ConnectionRestored,
    Gap,
    GroupMessage,
    GroupMessageRecalled,
    GroupTipReceived,
    GroupType,
    Lost,
    connect,
    make_usersig,
)

MANY, AT_ONCE = 1000, 10
SEND = "group_open_http_svc.send_group_msg"
JOINED, HISTORY = "group_open_http_svc.get_joined_group_list", "group_open_http_svc.group_msg_get"


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """Return alice and bob in a group that takes any number of messages a second."""
    async with set_scene() as scene:
        await scene.site.change(group_messages_per_second=MANY)
        yield scene


def places(messages: Iterable[GroupMessage]) -> list[int]:
    return [message.seq for message in messages]


async def whole(chat: Chat, group: str) -> list[GroupMessage]:
    """Return the whole history of a group, oldest first."""
    pages = [page async for page in chat.groups.history(group, 100)]
    return [message for page in reversed(pages) for message in page]


async def test_what_was_sent_while_a_connection_was_lost_is_told_before_it_counts_as_restored(scene: Scene) -> None:
    events = scene.bob.events()
    await scene.alice.groups.send(scene.group, "before")
    scene.line.hold()
    for number in range(250):
        await scene.alice.groups.send(scene.group, str(number))
    scene.line.restore()
    found: list[str] = []
    async with asyncio.timeout(PATIENCE_S):
        async for event in events:
            if isinstance(event, ConnectionRestored):
                break
            found.append(getattr(getattr(event, "message", None), "text", ""))
    assert [text for text in found if text] == ["before", *map(str, range(250))]
    await scene.alice.groups.send(scene.group, "after")
    assert [seq async for seq in arrivals(events, 1)] == [252]


async def test_line_that_is_cut_again_and_again_while_all_send_loses_and_doubles_nothing(scene: Scene) -> None:
    async with scene.enter("carol") as carol:
        own: list[GroupMessage] = []

        async def talk(chat: Chat, count: int) -> None:
            for first in range(0, count, AT_ONCE):
                sends = [chat.groups.send(scene.group, f"{chat.user_id} {first + more}") for more in range(AT_ONCE)]
                sent = await asyncio.gather(*sends)
                if chat is scene.bob:
                    own.extend(sent)

        async def cut() -> None:
            for _ in range(8):
                scene.line.cut()
                await told(scene.bob, ConnectionRestored)

        async with asyncio.timeout(60):
            await asyncio.gather(talk(scene.alice, 150), talk(carol, 150), talk(scene.bob, 60), cut())
            got = await heard(scene.bob, 300)
            everything = await whole(scene.alice, scene.group)
        assert places(got) == sorted(places(got))
        assert sorted([*places(got), *places(own)]) == places(everything) == list(range(1, 361))
        assert [each.text for each in everything] == [each.text for each in sorted([*got, *own], key=lambda m: m.seq)]
        assert places(await heard(scene.alice, 210)) == [m.seq for m in everything if m.sender != "alice"]


async def test_tips_and_recalls_of_the_meantime_are_told_in_their_place(scene: Scene) -> None:
    first = await scene.alice.groups.send(scene.group, "first")
    await heard(scene.bob)
    scene.line.hold()
    await scene.alice.groups.remove_members(scene.group, "carol")
    second = await scene.alice.groups.send(scene.group, "second")
    await scene.alice.groups.recall(first)
    await scene.alice.groups.recall(second)
    scene.line.restore()
    (tip,), (got,) = await told(scene.bob, GroupTipReceived), await heard(scene.bob)
    assert (tip.message.seq, got.seq, got.is_recalled) == (2, 3, True)
    assert [each.seq for each in await told(scene.bob, GroupMessageRecalled)] == [first.seq]


async def test_group_that_was_joined_in_the_meantime_is_told_from_the_joining_on(scene: Scene) -> None:
    group = await scene.alice.groups.create(GroupType.PUBLIC, "older")
    for number in range(150):
        await scene.alice.groups.send(group, f"old {number}")
    scene.site.clock.step(5)
    scene.line.hold()
    async with scene.admin() as admin:
        await admin.add_group_member(group, "bob")
    scene.site.clock.step(5)
    for number in range(120):
        await scene.alice.groups.send(group, f"new {number}")
    scene.line.restore()
    assert texts(await heard(scene.bob, 120)) == [f"new {number}" for number in range(120)]


async def test_next_login_goes_on_where_the_last_one_ended(scene: Scene) -> None:
    async with scene.enter("carol") as carol:
        await scene.alice.groups.send(scene.group, "one")
        await heard(carol)
        positions = carol.groups.positions
    await scene.alice.groups.send(scene.group, "two")
    async with scene.enter("carol", groups_after=positions) as carol:
        assert texts(await heard(carol)) == ["two"]
    async with scene.enter("carol") as fresh:
        await scene.alice.groups.send(scene.group, "three")
        assert texts(await heard(fresh)) == ["three"]


async def test_group_that_was_left_in_the_meantime_is_known_no_more(scene: Scene) -> None:
    await scene.alice.groups.send(scene.group, "one")
    await heard(scene.bob)
    scene.line.hold()
    await scene.alice.groups.remove_members(scene.group, "bob")
    scene.line.restore()
    await told(scene.bob, ConnectionRestored)
    assert scene.bob.groups.positions == {}


async def test_killed_server_that_comes_back_loses_and_doubles_nothing(tmp_path: Path) -> None:
    server = Server(tmp_path)
    address = await server.start()
    assert address is not None
    async with (
        line_to("127.0.0.1", address.port) as line,
        asyncio.timeout(60),
        enter(address, line.url, "alice") as alice,
        enter(address, line.url, "bob") as bob,
    ):
        group = await alice.groups.create(GroupType.PUBLIC, "team", members=["bob"])
        own: dict[Chat, list[GroupMessage]] = {alice: [], bob: []}

        async def talk(chat: Chat) -> None:
            for number in range(100):
                own[chat].append(await chat.groups.send(group, f"{chat.user_id} {number}"))

        async def kill() -> None:
            for _ in range(3):
                await heard(bob, 15)
                server.kill()
                await server.ended()
                again = await server.start()
                assert again is not None
                line.lead_to("127.0.0.1", again.port)
                await told(bob, ConnectionRestored)

        marks = bob.events()
        await asyncio.gather(talk(alice), talk(bob), kill())
        everything = await whole(alice, group)
        assert places(everything) == list(range(1, 201))
        assert places(own[alice] + own[bob]) != []
        assert sorted(places(own[alice] + own[bob])) == places(everything)
        got = [each async for each in arrivals(marks, 100)]
        assert got == [each.seq for each in everything if each.sender == "alice"]
        assert places(await heard(alice, 100)) == [each.seq for each in everything if each.sender == "bob"]
    server.kill()
    await server.ended()


async def arrivals(events: AsyncIterator[object], count: int) -> AsyncIterator[int]:
    """Yield the sequences of the next messages."""
    async for event in events:
        message = getattr(event, "message", None)
        if message is not None:
            yield message.seq
            count -= 1
        if not count:
            return


def enter(address: Address, url: str, user: str) -> AbstractAsyncContextManager[Chat]:
    usersig = make_usersig(address.sdk_app_id, address.key, user)
    return connect(url, address.sdk_app_id, user, usersig, chance=SmallestChance(len(user)))


def message(seq: int, group: str = "g") -> Json:
    body = [{"MsgType": "TIMTextElem", "MsgContent": {"Text": str(seq)}}]
    return {"From_Account": "bob", "ToGroupId": group, "MsgSeq": seq, "MsgRandom": seq, "MsgBody": body, "TinyId": "2"}


def pushed(*seqs: int) -> Json:
    return {"Event": 3, "GroupMsgArray": [message(seq) for seq in seqs]}


def history(asked: Asked) -> Json:
    top, count = asked.body["ReqMsgSeq"], asked.body["ReqMsgNumber"]
    rows = [message(seq) for seq in range(top, max(top - count, 0), -1)]
    return {"RspMsgList": rows, "NextReqMsgSeq": max(top - count, 0)}


async def test_hole_in_the_pushes_is_filled_from_the_history(chat: Chat, server: ScriptedServer) -> None:
    server.scripts[HISTORY] = history
    await server.push(pushed(1))
    await server.push(pushed(4, 5))
    assert places(await heard(chat, 5)) == [1, 2, 3, 4, 5]
    (asked,) = server.all_of(HISTORY)
    assert (asked.body["ReqMsgSeq"], asked.body["ReqMsgNumber"]) == (5, 4)


async def test_hole_that_the_server_does_not_fill_is_told_as_a_gap(chat: Chat, server: ScriptedServer) -> None:
    server.refuse(HISTORY, 10007)
    await server.push(pushed(1))
    await server.push(pushed(4))
    assert await told(chat, Gap) == [Gap(Lost.OUT_OF_REACH, "g")]
    assert places(await heard(chat, 2)) == [1, 4]


async def test_history_that_does_not_reach_back_is_told_as_a_gap(chat: Chat, server: ScriptedServer) -> None:
    server.scripts[HISTORY] = lambda _asked: {"RspMsgList": [message(4)], "NextReqMsgSeq": 0}
    await server.push(pushed(1))
    await server.push(pushed(4))
    assert await told(chat, Gap) == [Gap(Lost.LOG_TOO_SHORT, "g")]
    assert places(await heard(chat, 2)) == [1, 4]


async def test_group_that_has_begun_anew_is_told_as_a_gap(chat: Chat, server: ScriptedServer) -> None:
    await server.push(pushed(7))
    await heard(chat)
    row = {"GroupId": "g", "Type": "Public", "NextMsgSeq": 3}
    server.scripts[JOINED] = lambda _asked: {"GroupIdList": [row]}
    server.drop()
    assert await told(chat, Gap) == [Gap(Lost.LOG_TOO_SHORT, "g")]
    await told(chat, ConnectionRestored)
    await server.push(pushed(3))
    assert places(await heard(chat)) == [3]


async def test_muffled_group_and_live_room_are_not_caught_up_with(chat: Chat, server: ScriptedServer) -> None:
    muffled = {"GroupId": "g", "Type": "Public", "NextMsgSeq": 9, "SelfInfo": {"MsgFlag": "Discard"}}
    live = {"GroupId": "live", "Type": "AVChatRoom", "NextMsgSeq": 9}
    server.scripts[JOINED] = lambda _asked: {"GroupIdList": [muffled, live]}
    server.drop()
    await told(chat, ConnectionRestored)
    assert server.all_of(HISTORY) == []
    assert chat.groups.positions == {"g": 8}


async def test_community_whose_topics_are_not_to_be_had_is_followed_without_them(
    chat: Chat, server: ScriptedServer
) -> None:
    community = "@TGS#_@TGS#c1"
    topic = f"{community}@TOPIC#_@TOPIC#t1"
    await server.push({"Event": 3, "GroupMsgArray": [message(1, topic), message(1, community)]})
    await heard(chat, 2)
    row = {"GroupId": community, "Type": "Community", "NextMsgSeq": 3, "SupportTopic": 1}
    server.scripts[JOINED] = lambda _asked: {"GroupIdList": [row]}
    server.scripts[HISTORY] = lambda _asked: {"RspMsgList": [message(2, community)], "NextReqMsgSeq": 0}
    server.scripts["million_group_open_http_svc.get_topic"] = lambda _asked: {"ErrorCode": 11000, "ErrorInfo": "off"}
    server.drop()
    assert places(await heard(chat)) == [2]
    await told(chat, ConnectionRestored)
    assert chat.groups.positions == {community: 2}


async def test_server_that_falls_silent_while_a_hole_is_filled_is_left(chat: Chat, server: ScriptedServer) -> None:
    await server.push(pushed(1))
    await heard(chat)
    server.say_nothing_to(HISTORY)
    await server.push(pushed(3))
    await server.asked_for(HISTORY)
    server.scripts[HISTORY] = history
    server.scripts[JOINED] = lambda _asked: {"GroupIdList": [{"GroupId": "g", "Type": "Public", "NextMsgSeq": 4}]}
    server.drop()
    await told(chat, ConnectionLost)
    assert places(await heard(chat, 2)) == [2, 3]


async def test_own_message_without_an_answer_is_no_news_when_it_is_caught_up_with(
    chat: Chat, server: ScriptedServer
) -> None:
    server.say_nothing_to(SEND)
    await server.push(pushed(1))
    await heard(chat)
    sending = asyncio.create_task(chat.groups.send("g", "mine"))
    asked = await server.asked_for(SEND)
    own = {"TinyId": "1001", "MsgRandom": asked.body["Random"], "MsgClientTime": asked.body["MsgClientTime"]}
    server.scripts[HISTORY] = lambda _asked: {"RspMsgList": [message(3), message(2) | own], "NextReqMsgSeq": 1}
    server.scripts[JOINED] = lambda _asked: {"GroupIdList": [{"GroupId": "g", "Type": "Public", "NextMsgSeq": 4}]}
    server.drop()
    assert places(await heard(chat)) == [3]
    sending.cancel()
