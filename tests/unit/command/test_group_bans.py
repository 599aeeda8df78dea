"""Bans as both doors call for them."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.support.stores import NOW
from tests.unit.command.test_group_history import SERVICE, code_of, make_group
from tidings.command.registry import Door


async def bans(stage: Stage, group: str, **fields: object) -> Json:
    return await stage.run(Door.REST, f"{SERVICE}/get_group_ban_member", {"GroupId": group, "Offset": 0, **fields})


async def test_app_servers_and_leaders_ban_and_bans_are_listed_by_pages(stage: Stage) -> None:
    group = await make_group(stage)
    body = {"GroupId": group, "Members_Account": ["bob", "nobody"], "Duration": 60, "Description": "spam"}
    await stage.run(Door.SOCKET, f"{SERVICE}/ban_group_member", body)
    await stage.run(Door.REST, f"{SERVICE}/ban_group_member", {**body, "Members_Account": ["carol"]})
    first = await bans(stage, group, Limit=1)
    assert first["BannedAccountList"] == [{"Member_Account": "bob", "BannedUntil": NOW + 60}]
    last = await bans(stage, group, Limit=1, Offset=first["NextOffset"])
    assert ([each["Member_Account"] for each in last["BannedAccountList"]], last["NextOffset"]) == (["carol"], 0)
    await stage.run(Door.REST, f"{SERVICE}/unban_group_member", {"GroupId": group, "Members_Account": ["bob", "alice"]})
    assert [each["Member_Account"] for each in (await bans(stage, group))["BannedAccountList"]] == ["carol"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"Duration": 0}, 10004),
        ({"Duration": 1 << 32}, 10004),
        ({"Members_Account": []}, 10004),
        ({"Members_Account": ["bob"] * 21}, 10005),
        ({"Description": "x" * 1001}, 10004),
        ({"GroupId": "none"}, 10015),
    ],
)
async def test_what_is_wrong_is_refused(stage: Stage, fields: Json, code: int) -> None:
    group = await make_group(stage)
    body = {"GroupId": group, "Members_Account": ["bob"], "Duration": 60, **fields}
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/ban_group_member", body)) == code
    assert (await bans(stage, group))["BannedAccountList"] == []


async def test_communities_ban_nobody(stage: Stage) -> None:
    group = await make_group(stage, "Community")
    body = {"GroupId": group, "Members_Account": ["bob"], "Duration": 60}
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/ban_group_member", body)) == 10007
    assert await code_of(bans(stage, group)) == 10007
