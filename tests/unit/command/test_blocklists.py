"""Blocklists as both doors call for them."""

import pytest

from tests.support.stage import Stage
from tests.unit.command.test_friend_changes import run
from tidings.command.registry import Door


@pytest.mark.parametrize("door", Door)
async def test_users_are_blocked_listed_and_blocked_no_more(stage: Stage, door: Door) -> None:
    done = await run(stage, "black_list_add", door, To_Account=["bob", "nobody", "carol"])
    assert [row["ResultCode"] for row in done["ResultItem"]] == [0, 30003, 0]
    first = await run(stage, "black_list_get", door, StartIndex=0, MaxLimited=1, LastSequence=0)
    rest = await run(stage, "black_list_get", door, StartIndex=first["StartIndex"], MaxLimited=9, LastSequence=0)
    rows = [*first["BlackListItem"], *rest["BlackListItem"]]
    assert [row["To_Account"] for row in rows] == ["bob", "carol"]
    assert (rest["StartIndex"], rows[0]["AddBlackTimeStamp"]) == (0, int(stage.clock.now()))
    assert first["CurruentSequence"] == first["CurrentSequence"] > 0
    gone = await run(stage, "black_list_delete", door, To_Account=["bob", "bob"])
    assert [row["ResultCode"] for row in gone["ResultItem"]] == [0, 0]
    again = await run(stage, "black_list_delete", door, To_Account=["bob"])
    assert (again["ResultItem"][0]["ResultCode"], again["Fail_Account"]) == (30001, ["bob"])


@pytest.mark.parametrize("door", Door)
async def test_a_check_says_who_blocks_whom(stage: Stage, door: Door) -> None:
    await run(stage, "black_list_add", To_Account=["bob"])
    for blocker in ("bob", "carol"):
        await run(stage, "black_list_add", From_Account=blocker, To_Account=["alice"])
    names, both_lists = ["bob", "carol", "alice", "nobody"], "BlackCheckResult_Type_Both"
    both = await run(stage, "black_list_check", door, To_Account=names, CheckType=both_lists)
    assert [row["Relation"].removeprefix("BlackCheckResult_Type_") for row in both["BlackListCheckItem"]] == [
        "BothWay",
        "BWithA",
        "NO",
        "NO",
    ]
    own_list = "BlackCheckResult_Type_Single"
    single = await run(stage, "black_list_check", door, To_Account=names, CheckType=own_list)
    assert single["BlackListCheckItem"][0]["Relation"] == "BlackCheckResult_Type_AWithB"
