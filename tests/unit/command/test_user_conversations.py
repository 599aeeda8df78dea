"""recentcontact by the gateway: one's own list, and how clients count marks."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tidings.command.registry import Door
from tidings.errors import TidingsError

BOB: Json = {"Type": 1, "To_Account": "bob"}


async def test_marks_are_counted_from_zero(stage: Stage) -> None:
    item = {"OptType": 1, "ContactItem": BOB, "SetMark": [0, 63]}
    answer = await stage.run(Door.SOCKET, "recentcontact/mark_contact", {"MarkItem": [item]})
    assert [row["ResultCode"] for row in answer["ResultItem"]] == [0]
    marked = await stage.rules.marks.of(stage.them.alice, [stage.them.bob.number])
    assert marked[stage.them.bob.number].marks == 1 << 63 | 1


@pytest.mark.parametrize("speaker", ["", "alice"])
async def test_a_user_speaks_for_himself(stage: Stage, speaker: str) -> None:
    body = {"From_Account": speaker, "OperationType": 1, "RecentContactItem": [BOB]}
    await stage.run(Door.SOCKET, "recentcontact/top", body)
    assert await stage.rules.conversations.still_listed(stage.them.alice, [stage.them.bob.number])


async def test_a_user_speaks_for_nobody_else(stage: Stage) -> None:
    body = {"From_Account": "carol", "OperationType": 1, "RecentContactItem": [BOB]}
    with pytest.raises(TidingsError, match="logged in") as refused:
        await stage.run(Door.SOCKET, "recentcontact/top", body)
    assert refused.value.code == 50002
