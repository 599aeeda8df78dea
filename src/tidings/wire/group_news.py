"""What members of groups are told at once, in its wire form (web-sdk-wire.md, section 7)."""

from msgspec import Struct, field

from tidings.wire.group_pushes import GroupInfo
from tidings.wire.pushes import Event


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


class AttributesItem(Struct):
    """News of one group's attributes."""

    from_account: str = field(name="From_Account")
    group_id: str = field(name="ToGroupId")
    info: GroupInfo = field(name="GroupInfo")
    body: AttributesBody = field(name="MsgBody")


class CountersItem(Struct):
    """News of one group's counters."""

    from_account: str = field(name="From_Account")
    group_id: str = field(name="ToGroupId")
    info: GroupInfo = field(name="GroupInfo")
    body: CountersBody = field(name="MsgBody")


class AttributesEvent(Event):
    """Attributes that changed."""

    tips: list[AttributesItem] = field(name="GroupTips")


class CountersEvent(Event):
    """Counters that changed."""

    tips: list[CountersItem] = field(name="GroupTips")


class NewsPush(Struct):
    """The body of a push with news."""

    events: list[AttributesEvent | CountersEvent] = field(name="EventArray")
