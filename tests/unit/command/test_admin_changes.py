"""Messages after they were sent, by REST: modified, deleted for one side, receipted (spec/rest/openim.yaml)."""

import pytest

from tests.support.clients import Json, text_body
from tests.support.stage import Stage
from tests.support.stores import message, put
from tidings.command.registry import Door
from tidings.domain.messages import Flag, Message
from tidings.errors import TidingsError

MODIFY, DELETE, RECEIPT = "openim/modify_c2c_msg", "openim/delete_c2c_msg_ramble", "openim/c2c_msg_read_receipt"


@pytest.fixture
async def sent(stage: Stage) -> Message:
    made = message(stage.them.alice, stage.them.bob, flags=Flag.RECEIPT_WANTED)
    await put(stage.store, made)
    return made


def named(to: Message, **fields: object) -> Json:
    return {"From_Account": "alice", "To_Account": "bob", "MsgKey": str(to.key), **fields}


async def stored(stage: Stage, to: Message) -> Message:
    found = await stage.store.messages.find_message(to.conversation, to.key)
    assert found is not None
    return found


async def test_what_is_left_out_of_a_change_stays(stage: Stage, sent: Message) -> None:
    await stage.run(Door.REST, MODIFY, named(sent, CloudCustomData="v2"))
    await stage.run(Door.REST, MODIFY, named(sent, MsgBody=text_body("edited")))
    now = await stored(stage, sent)
    assert (b"edited" in now.body, now.custom_data, now.version) == (True, "v2", 2)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"MsgKey": "1_2"}, 90054),
        ({"MsgKey": "1_2_3", "CloudCustomData": "x"}, 20026),
        ({"From_Account": "nobody"}, 20003),
        ({"MsgBody": [{"MsgType": "TIMTextElem"}]}, 90002),
        ({"CloudCustomData": "x" * 12289}, 80002),
    ],
)
async def test_a_change_that_can_not_be_made_says_why(stage: Stage, sent: Message, fields: Json, code: int) -> None:
    with pytest.raises(TidingsError) as refused:
        await stage.run(Door.REST, MODIFY, {**named(sent), **fields})
    assert refused.value.code == code
    assert (await stored(stage, sent)).version == 0


async def test_a_message_is_deleted_for_the_side_that_asks(stage: Stage, sent: Message) -> None:
    body = {"Operator_Account": "bob", "Peer_Account": "alice", "MsgKeyList": [str(sent.key)]}
    await stage.run(Door.REST, DELETE, body)
    assert (await stored(stage, sent)).flags & (Flag.DELETED_BY_SENDER | Flag.DELETED_BY_RECEIVER) == (
        Flag.DELETED_BY_RECEIVER
    )
    with pytest.raises(TidingsError, match="31 keys"):
        await stage.run(Door.REST, DELETE, {**body, "MsgKeyList": [str(sent.key)] * 31})


async def test_receipts_are_for_messages_of_the_other_side(stage: Stage, sent: Message) -> None:
    body = {"Operator_Account": "bob", "Peer_Account": "alice", "C2CMsgInfo": [named(sent)]}
    with pytest.raises(TidingsError, match="receipts go"):
        await stage.run(Door.REST, RECEIPT, {**body, "Operator_Account": "alice", "Peer_Account": "bob"})
    assert not (await stored(stage, sent)).flags & Flag.PEER_READ
    await stage.run(Door.REST, RECEIPT, body)
    assert (await stored(stage, sent)).flags & Flag.PEER_READ
