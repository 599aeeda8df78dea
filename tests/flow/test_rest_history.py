"""openim by REST: history, recall, read state and unread numbers (spec/rest/openim.yaml)."""

from random import Random
from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, RestClient, text_body
from tests.support.server import ADMIN, NOW, Site

DAY_S = 86_400


async def _import(rest: RestClient, seq: int, time: int, sender: str = "alice", receiver: str = "bob") -> None:
    body = {
        "SyncFromOldSystem": 5,
        "From_Account": sender,
        "To_Account": receiver,
        "MsgSeq": seq,
        "MsgRandom": 1,
        "MsgTimeStamp": time,
        "MsgBody": text_body(f"{seq}@{time}"),
    }
    await rest.call("openim/importmsg", body)


async def _send(rest: RestClient, sender: str, receiver: str, seq: int = 1, **fields: Any) -> Json:
    body = {"From_Account": sender, "To_Account": receiver, "MsgSeq": seq, "MsgRandom": 1, "MsgBody": text_body()}
    return await rest.call("openim/sendmsg", {**body, **fields})


async def _page(rest: RestClient, **fields: Any) -> Json:
    body = {"Operator_Account": "bob", "Peer_Account": "alice", "MaxCnt": 100, "MinTime": 0, "MaxTime": NOW * 2}
    return await rest.call("openim/admin_getroammsg", {**body, **fields})


async def _pages(rest: RestClient, **fields: Any) -> list[list[str]]:
    """Page back as the documents say; return the keys of each page."""
    pages = []
    answer = await _page(rest, **fields)
    while True:
        pages.append([message["MsgKey"] for message in answer["MsgList"]])
        if answer["Complete"]:
            return pages
        assert answer["LastMsgKey"] == pages[-1][0], "the last key names the oldest message of the page"
        fields |= {"MaxTime": answer["LastMsgTime"], "LastMsgKey": answer["LastMsgKey"]}
        answer = await _page(rest, **fields)


def _in_order(pages: list[list[str]]) -> list[str]:
    """Return the keys of pages that were read backwards, oldest first."""
    return [key for page in reversed(pages) for key in page]


async def _recall(rest: RestClient, key: str, code: int = 0, sender: str = "alice", receiver: str = "bob") -> None:
    body = {"From_Account": sender, "To_Account": receiver, "MsgKey": key}
    await rest.call("openim/admin_msgwithdraw", body, code)


async def _unread(rest: RestClient, *peers: str, name: str = "bob") -> dict[str, int]:
    answer = await rest.call("openim/get_c2c_unread_msg_num", {"To_Account": name, "Peer_Account": list(peers)})
    assert "AllC2CUnreadMsgNum" not in answer
    return {row["Peer_Account"]: row["C2CUnreadMsgNum"] for row in answer["C2CUnreadMsgNumList"]}


async def _total(rest: RestClient, name: str = "bob") -> int:
    answer = await rest.call("openim/get_c2c_unread_msg_num", {"To_Account": name})
    assert "C2CUnreadMsgNumList" not in answer
    return int(answer["AllC2CUnreadMsgNum"])


async def _read(rest: RestClient, **fields: Any) -> None:
    body = {"Report_Account": "bob", "Peer_Account": "alice", **fields}
    await rest.call("openim/admin_set_msg_read", body)


# --- history ---


async def test_an_empty_history_is_complete(rest: RestClient) -> None:
    answer = await _page(rest)
    assert (answer["Complete"], answer["MsgCnt"], answer["MsgList"]) == (1, 0, [])


async def test_a_message_is_shown_with_all_that_is_known_of_it(rest: RestClient, alice: GatewayClient) -> None:
    sent = await alice.send_message("bob", "hello", MsgClientTime=NOW - 3, CloudCustomData="c")
    answer = await _page(rest)
    assert (answer["MsgCnt"], answer["LastMsgTime"], answer["LastMsgKey"]) == (1, NOW, sent["MsgKey"])
    assert answer["MsgList"] == [
        {
            "From_Account": "alice",
            "To_Account": "bob",
            "MsgSeq": sent["MsgSeq"],
            "MsgRandom": sent["MsgRandom"],
            "MsgTimeStamp": NOW,
            "MsgClientTime": NOW - 3,
            "MsgFlagBits": 0,
            "IsPeerRead": 0,
            "MsgKey": sent["MsgKey"],
            "MsgBody": text_body("hello"),
            "CloudCustomData": "c",
        }
    ]


