"""Logins that end others: policies, numbers of instances, kicks (spec/auth.md and web-sdk-wire.md, sections 7)."""

from typing import Any

import pytest

from tests.support.clients import LOGIN, GatewayClient
from tests.support.server import Site

SAME_PLATFORM, OTHER_PLATFORM, BY_SERVER = 1, 2, 3
HELLO, LOGIN_COMMAND = "im_open_status.wshello", "im_open_status.wslogin"
PHONES, DESKTOPS = ("android", "iphone", "ipad"), ("windows", "mac", "linux")
DEVICES = (*PHONES, *DESKTOPS, "web")
ALL_BUT_ONE = {
    "single": [set(DEVICES)],
    "dual": [{*PHONES, *DESKTOPS}, {"web"}],
    "triple": [set(PHONES), set(DESKTOPS), {"web"}],
    "multi": [{device} for device in DEVICES],
}


async def _kicks(device: GatewayClient) -> list[Any]:
    return [kick["KickType"] for kick in await device.notices("KickoutMsgNotify")]


async def _in_turn(site: Site, device: str, count: int) -> list[GatewayClient]:
    """Log in on so many devices, a second after each other."""
    devices = []
    for _ in range(count):
        devices.append(await site.login("alice", device))
        site.clock.step(1)
    return devices


async def _is_over(site: Site, device: GatewayClient, kick_type: int) -> None:
    """Expect that device and ticket are worthless, and that the client is told why; the socket stays open."""
    assert await _kicks(device) == [kick_type]
    answer = await device.call(HELLO, code=1002)
    assert answer["KickType"] == kick_type
    answer = await (await site.open()).call(LOGIN_COMMAND, LOGIN, 1002, a2=device.ticket)
    assert answer["KickType"] == kick_type


@pytest.mark.parametrize("policy", ALL_BUT_ONE)
@pytest.mark.parametrize("new", ["android", "mac", "web"])
async def test_the_policy_decides_which_platforms_stay_online(site: Site, policy: str, new: str) -> None:
    exclusive = next(group for group in ALL_BUT_ONE[policy] if new in group)
    for held in DEVICES:
        if held == new:
            continue
        await site.change(login_policy=policy)
        old = await site.login("alice", held)
        await site.login("alice", new)
        assert await _kicks(old) == ([OTHER_PLATFORM] if held in exclusive else []), held
        await site.change()
        for device in (old, site.opened[-1]):
            await device.call("im_open_status.wslogout")


@pytest.mark.parametrize("policy", ["single", "dual", "triple"])
@pytest.mark.parametrize("device", ["android", "windows"])
async def test_two_of_one_platform_exclude_each_other(site: Site, policy: str, device: str) -> None:
    await site.change(login_policy=policy)
    first = await site.login("alice", device)
    second = await site.login("alice", device)
    await _is_over(site, first, SAME_PLATFORM)
    await second.call(HELLO)


async def test_a_displaced_client_is_told_which_platform_took_its_place(site: Site) -> None:
    await site.change(login_policy="single")
    page = await site.login("alice")
    await site.login("alice", "windows")
    (kick,) = await page.notices("KickoutMsgNotify")
    assert kick == {"KickType": OTHER_PLATFORM, "NewInstInfo": {"Platform": "PC"}}


@pytest.mark.parametrize(
    ("device", "setting", "count"), [("web", "web_instances", 2), ("android", "device_instances", 2)]
)
async def test_the_number_of_instances_is_an_app_setting_and_the_first_goes(
    site: Site, device: str, setting: str, count: int
) -> None:
    await site.change(**{setting: count})
    first, *others = await _in_turn(site, device, count + 1)
    await _is_over(site, first, SAME_PLATFORM)
    for other in others:
        assert await _kicks(other) == []
        await other.call(HELLO)


@pytest.mark.parametrize(("device", "count"), [("web", 10), ("iphone", 3), ("linux", 3)])
async def test_by_default_10_pages_and_3_of_each_device_may_be_online(site: Site, device: str, count: int) -> None:
    devices = await _in_turn(site, device, count)
    for each in devices:
        assert await _kicks(each) == []
    await site.login("alice", device)
    assert [await _kicks(each) for each in devices] == [[SAME_PLATFORM]] + [[]] * (count - 1)


async def test_a_kick_by_the_app_says_so_and_voids_ticket_and_usersig(site: Site) -> None:
    devices = [await site.login("alice"), await site.login("alice", "android", path="binfo")]
    old = site.usersig("alice")
    await site.rest().call("im_open_login_svc/kick", {"UserID": "alice"})
    for device in devices:
        await _is_over(site, device, BY_SERVER)
    await (await site.open()).call(LOGIN_COMMAND, LOGIN, 70052, identifier="alice", usersig=old)
    site.clock.step(1)
    await devices[0].login("alice", site.usersig("alice"))
    await devices[0].call(HELLO)


async def test_a_kicked_client_gets_nothing_more_and_can_do_nothing(site: Site, bob: GatewayClient) -> None:
    await site.change(web_instances=1)
    first = await site.login("alice")
    second = await site.login("alice")
    await first.events()
    await bob.send_message("alice")
    assert await first.events() == []
    assert len(await second.messages()) == 1
    for command in ("openim.getmsg", "recentcontact.page_get", "openim.read_all_unread_msg"):
        await first.call(command, code=1002)
    await first.call("heartbeat.alive")


async def test_logging_out_after_a_kick_is_answered_and_ends_nobody_else(site: Site) -> None:
    await site.change(web_instances=1)
    first = await site.login("alice")
    second = await site.login("alice")
    await first.call("im_open_status.wslogout", {"wslogout_type": 1})
    await second.call(HELLO)


async def test_a_client_that_was_away_is_told_when_it_is_back(site: Site) -> None:
    await site.change(login_policy="single")
    phone = await site.login("alice", "android")
    await phone.close()
    await site.login("alice", "windows")
    answer = await (await site.open("android")).call(LOGIN_COMMAND, LOGIN, 1002, a2=phone.ticket)
    assert answer["KickType"] == OTHER_PLATFORM
    again = await site.login("alice", "android")
    await again.call(HELLO)


async def test_a_page_that_logs_in_anew_displaces_itself_only(site: Site) -> None:
    """A client that starts again on its device, with the same key, is not one more."""
    await site.change(web_instances=2)
    other = await site.login("alice")
    url = f"ws://{site.address}/info?sdkappid={site.app}&instanceid=onepage&platform=7"
    for _ in range(3):
        page = await GatewayClient.open(url)
        site.opened.append(page)
        await page.login("alice", site.usersig("alice"))
    assert await _kicks(other) == []
    await page.call(HELLO)


async def test_other_accounts_are_left_alone(site: Site, bob: GatewayClient) -> None:
    await site.change(login_policy="single", web_instances=1)
    await site.login("alice", "windows")
    await site.login("alice")
    assert await _kicks(bob) == []
    await bob.call(HELLO)
