"""What a user has read: msgreaded, unread numbers, the conversation list (spec/client/openim.yaml and others)."""

from typing import Any

import pytest

from tests.support.clients import GatewayClient, RestClient, text_body
from tests.support.server import NOW, Site

READ, READ_ALL, LIST = "openim.msgreaded", "openim.read_all_unread_msg", "recentcontact.page_get"


async def _read(device: GatewayClient, peer: str, **fields: Any) -> None:
    items = [{"To_Account": peer, "Receipt": 1, **fields}]
    await device.call(READ, {"C2CMsgReaded": {"Cookie": "", "C2CMsgReadedItem": items}})


async def _unread(device: GatewayClient) -> dict[str, int]:
    rows = (await device.call("openim.getmsg"))["C2CPairUnreadCount"]
    listed = (await device.call(LIST))["SessionItem"]
    counts = {row["From_Account"]: row["UnreadCount"] for row in rows}
    assert counts == {row["To_Account"]: row["UnreadMsgCount"] for row in listed if row["UnreadMsgCount"]}
    return counts


async def _read_time(device: GatewayClient, *peers: str) -> list[int]:
    times: list[int] = (await device.call("openim.get_peer_read_time", {"To_Account": list(peers)}))["ReadTime"]
    return times


# --- reading ---


