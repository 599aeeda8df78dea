"""Attributes and counters in SQLite."""

from tests.support.groups import found
from tests.support.stage import Stage
from tidings.domain.group.attributes import AttributeBook
from tidings.domain.group.counters import CounterBook
from tidings.domain.group.news import Attribute
from tidings.ids import GroupNumber

BIG = (1 << 63) - 1


async def test_books_come_back_as_they_went_in(stage: Stage) -> None:
    group, extras = (await found(stage)).number, stage.store.group_extras
    attributes = AttributeBook(3, {"käse": Attribute("", 2), "b": Attribute("x", 3)})
    counters = CounterBook(4, {"likes": BIG, "less": -BIG})
    await extras.save_attributes(group, attributes)
    await extras.save_counters(group, counters)
    assert (extras.attributes(group), extras.counters(group)) == (attributes, counters)
    await extras.save_attributes(group, AttributeBook(4))
    assert extras.attributes(group) == AttributeBook(4)


async def test_a_group_without_any_has_empty_ones(stage: Stage) -> None:
    nowhere = GroupNumber(99)
    extras = stage.store.group_extras
    assert (extras.attributes(nowhere), extras.counters(nowhere)) == (AttributeBook(), CounterBook(0, {}))
