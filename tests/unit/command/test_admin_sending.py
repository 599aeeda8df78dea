"""Sending by REST: in anybody's name, to many, from another system (spec/rest/openim.yaml)."""

import pytest

from tests.support.clients import Json, text_body
from tests.support.stage import Stage
from tests.support.stores import NOW
from tidings.command.registry import Door
from tidings.domain.messages import Flag
from tidings.errors import TidingsError

SEND, BATCH, IMPORT = "openim/sendmsg", "openim/batchsendmsg", "openim/importmsg"
BODY = text_body("hi")


async def code_of(stage: Stage, name: str, body: Json) -> int:
    with pytest.raises(TidingsError) as refused:
        await stage.run(Door.REST, name, body)
    assert stage.delivery.messages == []
    return refused.value.code


async def test_the_admin_sends_in_its_own_name_or_anothers(stage: Stage) -> None:
    for name in (None, "carol"):
        body = {"To_Account": "bob", "MsgRandom": 1, "MsgBody": BODY}
        await stage.run(Door.REST, SEND, body if name is None else {**body, "From_Account": name})
    assert [message.sender_id for message, _, _ in stage.delivery.messages] == ["alice", "carol"]


@pytest.mark.parametrize(("kind", "tells_sender"), [(1, True), (2, False)])
async def test_the_senders_devices_are_told_unless_it_is_hidden_from_them(
    stage: Stage, kind: int, *, tells_sender: bool
) -> None:
    await stage.run(Door.REST, SEND, {"To_Account": "bob", "MsgRandom": 1, "MsgBody": BODY, "SyncOtherMachine": kind})
    [(message, _, to_sender)] = stage.delivery.messages
    assert (to_sender, not message.flags & Flag.HIDDEN_FROM_SENDER) == (tells_sender, tells_sender)


async def test_an_answer_names_the_message_as_clients_do(stage: Stage) -> None:
    answer = await stage.run(Door.REST, SEND, {"To_Account": "bob", "MsgRandom": 7, "MsgSeq": 5, "MsgBody": BODY})
    assert (answer["MsgTime"], answer["MsgKey"]) == (NOW, f"5_7_{NOW}")
    assert answer["MsgId"].endswith(f"-{NOW}-7")


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"From_Account": ""}, 90008), ({"From_Account": "nobody"}, 90048), ({"To_Account": "nobody"}, 90012)],
)
async def test_whom_nobody_knows_is_refused(stage: Stage, fields: Json, code: int) -> None:
    body = {"To_Account": "bob", "MsgRandom": 1, "MsgBody": BODY, **fields}
    assert await code_of(stage, SEND, body) == code


async def test_a_batch_reaches_those_who_exist_once_each_under_one_key(stage: Stage) -> None:
    answer = await stage.run(
        Door.REST, BATCH, {"To_Account": ["bob", "nobody", "carol", "bob"], "MsgRandom": 1, "MsgBody": BODY}
    )
    assert sorted(message.receiver_id for message, _, _ in stage.delivery.messages) == ["bob", "carol"]
    assert len({str(message.key) for message, _, _ in stage.delivery.messages}) == 1
    assert [row["To_Account"] for row in answer["ErrorList"]] == ["nobody"]


@pytest.mark.parametrize(
    ("names", "code"), [([], 90001), (["bob"] * 501, 90011), (["nobody"], 90012)], ids=["none", "too many", "unknown"]
)
async def test_a_batch_needs_one_to_500_receivers(stage: Stage, names: list[str], code: int) -> None:
    assert await code_of(stage, BATCH, {"To_Account": names, "MsgRandom": 1, "MsgBody": BODY}) == code


def imported(kind: int) -> Json:
    parties = {"From_Account": "carol", "To_Account": "bob"}
    return {**parties, "SyncFromOldSystem": kind, "MsgRandom": 1, "MsgTimeStamp": NOW - 9, "MsgSeq": 2, "MsgBody": BODY}


@pytest.mark.parametrize(("kind", "is_told"), [(1, True), (5, True), (2, False)])
async def test_a_live_import_is_told_and_one_of_history_is_not(stage: Stage, kind: int, *, is_told: bool) -> None:
    for _ in range(2):
        await stage.run(Door.REST, IMPORT, imported(kind))
    assert [message.time for message, _, _ in stage.delivery.messages] == ([NOW - 9] if is_told else [])


async def test_another_kind_of_import_is_refused(stage: Stage) -> None:
    assert await code_of(stage, IMPORT, imported(3)) == 90030
