"""News of a group in its wire form."""

import msgspec
import pytest

from tests.support.catalogue import check_push
from tests.support.groups import found
from tests.support.stage import Stage
from tidings.domain.group.news import Attribute, AttributeChange, AttributesChanged, CountersChanged, GroupNews
from tidings.view.group_news import to_news_push


@pytest.mark.parametrize(
    "news",
    [
        AttributesChanged(AttributeChange.DELETE, 3, {"seat": Attribute("", 3)}),
        CountersChanged(4, {"likes": 5}),
        CountersChanged(5, {"likes": 5}, is_gone=True),
    ],
)
async def test_news_are_pushes_of_the_catalogue(stage: Stage, news: GroupNews) -> None:
    check_push(msgspec.json.encode(to_news_push(await found(stage), news)))
