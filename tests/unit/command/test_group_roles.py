"""What members are, as both doors read and change it."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.support.stores import NOW
from tests.unit.command.test_group_history import SERVICE, code_of, make_group
from tidings.command.registry import Door
from tidings.domain.word_filter import Word

NAMED = f"{SERVICE}/get_specified_group_member_info"
CHANGE = f"{SERVICE}/modify_group_member_info"


async def named(stage: Stage, group: str, *names: str, door: Door = Door.REST, **fields: object) -> list[Json]:
    body = {"GroupId": group, "Member_List_Account": list(names), **fields}
    return list((await stage.run(door, NAMED, body))["MemberList"])


async def test_named_members_come_once_in_the_order_asked_for(stage: Stage) -> None:
    group = await make_group(stage)
    rows = await named(stage, group, "bob", "nobody", "carol", "alice", "bob")
    assert [(row["Member_Account"], row["Role"]) for row in rows] == [("bob", "Member"), ("alice", "Owner")]
    assert set(rows[0]) >= {"JoinTime", "MsgSeq", "MsgFlag", "LastSendMsgTime", "MuteUntil", "ShutUpUntil", "NameCard"}
    rows = await named(stage, group, "bob", "alice", MemberRoleFilter=["Owner"], MemberInfoFilter=["NameCard"])
    assert rows == [{"Member_Account": "alice", "NameCard": ""}]
    (fellow,) = await named(stage, group, "bob", door=Door.SOCKET, MemberInfoFilter=["NickName"])
    assert fellow == {"Member_Account": "bob", "NickName": stage.them.bob.nick}


async def test_custom_fields_are_shown_as_asked_for(stage: Stage) -> None:
    stage.change(member_fields="desk:members:own,floor:members:own,pay:app:app")
    group = await make_group(stage)
    fields = [{"Key": "desk", "Value": "7"}, {"Key": "floor", "Value": "2"}]
    body = {"GroupId": group, "Member_Account": "bob", "AppMemberDefinedData": fields}
    await stage.run(Door.SOCKET, CHANGE, body, stage.them.bob)
    (row,) = await named(stage, group, "bob", MemberInfoFilter=[], AppDefinedDataFilter_GroupMember=["desk"])
    assert row == {"Member_Account": "bob", "AppMemberDefinedData": fields[:1]}
    await stage.run(Door.REST, CHANGE, {**body, "AppMemberDefinedData": [{"Key": "pay", "Value": "9"}]})
    (row,) = await named(stage, group, "bob", door=Door.SOCKET)
    assert row["AppMemberDefinedData"] == fields


async def test_roles_come_in_the_order_asked_for(stage: Stage) -> None:
    group = await make_group(stage)
    body = {"GroupId": group, "User_Account": ["nobody", "bob", "alice", "carol"]}
    answer = await stage.run(Door.REST, f"{SERVICE}/get_role_in_group", body)
    roles = [(row["Member_Account"], row["Role"]) for row in answer["UserIdList"]]
    assert roles == [("nobody", "NotMember"), ("bob", "Member"), ("alice", "Owner"), ("carol", "NotMember")]


async def test_members_of_live_rooms_are_shown_to_those_inside_only(stage: Stage) -> None:
    group = await make_group(stage, "AVChatRoom", ())
    await stage.run(Door.SOCKET, f"{SERVICE}/apply_join_group", {"GroupId": group}, stage.them.bob)
    body = {"GroupId": group, "Member_List_Account": ["bob", "carol"], "User_Account": ["bob"]}
    assert await code_of(stage.run(Door.REST, NAMED, body)) == 10007
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/get_role_in_group", body)) == 10007
    assert [row["Member_Account"] for row in await named(stage, group, "bob", "carol", door=Door.SOCKET)] == ["bob"]
    assert await code_of(stage.run(Door.SOCKET, NAMED, body, stage.them.carol)) == 10007


@pytest.mark.parametrize("name", ["MuteTime", "ShutUpTime"])
async def test_app_servers_change_everything_at_once(stage: Stage, name: str) -> None:
    group = await make_group(stage)
    body = {"GroupId": group, "Member_Account": "bob", "Role": "Admin", "MsgFlag": "Discard", "NameCard": "B", name: 9}
    await stage.run(Door.REST, CHANGE, body)
    (row,) = await named(stage, group, "bob")
    shown = [row[key] for key in ("Role", "MsgFlag", "NameCard", "MuteUntil", "ShutUpUntil")]
    assert shown == ["Admin", "Discard", "B", NOW + 9, NOW + 9]


async def test_cards_are_screened(stage: Stage) -> None:
    group = await make_group(stage)
    stage.change(word_filter="refuse")
    await stage.rules.words.add(stage.app, [Word("darn")], replaces=False)
    body = {"GroupId": group, "Member_Account": "bob", "NameCard": "darn it"}
    assert await code_of(stage.run(Door.SOCKET, CHANGE, body, stage.them.bob)) == 80001
    stage.change(word_filter="mask")
    await stage.run(Door.SOCKET, CHANGE, body, stage.them.bob)
    assert [row["NameCard"] for row in await named(stage, group, "bob")] == ["**** it"]


async def test_an_app_server_hands_over_in_somebodys_name(stage: Stage) -> None:
    group = await make_group(stage)
    body = {"GroupId": group, "NewOwner_Account": "bob", "From_Account": "carol"}
    await stage.run(Door.REST, f"{SERVICE}/change_group_owner", body)
    assert b'"Operator_Account":"carol"' in stage.rooms.messages[-1][1].body
    assert [row["Role"] for row in await named(stage, group, "alice", "bob")] == ["Member", "Owner"]


@pytest.mark.parametrize(
    ("command", "fields", "code"),
    [
        ("modify_group_member_info", {"Member_Account": "bob", "Role": "Owner"}, 10004),
        ("modify_group_member_info", {"Member_Account": "bob", "MsgFlag": "None"}, 10004),
        ("modify_group_member_info", {"Member_Account": "bob", "ShutUpTime": -1}, 10004),
        ("modify_group_member_info", {"Member_Account": "bob", "NameCard": "x" * 51}, 10004),
        ("modify_group_member_info", {"Member_Account": "carol", "NameCard": "x"}, 10007),
        ("modify_group_member_info", {"Member_Account": "nobody", "NameCard": "x"}, 10007),
        ("modify_group_member_info", {}, 10004),
        ("change_group_owner", {"NewOwner_Account": "carol"}, 10007),
        ("change_group_owner", {"NewOwner_Account": "nobody"}, 10007),
        ("change_group_owner", {"NewOwner_Account": "bob", "GroupId": "none"}, 10015),
        ("get_specified_group_member_info", {"Member_List_Account": ["bob"] * 51}, 10005),
        ("get_specified_group_member_info", {"Member_List_Account": ["bob"], "MemberRoleFilter": ["x"]}, 10004),
        ("get_role_in_group", {"User_Account": ["bob"] * 501}, 10005),
    ],
)
async def test_what_is_wrong_is_refused(stage: Stage, command: str, fields: Json, code: int) -> None:
    group = await make_group(stage)
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/{command}", {"GroupId": group, **fields})) == code
    assert [row["Role"] for row in await named(stage, group, "alice", "bob")] == ["Owner", "Member"]
