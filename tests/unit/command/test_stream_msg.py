"""Pieces of streams as commands: one element, numbers that grow (spec/rest/stream_msg.yaml)."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.unit.command.test_group_history import code_of, make_group
from tidings.command.registry import Door
from tidings.domain.word_filter import Effect, Word
from tidings.errors import TidingsError

SEND = "stream_msg/send_c2c_stream_msg"


def chunk(index: int, text: str = "a", kind: str = "data", *, is_last: bool = False) -> Json:
    return {"EventType": kind, "Index": index, "Markdown": text, "IsLast": is_last}


def piece(*chunks: Json, name: str = "") -> list[Json]:
    content: Json = {"CompatibleText": "old", "Chunks": list(chunks)}
    return [{"MsgType": "TIMStreamElem", "MsgContent": {**content, "StreamMsgID": name} if name else content}]


def body(elements: list[Json], **more: object) -> Json:
    return {"From_Account": "bob", "To_Account": "alice", "MsgRandom": 1, "MsgBody": elements, **more}


@pytest.mark.parametrize(
    ("elements", "code"),
    [
        ([], 90002),
        (piece(chunk(1)) * 2, 90002),
        ([{**piece(chunk(1))[0], "MsgType": "TIMTextElem"}], 90002),
        (piece(), 90010),
        (piece(chunk(2), chunk(1)), 90010),
        (piece(chunk(1), chunk(1)), 90010),
        (piece(chunk(1, kind="end")), 90010),
        (piece(chunk(1, is_last=True), chunk(2)), 90010),
        (piece(chunk(0)), 90002),
    ],
)
async def test_what_is_no_piece_is_refused(stage: Stage, elements: list[Json], code: int) -> None:
    with pytest.raises(TidingsError) as refused:
        await stage.run(Door.REST, SEND, body(elements))
    assert refused.value.code == code
    assert stage.delivery.messages == []


async def test_several_chunks_are_one_piece_and_the_next_comes_after_the_last(stage: Stage) -> None:
    first = await stage.run(Door.REST, SEND, body(piece(chunk(1, "a"), chunk(2, "b"))))
    name = first["StreamMsgID"]
    with pytest.raises(TidingsError, match="Index 2 came after 2"):
        await stage.run(Door.REST, SEND, body(piece(chunk(2, "c"), name=name)))
    done = await stage.run(Door.REST, SEND, body(piece(chunk(3, "c", is_last=True), name=name)))
    assert (done["StreamMsgID"], done["MsgKey"]) == (name, first["MsgKey"])


async def test_a_beginning_that_is_sent_again_with_its_number_is_told_once(stage: Stage) -> None:
    told = [await stage.run(Door.REST, SEND, body(piece(chunk(1)), MsgSeq=5)) for _ in range(2)]
    assert told[0] == told[1]
    assert len(stage.delivery.messages) == 1
    others: tuple[Json, ...] = (
        {"MsgSeq": 6},
        {"MsgSeq": 5, "MsgRandom": 2},
        {"MsgSeq": 5, "To_Account": "carol"},
        {},
        {},
    )
    made = [await stage.run(Door.REST, SEND, body(piece(chunk(1)), **more)) for more in others]
    assert len({each["StreamMsgID"] for each in (*told, *made)}) == 1 + len(others)


async def test_what_old_clients_show_is_screened_like_the_text(stage: Stage) -> None:
    await stage.rules.words.add(stage.app, [Word("old", effect=Effect.REPLACE, replacement="***")], replaces=False)
    await stage.run(Door.REST, SEND, body(piece(chunk(1, "an old one"))))
    [(message, *_)] = stage.delivery.messages
    assert b'"CompatibleText":"***"' in message.body
    assert b'"Markdown":"an *** one"' in message.body


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"To_Account": "nobody"}, 90003),
        ({"From_Account": "nobody"}, 90008),
        ({"CloudCustomData": "x" * 12289}, 93000),
    ],
)
async def test_parties_and_custom_data_are_checked(stage: Stage, more: Json, code: int) -> None:
    with pytest.raises(TidingsError) as refused:
        await stage.run(Door.REST, SEND, body(piece(chunk(1)), **more))
    assert refused.value.code == code


async def test_a_stream_in_a_group_is_begun_by_either_name_of_its_random(stage: Stage) -> None:
    group = await make_group(stage)
    name = "stream_msg/send_group_stream_msg"
    chunk = {"EventType": "data", "Index": 1, "Markdown": "hi", "IsLast": False}
    body = {"GroupId": group, "MsgBody": [{"MsgType": "TIMStreamElem", "MsgContent": {"Chunks": [chunk]}}]}
    one = await stage.run(Door.REST, name, {**body, "MsgRandom": 7})
    assert (await stage.run(Door.REST, name, {**body, "Random": 7}))["StreamMsgID"] == one["StreamMsgID"]
    more = {"StreamMsgID": one["StreamMsgID"], "Chunks": [{**chunk, "Index": 2, "IsLast": True}]}
    last = await stage.run(Door.REST, name, {**body, "MsgBody": [{"MsgType": "TIMStreamElem", "MsgContent": more}]})
    assert (last["MsgSeq"], one["MsgSeq"]) == (1, 1)
    assert await code_of(stage.run(Door.REST, name, body)) == 90001
