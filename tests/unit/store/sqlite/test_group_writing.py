"""Group messages at the commit: numbered without a gap, whatever is committed with them or fails."""

import asyncio

import pytest

from tests.support.groups import found, say
from tests.support.stage import Stage
from tests.support.stores import message
from tidings.store.sqlite.transaction import Transaction


async def test_groups_in_one_commit_are_numbered_apart_and_positions_together(stage: Stage) -> None:
    one, two = await found(stage), await found(stage)
    sends = [say(stage, group, stage.them.alice, number) for number in range(5) for group in (one, two)]
    single = message(stage.them.alice, stage.them.bob)
    alone = asyncio.ensure_future(_wait(stage, single))
    sent = await asyncio.gather(*sends)
    await alone
    assert [each.seq for each in sent[::2]] == [each.seq for each in sent[1::2]] == [1, 2, 3, 4, 5]
    stored = [*await stage.store.group_messages.page(one.number, 9, 9)]
    stored += await stage.store.group_messages.page(two.number, 9, 9)
    positions = [m.position for m in stored] + [single.position]
    assert len(set(positions)) == 11


async def _wait(stage: Stage, single: object) -> None:
    await stage.store.messages.append(single)  # type: ignore[arg-type]


async def test_a_commit_that_fails_leaves_no_gap(stage: Stage) -> None:
    group = await found(stage)
    await say(stage, group, stage.them.alice, 1)
    engine = stage.store._engine  # noqa: SLF001 - nothing else fails on demand

    def fail(_: Transaction) -> None:
        raise RuntimeError

    lost = asyncio.ensure_future(say(stage, group, stage.them.alice, 2))
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError):
        await engine.write(fail)
    await asyncio.gather(lost, return_exceptions=True)
    last = await say(stage, group, stage.them.alice, 3)
    seqs = [m.seq for m in await stage.store.group_messages.page(group.number, 9, 9)]
    assert seqs == list(range(last.seq, 0, -1))


async def test_what_a_message_means_for_its_group_and_sender_is_kept_with_it(stage: Stage) -> None:
    group = await found(stage)
    await say(stage, group, stage.them.alice, 1)
    stored = stage.store.groups.find_group(group.app, group.group_id)
    assert stored is not None
    now = int(stage.clock.now())
    assert (stored.last_seq, stored.last_at, stored.is_active) == (1, now, True)
    alice = stage.store.groups.find_members(group.number, [stage.them.alice.number])[stage.them.alice.number]
    assert (alice.read_seq, alice.sent_at) == (1, now)
