"""im_open_login_svc: importing, checking, deleting and kicking accounts (spec/rest/im_open_login_svc.yaml)."""

from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, RestClient, text_body
from tests.support.server import Site

SERVICE = "im_open_login_svc"
LONGEST_NAME = "n" * 32
LONGEST_VALUE = "é" * 250


async def _import(rest: RestClient, body: Json, code: int = 0) -> Json:
    return await rest.call(f"{SERVICE}/account_import", body, code)


async def _import_many(rest: RestClient, body: Json, code: int = 0) -> Json:
    return await rest.call(f"{SERVICE}/multiaccount_import", body, code)


async def _status(rest: RestClient, *names: str) -> list[str]:
    body = {"CheckItem": [{"UserID": name} for name in names]}
    rows = (await rest.call(f"{SERVICE}/account_check", body))["ResultItem"]
    assert [row["UserID"] for row in rows] == list(names)
    assert all((row["ResultCode"], row["ResultInfo"]) == (0, "") for row in rows)
    return [row["AccountStatus"] for row in rows]


async def _delete(rest: RestClient, *names: str) -> dict[str, int]:
    body = {"DeleteItem": [{"UserID": name} for name in names]}
    rows = (await rest.call(f"{SERVICE}/account_delete", body))["ResultItem"]
    assert [row["UserID"] for row in rows] == list(names)
    return {row["UserID"]: row["ResultCode"] for row in rows}


async def _profile(viewer: GatewayClient, name: str) -> dict[str, str]:
    answer = await viewer.call("profile.portrait_get_all", {"UserItem": [{"To_Account": name}]})
    return {item["Tag"]: item["Value"] for item in answer["UserProfileItem"][0]["ProfileItem"]}


@pytest.mark.parametrize("field", ["UserID", "Identifier"])
async def test_an_imported_account_exists(rest: RestClient, field: str) -> None:
    assert await _status(rest, "zoe") == ["NotImported"]
    await _import(rest, {field: "zoe", "Type": 0})
    assert await _status(rest, "zoe") == ["Imported"]


async def test_userid_counts_where_both_spellings_are_given(rest: RestClient) -> None:
    await _import(rest, {"UserID": "zoe", "Identifier": "yan"})
    assert await _status(rest, "zoe", "yan") == ["Imported", "NotImported"]


async def test_names_differ_by_case(rest: RestClient) -> None:
    await _import(rest, {"UserID": "Alice"})
    await _delete(rest, "alice")
    assert await _status(rest, "Alice", "alice", "ALICE") == ["Imported", "NotImported", "NotImported"]


async def test_importing_again_is_a_success_and_keeps_the_internal_id(site: Site, rest: RestClient) -> None:
    before = await (await site.open()).login("alice", site.usersig("alice"))
    await _import(rest, {"UserID": "alice"})
    after = await (await site.open()).login("alice", site.usersig("alice"))
    assert after["TinyId"] == before["TinyId"]


async def test_given_profile_values_replace_and_absent_ones_leave(rest: RestClient, bob: GatewayClient) -> None:
    await _import(rest, {"UserID": "zoe", "Nick": "Zoë", "FaceUrl": "https://img.example.org/z.png"})
    full = {"Tag_Profile_IM_Nick": "Zoë", "Tag_Profile_IM_Image": "https://img.example.org/z.png"}
    assert await _profile(bob, "zoe") == full
    await _import(rest, {"UserID": "zoe", "Nick": "Z"})
    assert await _profile(bob, "zoe") == full | {"Tag_Profile_IM_Nick": "Z"}
    await _import(rest, {"UserID": "zoe"})
    assert await _profile(bob, "zoe") == full | {"Tag_Profile_IM_Nick": "Z"}
    await _import(rest, {"UserID": "zoe", "Nick": ""})
    assert await _profile(bob, "zoe") == {"Tag_Profile_IM_Image": "https://img.example.org/z.png"}


@pytest.mark.parametrize("name", ["", "n" * 33, "é", "tab\there", "\x00", "名"])
async def test_a_name_must_be_1_to_32_printable_ascii_bytes(rest: RestClient, name: str) -> None:
    await _import(rest, {"UserID": name}, 70402)


async def test_the_longest_name_is_taken(rest: RestClient) -> None:
    await _import(rest, {"UserID": LONGEST_NAME})
    assert await _status(rest, LONGEST_NAME) == ["Imported"]


