"""Disbanded groups leave nothing of their members."""

import pytest

from tests.support.groups import found, say
from tests.support.stage import Stage
from tidings.domain.group.kinds import Kind
from tidings.store.sqlite import gone_groups
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.gone_groups import BESIDE, clear_gone_groups
from tidings.store.sqlite.rows import one


def engine_of(stage: Stage) -> Engine:
    engine: Engine = stage.store._engine  # noqa: SLF001 - nothing else counts rows
    return engine


async def rows(stage: Stage, table: str, number: int) -> int:
    query = f"SELECT count(*) FROM {table} WHERE group_number = ?"
    return int(await engine_of(stage).read(lambda c: one(c, query, (number,))[0]))


@pytest.mark.parametrize("chunk", [1, 2, 500])
async def test_all_that_gone_groups_had_goes_and_no_more(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(gone_groups, "CHUNK", chunk)
    life, them = stage.rules.groups.life, stage.them
    gone, kept = [await found(stage, Kind.PUBLIC, them.bob) for _ in range(2)]
    await say(stage, gone, them.bob)
    await life.disband(gone, None)
    assert await rows(stage, "group_members", gone.number) == 2

    await clear_gone_groups(engine_of(stage))
    assert [await rows(stage, table, gone.number) for table in ("group_members", *BESIDE)] == [0] * (1 + len(BESIDE))
    assert await rows(stage, "group_members", kept.number) == 2
    assert [number for number, _ in stage.store.groups.memberships(them.bob.number)] == [kept.number]


async def test_expiry_takes_them_along(stage: Stage) -> None:
    group = await found(stage)
    await stage.rules.groups.life.disband(group, None)
    await stage.store.retention.expire({})
    assert await rows(stage, "group_members", group.number) == 0
