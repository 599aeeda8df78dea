"""A user's history and what a device missed: getroammsg, getmsg, delete_c2c_msg_ramble (spec/client/openim.yaml)."""

from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json
from tests.support.server import NOW, Site

HISTORY, SYNC, DELETE = "openim.getroammsg", "openim.getmsg", "openim.delete_c2c_msg_ramble"
DAY_S = 86_400


async def _fill(site: Site, alice: GatewayClient, bob: GatewayClient, count: int) -> list[str]:
    """Send messages in both directions, two a second; return their texts, oldest first."""
    texts = [f"line {number}" for number in range(count)]
    for number, text in enumerate(texts):
        sender, to = ((alice, "bob"), (bob, "alice"))[number % 2]
        await sender.send_message(to, text)
        site.clock.step(number % 2)
    return texts


def _texts(messages: list[Json]) -> list[str]:
    return [message["MsgBody"][0]["MsgContent"]["Text"] for message in messages]


async def _page(device: GatewayClient, peer: str, **fields: Any) -> Json:
    return await device.call(HISTORY, {"Peer_Account": peer, **fields})


async def _pages(device: GatewayClient, peer: str, **fields: Any) -> list[list[Json]]:
    """Ask until it is complete, as a client does."""
    pages: list[list[Json]] = []
    answer: Json = {"Complete": 0, "LastMsgTime": 0, "MsgKey": ""}
    while not answer["Complete"]:
        start = {name: answer[name] for name in ("LastMsgTime", "MsgKey")}
        answer = await _page(device, peer, **{**fields, **start})
        pages.append(answer["MsgList"])
    return pages


# --- paging ---


@pytest.mark.parametrize("count", [1, 3, 5, 12, 13, 100])
async def test_pages_back_join_without_hole_or_repeat_and_end(
    site: Site, alice: GatewayClient, bob: GatewayClient, count: int
) -> None:
    texts = await _fill(site, alice, bob, 12)
    for device, peer in ((alice, "bob"), (bob, "alice")):
        pages = await _pages(device, peer, MaxCnt=count)
        assert [text for page in reversed(pages) for text in _texts(page)] == texts
        assert [len(page) for page in pages] == [min(count, 12 - at) for at in range(0, 12, count)]


@pytest.mark.parametrize("count", [1, 5, 100])
async def test_pages_forward_join_too(site: Site, alice: GatewayClient, bob: GatewayClient, count: int) -> None:
    texts = await _fill(site, alice, bob, 12)
    pages = await _pages(alice, "bob", MaxCnt=count, GetDirection=1)
    assert [text for page in pages for text in _texts(page)] == texts
    first = (await _page(alice, "bob", MaxCnt=100))["MsgList"][5]
    start = {"LastMsgTime": first["MsgTimeStamp"], "MsgKey": first["MsgKey"]}
    assert _texts((await _page(alice, "bob", GetDirection=1, **start))["MsgList"]) == texts[6:]


