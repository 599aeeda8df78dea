"""What clients are told: messages and events in their wire form (web-sdk-wire.md, sections 6 and 7)."""

from msgspec import Raw, Struct, field

from tidings.wire.extensions import ExtensionNotice, ReactionNotice
from tidings.wire.group_notices import GroupReadNotice, NoticeDown, ReceiptNotice
from tidings.wire.relations import FriendMod


class RevokerInfo(Struct, gc=False):
    """Who took a message back, and why."""

    revoker_account: str = field(name="Revoker_Account")
    reason: str = field(name="Reason", default="")


class MessageDown(Struct, omit_defaults=True):
    """A one-to-one message on its way to a client, by push or in history."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTimeStamp")
    client_time: int = field(name="MsgClientTime")
    body: Raw = field(name="MsgBody")
    tiny_id: str = field(name="TinyId")
    custom_data: str = field(name="CloudCustomData", default="")
    nick: str = field(name="From_AccountNick", default="")
    face_url: str = field(name="From_AccountHeadurl", default="")
    key: str = field(name="MsgKey", default="")
    version: int = field(name="MsgVersion", default=0)
    is_need_read_receipt: int = field(name="IsNeedReadReceipt", default=0)
    is_peer_read: int = field(name="IsPeerRead", default=0)
    flag_bits: int = field(name="MsgFlagBits", default=0)
    support_extension: int = field(name="SupportMessageExtension", default=0)
    revoker: RevokerInfo | None = field(name="RevokerInfo", default=None)
    is_sync: int = field(name="IsSyncMsg", default=0)
    life_time: int | None = field(name="MsgLifeTime", default=None)
    position: int = field(name="Position", default=0)


class Event(Struct, kw_only=True, omit_defaults=True):
    """One event of a push; which handler a client runs is decided by the array it carries."""

    event: int = field(name="Event")
    position: int = field(name="Position", default=0)


class MessageEvent(Event):
    """Messages that arrived, or that another device sent."""

    messages: list[MessageDown] = field(name="C2cMsgArray")


class MessageInfo(Struct, gc=False, omit_defaults=True):
    """The values by which a client knows a message again."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTime")
    client_time: int = field(name="MsgClientTime")
    tiny_id: str = field(name="TinyId")
    revoker: RevokerInfo | None = field(name="RevokerInfo", default=None)


class Withdrawn(Struct):
    """Messages that were taken back."""

    items: list[MessageInfo] = field(name="C2cWithdrawInfoArray")


class ReadMark(Struct, omit_defaults=True):
    """Up to when a conversation was read, unix seconds."""

    time: int = field(name="LastReadTime")
    from_account: str = field(name="From_Account", default="")


class ReadByPeerNotice(Struct):
    """The peer has read; `to_account` is the reader."""

    to_account: str = field(name="To_Account")
    marks: list[ReadMark] = field(name="UinPairReadArray")


class ReadElsewhereNotice(Struct):
    """I have read on another device."""

    marks: list[ReadMark] = field(name="UinPairReadArray")


class NewInstance(Struct, omit_defaults=True):
    """The device whose login displaced this one."""

    platform: str = field(name="Platform", default="")


class KickNotice(Struct):
    """This login was ended."""

    kick_type: int = field(name="KickType")
    new_instance: NewInstance = field(name="NewInstInfo")


class MuteNotice(Struct):
    """How messages of a user are received; `sequence` grows with each change of any of them."""

    to_account: str = field(name="To_Account")
    option: int = field(name="MuteNotifications")
    sequence: int = field(name="UpdateSeq")


class Notice(Struct, omit_defaults=True):
    """One notice about one-to-one conversations; exactly one member is set."""

    withdrawn: Withdrawn | None = field(name="WithdrawC2cMsgNotify", default=None)
    read_by_peer: ReadByPeerNotice | None = field(name="C2cReadedReceipt", default=None)
    read_elsewhere: ReadElsewhereNotice | None = field(name="ReadC2cMsgNotify", default=None)
    kick: KickNotice | None = field(name="KickoutMsgNotify", default=None)
    mute: MuteNotice | None = field(name="MuteNotificationsSync", default=None)


