"""Operation: mutes, figures, addresses, archives, erasure (spec/rest: openconfigsvr, ConfigSvc, open_msg_svc)."""

import gzip
import json
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest

from tests.support.clients import GatewayClient, RestClient, text_body
from tests.support.server import APP, NOW, Site, running_server
from tests.support.stores import VAULT
from tidings.store.sqlite.store import open_file

FOR_EVER = 4294967295
HOUR_S, DAY_S = 3_600, 86_400


async def _mute(rest: RestClient, code: int = 0, **fields: object) -> None:
    await rest.call("openconfigsvr/setnospeaking", fields, code)


async def _left(rest: RestClient, name: str = "alice") -> tuple[int, int]:
    answer = await rest.call("openconfigsvr/getnospeaking", {"Get_Account": name})
    return answer["C2CmsgNospeakingTime"], answer["GroupmsgNospeakingTime"]


async def _figures(rest: RestClient, *names: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = (await rest.call("openconfigsvr/getappinfo", {"RequestField": list(names)}))["Result"]
    return rows


def _send(to: str = "bob", number: int = 1) -> dict[str, Any]:
    return {"To_Account": to, "MsgSeq": number, "MsgRandom": number, "MsgBody": text_body()}


async def test_a_mute_user_sends_nothing_until_the_time_is_over(
    site: Site, rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await _mute(rest, Set_Account="alice", C2CmsgNospeakingTime=60)
    await alice.call("openim.sendmsg", _send(), 20012)
    assert await bob.messages() == []
    await bob.send_message("alice")
    site.clock.step(59)
    await alice.call("openim.sendmsg", _send(), 20012)
    site.clock.step(1)
    await alice.call("openim.sendmsg", _send())
    assert len(await bob.messages()) == 1


async def test_a_socket_that_sends_by_usersig_is_mute_as_well(site: Site, rest: RestClient) -> None:
    await _mute(rest, Set_Account="alice", C2CmsgNospeakingTime=FOR_EVER)
    page = await site.open()
    await page.call("openim.sendmsg", _send(), 20012, identifier="alice", usersig=site.usersig("alice"))


async def test_an_app_server_speaks_for_a_mute_user(rest: RestClient, bob: GatewayClient) -> None:
    """The documents say that REST does not ask (spec/messages.md, section 12)."""
    await _mute(rest, Set_Account="alice", C2CmsgNospeakingTime=60)
    await rest.call("openim/sendmsg", {"From_Account": "alice", **_send()})
    assert len(await bob.messages()) == 1


async def test_a_repeat_of_what_was_sent_before_the_mute_gets_its_answer(
    rest: RestClient, alice: GatewayClient
) -> None:
    first = await alice.call("openim.sendmsg", _send())
    await _mute(rest, Set_Account="alice", C2CmsgNospeakingTime=60)
    assert (await alice.call("openim.sendmsg", _send()))["MsgKey"] == first["MsgKey"]


async def test_the_seconds_left_are_told(site: Site, rest: RestClient) -> None:
    assert await _left(rest) == (0, 0)
    await _mute(rest, Set_Account="alice", C2CmsgNospeakingTime=FOR_EVER, GroupmsgNospeakingTime=7200)
    site.clock.step(4)
    assert await _left(rest) == (FOR_EVER, 7196)
    await _mute(rest, Set_Account="alice", C2CmsgNospeakingTime=0)
    assert await _left(rest) == (0, 7196)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, 130004),
        ({"Set_Account": ""}, 130004),
        ({"Set_Account": "ghost", "C2CmsgNospeakingTime": 1}, 130005),
        ({"Set_Account": "x" * 33, "C2CmsgNospeakingTime": 1}, 130005),
        ({"Set_Account": "alice"}, 130008),
        ({"Set_Account": "alice", "C2CmsgNospeakingTime": -1}, 130008),
        ({"Set_Account": "alice", "C2CmsgNospeakingTime": FOR_EVER + 1}, 130008),
        ({"Set_Account": "alice", "GroupmsgNospeakingTime": "5"}, 130008),
    ],
)
async def test_what_is_wrong_with_a_mute_is_told(rest: RestClient, fields: dict[str, Any], code: int) -> None:
    await rest.call("openconfigsvr/setnospeaking", fields, code)


