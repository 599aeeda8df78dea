"""Robots of live rooms: there without a connection, for three days, over restarts."""

from tests.support.live_rooms import join, open_room, present
from tests.support.stage import Stage
from tidings.domain.group.robots import STAYS_S
from tidings.ids import InstanceId


async def test_robots_are_in_until_they_are_taken_out(stage: Stage) -> None:
    robots, them = stage.rules.groups.live_robots, stage.them
    group = await open_room(stage)
    await robots.add(group, [them.bob, them.carol])
    assert (present(stage, group), group.member_count) == (["bob", "carol"], 2)
    await robots.delete(group, [them.bob, them.alice])
    assert present(stage, group) == ["carol"]


async def test_a_robot_that_has_joined_stays_when_it_is_none_any_more_and_the_other_way_round(stage: Stage) -> None:
    robots, bob = stage.rules.groups.live_robots, stage.them.bob
    group = await open_room(stage, bob)
    await robots.add(group, [bob])
    told = len(stage.rooms.messages)
    stage.rules.groups.live.leave_all(InstanceId(bob.number))
    assert (present(stage, group), len(stage.rooms.messages)) == (["bob"], told)
    join(stage, group, bob)
    await robots.delete(group, [bob])
    assert present(stage, group) == ["bob"]


async def test_robots_outlast_a_restart_but_not_their_time(stage: Stage) -> None:
    rules, them = stage.rules.groups, stage.them
    group = await open_room(stage)
    await rules.live_robots.add(group, [them.bob])
    stage.clock.step(100)
    await rules.live_robots.add(group, [them.carol])
    rules.directory.forget(group.app)  # as a restart does
    again = rules.directory.get(group.app, group.group_id)
    assert present(stage, again) == ["bob", "carol"]
    stage.clock.step(STAYS_S - 100)
    assert present(stage, again) == ["carol"]
    stage.clock.step(100)
    assert present(stage, again) == []
