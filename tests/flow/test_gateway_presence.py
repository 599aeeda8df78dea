"""Status by the gateway: asked for, subscribed to, told (spec/client/im_open_status.yaml; spec/auth.md, section 8)."""

from base64 import b64encode
from typing import Any

import pytest

from tests.support.clients import GatewayClient, RestClient
from tests.support.server import Site

ASK, WATCH, LEAVE = (
    f"im_open_status.ws_{name}" for name in ("get_user_status", "status_subscribe", "status_unsubscribe")
)
CUSTOM, LOGOUT = "im_open_status.ws_set_custom_status", "im_open_status.wslogout"
ONLINE, PUSH_ONLINE, OFFLINE = 1, 2, 3
WEEK_S = 7 * 86_400


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


async def _told(device: GatewayClient) -> list[tuple[str, int, str]]:
    """Return the changes of status that were pushed; fails if anything else was."""
    users: list[dict[str, Any]] = [user for event in await device.events() for user in event["UserStatusList"]]
    return [(user["To_Account"], user["Status"], user["CustomStatus"]) for user in users]


async def _ask(device: GatewayClient, *names: str) -> list[tuple[str, int, str]]:
    rows = (await device.call(ASK, {"To_Account": list(names)}))["UserStatusList"]
    return [(row["To_Account"], row["Status"], row["CustomStatus"]) for row in rows]


async def test_status_is_online_then_reachable_then_gone(site: Site, bob: GatewayClient) -> None:
    await bob.call(WATCH, {"To_Account": ["alice"]})
    assert await _ask(bob, "alice", "bob") == [("alice", OFFLINE, ""), ("bob", ONLINE, "")]
    phone = await site.login("alice", "iphone")
    await phone.call(CUSTOM, {"CustomStatus": "in a méeting"})
    status = _base64("in a méeting")
    assert await _told(bob) == [("alice", ONLINE, ""), ("alice", ONLINE, status)]
    await phone.close()
    await site.settled()
    assert await _told(bob) == await _ask(bob, "alice") == [("alice", PUSH_ONLINE, status)]
    again = await site.open("iphone")
    await again.resume(phone)
    assert await _told(bob) == [("alice", ONLINE, status)]
    await again.call(LOGOUT)
    assert await _told(bob) == await _ask(bob, "alice") == [("alice", OFFLINE, "")]


async def test_a_page_that_closes_is_offline_at_once(site: Site, bob: GatewayClient) -> None:
    page = await site.login("alice")
    await bob.call(WATCH, {"To_Account": ["alice"]})
    await page.close()
    await site.settled()
    assert await _told(bob) == [("alice", OFFLINE, "")]


async def test_who_is_silent_for_too_long_is_told_as_gone(site: Site, bob: GatewayClient) -> None:
    await site.login("alice", "android")
    await bob.call(WATCH, {"To_Account": ["alice"]})
    site.sweep_after(59)
    await bob.call("heartbeat.alive")
    site.sweep_after(342)
    watcher = await site.login("bob")
    await site.settled()
    assert await _ask(watcher, "alice") == [("alice", PUSH_ONLINE, "")]


async def test_ones_other_devices_are_told_and_the_one_that_changed_is_not(site: Site, alice: GatewayClient) -> None:
    phone = await site.login("alice", "android")
    assert await _told(alice) == [("alice", ONLINE, "")]
    await phone.call(CUSTOM, {"CustomStatus": "away"})
    assert await _told(alice) == [("alice", ONLINE, _base64("away"))]
    assert await _told(phone) == []


async def test_one_of_several_devices_that_leaves_changes_nothing_for_watchers(site: Site, bob: GatewayClient) -> None:
    await bob.call(WATCH, {"To_Account": ["alice"]})
    page, phone = await site.login("alice"), await site.login("alice", "android")
    await bob.events()
    await page.close()
    await site.settled()
    assert {status for _, status, _ in await _told(bob)} <= {ONLINE}
    await phone.call(LOGOUT)
    assert (await _told(bob))[-1] == ("alice", OFFLINE, "")


async def test_a_custom_status_has_at_most_100_bytes_and_is_cleared_by_an_empty_one(alice: GatewayClient) -> None:
    await alice.call(CUSTOM, {"CustomStatus": "é" * 50})
    assert await _ask(alice, "alice") == [("alice", ONLINE, _base64("é" * 50))]
    await alice.call(CUSTOM, {"CustomStatus": "é" * 50 + "x"}, 70402)
    await alice.call(CUSTOM, {"CustomStatus": ""})
    assert await _ask(alice, "alice") == [("alice", ONLINE, "")]


