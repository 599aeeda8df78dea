"""What a device gets that was away: from the cookie's place on, in pages (spec/client/openim.yaml)."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.support.stores import message, put
from tidings.command.registry import Door
from tidings.domain.reading import LOG_PAGE

SYNC, ACK = "openim/getmsg", "openim/ws_msg_push_ack"


async def sync(stage: Stage, cookie: str) -> Json:
    return await stage.run(Door.SOCKET, SYNC, {"Cookie": cookie})


async def test_a_fresh_device_begins_at_the_end_with_its_unread_numbers(stage: Stage) -> None:
    sent = message(stage.them.bob, stage.them.alice)
    await put(stage.store, sent)
    answer = await sync(stage, "")
    assert (answer["SyncFlag"], answer["Cookie"], answer["MsgList"]) == (2, str(sent.position), [])
    assert answer["C2CPairUnreadCount"] == [{"From_Account": "bob", "UnreadCount": 1}]


async def test_pages_go_on_until_all_is_told(stage: Stage) -> None:
    them = stage.them
    await put(stage.store, *(message(them.bob, them.alice) for _ in range(LOG_PAGE + 1)))
    first = await sync(stage, "0")
    last = await sync(stage, first["Cookie"])
    assert [(len(page["MsgList"]), page["SyncFlag"]) for page in (first, last)] == [(LOG_PAGE, 1), (1, 2)]
    assert first["C2CPairUnreadCount"] == []


@pytest.mark.parametrize("cookie", ["no number", "-1", "9" * 19])
async def test_a_cookie_that_is_none_of_ours_begins_afresh(stage: Stage, cookie: str) -> None:
    await put(stage.store, message(stage.them.bob, stage.them.alice))
    assert (await sync(stage, cookie))["MsgList"] == []


async def test_a_cookie_from_a_log_that_was_longer_is_a_gap(stage: Stage) -> None:
    assert (await sync(stage, "999"))["Gap"] == 1
    assert "Gap" not in await sync(stage, "0") or not (await sync(stage, "0"))["Gap"]


async def test_an_acknowledgement_is_taken_whatever_it_says(stage: Stage) -> None:
    for text in ("5", "", "nonsense"):
        assert (await stage.run(Door.SOCKET, ACK, {"SessionData": text}))["ErrorCode"] == 0
