"""Messages of groups in SQLite: found by sequence, whatever else is stored."""

import pytest

from tests.support.database import Work
from tests.support.groups import found, say
from tests.support.stage import Stage
from tests.support.stores import message, put
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind


@pytest.fixture
async def group(stage: Stage) -> Group:
    group, other = await found(stage), await found(stage)
    for number in range(6):
        await say(stage, group, stage.them.alice, number)
        await say(stage, other, stage.them.alice, number)
    await put(stage.store, message(stage.them.alice, stage.them.bob))
    return group


async def test_a_page_goes_back_from_a_sequence(stage: Stage, group: Group) -> None:
    page = await stage.store.group_messages.page(group.number, 4, 3)
    assert [(m.seq, m.random, m.group) for m in page] == [(seq, seq - 1, group.number) for seq in (4, 3, 2)]


async def test_messages_are_found_by_their_sequences(stage: Stage, group: Group) -> None:
    assert list(await stage.store.group_messages.find(group.number, [2, 5, 99])) == [2, 5]


async def test_recent_ones_are_those_that_accounts_sent_into_groups(stage: Stage, group: Group) -> None:
    await stage.rules.groups.joining.add(group, [stage.them.bob], None)
    stage.clock.step(100)
    late = await found(stage, Kind.MEETING)
    await say(stage, late, stage.them.alice)
    recent = await stage.store.group_messages.recent(int(stage.clock.now()))
    assert [m.group for m in recent] == [late.number]
    assert len(await stage.store.group_messages.recent(0)) == 13


async def test_pages_and_finds_use_the_index(stage: Stage, group: Group) -> None:
    engine = stage.store._engine  # noqa: SLF001 - its plans are looked at
    work = Work(engine.look_up(lambda connection: connection))
    for call in (
        lambda: stage.store.group_messages.page(group.number, 4, 3),
        lambda: stage.store.group_messages.find(group.number, [2]),
    ):
        assert await work.scans(call) == []
        assert any("group_order" in step for step in await work.plan(call))
