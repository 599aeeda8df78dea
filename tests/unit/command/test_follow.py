"""Follow commands: rows stand in the order asked, those of unknown users among them."""

import pytest

from tests.support.stage import Stage
from tests.support.usersigs import raises_fault
from tidings.command.registry import Door
from tidings.errors import BAD_RELATION_REQUEST, RELATION_ACCOUNT_NOT_FOUND, RELATION_ADMIN_REQUIRED

ASKED = ["nobody", "bob", "alice", "nobody", "carol", "bob"]


async def test_rows_stand_in_the_order_asked(stage: Stage) -> None:
    body = {"From_Account": "alice", "FollowItem": [{"To_Account": name} for name in ASKED]}
    rows = (await stage.run(Door.SOCKET, "follow/follow_add", body))["ResultItem"]
    assert [(row["To_Account"], row["ResultCode"]) for row in rows] == list(
        zip(ASKED, [30003, 0, 30001, 30003, 0, 0], strict=True)
    )
    asked = {"From_Account": "alice", "To_Account": ASKED}
    rows = (await stage.run(Door.REST, "follow/follow_check", asked))["ResultItem"]
    assert [(row["ResultCode"], row["FollowType"]) for row in rows] == [
        (30003, 0),
        (0, 2),
        (0, 0),
        (30003, 0),
        (0, 2),
        (0, 2),
    ]


@pytest.mark.parametrize("door", Door)
async def test_both_doors_count_for_anybody(stage: Stage, door: Door) -> None:
    body = {"From_Account": "alice", "To_Account": ["bob", "nobody"]}
    rows = (await stage.run(door, "follow/follow_get_info", body))["FollowInfo"]
    assert [row["ResultCode"] for row in rows] == [0, 30003]


async def test_only_admins_act_for_others(stage: Stage) -> None:
    body = {"From_Account": "bob", "To_Account": ["carol"]}
    await stage.run(Door.REST, "follow/follow_delete", body)
    with raises_fault(RELATION_ADMIN_REQUIRED):
        await stage.run(Door.SOCKET, "follow/follow_delete", body)
    with raises_fault(RELATION_ACCOUNT_NOT_FOUND):
        await stage.run(Door.REST, "follow/follow_delete", {**body, "From_Account": "nobody"})


@pytest.mark.parametrize("cursor", ["-1", "x", "1" * 19, "²"])
async def test_a_strange_cursor_is_refused(stage: Stage, cursor: str) -> None:
    body = {"From_Account": "alice", "FollowType": 1, "StartCursor": cursor, "WantNum": 1}
    with raises_fault(BAD_RELATION_REQUEST):
        await stage.run(Door.SOCKET, "follow/follow_get", body)