@pytest.mark.parametrize("field", ["Nick", "FaceUrl"])
async def test_a_profile_value_has_at_most_500_bytes(rest: RestClient, field: str) -> None:
    await _import(rest, {"UserID": "zoe", field: LONGEST_VALUE + "x"}, 40601)
    assert await _status(rest, "zoe") == ["NotImported"]
    await _import(rest, {"UserID": "zoe", field: LONGEST_VALUE})


@pytest.mark.parametrize(
    ("command", "body"),
    [
        ("account_import", {}),
        ("account_import", {"UserID": 17}),
        ("account_import", {"UserID": None}),
        ("account_import", {"Identifier": ["zoe"]}),
        ("account_import", {"UserID": "zoe", "Nick": 5}),
        ("account_import", {"UserID": "zoe", "FaceUrl": {}}),
        ("account_import", {"UserID": "zoe", "Type": "0"}),
        ("multiaccount_import", {}),
        ("multiaccount_import", {"Accounts": []}),
        ("multiaccount_import", {"AccountList": []}),
        ("multiaccount_import", {"Accounts": ["zoe"], "AccountList": [{"UserID": "yan"}]}),
        ("multiaccount_import", {"Accounts": "zoe"}),
        ("multiaccount_import", {"Accounts": [17]}),
        ("multiaccount_import", {"AccountList": [{"Nick": "Z"}]}),
        ("multiaccount_import", {"AccountList": ["zoe"]}),
        ("multiaccount_import", {"Accounts": [f"u{n}" for n in range(101)]}),
        ("multiaccount_import", {"AccountList": [{"UserID": f"u{n}"} for n in range(101)]}),
        ("account_check", {}),
        ("account_check", {"CheckItem": []}),
        ("account_check", {"CheckItem": "zoe"}),
        ("account_check", {"CheckItem": ["zoe"]}),
        ("account_check", {"CheckItem": [{}]}),
        ("account_check", {"CheckItem": [{"UserID": 5}]}),
        ("account_check", {"CheckItem": [{"UserID": "zoe"}] * 101}),
        ("account_delete", {}),
        ("account_delete", {"DeleteItem": []}),
        ("account_delete", {"DeleteItem": {}}),
        ("account_delete", {"DeleteItem": [{}]}),
        ("account_delete", {"DeleteItem": [{"UserID": None}]}),
        ("account_delete", {"DeleteItem": [{"UserID": "zoe"}] * 101}),
        ("kick", {}),
        ("kick", {"UserID": ""}),
        ("kick", {"UserID": 5}),
        ("kick", {"UserID": ["alice"]}),
    ],
)
async def test_a_missing_or_malformed_field_is_answered_70402(rest: RestClient, command: str, body: Json) -> None:
    await rest.call(f"{SERVICE}/{command}", body, 70402)


async def test_a_hundred_accounts_are_imported_at_once(rest: RestClient) -> None:
    names = [f"user{n}" for n in range(100)]
    await _import_many(rest, {"Accounts": names})
    assert set(await _status(rest, *names)) == {"Imported"}


async def test_the_list_form_updates_and_the_name_form_leaves_alone(rest: RestClient, bob: GatewayClient) -> None:
    await _import_many(rest, {"AccountList": [{"UserID": "alice", "Nick": "A"}, {"UserID": "zoe", "FaceUrl": "f"}]})
    assert await _profile(bob, "alice") == {"Tag_Profile_IM_Nick": "A"}
    await _import_many(rest, {"AccountList": [{"UserID": "alice", "FaceUrl": "a"}]})
    await _import_many(rest, {"Accounts": ["alice"]})
    assert await _profile(bob, "alice") == {"Tag_Profile_IM_Nick": "A", "Tag_Profile_IM_Image": "a"}
    assert await _profile(bob, "zoe") == {"Tag_Profile_IM_Image": "f"}


async def test_names_that_fail_are_listed_and_the_others_are_imported(rest: RestClient) -> None:
    answer = await _import_many(rest, {"Accounts": ["zoe", "", "n" * 33, "yan"]})
    assert answer["ActionStatus"] == "OK"
    assert answer["FailAccounts"] == ["", "n" * 33]
    long = [{"UserID": "xia", "Nick": LONGEST_VALUE + "x"}, {"UserID": "will"}]
    assert (await _import_many(rest, {"AccountList": long}))["FailAccounts"] == ["xia"]
    assert await _status(rest, "zoe", "yan", "xia", "will") == ["Imported", "Imported", "NotImported", "Imported"]


async def test_the_same_name_twice_in_a_batch_makes_one_account(rest: RestClient) -> None:
    assert (await _import_many(rest, {"Accounts": ["zoe", "zoe"]}))["FailAccounts"] == []
    assert await _delete(rest, "zoe") == {"zoe": 0}
    assert await _status(rest, "zoe") == ["NotImported"]


