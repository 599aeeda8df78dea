"""Extensions and reactions as commands: what is asked is checked before anything is looked up."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.support.stores import message, put
from tidings.command.registry import Door
from tidings.domain.messages import Flag, Message
from tidings.errors import TidingsError

SET, GET = "openim_msg_ext_http_svc/set_key_values", "openim_msg_ext_http_svc/get_key_values"
ADD, STAT, WHO = (f"openim_msg_ext_http_svc/reaction_{name}" for name in ("add", "multi_stat", "iterate"))
PAIR: Json = {"Key": "a", "Value": "1"}


@pytest.fixture
async def sent(stage: Stage) -> Message:
    made = message(stage.them.alice, stage.them.bob, flags=Flag.EXTENSIBLE)
    await put(stage.store, made)
    return made


def named(to: Message, **fields: object) -> Json:
    return {"From_Account": "alice", "To_Account": "bob", "MsgKey": str(to.key), **fields}


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [PAIR] * 2,
        [{"Key": str(n), "Value": "1"} for n in range(21)],
        [{"Key": "", "Value": "1"}],
        [{"Key": "k" * 101, "Value": "1"}],
        [{"Key": "a", "Value": "v" * 1001}],
    ],
    ids=["none", "twice", "too many", "no key", "long key", "long value"],
)
async def test_bad_pairs_are_refused_and_change_nothing(stage: Stage, sent: Message, pairs: list[Json]) -> None:
    with pytest.raises(TidingsError) as refused:
        await stage.run(Door.SOCKET, SET, named(sent, OperateType=1, ExtensionList=pairs))
    assert refused.value.code == 10004
    assert (await stage.run(Door.SOCKET, GET, named(sent)))["LatestSeq"] == 0


@pytest.mark.parametrize("name", [SET, GET, ADD, STAT, WHO])
async def test_strangers_to_a_conversation_are_refused(stage: Stage, sent: Message, name: str) -> None:
    body = named(sent, OperateType=3, MsgKeyList=[str(sent.key)], Reaction="tea")
    with pytest.raises(TidingsError, match="takes no part"):
        await stage.run(Door.SOCKET, name, body, caller=stage.them.carol)


async def test_pages_end_with_the_last_pair(stage: Stage, sent: Message) -> None:
    for first in range(0, 220, 20):
        pairs = [{"Key": str(n), "Value": "1"} for n in range(first, first + 20)]
        await stage.run(Door.REST, SET, named(sent, OperateType=1, ExtensionList=pairs))
    page = await stage.run(Door.REST, GET, named(sent))
    rest = await stage.run(Door.REST, GET, named(sent, StartSeq=page["ExtensionList"][-1]["Seq"] + 1))
    assert (page["CompleteFlag"], len(page["ExtensionList"]), page["LatestSeq"]) == (0, 200, 220)
    assert (rest["CompleteFlag"], len(rest["ExtensionList"])) == (1, 20)


@pytest.mark.parametrize(
    "fields",
    [
        {"Reaction": ""},
        {"Reaction": "r" * 129},
        {"Reaction": "tea", "Add_Account": ["bob"]},
        {"Reaction": "a", "MsgKey": "1"},
    ],
)
async def test_bad_reactions_are_refused(stage: Stage, sent: Message, fields: Json) -> None:
    with pytest.raises(TidingsError) as refused:
        await stage.run(Door.SOCKET, ADD, {**named(sent), **fields})
    assert refused.value.code == 10004


async def test_reactions_to_many_messages_are_asked_for_in_parts(stage: Stage, sent: Message) -> None:
    ask = {"From_Account": "alice", "To_Account": "bob", "MsgKeyList": [str(sent.key)] * 21}
    with pytest.raises(TidingsError, match="21 messages"):
        await stage.run(Door.SOCKET, STAT, ask)