@pytest.mark.parametrize("fields", [{}, {"Get_Account": "ghost"}, {"Get_Account": 5}])
async def test_a_mute_of_nobody_cannot_be_asked_for(rest: RestClient, fields: dict[str, Any]) -> None:
    await rest.call("openconfigsvr/getnospeaking", fields, 130003)


async def test_figures_count_what_happened_today(site: Site, rest: RestClient) -> None:
    alice, page = await site.login("alice"), await site.login("bob")
    phone = await site.login("bob", "android")
    await alice.send_message("bob")
    await page.send_message("alice")
    await alice.send_message("carol", OnlineOnlyFlag=1)
    await rest.call("openim/sendmsg", {"From_Account": "carol", **_send("alice")})
    assert len(await phone.messages()) == 2
    (row,) = (await rest.call("openconfigsvr/getappinfo"))["Result"]
    assert row["Date"] == "20251009"  # 2025-10-09 16:53:20 at UTC+8
    assert (row["AppId"], row["AppName"]) == (str(site.app), "test")
    assert (row["ActiveUserNum"], row["LoginUserNum"], row["LoginTimes"], row["MaxOnlineNum"]) == ("2", "2", "3", "2")
    assert (row["RegistUserNumOneDay"], row["RegistUserNumTotal"]) == ("4", "4")
    assert (row["UpMsgNum"], row["C2CUpMsgNum"], row["SendMsgUserNum"], row["C2CSendMsgUserNum"]) == (
        "4",
        "4",
        "3",
        "3",
    )
    # To bob's two devices, to alice and bob's other one, to nobody, to alice.
    assert (row["DownMsgNum"], row["C2CDownMsgNum"]) == ("5", "5")
    assert {row[name] for name in row if name.startswith(("Group", "Chain", "CallBack", "APNS"))} == {"0"}


async def test_messages_that_are_caught_up_on_count_as_delivered(site: Site, rest: RestClient) -> None:
    alice, bob = await site.login("alice"), await site.login("bob")
    cookie = (await bob.call("openim.getmsg"))["Cookie"]
    await bob.close()
    await site.settled()
    await alice.send_message("bob")
    again = await site.login("bob")
    assert len((await again.call("openim.getmsg", {"Cookie": cookie}))["MsgList"]) == 1
    assert await _figures(rest, "DownMsgNum") == [{"DownMsgNum": "1", "Date": "20251009"}]


async def test_days_come_newest_first_with_the_figures_asked_for(site: Site, rest: RestClient) -> None:
    alice = await site.login("alice")
    await _figures(rest)
    site.clock.step(DAY_S)
    await alice.send_message("bob")
    assert await _figures(rest, "UpMsgNum", "ActiveUserNum", "Nonsense") == [
        {"Date": "20251010", "UpMsgNum": "1", "ActiveUserNum": "1"},
        {"Date": "20251009", "UpMsgNum": "0", "ActiveUserNum": "1"},
    ]


async def test_apps_have_their_own_figures(site: Site, rest: RestClient) -> None:
    other = await site.beside()
    await other.login("alice")
    assert (await _figures(rest, "ActiveUserNum"))[0]["ActiveUserNum"] == "0"
    assert (await _figures(other.rest(), "ActiveUserNum"))[0]["ActiveUserNum"] == "1"


async def test_figures_are_kept_when_the_server_stops(site: Site) -> None:
    await site.login("alice")
    statistics = site.server.rules.statistics
    await statistics.keep()
    marks, deeds = await site.server.store.figures.counted_up_to()
    assert set(marks) == {"counted_messages", "counted_accounts"}
    assert [len(each) for each in deeds.values()] == [1]


async def test_the_servers_addresses_are_told(rest: RestClient) -> None:
    assert (await rest.call("ConfigSvc/GetIPList"))["IPList"] == ["127.0.0.1"]


async def _archive(rest: RestClient, hour: str, code: int = 0, chat: str = "C2C") -> dict[str, Any]:
    return await rest.call("open_msg_svc/get_history", {"ChatType": chat, "MsgTime": hour}, code)


