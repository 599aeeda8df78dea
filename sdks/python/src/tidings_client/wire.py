"""The gateway's bodies in their wire form (spec/client/openim.yaml, im_open_status.yaml, recentcontact.yaml)."""

from typing import Any

from msgspec import field

from tidings_client.elements import WireElement
from tidings_client.wire_base import Down as Down  # noqa: PLC0414 - the name belongs here, too
from tidings_client.wire_base import Up as Up  # noqa: PLC0414 - the name belongs here, too
from tidings_client.wire_extensions import ToldExtensions, ToldReactions
from tidings_client.wire_groups import ModifiedDown, WireGroupMessage
from tidings_client.wire_profiles import ToldFollow, ToldProfile
from tidings_client.wire_relations import ToldRelation
from tidings_client.wire_told import ListChange, Mute


class Nothing(Down, frozen=True):
    """An answer that says no more than that it went well."""


class LogIn(Up, frozen=True):
    """im_open_status.wslogin."""

    state: str = field(name="State")
    custom_info: str = field(name="CustomInfo")
    inst_type: int = field(name="InstType")


class LoggedIn(Down, frozen=True):
    """The ticket and the numbers that stand for a login."""

    ticket: str = field(name="A2Key")
    tiny_id: str = field(name="TinyId")
    instance: int = field(name="InstId")
    hello_interval: float = field(name="HelloInterval", default=0.0)
    time: int = field(name="TimeStamp", default=0)


class LogOut(Up, frozen=True):
    """im_open_status.wslogout."""

    kind: int = field(name="wslogout_type")


class Send(Up, frozen=True):
    """openim.sendmsg."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    client_time: int = field(name="MsgClientTime")
    body: list[WireElement] = field(name="MsgBody")
    custom_data: str = field(name="CloudCustomData", default="")
    online_only: int = field(name="OnlineOnlyFlag", default=0)
    need_receipt: int = field(name="IsNeedReadReceipt", default=0)
    extensible: int = field(name="SupportMessageExtension", default=0)
    control: list[str] = field(name="SendMsgControl", default_factory=list)
    push: dict[str, Any] | None = field(name="OfflinePushInfo", default=None)


class Sent(Down, frozen=True):
    """What the server made of a message."""

    time: int = field(name="MsgTime")
    key: str = field(name="MsgKey", default="")


class Revoker(Down, frozen=True):
    """Who took a message back."""

    account: str = field(name="Revoker_Account", default="")
    reason: str = field(name="Reason", default="")


class WireMessage(Down, frozen=True):
    """A message; with `is_sync` its two accounts are swapped."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTimeStamp")
    body: list[WireElement] = field(name="MsgBody")
    client_time: int = field(name="MsgClientTime", default=0)
    tiny_id: str = field(name="TinyId", default="")
    custom_data: str = field(name="CloudCustomData", default="")
    nick: str = field(name="From_AccountNick", default="")
    face_url: str = field(name="From_AccountHeadurl", default="")
    version: int = field(name="MsgVersion", default=0)
    need_receipt: int = field(name="IsNeedReadReceipt", default=0)
    peer_read: int = field(name="IsPeerRead", default=0)
    extensible: int = field(name="SupportMessageExtension", default=0)
    flag_bits: int = field(name="MsgFlagBits", default=0)
    revoker: Revoker | None = field(name="RevokerInfo", default=None)
    life_time: int | None = field(name="MsgLifeTime", default=None)
    is_sync: int = field(name="IsSyncMsg", default=0)
    key: str = field(name="MsgKey", default="")
    position: int = field(name="Position", default=0)


