"""The command by which users search: its pages, and what it refuses."""

from typing import Any

import pytest

from tests.support.stage import Stage
from tests.support.stores import message, put
from tidings.command.registry import Door
from tidings.errors import TidingsError


def body(text: str) -> bytes:
    return f'[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}]'.encode()


async def search(stage: Stage, **asked: Any) -> Any:
    return await stage.run(Door.SOCKET, "message_search/query", asked)


def texts(row: Any) -> list[str]:
    return [found["MsgBody"][0]["MsgContent"]["Text"] for found in row["MsgList"]]


async def fill(stage: Stage) -> None:
    them = stage.them
    for number in range(5):
        await put(stage.store, message(them.bob, them.alice, body=body(f"word {number}")))
    await put(stage.store, message(them.alice, them.carol, body=body("a WORD to carol")))


async def test_all_conversations_are_paged_with_their_numbers(stage: Stage) -> None:
    await fill(stage)
    first = await search(stage, KeywordList=["word"], Count=1)
    assert first["TotalCount"] == 2
    assert [(row["UserID"], row["Count"], texts(row)) for row in first["ConversationMsgs"]] == [
        ("carol", 1, ["a WORD to carol"])
    ]
    second = await search(stage, KeywordList=["word"], Count=1, Cursor=first["Cursor"])
    assert [(row["UserID"], row["Count"]) for row in second["ConversationMsgs"]] == [("bob", 5)]
    assert (second["TotalCount"], second["Cursor"]) == (2, "")


async def test_one_conversation_is_paged_backwards_each_page_oldest_first(stage: Stage) -> None:
    await fill(stage)
    pages: list[list[str]] = []
    cursor = ""
    while not pages or cursor:
        answer = await search(stage, KeywordList=["word"], PeerAccount="bob", Count=2, Cursor=cursor)
        (row,) = answer["ConversationMsgs"]
        assert (row["UserID"], answer["TotalCount"]) == ("bob", 5)
        cursor = answer["Cursor"]
        pages.append(texts(row))
    assert pages == [["word 3", "word 4"], ["word 1", "word 2"], ["word 0"]]


async def test_nothing_found_is_no_row(stage: Stage) -> None:
    await fill(stage)
    for asked in ({"PeerAccount": "bob"}, {}, {"SendUserIDList": ["nobody"]}):
        answer = await search(stage, KeywordList=["nowhere"], **asked)
        assert (answer["TotalCount"], answer["ConversationMsgs"], answer["Cursor"]) == (0, [], "")
    assert (await search(stage, SendUserIDList=["nobody"]))["TotalCount"] == 0


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, 90001),
        ({"KeywordList": [""]}, 90001),
        ({"KeywordList": ["x"] * 6}, 90001),
        ({"KeywordList": ["x" * 401]}, 90001),
        ({"SendUserIDList": ["x"] * 6}, 90001),
        ({"KeywordList": ["x"], "Cursor": "x"}, 90001),
        ({"KeywordList": ["x"], "Cursor": "1_²"}, 90001),
        ({"KeywordList": ["x"], "PeerAccount": "nobody"}, 20003),
        ({"KeywordList": ["x"], "GroupID": "g"}, 10010),
    ],
)
async def test_what_is_wrong_is_refused_with_its_code(stage: Stage, asked: Any, code: int) -> None:
    with pytest.raises(TidingsError) as caught:
        await search(stage, **asked)
    assert caught.value.code == code
