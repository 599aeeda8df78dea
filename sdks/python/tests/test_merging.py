"""Forwarding several messages as one: within the message, or under a key."""

import msgspec

from sdks.python.tests.support.scripted import ScriptedServer, message
from tidings_client import Chat, Merged, Message, wire
from tidings_client.decode import to_message
from tidings_client.merging import INLINE_BYTES

SAVE, LOAD, SEND = "im_long_msg.save_relay_json_msg", "im_long_msg.get_relay_json_msg", "openim.sendmsg"


def sent(text: str = "hi") -> Message:
    body = [{"MsgType": "TIMTextElem", "MsgContent": {"Text": text}}]
    return to_message(msgspec.convert(message(7, MsgBody=body), wire.WireMessage), "alice")


async def test_short_ones_go_within_their_message(chat: Chat, server: ScriptedServer) -> None:
    forwarded = await chat.forward("carol", [sent("one"), sent("two")], "Chat with bob")
    [merged] = forwarded.elements
    assert isinstance(merged, Merged)
    assert (merged.count, merged.lines, merged.key) == (2, ("bob: one", "bob: two"), "")
    assert server.all_of(SAVE) == []
    found = await chat.merged(merged)
    assert [(each.sender, each.text, each.time) for each in found] == [
        ("bob", text, sent().time) for text in ("one", "two")
    ]


async def test_long_ones_are_kept_under_a_key(chat: Chat, server: ScriptedServer) -> None:
    server.scripts[SAVE] = lambda _asked: {"JsonMsgKey": "k", "PbMsgKey": "p"}
    forwarded = await chat.forward("carol", [sent("x" * INLINE_BYTES)], "long")
    [merged] = forwarded.elements
    assert isinstance(merged, Merged)
    assert (merged.messages, merged.key, merged.other_key) == ((), "k", "p")
    [asked] = server.all_of(SAVE)
    server.scripts[LOAD] = lambda _asked: {"MsgList": asked.body["MsgList"]}
    assert [each.text for each in await chat.merged(merged)] == ["x" * INLINE_BYTES]
    assert (await server.asked_for(LOAD)).body["JsonMsgKey"] == "k"


async def test_nothing_in_it_is_an_empty_list(chat: Chat) -> None:
    assert await chat.merged(Merged()) == []
