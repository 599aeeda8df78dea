"""Groups and members of other systems, as an app server hands them in."""

import pytest

from tests.support.clients import Json
from tests.support.groups import found
from tests.support.stage import Stage
from tests.unit.command.test_group_history import SERVICE, code_of
from tidings.command.registry import Door
from tidings.domain.group.kinds import Kind


async def bring(stage: Stage, **fields: object) -> Json:
    return await stage.run(Door.REST, f"{SERVICE}/import_group", {"Type": "Public", "Name": "old", **fields})


@pytest.mark.parametrize("kind", ["Public", "Private", "Work", "ChatRoom", "Community"])
async def test_a_group_comes_with_its_time_and_owner_and_nobody_is_told(stage: Stage, kind: str) -> None:
    made = await bring(stage, Type=kind, Owner_Account="bob", CreateTime=1_600_000_000)
    group = stage.rules.groups.directory.get(stage.app.sdk_app_id, made["GroupId"])
    assert (group.created_at, group.owner, group.member_count) == (1_600_000_000, stage.them.bob.number, 1)
    assert (stage.delivery.events, stage.rooms.messages) == ([], [])


async def test_an_id_that_is_taken_is_refused_even_to_its_owner(stage: Stage) -> None:
    await bring(stage, GroupId="old", Owner_Account="bob")
    assert await code_of(bring(stage, GroupId="old", Owner_Account="bob")) == 10021


async def test_live_rooms_are_not_brought_over(stage: Stage) -> None:
    assert await code_of(bring(stage, Type="AVChatRoom")) == 10007
    room = await found(stage, Kind.LIVE)
    body = {"GroupId": room.group_id, "MemberList": [{"Member_Account": "bob"}]}
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/import_group_member", body)) == 10007


async def test_members_come_three_hundred_at_a_time(stage: Stage) -> None:
    group = await found(stage)
    for count, code in ((300, 0), (301, 10005)):
        rows = [{"Member_Account": f"nobody-{number}"} for number in range(count)]
        call = stage.run(Door.REST, f"{SERVICE}/import_group_member", {"GroupId": group.group_id, "MemberList": rows})
        if code:
            assert await code_of(call) == code
        else:
            assert {row["Result"] for row in (await call)["MemberList"]} == {0}
