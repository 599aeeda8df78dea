"""openim/importmsg: messages of another system (spec/rest/openim.yaml)."""

from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, RestClient, text_body
from tests.support.server import NOW, Site

HISTORY_IMPORT, LIVE_IMPORT, OLD_LIVE_IMPORT = 2, 5, 1


async def _import(rest: RestClient, kind: int = HISTORY_IMPORT, **fields: Any) -> None:
    body = {
        "SyncFromOldSystem": kind,
        "From_Account": "alice",
        "To_Account": "bob",
        "MsgSeq": 1,
        "MsgRandom": 1,
        "MsgTimeStamp": NOW - 1000,
        "MsgBody": text_body(),
        **fields,
    }
    await rest.call("openim/importmsg", {k: v for k, v in body.items() if v is not None})


async def _history(rest: RestClient, operator: str = "bob", peer: str = "alice") -> list[Json]:
    body = {"Operator_Account": operator, "Peer_Account": peer, "MaxCnt": 100, "MinTime": 0, "MaxTime": NOW}
    found: list[Json] = (await rest.call("openim/admin_getroammsg", body))["MsgList"]
    return found


async def _unread(rest: RestClient) -> int:
    return int((await rest.call("openim/get_c2c_unread_msg_num", {"To_Account": "bob"}))["AllC2CUnreadMsgNum"])


async def test_an_imported_message_has_its_own_time_and_key_on_both_sides(rest: RestClient) -> None:
    await _import(rest, MsgSeq=41, MsgRandom=99812, CloudCustomData="old-id-12")
    for sides in (("bob", "alice"), ("alice", "bob")):
        (message,) = await _history(rest, *sides)
        assert message["MsgKey"] == f"41_99812_{NOW - 1000}"
        assert (message["MsgTimeStamp"], message["CloudCustomData"]) == (NOW - 1000, "old-id-12")
        assert (message["From_Account"], message["To_Account"]) == ("alice", "bob")


async def test_a_history_import_is_neither_counted_nor_told_to_devices(
    rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await _import(rest, HISTORY_IMPORT)
    assert await bob.events() == await alice.events() == []
    assert await _unread(rest) == 0
    assert len(await _history(rest)) == 1


@pytest.mark.parametrize("kind", [LIVE_IMPORT, OLD_LIVE_IMPORT])
async def test_a_live_import_is_counted_and_told_to_devices(
    rest: RestClient, alice: GatewayClient, bob: GatewayClient, kind: int
) -> None:
    await _import(rest, kind)
    (message,) = await bob.messages()
    assert message["MsgTimeStamp"] == NOW - 1000
    assert [message.get("IsSyncMsg") for message in await alice.messages()] == [1]
    assert await _unread(rest) == 1


async def test_an_import_updates_both_sides_conversations(
    rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await _import(rest, MsgBody=text_body("from the old system"))
    for device, peer in ((bob, "alice"), (alice, "bob")):
        (item,) = (await device.call("recentcontact.page_get"))["SessionItem"]
        assert (item["To_Account"], item["MsgTime"]) == (peer, NOW - 1000)
        assert item["LastMsg"]["MsgBody"] == text_body("from the old system")


async def test_an_older_import_does_not_replace_the_last_message(rest: RestClient, bob: GatewayClient) -> None:
    await _import(rest, MsgSeq=1, MsgTimeStamp=NOW - 10, MsgBody=text_body("newer"))
    await _import(rest, MsgSeq=2, MsgTimeStamp=NOW - 20, MsgBody=text_body("older"))
    (item,) = (await bob.call("recentcontact.page_get"))["SessionItem"]
    assert item["LastMsg"]["MsgBody"] == text_body("newer")


@pytest.mark.parametrize("kind", [HISTORY_IMPORT, LIVE_IMPORT])
@pytest.mark.parametrize("is_swapped", [False, True])
async def test_the_first_import_of_a_key_stays_in_whichever_direction(
    rest: RestClient, bob: GatewayClient, kind: int, *, is_swapped: bool
) -> None:
    sides = {"From_Account": "bob", "To_Account": "alice"} if is_swapped else {}
    await _import(rest, LIVE_IMPORT, MsgBody=text_body("first"))
    await _import(rest, kind, MsgBody=text_body("second"), **sides)
    assert [message["MsgBody"] for message in await bob.messages()] == [text_body("first")]
    assert [message["MsgBody"] for message in await _history(rest)] == [text_body("first")]
    assert await _unread(rest) == 1


async def test_a_repeat_is_found_however_late_it_comes(site: Site, rest: RestClient) -> None:
    await _import(rest)
    site.clock.step(86_400)
    await _import(rest)
    assert len(await _history(rest)) == 1


@pytest.mark.parametrize("other", [{"MsgSeq": 2}, {"MsgRandom": 2}, {"MsgTimeStamp": NOW - 999}], ids=str)
async def test_an_import_that_differs_in_its_key_is_another_message(rest: RestClient, other: Json) -> None:
    await _import(rest)
    await _import(rest, **other)
    assert len(await _history(rest)) == 2


async def test_a_key_of_another_conversation_is_free(rest: RestClient) -> None:
    await _import(rest)
    await _import(rest, To_Account="carol")
    assert len(await _history(rest)) == len(await _history(rest, "carol", "alice")) == 1


async def test_a_missing_number_is_chosen_by_the_server(rest: RestClient) -> None:
    await _import(rest, MsgSeq=None)
    (message,) = await _history(rest)
    assert 0 < message["MsgSeq"] < 1 << 32


async def test_an_imported_message_can_be_recalled(rest: RestClient) -> None:
    await _import(rest)
    key = f"1_1_{NOW - 1000}"
    await rest.call("openim/admin_msgwithdraw", {"From_Account": "alice", "To_Account": "bob", "MsgKey": key})
    assert [message["MsgFlagBits"] for message in await _history(rest)] == [8]


async def test_imports_stand_in_history_by_their_time(rest: RestClient) -> None:
    for seq, time in ((1, NOW - 10), (2, NOW - 30), (3, NOW - 20)):
        await _import(rest, MsgSeq=seq, MsgTimeStamp=time)
    assert [message["MsgSeq"] for message in await _history(rest)] == [2, 3, 1]


async def test_an_import_older_than_the_history_days_is_taken_but_not_found(rest: RestClient) -> None:
    await _import(rest, MsgTimeStamp=NOW - 8 * 86_400)
    assert await _history(rest) == []
