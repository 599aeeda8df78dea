"""The web client's searchCloudMessages, which needs no feature bit; 2.27.6 has no such method."""

import pytest

from tests.web.browser import C2C
from tests.web.conftest import Enter, Name

pytestmark = pytest.mark.parametrize("sdk", ["chat-3.6.6"])


def test_client_finds_conversations_and_then_their_messages(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    for to, text in (("bob", "我们去东京"), ("bob", "京都 is nice"), ("bob", "nothing"), ("carol", "北京")):
        if to == "carol":
            enter(named("carol"))
        alice.send(named(to), text)
    bob.wait_text("nothing")
    found = alice.run("searchCloudMessages", {"keywordList": ["京"]})
    assert found["totalCount"] == 2
    rows = {row["conversationID"]: row for row in found["searchResultList"]}
    assert list(rows) == [C2C + named("carol"), C2C + named("bob")]
    assert rows[C2C + named("bob")]["messageCount"] == 2
    assert [m["payload"]["text"] for m in rows[C2C + named("carol")]["messageList"]] == ["北京"]
    options = {"keywordList": ["京", "nice"], "keywordListMatchType": "and", "conversationID": C2C + named("bob")}
    (row,) = alice.run("searchCloudMessages", options)["searchResultList"]
    assert [m["payload"]["text"] for m in row["messageList"]] == ["京都 is nice"]


def test_client_pages_through_what_it_finds(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    for number in range(5):
        alice.send(named("bob"), f"word {number}")
    bob.wait_text("word 4")
    options = {"keywordList": ["word"], "conversationID": C2C + named("alice"), "count": 2, "cursor": ""}
    pages: list[list[str]] = []
    while not pages or options["cursor"]:
        answer = bob.run("searchCloudMessages", options)
        assert answer["totalCount"] == 5
        (row,) = answer["searchResultList"]
        pages.append([message["payload"]["text"] for message in row["messageList"]])
        options["cursor"] = answer["cursor"]
    assert pages == [["word 3", "word 4"], ["word 1", "word 2"], ["word 0"]]
