"""Presence by the gateway: who may be asked for, and how many (spec/client/im_open_status.yaml)."""

from base64 import b64decode

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tidings.command.registry import COMMANDS, Door
from tidings.errors import TidingsError

SERVICE = "im_open_status"


async def run(stage: Stage, name: str, body: Json) -> Json:
    return await stage.run(Door.SOCKET, f"{SERVICE}/{name}", body)


async def code_of(stage: Stage, name: str, body: Json) -> int:
    with pytest.raises(TidingsError) as refused:
        await run(stage, name, body)
    return refused.value.code


def test_only_the_way_in_and_out_is_open() -> None:
    is_open = {name: command.is_open for (door, name), command in COMMANDS.items() if door is Door.SOCKET}
    assert [is_open[f"{SERVICE}/{name}"] for name in ("wslogin", "wslogout", "wshello")] == [True, True, False]


async def test_a_custom_status_is_shown_in_base64_and_has_at_most_100_bytes(stage: Stage) -> None:
    await run(stage, "ws_set_custom_status", {"CustomStatus": "ä" * 50})
    assert await code_of(stage, "ws_set_custom_status", {"CustomStatus": "ä" * 50 + "x"}) == 70402
    [row] = (await run(stage, "ws_get_user_status", {"To_Account": ["alice"]}))["UserStatusList"]
    assert b64decode(row["CustomStatus"]).decode() == "ä" * 50


async def test_others_are_asked_for_where_the_app_has_it_on(stage: Stage) -> None:
    for is_on in (True, False):
        stage.change(user_status=is_on)
        for name in ("ws_get_user_status", "ws_status_subscribe"):
            if is_on:
                assert (await run(stage, name, {"To_Account": ["bob"]}))["ErrorList"] == []
            else:
                assert await code_of(stage, name, {"To_Account": ["bob"]}) == 72001
    assert (await run(stage, "ws_get_user_status", {"To_Account": ["alice"]}))["UserStatusList"]


async def test_each_who_is_refused_is_named_with_a_code(stage: Stage) -> None:
    stage.change(user_status=True)
    answer = await run(stage, "ws_status_subscribe", {"To_Account": ["alice", "bob", "nobody"]})
    rows = [(row["To_Account"], row["ErrorCode"]) for row in answer["ErrorList"]]
    assert sorted(rows) == [("alice", 70402), ("nobody", 70107)]
    answer = await run(stage, "ws_get_user_status", {"To_Account": ["nobody", "bob", "bob"]})
    assert [row["To_Account"] for row in answer["UserStatusList"]] == ["bob"]
    assert [row["To_Account"] for row in answer["ErrorList"]] == ["nobody"]


async def test_a_call_names_at_most_500(stage: Stage) -> None:
    stage.change(user_status=True)
    for name in ("ws_get_user_status", "ws_status_subscribe", "ws_status_unsubscribe"):
        assert await code_of(stage, name, {"To_Account": ["bob"] * 501}) == 90011


async def test_whatever_was_subscribed_can_be_ended(stage: Stage) -> None:
    stage.change(user_status=True)
    await run(stage, "ws_status_subscribe", {"To_Account": ["bob", "carol"]})
    assert (await run(stage, "ws_status_unsubscribe", {"To_Account": ["bob"]}))["ErrorList"] == []
    assert (await run(stage, "ws_status_unsubscribe", {}))["ErrorList"] == []
