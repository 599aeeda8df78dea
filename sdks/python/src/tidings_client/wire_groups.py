"""Messages of groups and what is told of groups, in their wire form (web-sdk-wire.md, sections 6 and 7)."""

from typing import Any

from msgspec import UNSET, UnsetType, field

from tidings_client.elements import WireElement
from tidings_client.wire_base import Down


class Revoker(Down, frozen=True):
    """Who took a message back."""

    account: str = field(name="Revoker_Account", default="")
    reason: str = field(name="Reason", default="")


class NameCard(Down, frozen=True):
    """What the sender is called in the group."""

    text: str = field(name="NameCard", default="")


class GroupInfo(Down, frozen=True):
    """The group and the sender, as a message shows them."""

    group: str = field(name="GroupId", default="")
    topic: str = field(name="TopicId", default="")
    name: str = field(name="GroupName", default="")
    kind: str = field(name="GroupType", default="")
    nick: str = field(name="From_AccountNick", default="")
    face_url: str = field(name="From_AccountHeadurl", default="")
    card: NameCard = field(name="MsgFrom_AccountExtraInfo", default_factory=NameCard)


class MentionDown(Down, frozen=True):
    """Somebody who is mentioned, or everybody."""

    is_all: int = field(name="GroupAtAllFlag", default=0)
    account: str = field(name="GroupAt_Account", default="")


class WireGroupMessage(Down, frozen=True):
    """A message, a tip, or anything else that a group tells: the body says which."""

    sender: str = field(name="From_Account", default="")
    group: str = field(name="ToGroupId", default="")
    seq: int = field(name="MsgSeq", default=0)
    random: int = field(name="MsgRandom", default=0)
    time: int = field(name="MsgTimeStamp", default=0)
    client_time: int = field(name="MsgClientTime", default=0)
    body: list[WireElement] | dict[str, Any] = field(name="MsgBody", default_factory=list)
    tiny_id: str = field(name="TinyId", default="")
    info: GroupInfo = field(name="GroupInfo", default_factory=GroupInfo)
    custom_data: str = field(name="CloudCustomData", default="")
    version: int = field(name="MsgVersion", default=0)
    need_receipt: int = field(name="NeedReadReceipt", default=0)
    extensible: int = field(name="SupportMessageExtension", default=0)
    online_only: int = field(name="OnlineOnlyFlag", default=0)
    mentions: list[MentionDown] = field(name="GroupAtInfo", default_factory=list)
    revoker: Revoker = field(name="RevokerInfo", default_factory=Revoker)
    place: int = field(name="IsPlaceMsg", default=0)

    @property
    def home(self) -> str:
        """The topic, or the group, that it belongs to."""
        return self.info.topic or self.group or self.info.group


class OnlineDown(Down, frozen=True):
    """How many are in a live room."""

    count: int = field(name="OnlineMemberNum", default=0)


class MuteDown(Down, frozen=True):
    """A member who is muted for so many seconds."""

    account: str = field(name="User_Account", default="")
    seconds: int = field(name="ShutupTime", default=0)


class SeqDown(Down, frozen=True):
    """A message by its sequence."""

    seq: int = field(name="MsgSeq", default=0)


class CountersDown(Down, frozen=True):
    """Counters that changed: 0 they have new values, 1 they are gone."""

    change: int = field(name="Type", default=0)
    seq: int = field(name="GroupCounterSeq", default=0)
    items: list["CounterDown"] = field(name="GroupCounter", default_factory=list)


class CounterDown(Down, frozen=True):
    """A counter."""

    key: str = field(name="Key")
    value: int = field(name="Value", default=0)


class AttributeDown(Down, frozen=True):
    """An attribute."""

    key: str
    value: str = ""
    seq: int = field(name="SubKeySeq", default=0)


class AttributesDown(Down, frozen=True):
    """Attributes that changed: 1 set, 2 modified, 3 cleared, 4 deleted."""

    seq: int = field(name="AttrMainSeq", default=0)
    change: int = field(name="OpType", default=1)
    items: list[AttributeDown] = field(name="GroupAttrInfo", default_factory=list)


class AttributesTold(Down, frozen=True):
    """What is new of a group, if it is attributes."""

    attributes: AttributesDown | None = field(name="GroupAttrOption", default=None)


class WithdrawnDown(Down, frozen=True):
    """A message that was taken back."""

    group: str = field(name="GroupId", default="")
    topic: str = field(name="TopicId", default="")
    seq: int = field(name="MsgSeq", default=0)
    random: int = field(name="MsgRandom", default=0)


class ReadDown(Down, frozen=True):
    """A group that was read on another device."""

    group: str = field(name="GroupId", default="")
    topic: str = field(name="TopicId", default="")
    seq: int = field(name="LastReadMsgSeq", default=0)


class ReceiptDown(Down, frozen=True):
    """How many have read a message, and how many have not."""

    seq: int = field(name="MsgSeq", default=0)
    read: int = field(name="ReadNum", default=0)
    unread: int = field(name="UnreadNum", default=0)


class ToldBody(Down, frozen=True):
    """What a group tells: which fields are there says what it is."""

    kind: int = field(name="OpType", default=0)
    operator: str = field(name="Operator_Account", default="")
    users: list[str] = field(name="List_Account", default_factory=list)
    member_count: int = field(name="MemberNum", default=0)
    online: OnlineDown = field(name="OnlineMemberInfo", default_factory=OnlineDown)
    new: dict[str, Any] = field(name="MsgGroupNewInfo", default_factory=dict)
    mutes: list[MuteDown] = field(name="MsgMemberInfo", default_factory=list)
    pinned: SeqDown | None = field(name="PinnedMsg", default=None)
    unpinned: SeqDown | None = field(name="SdkGroupMessageId", default=None)
    counters: list[CountersDown] = field(name="GroupCounterInfo", default_factory=list)
    withdrawn: list[WithdrawnDown] = field(name="GroupWithdrawInfoArray", default_factory=list)
    reads: list[ReadDown] = field(name="GroupReadInfoArray", default_factory=list)
    receipts: list[ReceiptDown] = field(name="GroupMsgReceiptList", default_factory=list)
    notice: int | UnsetType = field(name="ReportType", default=UNSET)
    topics: list[str] = field(name="TopicIdArray", default_factory=list)
    new_topic: dict[str, Any] = field(name="MsgTopicNewInfo", default_factory=dict)
    text: str = field(name="UserDefinedField", default="")
    remark: str = field(name="RemarkInfo", default="")
    key: str = field(name="Authentication", default="")
    receive: str = field(name="MsgFlag", default="")


class ModifiedDown(Down, frozen=True):
    """A message's new content."""

    group: str = field(name="GroupId", default="")
    topic: str = field(name="TopicId", default="")
    sender: str = field(name="From_Account", default="")
    seq: int = field(name="MsgSeq", default=0)
    random: int = field(name="MsgRandom", default=0)
    version: int = field(name="MsgVersion", default=0)
    body: list[WireElement] = field(name="MsgBody", default_factory=list)
    custom_data: str = field(name="CloudCustomData", default="")


class PageDown(Down, frozen=True):
    """Part of a history, newest first; `next_seq` 0: there is nothing older."""

    messages: list[WireGroupMessage] = field(name="RspMsgList", default_factory=list)
    next_seq: int = field(name="NextReqMsgSeq", default=0)
