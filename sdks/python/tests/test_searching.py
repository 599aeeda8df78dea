from typing import Any

from sdks.python.tests.support.scripted import Json, ScriptedServer, message
from tidings_client import Chat

QUERY = "message_search.query"


def pages_of(*pages: Json) -> Any:
    left = iter(pages)
    return lambda _asked: next(left)


async def test_a_conversation_is_searched_page_by_page(chat: Chat, server: ScriptedServer) -> None:
    row = {"UserID": "bob", "Count": 2, "MsgList": [message(3, "c"), message(4, "d")]}
    last = {**row, "MsgList": [message(2, "b")]}
    server.scripts[QUERY] = pages_of(
        {"TotalCount": 3, "ConversationMsgs": [row], "Cursor": "9_0"},
        {"TotalCount": 3, "ConversationMsgs": [last], "Cursor": ""},
    )
    asked = chat.search("bob", "x", "y", page_size=2, needs_all=True, senders=["bob"], types=["T"], end_time=9)
    assert [[each.text for each in page] async for page in asked] == [["c", "d"], ["b"]]
    one, two = (asked.body for asked in server.all_of(QUERY))
    assert one == {
        "KeywordList": ["x", "y"],
        "MatchType": "and",
        "Count": 2,
        "PeerAccount": "bob",
        "MsgTypeList": ["T"],
        "SendUserIDList": ["bob"],
        "EndTime": 9,
    }
    assert two == {**one, "Cursor": "9_0"}


async def test_all_conversations_come_with_how_much_was_found(chat: Chat, server: ScriptedServer) -> None:
    first = {"UserID": "bob", "Count": 7, "MsgList": [message(3, "c")]}
    second = {"UserID": "carol", "Count": 1, "MsgList": [message(4, "d")]}
    server.scripts[QUERY] = pages_of(
        {"TotalCount": 2, "ConversationMsgs": [first], "Cursor": "9_1"},
        {"TotalCount": 2, "ConversationMsgs": [second], "Cursor": ""},
    )
    found = await chat.search_all("x")
    assert [(each.peer, each.count, each.newest.text) for each in found] == [("bob", 7, "c"), ("carol", 1, "d")]


async def test_nothing_found_is_no_page(chat: Chat, server: ScriptedServer) -> None:
    server.scripts[QUERY] = pages_of({"TotalCount": 0, "ConversationMsgs": [], "Cursor": ""})
    assert [page async for page in chat.search("bob", "x")] == []
