"""Groups that nobody uses: ended after a time, and only they."""

from collections.abc import Awaitable, Callable

import pytest

from tests.support.groups import ADMIN, found, found_community, make_topic, say
from tests.support.live_rooms import open_room
from tests.support.stage import Stage
from tidings.domain.events import GroupNotice
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind
from tidings.domain.group.profiles import NewProfile

LIMIT = 1000


async def sweep(stage: Stage, **settings: object) -> int:
    stage.change(recycle_group_seconds=LIMIT, **settings)
    return await stage.rules.groups.recycling.sweep([stage.app])


@pytest.mark.parametrize("kind", [Kind.WORK, Kind.PUBLIC, Kind.MEETING, Kind.COMMUNITY])
async def test_an_idle_group_goes_and_all_members_are_told(stage: Stage, kind: Kind) -> None:
    group = await found(stage, kind, stage.them.bob)
    stage.clock.step(LIMIT - 1)
    assert (await sweep(stage), group.is_gone) == (0, False)
    stage.clock.step(1)
    assert (await sweep(stage), group.is_gone) == (1, True)
    told = [(account, event.kind) for account, event, _ in stage.delivery.events if isinstance(event, GroupNotice)]
    assert sorted(told) == sorted((each.number, 11) for each in (stage.them.alice, stage.them.bob))
    assert await sweep(stage) == 0


async def test_nothing_goes_where_no_app_wants_it(stage: Stage) -> None:
    group = await found(stage)
    stage.clock.step(10 * LIMIT)
    assert (await stage.rules.groups.recycling.sweep([stage.app]), group.is_gone) == (0, False)


async def talk(stage: Stage, group: Group) -> None:
    await say(stage, group, stage.them.alice)


async def come(stage: Stage, group: Group) -> None:
    await stage.rules.groups.joining.add(group, [stage.them.carol], None)


async def go(stage: Stage, group: Group) -> None:
    member = stage.rules.groups.directory.get_member(group, stage.them.bob.number, stage.them.bob.user_id)
    await stage.rules.groups.joining.quit(group, member)


@pytest.mark.parametrize("act", [talk, come, go])
async def test_messages_and_changes_of_members_keep_a_group(
    stage: Stage, act: Callable[[Stage, Group], Awaitable[None]]
) -> None:
    group = await found(stage, Kind.MEETING, stage.them.bob)  # it keeps no tips of members
    stage.clock.step(LIMIT - 1)
    await act(stage, group)
    stage.clock.step(LIMIT - 1)
    assert await sweep(stage) == 0
    stage.clock.step(1)
    assert await sweep(stage) == 1


async def test_a_new_name_alone_keeps_no_group_that_tells_it_to_nobody(stage: Stage) -> None:
    group = await found(stage, Kind.WORK)
    stage.clock.step(LIMIT)
    await stage.rules.groups.profiles.change(stage.app, group, ADMIN, NewProfile(name="crew"))
    assert await sweep(stage) == 1


async def test_what_is_said_in_a_topic_keeps_its_community(stage: Stage) -> None:
    community = await found_community(stage)
    topic = await make_topic(stage, community)
    stage.clock.step(LIMIT)
    await say(stage, topic, stage.them.alice)
    assert await sweep(stage) == 0
    stage.clock.step(LIMIT)
    assert await sweep(stage) == 1
    assert topic.is_gone


async def test_live_rooms_stay(stage: Stage) -> None:
    room = await open_room(stage)
    stage.clock.step(10 * LIMIT)
    assert (await sweep(stage), room.is_gone) == (0, False)


async def test_more_than_a_page_goes(stage: Stage) -> None:
    for _ in range(101):
        await found(stage)
    stage.clock.step(LIMIT)
    assert await sweep(stage) == 101
