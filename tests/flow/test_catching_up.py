"""What a device gets that was away: openim.getmsg and the pushes behind its answer."""

from typing import Any

from tests.support.clients import GatewayClient
from tests.support.server import Site

Json = dict[str, Any]


async def _sync(device: GatewayClient, cookie: str) -> Json:
    return await device.call("openim.getmsg", {"Cookie": cookie, "SyncFlag": 0})


async def _back(site: Site, device: GatewayClient) -> GatewayClient:
    """Return the device on a new socket: nobody has told it anything yet."""
    await device.close()
    fresh = await site.open()
    await fresh.resume(device)
    return fresh


def _recall(sent: Json) -> Json:
    named = {name: sent[name] for name in ("To_Account", "MsgSeq", "MsgRandom")}
    return {"MsgInfo": {"From_Account": "alice", **named, "MsgTimeStamp": sent["MsgTime"]}}


async def _start(device: GatewayClient) -> str:
    return str((await _sync(device, ""))["Cookie"])


async def test_missed_recall_and_reading_are_pushed_behind_the_answer(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    cookie = await _start(bob)
    sent = await alice.send_message("bob", "oops")
    await bob.send_message("alice", "seen this?")
    await alice.call("openim.msgwithdraw", _recall(sent))
    await alice.call("openim.msgreaded", {"C2CMsgReaded": {"C2CMsgReadedItem": [{"To_Account": "bob"}]}})
    bob = await _back(site, bob)
    answer = await _sync(bob, cookie)
    texts = [message["MsgBody"][0]["MsgContent"]["Text"] for message in answer["MsgList"]]
    assert texts == ["oops", "seen this?"]
    pushed = await bob.events()
    assert [next(iter(event["C2cNotifyMsgArray"][0])) for event in pushed] == [
        "WithdrawC2cMsgNotify",
        "C2cReadedReceipt",
    ]
    assert pushed == answer["EventArray"]


async def test_confirmed_push_is_not_told_again_after_a_drop(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    cookie = await _start(bob)
    sent = await alice.send_message("bob", "oops")
    await alice.call("openim.msgwithdraw", _recall(sent))
    (_, recall) = await bob.events()
    await bob.call("openim.ws_msg_push_ack", {"SessionData": str(recall["Position"])})
    bob = await _back(site, bob)
    assert (await _sync(bob, cookie))["EventArray"] == [recall]
    assert await bob.events() == []


async def test_nonsense_confirms_nothing(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    cookie = await _start(bob)
    sent = await alice.send_message("bob", "oops")
    await alice.call("openim.msgwithdraw", _recall(sent))
    for data in ("", "-1", "x", "9" * 30, "٣"):
        await bob.call("openim.ws_msg_push_ack", {"SessionData": data})
    bob = await _back(site, bob)
    await _sync(bob, cookie)
    assert len(await bob.events()) == 1


async def test_what_the_device_did_itself_is_not_told_to_it(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    cookie = await _start(alice)
    sent = await alice.send_message("bob", "oops")
    await alice.call("openim.msgwithdraw", _recall(sent))
    alice = await _back(site, alice)
    await _sync(alice, cookie)
    assert await alice.events() == []
    assert bob.is_open


async def test_reading_elsewhere_is_left_out_once_something_came_after_it(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    cookie, desk = await _start(bob), await site.login("bob")
    await bob.close()
    read = {"C2CMsgReaded": {"C2CMsgReadedItem": [{"To_Account": "alice"}]}}
    await alice.send_message("bob", "one")
    await desk.call("openim.msgreaded", read)
    bob = await _back(site, bob)
    await _sync(bob, cookie)
    assert len(await bob.events()) == 1
    await alice.send_message("bob", "two")
    bob = await _back(site, bob)
    answer = await _sync(bob, cookie)
    assert answer["C2CPairUnreadCount"] == [{"From_Account": "alice", "UnreadCount": 1}]
    assert await bob.events() == []


async def test_own_messages_of_other_devices_stand_with_the_user_as_sender(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    cookie, desk = await _start(alice), await site.login("alice")
    await alice.close()
    await desk.send_message("bob", "from the desk")
    alice = await _back(site, alice)
    (message,) = (await _sync(alice, cookie))["MsgList"]
    assert (message["From_Account"], message["To_Account"]) == ("alice", "bob")
    assert "IsSyncMsg" not in message
    assert bob.is_open


async def test_cookie_from_the_future_is_a_gap(alice: GatewayClient) -> None:
    answer = await _sync(alice, "999999999999")
    assert answer["Gap"] == 1
    assert (await _sync(alice, answer["Cookie"])).get("Gap", 0) == 0
