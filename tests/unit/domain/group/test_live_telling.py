"""Who came and went: told one by one while few come, together where many do."""

import json

import pytest

from tests.support.live_rooms import join, open_room, people
from tests.support.stage import Stage
from tidings.domain.group import live_telling
from tidings.domain.group.groups import Group
from tidings.domain.group.live_telling import NAMES_IN_TIP, TIPS_PER_SECOND
from tidings.ids import InstanceId


def told(stage: Stage) -> list[tuple[int, list[str], int]]:
    bodies = [json.loads(message.body) for _, message, _ in stage.rooms.messages]
    stage.rooms.messages.clear()
    return [(b["OpType"], b["List_Account"], b["OnlineMemberInfo"]["OnlineMemberNum"]) for b in bodies]


def leave(stage: Stage, group: Group, login: int) -> None:
    del group
    stage.rules.groups.live.leave_all(InstanceId(login))


async def test_each_is_told_at_once_while_few_come(stage: Stage) -> None:
    group = await open_room(stage, stage.them.bob, stage.them.carol)
    leave(stage, group, stage.them.bob.number)
    assert told(stage) == [(1, ["bob"], 1), (1, ["carol"], 2), (2, ["bob"], 1)]


async def test_beyond_some_tips_a_second_the_rest_is_told_together(stage: Stage) -> None:
    many = await people(stage, TIPS_PER_SECOND + NAMES_IN_TIP + 5)
    group = await open_room(stage, *many)
    assert len(told(stage)) == TIPS_PER_SECOND
    stage.rules.groups.live.sweep()
    names = [account.user_id for account in many[-NAMES_IN_TIP:]]
    assert told(stage) == [(1, names, len(many))]
    stage.rules.groups.live.sweep()
    assert told(stage) == []
    stage.clock.step(1)
    join(stage, group, stage.them.bob)
    assert told(stage) == [(1, ["bob"], len(many) + 1)]


async def test_who_comes_and_goes_before_it_is_told_is_not_told(stage: Stage) -> None:
    group = await open_room(stage, *await people(stage, TIPS_PER_SECOND))
    stage.rooms.messages.clear()
    for account in (stage.them.bob, stage.them.carol):
        join(stage, group, account)
    leave(stage, group, stage.them.bob.number)
    stage.rules.groups.live.sweep()
    assert told(stage) == [(1, ["carol"], TIPS_PER_SECOND + 1)]


async def test_the_more_there_are_the_later_they_are_told(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_telling, "HEARD_PER_SECOND", 2)
    group = await open_room(stage, *await people(stage, 4))
    assert told(stage) == [(1, ["guest-0"], 1)]
    for _ in range(2):
        stage.rules.groups.live.sweep()
        assert told(stage) == []
        stage.clock.step(1)
    stage.rules.groups.live.sweep()
    assert told(stage) == [(1, ["guest-1", "guest-2", "guest-3"], 4)]
    stage.clock.step(1)
    leave(stage, group, stage.them.bob.number)
    join(stage, group, stage.them.bob)
    stage.rules.groups.live.sweep()
    assert told(stage) == []
