"""News of a group: values that compare by what they say."""

from tidings.domain.group.news import Attribute, AttributeChange, AttributesChanged, CountersChanged


def test_changes_have_the_numbers_of_the_wire() -> None:
    assert [change.value for change in AttributeChange] == [1, 2, 3, 4]


def test_news_that_say_the_same_are_equal() -> None:
    items = {"seat": Attribute("bob", 3)}
    assert AttributesChanged(AttributeChange.SET, 3, items) == AttributesChanged(AttributeChange.SET, 3, dict(items))
    assert CountersChanged(1, {"likes": 2}) != CountersChanged(1, {"likes": 2}, is_gone=True)
