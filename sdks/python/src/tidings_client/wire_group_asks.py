"""What clients ask about groups and are answered, in its wire form (web-sdk-wire.md, section 6)."""

from typing import Any

from msgspec import UNSET, UnsetType, field

from tidings_client.elements import WireElement
from tidings_client.wire_base import Down, Up


class Field(Up, frozen=True):
    """A custom field."""

    key: str = field(name="Key")
    value: str = field(name="Value")


class FieldDown(Down, frozen=True):
    """A custom field."""

    key: str = field(name="Key", default="")
    value: str = field(name="Value", default="")


class OneMember(Up, frozen=True):
    """A member, by name."""

    account: str = field(name="Member_Account")


class Create(Up, frozen=True):
    """create_group."""

    kind: str = field(name="Type")
    name: str = field(name="Name")
    group: str | UnsetType = field(name="GroupId", default=UNSET)
    introduction: str = field(name="Introduction", default="")
    notification: str = field(name="Notification", default="")
    face_url: str = field(name="FaceUrl", default="")
    max_members: int | UnsetType = field(name="MaxMemberCount", default=UNSET)
    apply_option: str | UnsetType = field(name="ApplyJoinOption", default=UNSET)
    invite_option: str | UnsetType = field(name="InviteJoinOption", default=UNSET)
    custom: list[Field] = field(name="AppDefinedData", default_factory=list)
    members: list[OneMember] = field(name="MemberList", default_factory=list)
    has_topics: int = field(name="SupportTopic", default=0)
    has_permissions: int = field(name="EnablePermission", default=0)
    default_permission: int = field(name="DefaultPermission", default=0)


class Created(Down, frozen=True):
    """The new group."""

    group: str = field(name="GroupId")


class OneGroup(Up, frozen=True):
    """A group, by name."""

    group: str = field(name="GroupId")


class Join(OneGroup, frozen=True):
    """apply_join_group."""

    text: str = field(name="ApplyMsg", default="")


class Joined(Down, frozen=True):
    """JoinedSuccess, or WaitAdminApproval; of a live room that it is one."""

    is_live: int = field(name="HugeGroupFlag", default=0)
    status: str = field(name="JoinedStatus", default="JoinedSuccess")


class Add(OneGroup, frozen=True):
    """add_group_member."""

    members: list[OneMember] = field(name="MemberList")


class AddedRow(Down, frozen=True):
    """What became of an account."""

    account: str = field(name="Member_Account")
    result: int = field(name="Result", default=0)


class Added(Down, frozen=True):
    """What became of each account."""

    rows: list[AddedRow] = field(name="MemberList", default_factory=list)


class Remove(OneGroup, frozen=True):
    """delete_group_member."""

    accounts: list[str] = field(name="MemberToDel_Account")
    reason: str = field(name="Reason", default="")


class Filter(Up, frozen=True):
    """Which fields of a group are wanted."""

    group: list[str] = field(name="GroupBaseInfoFilter")


class AskProfiles(Up, frozen=True):
    """get_group_self_member_info and get_group_public_info."""

    groups: list[str] = field(name="GroupIdList")


class AskJoined(Up, frozen=True):
    """get_joined_group_list, also those that nobody has used yet."""

    account: str = field(name="Member_Account")
    with_unused: int = field(name="WithNoActiveGroups")
    filter: Filter | UnsetType = field(name="ResponseFilter", default=UNSET)


class SelfDown(Down, frozen=True):
    """What the user is in a group."""

    role: str = field(name="Role", default="")
    joined_at: int = field(name="JoinTime", default=0)
    receive: str = field(name="MsgFlag", default="")
    read_seq: int = field(name="MsgSeq", default=0)
    name_card: str = field(name="NameCard", default="")


