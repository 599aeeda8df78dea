"""Callbacks of one-to-one messages: a real server, a real receiver, real sockets."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.support.clients import Json, text_body
from tests.support.receiver import FINE, Receiver, Sent, answer, receiving
from tests.support.server import Site, running_server

BEFORE, AFTER = "C2C.CallbackBeforeSendMsg", "C2C.CallbackAfterSendMsg"


@dataclass(frozen=True, slots=True)
class Pair:
    """A server and the receiver of its callbacks."""

    site: Site
    receiver: Receiver

    async def switch_on(self, *callbacks: str, **more: object) -> None:
        """Send these callbacks from now on."""
        more = {"callback_private": True, **more}
        await self.site.change(callback_url=self.receiver.url, callbacks=",".join(callbacks), **more)

    async def history(self) -> list[Json]:
        """Return what bob has got of alice."""
        bob = await self.site.login("bob")
        page: list[Json] = (await bob.call("openim.getroammsg", {"Peer_Account": "alice", "MaxCnt": 20}))["MsgList"]
        return page


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    async with receiving() as receiver, running_server() as site:
        yield Pair(site, receiver)


def _message(random: int = 7, **more: object) -> Json:
    return {"From_Account": "alice", "To_Account": "bob", "MsgRandom": random, "MsgBody": text_body(), **more}


async def test_a_message_sent_by_rest_is_asked_about_and_told(pair: Pair) -> None:
    await pair.switch_on(BEFORE, AFTER)
    sent = await pair.site.rest().call("openim/sendmsg", _message(CloudCustomData="extra"))
    (after,) = await pair.receiver.wait(AFTER)
    (before,) = pair.receiver.of(BEFORE)
    for body in (before, after):
        assert (body["From_Account"], body["To_Account"], body["MsgBody"]) == ("alice", "bob", text_body("hi"))
        assert (body["MsgKey"], body["MsgId"]) == (sent["MsgKey"], sent["MsgId"])
        assert (body["CloudCustomData"], body["OnlineOnlyFlag"]) == ("extra", 0)
    assert (after["SendMsgResult"], after["UnreadMsgNum"]) == (0, 1)
    assert after["EventTime"] == pair.site.now * 1000
    assert pair.receiver.sent[0].query == {
        "SdkAppid": str(pair.site.app),
        "CallbackCommand": BEFORE,
        "contenttype": "json",
        "ClientIP": "127.0.0.1",
        "OptPlatform": "RESTAPI",
    }


async def test_a_client_s_message_names_its_platform(pair: Pair) -> None:
    await pair.switch_on(AFTER, callback_token="secret")
    alice = await pair.site.login("alice", "iphone")
    await alice.call("openim.sendmsg", {"To_Account": "bob", "MsgRandom": 1, "MsgSeq": 2, "MsgBody": text_body()})
    await pair.receiver.wait(AFTER)
    query = pair.receiver.sent[0].query
    assert (query["OptPlatform"], query["ClientIP"]) == ("iOS", "127.0.0.1")
    assert query["RequestTime"] == str(pair.site.now)
    assert len(query["Sign"]) == 64


@pytest.mark.parametrize(("said", "code"), [(1, 20006), (120_001, 120_001), (130_000, 130_000), (7, 20006)])
async def test_a_refused_message_is_stored_nowhere(pair: Pair, said: int, code: int) -> None:
    await pair.switch_on(BEFORE, AFTER)
    pair.receiver.say(ErrorCode=said, ErrorInfo="not here")
    refused = await pair.site.rest().call("openim/sendmsg", _message(), code)
    assert "not here" in refused["ErrorInfo"]
    assert await pair.history() == []
    assert pair.receiver.of(AFTER) == []


async def test_a_dropped_message_looks_sent_also_when_it_is_repeated(pair: Pair) -> None:
    await pair.switch_on(BEFORE, AFTER)
    pair.receiver.say(ErrorCode=2)
    first = await pair.site.rest().call("openim/sendmsg", _message(MsgSeq=5))
    again = await pair.site.rest().call("openim/sendmsg", _message(MsgSeq=5))
    assert first["MsgKey"] == again["MsgKey"]
    assert len(pair.receiver.of(BEFORE)) == 1
    assert await pair.history() == []


async def test_a_rewritten_message_is_what_everybody_gets(pair: Pair) -> None:
    await pair.switch_on(BEFORE, AFTER)
    pair.receiver.say(MsgBody=text_body("better"), CloudCustomData="added")
    await pair.site.rest().call("openim/sendmsg", _message())
    (after,) = await pair.receiver.wait(AFTER)
    assert (after["MsgBody"], after["CloudCustomData"]) == (text_body("better"), "added")
    (stored,) = await pair.history()
    assert (stored["MsgBody"], stored["CloudCustomData"]) == (text_body("better"), "added")


async def test_a_repeat_that_comes_while_it_is_asked_about_shares_the_answer(pair: Pair) -> None:
    await pair.switch_on(BEFORE)
    gate = asyncio.Event()

    async def wait(_: Sent) -> bytes:
        await gate.wait()
        return answer(FINE)

    pair.receiver.answering = wait
    rest = pair.site.rest()
    sends = [asyncio.create_task(rest.call("openim/sendmsg", _message(MsgSeq=5))) for _ in range(2)]
    await pair.receiver.wait(BEFORE)
    while pair.site.server.rest.in_flight < 2:  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0)
    gate.set()
    first, second = await asyncio.gather(*sends)
    assert first["MsgKey"] == second["MsgKey"]
    assert len(pair.receiver.of(BEFORE)) == len(await pair.history()) == 1


async def test_one_message_may_forbid_its_callbacks_by_rest_but_not_by_a_client(pair: Pair) -> None:
    await pair.switch_on(BEFORE, AFTER)
    both = ["ForbidBeforeSendMsgCallback", "ForbidAfterSendMsgCallback"]
    await pair.site.rest().call("openim/sendmsg", _message(ForbidCallbackControl=both))
    alice = await pair.site.login("alice")
    body = {"To_Account": "bob", "MsgRandom": 1, "MsgSeq": 2, "MsgBody": text_body(), "ForbidCallbackControl": both}
    await alice.call("openim.sendmsg", body)
    await pair.receiver.wait(AFTER)
    assert [each["MsgRandom"] for each in pair.receiver.of(BEFORE) + pair.receiver.of(AFTER)] == [1, 1]


async def test_what_is_sent_to_many_or_imported_asks_and_tells_nobody(pair: Pair) -> None:
    await pair.switch_on(BEFORE, AFTER)
    rest = pair.site.rest()
    await rest.call("openim/batchsendmsg", _message(1, To_Account=["bob", "carol"]))
    imported: Json = {"SyncFromOldSystem": 1, "MsgTimeStamp": pair.site.now, "MsgSeq": 3}
    await rest.call("openim/importmsg", _message(2, **imported))
    await rest.call("openim/sendmsg", _message(3))
    assert [each["MsgRandom"] for each in await pair.receiver.wait(AFTER)] == [3]
    assert [each["MsgRandom"] for each in pair.receiver.of(BEFORE)] == [3]


async def test_nothing_is_sent_that_is_not_switched_on(pair: Pair) -> None:
    await pair.switch_on("C2C.CallbackAfterMsgReport")
    await pair.site.rest().call("openim/sendmsg", _message())
    await pair.site.rest().call("openim/admin_set_msg_read", {"Report_Account": "bob", "Peer_Account": "alice"})
    (report,) = await pair.receiver.wait("C2C.CallbackAfterMsgReport")
    assert (report["Report_Account"], report["Peer_Account"], report["UnreadMsgNum"]) == ("bob", "alice", 0)
    assert len(pair.receiver.sent) == 1


async def test_a_message_for_who_is_online_is_told_too(pair: Pair) -> None:
    await pair.switch_on(AFTER)
    await pair.site.rest().call("openim/sendmsg", _message(OnlineOnlyFlag=1))
    (after,) = await pair.receiver.wait(AFTER)
    assert (after["OnlineOnlyFlag"], after["UnreadMsgNum"]) == (1, 0)


async def test_recall_change_and_receipt_are_told(pair: Pair) -> None:
    names = [f"C2C.CallbackAfter{name}" for name in ("MsgWithDraw", "ModifyMsg", "MsgReadReceipt")]
    await pair.switch_on(*names)
    rest = pair.site.rest()
    sent = await rest.call("openim/sendmsg", _message(IsNeedReadReceipt=1))
    key = {"From_Account": "alice", "To_Account": "bob", "MsgKey": sent["MsgKey"]}
    bob = await pair.site.login("bob")
    (message,) = (await bob.call("openim.getroammsg", {"Peer_Account": "alice", "MaxCnt": 20}))["MsgList"]
    named = {name: message[name] for name in ("From_Account", "To_Account", "MsgSeq", "MsgRandom")}
    receipt = {**named, "MsgTime": message["MsgTimeStamp"]}
    await bob.call("openim.c2c_msg_read_receipt", {"Peer_Account": "alice", "C2CMsgInfo": [receipt]})
    await rest.call("openim/modify_c2c_msg", {**key, "MsgBody": text_body("new")})
    await rest.call("openim/admin_msgwithdraw", key)
    (recalled,) = await pair.receiver.wait(names[0])
    assert recalled == {"CallbackCommand": names[0], **key, "UnreadMsgNum": 0}
    (changed,) = pair.receiver.of(names[1])
    assert (changed["Operator_Account"], changed["MsgBody"]) == ("administrator", text_body("new"))
    (told,) = pair.receiver.of(names[2])
    assert told["C2CMsgInfo"] == [{**key, "MsgId": sent["MsgId"]}]
    assert [each.command for each in pair.receiver.sent] == [names[2], names[1], names[0]]
