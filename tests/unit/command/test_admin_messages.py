"""History, recall, read state and presence by REST (spec/rest/openim.yaml, openim_status.yaml)."""

import json
from typing import Any

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.support.stores import NOW, message, put
from tidings.command.registry import Door
from tidings.domain.messages import Flag
from tidings.errors import TidingsError

ROAM, WITHDRAW, READ = "openim/admin_getroammsg", "openim/admin_msgwithdraw", "openim/admin_set_msg_read"
UNREAD, STATUS, STATE = "openim/get_c2c_unread_msg_num", "openim/query_online_status", "openim/querystate"
ALICES: Json = {"Operator_Account": "alice", "Peer_Account": "bob", "MaxCnt": 2, "MinTime": 0, "MaxTime": NOW + 99}


async def run(stage: Stage, name: str, body: Json) -> Json:
    return await stage.run(Door.REST, name, body)


async def code_of(stage: Stage, name: str, body: Json) -> int:
    with pytest.raises(TidingsError) as refused:
        await run(stage, name, body)
    return refused.value.code


async def said(stage: Stage, count: int, **changes: object) -> None:
    them = stage.them
    await put(stage.store, *(message(them.bob, them.alice, NOW + n, **changes) for n in range(count)))


async def test_history_goes_back_in_pages_each_oldest_first(stage: Stage) -> None:
    await said(stage, 3)
    page = await run(stage, ROAM, ALICES)
    rest = await run(stage, ROAM, {**ALICES, "LastMsgKey": page["LastMsgKey"], "MaxTime": page["LastMsgTime"]})
    times = [[row["MsgTimeStamp"] for row in each["MsgList"]] for each in (page, rest)]
    assert (times, page["Complete"], rest["Complete"]) == ([[NOW + 1, NOW + 2], [NOW]], 0, 1)
    assert (await run(stage, ROAM, {**ALICES, "MaxTime": NOW - 1}))["LastMsgKey"] == ""


async def test_the_older_names_of_both_sides_do_as_well(stage: Stage) -> None:
    await said(stage, 1)
    body = {name: value for name, value in ALICES.items() if not name.endswith("Account")}
    assert (await run(stage, ROAM, {**body, "From_Account": "alice", "To_Account": "bob"}))["MsgCnt"] == 1


async def test_a_page_has_no_more_than_13_kb_but_one_message_at_least(stage: Stage) -> None:
    body = json.dumps([{"MsgType": "TIMTextElem", "MsgContent": {"Text": "x" * 13_000}}]).encode()
    await said(stage, 2, body=body)
    assert [(each["MsgCnt"], each["Complete"]) for each in [await run(stage, ROAM, ALICES)]] == [(1, 0)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"Operator_Account": "nobody"}, 90008),
        ({"Peer_Account": "nobody"}, 90003),
        ({"LastMsgKey": "1_2"}, 90001),
        ({"MaxCnt": 0}, 90001),
    ],
)
async def test_history_that_can_not_be_says_why(stage: Stage, fields: Json, code: int) -> None:
    assert await code_of(stage, ROAM, {**ALICES, **fields}) == code


async def test_recall_knows_no_window_and_happens_once(stage: Stage) -> None:
    them = stage.them
    sent = message(them.bob, them.alice, NOW - 86_000)
    await put(stage.store, sent)
    body = {"From_Account": "bob", "To_Account": "alice", "MsgKey": str(sent.key)}
    await run(stage, WITHDRAW, body)
    found = await stage.store.messages.find_message(sent.conversation, sent.key)
    assert found is not None
    assert found.flags & Flag.RECALLED
    assert await code_of(stage, WITHDRAW, body) == 20023
    assert await code_of(stage, WITHDRAW, {**body, "MsgKey": "1_2_3"}) == 20022
    assert await code_of(stage, WITHDRAW, {**body, "MsgKey": "none"}) == 90054


@pytest.mark.parametrize("time", [None, NOW + 1, str(NOW + 1)])
async def test_a_conversation_is_read_up_to_a_time_or_now(stage: Stage, time: Any) -> None:
    await said(stage, 2)
    stage.clock.step(1)
    body: Json = {"Report_Account": "alice", "Peer_Account": "bob"}
    await run(stage, READ, body if time is None else {**body, "MsgReadTime": time})
    assert (await run(stage, UNREAD, {"To_Account": "alice"}))["AllC2CUnreadMsgNum"] == 0


async def test_a_time_that_is_no_number_is_refused(stage: Stage) -> None:
    body = {"Report_Account": "alice", "Peer_Account": "bob", "MsgReadTime": "noon"}
    assert await code_of(stage, READ, body) == 90001


async def test_unread_numbers_are_told_for_all_or_by_peer(stage: Stage) -> None:
    await said(stage, 2)
    assert (await run(stage, UNREAD, {"To_Account": "alice"}))["AllC2CUnreadMsgNum"] == 2
    answer = await run(stage, UNREAD, {"To_Account": "alice", "Peer_Account": ["carol", "nobody", "bob"]})
    rows = [(row["Peer_Account"], row["C2CUnreadMsgNum"]) for row in answer["C2CUnreadMsgNumList"]]
    assert rows == [("carol", 0), ("bob", 2)]
    assert [row["Peer_Account"] for row in answer["ErrorList"]] == ["nobody"]
    assert await code_of(stage, UNREAD, {"To_Account": "alice", "Peer_Account": ["bob"] * 11}) == 90001


async def test_status_says_who_is_unknown_and_the_older_form_calls_them_offline(stage: Stage) -> None:
    answer = await run(stage, STATUS, {"To_Account": ["bob", "nobody"], "IsNeedDetail": 1})
    assert [(row["To_Account"], row["Status"]) for row in answer["QueryResult"]] == [("bob", "Offline")]
    assert [row["To_Account"] for row in answer["ErrorList"]] == ["nobody"]
    older = await run(stage, STATE, {"To_Account": ["nobody", "bob"]})
    assert [row["State"] for row in older["QueryResult"]] == ["Offline", "Offline"]


@pytest.mark.parametrize(("names", "code"), [([], 90001), (["bob"] * 501, 90011), (["nobody"], 70107)])
async def test_status_is_asked_of_one_to_500(stage: Stage, names: list[str], code: int) -> None:
    assert await code_of(stage, STATUS, {"To_Account": names}) == code
