"""What a user does to a message later: recall, modification, read receipts (spec/client/openim.yaml)."""

import asyncio
from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, text_body
from tests.support.server import NOW, Site

RECALL, MODIFY, RECEIPT = "openim.msgwithdraw", "openim.modify_c2c_msg", "openim.c2c_msg_read_receipt"


def _name(sent: Json, **fields: Any) -> Json:
    """Return the values that name a message of alice to bob."""
    return {"From_Account": "alice", **{key: sent[key] for key in ("To_Account", "MsgSeq", "MsgRandom")}, **fields}


async def _recall(device: GatewayClient, sent: Json, code: int = 0, **fields: Any) -> None:
    await device.call(RECALL, {"MsgInfo": _name(sent, MsgTimeStamp=sent["MsgTime"], **fields)}, code)


async def _modify(device: GatewayClient, sent: Json, code: int = 0, **fields: Any) -> Json:
    return await device.call(MODIFY, _name(sent, MsgTime=sent["MsgTime"], **fields), code)


async def _receipt(device: GatewayClient, *sent: Json, peer: str = "alice") -> None:
    names = [{key: each[key] for key in ("MsgSeq", "MsgRandom", "MsgTime")} for each in sent]
    await device.call(RECEIPT, {"Peer_Account": peer, "C2CMsgInfo": names})


async def _last(device: GatewayClient, peer: str) -> Json:
    found: Json = (await device.call("openim.getroammsg", {"Peer_Account": peer}))["MsgList"][-1]
    return found


async def _seen(device: GatewayClient, number: int) -> list[Json]:
    """Return the events of one kind that were pushed."""
    return [event for event in await device.events() if event["Event"] == number]


# --- recall ---


