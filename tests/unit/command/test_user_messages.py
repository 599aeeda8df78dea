"""What users do with messages by the gateway: only in their own name, only where they take part."""

import pytest

from tests.support.clients import Json, text_body
from tests.support.stage import Stage
from tests.support.stores import NOW, message, put
from tidings.command.registry import Door
from tidings.domain.messages import Message
from tidings.errors import TidingsError

BODY = text_body("hi")


@pytest.fixture
async def sent(stage: Stage) -> Message:
    made = message(stage.them.alice, stage.them.bob)
    await put(stage.store, made)
    return made


async def code_of(stage: Stage, name: str, body: Json, *, as_carol: bool = False) -> int:
    caller = stage.them.carol if as_carol else None
    with pytest.raises(TidingsError) as refused:
        await stage.run(Door.SOCKET, f"openim/{name}", body, caller=caller)
    return refused.value.code


def named(to: Message, time: str = "MsgTime") -> Json:
    parties = {"From_Account": to.sender_id, "To_Account": to.receiver_id}
    return {**parties, "MsgSeq": to.seq, "MsgRandom": to.random, time: to.time}


async def test_a_user_sends_in_no_name_but_his_own(stage: Stage) -> None:
    body = {"To_Account": "bob", "MsgSeq": 1, "MsgRandom": 2, "MsgBody": BODY}
    answer = await stage.run(Door.SOCKET, "openim/sendmsg", {**body, "From_Account": "alice"})
    assert (answer["MsgTime"], answer["MsgKey"]) == (NOW, f"1_2_{NOW}")
    assert await code_of(stage, "sendmsg", {**body, "From_Account": "bob"}) == 90008
    assert await code_of(stage, "sendmsg", {**body, "To_Account": "nobody"}) == 20003
    assert len(stage.delivery.messages) == 1


async def test_who_takes_no_part_changes_and_recalls_nothing(stage: Stage, sent: Message) -> None:
    change = {**named(sent), "CloudCustomData": "x"}
    assert await code_of(stage, "modify_c2c_msg", change, as_carol=True) == 90008
    info = {"MsgInfo": named(sent, "MsgTimeStamp")}
    assert await code_of(stage, "msgwithdraw", info, as_carol=True) == 90008
    found = await stage.store.messages.find_message(sent.conversation, sent.key)
    assert found is not None
    assert (found.version, found.flags) == (0, 0)


async def test_a_change_is_made_from_the_version_that_was_seen(stage: Stage, sent: Message) -> None:
    change = {**named(sent), "MsgBody": text_body("two"), "MsgVersion": 0}
    answer = await stage.run(Door.SOCKET, "openim/modify_c2c_msg", change)
    assert (answer["MsgVersion"], answer["MsgBody"]) == (1, text_body("two"))
    assert await code_of(stage, "modify_c2c_msg", change) == 20027


async def test_the_window_of_a_recall_is_the_apps_setting(stage: Stage, sent: Message) -> None:
    stage.change(recall_seconds=5)
    stage.clock.step(6)
    assert await code_of(stage, "msgwithdraw", {"MsgInfo": named(sent, "MsgTimeStamp")}) == 20016


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("delete_c2c_msg_ramble", {"To_Account": "bob", "MsgKeyList": ["1_2_3"] * 31}),
        (
            "c2c_msg_read_receipt",
            {"Peer_Account": "bob", "C2CMsgInfo": [{"MsgSeq": 1, "MsgRandom": 2, "MsgTime": 3}] * 31},
        ),
    ],
)
async def test_a_call_names_at_most_30_messages(stage: Stage, name: str, fields: Json) -> None:
    assert await code_of(stage, name, fields) == 90001


@pytest.mark.parametrize(("direction", "times"), [(0, [NOW, NOW + 1]), (1, [NOW + 2, NOW + 3])])
async def test_history_goes_either_way_from_a_message(stage: Stage, direction: int, times: list[int]) -> None:
    them = stage.them
    rows = [message(them.bob, them.alice, NOW + n) for n in range(4)]
    await put(stage.store, *rows)
    start = rows[2] if direction == 0 else rows[1]
    body = {"Peer_Account": "bob", "MaxCnt": 9, "LastMsgTime": start.time, "MsgKey": str(start.key)}
    page = await stage.run(Door.SOCKET, "openim/getroammsg", {**body, "GetDirection": direction})
    assert ([row["MsgTimeStamp"] for row in page["MsgList"]], page["Complete"]) == (times, 1)