async def test_check_keeps_the_order_and_repeats(rest: RestClient) -> None:
    assert await _status(rest, "ghost", "bob", "ghost", "alice") == [
        "NotImported",
        "Imported",
        "NotImported",
        "Imported",
    ]


async def test_a_deleted_account_is_gone_and_an_unknown_one_is_told(rest: RestClient) -> None:
    assert await _delete(rest, "alice", "ghost") == {"alice": 0, "ghost": 70107}
    assert await _status(rest, "alice") == ["NotImported"]
    send = {"To_Account": "alice", "MsgRandom": 1, "MsgBody": text_body()}
    await rest.call("openim/sendmsg", send, 90012)


async def test_an_account_made_anew_has_nothing_of_the_deleted_one(
    site: Site, rest: RestClient, bob: GatewayClient
) -> None:
    old = await site.login("alice")
    await bob.send_message("alice", "for the old one")
    await _import(rest, {"UserID": "alice", "Nick": "Old"})
    await _delete(rest, "alice")
    new = await site.login("alice")
    assert new.head["tinyid"] != old.head["tinyid"]
    assert await _profile(bob, "alice") == {}
    synced = await new.call("openim.getmsg", {"Cookie": "0"})
    assert (synced["MsgList"], synced["C2CPairUnreadCount"]) == ([], [])
    assert (await new.call("recentcontact.page_get"))["SessionItem"] == []
    assert (await new.call("openim.getroammsg", {"Peer_Account": "bob"}))["MsgList"] == []


async def test_deleting_ends_every_login_of_the_account(site: Site, rest: RestClient) -> None:
    devices = [await site.login("alice"), await site.login("alice", "iphone")]
    await _delete(rest, "alice")
    for device in devices:
        assert [kick["KickType"] for kick in await device.notices("KickoutMsgNotify")] == [3]
        await device.call("im_open_status.wshello", code=70001)


async def test_a_first_valid_login_makes_the_account(site: Site, rest: RestClient) -> None:
    await site.login("newcomer")
    assert await _status(rest, "newcomer") == ["Imported"]


@pytest.mark.parametrize("field", ["UserID", "Identifier"])
async def test_a_kick_ends_every_login_and_tells_why(site: Site, rest: RestClient, field: str) -> None:
    devices = [await site.login("alice"), await site.login("alice", "android", path="binfo")]
    watcher = await site.login("bob")
    await rest.call(f"{SERVICE}/kick", {field: "alice"})
    for device in devices:
        assert [kick["KickType"] for kick in await device.notices("KickoutMsgNotify")] == [3]
    assert await watcher.events() == []


async def test_a_kick_voids_what_was_signed_until_now_and_nothing_later(site: Site, rest: RestClient) -> None:
    earlier, now = site.usersig("alice", at=site.now - 100), site.usersig("alice")
    await rest.call(f"{SERVICE}/kick", {"UserID": "alice"})
    device = await site.open()
    for user_sig in (earlier, now):
        await device.call("im_open_status.wslogin", code=70052, identifier="alice", usersig=user_sig)
    site.clock.step(1)
    await device.login("alice", site.usersig("alice"))


async def test_a_kicked_account_keeps_its_data(site: Site, rest: RestClient) -> None:
    bob = await site.login("bob")
    await bob.send_message("alice", "still here")
    await rest.call(f"{SERVICE}/kick", {"UserID": "alice"})
    site.clock.step(1)
    alice = await site.login("alice")
    found = (await alice.call("openim.getroammsg", {"Peer_Account": "bob"}))["MsgList"]
    assert [message["MsgBody"] for message in found] == [text_body("still here")]


async def test_a_kick_of_an_unknown_account_is_answered_70107(rest: RestClient) -> None:
    await rest.call(f"{SERVICE}/kick", {"UserID": "ghost"}, 70107)


async def test_who_watches_a_kicked_or_deleted_user_is_told_that_he_is_gone(
    site: Site, rest: RestClient, bob: GatewayClient
) -> None:
    await bob.call("im_open_status.ws_status_subscribe", {"To_Account": ["alice", "carol"]})
    await site.login("alice")
    await site.login("carol")
    await bob.events()
    await rest.call(f"{SERVICE}/kick", {"UserID": "alice"})
    await _delete(rest, "carol")
    users: list[dict[str, Any]] = [user for event in await bob.events() for user in event["UserStatusList"]]
    assert [(user["To_Account"], user["Status"]) for user in users] == [("alice", 3), ("carol", 3)]
