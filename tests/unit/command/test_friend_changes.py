"""Adding, importing, changing and deleting friends as both doors call for it."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.unit.command.test_group_history import code_of
from tidings.command.registry import Door
from tidings.domain.accounts import Account

WEB = "AddSource_Type_Web"


async def run(stage: Stage, name: str, door: Door = Door.REST, by: Account | None = None, **fields: object) -> Json:
    return await stage.run(door, f"sns/{name}", {"From_Account": "alice", **fields}, by)


async def add(stage: Stage, *names: str, door: Door = Door.REST, **fields: str | int) -> list[int]:
    items = [{"To_Account": name, "AddSource": WEB, "Remark": "r", "GroupName": "Choir"} for name in names]
    body = {"From_Account": "alice", "AddFriendItem": items, **fields}
    rows = (await stage.run(door, "sns/friend_add", body))["ResultItem"]
    return [row["ResultCode"] for row in rows]


async def friends(stage: Stage, owner: str = "alice") -> dict[str, dict[str, object]]:
    page = await run(stage, "friend_get", From_Account=owner, StartIndex=0)
    return {
        row["To_Account"]: {item["Tag"].removeprefix("Tag_SNS_"): item["Value"] for item in row["ValueItem"]}
        for row in page["UserDataItem"]
    }


async def test_both_doors_add_and_say_of_each_what_became_of_it(stage: Stage) -> None:
    assert await add(stage, "bob", "nobody") == [0, 30003]
    assert await add(stage, "carol", door=Door.SOCKET) == [0]
    found = await friends(stage)
    assert [found[name]["IM_Group"] for name in ("bob", "carol")] == [["Choir"], ["Choir"]]
    assert list(await friends(stage, "bob")) == ["alice"]


async def test_app_servers_add_by_force_and_one_way(stage: Stage) -> None:
    stage.change(allow_type="deny")
    assert await add(stage, "bob") == [30516]
    assert await add(stage, "bob", ForceAddFlags=1, AddType="Add_Type_Single") == [0]
    assert (list(await friends(stage)), list(await friends(stage, "bob"))) == (["bob"], [])


async def test_imports_keep_what_the_older_system_knew(stage: Stage) -> None:
    stage.change(friend_fields="Since:string")
    item = {
        "To_Account": "bob",
        "AddSource": WEB,
        "AddTime": 1_700_000_000,
        "Remark": "alto",
        "RemarkTime": 1_700_000_100,
        "GroupName": ["Choir", "Team"],
        "CustomItem": [{"Tag": "Tag_SNS_Custom_Since", "Value": "2019"}],
    }
    answer = await run(stage, "friend_import", AddFriendItem=[item])
    assert "Fail_Account" not in answer
    found = (await friends(stage))["bob"]
    assert (found["IM_AddTime"], found["IM_RemarkTime"], found["Custom_Since"]) == (
        1_700_000_000,
        1_700_000_100,
        "2019",
    )
    assert found["IM_Group"] == ["Choir", "Team"]


async def test_fields_are_changed_and_friends_deleted_by_both_doors(stage: Stage) -> None:
    await add(stage, "bob", "carol")
    items = [
        {"To_Account": "bob", "SnsItem": [{"Tag": "Tag_SNS_IM_Remark", "Value": "Bobby"}]},
        {"To_Account": "stranger", "SnsItem": []},
    ]
    rows = (await run(stage, "friend_update", Door.SOCKET, UpdateItem=items))["ResultItem"]
    assert [row["ResultCode"] for row in rows] == [0, 30003]
    assert (await friends(stage))["bob"]["IM_Remark"] == "Bobby"
    await run(stage, "friend_delete", Door.SOCKET, To_Account=["bob"], DeleteType="Delete_Type_Both")
    assert await friends(stage, "bob") == {}
    rows = (await run(stage, "friend_delete", To_Account=["bob"]))["ResultItem"]
    assert [row["ResultCode"] for row in rows] == [31704]
    await run(stage, "friend_delete_all")
    assert (await friends(stage), list(await friends(stage, "carol"))) == ({}, ["alice"])


@pytest.mark.parametrize(
    "item",
    [
        {"AddSource": "Web"},
        {"AddSource": "AddSource_Type_TooLongAName"},
        {"Remark": "x" * 97},
        {"AddWording": "x" * 257},
        {"GroupName": "x" * 31},
    ],
)
async def test_what_is_malformed_is_refused_and_nobody_is_added(stage: Stage, item: Json) -> None:
    items = [{"To_Account": "bob", "AddSource": WEB}, {"To_Account": "carol", "AddSource": WEB, **item}]
    assert await code_of(run(stage, "friend_add", AddFriendItem=items)) == 30001
    assert await friends(stage) == {}


async def test_users_change_their_own_lists_only(stage: Stage) -> None:
    for name, fields in (("friend_add", {"AddFriendItem": []}), ("friend_delete", {"To_Account": ["carol"]})):
        assert await code_of(run(stage, name, Door.SOCKET, stage.them.bob, **fields)) == 30004