async def test_both_pairs_of_names_are_accepted(rest: RestClient) -> None:
    await _send(rest, "alice", "bob")
    fields = {"MaxCnt": 10, "MinTime": 0, "MaxTime": NOW}
    for names in (("Operator_Account", "Peer_Account"), ("From_Account", "To_Account")):
        body = {names[0]: "bob", names[1]: "alice", **fields}
        assert (await rest.call("openim/admin_getroammsg", body))["MsgCnt"] == 1


async def test_both_directions_stand_in_one_history_that_both_sides_see(rest: RestClient) -> None:
    await _send(rest, "alice", "bob", 1)
    await _send(rest, "bob", "alice", 2)
    await _send(rest, "alice", "carol", 3)
    for operator, peer in (("bob", "alice"), ("alice", "bob")):
        found = (await _page(rest, Operator_Account=operator, Peer_Account=peer))["MsgList"]
        assert [(m["From_Account"], m["MsgSeq"]) for m in found] == [("alice", 1), ("bob", 2)]


async def test_order_is_by_time_then_by_number(site: Site, rest: RestClient) -> None:
    for seq in (7, 3, 5):
        await _send(rest, "alice", "bob", seq)
    site.clock.step(1)
    for seq in (4, 2):
        await _send(rest, "bob", "alice", seq)
    found = (await _page(rest))["MsgList"]
    assert [message["MsgSeq"] for message in found] == [3, 5, 7, 2, 4]


async def test_the_range_includes_both_its_ends(rest: RestClient) -> None:
    for time in range(NOW - 5, NOW):
        await _import(rest, 1, time)
    found = (await _page(rest, MinTime=NOW - 4, MaxTime=NOW - 2))["MsgList"]
    assert [message["MsgTimeStamp"] for message in found] == [NOW - 4, NOW - 3, NOW - 2]
    assert (await _page(rest, MinTime=NOW - 2, MaxTime=NOW - 4))["MsgList"] == []


@pytest.mark.parametrize("count", [1, 2, 3, 7, 100])
async def test_pages_join_without_hole_or_repeat(rest: RestClient, count: int) -> None:
    chance = Random(count)
    keys = {(NOW - chance.randrange(4), seq) for seq in range(30)}
    for time, seq in keys:
        await _import(rest, seq, time, *chance.choice([("alice", "bob"), ("bob", "alice")]))
    pages = await _pages(rest, MaxCnt=count)
    assert all(len(page) == count for page in pages[:-1])
    assert _in_order(pages) == [f"{seq}_1_{time}" for time, seq in sorted(keys)]


@pytest.mark.parametrize("count", [1, 4])
async def test_pages_join_within_one_second_and_among_equal_numbers(rest: RestClient, count: int) -> None:
    """Many messages may share time and number: each has its own random number only."""
    for random in range(1, 14):
        await _send(rest, "alice", "bob", 5, MsgRandom=random)
    keys = _in_order(await _pages(rest, MaxCnt=count))
    assert sorted(keys) == sorted(f"5_{random}_{NOW}" for random in range(1, 14))


async def test_a_page_has_at_most_100_messages_whatever_is_asked(rest: RestClient) -> None:
    for seq in range(103):
        await _import(rest, seq, NOW)
    assert [len(page) for page in await _pages(rest, MaxCnt=1000)] == [100, 3]


async def test_an_answer_carries_about_13_kilobytes(rest: RestClient) -> None:
    for seq in range(5):
        await _send(rest, "alice", "bob", seq, MsgBody=text_body("x" * 6000))
    pages = await _pages(rest)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len(_in_order(pages)) == 5


async def test_a_single_message_always_fits(site: Site, rest: RestClient) -> None:
    await site.change(message_bytes=60_000)
    for seq in range(2):
        await _send(rest, "alice", "bob", seq, MsgBody=text_body("x" * 30_000))
    assert [len(page) for page in await _pages(rest)] == [1, 1]


async def test_complete_is_told_with_the_last_message_and_not_after_it(rest: RestClient) -> None:
    for seq in range(4):
        await _import(rest, seq, NOW - seq)
    assert [len(page) for page in await _pages(rest, MaxCnt=2)] == [2, 2]