async def test_reading_is_told_to_the_peer_and_to_the_readers_other_devices(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    phone = await site.login("bob", "android")
    await alice.send_message("bob")
    for device in (alice, bob, phone):
        await device.events()
    site.clock.step(5)
    await _read(bob, "alice")
    assert await alice.notices("C2cReadedReceipt") == [
        {"To_Account": "bob", "UinPairReadArray": [{"LastReadTime": NOW + 5}]}
    ]
    assert await phone.notices("ReadC2cMsgNotify") == [
        {"UinPairReadArray": [{"From_Account": "alice", "LastReadTime": NOW + 5}]}
    ]
    assert await bob.events() == []
    assert await _unread(bob) == await _unread(phone) == {}


async def test_a_mark_counts_up_to_its_time_and_never_goes_back(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    for _ in range(4):
        await alice.send_message("bob")
        site.clock.step(10)
    for time, left in ((NOW - 1, 4), (NOW, 3), (NOW + 15, 2), (NOW, 2), (NOW + 20, 1)):
        await _read(bob, "alice", LastedMsgTime=time)
        assert await _unread(bob) == {"alice": left}
    await _read(bob, "alice", LastedMsgTime=0)
    assert await _unread(bob) == {}


async def test_several_conversations_are_marked_at_once(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    carol = await site.login("carol")
    for sender in (alice, carol):
        await sender.send_message("bob")
    items = [{"To_Account": name} for name in ("alice", "carol", "alice")]
    await bob.call(READ, {"C2CMsgReaded": {"C2CMsgReadedItem": items}})
    await bob.call(READ, {"C2CMsgReaded": {"C2CMsgReadedItem": []}})
    assert await _unread(bob) == {}


async def test_reading_nothing_new_tells_nobody(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    phone = await site.login("bob", "android")
    await alice.send_message("bob")
    await _read(bob, "alice")
    for device in (alice, phone):
        await device.events()
    await _read(bob, "alice")
    assert await alice.events() == await phone.events() == []


async def test_all_is_read_at_once_and_told_to_own_devices_and_the_peers_concerned(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    phone, carol = await site.login("bob", "android"), await site.login("carol")
    for _ in range(2):
        await alice.send_message("bob")
    await carol.send_message("bob")
    await _read(bob, "carol")
    for device in (alice, bob, carol, phone):
        await device.events()
    site.clock.step(5)
    answer = await bob.call(READ_ALL, {"C2CReadAllMsg": 1})
    assert (answer["C2CReadAllMsg"], answer["GroupReadInfoArray"]) == (1, [])
    (event,) = await phone.events()
    assert (event["Event"], event["C2CReadAllMsg"], event["LastReadTime"]) == (14, 1, NOW + 5)
    assert len(await alice.notices("C2cReadedReceipt")) == 1
    assert await bob.events() == await carol.events() == []
    assert await _unread(bob) == {}
    await alice.send_message("bob")
    assert await _unread(bob) == {"alice": 1}


async def test_without_the_wish_nothing_is_read_and_groups_are_unknown(
    alice: GatewayClient, bob: GatewayClient
) -> None:
    await alice.send_message("bob")
    answer = await bob.call(READ_ALL, {"C2CReadAllMsg": 0, "GroupReadInfo": [{"GroupId": "g", "MsgSeq": 5}]})
    assert answer["GroupReadInfoArray"] == [{"GroupId": "g", "RetCode": 10015}]
    assert await _unread(bob) == {"alice": 1}


async def test_a_reader_asks_up_to_when_others_have_read(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    await alice.send_message("bob")
    assert await _read_time(alice, "bob", "carol", "ghost") == [0, 0, 0]
    site.clock.step(7)
    await _read(bob, "alice")
    assert await _read_time(alice, "carol", "bob", "ghost", "bob") == [0, NOW + 7, 0, NOW + 7]
    assert await _read_time(bob, "alice") == [0]
    assert await _read_time(alice) == []


async def test_everybody_is_announced_as_usual(alice: GatewayClient) -> None:
    body = {"To_Account": "alice", "Peer_Account": ["bob", "carol", "bob"]}
    answer = await alice.call("openim.get_c2c_peer_mute_notifications", body)
    assert [(row["Peer_Account"], row["MuteNotifications"]) for row in answer["MuteNotificationsList"]] == [
        ("bob", 0),
        ("carol", 0),
        ("bob", 0),
    ]
    assert answer["UpdateSeq"] == 0


# --- unread numbers ---


async def test_unread_counts_the_others_messages_by_conversation(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    carol = await site.login("carol")
    for sender, count in ((alice, 2), (carol, 3)):
        for _ in range(count):
            await sender.send_message("bob")
    await bob.send_message("alice")
    assert await _unread(bob) == {"alice": 2, "carol": 3}
    assert await _unread(alice) == {"bob": 1}
    assert await _unread(carol) == {}


async def test_a_message_to_oneself_is_not_unread(site: Site, alice: GatewayClient) -> None:
    await alice.send_message("alice")
    assert await _unread(alice) == await _unread(await site.login("alice", "android")) == {}


@pytest.mark.parametrize(
    ("setting", "left"), [("unread_messages", {"alice": 2, "carol": 1}), ("unread_conversations", {"carol": 1})]
)
async def test_the_bounds_of_counting_are_app_settings(
    site: Site, alice: GatewayClient, bob: GatewayClient, setting: str, left: dict[str, int]
) -> None:
    await site.change(**{setting: 1 if setting == "unread_conversations" else 2})
    for _ in range(3):
        await alice.send_message("bob")
    await (await site.login("carol")).send_message("bob")
    assert await _unread(bob) == left


# --- the conversation list ---


async def test_a_row_shows_the_last_message_and_the_peer(
    site: Site, rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await rest.call("im_open_login_svc/account_import", {"UserID": "alice", "Nick": "Alice", "FaceUrl": "a.png"})
    await alice.send_message("bob", "first")
    site.clock.step(5)
    sent = await bob.send_message("alice", "last", CloudCustomData="mine")
    site.clock.step(5)
    await _read(alice, "bob")
    (row,) = (await bob.call(LIST))["SessionItem"]
    expected = {
        "Type": 1,
        "To_Account": "alice",
        "MsgTime": NOW + 5,
        "MsgSeq": sent["MsgSeq"],
        "UnreadMsgCount": 1,
        "LastC2CMsgFrom_Account": "bob",
        "LastMsg": {"MsgBody": text_body("last"), "CloudCustomData": "mine"},
        "LastMsgFlags": 0,
        "C2cPeerReadTime": NOW + 10,
        "C2cNick": "Alice",
        "C2cImage": "a.png",
    }
    assert {name: row[name] for name in expected} == expected


async def test_a_later_call_gives_only_what_has_changed(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    carol = await site.login("carol")
    for sender in (alice, carol):
        await sender.send_message("bob")
        site.clock.step(1)
    first = await bob.call(LIST)
    assert [row["To_Account"] for row in first["SessionItem"]] == ["carol", "alice"]
    place = {name: first[name] for name in ("TimeStamp", "StartIndex", "TopTimeStamp", "TopStartIndex")}
    again = await bob.call(LIST, place)
    assert (again["CompleteFlag"], again["SessionItem"], again["StartIndex"]) == (1, [], first["StartIndex"])
    await alice.send_message("bob", "news")
    assert [row["To_Account"] for row in (await bob.call(LIST, place))["SessionItem"]] == ["alice"]


async def test_a_long_list_comes_in_pages_of_100(rest: RestClient, bob: GatewayClient) -> None:
    names = [f"user{number}" for number in range(130)]
    for part in (names[:100], names[100:]):
        await rest.call("im_open_login_svc/multiaccount_import", {"Accounts": part})
    body = {"From_Account": "bob", "MsgRandom": 1, "MsgSeq": 1, "MsgBody": text_body()}
    await rest.call("openim/batchsendmsg", {**body, "To_Account": names})
    first = await bob.call(LIST)
    place = {name: first[name] for name in ("TimeStamp", "StartIndex", "TopTimeStamp", "TopStartIndex")}
    second = await bob.call(LIST, place)
    assert [(page["CompleteFlag"], len(page["SessionItem"])) for page in (first, second)] == [(0, 100), (1, 30)]
    assert sorted(row["To_Account"] for page in (first, second) for row in page["SessionItem"]) == sorted(names)


async def test_the_list_holds_as_many_conversations_as_the_app_says(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    await site.change(listed_conversations=1)
    for sender in (await site.login("carol"), alice):
        await sender.send_message("bob")
    assert [row["To_Account"] for row in (await bob.call(LIST))["SessionItem"]] == ["alice"]


async def test_both_sides_and_every_device_see_the_same_list(site: Site, alice: GatewayClient) -> None:
    await alice.send_message("bob", "hello")
    lists = [
        (await (await site.login(name, device)).call(LIST))["SessionItem"]
        for name, device in (("alice", "android"), ("bob", "web"), ("bob", "mac"))
    ]
    assert [[(row["To_Account"], row["UnreadMsgCount"]) for row in rows] for rows in lists] == [
        [("bob", 0)],
        [("alice", 1)],
        [("alice", 1)],
    ]
