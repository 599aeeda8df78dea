"""Merged messages as commands: kept as they came, forbidden words aside (spec/client/im_long_msg.yaml)."""

import pytest

from tests.support.clients import Json, text_body
from tests.support.stage import Stage
from tests.support.stores import APP
from tidings.command.registry import Door
from tidings.domain.word_filter import Effect, Word
from tidings.errors import TidingsError

SAVE, LOAD = "im_long_msg/save_relay_json_msg", "im_long_msg/get_relay_json_msg"


def merged(text: str) -> list[Json]:
    return [{"From_Account": "bob", "MsgSeq": 1, "MsgRandom": 2, "MsgBody": text_body(text)}]


async def test_what_was_saved_is_read_by_its_key(stage: Stage) -> None:
    saved = await stage.run(Door.SOCKET, SAVE, {"MsgList": merged("hi")})
    assert saved["PbMsgKey"] == saved["JsonMsgKey"]
    found = await stage.run(Door.SOCKET, LOAD, {"JsonMsgKey": saved["JsonMsgKey"]}, caller=stage.them.bob)
    assert found["MsgList"] == merged("hi")


async def test_forbidden_words_in_them_are_masked(stage: Stage) -> None:
    await stage.rules.words.add(stage.app, [Word("darn", effect=Effect.REPLACE, replacement="***")], replaces=False)
    saved = await stage.run(Door.SOCKET, SAVE, {"MsgList": merged("darn it")})
    found = await stage.run(Door.SOCKET, LOAD, {"JsonMsgKey": saved["JsonMsgKey"]})
    assert found["MsgList"] == merged("*** it")


@pytest.mark.parametrize("messages", ["none", 3, {"a": 1}])
async def test_what_is_no_list_is_refused(stage: Stage, messages: object) -> None:
    with pytest.raises(TidingsError) as refused:
        await stage.run(Door.SOCKET, SAVE, {"MsgList": messages})
    assert refused.value.code in {90001, 90002, 90010}
    assert stage.store.merged.load_merged("", APP) is None
