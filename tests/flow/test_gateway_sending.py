"""openim.sendmsg by a user: answers, delivery to every device, repeats, limits (spec/client/openim.yaml)."""

import asyncio
from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, RestClient, text_body
from tests.support.server import NOW, Site

SEND = "openim.sendmsg"


def _send(to: str = "bob", number: int = 1, **fields: Any) -> Json:
    return {"To_Account": to, "MsgSeq": number, "MsgRandom": number, "MsgBody": text_body(), **fields}


async def _history(device: GatewayClient, peer: str) -> list[Json]:
    found: list[Json] = (await device.call("openim.getroammsg", {"Peer_Account": peer, "MaxCnt": 100}))["MsgList"]
    return found


async def test_the_answer_has_the_servers_time_and_the_key(alice: GatewayClient) -> None:
    answer = await alice.call(SEND, _send(number=7, MsgClientTime=NOW - 3))
    assert (answer["MsgTime"], answer["MsgKey"]) == (NOW, f"7_7_{NOW}")


async def test_the_receiver_gets_all_that_names_the_message(
    rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await rest.call("im_open_login_svc/account_import", {"UserID": "alice", "Nick": "Alice", "FaceUrl": "a.png"})
    fields: Json = {
        "MsgClientTime": NOW - 3,
        "CloudCustomData": "mine",
        "IsNeedReadReceipt": 1,
        "SupportMessageExtension": 1,
    }
    await alice.call(SEND, _send(number=7, From_Account="alice", **fields))
    (message,) = await bob.messages()
    position = message.pop("Position")
    assert position > 0
    assert message == {
        "From_Account": "alice",
        "To_Account": "bob",
        "MsgSeq": 7,
        "MsgRandom": 7,
        "MsgTimeStamp": NOW,
        "MsgClientTime": NOW - 3,
        "MsgBody": text_body(),
        "TinyId": alice.head["tinyid"],
        "CloudCustomData": "mine",
        "From_AccountNick": "Alice",
        "From_AccountHeadurl": "a.png",
        "MsgKey": f"7_7_{NOW}",
        "IsNeedReadReceipt": 1,
        "SupportMessageExtension": 1,
    }
    assert [(m["MsgKey"], m["Position"]) for m in await _history(bob, "alice")] == [(f"7_7_{NOW}", position)]


async def test_every_device_of_the_receiver_and_the_senders_others_are_told(site: Site) -> None:
    sender, second, third = [await site.login("alice", device) for device in ("web", "android", "windows")]
    receivers = [await site.login("bob"), await site.login("bob", "iphone", path="binfo")]
    carol = await site.login("carol")
    for device in (sender, second, third, *receivers):
        await device.events()
    await sender.call(SEND, _send())
    for device in receivers:
        assert [(m["From_Account"], m["To_Account"], m.get("IsSyncMsg")) for m in await device.messages()] == [
            ("alice", "bob", None)
        ]
    for device in (second, third):
        assert [(m["From_Account"], m["To_Account"], m.get("IsSyncMsg")) for m in await device.messages()] == [
            ("bob", "alice", 1)
        ]
    assert await sender.messages() == await carol.messages() == []


async def test_a_message_to_oneself_reaches_the_other_devices_once(site: Site, alice: GatewayClient) -> None:
    phone = await site.login("alice", "android")
    await alice.events()
    await alice.call(SEND, _send("alice"))
    assert len(await phone.messages()) == 1
    assert await alice.messages() == []
    assert len(await _history(alice, "alice")) == 1


async def test_positions_rise_and_every_device_sees_one_order(site: Site, alice: GatewayClient) -> None:
    devices = [await site.login("bob"), await site.login("bob", "android", path="binfo")]
    other = await site.login("carol")
    for device in devices:
        await device.events()
    await asyncio.gather(
        *(sender.begin(SEND, _send(number=n)) for n in range(30) for sender in (alice, other)),
    )
    orders = [[(m["Position"], m["MsgKey"], m["From_Account"]) for m in await d.messages()] for d in devices]
    assert orders[0] == orders[1]
    positions = [position for position, _, _ in orders[0]]
    assert positions == sorted(set(positions))
    assert len(positions) == 60
    synced = await devices[0].call("openim.getmsg", {"Cookie": str(positions[0] - 1)})
    assert [m["Position"] for m in synced["MsgList"]] == positions


# --- what may be left out or chosen ---


async def test_numbers_that_are_left_out_are_chosen_by_the_server(alice: GatewayClient, bob: GatewayClient) -> None:
    for _ in range(2):
        await alice.call(SEND, {"To_Account": "bob", "MsgRandom": 5, "MsgBody": text_body()})
    first, second = await bob.messages()
    assert first["MsgSeq"] != second["MsgSeq"]
    assert first["MsgClientTime"] == NOW


@pytest.mark.parametrize("number", [0, (1 << 32) - 1])
async def test_the_bounds_of_the_numbers_are_taken(alice: GatewayClient, bob: GatewayClient, number: int) -> None:
    await alice.call(SEND, _send(number=number, MsgClientTime=number))
    (message,) = await bob.messages()
    assert (message["MsgSeq"], message["MsgRandom"], message["MsgClientTime"]) == (number, number, number)


@pytest.mark.parametrize("online_only", [{"MsgLifeTime": 0}, {"OnlineOnlyFlag": 1}])
async def test_an_online_only_message_reaches_who_is_online_and_is_kept_nowhere(
    site: Site, alice: GatewayClient, bob: GatewayClient, online_only: Json
) -> None:
    phone = await site.login("alice", "android")
    await alice.events()
    cookie = (await bob.call("openim.getmsg"))["Cookie"]
    await alice.call(SEND, _send(**online_only))
    for device in (phone, bob):
        (message,) = await device.messages()
        assert message["MsgLifeTime"] == 0
        assert "Position" not in message
    assert await _history(bob, "alice") == await _history(alice, "bob") == []
    assert (await bob.call("openim.getmsg", {"Cookie": cookie}))["MsgList"] == []
    assert (await bob.call("recentcontact.page_get"))["SessionItem"] == []


async def test_a_message_with_a_lifetime_is_told_until_then_and_stays_in_the_history(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    cookie = (await bob.call("openim.getmsg"))["Cookie"]
    await alice.call(SEND, _send(MsgLifeTime=60))
    for age, told in ((59, 1), (1, 0)):
        site.clock.step(age)
        found = await bob.call("openim.getmsg", {"Cookie": cookie})
        assert (len(found["MsgList"]), len(found["C2CPairUnreadCount"])) == (told, told)
    assert len(await _history(bob, "alice")) == 1


async def test_no_unread_does_not_count_and_no_last_message_leaves_the_list(
    alice: GatewayClient, bob: GatewayClient
) -> None:
    await alice.call(SEND, _send(number=1))
    await alice.call(SEND, _send(number=2, SendMsgControl=["NoUnread", "NoLastMsg", "NoMsgCheck", "Unknown"]))
    (row,) = (await bob.call("recentcontact.page_get"))["SessionItem"]
    assert (row["MsgSeq"], row["UnreadMsgCount"]) == (1, 1)
    assert len(await _history(bob, "alice")) == 2


async def test_the_size_limit_is_an_app_setting_and_counts_custom_data(site: Site, alice: GatewayClient) -> None:
    around = len('[{"MsgType": "TIMTextElem", "MsgContent": {"Text": ""}}]')
    fine, more = (_send(number=n, MsgBody=text_body("a" * (12_288 - around - 6 + n))) for n in (0, 1))
    await alice.call(SEND, {**fine, "CloudCustomData": "é" * 3})
    await alice.call(SEND, {**more, "CloudCustomData": "é" * 3}, 80002)
    await site.change(message_bytes=12_289)
    await alice.call(SEND, {**more, "CloudCustomData": "é" * 3})


# --- repeats ---


async def test_a_repeat_is_answered_as_the_first_time_and_delivered_once(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    body = _send(MsgClientTime=NOW)
    first = await alice.call(SEND, body)
    for pause in (1, 60, 120, 3600, 86_400):
        site.clock.step(pause)
        assert await alice.call(SEND, body) == first
    assert len(await bob.messages()) == 1
    assert len(await _history(bob, "alice")) == 1


async def test_repeats_at_once_from_two_sockets_are_one_message(site: Site, bob: GatewayClient) -> None:
    one = await site.login("alice")
    other = await site.open()
    other.head = dict(one.head)
    answers = await asyncio.gather(*(device.begin(SEND, _send(MsgClientTime=NOW)) for device in (one, other) * 5))
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["ErrorCode"] == 0
    assert len(await bob.messages()) == 1


@pytest.mark.parametrize(
    "other", [{"MsgSeq": 2}, {"MsgRandom": 2}, {"MsgBody": text_body("ho")}, {"To_Account": "carol"}], ids=str
)
async def test_a_send_that_differs_is_no_repeat(alice: GatewayClient, other: Json) -> None:
    await alice.call(SEND, _send(MsgClientTime=NOW))
    await alice.call(SEND, {**_send(MsgClientTime=NOW), **other})
    sent = await _history(alice, "bob") + await _history(alice, "carol")
    assert len(sent) == 2


async def test_a_refused_send_may_be_corrected_under_the_same_numbers(alice: GatewayClient, bob: GatewayClient) -> None:
    await alice.call(SEND, _send(MsgBody=[]), 90002)
    await alice.call(SEND, _send())
    assert len(await bob.messages()) == 1