async def test_unknown_users_stand_apart_and_names_count_once(alice: GatewayClient) -> None:
    answer = await alice.call(ASK, {"To_Account": ["bob", "ghost", "bob", "carol"]})
    assert [row["To_Account"] for row in answer["UserStatusList"]] == ["bob", "carol"]
    assert answer["ErrorList"] == [{"To_Account": "ghost", "ErrorCode": 70107}]
    assert (await alice.call(ASK))["UserStatusList"] == []


async def test_oneself_and_unknown_users_cannot_be_watched(site: Site, alice: GatewayClient) -> None:
    answer = await alice.call(WATCH, {"To_Account": ["ghost", "alice", "bob"]})
    assert answer["ErrorList"] == [
        {"To_Account": "ghost", "ErrorCode": 70107},
        {"To_Account": "alice", "ErrorCode": 70402},
    ]
    await site.login("bob")
    assert await _told(alice) == [("bob", ONLINE, "")]


@pytest.mark.parametrize("names", [["bob"], []])
async def test_who_unsubscribes_is_told_no_more(site: Site, alice: GatewayClient, names: list[str]) -> None:
    await alice.call(WATCH, {"To_Account": ["bob"]})
    assert (await alice.call(LEAVE, {"To_Account": [*names, *(["ghost"] if names else [])]}))["ErrorList"] == (
        [{"To_Account": "ghost", "ErrorCode": 70107}] if names else []
    )
    await site.login("bob")
    assert await _told(alice) == []


async def test_the_oldest_subscription_goes_when_there_are_too_many(site: Site, alice: GatewayClient) -> None:
    await site.change(status_subscriptions=1)
    for name in ("bob", "carol"):
        await alice.call(WATCH, {"To_Account": [name]})
    for name in ("bob", "carol"):
        await site.login(name)
    assert await _told(alice) == [("carol", ONLINE, "")]


async def test_without_the_app_setting_only_ones_own_status_is_answered(site: Site, alice: GatewayClient) -> None:
    await site.change(user_status=False)
    for command in (ASK, WATCH):
        await alice.call(command, {"To_Account": ["bob"]}, 72001)
        await alice.call(command, {"To_Account": ["alice", "bob"]}, 72001)
    assert await _ask(alice, "alice") == [("alice", ONLINE, "")]
    await alice.call(CUSTOM, {"CustomStatus": "still mine"})
    await alice.call(LEAVE)


async def test_both_doors_agree(site: Site, rest: RestClient, bob: GatewayClient) -> None:
    labels = {ONLINE: "Online", PUSH_ONLINE: "PushOnline", OFFLINE: "Offline"}
    phone = await site.login("alice", "android")
    await phone.close()
    await site.settled()
    names = ["alice", "bob", "carol"]
    rows = (await rest.call("openim/query_online_status", {"To_Account": names}))["QueryResult"]
    found = [labels[status] for _, status, _ in await _ask(bob, *names)]
    assert [row["Status"] for row in rows] == found == ["PushOnline", "Online", "Offline"]


async def test_watchers_are_told_when_a_phone_is_reachable_no_more(site: Site, bob: GatewayClient) -> None:
    await bob.call(WATCH, {"To_Account": ["alice"]})
    for stay in (0, WEEK_S - 5):
        site.clock.step(stay)
        phone = await site.login("alice", "iphone")
        await phone.close()
        await site.settled()
    assert [status for _, status, _ in await _told(bob)] == [ONLINE, PUSH_ONLINE] * 2
    site.clock.step(WEEK_S)
    await site.server.rules.presences.sweep()
    assert await _told(bob) == []
    site.clock.step(1)
    await site.server.rules.presences.sweep()
    assert await _told(bob) == await _ask(bob, "alice") == [("alice", OFFLINE, "")]
    await site.server.rules.presences.sweep()
    assert await _told(bob) == []


async def test_watchers_are_told_when_the_usersig_of_a_phone_that_is_away_ends(site: Site, bob: GatewayClient) -> None:
    phone = await site.login("alice", "android", expire=60)
    await bob.call(WATCH, {"To_Account": ["alice"]})
    await phone.close()
    await site.settled()
    site.clock.step(61)
    await site.server.rules.presences.sweep()
    assert [status for _, status, _ in await _told(bob)] == [PUSH_ONLINE, OFFLINE]


async def test_a_phone_that_is_back_is_not_told_as_gone(site: Site, bob: GatewayClient) -> None:
    phone = await site.login("alice", "android")
    await phone.close()
    await site.settled()
    await bob.call(WATCH, {"To_Account": ["alice"]})
    await (await site.open("android")).resume(phone)
    await bob.events()
    site.clock.step(WEEK_S + 1)
    await site.server.rules.presences.sweep()
    assert await _told(bob) == []
