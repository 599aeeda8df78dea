"""Who is in a group, coming in and leaving, as both doors call for it."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.unit.command.test_group_history import SERVICE, code_of, make_group, say
from tidings.command.registry import Door
from tidings.domain.accounts import Account


async def members(stage: Stage, group: str, door: Door = Door.REST, **fields: object) -> list[str]:
    answer = await stage.run(door, f"{SERVICE}/get_group_member_info", {"GroupId": group, **fields})
    return [row["Member_Account"] for row in answer["MemberList"]]


async def joined(stage: Stage, by: Account | None = None, **fields: object) -> Json:
    return await stage.run(Door.SOCKET, f"{SERVICE}/get_joined_group_list", fields, by)


async def test_app_servers_let_anybody_in_and_put_anybody_out(stage: Stage) -> None:
    group = await make_group(stage)
    body = {"GroupId": group, "MemberList": [{"Member_Account": name} for name in ("bob", "carol")]}
    added = await stage.run(Door.REST, f"{SERVICE}/add_group_member", body)
    assert [(row["Member_Account"], row["Result"]) for row in added["MemberList"]] == [("bob", 2), ("carol", 1)]
    assert await members(stage, group) == ["alice", "bob", "carol"]
    await stage.run(
        Door.REST, f"{SERVICE}/delete_group_member", {"GroupId": group, "MemberToDel_Account": ["alice", "bob", "x"]}
    )
    assert await members(stage, group) == ["carol"]


async def test_the_silent_tell_nobody(stage: Stage) -> None:
    group = await make_group(stage)
    body = {"GroupId": group, "Silence": 1, "MemberList": [{"Member_Account": "carol"}]}
    await stage.run(Door.REST, f"{SERVICE}/add_group_member", body)
    body = {"GroupId": group, "Silence": 1, "MemberToDel_Account": ["carol"]}
    await stage.run(Door.REST, f"{SERVICE}/delete_group_member", body)
    assert stage.rooms.messages == []


async def test_users_join_open_groups_and_leave_them(stage: Stage) -> None:
    group, bob = await make_group(stage, "ChatRoom", members=()), stage.them.bob
    answer = await stage.run(Door.SOCKET, f"{SERVICE}/apply_join_group", {"GroupId": group}, bob)
    assert answer["JoinedStatus"] == "JoinedSuccess"
    assert await members(stage, group, Door.SOCKET) == ["alice", "bob"]
    await stage.run(Door.SOCKET, f"{SERVICE}/quit_group", {"GroupId": group}, bob)
    assert await code_of(stage.run(Door.SOCKET, f"{SERVICE}/quit_group", {"GroupId": group}, bob)) == 10007


@pytest.mark.parametrize(
    ("command", "fields", "code"),
    [
        ("add_group_member", {"MemberList": [{"Member_Account": "nobody"}]}, 10019),
        ("add_group_member", {"MemberList": [{"Member_Account": "bob"}] * 301}, 10005),
        ("delete_group_member", {"MemberToDel_Account": ["bob"] * 501}, 10005),
        ("get_group_member_info", {"Limit": -1}, 10004),
        ("get_group_member_info", {"GroupId": "none"}, 10015),
    ],
)
async def test_what_is_wrong_is_refused(stage: Stage, command: str, fields: Json, code: int) -> None:
    group = await make_group(stage)
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/{command}", {"GroupId": group, **fields})) == code


@pytest.mark.parametrize(
    ("command", "fields", "code"),
    [
        ("add_group_member", {"MemberList": [{"Member_Account": "bob"}]}, 10007),
        ("delete_group_member", {"MemberToDel_Account": ["bob"]}, 10004),
        ("get_group_member_info", {}, 10007),
    ],
)
async def test_members_of_live_rooms_are_not_kept(stage: Stage, command: str, fields: Json, code: int) -> None:
    group = await make_group(stage, "AVChatRoom", members=())
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/{command}", {"GroupId": group, **fields})) == code


async def test_members_come_by_pages_fields_and_roles(stage: Stage) -> None:
    group = await make_group(stage, members=("bob", "carol"))
    assert await members(stage, group, Limit=2, Offset=1) == ["bob", "carol"]
    assert await members(stage, group, MemberRoleFilter=["Owner"]) == ["alice"]
    body = {"GroupId": group, "MemberInfoFilter": ["Role", "OnlineStatus"], "Limit": 1}
    answer = await stage.run(Door.REST, f"{SERVICE}/get_group_member_info", body)
    assert answer["MemberNum"] == 3
    assert answer["MemberList"] == [{"Member_Account": "alice", "Role": "Owner", "OnlineStatus": "Offline"}]


async def test_a_communitys_members_come_by_a_cursor(stage: Stage) -> None:
    group = await make_group(stage, "Community", members=("bob", "carol"))
    found: list[str] = []
    cursor = ""
    while True:
        body = {"GroupId": group, "Limit": 2, "Next": cursor}
        page = await stage.run(Door.SOCKET, f"{SERVICE}/get_group_member_info", body)
        found += [row["NickName"] for row in page["MemberList"]]
        cursor = page["Next"]
        if not cursor:
            break
    assert found == ["Alice", "Bob", "Carol"]


async def test_own_groups_are_listed_communities_apart_and_unused_ones_for_the_owner(stage: Stage) -> None:
    public, work = await make_group(stage), await make_group(stage, "Private")
    community = await make_group(stage, "Community")
    names = [row["GroupId"] for row in (await joined(stage, stage.them.bob))["GroupIdList"]]
    every = [row["GroupId"] for row in (await joined(stage, stage.them.bob, WithNoActiveGroups=1))["GroupIdList"]]
    own = [row["GroupId"] for row in (await joined(stage))["GroupIdList"]]
    assert (names, every, own) == ([public], [public, work], [public, work])
    apart = await stage.run(Door.SOCKET, "million_group_open_http_svc/get_joined_group_list", {}, stage.them.bob)
    assert [row["GroupId"] for row in apart["GroupIdList"]] == [community]
    await say(stage, work, "hi")
    assert (await joined(stage, stage.them.bob))["TotalCount"] == 2


async def test_app_servers_list_anybodys_groups_by_kind_page_and_field(stage: Stage) -> None:
    public = await make_group(stage)
    await make_group(stage, "Community")
    name = f"{SERVICE}/get_joined_group_list"
    body: Json = {"Member_Account": "bob", "GroupType": "Public"}
    assert (await stage.run(Door.REST, name, body))["GroupIdList"] == [{"GroupId": public}]
    wanted = {"GroupBaseInfoFilter": ["Name", "Owner_Account"], "SelfInfoFilter": ["Role"]}
    answer = await stage.run(Door.REST, name, {"Member_Account": "bob", "Limit": 1, "ResponseFilter": wanted})
    assert (answer["TotalCount"], answer["GroupIdList"]) == (
        2,
        [{"GroupId": public, "Name": "team", "Owner_Account": "alice", "SelfInfo": {"Role": "Member"}}],
    )
    with_topics = {"Member_Account": "bob", "GroupType": "Community", "SupportTopic": 1}
    assert (await stage.run(Door.REST, name, with_topics))["TotalCount"] == 0
    assert (await stage.run(Door.REST, name, {**with_topics, "SupportTopic": 0}))["TotalCount"] == 1
    assert await code_of(stage.run(Door.REST, name, {"Member_Account": "bob", "SupportTopic": 1})) == 10004
    assert await code_of(stage.run(Door.REST, name, {"Member_Account": "bob", "GroupType": "x"})) == 10004
