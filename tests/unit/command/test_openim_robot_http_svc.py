"""Chatbots as commands (spec/rest/openim_robot_http_svc.yaml)."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tidings.command.registry import Door
from tidings.errors import TidingsError

SERVICE = "openim_robot_http_svc"
NAME = "@RBT#helper"


async def run(stage: Stage, name: str, body: Json) -> Json:
    return await stage.run(Door.REST, f"{SERVICE}/{name}", body)


async def code_of(stage: Stage, name: str, body: Json) -> int:
    with pytest.raises(TidingsError) as refused:
        await run(stage, name, body)
    return refused.value.code


@pytest.mark.parametrize(
    "fields",
    [{"UserID": "helper"}, {"UserID": "@RBT#"}, {"UserID": f"@RBT#{'x' * 28}"}, {"SelfSignature": "x" * 501}],
)
async def test_bad_chatbots_are_refused(stage: Stage, fields: Json) -> None:
    assert await code_of(stage, "create_robot", {"UserID": NAME, **fields}) == 10004
    assert (await run(stage, "get_all_robots", {}))["Robot_Account"] == []


async def test_a_chatbot_is_made_listed_and_disabled(stage: Stage) -> None:
    for _ in range(2):
        await run(stage, "create_robot", {"UserID": NAME, "Nick": "Helper"})
    assert (await run(stage, "get_all_robots", {}))["Robot_Account"] == [NAME]
    answer = {"From_Account": NAME, "To_Account": "alice", "Chunk": "hello"}
    await run(stage, "send_stream_msg", answer)
    await run(stage, "delete_robot", {"Robot_Account": NAME})
    assert await stage.store.streams.open_streams() == []
    assert await code_of(stage, "delete_robot", {"Robot_Account": NAME}) == 10004
    assert await code_of(stage, "delete_robot", {"Robot_Account": "nobody"}) == 10004


async def test_answers_grow_and_only_chatbots_give_them(stage: Stage) -> None:
    await run(stage, "create_robot", {"UserID": NAME})
    piece: Json = {"From_Account": NAME, "To_Account": "alice", "Chunk": "hello"}
    key = (await run(stage, "send_stream_msg", piece))["MsgKey"]
    assert (await run(stage, "send_stream_msg", {**piece, "Chunk": "!", "MsgKey": key, "Finish": 1}))["MsgKey"] == key
    assert await code_of(stage, "send_stream_msg", {**piece, "MsgKey": key}) == 20026
    assert await code_of(stage, "send_stream_msg", {**piece, "MsgKey": "1"}) == 10004
    assert await code_of(stage, "send_stream_msg", {**piece, "From_Account": "bob"}) == 10004
    assert await code_of(stage, "send_stream_msg", {**piece, "To_Account": "nobody"}) == 10004