async def test_an_hours_messages_can_be_downloaded(site: Site, rest: RestClient, alice: GatewayClient) -> None:
    sent = await alice.send_message("bob", "good evening")
    await _archive(rest, "2025100916", 1004)
    site.clock.step(HOUR_S)
    await site.server.archive()
    (file,) = (await _archive(rest, "2025100916"))["File"]
    assert file["ExpireTime"] == "2025-10-09 18:53:20"
    assert file["URL"].startswith(f"http://{site.address}/files/{site.app}/")
    response = await rest.post(file["URL"], b"", "GET")
    packed = response.content
    text = gzip.decompress(packed)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/gzip")
    assert (len(text), len(packed)) == (file["FileSize"], file["GzipSize"])
    assert md5(text, usedforsecurity=False).hexdigest() == file["FileMD5"]
    assert md5(packed, usedforsecurity=False).hexdigest() == file["GzipMD5"]
    (message,) = json.loads(text)["MsgList"]
    assert (message["From_Account"], message["MsgSeq"], message["MsgBody"]) == (
        "alice",
        sent["MsgSeq"],
        text_body("good evening"),
    )


async def test_an_address_of_an_archive_ends_and_cannot_be_forged(
    site: Site, rest: RestClient, alice: GatewayClient
) -> None:
    await alice.send_message("bob")
    site.clock.step(HOUR_S)
    await site.server.archive()
    url = (await _archive(rest, "2025100916"))["File"][0]["URL"]
    assert (await rest.post(url.replace("sign=", "sign=x"), b"", "GET")).status_code == 403
    site.clock.step(HOUR_S + 1)
    assert (await rest.post(url, b"", "GET")).status_code == 403


@pytest.mark.parametrize(
    ("chat", "hour", "code"),
    [
        ("C2C", "2025100917", 1004),
        ("Group", "2025100917", 1004),
        ("C2C", "2025200917", 1002),
        ("C2C", "20251009", 1002),
        ("C2C", "20251009ab", 1002),
        ("c2c", "2025100916", 1002),
        ("C2C", "2025100215", 1005),
        ("C2C", "2035100916", 1004),
    ],
)
async def test_hours_without_a_file_are_told_apart(rest: RestClient, chat: str, hour: str, code: int) -> None:
    await _archive(rest, hour, code, chat)


async def test_another_app_has_its_own_archives(site: Site, alice: GatewayClient) -> None:
    await alice.send_message("bob")
    site.clock.step(HOUR_S)
    await site.server.archive()
    other = await site.beside()
    await _archive(other.rest(), "2025100916", 1004)


async def test_the_history_with_a_deleted_user_is_read_by_the_pseudonym(
    site: Site, rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await alice.send_message("bob", "remember me")
    await rest.call("im_open_login_svc/account_delete", {"DeleteItem": [{"UserID": "alice"}]})
    await site.server.rules.erasing.work()
    (item,) = (await bob.call("recentcontact.page_get"))["SessionItem"]
    name = item["To_Account"]
    assert name.startswith("~erased-")
    (message,) = (await bob.call("openim.getroammsg", {"Peer_Account": name}))["MsgList"]
    assert (message["From_Account"], message["MsgBody"]) == (name, text_body("remember me"))
    await bob.call("openim.getroammsg", {"Peer_Account": "alice"}, 20003)
    body = {"Operator_Account": "bob", "Peer_Account": name, "MaxCnt": 5, "MinTime": 0, "MaxTime": site.now}
    assert len((await rest.call("openim/admin_getroammsg", body))["MsgList"]) == 1


async def test_an_app_may_want_the_messages_of_deleted_users_gone(
    site: Site, rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await site.change(erase_messages=True)
    await alice.send_message("bob", "forget me")
    await rest.call("im_open_login_svc/account_delete", {"DeleteItem": [{"UserID": "alice"}]})
    await site.server.rules.erasing.work()
    assert (await bob.call("recentcontact.page_get"))["SessionItem"] == []


async def test_a_stop_keeps_what_was_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.support.server.open_memory", lambda vault: open_file(tmp_path, vault, is_synced=False))
    async with running_server() as site:
        await site.login("alice")
        await (await site.login("bob")).send_message("alice")
    store, day = open_file(tmp_path, VAULT, is_synced=False), (NOW + 8 * HOUR_S) // DAY_S
    figures = (await store.figures.figures(APP, day, day))[day]
    assert (figures.logins, figures.active, figures.sent, figures.delivered) == (2, 2, 1, 1)
    await store.close()
