"""openim/sendmsg and batchsendmsg: who gets a message, what is kept, when a repeat is one (spec/rest/openim.yaml)."""

from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, RestClient, text_body
from tests.support.server import ADMIN, NOW, Site

SIZE_LIMIT = 12_288


async def _send(rest: RestClient, code: int = 0, **fields: Any) -> Json:
    body = {"From_Account": "alice", "To_Account": "bob", "MsgRandom": 1, "MsgSeq": 1, "MsgBody": text_body(), **fields}
    return await rest.call("openim/sendmsg", {k: v for k, v in body.items() if v is not None}, code)


async def _send_many(rest: RestClient, code: int = 0, **fields: Any) -> Json:
    body = {"From_Account": "alice", "To_Account": ["bob", "carol"], "MsgRandom": 1, "MsgBody": text_body(), **fields}
    return await rest.call("openim/batchsendmsg", body, code)


async def _history(rest: RestClient, operator: str = "bob", peer: str = "alice") -> list[Json]:
    body = {"Operator_Account": operator, "Peer_Account": peer, "MaxCnt": 100, "MinTime": 0, "MaxTime": 1 << 40}
    found: list[Json] = (await rest.call("openim/admin_getroammsg", body))["MsgList"]
    return found


async def _unread(rest: RestClient, name: str = "bob") -> int:
    return int((await rest.call("openim/get_c2c_unread_msg_num", {"To_Account": name}))["AllC2CUnreadMsgNum"])


def _padded(size: int) -> list[Json]:
    """Return a text body that has `size` bytes as the client's JSON text."""
    empty = '[{"MsgType": "TIMTextElem", "MsgContent": {"Text": ""}}]'
    return text_body("x" * (size - len(empty)))


async def test_the_answer_has_time_key_and_the_id_that_clients_show(rest: RestClient, alice: GatewayClient) -> None:
    answer = await _send(rest, MsgSeq=51200311, MsgRandom=2290417)
    assert answer["MsgTime"] == NOW
    assert answer["MsgKey"] == f"51200311_2290417_{NOW}"
    assert answer["MsgId"] == f"{alice.head['tinyid']}-{NOW}-2290417"


async def test_the_receiver_sees_the_named_sender(rest: RestClient, bob: GatewayClient) -> None:
    await _send(rest)
    (message,) = await bob.messages()
    assert (message["From_Account"], message["To_Account"]) == ("alice", "bob")
    assert message["MsgBody"] == text_body()


async def test_without_a_sender_the_calling_admin_sends(rest: RestClient, bob: GatewayClient) -> None:
    await _send(rest, From_Account=None)
    assert [message["From_Account"] for message in await bob.messages()] == [ADMIN]


async def test_a_missing_number_is_chosen_by_the_server(rest: RestClient, bob: GatewayClient) -> None:
    key = (await _send(rest, MsgSeq=None))["MsgKey"]
    (message,) = await bob.messages()
    assert key == message["MsgKey"] == f"{message['MsgSeq']}_1_{NOW}"
    assert 0 < message["MsgSeq"] < 1 << 32


async def test_a_timestamp_of_the_caller_does_not_set_the_time(rest: RestClient) -> None:
    assert (await _send(rest, MsgTimeStamp=NOW - 5000))["MsgTime"] == NOW


async def test_the_bounds_of_the_numbers_are_taken(rest: RestClient) -> None:
    for number in (0, (1 << 32) - 1):
        assert (await _send(rest, MsgSeq=number, MsgRandom=number))["MsgKey"] == f"{number}_{number}_{NOW}"


