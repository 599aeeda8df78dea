"""openim/query_online_status and querystate (spec/rest/openim_status.yaml; spec/auth.md, section 8)."""

import pytest

from tests.support.clients import Json, RestClient
from tests.support.server import Site

WEEK_S = 7 * 86_400


async def _query(rest: RestClient, *names: str, **fields: int) -> Json:
    return await rest.call("openim/query_online_status", {"To_Account": list(names), **fields})


async def _statuses(rest: RestClient, *names: str) -> list[str]:
    rows = (await _query(rest, *names))["QueryResult"]
    assert all(row["State"] == row["Status"] for row in rows)
    states = (await rest.call("openim/querystate", {"To_Account": list(names)}))["QueryResult"]
    assert [row["State"] for row in states] == [row["Status"] for row in rows], "the older path says the same"
    return [row["Status"] for row in rows]


async def _platforms(rest: RestClient, name: str) -> dict[str, str]:
    (row,) = (await _query(rest, name, IsNeedDetail=1))["QueryResult"]
    return {item["Platform"]: item["Status"] for item in row.get("Detail", [])}


async def _gone(site: Site, name: str, device: str) -> None:
    """Log in, go away without a log-out, and wait until the server has noticed."""
    client = await site.login(name, device)
    await client.close()
    await site.settled()


async def test_a_connection_that_is_logged_in_is_online(site: Site, rest: RestClient) -> None:
    assert await _statuses(rest, "alice", "bob") == ["Offline", "Offline"]
    await site.open()
    await site.login("alice")
    assert await _statuses(rest, "alice", "bob") == ["Online", "Offline"]


@pytest.mark.parametrize("device", ["android", "iphone", "ipad"])
async def test_a_phone_that_went_away_is_reachable_by_push_for_seven_days(
    site: Site, rest: RestClient, device: str
) -> None:
    await _gone(site, "alice", device)
    assert await _statuses(rest, "alice") == ["PushOnline"]
    site.clock.step(WEEK_S)
    assert await _statuses(rest, "alice") == ["PushOnline"]
    site.clock.step(1)
    assert await _statuses(rest, "alice") == ["Offline"]


@pytest.mark.parametrize("device", ["web", "windows", "mac", "linux"])
async def test_other_devices_go_straight_offline(site: Site, rest: RestClient, device: str) -> None:
    await _gone(site, "alice", device)
    assert await _statuses(rest, "alice") == ["Offline"]


async def test_a_phone_that_logged_out_is_offline(site: Site, rest: RestClient) -> None:
    phone = await site.login("alice", "iphone")
    await phone.call("im_open_status.wslogout")
    assert await _statuses(rest, "alice") == ["Offline"]
    await phone.close()
    assert await _statuses(rest, "alice") == ["Offline"]


async def test_a_phone_that_was_kicked_is_not_reachable_by_push(site: Site, rest: RestClient) -> None:
    await site.change(login_policy="single")
    phone = await site.login("alice", "android")
    web = await site.login("alice")
    assert await phone.notices("KickoutMsgNotify") != []
    await web.close()
    await phone.close()
    await site.settled()
    assert await _statuses(rest, "alice") == ["Offline"]


async def test_a_phone_whose_usersig_has_ended_is_offline(site: Site, rest: RestClient) -> None:
    phone = await site.login("alice", "iphone", expire=60)
    await phone.close()
    await site.settled()
    assert await _statuses(rest, "alice") == ["PushOnline"]
    site.clock.step(61)
    assert await _statuses(site.rest(), "alice") == ["Offline"]


async def test_a_phone_that_comes_back_is_online_and_leaves_anew(site: Site, rest: RestClient) -> None:
    phone = await site.login("alice", "iphone")
    await phone.close()
    await site.settled()
    site.clock.step(WEEK_S - 10)
    again = await site.open("iphone")
    await again.resume(phone)
    assert await _statuses(rest, "alice") == ["Online"]
    await again.close()
    await site.settled()
    site.clock.step(WEEK_S)
    assert await _statuses(rest, "alice") == ["PushOnline"]


async def test_the_best_of_the_devices_counts(site: Site, rest: RestClient) -> None:
    await _gone(site, "alice", "iphone")
    web = await site.login("alice", "web")
    assert await _statuses(rest, "alice") == ["Online"]
    assert await _platforms(rest, "alice") == {"iPhone": "PushOnline", "Web": "Online"}
    await web.close()
    await site.settled()
    assert await _platforms(rest, "alice") == {"iPhone": "PushOnline"}


@pytest.mark.parametrize(
    ("device", "name"),
    [
        ("", "Web"),
        ("web", "Web"),
        ("android", "Android"),
        ("iphone", "iPhone"),
        ("ipad", "iPad"),
        ("windows", "PC"),
        ("mac", "Mac"),
        ("linux", "Linux"),
    ],
)
async def test_each_platform_has_its_name(site: Site, rest: RestClient, device: str, name: str) -> None:
    await site.login("alice", device)
    assert await _platforms(rest, "alice") == {name: "Online"}


async def test_detail_is_there_on_wish_and_not_for_who_is_offline(site: Site, rest: RestClient) -> None:
    await site.login("alice")
    (row,) = (await _query(rest, "alice"))["QueryResult"]
    assert "Detail" not in row
    (row,) = (await _query(rest, "alice", IsNeedDetail=0))["QueryResult"]
    assert "Detail" not in row
    (row,) = (await _query(rest, "bob", IsNeedDetail=1))["QueryResult"]
    assert "Detail" not in row


async def test_unknown_accounts_stand_apart(rest: RestClient) -> None:
    answer = await _query(rest, "ghost", "alice", "nobody")
    assert [row["To_Account"] for row in answer["QueryResult"]] == ["alice"]
    assert answer["ErrorList"] == [{"To_Account": name, "ErrorCode": 70107} for name in ("ghost", "nobody")]


async def test_in_the_older_form_an_unknown_account_reads_as_offline(rest: RestClient) -> None:
    rows = (await rest.call("openim/querystate", {"To_Account": ["ghost", "alice"], "IsNeedDetail": 1}))["QueryResult"]
    assert rows == [{"To_Account": "ghost", "State": "Offline"}, {"To_Account": "alice", "State": "Offline"}]


async def test_500_accounts_may_be_asked_for(rest: RestClient) -> None:
    names = [f"user{number}" for number in range(499)]
    answer = await _query(rest, "alice", *names)
    assert (len(answer["QueryResult"]), len(answer["ErrorList"])) == (1, 499)


async def test_a_kicked_account_is_offline(site: Site, rest: RestClient) -> None:
    await site.login("alice", "iphone")
    await rest.call("im_open_login_svc/kick", {"UserID": "alice"})
    assert await _statuses(rest, "alice") == ["Offline"]
