"""Extensions in SQLite: what they cost does not depend on other messages' ones."""

from functools import partial

import pytest

from tests.support.database import Work
from tests.support.stores import NOW, People, message, put
from tidings.domain.extensions import Operation, Pair, Update, apply
from tidings.domain.messages import Message
from tidings.store.sqlite.store import Store

NEIGHBOUR = 10


async def extend(store: Store, to: Message) -> None:
    rule = partial(apply, update=Update(Operation.SET, [Pair("a", "1")], is_checked=False))
    await store.extensions.update_pairs(to.position, NOW, rule, lambda _: ())


async def test_others_cost_a_message_nothing(store: Store, them: People, work: Work) -> None:
    first, *others = (message(them.alice, them.bob) for _ in range(50))
    await put(store, first, *others)
    await extend(store, first)
    await extend(store, others[0])
    calls = (lambda: extend(store, first), lambda: store.extensions.pairs(first.position, 0, 9))
    for call in calls:
        assert await work.scans(call) == []
    before = [await work.size(call) for call in calls]
    for other in others:
        await extend(store, other)
    # A few steps more or less: whether a neighbour stands where the search ends.
    after = [await work.size(call) for call in calls]
    assert after == pytest.approx(before, abs=NEIGHBOUR)