async def test_every_device_of_both_sides_is_told(site: Site, rest: RestClient) -> None:
    bobs = [await site.login("bob"), await site.login("bob", "iphone", path="binfo")]
    alices = [await site.login("alice"), await site.login("alice", "android")]
    carol = await site.login("carol")
    for device in (*bobs, *alices):
        await device.events()
    await _send(rest)
    for device in bobs:
        assert [(m["From_Account"], m["To_Account"], m.get("IsSyncMsg")) for m in await device.messages()] == [
            ("alice", "bob", None)
        ]
    for device in alices:
        assert [(m["From_Account"], m["To_Account"], m["IsSyncMsg"]) for m in await device.messages()] == [
            ("bob", "alice", 1)
        ]
    assert await carol.events() == []


@pytest.mark.parametrize("value", [None, 0, 1])
async def test_the_sender_has_the_message_unless_asked_otherwise(
    rest: RestClient, alice: GatewayClient, value: int | None
) -> None:
    await _send(rest, SyncOtherMachine=value)
    assert len(await alice.messages()) == 1
    assert len(await _history(rest, "alice", "bob")) == 1


async def test_with_sync_2_the_sender_has_nothing_of_the_message(
    rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await _send(rest, SyncOtherMachine=2)
    assert await alice.events() == []
    assert await _history(rest, "alice", "bob") == []
    assert (await alice.call("recentcontact.page_get"))["SessionItem"] == []
    assert (await alice.call("openim.getmsg", {"Cookie": "0"}))["MsgList"] == []
    assert len(await _history(rest, "bob", "alice")) == 1
    assert len(await bob.messages()) == 1


async def test_online_only_reaches_who_is_online_and_is_kept_nowhere(
    rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    for fields in ({"OnlineOnlyFlag": 1}, {"MsgLifeTime": 0, "MsgSeq": 2}):
        await _send(rest, **fields)
        (message,) = await bob.messages()
        assert message["MsgLifeTime"] == 0
        assert "Position" not in message
    assert len(await alice.messages()) == 2
    assert await _history(rest) == []
    assert await _unread(rest) == 0
    assert (await bob.call("recentcontact.page_get"))["SessionItem"] == []
    assert (await bob.call("openim.getmsg", {"Cookie": "0"}))["MsgList"] == []


async def test_an_offline_copy_lives_as_long_as_asked_and_history_longer(
    site: Site, rest: RestClient, bob: GatewayClient
) -> None:
    await _send(rest, MsgLifeTime=60)
    site.clock.step(59)
    assert await _unread(rest) == 1
    assert len((await bob.call("openim.getmsg", {"Cookie": "0"}))["MsgList"]) == 1
    site.clock.step(1)
    assert await _unread(rest) == 0
    assert (await bob.call("openim.getmsg", {"Cookie": "0"}))["MsgList"] == []
    assert len(await _history(rest)) == 1


async def test_a_lifetime_of_more_than_seven_days_counts_as_seven(site: Site, rest: RestClient) -> None:
    await site.change(history_days=30)
    await _send(rest, MsgLifeTime=10**9)
    site.clock.step(604_799)
    assert await _unread(site.rest()) == 1
    site.clock.step(1)
    assert await _unread(site.rest()) == 0


async def test_no_unread_does_not_count(rest: RestClient) -> None:
    await _send(rest, SendMsgControl=["NoUnread"])
    await _send(rest, MsgSeq=2, SendMsgControl=["NoUnread", "NoLastMsg"])
    assert await _unread(rest) == 0
    await _send(rest, MsgSeq=3)
    assert await _unread(rest) == 1
    assert len(await _history(rest)) == 3


async def test_no_last_message_leaves_the_list_as_it_was(rest: RestClient, bob: GatewayClient) -> None:
    await _send(rest, SendMsgControl=["NoLastMsg"])
    assert (await bob.call("recentcontact.page_get"))["SessionItem"] == []
    await _send(rest, MsgSeq=2, MsgBody=text_body("shown"))
    await _send(rest, MsgSeq=3, SendMsgControl=["NoLastMsg"])
    (item,) = (await bob.call("recentcontact.page_get"))["SessionItem"]
    assert item["LastMsg"]["MsgBody"] == text_body("shown")


async def test_other_wishes_are_accepted(rest: RestClient, bob: GatewayClient) -> None:
    await _send(
        rest,
        SendMsgControl=["WithMuteNotifications", "NoMsgCheck", "SomethingNew"],
        ForbidCallbackControl=["ForbidBeforeSendMsgCallback", "ForbidAfterSendMsgCallback"],
        IsNeedReadReceipt=1,
        SupportMessageExtension=1,
        OfflinePushInfo={"PushFlag": 0, "Title": "Clinic", "Desc": "d" * 3000, "Ext": "e" * 72, "AndroidInfo": {}},
        CloudCustomData="über",
    )
    (message,) = await bob.messages()
    assert (message["IsNeedReadReceipt"], message["SupportMessageExtension"]) == (1, 1)
    assert message["CloudCustomData"] == "über"


async def test_custom_data_is_delivered_and_in_every_history(rest: RestClient, bob: GatewayClient) -> None:
    data = '{"kind": "notice", "emoji": "🙂", "control": "\\u0001"}'
    await _send(rest, CloudCustomData=data)
    assert [message["CloudCustomData"] for message in await bob.messages()] == [data]
    assert [message["CloudCustomData"] for message in await _history(rest)] == [data]


async def test_the_senders_nick_and_picture_go_with_the_message(rest: RestClient, bob: GatewayClient) -> None:
    await rest.call("im_open_login_svc/account_import", {"UserID": "alice", "Nick": "Al", "FaceUrl": "f.png"})
    await _send(rest)
    (message,) = await bob.messages()
    assert (message["From_AccountNick"], message["From_AccountHeadurl"]) == ("Al", "f.png")


async def test_every_element_type_arrives_as_it_was_sent(rest: RestClient, bob: GatewayClient) -> None:
    image = {"Type": 1, "Size": 20480, "Width": 800, "Height": 600, "URL": "https://x/a.jpg"}
    relayed = {"From_Account": "a", "To_Account": "b", "MsgSeq": 1, "MsgRandom": 2, "MsgTimeStamp": 3, "MsgBody": []}
    contents: list[tuple[str, Json]] = [
        ("TIMTextElem", {"Text": 'quo"ted \\ \u0000 ☃ 🙂', "More": [1, {"x": None}]}),
        ("TIMLocationElem", {"Desc": "here", "Latitude": 29.34, "Longitude": -116}),
        ("TIMFaceElem", {"Index": 6, "Data": "wa\u0001ve"}),
        ("TIMCustomElem", {"Data": "{}", "Desc": "d", "Ext": "e", "Sound": "s"}),
        ("TIMSoundElem", {"Url": "u", "UUID": "1", "Size": 5, "Second": 2, "Download_Flag": 2}),
        ("TIMImageElem", {"UUID": "f00", "ImageFormat": 1, "ImageInfoArray": [image]}),
        ("TIMFileElem", {"Url": "u", "UUID": "1", "FileSize": 9, "FileName": "a.txt", "Download_Flag": 2}),
        ("TIMVideoFileElem", {"VideoUrl": "u", "VideoUUID": "1", "ThumbUrl": "t", "ThumbUUID": "2", "VideoSize": 3}),
        (
            "TIMRelayElem",
            {"Title": "t", "MsgNum": 1, "CompatibleText": "c", "AbstractList": ["a"], "MsgList": [relayed]},
        ),
    ]
    body = [{"MsgType": kind, "MsgContent": content} for kind, content in contents]
    await _send(rest, MsgBody=body)
    assert [message["MsgBody"] for message in await bob.messages()] == [body]
    assert [message["MsgBody"] for message in await _history(rest)] == [body]


async def test_a_message_of_12_kilobytes_passes_and_one_more_byte_does_not(rest: RestClient) -> None:
    await _send(rest, MsgBody=_padded(SIZE_LIMIT))
    await _send(rest, 93000, MsgBody=_padded(SIZE_LIMIT + 1))
    await _send(rest, MsgSeq=2, MsgBody=_padded(SIZE_LIMIT - 4), CloudCustomData="éé")
    await _send(rest, 93000, MsgBody=_padded(SIZE_LIMIT - 4), CloudCustomData="éé" + "x")
    await _send_many(rest, MsgBody=_padded(SIZE_LIMIT))
    await _send_many(rest, 90055, MsgBody=_padded(SIZE_LIMIT + 1))


async def test_the_size_limit_is_a_setting(site: Site, rest: RestClient) -> None:
    await site.change(message_bytes=1000)
    await _send(rest, MsgBody=_padded(1000))
    await _send(rest, 93000, MsgBody=_padded(1001))


async def test_an_admin_may_write_to_himself_for_a_user(rest: RestClient, alice: GatewayClient) -> None:
    await _send(rest, To_Account="alice")
    (message,) = await alice.messages()
    assert (message["From_Account"], message["To_Account"], message["IsSyncMsg"]) == ("alice", "alice", 1)
    assert len(await _history(rest, "alice", "alice")) == 1


# --- repeats ---


async def test_a_repeat_within_120_seconds_is_answered_as_the_first_and_delivered_once(
    site: Site, rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    first = await _send(rest)
    for seconds in (0, 1, 119):
        site.clock.step(seconds)
        assert await _send(rest) == first
    assert len(await bob.messages()) == len(await alice.messages()) == len(await _history(rest)) == 1


async def test_after_121_seconds_the_same_numbers_are_a_new_message(
    site: Site, rest: RestClient, bob: GatewayClient
) -> None:
    first = await _send(rest)
    site.clock.step(121)
    second = await _send(rest)
    assert second["MsgKey"] == f"1_1_{NOW + 121}" != first["MsgKey"]
    assert len(await bob.messages()) == len(await _history(rest)) == 2


async def test_the_window_holds_while_other_messages_pass(site: Site, rest: RestClient, bob: GatewayClient) -> None:
    first = await _send(rest)
    for seq in range(2, 26):
        site.clock.step(5)
        await _send(rest, MsgSeq=seq)
        assert await _send(rest) == first
    assert len(await bob.messages()) == 25
    site.clock.step(1)
    assert await _send(rest) != first


@pytest.mark.parametrize(
    "other",
    [
        {"MsgSeq": 2},
        {"MsgRandom": 2},
        {"From_Account": "carol"},
        {"To_Account": "carol"},
        {"MsgBody": text_body("hi!")},
    ],
    ids=lambda other: next(iter(other)),
)
async def test_a_send_that_differs_is_no_repeat(rest: RestClient, other: Json) -> None:
    await _send(rest)
    await _send(rest, **other)
    sender, receiver = other.get("From_Account", "alice"), other.get("To_Account", "bob")
    both = await _history(rest, receiver, sender)
    assert len(both) == (2 if (sender, receiver) == ("alice", "bob") else 1)


async def test_a_refused_send_may_be_corrected_under_the_same_numbers(rest: RestClient) -> None:
    await _send(rest, 90010, MsgBody=[{"MsgType": "TIMTextElem", "MsgContent": {}}])
    await _send(rest)
    assert len(await _history(rest)) == 1


async def test_a_repeat_of_an_online_only_message_is_not_delivered_again(rest: RestClient, bob: GatewayClient) -> None:
    await _send(rest, OnlineOnlyFlag=1)
    await _send(rest, OnlineOnlyFlag=1)
    assert len(await bob.messages()) == 1


# --- many receivers ---


async def test_a_batch_has_one_key_and_reaches_each_receiver(site: Site, rest: RestClient) -> None:
    bob, carol, alice = [await site.login(name) for name in ("bob", "carol", "alice")]
    answer = await _send_many(rest)
    assert answer["ActionStatus"] == "OK"
    assert answer.get("ErrorList", []) == []
    keys = [message["MsgKey"] for device in (bob, carol) for message in await device.messages()]
    assert keys == [answer["MsgKey"]] * 2
    assert sorted(message["From_Account"] for message in await alice.messages()) == ["bob", "carol"]


async def test_a_batch_message_is_recalled_for_each_receiver_by_itself(rest: RestClient) -> None:
    key = (await _send_many(rest))["MsgKey"]
    await rest.call("openim/admin_msgwithdraw", {"From_Account": "alice", "To_Account": "bob", "MsgKey": key})
    assert [m["MsgFlagBits"] for m in await _history(rest, "bob")] == [8]
    assert [m["MsgFlagBits"] for m in await _history(rest, "carol")] == [0]


async def test_receivers_that_do_not_exist_are_listed_and_the_others_served(rest: RestClient) -> None:
    answer = await _send_many(rest, To_Account=["bob", "ghost", "carol", "nobody", "ghost"])
    assert answer["ActionStatus"] == "SomeError"
    assert answer["ErrorList"] == [{"To_Account": name, "ErrorCode": 70107} for name in ("ghost", "nobody")]
    assert len(await _history(rest, "bob")) == len(await _history(rest, "carol")) == 1


async def test_a_receiver_named_twice_gets_one_message(rest: RestClient, bob: GatewayClient) -> None:
    await _send_many(rest, To_Account=["bob", "bob"])
    assert len(await bob.messages()) == 1


async def test_500_receivers_pass_and_501_do_not(rest: RestClient) -> None:
    names = [f"user{number}" for number in range(500)]
    for start in range(0, 500, 100):
        await rest.call("im_open_login_svc/multiaccount_import", {"Accounts": names[start : start + 100]})
    await _send_many(rest, 90011, To_Account=[*names, "bob"])
    assert await _history(rest) == []
    assert (await _send_many(rest, To_Account=names))["ActionStatus"] == "OK"
    assert len(await _history(rest, names[0])) == len(await _history(rest, names[-1])) == 1


async def test_a_batch_without_a_sender_comes_from_the_admin(rest: RestClient, bob: GatewayClient) -> None:
    body = {"To_Account": ["bob"], "MsgRandom": 1, "MsgBody": text_body()}
    await rest.call("openim/batchsendmsg", body)
    assert [message["From_Account"] for message in await bob.messages()] == [ADMIN]


async def test_a_repeated_batch_is_delivered_once(site: Site, rest: RestClient, bob: GatewayClient) -> None:
    first = await _send_many(rest, MsgSeq=5)
    site.clock.step(120)
    assert await _send_many(rest, MsgSeq=5) == first
    assert len(await bob.messages()) == 1
    site.clock.step(1)
    assert (await _send_many(rest, MsgSeq=5))["MsgKey"] == f"5_1_{NOW + 121}"


async def test_the_wishes_of_a_send_hold_in_a_batch(rest: RestClient, alice: GatewayClient, bob: GatewayClient) -> None:
    await _send_many(rest, MsgSeq=1, SyncOtherMachine=2, SendMsgControl=["NoUnread"], CloudCustomData="c")
    await _send_many(rest, MsgSeq=2, MsgLifeTime=0)
    await _send_many(rest, MsgSeq=3, OnlineOnlyFlag=1, IsNeedReadReceipt=1, SupportMessageExtension=1)
    kept, *fleeting = await bob.messages()
    assert kept["CloudCustomData"] == "c"
    assert [message["MsgLifeTime"] for message in fleeting] == [0, 0]
    assert (fleeting[1]["IsNeedReadReceipt"], fleeting[1]["SupportMessageExtension"]) == (1, 1)
    assert [message["MsgSeq"] for message in await _history(rest)] == [1]
    assert await _history(rest, "alice", "bob") == []
    assert await _unread(rest) == 0
    assert sorted(message["MsgSeq"] for message in await alice.messages()) == [2, 2, 3, 3]