class GroupDown(Down, frozen=True):
    """A group, or why it is not shown; what was not asked for is empty."""

    group: str = field(name="GroupId")
    code: int = field(name="ErrorCode", default=0)
    info: str = field(name="ErrorInfo", default="")
    kind: str = field(name="Type", default="")
    name: str = field(name="Name", default="")
    introduction: str = field(name="Introduction", default="")
    notification: str = field(name="Notification", default="")
    face_url: str = field(name="FaceUrl", default="")
    owner: str = field(name="Owner_Account", default="")
    created_at: int = field(name="CreateTime", default=0)
    last_at: int = field(name="LastMsgTime", default=0)
    next_seq: int = field(name="NextMsgSeq", default=1)
    member_count: int = field(name="MemberNum", default=0)
    max_members: int = field(name="MaxMemberNum", default=0)
    apply_option: str = field(name="ApplyJoinOption", default="")
    invite_option: str = field(name="InviteJoinOption", default="")
    mute_all: str = field(name="MuteAllMember", default="Off")
    has_topics: int = field(name="SupportTopic", default=0)
    has_permissions: int = field(name="EnablePermission", default=0)
    default_permission: int = field(name="DefaultPermission", default=0)
    custom: list[FieldDown] = field(name="AppDefinedData", default_factory=list)
    own: SelfDown = field(name="SelfInfo", default_factory=SelfDown)


class Profiles(Down, frozen=True):
    """Groups in the order asked for."""

    groups: list[GroupDown] = field(name="GroupInfo", default_factory=list)


class JoinedGroups(Down, frozen=True):
    """The groups that the user is in."""

    groups: list[GroupDown] = field(name="GroupIdList", default_factory=list)


class AskMembers(OneGroup, frozen=True):
    """get_group_member_info."""

    limit: int = field(name="Limit")
    offset: int = field(name="Offset", default=0)
    next: str = field(name="Next", default="")
    roles: list[str] | UnsetType = field(name="MemberRoleFilter", default=UNSET)


class MemberDown(Down, frozen=True):
    """A member."""

    account: str = field(name="Member_Account")
    role: str = field(name="Role", default="")
    joined_at: int = field(name="JoinTime", default=0)
    receive: str = field(name="MsgFlag", default="")
    sent_at: int = field(name="LastSendMsgTime", default=0)
    muted_until: int = field(name="MuteUntil", default=0)
    name_card: str = field(name="NameCard", default="")
    nick: str = field(name="NickName", default="")
    face_url: str = field(name="FaceUrl", default="")
    custom: list[FieldDown] = field(name="AppMemberDefinedData", default_factory=list)


class NamedMembers(Down, frozen=True):
    """Those who were asked for and are members."""

    members: list[MemberDown] = field(name="MemberList", default_factory=list)


class Members(NamedMembers, frozen=True):
    """A page of members."""

    next: str = field(name="Next", default="")


class Mention(Up, frozen=True):
    """Somebody who is mentioned, or everybody."""

    is_all: int = field(name="GroupAtAllFlag")
    account: str = field(name="GroupAt_Account", default="")


class Send(OneGroup, frozen=True):
    """send_group_msg."""

    sender: str = field(name="From_Account")
    random: int = field(name="Random")
    body: list[WireElement] = field(name="MsgBody")
    client_seq: int = field(name="ClientSeq")
    client_time: int = field(name="MsgClientTime")
    priority: str = field(name="MsgPriority", default="Normal")
    custom_data: str = field(name="CloudCustomData", default="")
    online_only: int = field(name="OnlineOnlyFlag", default=0)
    need_receipt: int = field(name="NeedReadReceipt", default=0)
    extensible: int = field(name="SupportMessageExtension", default=0)
    control: list[str] = field(name="SendMsgControl", default_factory=list)
    targets: list[str] = field(name="To_Account", default_factory=list)
    mentions: list[Mention] = field(name="GroupAtInfo", default_factory=list)
    push: dict[str, Any] | None = field(name="OfflinePushInfo", default=None)


class Sent(Down, frozen=True):
    """The time and place of a message; a `drop_reason` says why nobody gets it."""

    time: int = field(name="MsgTime")
    seq: int = field(name="MsgSeq", default=0)
    drop_reason: str = field(name="MsgDropReason", default="")


class AskHistory(OneGroup, frozen=True):
    """group_msg_get: `count` sequences that end at `up_to`, 0: at the newest."""

    count: int = field(name="ReqMsgNumber")
    with_recalled: int = field(name="WithRecalledMsg")
    up_to: int = field(name="ReqMsgSeq", default=0)


class Seq(Up, frozen=True):
    """A message, by its sequence."""

    seq: int = field(name="MsgSeq")


