"""What members of groups are told, in its wire form (web-sdk-wire.md, sections 6 and 7)."""

from msgspec import Raw, Struct, field

from tidings.wire.extensions import GroupExtensionNotice, GroupReactionNotice
from tidings.wire.group_notices import CustomNotice, ModifiedGroupMessage, TopicNotice, TopicTip, WithdrawnNotice
from tidings.wire.pushes import Event, RevokerInfo


class NameCard(Struct, omit_defaults=True, gc=False):
    """What the sender is called in the group."""

    name_card: str = field(name="NameCard", default="")


class GroupInfo(Struct, omit_defaults=True, gc=False):
    """The group and the sender, as a message shows them."""

    group_id: str = field(name="GroupId")
    name: str = field(name="GroupName", default="")
    kind: str = field(name="GroupType", default="")
    nick: str = field(name="From_AccountNick", default="")
    face_url: str = field(name="From_AccountHeadurl", default="")
    card: NameCard | None = field(name="MsgFrom_AccountExtraInfo", default=None)
    community: int = field(name="MillionGroupFlag", default=0)
    topic_id: str = field(name="TopicId", default="")


class MentionDown(Struct, omit_defaults=True, gc=False):
    """Somebody who is mentioned, or everybody."""

    is_all: int = field(name="GroupAtAllFlag")
    account: str = field(name="GroupAt_Account", default="")


class GroupMessageDown(Struct, omit_defaults=True):
    """A message of a group on its way to a client, by push or in history."""

    from_account: str = field(name="From_Account")
    group_id: str = field(name="ToGroupId")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    # History has the same number under another name; clients look for the one where they expect it.
    history_random: int = field(name="Random")
    time: int = field(name="MsgTimeStamp")
    client_time: int = field(name="MsgClientTime")
    body: Raw = field(name="MsgBody")
    tiny_id: str = field(name="TinyId")
    info: GroupInfo = field(name="GroupInfo")
    priority: int = field(name="MsgPriority", default=0)
    client_seq: int = field(name="ClientSeq", default=0)
    custom_data: str = field(name="CloudCustomData", default="")
    version: int = field(name="MsgVersion", default=0)
    need_read_receipt: int = field(name="NeedReadReceipt", default=0)
    support_extension: int = field(name="SupportMessageExtension", default=0)
    online_only: int = field(name="OnlineOnlyFlag", default=0)
    mentions: list[MentionDown] | None = field(name="GroupAtInfo", default=None)
    revoker: RevokerInfo | None = field(name="RevokerInfo", default=None)
    place: int = field(name="IsPlaceMsg", default=0)
    event: int = field(name="Event", default=0)
    is_system: int = field(name="IsSystemMsg", default=0)
    topic_id: str = field(name="TopicId", default="")
    is_broadcast: int = field(name="IsBroadcastMessage", default=0)


class GroupMessageEvent(Event):
    """Messages that were sent into groups."""

    messages: list[GroupMessageDown] = field(name="GroupMsgArray")


class GroupTipEvent(Event):
    """What groups tell about themselves."""

    tips: list[GroupMessageDown] = field(name="GroupTips")


class GroupPush(Struct):
    """The body of a push about groups."""

    events: list[GroupMessageEvent | GroupTipEvent] = field(name="EventArray")


class TipMember(Struct, omit_defaults=True, gc=False):
    """A member as a tip shows it."""

    user_id: str = field(name="UserId")
    nick: str = field(name="NickName", default="")
    face_url: str = field(name="ImageUrl", default="")
    name_card: str = field(name="NameCard", default="")
    role: str = field(name="Role", default="")


class TipMute(Struct, gc=False):
    """A member who is muted for some seconds; 0: not any more."""

    account: str = field(name="User_Account")
    seconds: int = field(name="ShutupTime")


class OnlineMembers(Struct, gc=False):
    """How many are in a live room, and for how many seconds clients need not ask."""

    count: int = field(name="OnlineMemberNum")
    lasts_s: int = field(name="ExpireTime")


class TipBody(Struct, omit_defaults=True):
    """What happened in a group."""

    kind: int = field(name="OpType")
    operator: str = field(name="Operator_Account")
    accounts: list[str] = field(name="List_Account", default_factory=list)
    member_count: int = field(name="MemberNum", default=0)
    operator_info: TipMember | None = field(name="MsgOperatorMemberExtraInfo", default=None)
    members: list[TipMember] = field(name="MsgMemberExtraInfo", default_factory=list)
    changes: dict[str, object] = field(name="MsgGroupNewInfo", default_factory=dict)
    mutes: list[TipMute] = field(name="MsgMemberInfo", default_factory=list)
    online: OnlineMembers | None = field(name="OnlineMemberInfo", default=None)


class UnpinnedName(Struct, gc=False):
    """A message that is pinned no more, by the values that clients know it again by."""

    tiny_id: str = field(name="SenderTinyId")
    client_time: int = field(name="ClientTime")
    random: int = field(name="Random")
    time: int = field(name="ServerTime")
    seq: int = field(name="MsgSeq")


class PinBody(Struct, omit_defaults=True):
    """A message was pinned (`kind` 16), or is no more (17)."""

    kind: int = field(name="OpType")
    operator: str = field(name="Operator_Account")
    operator_info: TipMember = field(name="MsgOperatorMemberExtraInfo")
    pinned: GroupMessageDown | None = field(name="PinnedMsg", default=None)
    unpinned: UnpinnedName | None = field(name="SdkGroupMessageId", default=None)


class PinTip(Struct):
    """What a group tells of a pin."""

    from_account: str = field(name="From_Account")
    group_id: str = field(name="ToGroupId")
    body: PinBody = field(name="MsgBody")
    info: GroupInfo = field(name="GroupInfo")


class GroupPinEvent(Event):
    """Messages that were pinned, or are no more."""

    tips: list[PinTip] = field(name="GroupTips")


class GroupRecallEvent(Event):
    """Messages of a group that were taken back."""

    notices: list[WithdrawnNotice] = field(name="GroupTips")


class GroupModifiedEvent(Event):
    """Messages of groups that have new content."""

    messages: list[ModifiedGroupMessage] = field(name="GroupMsgModNotifys")


class CustomNoticeEvent(Event):
    """What an app server tells members."""

    notices: list[CustomNotice] = field(name="GroupTips")


class GroupExtensionEvent(Event):
    """Extensions of a message of a group changed."""

    notice: GroupExtensionNotice = field(name="MsgExtensionNotify")


class GroupReactionEvent(Event):
    """Reactions to messages of a group changed."""

    notices: list[GroupReactionNotice] = field(name="MsgReactionNotifyList")


class TopicNoticeEvent(Event):
    """Topics of a community are there now, or are gone."""

    notices: list[TopicNotice] = field(name="GroupTips")


class TopicTipEvent(Event):
    """Topics that have new profiles."""

    tips: list[TopicTip] = field(name="GroupTips")


LiveEvent = (
    GroupPinEvent
    | GroupRecallEvent
    | GroupModifiedEvent
    | CustomNoticeEvent
    | GroupExtensionEvent
    | GroupReactionEvent
    | TopicNoticeEvent
    | TopicTipEvent
)


class LivePush(Struct):
    """The body of a push about something that is told live only."""

    events: list[LiveEvent] = field(name="EventArray")