async def test_a_page_has_20_messages_unless_asked_and_100_at_most(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    texts = await _fill(site, alice, bob, 101)
    answer = await _page(alice, "bob")
    assert (_texts(answer["MsgList"]), answer["Complete"]) == (texts[-20:], 0)
    answer = await _page(alice, "bob", MaxCnt=1000)
    assert (_texts(answer["MsgList"]), answer["Complete"]) == (texts[1:], 0)


async def test_time_and_key_name_the_oldest_message_of_the_page(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    await _fill(site, alice, bob, 4)
    answer = await _page(alice, "bob", MaxCnt=2)
    oldest = answer["MsgList"][0]
    assert (answer["LastMsgTime"], answer["MsgKey"]) == (oldest["MsgTimeStamp"], oldest["MsgKey"])


async def test_without_a_key_a_page_begins_at_the_time(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    texts = await _fill(site, alice, bob, 6)
    assert _texts((await _page(alice, "bob", LastMsgTime=NOW + 1))["MsgList"]) == texts[:4]
    assert _texts((await _page(alice, "bob", LastMsgTime=NOW + 1, GetDirection=1))["MsgList"]) == texts[2:]


async def test_an_empty_history_is_complete(alice: GatewayClient) -> None:
    for peer in ("bob", "alice"):
        answer = await _page(alice, peer)
        assert (answer["Complete"], answer["MsgList"], answer["LastMsgTime"], answer["MsgKey"]) == (1, [], 0, "")


async def test_a_key_that_is_gone_still_marks_a_place(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    texts = await _fill(site, alice, bob, 6)
    middle = (await _page(alice, "bob"))["MsgList"][3]
    await alice.call(DELETE, {"To_Account": "bob", "MsgKeyList": [middle["MsgKey"]]})
    start = {"LastMsgTime": middle["MsgTimeStamp"], "MsgKey": middle["MsgKey"]}
    assert _texts((await _page(alice, "bob", **start))["MsgList"]) == texts[:3]


async def test_what_is_older_than_the_history_days_is_gone(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    await site.change(history_days=2)
    await alice.send_message("bob", "old")
    site.clock.step(2 * DAY_S)
    assert _texts((await _page(bob, "alice"))["MsgList"]) == ["old"]
    site.clock.step(1)
    assert _texts((await _page(bob, "alice"))["MsgList"]) == []


async def test_recalled_messages_are_left_out_on_wish(alice: GatewayClient, bob: GatewayClient) -> None:
    sent = await alice.send_message("bob", "oops")
    await alice.send_message("bob", "fine")
    name = {key: sent[key] for key in ("To_Account", "MsgSeq", "MsgRandom")}
    await alice.call("openim.msgwithdraw", {"MsgInfo": {"From_Account": "alice", "MsgTimeStamp": NOW, **name}})
    (shown, _) = (await _page(bob, "alice", WithRecalledMsg=1))["MsgList"]
    assert (shown["MsgFlagBits"], shown["RevokerInfo"]) == (8, {"Revoker_Account": "alice", "Reason": ""})
    assert len((await _page(bob, "alice"))["MsgList"]) == 2
    assert _texts((await _page(bob, "alice", WithRecalledMsg=0))["MsgList"]) == ["fine"]


async def test_nobody_else_sees_a_conversation(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    await _fill(site, alice, bob, 4)
    carol = await site.login("carol")
    for peer in ("alice", "bob"):
        assert (await _page(carol, peer))["MsgList"] == []
    assert (await carol.call(SYNC, {"Cookie": "0"}))["MsgList"] == []


# --- catching up ---


async def test_an_empty_cookie_gives_the_present_place_and_no_messages(
    alice: GatewayClient, bob: GatewayClient
) -> None:
    await alice.send_message("bob")
    answer = await bob.call(SYNC, {"Cookie": "", "SyncFlag": 0})
    assert (answer["SyncFlag"], answer["MsgList"], answer["EventArray"]) == (2, [], [])
    assert answer["C2CPairUnreadCount"] == [{"From_Account": "alice", "UnreadCount": 1}]
    assert int(answer["Cookie"]) > 0
    await alice.send_message("bob", "next")
    assert _texts((await bob.call(SYNC, {"Cookie": answer["Cookie"]}))["MsgList"]) == ["next"]


@pytest.mark.parametrize("cookie", ["x", "-1", "1.5", "٣", "9" * 19, "openim"])
async def test_a_cookie_that_is_none_of_ours_counts_as_none(
    alice: GatewayClient, bob: GatewayClient, cookie: str
) -> None:
    await alice.send_message("bob")
    answer = await bob.call(SYNC, {"Cookie": cookie})
    assert (answer["SyncFlag"], answer["MsgList"]) == (2, [])


async def test_a_long_absence_is_told_in_portions_and_in_order(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    cookie = (await bob.call(SYNC))["Cookie"]
    await bob.close()
    for number in range(450):
        await alice.send_message("bob", f"line {number}")
    again = await site.open()
    await again.resume(bob)
    found: list[Json] = []
    flags: list[int] = []
    unread = []
    while 2 not in flags:
        answer = await again.call(SYNC, {"Cookie": cookie, "SyncFlag": flags[-1] if flags else 0})
        found += answer["MsgList"]
        cookie = answer["Cookie"]
        flags.append(answer["SyncFlag"])
        unread.append(answer["C2CPairUnreadCount"])
    assert flags == [1, 1, 2]
    assert _texts(found) == [f"line {number}" for number in range(450)]
    assert [message["Position"] for message in found] == sorted({message["Position"] for message in found})
    assert unread == [[], [], [{"From_Account": "alice", "UnreadCount": 250}]]


async def test_a_cookie_may_be_used_again(alice: GatewayClient, bob: GatewayClient) -> None:
    cookie = (await bob.call(SYNC))["Cookie"]
    await alice.send_message("bob")
    first = await bob.call(SYNC, {"Cookie": cookie})
    assert await bob.call(SYNC, {"Cookie": cookie}) == first
    assert (await bob.call(SYNC, {"Cookie": first["Cookie"]}))["MsgList"] == []


async def test_what_has_expired_is_a_gap(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    await alice.send_message("bob", "first")
    cookie = (await bob.call(SYNC))["Cookie"]
    await alice.send_message("bob", "expires")
    site.clock.step(8 * DAY_S)
    await site.server.expire()
    await alice.send_message("bob", "left")
    answer = await bob.call(SYNC, {"Cookie": cookie})
    assert answer["Gap"] == 1
    assert _texts(answer["MsgList"]) == ["left"]
    assert (await bob.call(SYNC, {"Cookie": answer["Cookie"]}))["Gap"] == 0


# --- deleting from one's own view ---


async def test_a_deleted_message_is_gone_for_its_deleter_alone(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    texts = await _fill(site, alice, bob, 4)
    phone = await site.login("alice", "android")
    await phone.events()
    keys = [message["MsgKey"] for message in (await _page(alice, "bob"))["MsgList"]]
    await alice.call(DELETE, {"From_Account": "alice", "To_Account": "bob", "MsgKeyList": keys[:2]})
    for device in (alice, phone):
        assert _texts((await _page(device, "bob"))["MsgList"]) == texts[2:]
    assert _texts((await _page(bob, "alice"))["MsgList"]) == texts
    assert await phone.events() == []


async def test_both_sides_may_delete_and_delete_again(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    await _fill(site, alice, bob, 2)
    keys = [message["MsgKey"] for message in (await _page(alice, "bob"))["MsgList"]]
    for device, peer in ((alice, "bob"), (bob, "alice"), (bob, "alice")):
        await device.call(DELETE, {"To_Account": peer, "MsgKeyList": keys})
        assert (await _page(device, peer))["MsgList"] == []


async def test_a_deleted_message_is_not_unread_and_not_the_last_one(alice: GatewayClient, bob: GatewayClient) -> None:
    first = await alice.send_message("bob", "first")
    second = await alice.send_message("bob", "second")
    await bob.call(DELETE, {"To_Account": "alice", "MsgKeyList": [second["MsgKey"]]})
    (row,) = (await bob.call("recentcontact.page_get"))["SessionItem"]
    assert (row["MsgSeq"], row["UnreadMsgCount"]) == (first["MsgSeq"], 1)


async def test_unknown_keys_are_passed_over_and_30_are_taken_at_once(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    await _fill(site, alice, bob, 31)
    keys = [message["MsgKey"] for message in (await _page(alice, "bob", MaxCnt=100))["MsgList"]]
    await alice.call(DELETE, {"To_Account": "bob", "MsgKeyList": [f"1_2_{NOW}", *keys[:29]]})
    assert len((await _page(alice, "bob"))["MsgList"]) == 2
    await alice.call(DELETE, {"To_Account": "bob", "MsgKeyList": []})


async def test_a_strangers_messages_are_not_deleted(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    sent = await alice.send_message("bob")
    carol = await site.login("carol")
    for peer in ("alice", "bob"):
        await carol.call(DELETE, {"To_Account": peer, "MsgKeyList": [sent["MsgKey"]]})
    assert len((await _page(bob, "alice"))["MsgList"]) == len((await _page(alice, "bob"))["MsgList"]) == 1
