"""Callbacks of group. Made by tools/generate_callbacks.py from spec/webhooks.yaml: change those instead."""

from typing import ClassVar

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

from tidings.wire.callbacks.callback import Callback, MemberItem, Phase


class GroupBeforeCreateGroup(Callback, kw_only=True):
    """Before a group is created."""

    callback: ClassVar[str] = "Group.CallbackBeforeCreateGroup"
    phase: ClassVar[Phase] = Phase.BEFORE
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackBeforeCreateGroup")
    operator_account: str = field(name="Operator_Account")
    owner_account: str = field(name="Owner_Account")
    type: str = field(name="Type")
    name: str = field(name="Name")
    create_group_num: int = field(name="CreateGroupNum")
    member_list: list[MemberItem] = field(name="MemberList")
    event_time: int = field(name="EventTime")


class GroupAfterCreateGroupUserDefinedDataList(Struct, kw_only=True):
    """A part of UserDefinedDataList."""

    key: str = field(name="Key")
    value: str = field(name="Value")


class GroupAfterCreateGroup(Callback, kw_only=True):
    """After a group is created."""

    callback: ClassVar[str] = "Group.CallbackAfterCreateGroup"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterCreateGroup")
    group_id: str = field(name="GroupId")
    operator_account: str = field(name="Operator_Account")
    owner_account: str = field(name="Owner_Account")
    type: str = field(name="Type")
    name: str = field(name="Name")
    member_list: list[MemberItem] = field(name="MemberList")
    user_defined_data_list: list[GroupAfterCreateGroupUserDefinedDataList] = field(name="UserDefinedDataList")
    event_time: int = field(name="EventTime")


class GroupBeforeApplyJoinGroup(Callback, kw_only=True):
    """Before a join request is processed."""

    callback: ClassVar[str] = "Group.CallbackBeforeApplyJoinGroup"
    phase: ClassVar[Phase] = Phase.BEFORE
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackBeforeApplyJoinGroup")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    requestor_account: str = field(name="Requestor_Account")
    event_time: int = field(name="EventTime")


class GroupBeforeInviteJoinGroup(Callback, kw_only=True):
    """Before users are invited into a group."""

    callback: ClassVar[str] = "Group.CallbackBeforeInviteJoinGroup"
    phase: ClassVar[Phase] = Phase.BEFORE
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackBeforeInviteJoinGroup")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    operator_account: str = field(name="Operator_Account")
    destination_members: list[MemberItem] = field(name="DestinationMembers")
    event_time: int = field(name="EventTime")


class GroupAfterNewMemberJoin(Callback, kw_only=True):
    """After users joined a group."""

    callback: ClassVar[str] = "Group.CallbackAfterNewMemberJoin"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterNewMemberJoin")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    join_type: str = field(name="JoinType")
    operator_account: str = field(name="Operator_Account")
    new_member_list: list[MemberItem] = field(name="NewMemberList")
    event_time: int = field(name="EventTime")


class GroupAfterMemberExit(Callback, kw_only=True):
    """After members left a group."""

    callback: ClassVar[str] = "Group.CallbackAfterMemberExit"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterMemberExit")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    exit_type: str = field(name="ExitType")
    operator_account: str = field(name="Operator_Account")
    exit_member_list: list[MemberItem] = field(name="ExitMemberList")
    event_time: int = field(name="EventTime")


class GroupBeforeSendMsg(Callback, kw_only=True):
    """Before a group message is sent."""

    callback: ClassVar[str] = "Group.CallbackBeforeSendMsg"
    phase: ClassVar[Phase] = Phase.BEFORE
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackBeforeSendMsg")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    from_account: str = field(name="From_Account")
    operator_account: str = field(name="Operator_Account")
    random: int = field(name="Random")
    msg_id: str = field(name="MsgId")
    online_only_flag: int = field(name="OnlineOnlyFlag")
    msg_body: msgspec.Raw = field(name="MsgBody")
    cloud_custom_data: str = field(name="CloudCustomData")
    topic_id: str | UnsetType = field(name="TopicId", default=UNSET)
    event_time: int = field(name="EventTime")


class GroupAfterSendMsg(Callback, kw_only=True):
    """After a group message is sent."""

    callback: ClassVar[str] = "Group.CallbackAfterSendMsg"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterSendMsg")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    from_account: str = field(name="From_Account")
    operator_account: str = field(name="Operator_Account")
    random: int = field(name="Random")
    msg_seq: int = field(name="MsgSeq")
    msg_time: int = field(name="MsgTime")
    msg_id: str = field(name="MsgId")
    online_only_flag: int = field(name="OnlineOnlyFlag")
    msg_body: msgspec.Raw = field(name="MsgBody")
    cloud_custom_data: str = field(name="CloudCustomData")
    topic_id: str | UnsetType = field(name="TopicId", default=UNSET)
    event_time: int = field(name="EventTime")


