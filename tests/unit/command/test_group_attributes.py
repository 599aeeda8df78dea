"""Attributes as both doors call for them."""

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.unit.command.test_group_history import SERVICE, code_of, make_group
from tidings.command.registry import Door, of_door
from tidings.domain.accounts import Account

READ = "group_open_attr_http_svc/get_group_attr"


async def write(stage: Stage, command: str, group: str, by: Account | None = None, **fields: object) -> Json:
    return await stage.run(Door.SOCKET, f"{SERVICE}/{command}_group_attr", {"GroupId": group, **fields}, by)


async def test_app_servers_write_and_read_them_all(stage: Stage) -> None:
    group = await make_group(stage)
    pairs = [{"key": "a", "value": "1"}, {"key": "b", "value": ""}]
    await stage.run(Door.REST, f"{SERVICE}/set_group_attr", {"GroupId": group, "GroupAttr": pairs})
    await stage.run(Door.REST, f"{SERVICE}/modify_group_attr", {"GroupId": group, "GroupAttr": pairs[:1]})
    assert (await stage.run(Door.REST, READ, {"GroupId": group}))["GroupAttrAry"] == pairs
    await stage.run(Door.REST, f"{SERVICE}/delete_group_attr", {"GroupId": group, "GroupAttr": [{"key": "a"}]})
    await stage.run(Door.REST, f"{SERVICE}/clear_group_attr", {"GroupId": group})
    assert (await stage.run(Door.REST, READ, {"GroupId": group}))["GroupAttrAry"] == []


async def test_members_read_the_sequences_they_need_to_write(stage: Stage) -> None:
    group, bob = await make_group(stage), stage.them.bob
    pair = {"key": "seat", "value": "bob", "seq": 0}
    written = await write(stage, "set", group, bob, GroupAttr=[pair], AttrMainSeq=0, AttrControl=["RaceConflict"])
    assert (written["AttrMainSeq"], written["GroupAttr"]) == (1, [{"key": "seat", "seq": 1}])
    late = write(stage, "modify", group, GroupAttr=[pair], AttrControl=["RaceConflict"])
    assert await code_of(late) == 10056
    seen = await stage.run(Door.SOCKET, READ, {"GroupId": group})
    assert (seen["AttrMainSeq"], seen["GroupAttr"]) == (1, [{"key": "seat", "value": "bob", "seq": 1}])
    await write(stage, "delete", group, GroupAttr=[{"key": "seat", "seq": 1}], AttrControl=["RaceConflict"])
    cleared = await write(stage, "clear", group, AttrMainSeq=2, AttrControl=["RaceConflict"])
    assert (cleared["AttrMainSeq"], cleared["GroupAttr"]) == (3, [])


async def test_others_neither_read_nor_write(stage: Stage) -> None:
    group = await make_group(stage, members=())
    assert await code_of(write(stage, "clear", group, stage.them.bob)) == 10007
    assert await code_of(stage.run(Door.SOCKET, READ, {"GroupId": group}, stage.them.bob)) == 10007


def test_app_servers_call_them_by_either_service() -> None:
    served = of_door(Door.REST, "/")
    for name in ("get", "set", "modify", "delete", "clear"):
        one, other = (served[f"{service}/{name}_group_attr"] for service in (SERVICE, "group_open_attr_http_svc"))
        assert one is other
