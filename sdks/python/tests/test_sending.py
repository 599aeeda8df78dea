import asyncio
from dataclasses import replace

import pytest

from sdks.python.tests.support.scripted import ScriptedServer, message
from sdks.python.tests.support.stepped import NOW, SteppedClock
from tidings_client import Chat, Custom, Message, MessageReceived, PushInfo, Text, TidingsError, TimedOutError

SEND, RECALL, MODIFY = "openim.sendmsg", "openim.msgwithdraw", "openim.modify_c2c_msg"
SENT = Message(
    "1001-1-2",
    "7_2_99",
    "alice",
    "bob",
    is_own=True,
    time=99,
    elements=(Text(text="hi"),),
    seq=7,
    random=2,
    client_time=1,
)


async def test_message_comes_back_as_the_server_has_stored_it(chat: Chat, server: ScriptedServer) -> None:
    sent = await chat.send("bob", [Text(text="hi"), Custom(data="{}")], custom_data="x")
    body = server.all_of(SEND)[0].body
    assert (body["From_Account"], body["To_Account"], body["CloudCustomData"]) == ("alice", "bob", "x")
    assert [each["MsgType"] for each in body["MsgBody"]] == ["TIMTextElem", "TIMCustomElem"]
    assert sent.key == f"{body['MsgSeq']}_{body['MsgRandom']}_{int(NOW)}"
    assert sent.id == f"1001-{body['MsgClientTime']}-{body['MsgRandom']}"
    assert (sent.peer, sent.is_own, sent.text, sent.time) == ("bob", True, "hi", int(NOW))


async def test_every_option_is_sent_and_none_that_was_not_given(chat: Chat, server: ScriptedServer) -> None:
    await chat.send("bob", "plain")
    await chat.send(
        "bob", "hi", online_only=True, need_receipt=True, no_unread=True, no_last_message=True, push=PushInfo("T")
    )
    plain, full = (asked.body for asked in server.all_of(SEND))
    options = {
        "OnlineOnlyFlag": 1,
        "IsNeedReadReceipt": 1,
        "SendMsgControl": ["NoUnread", "NoLastMsg"],
        "OfflinePushInfo": {"PushFlag": 0, "Title": "T"},
    }
    assert full.keys() - plain.keys() == options.keys()
    assert options.items() <= full.items()


async def test_messages_of_one_moment_are_numbered_upwards(chat: Chat) -> None:
    drafts = [chat.draft("bob", "hi") for _ in range(3)]
    first = int(NOW * 1000) & 0xFFFF_FFFF
    assert [draft.seq for draft in drafts] == [first, first + 1, first + 2]
    assert len({draft.random for draft in drafts}) == 3


async def test_draft_sent_again_after_a_time_out_is_the_same_message(
    chat: Chat, server: ScriptedServer, clock: SteppedClock
) -> None:
    server.say_nothing_to(SEND)
    draft = chat.draft("bob", "hi")
    sending = asyncio.ensure_future(chat.send_draft(draft))
    await server.asked_for(SEND)
    await clock.advance(61)
    with pytest.raises(TimedOutError):
        await sending
    del server.scripts[SEND]
    await chat.send_draft(draft)
    first, second = server.all_of(SEND)
    assert first.body == second.body


async def test_refused_message_is_raised_with_code_and_reason(chat: Chat, server: ScriptedServer) -> None:
    server.refuse(SEND, 20003)
    with pytest.raises(TidingsError, match="as the test says") as caught:
        await chat.send("nobody", "hi")
    assert caught.value.code == 20003


async def test_recall_names_the_message(chat: Chat, server: ScriptedServer) -> None:
    await chat.recall(SENT)
    named = {"From_Account": "alice", "To_Account": "bob", "MsgSeq": 7, "MsgRandom": 2, "MsgTimeStamp": 99}
    assert server.all_of(RECALL)[0].body == {"MsgInfo": named}


async def test_recall_that_was_repeated_after_a_drop_is_no_error(chat: Chat, server: ScriptedServer) -> None:
    server.say_nothing_to(RECALL)
    recalling = asyncio.ensure_future(chat.recall(SENT))
    await server.asked_for(RECALL)
    server.refuse(RECALL, 20023)
    server.drop()
    await recalling
    with pytest.raises(TidingsError):
        await chat.recall(SENT)


async def test_modified_message_is_returned_as_it_is_now(chat: Chat, server: ScriptedServer) -> None:
    body = [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "new"}}]
    server.scripts[MODIFY] = lambda _asked: {"MsgVersion": 1, "MsgBody": body, "CloudCustomData": "x"}
    now = await chat.modify(SENT, "new")
    assert now == replace(SENT, version=1, elements=(Text(text="new"),), custom_data="x")
    asked = server.all_of(MODIFY)[0].body
    assert asked["MsgVersion"] == 0
    assert "CloudCustomData" not in asked


async def test_deleting_and_receipts_go_by_conversation_in_portions(chat: Chat, server: ScriptedServer) -> None:
    many = [replace(SENT, key=f"{number}_2_99") for number in range(31)]
    other = replace(SENT, receiver="carol")
    await chat.delete([*many, other])
    sizes = [
        (asked.body["To_Account"], len(asked.body["MsgKeyList"]))
        for asked in server.all_of("openim.delete_c2c_msg_ramble")
    ]
    assert sizes == [("bob", 30), ("bob", 1), ("carol", 1)]
    await chat.send_receipt(other)
    (receipt,) = server.all_of("openim.c2c_msg_read_receipt")
    assert receipt.body["Peer_Account"] == "carol"
    assert receipt.body["C2CMsgInfo"][0]["MsgClientTime"] == 1


async def test_own_recall_is_no_news_after_a_drop(chat: Chat, server: ScriptedServer) -> None:
    await chat.recall(SENT)
    name = {"From_Account": "alice", "To_Account": "bob", "MsgSeq": 7, "MsgRandom": 2, "MsgTime": 99}
    withdrawn = {"WithdrawC2cMsgNotify": {"C2cWithdrawInfoArray": [name]}}
    server.log = [
        {"Event": 10, "Position": 1, "C2cNotifyMsgArray": [withdrawn]},
        {"Event": 9, "Position": 2, "C2cMsgArray": [message(2, "news")]},
    ]
    server.drop()
    stream = chat.events()
    lost, news = await anext(stream), await anext(stream)
    assert type(lost).__name__ == "ConnectionLost"
    assert isinstance(news, MessageReceived)
    assert news.message.text == "news"