class GroupAfterGroupFull(Callback, kw_only=True):
    """After a group became full."""

    callback: ClassVar[str] = "Group.CallbackAfterGroupFull"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterGroupFull")
    group_id: str = field(name="GroupId")
    event_time: int = field(name="EventTime")


class GroupAfterGroupDestroyed(Callback, kw_only=True):
    """After a group is disbanded."""

    callback: ClassVar[str] = "Group.CallbackAfterGroupDestroyed"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterGroupDestroyed")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    owner_account: str = field(name="Owner_Account")
    name: str = field(name="Name")
    member_list: list[MemberItem] | UnsetType = field(name="MemberList", default=UNSET)
    event_time: int = field(name="EventTime")


class GroupAfterGroupInfoChanged(Callback, kw_only=True):
    """After the group profile changed."""

    callback: ClassVar[str] = "Group.CallbackAfterGroupInfoChanged"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterGroupInfoChanged")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    operator_account: str = field(name="Operator_Account")
    name: str | UnsetType = field(name="Name", default=UNSET)
    introduction: str | UnsetType = field(name="Introduction", default=UNSET)
    notification: str | UnsetType = field(name="Notification", default=UNSET)
    face_url: str | UnsetType = field(name="FaceUrl", default=UNSET)
    event_time: int = field(name="EventTime")


class GroupAfterRecallMsgMsgSeqList(Struct, kw_only=True):
    """A part of MsgSeqList."""

    msg_seq: int = field(name="MsgSeq")
    msg_id: str | UnsetType = field(name="MsgId", default=UNSET)


class GroupAfterRecallMsg(Callback, kw_only=True):
    """After group messages are recalled."""

    callback: ClassVar[str] = "Group.CallbackAfterRecallMsg"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterRecallMsg")
    operator_account: str = field(name="Operator_Account")
    type: str = field(name="Type")
    group_id: str = field(name="GroupId")
    msg_seq_list: list[GroupAfterRecallMsgMsgSeqList] = field(name="MsgSeqList")
    topic_id: str | UnsetType = field(name="TopicId", default=UNSET)
    event_time: int = field(name="EventTime")


class GroupOnMemberStateChange(Callback, kw_only=True):
    """AVChatRoom member goes online or offline."""

    callback: ClassVar[str] = "Group.CallbackOnMemberStateChange"
    tells_address: ClassVar[bool] = False
    tells_platform: ClassVar[bool] = False
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackOnMemberStateChange")
    group_id: str = field(name="GroupId")
    event_type: str = field(name="EventType")
    event_cause: str = field(name="EventCause")
    member_list: list[MemberItem] = field(name="MemberList")
    event_time: int = field(name="EventTime")


class GroupSendMsgException(Callback, kw_only=True):
    """Group message could not be sent."""

    callback: ClassVar[str] = "Group.CallbackSendMsgException"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackSendMsgException")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    from_account: str = field(name="From_Account")
    operator_account: str = field(name="Operator_Account")
    random: int = field(name="Random")
    online_only_flag: int = field(name="OnlineOnlyFlag")
    msg_body: msgspec.Raw = field(name="MsgBody")
    cloud_custom_data: str = field(name="CloudCustomData")
    error_code: int = field(name="ErrorCode")
    error_info: str = field(name="ErrorInfo")
    event_time: int = field(name="EventTime")


class GroupAfterMemberFieldChanged(Callback, kw_only=True):
    """After a group member's profile changed."""

    callback: ClassVar[str] = "Group.CallbackAfterMemberFieldChanged"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterMemberFieldChanged")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    operator_account: str = field(name="Operator_Account")
    member_account: str = field(name="Member_Account")
    modified_account: str = field(name="Modified_Account")
    role: str | UnsetType = field(name="Role", default=UNSET)
    name_card: str | UnsetType = field(name="NameCard", default=UNSET)
    event_time: int = field(name="EventTime")


class GroupAfterGroupAttrChangedGroupAttr(Struct, kw_only=True):
    """A part of GroupAttr."""

    key: str = field(name="key")
    value: str = field(name="value")


class GroupAfterGroupAttrChanged(Callback, kw_only=True):
    """After group attributes changed."""

    callback: ClassVar[str] = "Group.CallbackAfterGroupAttrChanged"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterGroupAttrChanged")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    operator_account: str = field(name="Operator_Account")
    option_type: str = field(name="OptionType")
    group_attr: list[GroupAfterGroupAttrChangedGroupAttr] = field(name="GroupAttr")
    event_time: int = field(name="EventTime")


class GroupAfterReadReceiptGroupMsgReceiptList(Struct, kw_only=True):
    """A part of GroupMsgReceiptList."""

    msg_seq: int = field(name="MsgSeq")
    read_num: int = field(name="ReadNum")
    unread_num: int = field(name="UnreadNum")
    read_receipt_members: list[MemberItem] = field(name="ReadReceiptMembers")


