"""Extensions and reactions of groups as both doors call for them."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.unit.command.test_group_history import code_of, make_group, say
from tidings.command.registry import Door
from tidings.domain.accounts import Account

SERVICE = "openim_msg_ext_http_svc"


async def run(stage: Stage, door: Door, name: str, group: str, by: Account | None = None, **fields: object) -> Json:
    body = {"GroupId": group, "MsgSeq": 1, **fields}
    return await stage.run(door, f"{SERVICE}/group_{name}", body, by)


@pytest.fixture
async def group(stage: Stage) -> str:
    group = await make_group(stage)
    await say(stage, group, "vote", SupportMessageExtension=1)
    return group


async def test_members_see_what_they_change_and_app_servers_change_it_anyway(stage: Stage, group: str) -> None:
    pair, bob = {"Key": "k", "Value": "A", "Seq": 0}, stage.them.bob
    own = await run(stage, Door.SOCKET, "set_key_values", group, bob, OperateType=1, ExtensionList=[pair])
    assert own["ExtensionList"] == [{"ErrorCode": 0, "Extension": {"Key": "k", "Value": "A", "Seq": 1}}]
    late = await run(stage, Door.SOCKET, "set_key_values", group, OperateType=1, ExtensionList=[pair])
    assert [row["ErrorCode"] for row in late["ExtensionList"]] == [23001]
    await run(stage, Door.REST, "set_key_values", group, OperateType=2, ExtensionList=[pair])
    for door in Door:
        page = await run(stage, door, "get_key_values", group, StartSeq=2)
        assert (page["CompleteFlag"], page["LatestSeq"], len(page["ExtensionList"])) == (1, 2, 1)


async def test_members_react_and_see_who_did(stage: Stage, group: str) -> None:
    bob = stage.them.bob
    await run(stage, Door.SOCKET, "reaction_add", group, bob, Reaction="smile", Add_Account=["bob"])
    body = {"GroupId": group, "TopicId": group, "MsgSeqList": [1, 2]}
    one, none = (await stage.run(Door.SOCKET, f"{SERVICE}/group_reaction_multi_stat", body, bob))["Results"]
    assert one["MsgReactionSummary"] == [
        {"Reaction": "smile", "Count": 1, "Reaction_Account": ["bob"], "ReactedByMe": 1}
    ]
    assert (none["MsgSeq"], none["MsgReactionSummary"]) == (2, [])
    page = await run(stage, Door.SOCKET, "reaction_iterate", group, Reaction="smile")
    assert (page["Reaction_Account"], page["NextSeq"]) == (["bob"], 0)
    await run(stage, Door.SOCKET, "reaction_del", group, bob, Reaction="smile")


@pytest.mark.parametrize(
    ("name", "fields", "code"),
    [
        ("set_key_values", {"OperateType": 1}, 10004),
        ("set_key_values", {"OperateType": 9}, 10004),
        ("reaction_add", {"Reaction": ""}, 10004),
        ("reaction_add", {"Reaction": "x", "Add_Account": ["bob"]}, 10004),
        ("reaction_add", {"Reaction": "x", "MsgSeq": 7}, 23004),
        ("reaction_multi_stat", {"MsgSeqList": [1] * 21}, 10004),
        ("get_key_values", {"GroupId": "none"}, 10015),
    ],
)
async def test_what_is_wrong_is_refused(stage: Stage, group: str, name: str, fields: Json, code: int) -> None:
    assert await code_of(run(stage, Door.SOCKET, name, group, **fields)) == code


async def test_others_neither_read_nor_react(stage: Stage, group: str) -> None:
    assert await code_of(run(stage, Door.SOCKET, "reaction_add", group, stage.them.carol, Reaction="x")) == 10007
    assert await code_of(run(stage, Door.SOCKET, "get_key_values", group, stage.them.carol)) == 10007
