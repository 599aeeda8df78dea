"""What members of groups are told at once, in its wire form (web-sdk-wire.md, section 7)."""

from tidings.domain.group.groups import SYSTEM, Group
from tidings.domain.group.news import AttributesChanged, CountersChanged, GroupNews
from tidings.domain.group.tips import TipKind
from tidings.view.groups import to_info
from tidings.wire.group_news import (
    AttributeDown,
    AttributesBody,
    AttributesDown,
    AttributesEvent,
    AttributesItem,
    CounterDown,
    CountersBody,
    CountersDown,
    CountersEvent,
    CountersItem,
    NewInfo,
    NewsPush,
)

NEWS_EVENT = 6


def to_news_push(group: Group, news: GroupNews) -> NewsPush:
    """Return the push of news."""
    info = to_info(group)
    if isinstance(news, AttributesChanged):
        attributes = AttributesItem(SYSTEM, group.group_id, info, _attributes(news))
        return NewsPush([AttributesEvent(event=NEWS_EVENT, tips=[attributes])])
    counters = CountersItem(SYSTEM, group.group_id, info, _counters(news))
    return NewsPush([CountersEvent(event=NEWS_EVENT, tips=[counters])])


def _attributes(news: AttributesChanged) -> AttributesBody:
    items = [AttributeDown(key, item.value, item.seq) for key, item in news.items.items()]
    return AttributesBody(
        TipKind.PROFILE.value, NewInfo(AttributesDown(news.seq, news.change.value, has_values=1, items=items))
    )


def _counters(news: CountersChanged) -> CountersBody:
    items = [CounterDown(key, value) for key, value in news.values.items()]
    return CountersBody(TipKind.PROFILE.value, [CountersDown(int(news.is_gone), news.seq, items)])
