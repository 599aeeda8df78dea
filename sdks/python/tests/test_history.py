from typing import Any

import pytest

from sdks.python.tests.support.scripted import Asked, Json, ScriptedServer, arrival, message
from tidings_client import Chat, Text

ROAM, LIST, SYNC = "openim.getroammsg", "recentcontact.page_get", "openim.getmsg"


def pages_of(*pages: Json) -> Any:
    left = iter(pages)
    return lambda _asked: next(left)


def row(peer: str, time: int, **more: object) -> Json:
    return {"Type": 1, "To_Account": peer, "MsgTime": time, **more}


async def test_history_goes_back_page_by_page_from_the_place_the_server_names(
    chat: Chat, server: ScriptedServer
) -> None:
    first = {"Complete": 0, "MsgList": [message(3, "c"), message(4, "d")], "LastMsgTime": 77, "MsgKey": "k"}
    server.scripts[ROAM] = pages_of(first, {"Complete": 1, "MsgList": [message(2, "b")]})
    assert [[each.text for each in page] async for page in chat.history("bob", 2)] == [["c", "d"], ["b"]]
    one, two = (asked.body for asked in server.all_of(ROAM))
    assert (one["Peer_Account"], one["MaxCnt"], one["LastMsgTime"], one["MsgKey"], one["WithRecalledMsg"]) == (
        ("bob", 2, 0, "", 1)
    )
    assert (two["LastMsgTime"], two["MsgKey"]) == (77, "k")


async def test_page_holds_at_most_a_hundred_and_recalled_ones_may_be_left_out(
    chat: Chat, server: ScriptedServer
) -> None:
    server.scripts[ROAM] = pages_of({"Complete": 1})
    assert [page async for page in chat.history("bob", 5000, with_recalled=False)] == []
    asked = await server.asked_for(ROAM)
    assert (asked.body["MaxCnt"], asked.body["WithRecalledMsg"]) == (100, 0)


async def test_conversations_are_gathered_from_all_pages_pinned_ones_first(chat: Chat, server: ScriptedServer) -> None:
    last = {"MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "hi"}}], "CloudCustomData": "x"}
    newest = row("bob", 30, LastMsg=last, LastC2CMsgFrom_Account="bob", LastMsgFlags=8, C2cPeerReadTime=29, C2cNick="B")
    first = {"CompleteFlag": 0, "SessionItem": [newest, row("carol", 20)], "TimeStamp": 20, "StartIndex": 1}
    group = {"Type": 2, "ToAccount": "g", "MsgTime": 5, "UnreadMsgCount": 2, "GroupNextMsgSeq": 8, "GroupNick": "G"}
    server.scripts[LIST] = pages_of(first, {"CompleteFlag": 1, "SessionItem": [group, row("dave", 10, TopFlags=1)]})
    unread = {"SyncFlag": 2, "Cookie": "0", "C2CPairUnreadCount": [{"From_Account": "bob", "UnreadCount": 3}]}
    server.scripts[SYNC] = lambda _asked: unread
    dave, bob, carol, team = await chat.conversations()
    assert (team.peer, team.group, team.unread, team.last_seq, team.nick) == ("", "g", 2, 7, "G")
    assert (dave.peer, dave.is_pinned, bob.peer, carol.peer) == ("dave", True, "bob", "carol")
    assert (bob.unread, bob.last_text, bob.last_sender, bob.nick, bob.peer_read_time) == (3, "hi", "bob", "B", 29)
    assert bob.is_last_recalled
    assert bob.last_elements == (Text(text="hi"),)
    assert (carol.unread, carol.last_text) == (0, "")
    again = server.all_of(LIST)[1].body
    assert (again["TimeStamp"], again["StartIndex"]) == (20, 1)


async def test_server_that_never_says_complete_does_not_hold_the_list_up(chat: Chat, server: ScriptedServer) -> None:
    server.scripts[LIST] = lambda _asked: {"CompleteFlag": 0, "SessionItem": []}
    assert await chat.conversations() == []


async def test_unread_numbers_are_those_of_the_last_page(chat: Chat, server: ScriptedServer) -> None:
    counts = [{"From_Account": "bob", "UnreadCount": 3}, {"From_Account": "carol", "UnreadCount": 0}]

    def answer(asked: Asked) -> Json:
        is_last = asked.body["SyncFlag"] == 1
        return {"SyncFlag": 2 if is_last else 1, "Cookie": "9", "C2CPairUnreadCount": counts if is_last else []}

    server.scripts[SYNC] = answer
    assert await chat.unread() == {"bob": 3}


@pytest.mark.parametrize(("up_to", "time"), [(0, 0), (77, 77), ("message", 1_760_000_000)])
async def test_conversation_is_read_up_to_a_message_or_a_time(
    chat: Chat, server: ScriptedServer, up_to: int | str, time: int
) -> None:
    await server.push(arrival(1))
    event = await anext(chat.events())
    await chat.mark_read("bob", event.message if up_to == "message" else up_to)  # type: ignore[attr-defined, arg-type]
    asked = await server.asked_for("openim.msgreaded")
    assert asked.body["C2CMsgReaded"]["C2CMsgReadedItem"] == [
        {"To_Account": "bob", "LastedMsgTime": time, "Receipt": 1}
    ]


async def test_everything_is_read(chat: Chat, server: ScriptedServer) -> None:
    await chat.mark_all_read()
    assert (await server.asked_for("openim.read_all_unread_msg")).body == {"C2CReadAllMsg": 1}


async def test_up_to_when_the_other_side_has_read(chat: Chat, server: ScriptedServer) -> None:
    server.scripts["openim.get_peer_read_time"] = lambda _asked: {"ReadTime": [77]}
    assert await chat.peer_read_time("bob") == 77
