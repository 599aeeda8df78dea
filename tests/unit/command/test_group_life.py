"""Making groups, reading their profiles and ending them, as both doors call for it."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.unit.command.test_group_history import SERVICE, code_of, make_group
from tidings.command.registry import Door


async def create(stage: Stage, door: Door = Door.REST, **fields: object) -> Json:
    return await stage.run(door, f"{SERVICE}/create_group", {"Type": "Public", "Name": "team", **fields})


async def profile(stage: Stage, group: str, **fields: object) -> Json:
    answer = await stage.run(Door.REST, f"{SERVICE}/get_group_info", {"GroupIdList": [group], **fields})
    found: Json = answer["GroupInfo"][0]
    return found


@pytest.mark.parametrize(
    ("kind", "answered", "huge"),
    [("Work", "Private", 0), ("Meeting", "ChatRoom", 0), ("AVChatRoom", "AVChatRoom", 1), ("Public", "Public", 0)],
)
async def test_new_names_are_taken_and_old_ones_answered(stage: Stage, kind: str, answered: str, huge: int) -> None:
    made = await create(stage, Type=kind)
    assert (made["Type"], made["HugeGroupFlag"]) == (answered, huge)
    assert (await profile(stage, made["GroupId"]))["Type"] == answered


async def test_a_group_begins_as_it_is_asked_for(stage: Stage) -> None:
    members = [{"Member_Account": "bob", "Role": "Admin", "NameCard": "b", "JoinTime": 5}, {"Member_Account": "carol"}]
    made = await create(
        stage,
        Owner_Account="alice",
        GroupId="mine",
        Introduction="i",
        Notification="n",
        FaceUrl="f",
        MaxMemberCount=9,
        ApplyJoinOption="FreeAccess",
        InviteJoinOption="NeedPermission",
        MemberList=members,
    )
    assert made["GroupId"] == "mine"
    group = await profile(stage, "mine")
    assert [group[name] for name in ("Owner_Account", "Introduction", "Notification", "FaceUrl")] == [
        "alice",
        "i",
        "n",
        "f",
    ]
    assert [group[name] for name in ("MaxMemberNum", "MemberNum", "NextMsgSeq", "InfoSeq")] == [9, 3, 1, 1]
    assert (group["ApplyJoinOption"], group["InviteJoinOption"]) == ("FreeAccess", "NeedPermission")
    roles = [(row["Member_Account"], row["Role"], row["NameCard"]) for row in group["MemberList"]]
    assert roles == [("alice", "Owner", ""), ("bob", "Admin", "b"), ("carol", "Member", "")]
    assert group["MemberList"][1]["JoinTime"] == 5


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"Type": "BChatRoom"}, 10004),
        ({"Name": "n" * 101}, 10004),
        ({"Notification": "ä" * 201}, 10004),
        ({"GroupId": "@TGS#mine"}, 10004),
        ({"Type": "Community", "GroupId": "mine"}, 10004),
        ({"Owner_Account": "nobody"}, 10019),
        ({"MemberList": [{"Member_Account": "nobody"}]}, 10019),
        ({"MemberList": [{"Member_Account": "bob"}] * 101}, 10005),
        ({"Type": "AVChatRoom", "MemberList": [{"Member_Account": "bob"}]}, 10007),
    ],
)
async def test_what_cannot_be_made_is_refused(stage: Stage, fields: Json, code: int) -> None:
    assert await code_of(create(stage, **fields)) == code


async def test_users_make_groups_for_themselves_only(stage: Stage) -> None:
    made = await create(stage, Door.SOCKET)
    assert (await profile(stage, made["GroupId"]))["Owner_Account"] == "alice"
    assert await code_of(create(stage, Door.SOCKET, Owner_Account="bob")) == 10007


async def test_each_group_asked_for_has_a_code_of_its_own(stage: Stage) -> None:
    group = await make_group(stage)
    body = {"GroupIdList": ["none", group], "ResponseFilter": {"GroupBaseInfoFilter": ["Name"]}}
    answer = await stage.run(Door.REST, f"{SERVICE}/get_group_info", body)
    unknown, known = answer["GroupInfo"]
    assert (unknown["GroupId"], unknown["ErrorCode"], known["ErrorCode"]) == ("none", 10015, 0)
    assert unknown["ErrorInfo"]
    assert set(known) == {"GroupId", "ErrorCode", "ErrorInfo", "Name", "AppDefinedData"}
    many = stage.run(Door.REST, f"{SERVICE}/get_group_info", {"GroupIdList": ["g"] * 51})
    assert await code_of(many) == 10004


async def test_users_see_what_they_are_in_a_group_and_no_work_groups_of_others(stage: Stage) -> None:
    public, work = await make_group(stage, members=()), await make_group(stage, "Private", members=())
    name, body = f"{SERVICE}/get_group_self_member_info", {"GroupIdList": [public, work]}
    own = (await stage.run(Door.SOCKET, name, body))["GroupInfo"]
    assert [row["SelfInfo"]["Role"] for row in own] == ["Owner", "Owner"]
    others = (await stage.run(Door.SOCKET, name, body, stage.them.bob))["GroupInfo"]
    assert [(row["ErrorCode"], "SelfInfo" in row, "Name" in row) for row in others] == [
        (0, False, True),
        (10007, False, False),
    ]


async def test_owners_end_groups_of_kinds_that_let_them(stage: Stage) -> None:
    public, work = await make_group(stage), await make_group(stage, "Private")
    name = f"{SERVICE}/destroy_group"
    assert await code_of(stage.run(Door.SOCKET, name, {"GroupId": public}, stage.them.bob)) == 10007
    assert await code_of(stage.run(Door.SOCKET, name, {"GroupId": work})) == 10007
    await stage.run(Door.SOCKET, name, {"GroupId": public})
    await stage.run(Door.REST, name, {"GroupId": work})
    assert [(await profile(stage, each))["ErrorCode"] for each in (public, work)] == [10010, 10010]
