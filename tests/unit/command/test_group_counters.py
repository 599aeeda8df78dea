"""Counters as both doors call for them."""

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.unit.command.test_group_history import SERVICE, code_of, make_group
from tidings.command.registry import Door
from tidings.domain.accounts import Account

LIKE = {"Key": "likes", "Value": 2}


async def update(stage: Stage, door: Door, group: str, by: Account | None = None, **fields: object) -> Json:
    body = {"GroupId": group, "GroupCounter": [LIKE], **fields}
    return await stage.run(door, f"{SERVICE}/update_group_counter", body, by)


async def test_both_doors_count_together(stage: Stage) -> None:
    group, name = await make_group(stage), f"{SERVICE}/get_group_counter"
    await update(stage, Door.REST, group)
    own = await update(stage, Door.SOCKET, group, stage.them.bob, Mode="Increase")
    assert (own["GroupCounter"], own["GroupCounterSeq"]) == ([{"Key": "likes", "Value": 4}], 2)
    await update(stage, Door.SOCKET, group, Mode="Decrease", GroupCounter=[{"Key": "views", "Value": 1}])
    assert (await stage.run(Door.REST, name, {"GroupId": group}))["GroupCounter"] == [
        {"Key": "likes", "Value": 4},
        {"Key": "views", "Value": -1},
    ]
    some = await stage.run(Door.SOCKET, name, {"GroupId": group, "GroupCounterKeys": ["views", "none"]})
    assert some["GroupCounter"] == [{"Key": "views", "Value": -1}]
    await stage.run(Door.REST, f"{SERVICE}/delete_group_counter", {"GroupId": group, "GroupCounterKeys": ["views"]})
    assert len((await stage.run(Door.REST, name, {"GroupId": group}))["GroupCounter"]) == 1


async def test_what_is_wrong_is_refused(stage: Stage) -> None:
    group = await make_group(stage, members=())
    assert await code_of(update(stage, Door.SOCKET, group, stage.them.bob)) == 10007
    assert await code_of(update(stage, Door.REST, group, Mode="Double")) == 10004
    assert await code_of(update(stage, Door.REST, group, GroupCounter=[{"Key": "k", "Value": 1 << 63}])) == 10004
    assert await code_of(update(stage, Door.REST, "none")) == 10015