class MessageName(Down, frozen=True):
    """The values by which an event names a message."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTime")
    client_time: int = field(name="MsgClientTime", default=0)
    tiny_id: str = field(name="TinyId", default="")
    revoker: Revoker | None = field(name="RevokerInfo", default=None)
    version: int = field(name="MsgVersion", default=0)
    body: list[WireElement] = field(name="MsgBody", default_factory=list)
    custom_data: str = field(name="CloudCustomData", default="")


class Mark(Down, frozen=True):
    """Up to when a conversation is read."""

    time: int = field(name="LastReadTime")
    peer: str = field(name="From_Account", default="")


class PeerRead(Down, frozen=True):
    """The other side has read."""

    reader: str = field(name="To_Account")
    marks: list[Mark] = field(name="UinPairReadArray")


class OwnRead(Down, frozen=True):
    """Another own device has read."""

    marks: list[Mark] = field(name="UinPairReadArray")


class Withdrawn(Down, frozen=True):
    """Messages that were taken back."""

    messages: list[MessageName] = field(name="C2cWithdrawInfoArray")


class NewInstance(Down, frozen=True):
    """The login that took another's place."""

    platform: str = field(name="Platform", default="")


class Kick(Down, frozen=True):
    """A login was ended."""

    kind: int = field(name="KickType", default=0)
    successor: NewInstance | None = field(name="NewInstInfo", default=None)


class Notice(Down, frozen=True):
    """One of several things that an event 10 may tell."""

    withdrawn: Withdrawn | None = field(name="WithdrawC2cMsgNotify", default=None)
    peer_read: PeerRead | None = field(name="C2cReadedReceipt", default=None)
    own_read: OwnRead | None = field(name="ReadC2cMsgNotify", default=None)
    kick: Kick | None = field(name="KickoutMsgNotify", default=None)
    mute: Mute | None = field(name="MuteNotificationsSync", default=None)


class UserStatus(Down, frozen=True):
    """A user's status; the custom status in base64."""

    user: str = field(name="To_Account")
    status: int = field(name="Status", default=3)
    custom_status: str = field(name="CustomStatus", default="")


class WireEvent(Down, frozen=True):
    """An event of whatever kind: the name of its array tells which, and the number what a group tells."""

    event: int = field(name="Event", default=0)
    position: int = field(name="Position", default=0)
    messages: list[WireMessage] = field(name="C2cMsgArray", default_factory=list)
    notices: list[Notice] = field(name="C2cNotifyMsgArray", default_factory=list)
    modified: list[MessageName] = field(name="C2cMsgModNotifys", default_factory=list)
    receipts: list[MessageName] = field(name="C2cMsgInfo", default_factory=list)
    reader: str = field(name="UserId", default="")
    receipt_time: int = field(name="PeerReadTime", default=0)
    all_read: int = field(name="C2CReadAllMsg", default=0)
    all_read_time: int = field(name="LastReadTime", default=0)
    statuses: list[UserStatus] = field(name="UserStatusList", default_factory=list)
    list_changes: list[ListChange] = field(name="RecentContactMod", default_factory=list)
    extensions: ToldExtensions | None = field(name="MsgExtensionNotify", default=None)
    reactions: list[ToldReactions] = field(name="MsgReactionNotifyList", default_factory=list)
    profiles: list[ToldProfile] = field(name="ProfileDataMod", default_factory=list)
    follows: list[ToldFollow] = field(name="FollowChangeList", default_factory=list)
    group_messages: list[WireGroupMessage] = field(name="GroupMsgArray", default_factory=list)
    group_items: list[WireGroupMessage] = field(name="GroupTips", default_factory=list)
    group_modified: list[ModifiedDown] = field(name="GroupMsgModNotifys", default_factory=list)
    relations: list[ToldRelation] = field(name="FriendListMod", default_factory=list)
    quiet_option: int | None = field(name="Level", default=None)
    quiet_start: int = field(name="StartTime", default=0)
    quiet_end: int = field(name="EndTime", default=0)
    is_quiet_repeated: int = field(name="IsRepeated", default=0)