async def test_a_recall_is_told_to_both_sides_other_devices(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    phone, tablet = await site.login("alice", "android"), await site.login("bob", "ipad", path="binfo")
    sent = await alice.send_message("bob")
    for device in (alice, bob, phone, tablet):
        await device.events()
    await _recall(alice, sent)
    for device in (bob, phone, tablet):
        (notice,) = await device.notices("WithdrawC2cMsgNotify")
        (info,) = notice["C2cWithdrawInfoArray"]
        assert info == {
            **_name(sent, MsgTime=NOW, MsgClientTime=NOW),
            "TinyId": alice.head["tinyid"],
            "RevokerInfo": {"Revoker_Account": "alice", "Reason": ""},
        }
    assert await alice.events() == []
    for device, peer in ((alice, "bob"), (bob, "alice")):
        assert (await _last(device, peer))["MsgFlagBits"] == 8


async def test_the_recall_window_is_120_seconds_unless_the_app_says_otherwise(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    first, second = await alice.send_message("bob"), await alice.send_message("bob")
    site.clock.step(120)
    await _recall(alice, first)
    site.clock.step(1)
    await bob.events()
    await _recall(alice, second, 20016)
    assert await bob.events() == []
    await site.change(recall_seconds=3600)
    await _recall(alice, second)
    await site.change(recall_seconds=0)
    await _recall(alice, await alice.send_message("bob"))


async def test_only_the_sender_recalls_and_only_once(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    sent = await alice.send_message("bob")
    await _recall(bob, sent, 90008)
    await _recall(bob, sent, 20022, From_Account="bob", To_Account="alice")
    carol = await site.login("carol")
    await _recall(carol, sent, 20022, From_Account="carol")
    await _recall(alice, sent)
    await _recall(alice, sent, 20023)


async def test_of_recalls_at_once_one_is_carried_out(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    sent = await alice.send_message("bob")
    phone = await site.login("alice", "android")
    await bob.events()
    body = {"MsgInfo": _name(sent, MsgTimeStamp=NOW)}
    answers = await asyncio.gather(*(device.begin(RECALL, body) for device in (alice, phone) * 3))
    assert sorted(answer["ErrorCode"] for answer in answers) == [0] + [20023] * 5
    assert len(await bob.notices("WithdrawC2cMsgNotify")) == 1


async def test_a_recalled_message_is_not_unread_and_shown_as_such_in_the_list(
    alice: GatewayClient, bob: GatewayClient
) -> None:
    await _recall(alice, await alice.send_message("bob"))
    (row,) = (await bob.call("recentcontact.page_get"))["SessionItem"]
    assert (row["UnreadMsgCount"], row["LastMsgFlags"]) == (0, 8)
    assert row["LastMsg"]["RevokerInfo"]["Revoker_Account"] == "alice"


# --- modification ---


@pytest.mark.parametrize("by", ["alice", "bob"])
async def test_either_side_modifies_and_both_sides_other_devices_are_told(site: Site, by: str) -> None:
    devices = {name: [await site.login(name), await site.login(name, "android")] for name in ("alice", "bob")}
    sent = await devices["alice"][0].send_message("bob", "at nine", CloudCustomData="old")
    everybody = [device for pair in devices.values() for device in pair]
    for device in everybody:
        await device.events()
    writer = devices[by][0]
    answer = await _modify(writer, sent, MsgVersion=0, MsgBody=text_body("at ten"))
    assert (answer["MsgVersion"], answer["MsgBody"], answer["CloudCustomData"]) == (1, text_body("at ten"), "old")
    for device in everybody:
        found = [change for event in await _seen(device, 17) for change in event["C2cMsgModNotifys"]]
        if device is writer:
            assert found == []
            continue
        (change,) = found
        assert change == {
            **_name(sent, MsgTime=NOW, MsgClientTime=NOW),
            "TinyId": devices["alice"][0].head["tinyid"],
            "MsgVersion": 1,
            "MsgBody": text_body("at ten"),
            "CloudCustomData": "old",
        }


async def test_only_what_is_given_changes_and_the_place_stays(alice: GatewayClient, bob: GatewayClient) -> None:
    sent = await alice.send_message("bob", "at nine")
    before = await _last(bob, "alice")
    await _modify(alice, sent, CloudCustomData="note")
    after = await _last(bob, "alice")
    assert after == {**before, "MsgVersion": 1, "CloudCustomData": "note"}
    answer = await _modify(bob, sent, MsgBody=text_body("at ten"), CloudCustomData="")
    assert (answer["MsgVersion"], answer["CloudCustomData"]) == (2, "")
    assert (await _last(alice, "bob"))["MsgBody"] == text_body("at ten")


async def test_a_change_from_an_older_version_is_refused_and_changes_nothing(
    alice: GatewayClient, bob: GatewayClient
) -> None:
    sent = await alice.send_message("bob", "at nine")
    await _modify(alice, sent, MsgVersion=0, MsgBody=text_body("at ten"))
    await bob.events()
    for version in (0, 2, -1):
        answer = await _modify(bob, sent, 20027, MsgVersion=version, MsgBody=text_body("at eleven"))
        assert "version 1" in answer["ErrorInfo"]
    assert (await _last(bob, "alice"))["MsgBody"] == text_body("at ten")
    assert await bob.events() == []
    await _modify(bob, sent, MsgVersion=1, MsgBody=text_body("at eleven"))


async def test_of_changes_at_once_one_is_carried_out(alice: GatewayClient, bob: GatewayClient) -> None:
    sent = await alice.send_message("bob")
    bodies = [_name(sent, MsgTime=NOW, MsgVersion=0, CloudCustomData=str(n)) for n in range(6)]
    answers = await asyncio.gather(
        *(device.begin(MODIFY, body) for device, body in zip((alice, bob) * 3, bodies, strict=True))
    )
    codes = [answer["ErrorCode"] for answer in answers]
    assert codes.count(0) == 1
    assert set(codes) <= {0, 20027, 20028}
    assert (await _last(bob, "alice"))["CloudCustomData"] == str(codes.index(0))


async def test_a_recalled_message_is_not_modified(alice: GatewayClient) -> None:
    sent = await alice.send_message("bob")
    await _recall(alice, sent)
    await _modify(alice, sent, 20026, MsgBody=text_body("new"))


async def test_a_third_user_modifies_nothing(site: Site, alice: GatewayClient) -> None:
    sent = await alice.send_message("bob")
    carol = await site.login("carol")
    await _modify(carol, sent, 90008, MsgBody=text_body("new"))
    await _modify(carol, sent, 20026, From_Account="carol", MsgBody=text_body("new"))
    assert "MsgVersion" not in await _last(alice, "bob")


# --- receipts ---


async def test_a_receipt_is_told_to_every_device_of_the_sender(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    phone = await site.login("alice", "android")
    first, second = [await alice.send_message("bob", IsNeedReadReceipt=1) for _ in range(2)]
    for device in (alice, phone, bob):
        await device.events()
    site.clock.step(5)
    await _receipt(bob, first, second)
    for device in (alice, phone):
        (event,) = await _seen(device, 16)
        assert (event["UserId"], event["PeerReadTime"]) == ("bob", NOW + 5)
        assert [info["MsgSeq"] for info in event["C2cMsgInfo"]] == [first["MsgSeq"], second["MsgSeq"]]
    assert await bob.events() == []
    for device, peer in ((alice, "bob"), (bob, "alice")):
        assert (await _last(device, peer))["IsPeerRead"] == 1


async def test_a_second_receipt_tells_nothing_new(alice: GatewayClient, bob: GatewayClient) -> None:
    sent = await alice.send_message("bob")
    await _receipt(bob, sent)
    await alice.events()
    await _receipt(bob, sent)
    assert await alice.events() == []


async def test_ones_own_and_unknown_messages_are_passed_over(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    sent = await alice.send_message("bob")
    await _receipt(alice, sent, peer="bob")
    await _receipt(bob, {**sent, "MsgSeq": 9})
    await _receipt(await site.login("carol"), sent)
    await _receipt(bob)
    assert await _seen(alice, 16) == await _seen(bob, 16) == []
    assert "IsPeerRead" not in await _last(alice, "bob")
