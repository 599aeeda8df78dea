"""Reading friends as both doors call for it."""

import pytest

from tests.support.stage import Stage
from tests.unit.command.test_friend_changes import WEB, add, run
from tests.unit.command.test_group_history import code_of
from tidings.command import friend_lists as module
from tidings.command.registry import Door


@pytest.mark.parametrize("door", Door)
async def test_a_check_says_who_has_whom(stage: Stage, door: Door) -> None:
    await add(stage, "bob", AddType="Add_Type_Single")
    await stage.run(
        Door.REST,
        "sns/friend_add",
        {
            "From_Account": "carol",
            "AddType": "Add_Type_Single",
            "AddFriendItem": [{"To_Account": "alice", "AddSource": WEB}],
        },
    )
    names = ["bob", "carol", "alice", "nobody"]
    both = await run(stage, "friend_check", door, To_Account=names, CheckType="CheckResult_Type_Both")
    assert [row["Relation"].removeprefix("CheckResult_Type_") for row in both["InfoItem"]] == [
        "AWithB",
        "BWithA",
        "NoRelation",
        "NoRelation",
    ]
    assert both["Fail_Account"] == ["nobody"]
    await add(stage, "carol", AddType="Add_Type_Single")
    single = await run(stage, "friend_check", door, To_Account=["carol"], CheckType="CheckResult_Type_Single")
    assert single["InfoItem"][0]["Relation"] == "CheckResult_Type_AWithB"
    again = await run(stage, "friend_check", door, To_Account=["carol"], CheckType="CheckResult_Type_Both")
    assert again["InfoItem"][0]["Relation"] == "CheckResult_Type_BothWay"


@pytest.mark.parametrize("door", Door)
async def test_a_list_is_paged_and_spared_who_knows_it(
    stage: Stage, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 1)
    await add(stage, "bob", "carol")
    first = await run(stage, "friend_get", door, StartIndex=0)
    seen = {"StandardSequence": first["StandardSequence"], "CustomSequence": first["CustomSequence"]}
    second = await run(stage, "friend_get", door, StartIndex=first["NextStartIndex"], **seen)
    assert [page["UserDataItem"][0]["To_Account"] for page in (first, second)] == ["bob", "carol"]
    assert [(page["CompleteFlag"], page["FriendNum"]) for page in (first, second)] == [(0, 2), (1, 2)]
    assert second["NextStartIndex"] == 0
    known = await run(stage, "friend_get", door, StartIndex=0, **seen)
    assert (known["UserDataItem"], known["CompleteFlag"]) == ([], 1)
    await run(stage, "friend_delete", To_Account=["bob"])
    assert len((await run(stage, "friend_get", door, StartIndex=0, **seen))["UserDataItem"]) == 1


async def test_chosen_friends_come_with_fields_of_entry_and_profile(stage: Stage) -> None:
    await add(stage, "bob")
    tags = ["Tag_Profile_IM_Nick", "Tag_SNS_IM_Remark"]
    answer = await run(stage, "friend_get_list", To_Account=["bob", "carol"], TagList=tags)
    bob, carol = answer["InfoItem"]
    assert [(item["Tag"], item["Value"]) for item in bob["SnsProfileItem"]] == [
        ("Tag_Profile_IM_Nick", "Bob"),
        ("Tag_SNS_IM_Remark", "r"),
    ]
    assert (carol["ResultCode"], "SnsProfileItem" in carol, answer["Fail_Account"]) == (30001, False, ["carol"])
    assert await code_of(run(stage, "friend_get_list", To_Account=["bob"], TagList=["Nick"])) == 30001
    own = await run(stage, "friend_get_specified", Door.SOCKET, To_Account=["bob"])
    assert {item["Tag"] for item in own["InfoItem"][0]["SnsProfileItem"]} >= {"Tag_SNS_IM_Remark", "Tag_SNS_IM_AddTime"}


async def test_the_older_form_pages_by_number(stage: Stage) -> None:
    await add(stage, "bob", "carol")
    tags = ["Tag_Profile_IM_Nick"]
    first = await run(stage, "friend_get_all", StartIndex=0, GetCount=1, TagList=tags)
    second = await run(stage, "friend_get_all", StartIndex=first["StartIndex"], GetCount=1, TagList=tags)
    rows = [page["InfoItem"][0] for page in (first, second)]
    assert [(row["Info_Account"], row["SnsProfileItem"][0]["Value"]) for row in rows] == [
        ("bob", "Bob"),
        ("carol", "Carol"),
    ]
    assert (first["NeedUpdateAll"], second["StartIndex"], first["FriendNum"]) == ("GetAll_Type_YES", 2, 2)
    same = {"TimeStamp": first["TimeStampNow"], "LastStandardSequence": first["CurrentStandardSequence"]}
    known = await run(stage, "friend_get_all", StartIndex=0, **same)
    assert (known["NeedUpdateAll"], known["InfoItem"]) == ("GetAll_Type_NO", [])