async def test_what_is_older_than_the_history_days_is_gone(site: Site, rest: RestClient) -> None:
    await _send(rest, "alice", "bob")
    site.clock.step(7 * DAY_S)
    assert (await _page(rest))["MsgCnt"] == 1
    site.clock.step(1)
    assert (await _page(rest))["MsgCnt"] == 0
    await site.change(history_days=8)
    assert (await _page(rest))["MsgCnt"] == 1


async def test_expired_messages_are_removed_for_good(site: Site, rest: RestClient) -> None:
    await _send(rest, "alice", "bob")
    site.clock.step(8 * DAY_S)
    await _send(rest, "alice", "bob", 2)
    await site.server.expire()
    await site.change(history_days=30)
    assert [message["MsgSeq"] for message in (await _page(rest))["MsgList"]] == [2]


async def test_is_peer_read_comes_by_a_receipt_only(rest: RestClient, bob: GatewayClient) -> None:
    key = await _send(rest, "alice", "bob", IsNeedReadReceipt=1)
    await _read(rest)
    assert [message["IsPeerRead"] for message in (await _page(rest))["MsgList"]] == [0]
    seen = {"MsgSeq": 1, "MsgRandom": 1, "MsgTime": key["MsgTime"]}
    await bob.call("openim.c2c_msg_read_receipt", {"Peer_Account": "alice", "C2CMsgInfo": [seen]})
    assert [message["IsPeerRead"] for message in (await _page(rest))["MsgList"]] == [1]


async def test_a_message_that_one_side_deleted_is_missing_from_that_view_only(
    rest: RestClient, bob: GatewayClient
) -> None:
    key = (await _send(rest, "alice", "bob"))["MsgKey"]
    await bob.call("openim.delete_c2c_msg_ramble", {"To_Account": "alice", "MsgKeyList": [key]})
    assert (await _page(rest))["MsgCnt"] == 0
    assert (await _page(rest, Operator_Account="alice", Peer_Account="bob"))["MsgCnt"] == 1


# --- recall ---


async def test_an_admin_recalls_a_message_of_any_age(site: Site, rest: RestClient) -> None:
    key = (await _send(rest, "alice", "bob"))["MsgKey"]
    site.clock.step(6 * DAY_S)
    await _recall(rest, key)
    for operator, peer in (("bob", "alice"), ("alice", "bob")):
        found = (await _page(rest, Operator_Account=operator, Peer_Account=peer))["MsgList"]
        assert [(m["MsgKey"], m["MsgFlagBits"]) for m in found] == [(key, 8)]


async def test_both_sides_devices_are_told_of_a_recall(site: Site, rest: RestClient) -> None:
    devices = [await site.login(name) for name in ("alice", "alice", "bob", "bob")]
    carol = await site.login("carol")
    sent = await _send(rest, "alice", "bob", 7)
    for device in devices:
        await device.events()
    await _recall(rest, sent["MsgKey"])
    for device in devices:
        (notice,) = await device.notices("WithdrawC2cMsgNotify")
        (info,) = notice["C2cWithdrawInfoArray"]
        assert (info["From_Account"], info["To_Account"], info["MsgSeq"], info["MsgTime"]) == ("alice", "bob", 7, NOW)
        assert info["RevokerInfo"] == {"Revoker_Account": ADMIN, "Reason": ""}
    assert await carol.events() == []


async def test_a_recalled_message_is_not_recalled_again(rest: RestClient) -> None:
    key = (await _send(rest, "alice", "bob"))["MsgKey"]
    await _recall(rest, key)
    await _recall(rest, key, 20023)


async def test_a_recall_must_name_sender_receiver_and_key_as_they_are(rest: RestClient) -> None:
    key = (await _send(rest, "alice", "bob"))["MsgKey"]
    await _recall(rest, f"1_2_{NOW}", 20022)
    await _recall(rest, f"2_1_{NOW}", 20022)
    await _recall(rest, f"1_1_{NOW + 1}", 20022)
    await _recall(rest, key, 20022, "bob", "alice")
    await _recall(rest, key, 20022, "alice", "carol")
    await _recall(rest, key)


async def test_a_recalled_message_is_not_unread(rest: RestClient) -> None:
    key = (await _send(rest, "alice", "bob", 1))["MsgKey"]
    await _send(rest, "alice", "bob", 2)
    assert await _total(rest) == 2
    await _recall(rest, key)
    assert await _total(rest) == 1


# --- reading ---