class NoticeEvent(Event):
    """Notices about one-to-one conversations, or about the login."""

    notices: list[Notice] = field(name="C2cNotifyMsgArray")


class AllReadEvent(Event):
    """Every one-to-one conversation was read on another device."""

    all_read: int = field(name="C2CReadAllMsg")
    time: int = field(name="LastReadTime")
    groups: list[Raw] = field(name="GroupReadInfoArray")


class ReceiptEvent(Event):
    """The receiver has sent receipts for messages."""

    user_id: str = field(name="UserId")
    time: int = field(name="PeerReadTime")
    messages: list[MessageInfo] = field(name="C2cMsgInfo")


class ModifiedMessage(Struct):
    """A message's new content."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTime")
    client_time: int = field(name="MsgClientTime")
    tiny_id: str = field(name="TinyId")
    version: int = field(name="MsgVersion")
    body: Raw = field(name="MsgBody")
    custom_data: str = field(name="CloudCustomData")


class ModifiedEvent(Event):
    """Messages that have new content."""

    messages: list[ModifiedMessage] = field(name="C2cMsgModNotifys")


class UserStatus(Struct):
    """A user's status: 1 online, 2 push-online, 3 offline; the custom status in base64."""

    to_account: str = field(name="To_Account")
    status: int = field(name="Status")
    custom_status: str = field(name="CustomStatus")


class StatusEvent(Event):
    """Users whose status changed."""

    users: list[UserStatus] = field(name="UserStatusList")


class ConversationName(Struct, omit_defaults=True):
    """A conversation, as pushes name it: of a user, or of a group."""

    type: int = field(name="Type")
    user_id: str = field(name="UserId", default="")
    group_id: str = field(name="ToGroupId", default="")


class ConversationNames(Struct, omit_defaults=True):
    """Conversations that were pinned, unpinned, cleared or deleted; `clears` 1: with their history."""

    items: list[ConversationName] = field(name="RecentContactList")
    clears: int = field(name="ClearRamble", default=0)


class MarkItem(Struct, omit_defaults=True):
    """A conversation's marks: the bits with `kind` 1, the custom mark with 2."""

    conversation: ConversationName = field(name="RecentContactItem")
    kind: int = field(name="OptType")
    bits: str | None = field(name="StandardMark", default=None)
    custom: str | None = field(name="CustomMark", default=None)


class MarkItems(Struct):
    """Conversations that have other marks."""

    items: list[MarkItem] = field(name="RecentContactMarkContactItem")


class GroupName(Struct):
    """A group of conversations."""

    number: int = field(name="GroupId")
    name: str = field(name="GroupName")


class FilledGroup(Struct):
    """A new group, and the conversations in it."""

    group: GroupName = field(name="MsgGroupItem")
    conversations: list[ConversationName] = field(name="MsgRecentContactItem")


class FilledGroups(Struct):
    """New groups."""

    items: list[FilledGroup] = field(name="MsgContactGroupContactItem")


class GroupNames(Struct):
    """Groups that are gone."""

    items: list[GroupName] = field(name="MsgGroupItem")


class GroupMove(Struct):
    """A conversation that was put into a group (1) or taken out (2)."""

    kind: int = field(name="ContactOptType")
    conversation: ConversationName = field(name="RecentContactItem")


class GroupUpdate(Struct, omit_defaults=True):
    """What is new of a group: its name (`kind` 1), or who is in it (2)."""

    kind: int = field(name="UpdateGroupType")
    number: int = field(name="GroupId")
    name: str = field(name="GroupName")
    old_name: str = field(name="OldGroupName")
    moves: list[GroupMove] | None = field(name="RecentContactUpdateGroupItem", default=None)


class GroupChange(Struct):
    """A change seen from the group (`kind` 1)."""

    kind: int = field(name="UpdateType")
    update: GroupUpdate = field(name="MsgUpdateGroup")


