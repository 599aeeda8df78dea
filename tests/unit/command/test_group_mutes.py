"""Mutes as app servers call for them."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.support.stores import NOW
from tests.unit.command.test_group_history import SERVICE, code_of, make_group
from tidings.command.registry import Door
from tidings.domain.group.groups import FOR_EVER


async def muted(stage: Stage, group: str, **fields: object) -> list[Json]:
    answer = await stage.run(Door.REST, f"{SERVICE}/get_group_muted_account", {"GroupId": group, **fields})
    assert answer["GroupId"] == group
    return list(answer["MutedAccountList"])


@pytest.mark.parametrize("name", ["MuteTime", "ShutUpTime"])
async def test_accounts_are_muted_by_either_name_and_listed_by_either(stage: Stage, name: str) -> None:
    group = await make_group(stage)
    body = {"GroupId": group, "Members_Account": ["bob", "nobody"], name: 60}
    await stage.run(Door.REST, f"{SERVICE}/forbid_send_msg", body)
    assert await muted(stage, group) == [{"Member_Account": "bob", "MutedUntil": NOW + 60}]
    found = await stage.run(Door.REST, f"{SERVICE}/get_group_shutted_uin", {"GroupId": group})
    assert found["ShuttedUinList"] == [{"Member_Account": "bob", "ShuttedUntil": NOW + 60}]
    await stage.run(Door.REST, f"{SERVICE}/forbid_send_msg", {**body, name: 0})
    assert await muted(stage, group) == []


async def test_the_newer_name_counts_and_for_ever_has_no_end(stage: Stage) -> None:
    group = await make_group(stage)
    body = {"GroupId": group, "Members_Account": ["bob"], "MuteTime": FOR_EVER, "ShutUpTime": 1}
    await stage.run(Door.REST, f"{SERVICE}/forbid_send_msg", body)
    assert await muted(stage, group) == [{"Member_Account": "bob", "MutedUntil": FOR_EVER}]


async def test_topics_are_named_with_their_community(stage: Stage) -> None:
    body: Json = {"Type": "Community", "Name": "hikers", "SupportTopic": 1, "MemberList": [{"Member_Account": "bob"}]}
    community = (await stage.run(Door.SOCKET, f"{SERVICE}/create_group", body))["GroupId"]
    made = {"GroupId": community, "TopicName": "gear"}
    topic = (await stage.run(Door.REST, "million_group_open_http_svc/create_topic", made))["TopicId"]
    body = {"GroupId": community, "TopicId": topic, "Members_Account": ["bob"], "MuteTime": 60}
    await stage.run(Door.REST, f"{SERVICE}/forbid_send_msg", body)
    assert [row["Member_Account"] for row in await muted(stage, community, TopicId=topic)] == ["bob"]
    assert await muted(stage, community) == []
    other = await make_group(stage)
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/forbid_send_msg", {**body, "GroupId": other})) == 110013


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"MuteTime": -1}, 10004),
        ({"MuteTime": 1 << 32}, 10004),
        ({"MuteTime": None}, 10004),
        ({"Members_Account": []}, 10004),
        ({"Members_Account": ["bob"] * 501}, 10005),
        ({"GroupId": "none"}, 10015),
    ],
)
async def test_what_is_wrong_is_refused(stage: Stage, fields: Json, code: int) -> None:
    group = await make_group(stage)
    body = {"GroupId": group, "Members_Account": ["bob"], "MuteTime": 60, **fields}
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/forbid_send_msg", body)) == code
    assert await muted(stage, group) == []
