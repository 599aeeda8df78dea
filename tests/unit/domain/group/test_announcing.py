"""What app servers tell those who are online."""

import pytest

from tests.support.groups import found
from tests.support.stage import Stage
from tidings.domain.group.events import CustomNotice
from tidings.domain.group.kinds import Kind
from tidings.errors import TidingsError


async def test_a_notice_goes_to_all_or_to_some(stage: Stage) -> None:
    group, them = await found(stage, Kind.PUBLIC, stage.them.bob), stage.them
    announcing = stage.rules.groups.announcing
    announcing.notify(group, "hello", them.alice.user_id, None)
    announcing.notify(group, "bob", them.alice.user_id, [them.bob.number])
    heard = [(event.text, who) for _, event, who, _ in stage.rooms.events if isinstance(event, CustomNotice)]
    assert heard == [("hello", None), ("bob", {them.bob.number})]


async def test_some_of_a_live_room_are_not_told_apart(stage: Stage) -> None:
    group = await found(stage, Kind.LIVE)
    with pytest.raises(TidingsError) as refused:
        stage.rules.groups.announcing.notify(group, "x", stage.them.alice.user_id, [stage.them.bob.number])
    assert refused.value.code == 10007


async def test_a_broadcast_reaches_every_live_room_once_and_numbers_grow(stage: Stage) -> None:
    rooms = [await found(stage, Kind.LIVE) for _ in range(3)]
    await found(stage, Kind.PUBLIC)
    app, alice, announcing = stage.app.sdk_app_id, stage.them.alice, stage.rules.groups.announcing
    first = await announcing.broadcast(app, alice, 7, b"[]", "")
    assert await announcing.broadcast(app, alice, 7, b"[]", "") == first
    assert await announcing.broadcast(app, alice, 8, b"[]", "") > first
    heard = [group.number for group, message, _ in stage.rooms.messages if message.random == 7]
    assert sorted(heard) == sorted(room.number for room in rooms)