class GroupAfterReadReceipt(Callback, kw_only=True):
    """After group read receipts."""

    callback: ClassVar[str] = "Group.CallbackAfterReadReceipt"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterReadReceipt")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    group_msg_receipt_list: list[GroupAfterReadReceiptGroupMsgReceiptList] = field(name="GroupMsgReceiptList")
    event_time: int = field(name="EventTime")


class GroupAfterChangeGroupOwner(Callback, kw_only=True):
    """After the group owner changed."""

    callback: ClassVar[str] = "Group.CallbackAfterChangeGroupOwner"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterChangeGroupOwner")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    operator_account: str = field(name="Operator_Account")
    old_owner_account: str = field(name="OldOwner_Account")
    new_owner_account: str = field(name="NewOwner_Account")
    event_time: int = field(name="EventTime")


class GroupOnDailyGroupQuotaAlarm(Callback, kw_only=True):
    """Daily group increase passes 70 % of the quota."""

    callback: ClassVar[str] = "Group.CallbackOnDailyGroupQuotaAlarm"
    phase: ClassVar[Phase] = Phase.ALARM
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackOnDailyGroupQuotaAlarm")
    quota_used: int = field(name="QuotaUsed")
    quota: int = field(name="Quota")
    event_time: int = field(name="EventTime")


class GroupAfterModifyMsg(Callback, kw_only=True):
    """After a group message is edited."""

    callback: ClassVar[str] = "Group.CallbackAfterModifyMsg"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterModifyMsg")
    operator_account: str = field(name="Operator_Account")
    group_id: str = field(name="GroupId")
    topic_id: str = field(name="TopicId")
    msg_seq: int = field(name="MsgSeq")
    msg_body: msgspec.Raw = field(name="MsgBody")
    event_time: int = field(name="EventTime")


class GroupAfterGroupMsgExtensionExtensionList(Struct, kw_only=True):
    """A part of ExtensionList."""

    key: str = field(name="Key")
    value: str = field(name="Value")
    seq: int = field(name="Seq")


class GroupAfterGroupMsgExtension(Callback, kw_only=True):
    """After message extensions of a group message change."""

    callback: ClassVar[str] = "Group.CallbackAfterGroupMsgExtension"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterGroupMsgExtension")
    group_id: str = field(name="GroupId")
    msg_seq: int = field(name="MsgSeq")
    operate_type: int = field(name="OperateType")
    extension_list: list[GroupAfterGroupMsgExtensionExtensionList] = field(name="ExtensionList")
    seq: int = field(name="Seq")
    event_time: int = field(name="EventTime")


class GroupBeforeCreateTopic(Callback, kw_only=True):
    """Before a topic is created."""

    callback: ClassVar[str] = "Group.CallbackBeforeCreateTopic"
    phase: ClassVar[Phase] = Phase.BEFORE
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackBeforeCreateTopic")
    operator_account: str = field(name="Operator_Account")
    type: str = field(name="Type")
    name: str = field(name="Name")


class GroupAfterCreateTopicUserDefinedDataList(Struct, kw_only=True):
    """A part of UserDefinedDataList."""

    key: str = field(name="Key")
    value: str = field(name="Value")


class GroupAfterCreateTopic(Callback, kw_only=True):
    """After a topic is created."""

    callback: ClassVar[str] = "Group.CallbackAfterCreateTopic"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterCreateTopic")
    group_id: str = field(name="GroupId")
    topic_id: str = field(name="TopicId")
    operator_account: str = field(name="Operator_Account")
    owner_account: str = field(name="Owner_Account")
    type: str = field(name="Type")
    name: str = field(name="Name")
    user_defined_data_list: list[GroupAfterCreateTopicUserDefinedDataList] = field(name="UserDefinedDataList")


class GroupAfterTopicDestroyed(Callback, kw_only=True):
    """After topics are deleted."""

    callback: ClassVar[str] = "Group.CallbackAfterTopicDestroyed"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterTopicDestroyed")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    topic_id_list: list[str] = field(name="TopicIdList")


class GroupAfterTopicInfoChanged(Callback, kw_only=True):
    """After a topic profile changed."""

    callback: ClassVar[str] = "Group.CallbackAfterTopicInfoChanged"
    callback_command: str = field(name="CallbackCommand", default="Group.CallbackAfterTopicInfoChanged")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    operator_account: str = field(name="Operator_Account")
    topic_id: str | UnsetType = field(name="TopicId", default=UNSET)
    name: str | UnsetType = field(name="Name", default=UNSET)
    introduction: str | UnsetType = field(name="Introduction", default=UNSET)
    notification: str | UnsetType = field(name="Notification", default=UNSET)
    face_url: str | UnsetType = field(name="FaceUrl", default=UNSET)
