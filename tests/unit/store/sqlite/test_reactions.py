"""Reactions in SQLite: what they cost does not depend on other messages' ones."""

import pytest

from tests.support.database import Work
from tests.support.stores import NOW, People, message, put
from tidings.store.sqlite.store import Store

NEIGHBOUR = 10


async def test_others_cost_a_message_nothing(store: Store, them: People, work: Work) -> None:
    first, *others = (message(them.alice, them.bob) for _ in range(50))
    await put(store, first, *others)
    bob, place = them.bob.number, first.position
    for each in (first, others[0]):
        await store.reactions.react(each.position, "tea", bob, NOW, lambda _: ())
    calls = (
        lambda: store.reactions.reactions(place, bob, 9),
        lambda: store.reactions.reacting(place, "tea", 0, 9),
        lambda: store.reactions.unreact(place, "none", bob, NOW, lambda _: ()),
    )
    for call in calls:
        assert await work.scans(call) == []
    before = [await work.size(call) for call in calls]
    for other in others[1:]:
        await store.reactions.react(other.position, "tea", bob, NOW, lambda _: ())
    # A few steps more or less: whether a neighbour stands where the search ends.
    after = [await work.size(call) for call in calls]
    assert after == pytest.approx(before, abs=NEIGHBOUR)
