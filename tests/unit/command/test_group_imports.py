"""What app servers bring into groups: imports, notices, broadcasts."""

from tests.support.clients import text_body
from tests.support.stage import Stage
from tests.unit.command.test_group_history import SERVICE, code_of, make_group, say
from tests.unit.command.test_group_reading import unread
from tidings.command.registry import Door
from tidings.domain.group.events import CustomNotice

IMPORT = f"{SERVICE}/import_group_msg"


def old(time: int, random: int, text: str = "old", sender: str = "bob") -> dict[str, object]:
    """Return a message to import."""
    return {"From_Account": sender, "SendTime": time, "Random": random, "MsgBody": text_body(text)}


async def imported(stage: Stage, group: str, *messages: dict[str, object], **fields: object) -> list[tuple[int, int]]:
    """Import messages and return their sequences and results."""
    answer = await stage.run(Door.REST, IMPORT, {"GroupId": group, "MsgList": messages, **fields})
    return [(row["MsgSeq"], row["Result"]) for row in answer["ImportMsgResult"]]


async def test_imports_take_sequences_in_ascending_time(stage: Stage) -> None:
    group = await make_group(stage)
    now = int(stage.clock.now())
    stage.clock.step(100)
    assert await imported(stage, group, old(now + 1, 1), old(now + 2, 2), old(now + 2, 3)) == [
        (1, 0),
        (2, 0),
        (0, 10004),
    ]
    assert await imported(stage, group, old(now + 9, 2), old(now + 200, 4), old(now, 5)) == [
        (2, 0),  # the random of one that is there
        (0, 10004),
        (0, 10004),
    ]
    long = old(now + 50, 6, "x" * 13_000)
    assert await imported(stage, group, long) == [(0, 80002)]
    assert stage.rooms.messages == []
    assert await say(stage, group, "live") == 3


async def test_after_an_import_everything_is_read_and_an_unread_number_may_be_set(stage: Stage) -> None:
    group = await make_group(stage)
    now = int(stage.clock.now())
    await say(stage, group, "live")
    stage.clock.step(10)
    await imported(stage, group, old(now + 2, 1, sender="alice"), old(now + 3, 2, sender="alice"), RecentContactFlag=1)
    assert await unread(stage, group, stage.them.bob) == 0
    body = {"GroupId": group, "Member_Account": "bob", "UnreadMsgNum": 2}
    await stage.run(Door.REST, f"{SERVICE}/set_unread_msg_num", body)
    assert await unread(stage, group, stage.them.bob) == 2


async def test_imports_need_a_type_that_keeps_messages(stage: Stage) -> None:
    live = await make_group(stage, "AVChatRoom", ())
    body = {"GroupId": live, "MsgList": [old(1, 1)]}
    assert await code_of(stage.run(Door.REST, IMPORT, body)) == 10007
    body["MsgList"] = [old(1, 1)] * 21
    assert await code_of(stage.run(Door.REST, IMPORT, body)) == 10004


async def test_a_notice_goes_to_all_or_to_some_who_are_online(stage: Stage) -> None:
    group = await make_group(stage)
    name = f"{SERVICE}/send_group_system_notification"
    await stage.run(Door.REST, name, {"GroupId": group, "Content": "all"})
    await stage.run(Door.REST, name, {"GroupId": group, "Content": "bob", "ToMembers_Account": ["bob"]})
    texts = [(e.text, told) for _, e, told, _ in stage.rooms.events if isinstance(e, CustomNotice)]
    assert texts == [("all", None), ("bob", {stage.them.bob.number})]
    live = await make_group(stage, "AVChatRoom", ())
    some = {"GroupId": live, "Content": "x", "ToMembers_Account": ["bob"]}
    assert await code_of(stage.run(Door.REST, name, some)) == 10007


async def test_a_broadcast_reaches_every_live_room_once(stage: Stage) -> None:
    rooms = [await make_group(stage, "AVChatRoom", ()) for _ in range(2)]
    await make_group(stage)
    body = {"Random": 7, "MsgBody": text_body()}
    first = await stage.run(Door.REST, f"{SERVICE}/send_broadcast_msg", body)
    again = await stage.run(Door.REST, f"{SERVICE}/send_broadcast_msg", body)
    assert again["MsgSeq"] == first["MsgSeq"]
    assert [group.group_id for group, _, _ in stage.rooms.messages] == rooms
    assert all(message.is_broadcast for _, message, _ in stage.rooms.messages)
    stage.change(broadcasts=False)
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/send_broadcast_msg", body)) == 10007
