"""What members of groups are told at once, in its wire form (web-sdk-wire.md, section 7)."""

from msgspec import Struct, field

from tidings.wire.group_pushes import GroupInfo


class AttributeDown(Struct, gc=False):
    """An attribute."""

    key: str
    value: str
    seq: int = field(name="SubKeySeq")


class AttributesDown(Struct):
    """Attributes that changed."""

    seq: int = field(name="AttrMainSeq")
    change: int = field(name="OpType")
    has_values: int = field(name="PushChangedAttrValFlag")
    items: list[AttributeDown] = field(name="GroupAttrInfo")


class NewInfo(Struct):
    """What is new of a group."""

    attributes: AttributesDown = field(name="GroupAttrOption")


class AttributesBody(Struct):
    """The body of news of attributes."""

    kind: int = field(name="OpType")
    new: NewInfo = field(name="MsgGroupNewInfo")


class CounterDown(Struct, gc=False):
    """A counter."""

    key: str = field(name="Key")
    value: int = field(name="Value")


class CountersDown(Struct):
    """Counters that changed: 0 they have new values, 1 they are gone."""

    change: int = field(name="Type")
    seq: int = field(name="GroupCounterSeq")
    items: list[CounterDown] = field(name="GroupCounter")


class CountersBody(Struct):
    """The body of news of counters."""

    kind: int = field(name="OpType")
    changes: list[CountersDown] = field(name="GroupCounterInfo")


class NewsItem(Struct):
    """News of one group."""

    from_account: str = field(name="From_Account")
    group_id: str = field(name="ToGroupId")
    info: GroupInfo = field(name="GroupInfo")
    body: AttributesBody | CountersBody = field(name="MsgBody")


class NewsEvent(Struct):
    """News of groups."""

    event: int = field(name="Event")
    tips: list[NewsItem] = field(name="GroupTips")


class NewsPush(Struct):
    """The body of a push with news."""

    events: list[NewsEvent] = field(name="EventArray")
