"""Reading and the list of conversations by the gateway: what is told of what, page by page."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.support.stores import APP, NOW, message, put
from tidings.command.registry import Door
from tidings.domain.accounts import Newcomer
from tidings.errors import TidingsError
from tidings.ids import UserId

PAGE, TIMES = "recentcontact/page_get", "openim/get_peer_read_time"


async def run(stage: Stage, name: str, body: Json) -> Json:
    return await stage.run(Door.SOCKET, name, body)


async def test_pages_hold_a_hundred_and_the_last_one_says_so(stage: Stage) -> None:
    friends = await stage.store.accounts.save_accounts(APP, [Newcomer(UserId(f"f{n:03}")) for n in range(101)])
    await put(stage.store, *(message(friend, stage.them.alice, NOW + n) for n, friend in enumerate(friends)))
    first = await run(stage, PAGE, {})
    last = await run(stage, PAGE, {name: first[name] for name in ("TimeStamp", "StartIndex")})
    again = await run(stage, PAGE, {name: last[name] for name in ("TimeStamp", "StartIndex")})
    assert [(len(page["SessionItem"]), page["CompleteFlag"]) for page in (first, last, again)] == [
        (100, 0),
        (1, 1),
        (0, 1),
    ]


async def test_a_row_shows_the_last_message_and_who_took_it_back(stage: Stage) -> None:
    them = stage.them
    sent = message(them.bob, them.alice)
    await put(stage.store, sent)
    [row] = (await run(stage, PAGE, {}))["SessionItem"]
    assert (row["To_Account"], row["UnreadMsgCount"], row["LastMsgFlags"]) == ("bob", 1, 0)
    source = stage.call().instance
    await stage.rules.history.recall(them.bob, them.alice, sent.key, by=them.bob, window_s=None, source=source)
    [row] = (await run(stage, PAGE, {}))["SessionItem"]
    assert row["LastMsgFlags"] == 8
    assert row["LastMsg"]["RevokerInfo"]["Revoker_Account"] == "bob"


async def test_read_times_stand_in_the_order_asked_and_are_0_for_nobody(stage: Stage) -> None:
    them = stage.them
    await put(stage.store, message(them.alice, them.bob))
    await stage.rules.reading.mark_read(them.bob, them.alice, NOW, stage.call().instance)
    assert (await run(stage, TIMES, {"To_Account": ["nobody", "bob", "carol"]}))["ReadTime"] == [0, NOW, 0]


async def test_too_many_peers_are_refused(stage: Stage) -> None:
    with pytest.raises(TidingsError) as refused:
        await run(stage, TIMES, {"To_Account": ["bob"] * 1001})
    assert refused.value.code == 90011


async def test_all_is_read_at_once_but_for_a_group_that_is_none(stage: Stage) -> None:
    await put(stage.store, message(stage.them.bob, stage.them.alice))
    body = {"C2CReadAllMsg": 1, "GroupReadInfo": [{"GroupId": "g", "MsgSeq": 1}]}
    answer = await run(stage, "openim/read_all_unread_msg", body)
    assert answer["GroupReadInfoArray"] == [{"GroupId": "g", "RetCode": 10015}]
    assert (await run(stage, PAGE, {}))["SessionItem"][0]["UnreadMsgCount"] == 0