class Push(Down, frozen=True):
    """What comes unasked."""

    events: list[WireEvent] = field(name="EventArray", default_factory=list)
    need_ack: int = field(name="NeedAck", default=0)
    session_data: str = field(name="SessionData", default="")
    flag: int = field(name="Flag", default=0)


class Overload(Down, frozen=True):
    """A command that is not to be sent for some seconds."""

    servcmd: str = field(name="OverLoadServCmd")
    seconds: float = field(name="DelaySecs")


class Ack(Up, frozen=True):
    """openim.ws_msg_push_ack."""

    session_data: str = field(name="SessionData")


class Sync(Up, frozen=True):
    """openim.getmsg: asks what happened after a position."""

    cookie: str = field(name="Cookie")
    sync_flag: int = field(name="SyncFlag")
    need_abstract: int = field(name="NeedAbstract", default=0)


class Unread(Down, frozen=True):
    """The unread number of a conversation."""

    peer: str = field(name="From_Account")
    count: int = field(name="UnreadCount")


class Synced(Down, frozen=True):
    """A page of the account's log; `sync_flag` 2: the last one."""

    sync_flag: int = field(name="SyncFlag")
    cookie: str = field(name="Cookie")
    messages: list[WireMessage] = field(name="MsgList", default_factory=list)
    events: list[WireEvent] = field(name="EventArray", default_factory=list)
    unread: list[Unread] = field(name="C2CPairUnreadCount", default_factory=list)
    gap: int = field(name="Gap", default=0)


class Roam(Up, frozen=True):
    """openim.getroammsg."""

    peer: str = field(name="Peer_Account")
    count: int = field(name="MaxCnt")
    last_time: int = field(name="LastMsgTime")
    key: str = field(name="MsgKey")
    with_recalled: int = field(name="WithRecalledMsg")
    direction: int = field(name="GetDirection", default=0)


class Roamed(Down, frozen=True):
    """A page of history, oldest first."""

    complete: int = field(name="Complete")
    messages: list[WireMessage] = field(name="MsgList", default_factory=list)
    last_time: int = field(name="LastMsgTime", default=0)
    key: str = field(name="MsgKey", default="")


class ListConversations(Up, frozen=True):
    """recentcontact.page_get."""

    time: int = field(name="TimeStamp")
    start: int = field(name="StartIndex")
    top_time: int = field(name="TopTimeStamp")
    top_start: int = field(name="TopStartIndex")
    order: int = field(name="OrderType")
    message_flags: int = field(name="MsgAssistFlags")
    flags: int = field(name="AssistFlags")


class LastMessage(Down, frozen=True):
    """The message that a conversation shows in the list."""

    body: list[WireElement] = field(name="MsgBody", default_factory=list)
    custom_data: str = field(name="CloudCustomData", default="")
    tip: dict[str, Any] | None = field(name="GroupTips", default=None)


class ConversationRow(Down, frozen=True):
    """A conversation in the list; kind 1 is one-to-one, 2 is of a group."""

    kind: int = field(name="Type")
    peer: str = field(name="To_Account", default="")
    time: int = field(name="MsgTime", default=0)
    top_flags: int = field(name="TopFlags", default=0)
    last_flags: int = field(name="LastMsgFlags", default=0)
    last_sender: str = field(name="LastC2CMsgFrom_Account", default="")
    last: LastMessage | None = field(name="LastMsg", default=None)
    peer_read_time: int = field(name="C2cPeerReadTime", default=0)
    nick: str = field(name="C2cNick", default="")
    face_url: str = field(name="C2cImage", default="")
    option: int = field(name="MsgRecvOption", default=0)
    bits: str = field(name="StandardMark", default="")
    custom_mark: str = field(name="CustomMark", default="")
    groups: list[int] = field(name="ContactGroupId", default_factory=list)
    group: str = field(name="ToAccount", default="")
    unread: int = field(name="UnreadMsgCount", default=0)
    read_seq: int = field(name="MsgGroupReadedSeq", default=0)
    next_seq: int = field(name="GroupNextMsgSeq", default=0)
    group_name: str = field(name="GroupNick", default="")
    group_face: str = field(name="GroupImage", default="")
    group_kind: str = field(name="GroupType", default="")
    last_group_sender: str = field(name="MsgGroupFrom_Account", default="")


