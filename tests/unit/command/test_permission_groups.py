"""Permission groups as both doors call for them: limits of texts, lists and pages."""

import pytest

from tests.support.clients import Json
from tests.support.groups import found_community
from tests.support.stage import Stage
from tests.unit.command.test_group_history import code_of
from tidings.command.registry import Door

ADMINS, CLIENTS = "group_open_http_svc", "million_group_open_http_svc"


async def run(stage: Stage, command: str, group_id: str, **fields: object) -> Json:
    """Call a command as an app server."""
    return await stage.run(Door.REST, f"{ADMINS}/{command}", {"GroupId": group_id, **fields})


async def create(stage: Stage, group_id: str, **fields: object) -> str:
    """Make a permission group and return its ID."""
    body = {"PermissionGroupName": "wardens", "Permission": 1, **fields}
    return str((await run(stage, "create_permission_group", group_id, **body))["PermissionGroupId"])


@pytest.mark.parametrize(
    "fields",
    [
        {"PermissionGroupName": ""},
        {"PermissionGroupName": "x" * 151},
        {"CustomString": "x" * 3001},
        {"Permission": -1},
        {"Permission": 1 << 63},
    ],
)
async def test_values_have_their_limits(stage: Stage, fields: Json) -> None:
    group_id = (await found_community(stage)).group_id
    body = {"GroupId": group_id, "PermissionGroupName": "wardens", "Permission": (1 << 63) - 1}
    made = await stage.run(Door.REST, f"{ADMINS}/create_permission_group", body)
    assert await code_of(stage.run(Door.REST, f"{ADMINS}/create_permission_group", {**body, **fields})) == 10004
    named = await run(stage, "get_permission_group", group_id, PermissionGroupIdList=[made["PermissionGroupId"]])
    assert named["PermissionGroupInfoList"][0]["Permission"] == (1 << 63) - 1


async def test_lists_have_their_limits(stage: Stage) -> None:
    group_id = (await found_community(stage)).group_id
    name = await create(stage, group_id)
    for command, fields in (
        ("destroy_permission_group", {"PermissionGroupIdList": ["x"] * 21}),
        ("destroy_permission_group", {"PermissionGroupIdList": []}),
        ("get_permission_group", {"PermissionGroupIdList": ["x"] * 21}),
        ("delete_topic_permission_group", {"PermissionGroupId": name, "TopicIdList": ["x"] * 51}),
        ("get_permission_group", {"Next": "abc"}),
    ):
        assert await code_of(run(stage, command, group_id, **fields)) == 10004


async def test_all_are_found_page_by_page(stage: Stage) -> None:
    group_id = (await found_community(stage)).group_id
    for number in range(21):
        await create(stage, group_id, PermissionGroupName=str(number))
    first = await run(stage, "get_permission_group", group_id)
    second = await run(stage, "get_permission_group", group_id, Limit=99, Next=first["Next"])
    names = [row["PermissionGroupName"] for row in first["PermissionGroupInfoList"] + second["PermissionGroupInfoList"]]
    assert (names, second["Next"]) == ([str(number) for number in range(21)], "")


async def test_members_are_shown_as_wanted(stage: Stage) -> None:
    community = await found_community(stage, stage.them.bob)
    name = await create(stage, community.group_id)
    body = {"PermissionGroupId": name, "MemberList": [{"Member_Account": each} for each in ("bob", "carol", "x")]}
    added = await run(stage, "add_permission_group_member", community.group_id, **body)
    assert [row["Result"] for row in added["MemberList"]] == [1, 0, 0]
    fields = {"PermissionGroupId": name, "MemberInfoFilter": ["Role"]}
    listed = await run(stage, "get_permission_group_member_list", community.group_id, **fields)
    assert listed["MemberList"] == [{"Member_Account": "bob", "Role": "Member"}]
    gone = await run(stage, "delete_permission_group_member", community.group_id, **body)
    assert [row["Result"] for row in gone["MemberList"]] == [1, 1, 0]


async def test_clients_must_be_members(stage: Stage) -> None:
    community = await found_community(stage)
    body = {"GroupId": community.group_id}
    for command in ("get_permission_group", "get_joined_permission_group_list"):
        assert await code_of(stage.run(Door.SOCKET, f"{CLIENTS}/{command}", body, stage.them.bob)) == 10007