class Recall(OneGroup, frozen=True):
    """group_msg_recall."""

    seqs: list[Seq] = field(name="MsgSeqList")
    reason: str = field(name="Reason", default="")


class RecalledRow(Down, frozen=True):
    """What became of one message."""

    seq: int = field(name="MsgSeq")
    code: int = field(name="RetCode", default=0)


class Recalled(Down, frozen=True):
    """What became of each message."""

    rows: list[RecalledRow] = field(name="RecallRetList", default_factory=list)


class Modify(OneGroup, frozen=True):
    """modify_group_msg."""

    seq: int = field(name="MsgSeq")
    version: int | UnsetType = field(name="MsgVersion", default=UNSET)
    body: list[WireElement] | UnsetType = field(name="MsgBody", default=UNSET)
    custom_data: str | UnsetType = field(name="CloudCustomData", default=UNSET)


class Delete(OneGroup, frozen=True):
    """delete_group_ramble_msg_by_seq."""

    seqs: list[int] = field(name="Seqs")


class Read(OneGroup, frozen=True):
    """msg_read_report."""

    seq: int = field(name="MsgReadedSeq")


class Seqs(OneGroup, frozen=True):
    """group_msg_receipt and get_group_msg_receipt."""

    seqs: list[Seq] = field(name="MsgSeqList")


class CountRow(Down, frozen=True):
    """How many have read a message; `code`: it wanted no receipts."""

    seq: int = field(name="MsgSeq")
    code: int = field(name="Code", default=0)
    read: int = field(name="ReadNum", default=0)
    unread: int = field(name="UnreadNum", default=0)


class Counts(Down, frozen=True):
    """How many have read each message."""

    rows: list[CountRow] = field(name="GroupMsgReceiptList", default_factory=list)


class AskReaders(OneGroup, frozen=True):
    """get_group_msg_receipt_detail: 0 who has read, 1 who has not."""

    seq: int = field(name="MsgSeq")
    flag: int = field(name="Flag")
    count: int = field(name="Num")
    cursor: str = field(name="Cursor", default="")


class ReaderRow(Down, frozen=True):
    """A member who has read a message."""

    account: str = field(name="Read_Account")


class NoReaderRow(Down, frozen=True):
    """A member who has not read a message."""

    account: str = field(name="Unread_Account")


class Readers(Down, frozen=True):
    """A page of members."""

    is_finished: int = field(name="IsFinished", default=1)
    cursor: str = field(name="Cursor", default="")
    readers: list[ReaderRow] = field(name="ReadList", default_factory=list)
    others: list[NoReaderRow] = field(name="UnreadList", default_factory=list)


class OneMessage(OneGroup, frozen=True):
    """pin_message and unpin_message."""

    seq: int = field(name="MsgSeq")


class PinRow(Down, frozen=True):
    """A pinned message and who pinned it."""

    seq: int = field(name="MsgSeq")
    pinner: str = field(name="Pinner_Account", default="")


class Pins(Down, frozen=True):
    """Pinned messages, newest pin first."""

    rows: list[PinRow] = field(name="PinnedMsgList", default_factory=list)


class AskRecalls(OneGroup, frozen=True):
    """A group whose recalls are wanted, from a time on, unix seconds."""

    begin: int = field(name="BeginTime")


class AskAllRecalls(Up, frozen=True):
    """batch_get_group_notify."""

    groups: list[AskRecalls] = field(name="NotifyReqList")


class RevokerDown(Down, frozen=True):
    """Who took a message back."""

    account: str = field(name="Revoker_Account", default="")
    reason: str = field(name="Reason", default="")


class RecallDown(Down, frozen=True):
    """A message that was taken back."""

    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom", default=0)
    revoker: RevokerDown = field(name="RevokerInfo", default_factory=RevokerDown)


class RecallsDown(Down, frozen=True):
    """What was taken back in one group."""

    group: str = field(name="GroupId")
    items: list[RecallDown] = field(name="NotifyMsgList", default_factory=list)


class AllRecalls(Down, frozen=True):
    """What was taken back in each group."""

    groups: list[RecallsDown] = field(name="NotifyRspList", default_factory=list)
