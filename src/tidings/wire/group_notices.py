"""What single accounts are told of groups, and what happened to messages (web-sdk-wire.md, section 7)."""

from msgspec import UNSET, Raw, Struct, UnsetType, field


class GroupName(Struct, omit_defaults=True, gc=False):
    """The group that a notice is about."""

    group_id: str = field(name="GroupId")
    name: str = field(name="GroupName", default="")
    kind: str = field(name="GroupType", default="")
    community: int = field(name="MillionGroupFlag", default=0)
    topic_id: str = field(name="TopicId", default="")


class Revoker(Struct, omit_defaults=True, gc=False):
    """Who took a message back, and why."""

    account: str = field(name="Revoker_Account")
    reason: str = field(name="Reason", default="")


class Withdrawn(Struct, omit_defaults=True):
    """A message that was taken back, by the values that clients know it again by."""

    group_id: str = field(name="GroupId")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTime")
    client_time: int = field(name="MsgClientTime")
    tiny_id: str = field(name="TinyId")
    topic_id: str = field(name="TopicId", default="")


class WithdrawnBody(Struct):
    """Messages that were taken back."""

    items: list[Withdrawn] = field(name="GroupWithdrawInfoArray")


class GroupRead(Struct, omit_defaults=True):
    """A group that was read on another device."""

    group_id: str = field(name="GroupId")
    seq: int = field(name="LastReadMsgSeq")
    topic_id: str = field(name="TopicId", default="")


class GroupReadBody(Struct):
    """Groups that were read on another device."""

    items: list[GroupRead] = field(name="GroupReadInfoArray")


class ReceiptCount(Struct):
    """How many members have read a message, and how many have not."""

    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    client_time: int = field(name="MsgClientTime")
    tiny_id: str = field(name="TinyId")
    read: int = field(name="ReadNum")
    unread: int = field(name="UnreadNum")


class ReceiptBody(Struct):
    """Messages that were read."""

    items: list[ReceiptCount] = field(name="GroupMsgReceiptList")


class CustomBody(Struct):
    """What an app server tells, in its own words."""

    kind: int = field(name="ReportType")
    operator: str = field(name="Operator_Account")
    text: str = field(name="UserDefinedField")


class NoticeGroup(Struct, omit_defaults=True, gc=False):
    """The group that an account is told of."""

    group_id: str = field(name="GroupId")
    name: str = field(name="GroupName", default="")
    kind: str = field(name="GroupType", default="")
    community: int = field(name="MillionGroupFlag", default=0)
    topic_id: str = field(name="TopicId", default="")


class NoticeBody(Struct, omit_defaults=True):
    """What an account is told: who did it, in which words, and what an answer must repeat."""

    kind: int = field(name="ReportType")
    operator: str = field(name="Operator_Account")
    wording: str = field(name="RemarkInfo")
    authentication: str = field(name="Authentication")
    key: int = field(name="MsgKey")
    accounts: list[str] = field(name="List_Account", default_factory=list)
    receive: str = field(name="MsgFlag", default="")


class NoticeDown(Struct):
    """A group tells an account something."""

    from_account: str = field(name="From_Account")
    group_id: str = field(name="ToGroupId")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTimeStamp")
    group: NoticeGroup = field(name="GroupInfo")
    body: NoticeBody = field(name="MsgBody")


class TopicBody(Struct):
    """Topics of a community are there now, or are gone."""

    kind: int = field(name="ReportType")
    operator: str = field(name="Operator_Account")
    topic_ids: list[str] = field(name="TopicIdArray")


class TopicNotice(Struct):
    """Topics of a community are there now, or are gone."""

    from_account: str = field(name="From_Account")
    group_id: str = field(name="ToGroupId")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTimeStamp")
    group: GroupName = field(name="GroupInfo")
    body: TopicBody = field(name="MsgBody")


class NewTopicInfo(Struct, omit_defaults=True):
    """What is new of a topic's profile; what is as it was is left out."""

    name: str | UnsetType = field(name="TopicName", default=UNSET)
    face_url: str | UnsetType = field(name="TopicFaceUrl", default=UNSET)
    introduction: str | UnsetType = field(name="TopicIntroduction", default=UNSET)
    notification: str | UnsetType = field(name="TopicNotification", default=UNSET)
    custom: str | UnsetType = field(name="CustomString", default=UNSET)
    is_muted: int | UnsetType = field(name="ShutupAll", default=UNSET)


class TopicTipBody(Struct):
    """A topic has a new profile."""

    kind: int = field(name="OpType")
    operator: str = field(name="Operator_Account")
    new: NewTopicInfo = field(name="MsgTopicNewInfo")


class TopicTip(Struct):
    """What a topic tells of its profile."""

    from_account: str = field(name="From_Account")
    group_id: str = field(name="ToGroupId")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTimeStamp")
    group: GroupName = field(name="GroupInfo")
    body: TopicTipBody = field(name="MsgBody")


class WithdrawnNotice(Struct, omit_defaults=True):
    """Messages of a group were taken back."""

    group_id: str = field(name="ToGroupId")
    group: GroupName = field(name="GroupInfo")
    revoker: Revoker = field(name="RevokerInfo")
    body: WithdrawnBody = field(name="MsgBody")


class GroupReadNotice(Struct):
    """Groups were read on another device."""

    body: GroupReadBody = field(name="MsgBody")


class ReceiptNotice(Struct):
    """Messages of a group were read."""

    group: GroupName = field(name="GroupInfo")
    body: ReceiptBody = field(name="MsgBody")


class CustomNotice(Struct):
    """An app server tells members something."""

    from_account: str = field(name="From_Account")
    group_id: str = field(name="ToGroupId")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTimeStamp")
    group: GroupName = field(name="GroupInfo")
    body: CustomBody = field(name="MsgBody")


class ModifiedGroupMessage(Struct, omit_defaults=True):
    """A message's new content."""

    group_id: str = field(name="GroupId")
    from_account: str = field(name="From_Account")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTime")
    client_time: int = field(name="MsgClientTime")
    tiny_id: str = field(name="TinyId")
    version: int = field(name="MsgVersion")
    body: Raw = field(name="MsgBody")
    custom_data: str = field(name="CloudCustomData")
    topic_id: str = field(name="TopicId", default="")