class ConversationChange(Struct, omit_defaults=True):
    """One change of the list; `kind` says which member is set."""

    kind: int = field(name="PushType")
    deleted: ConversationNames | None = field(name="RecentContactDeleteItem", default=None)
    pinned: ConversationNames | None = field(name="RecentContactTopItem", default=None)
    marked: MarkItems | None = field(name="RecentContactMarkContact", default=None)
    created: FilledGroups | None = field(name="RecentContactCreateContactGroup", default=None)
    dropped: GroupNames | None = field(name="RecentContactDelContactGroup", default=None)
    changed: GroupChange | None = field(name="RecentContactUpdateContactGroup", default=None)
    cleared: ConversationNames | None = field(name="RecentContactClearItem", default=None)


class ConversationEvent(Event):
    """The list of conversations was changed on another device."""

    changes: list[ConversationChange] = field(name="RecentContactMod")


class QuietTimeEvent(Event):
    """When nobody's messages are to disturb; times in unix seconds."""

    option: int = field(name="Level")
    start: int = field(name="StartTime")
    end: int = field(name="EndTime")
    is_repeated: int = field(name="IsRepeated")


class ExtensionEvent(Event):
    """Extensions of a message changed."""

    notice: ExtensionNotice = field(name="MsgExtensionNotify")


class ReactionEvent(Event):
    """Reactions to messages changed."""

    notices: list[ReactionNotice] = field(name="MsgReactionNotifyList")


class ProfileField(Struct, omit_defaults=True):
    """A field that has another value: a text, empty if it has none any more, or a number."""

    tag: str = field(name="Tag")
    text: str | None = field(name="ValueBytes", default=None)
    number: int | None = field(name="ValueNum", default=None)


class ProfileChange(Struct):
    """What changed of a user's profile; `kind` is 1."""

    kind: int = field(name="PushType")
    user_id: str = field(name="Profile_Account")
    fields: list[ProfileField] = field(name="ProfileList")


class ProfileEvent(Event):
    """A profile was changed, one's own or that of somebody it concerns."""

    changes: list[ProfileChange] = field(name="ProfileDataMod")


class FollowDiff(Struct):
    """What a user became (`is_added` 1) or is no more (0): follower 1, followed 2, both 3."""

    is_added: int = field(name="IsAdd")
    kind: int = field(name="FollowType")


class FollowChange(Struct):
    """What changed between the account and another user, and when, unix seconds."""

    from_account: str = field(name="From_Account")
    time: int = field(name="FollowTime")
    diffs: list[FollowDiff] = field(name="FollowDiffList")


class FollowEvent(Event):
    """Users follow the account, or are followed by it, or no more."""

    changes: list[FollowChange] = field(name="FollowChangeList")


class RelationEvent(Event):
    """Friends, friend requests, the blocklist or friend groups are others now."""

    mods: list[FriendMod] = field(name="FriendListMod")


class GroupReadEvent(Event):
    """Groups were read on another device."""

    notices: list[GroupReadNotice] = field(name="GroupTips")


class GroupReceiptEvent(Event):
    """Members have read messages of a group."""

    notices: list[ReceiptNotice] = field(name="GroupTips")


class GroupNoticeEvent(Event):
    """A group tells the account something."""

    notices: list[NoticeDown] = field(name="GroupTips")


AnyEvent = (
    MessageEvent
    | NoticeEvent
    | AllReadEvent
    | ReceiptEvent
    | ModifiedEvent
    | StatusEvent
    | ConversationEvent
    | QuietTimeEvent
    | ExtensionEvent
    | ReactionEvent
    | ProfileEvent
    | FollowEvent
    | RelationEvent
    | GroupReadEvent
    | GroupReceiptEvent
    | GroupNoticeEvent
)


class Push(Struct, omit_defaults=True):
    """The body of a push; with `need_ack` 1 the client sends `session_data` back once it has it."""

    events: list[AnyEvent] = field(name="EventArray")
    need_ack: int = field(name="NeedAck", default=0)
    session_data: str = field(name="SessionData", default="")
