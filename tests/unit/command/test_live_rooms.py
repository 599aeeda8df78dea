"""Commands for live rooms: pages, checks, admins, robots, marks and counts as both doors call for them."""

import pytest

from tests.support.live_rooms import join, open_room
from tests.support.stage import Stage
from tests.unit.command.test_group_history import code_of
from tidings.command.registry import Door
from tidings.domain.group.groups import Group

SERVICE, LIVE = "group_open_http_svc", "group_open_avchatroom_http_svc"


@pytest.fixture
async def room(stage: Stage) -> Group:
    """Return a live room of alice with bob in it."""
    return await open_room(stage, stage.them.bob)


@pytest.mark.parametrize("door", Door)
async def test_pages_show_who_is_in(stage: Stage, room: Group, door: Door) -> None:
    page = await stage.run(door, f"{LIVE}/get_members", {"GroupId": room.group_id}, stage.them.bob)
    (row,) = page["MemberList"]
    assert (row["Member_Account"], row["JoinTime"], page["NextTimestamp"]) == ("bob", int(stage.clock.now()), 0)


async def test_clients_who_are_not_in_see_nobody(stage: Stage, room: Group) -> None:
    for command in (f"{LIVE}/get_members", f"{SERVICE}/get_group_member_info"):
        call = stage.run(Door.SOCKET, command, {"GroupId": room.group_id}, stage.them.carol)
        assert await code_of(call) == 10007


async def test_members_see_the_newest_with_their_roles(stage: Stage, room: Group) -> None:
    join(stage, room, stage.them.alice)
    body = {"GroupId": room.group_id, "Limit": 15, "Offset": 0}
    found = await stage.run(Door.SOCKET, f"{SERVICE}/get_group_member_info", body, stage.them.bob)
    rows = [(row["Member_Account"], row["Role"]) for row in found["MemberList"]]
    assert (rows, found["MemberNum"]) == ([("alice", "Owner"), ("bob", "Member")], 2)
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/get_group_member_info", body)) == 10007


async def test_who_is_checked_need_not_exist_but_who_is_appointed_must(stage: Stage, room: Group) -> None:
    names = ["nobody", "bob", "carol", "bob"]
    found = await stage.run(Door.REST, f"{LIVE}/check_members", {"GroupId": room.group_id, "Member_Account": names})
    assert found["Member_Account"] == ["bob"]
    for command, field in (("modify_admin", "Admin_Account"), ("add_robots", "Member_Account")):
        body = {"GroupId": room.group_id, "CommandType": 1, field: ["nobody"]}
        assert await code_of(stage.run(Door.REST, f"{LIVE}/{command}", body)) == 10004
    many = {"GroupId": room.group_id, "Member_Account": [f"{n}" for n in range(501)]}
    assert await code_of(stage.run(Door.REST, f"{LIVE}/check_members", many)) == 10004


async def test_owners_mark_by_their_clients(stage: Stage, room: Group) -> None:
    marks = [{"Member_Account": "bob", "Marks": [1000]}, {"Member_Account": "carol", "Marks": [1000]}]
    body = {"GroupId": room.group_id, "CommandType": 1, "MemberList": marks}
    answer = await stage.run(Door.SOCKET, f"{LIVE}/modify_user_info", body)
    assert (answer["CommandType"], answer["MemberList"]) == (1, marks[:1])
    assert await code_of(stage.run(Door.SOCKET, f"{LIVE}/modify_user_info", body, stage.them.bob)) == 10007


async def test_members_of_other_groups_learn_how_many_are_online(stage: Stage, room: Group) -> None:
    body = {"Type": "Public", "Name": "team", "MemberList": [{"Member_Account": "bob"}]}
    team = (await stage.run(Door.SOCKET, f"{SERVICE}/create_group", body))["GroupId"]
    for group, count in ((room.group_id, 1), (team, 2)):
        answer = await stage.run(Door.SOCKET, f"{SERVICE}/get_online_member_num", {"GroupId": group}, stage.them.bob)
        assert (answer["OnlineMemberNum"], answer["ExpireTime"]) == (count, 10)
    asked = stage.run(Door.SOCKET, f"{SERVICE}/get_online_member_num", {"GroupId": team}, stage.them.carol)
    assert await code_of(asked) == 10007


async def test_app_servers_list_a_users_live_rooms_on_wish(stage: Stage, room: Group) -> None:
    for wish, total in ((0, 0), (1, 1)):
        body = {
            "Member_Account": "alice",
            "WithHugeGroups": wish,
            "ResponseFilter": {"GroupBaseInfoFilter": ["MemberNum"]},
        }
        found = await stage.run(Door.REST, f"{SERVICE}/get_joined_group_list", body)
        assert [row["MemberNum"] for row in found["GroupIdList"]] == [room.member_count] * total