class NamedGroup(Down, frozen=True):
    """A group of conversations."""

    number: int = field(name="GroupId")
    name: str = field(name="GroupName")


class ConversationPage(Down, frozen=True):
    """A page of the list; the four values come back in the next request."""

    complete: int = field(name="CompleteFlag")
    rows: list[ConversationRow] = field(name="SessionItem", default_factory=list)
    time: int = field(name="TimeStamp", default=0)
    start: int = field(name="StartIndex", default=0)
    top_time: int = field(name="TopTimeStamp", default=0)
    top_start: int = field(name="TopStartIndex", default=0)
    groups: list[NamedGroup] = field(name="GroupItem", default_factory=list)


class ReadRow(Up, frozen=True):
    """A conversation and up to when it is read; 0: now."""

    peer: str = field(name="To_Account")
    time: int = field(name="LastedMsgTime")
    receipt: int = field(name="Receipt")


class ReadRows(Up, frozen=True):
    """The conversations of a read report."""

    rows: list[ReadRow] = field(name="C2CMsgReadedItem")


class ReportRead(Up, frozen=True):
    """openim.msgreaded."""

    report: ReadRows = field(name="C2CMsgReaded")


class ReportAllRead(Up, frozen=True):
    """openim.read_all_unread_msg."""

    c2c: int = field(name="C2CReadAllMsg")


class ReceiptRow(Up, frozen=True):
    """A message that a receipt is for."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTime")
    client_time: int = field(name="MsgClientTime")


class GiveReceipts(Up, frozen=True):
    """openim.c2c_msg_read_receipt."""

    peer: str = field(name="Peer_Account")
    rows: list[ReceiptRow] = field(name="C2CMsgInfo")


class RecallName(Up, frozen=True):
    """The message that is taken back."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTimeStamp")


class Recall(Up, frozen=True):
    """openim.msgwithdraw."""

    name: RecallName = field(name="MsgInfo")


class Modify(Up, frozen=True):
    """openim.modify_c2c_msg."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    time: int = field(name="MsgTime")
    version: int = field(name="MsgVersion")
    body: list[WireElement] | None = field(name="MsgBody", default=None)
    custom_data: str | None = field(name="CloudCustomData", default=None)


class Modified(Down, frozen=True):
    """The message as it is now."""

    version: int = field(name="MsgVersion")
    body: list[WireElement] = field(name="MsgBody", default_factory=list)
    custom_data: str = field(name="CloudCustomData", default="")


class Delete(Up, frozen=True):
    """openim.delete_c2c_msg_ramble."""

    peer: str = field(name="To_Account")
    keys: list[str] = field(name="MsgKeyList")


class Users(Up, frozen=True):
    """Some users."""

    users: list[str] = field(name="To_Account")


class ReadTimes(Down, frozen=True):
    """Up to when each user has read, in the order asked."""

    times: list[int] = field(name="ReadTime")


class SetStatus(Up, frozen=True):
    """im_open_status.ws_set_custom_status."""

    text: str = field(name="CustomStatus")


class Failure(Down, frozen=True):
    """A user for whom a call failed."""

    user: str = field(name="To_Account")
    code: int = field(name="ErrorCode", default=0)


class Statuses(Down, frozen=True):
    """Users' status, and the users that have none."""

    users: list[UserStatus] = field(name="UserStatusList", default_factory=list)
    failures: list[Failure] = field(name="ErrorList", default_factory=list)


class Subscribed(Down, frozen=True):
    """Users that cannot be subscribed to."""

    failures: list[Failure] = field(name="ErrorList", default_factory=list)
