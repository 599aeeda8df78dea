"""Friend groups as both doors call for them."""

import pytest

from tests.support.stage import Stage
from tests.unit.command.test_friend_changes import add, run
from tests.unit.command.test_group_history import code_of
from tidings.command.registry import Door

YES = "Need_Friend_Type_Yes"


@pytest.mark.parametrize("door", Door)
async def test_groups_are_made_read_and_deleted(stage: Stage, door: Door) -> None:
    await add(stage, "bob")
    made = await run(stage, "group_add", door, GroupName=["Team"], To_Account=["bob", "carol"])
    assert [row["ResultCode"] for row in made["ResultItem"]] == [0, 32216]
    assert made["Fail_Account"] == ["carol"]
    found = await run(stage, "group_get", door, LastSequence=0, NeedFriend=YES)
    assert [(row["GroupName"], row["To_Account"]) for row in found["ResultItem"]] == [
        ("Choir", ["bob"]),
        ("Team", ["bob"]),
    ]
    assert found["CurrentSequence"] == made["CurrentSequence"]
    gone = await run(stage, "group_delete", door, GroupName=["Team"])
    assert gone["CurrentSequence"] > made["CurrentSequence"]
    bare = await run(stage, "group_get", door, LastSequence=0)
    assert bare["ResultItem"] == [{"GroupName": "Choir", "FriendNumber": 1}]


async def test_app_servers_read_chosen_groups(stage: Stage) -> None:
    bare = await run(stage, "group_add", GroupName=["One", "Two"])
    assert "ResultItem" not in bare
    found = await run(stage, "group_get", LastSequence=0, GroupName=["Two", "None"])
    assert [row["GroupName"] for row in found["ResultItem"]] == ["Two"]
    assert await code_of(run(stage, "group_add", GroupName=[])) == 30001


async def test_users_rename_groups_and_move_friends(stage: Stage) -> None:
    await add(stage, "bob", "carol")
    moves = [
        {"To_Account": "bob", "UpdateType": "Update_Type_Delete"},
        {"To_Account": "nobody", "UpdateType": "Update_Type_Add"},
    ]
    done = await run(
        stage, "group_update", Door.SOCKET, GroupOldName="Choir", GroupNewName="Crew", UpdateGroupItem=moves
    )
    assert [(row["To_Account"], row["UpdateType"], row["ResultCode"]) for row in done["ResultItem"]] == [
        ("nobody", "Update_Type_Add", 30003),
        ("bob", "Update_Type_Delete", 0),
    ]
    found = await run(stage, "group_get", Door.SOCKET, NeedFriend=YES)
    assert [(row["GroupName"], row["To_Account"]) for row in found["ResultItem"]] == [("Crew", ["carol"])]
