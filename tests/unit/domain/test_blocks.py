"""Blocklists: they end friendships and requests, and are bounded."""

import pytest

from tests.support.stage import Stage
from tests.unit.domain.test_friends import add, codes, names, told
from tidings.domain import blocks as module


async def test_blocking_ends_friendship_on_both_sides_and_tells_both(stage: Stage) -> None:
    them, blocks = stage.them, stage.rules.relations.blocks
    await add(stage, them.alice, them.bob)
    assert codes(await blocks.block(them.alice, [them.bob, them.bob, them.alice])) == [0, 30001, 30001]
    assert (await names(stage, them.alice), await names(stage, them.bob)) == ([], [])
    assert (told(stage, them.alice)[-1].blocked_ids, told(stage, them.alice)[-1].deleted_ids) == (("bob",), ("bob",))
    assert (told(stage, them.bob)[-1].blocked_ids, told(stage, them.bob)[-1].deleted_ids) == ((), ("alice",))


async def test_unblocking_brings_no_friendship_back(stage: Stage) -> None:
    them, blocks = stage.them, stage.rules.relations.blocks
    await add(stage, them.alice, them.bob)
    await blocks.block(them.alice, [them.bob])
    assert codes(await blocks.unblock(them.alice, [them.bob, them.carol])) == [0, 30001]
    assert await names(stage, them.alice) == []
    assert told(stage, them.alice)[-1].unblocked_ids == ("bob",)


async def test_blocking_ends_requests(stage: Stage) -> None:
    them = stage.them
    stage.change(allow_type="confirm")
    await add(stage, them.alice, them.bob)
    await stage.rules.relations.blocks.block(them.bob, [them.alice])
    assert await stage.rules.relations.lists.unread_requests(them.bob.number) == 0


async def test_so_many_are_blocked_at_most(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCKED_AT_MOST", 1)
    results = await stage.rules.relations.blocks.block(stage.them.alice, [stage.them.bob, stage.them.carol])
    assert codes(results) == [0, 30013]


async def test_a_blocklist_pages_in_the_order_of_blocking(stage: Stage) -> None:
    them, lists = stage.them, stage.rules.relations.lists
    await stage.rules.relations.blocks.block(them.alice, [them.carol, them.bob])
    first = await lists.block_page(them.alice.number, 0, 1)
    rest = await lists.block_page(them.alice.number, first[0].place, 9)
    assert [row.person.user_id for row in (*first, *rest)] == ["carol", "bob"]
