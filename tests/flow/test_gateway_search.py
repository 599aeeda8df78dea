"""Users search their messages (spec/client/message_search.yaml)."""

from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json
from tests.support.server import Site

SEARCH = "message_search.query"


async def _find(device: GatewayClient, *keywords: str, **asked: Any) -> list[str]:
    answer = await device.call(SEARCH, {"KeywordList": list(keywords), **asked})
    return [_text(message) for row in answer["ConversationMsgs"] for message in row["MsgList"]]


def _text(message: Json) -> str:
    text: str = message["MsgBody"][0]["MsgContent"]["Text"]
    return text


async def _index(site: Site) -> None:
    while await site.server.store.search_index.take_in():
        pass


@pytest.fixture(params=["indexed", "just sent"])
async def is_indexed(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "indexed")


async def test_both_sides_find_a_message_and_nobody_else_does(
    site: Site, alice: GatewayClient, bob: GatewayClient, *, is_indexed: bool
) -> None:
    carol = await site.login("carol")
    await alice.send_message("bob", "明天去東京タワー")
    await alice.send_message("carol", "nothing of that")
    if is_indexed:
        await _index(site)
    for keyword in ("東", "京タ", "明天去東京タワー"):
        assert await _find(alice, keyword) == ["明天去東京タワー"]
        assert await _find(bob, keyword, PeerAccount="alice") == ["明天去東京タワー"]
        assert await _find(carol, keyword) == []


async def test_recalled_deleted_and_edited_messages_are_found_as_history_shows_them(
    site: Site, alice: GatewayClient, bob: GatewayClient, *, is_indexed: bool
) -> None:
    keys = [(await alice.send_message("bob", text))["MsgKey"] for text in ("word one", "word two", "word three")]
    if is_indexed:
        await _index(site)
    seq, random, time = map(int, keys[0].split("_"))
    name = {"From_Account": "alice", "To_Account": "bob", "MsgSeq": seq, "MsgRandom": random}
    await alice.call("openim.msgwithdraw", {"MsgInfo": {**name, "MsgTimeStamp": time}})
    await bob.call("openim.delete_c2c_msg_ramble", {"To_Account": "alice", "MsgKeyList": [keys[1]]})
    seq, random, time = map(int, keys[2].split("_"))
    name = {"From_Account": "alice", "To_Account": "bob", "MsgSeq": seq, "MsgRandom": random, "MsgTime": time}
    body = [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "word four"}}]
    await alice.call("openim.modify_c2c_msg", {**name, "MsgBody": body})
    assert await _find(alice, "word", PeerAccount="bob") == ["word two", "word four"]
    assert await _find(bob, "word", PeerAccount="alice") == ["word four"]
    assert await _find(bob, "three") == []


async def test_the_server_takes_messages_in_by_itself(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    await alice.send_message("bob", "word")
    await site.server.index()
    assert await site.server.store.search_index.size() == 1
    assert await _find(bob, "word") == ["word"]


async def test_groups_are_not_there_yet_and_nothing_sought_is_refused(alice: GatewayClient) -> None:
    await alice.call(SEARCH, {"KeywordList": ["x"], "GroupID": "@TGS#1"}, 10010)
    await alice.call(SEARCH, {"MatchType": "and"}, 90001)
    await alice.call(SEARCH, {"KeywordList": ["x"], "MatchType": "maybe"}, 90001)
