"""Friend requests as users call for them."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.unit.command.test_friend_changes import add, friends
from tests.unit.command.test_group_history import code_of
from tidings.command.registry import Door


@pytest.fixture
async def asked(stage: Stage) -> Stage:
    stage.change(allow_type="confirm")
    assert await add(stage, "bob", door=Door.SOCKET) == [30539]
    return stage


async def own(stage: Stage, name: str, **fields: object) -> Json:
    return await stage.run(Door.SOCKET, f"sns/{name}", {"From_Account": "bob", **fields}, stage.them.bob)


async def requests(stage: Stage, **fields: object) -> list[tuple[str, str, str]]:
    page = await own(stage, "pendency_get", **fields)
    return [(row["To_Account"], row["Nick"], row["PendencyType"]) for row in page["PendencyItem"]]


async def test_a_request_is_read_seen_and_answered(asked: Stage) -> None:
    assert await requests(asked) == [("alice", "Alice", "Pendency_Type_ComeIn")]
    assert await requests(asked, PendencyType="Pendency_Type_SendOut") == []
    assert (await own(asked, "pendency_get"))["UnreadPendencyCount"] == 1
    await own(asked, "pendency_report", LatestPendencyTimeStamp=int(asked.clock.now()))
    assert (await own(asked, "pendency_get"))["UnreadPendencyCount"] == 0
    item = {"To_Account": "alice", "ResponseAction": "Response_Action_AgreeAndAdd", "Remark": "boss", "TagName": "Work"}
    assert [
        row["ResultCode"] for row in (await own(asked, "friend_response", ResponseFriendItem=[item]))["ResultItem"]
    ] == [0]
    found = (await friends(asked, "bob"))["alice"]
    assert (found["IM_Remark"], found["IM_Group"]) == ("boss", ["Work"])
    again = await own(asked, "friend_response", ResponseFriendItem=[item])
    assert (again["ResultItem"][0]["ResultCode"], again["Fail_Account"]) == (30614, ["alice"])


async def test_requests_are_paged_and_deleted(asked: Stage) -> None:
    await asked.run(
        Door.SOCKET,
        "sns/friend_add",
        {"From_Account": "carol", "AddFriendItem": [{"To_Account": "bob", "AddSource": "AddSource_Type_Web"}]},
        asked.them.carol,
    )
    first = await own(asked, "pendency_get", MaxLimited=1)
    assert (first["PendencyItem"][0]["To_Account"], first["StartTime"] > 0) == ("carol", True)
    assert [name for name, _, _ in await requests(asked, StartTime=first["StartTime"])] == ["alice"]
    done = await own(
        asked, "pendency_delete", To_Account=["carol", "carol", "alice"], PendencyType="Pendency_Type_ComeIn"
    )
    assert [row["ResultCode"] for row in done["ResultItem"]] == [0, 0, 0]
    assert await requests(asked) == []
    last = await own(asked, "pendency_delete", To_Account=["carol"])
    assert last["ResultItem"][0]["ResultCode"] == 31804


async def test_what_is_malformed_is_refused(asked: Stage) -> None:
    item = {"To_Account": "alice", "ResponseAction": "Response_Action_Agree"}
    for wrong in ({"Remark": "x" * 97}, {"TagName": "x" * 31}, {"ResponseAction": "Agree"}):
        assert await code_of(own(asked, "friend_response", ResponseFriendItem=[{**item, **wrong}])) == 30001
    assert await code_of(own(asked, "pendency_get", MaxLimited=0)) == 30001