async def test_marking_as_read_counts_up_to_the_given_time(site: Site, rest: RestClient) -> None:
    for seq in range(1, 5):
        await _send(rest, "alice", "bob", seq)
        site.clock.step(10)
    for time, left in ((NOW - 1, 4), (NOW, 3), (NOW + 15, 2), (str(NOW + 20), 1)):
        await _read(rest, MsgReadTime=time)
        assert await _unread(rest, "alice") == {"alice": left}
    await _read(rest)
    assert await _total(rest) == 0


async def test_a_read_mark_never_goes_back(rest: RestClient) -> None:
    await _send(rest, "alice", "bob")
    await _read(rest)
    await _read(rest, MsgReadTime=NOW - 100)
    assert await _total(rest) == 0


async def test_a_time_to_come_counts_as_now(site: Site, rest: RestClient) -> None:
    await _send(rest, "alice", "bob", 1)
    await _read(rest, MsgReadTime=NOW + 1000)
    site.clock.step(1)
    await _send(rest, "alice", "bob", 2)
    assert await _total(rest) == 1


async def test_the_peer_and_the_readers_devices_are_told(
    rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await _send(rest, "alice", "bob")
    await alice.events()
    await bob.events()
    await _read(rest)
    (to_peer,) = await alice.notices("C2cReadedReceipt")
    assert to_peer == {"To_Account": "bob", "UinPairReadArray": [{"LastReadTime": NOW}]}
    (to_reader,) = await bob.notices("ReadC2cMsgNotify")
    assert to_reader == {"UinPairReadArray": [{"From_Account": "alice", "LastReadTime": NOW}]}


async def test_reading_nothing_new_tells_nobody(rest: RestClient, alice: GatewayClient, bob: GatewayClient) -> None:
    await _read(rest)
    await _send(rest, "alice", "bob")
    await _read(rest)
    await alice.events()
    await bob.events()
    await _read(rest)
    assert await alice.events() == await bob.events() == []


# --- unread numbers ---


async def test_unread_is_counted_by_conversation_and_in_total(rest: RestClient) -> None:
    for sender, count in (("alice", 2), ("carol", 3)):
        for seq in range(count):
            await _send(rest, sender, "bob", seq)
    await _send(rest, "bob", "alice", 9)
    assert await _unread(rest, "alice", "carol", ADMIN) == {"alice": 2, "carol": 3, ADMIN: 0}
    assert await _total(rest) == 5
    assert await _total(rest, "alice") == 1


async def test_the_peers_stand_in_the_order_asked_and_unknown_ones_apart(rest: RestClient) -> None:
    body = {"To_Account": "bob", "Peer_Account": ["carol", "ghost", "alice"]}
    answer = await rest.call("openim/get_c2c_unread_msg_num", body)
    assert [row["Peer_Account"] for row in answer["C2CUnreadMsgNumList"]] == ["carol", "alice"]
    assert answer["ErrorList"] == [{"Peer_Account": "ghost", "ErrorCode": 70107}]


async def test_ten_peers_may_be_asked_for(rest: RestClient) -> None:
    names = [f"user{number}" for number in range(10)]
    await rest.call("im_open_login_svc/multiaccount_import", {"Accounts": names})
    assert len(await _unread(rest, *names)) == 10


async def test_an_empty_list_of_peers_asks_for_nobody(rest: RestClient) -> None:
    await _send(rest, "alice", "bob")
    assert await _unread(rest) == {}


async def test_a_conversation_counts_at_most_250_messages(site: Site, rest: RestClient) -> None:
    await site.change(unread_messages=5)
    for seq in range(7):
        await _send(rest, "alice", "bob", seq)
    assert await _total(rest) == 5
    assert (await _page(rest))["MsgCnt"] == 7


async def test_only_the_newest_conversations_count(site: Site, rest: RestClient) -> None:
    await site.change(unread_conversations=2)
    for sender in (ADMIN, "alice", "carol"):
        await _send(rest, sender, "bob")
    assert await _unread(rest, ADMIN, "alice", "carol") == {ADMIN: 0, "alice": 1, "carol": 1}
    assert await _total(rest) == 2


async def test_what_one_has_deleted_is_not_unread(rest: RestClient, bob: GatewayClient) -> None:
    key = (await _send(rest, "alice", "bob"))["MsgKey"]
    await bob.call("openim.delete_c2c_msg_ramble", {"To_Account": "alice", "MsgKeyList": [key]})
    assert await _total(rest) == 0
