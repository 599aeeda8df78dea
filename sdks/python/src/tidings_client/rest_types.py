"""Bodies of the REST commands. Made by sdks/python/generate.py from spec/rest: change those instead."""

from typing import Any, ClassVar, Generic, TypeVar

import msgspec
from msgspec import field

from tidings_client.elements import WireElement


class Response(msgspec.Struct, frozen=True):
    """An answer; a field that was not in it has an empty value."""

    action_status: str = field(name="ActionStatus", default="OK")
    error_code: int = field(name="ErrorCode", default=0)
    error_info: str = field(name="ErrorInfo", default="")


R = TypeVar("R", bound=Response)


class Request(msgspec.Struct, Generic[R], frozen=True, omit_defaults=True):
    """A request; None leaves a field out. `command` and `response` say what it asks and what comes back."""

    command: ClassVar[str]
    response: ClassVar[type[Response]]


class GetiplistResponse(Response, frozen=True):
    """What ConfigSvc/GetIPList answers."""

    ip_list: list[str] = field(name="IPList", default_factory=list)


class GetiplistRequest(Request["GetiplistResponse"], frozen=True):
    """List the server's IP addresses (ConfigSvc/GetIPList)."""

    command = "ConfigSvc/GetIPList"
    response = GetiplistResponse


class FollowAddResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    to_account: str = field(name="To_Account", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class FollowAddResponse(Response, frozen=True):
    """What follow/follow_add answers."""

    result_item: list[FollowAddResultItem] = field(name="ResultItem", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class FollowAddFollowItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of FollowItem."""

    to_account: str = field(name="To_Account")


class FollowAddRequest(Request["FollowAddResponse"], frozen=True):
    """Follow users (follow/follow_add)."""

    command = "follow/follow_add"
    response = FollowAddResponse
    from_account: str = field(name="From_Account")
    follow_item: list[FollowAddFollowItem] = field(name="FollowItem")


class FollowDeleteResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    to_account: str = field(name="To_Account", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class FollowDeleteResponse(Response, frozen=True):
    """What follow/follow_delete answers."""

    result_item: list[FollowDeleteResultItem] = field(name="ResultItem", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class FollowDeleteRequest(Request["FollowDeleteResponse"], frozen=True):
    """Stop following users (follow/follow_delete)."""

    command = "follow/follow_delete"
    response = FollowDeleteResponse
    from_account: str = field(name="From_Account")
    to_account: list[str] = field(name="To_Account")


class FollowCheckResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    to_account: str = field(name="To_Account", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")
    follow_type: int = field(name="FollowType", default=0)


class FollowCheckResponse(Response, frozen=True):
    """What follow/follow_check answers."""

    result_item: list[FollowCheckResultItem] = field(name="ResultItem", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class FollowCheckRequest(Request["FollowCheckResponse"], frozen=True):
    """Check follow relations (follow/follow_check)."""

    command = "follow/follow_check"
    response = FollowCheckResponse
    from_account: str = field(name="From_Account")
    to_account: list[str] = field(name="To_Account")


class FollowGetProfileItem(msgspec.Struct, frozen=True):
    """A part of ProfileItem."""

    tag: str = field(name="Tag", default="")
    value: str | int = field(name="Value", default="")


class FollowGetFollowItem(msgspec.Struct, frozen=True):
    """A part of FollowItem."""

    to_account: str = field(name="To_Account", default="")
    follow_time: int = field(name="FollowTime", default=0)
    profile_item: list[FollowGetProfileItem] = field(name="ProfileItem", default_factory=list)
    profile_sequence: int = field(name="profile_sequence", default=0)


class FollowGetResponse(Response, frozen=True):
    """What follow/follow_get answers."""

    follow_item: list[FollowGetFollowItem] = field(name="FollowItem", default_factory=list)
    next_cursor: str = field(name="NextCursor", default="")
    error_display: str = field(name="ErrorDisplay", default="")


class FollowGetRequest(Request["FollowGetResponse"], frozen=True):
    """Page through followers, followed users or mutual follows (follow/follow_get)."""

    command = "follow/follow_get"
    response = FollowGetResponse
    from_account: str = field(name="From_Account")
    follow_type: int = field(name="FollowType")
    start_cursor: str = field(name="StartCursor")
    want_num: int = field(name="WantNum")


class FollowGetInfoFollowInfo(msgspec.Struct, frozen=True):
    """A part of FollowInfo."""

    to_account: str = field(name="To_Account", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")
    follower_count: int = field(name="FollowerCount", default=0)
    following_count: int = field(name="FollowingCount", default=0)
    mutual_following_count: int = field(name="MutualFollowingCount", default=0)


class FollowGetInfoResponse(Response, frozen=True):
    """What follow/follow_get_info answers."""

    follow_info: list[FollowGetInfoFollowInfo] = field(name="FollowInfo", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class FollowGetInfoRequest(Request["FollowGetInfoResponse"], frozen=True):
    """Count followers, followed users and mutual follows (follow/follow_get_info)."""

    command = "follow/follow_get_info"
    response = FollowGetInfoResponse
    from_account: str = field(name="From_Account")
    to_account: list[str] = field(name="To_Account")


class SendGroupMsgResponse(Response, frozen=True):
    """What group_open_http_svc/send_group_msg answers."""

    msg_time: int = field(name="MsgTime", default=0)
    msg_seq: int = field(name="MsgSeq", default=0)
    msg_drop_reason: str = field(name="MsgDropReason", default="")


class SendGroupMsgGroupAtInfo(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of GroupAtInfo."""

    group_at_all_flag: int = field(name="GroupAtAllFlag")
    group_at_account: str | None = field(name="GroupAt_Account", default=None)


class SendGroupMsgRequest(Request["SendGroupMsgResponse"], frozen=True):
    """Send an ordinary message in a group (group_open_http_svc/send_group_msg)."""

    command = "group_open_http_svc/send_group_msg"
    response = SendGroupMsgResponse
    group_id: str = field(name="GroupId")
    random: int = field(name="Random")
    msg_body: list[WireElement] = field(name="MsgBody")
    msg_priority: str | None = field(name="MsgPriority", default=None)
    from_account: str | None = field(name="From_Account", default=None)
    offline_push_info: dict[str, Any] | None = field(name="OfflinePushInfo", default=None)
    forbid_callback_control: list[str] | None = field(name="ForbidCallbackControl", default=None)
    online_only_flag: int | None = field(name="OnlineOnlyFlag", default=None)
    send_msg_control: list[str] | None = field(name="SendMsgControl", default=None)
    cloud_custom_data: str | None = field(name="CloudCustomData", default=None)
    support_message_extension: int | None = field(name="SupportMessageExtension", default=None)
    to_account: list[str] | None = field(name="To_Account", default=None)
    group_at_info: list[SendGroupMsgGroupAtInfo] | None = field(name="GroupAtInfo", default=None)
    topic_id: str | None = field(name="TopicId", default=None)
    need_read_receipt: int | None = field(name="NeedReadReceipt", default=None)


class SendGroupSystemNotificationResponse(Response, frozen=True):
    """What group_open_http_svc/send_group_system_notification answers."""


class SendGroupSystemNotificationRequest(Request["SendGroupSystemNotificationResponse"], frozen=True):
    """Send a system notification in a group (group_open_http_svc/send_group_system_notification)."""

    command = "group_open_http_svc/send_group_system_notification"
    response = SendGroupSystemNotificationResponse
    group_id: str = field(name="GroupId")
    content: str = field(name="Content")
    to_members_account: list[str] | None = field(name="ToMembers_Account", default=None)
    topic_id: str | None = field(name="TopicId", default=None)


class GroupMsgGetSimpleRspMsgList(msgspec.Struct, frozen=True):
    """A part of RspMsgList."""

    from_account: str = field(name="From_Account", default="")
    is_place_msg: int = field(name="IsPlaceMsg", default=0)
    msg_body: list[WireElement] = field(name="MsgBody", default_factory=list)
    msg_priority: int = field(name="MsgPriority", default=0)
    msg_random: int = field(name="MsgRandom", default=0)
    msg_seq: int = field(name="MsgSeq", default=0)
    msg_time_stamp: int = field(name="MsgTimeStamp", default=0)
    is_system_msg: int = field(name="IsSystemMsg", default=0)
    cloud_custom_data: str = field(name="CloudCustomData", default="")
    msg_key: str = field(name="MsgKey", default="")


class GroupMsgGetSimpleResponse(Response, frozen=True):
    """What group_open_http_svc/group_msg_get_simple answers."""

    group_id: str = field(name="GroupId", default="")
    is_finished: int = field(name="IsFinished", default=0)
    rsp_msg_list: list[GroupMsgGetSimpleRspMsgList] = field(name="RspMsgList", default_factory=list)


class GroupMsgGetSimpleRequest(Request["GroupMsgGetSimpleResponse"], frozen=True):
    """Pull the message history of a group (group_open_http_svc/group_msg_get_simple)."""

    command = "group_open_http_svc/group_msg_get_simple"
    response = GroupMsgGetSimpleResponse
    group_id: str = field(name="GroupId")
    req_msg_number: int = field(name="ReqMsgNumber")
    req_msg_seq: int | None = field(name="ReqMsgSeq", default=None)
    with_recalled_msg: int | None = field(name="WithRecalledMsg", default=None)
    topic_id: str | None = field(name="TopicId", default=None)


class GroupMsgRecallRecallRetList(msgspec.Struct, frozen=True):
    """A part of RecallRetList."""

    msg_seq: int = field(name="MsgSeq", default=0)
    ret_code: int = field(name="RetCode", default=0)


class GroupMsgRecallResponse(Response, frozen=True):
    """What group_open_http_svc/group_msg_recall answers."""

    recall_ret_list: list[GroupMsgRecallRecallRetList] = field(name="RecallRetList", default_factory=list)


class GroupMsgRecallMsgSeqList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of MsgSeqList."""

    msg_seq: int = field(name="MsgSeq")


class GroupMsgRecallRequest(Request["GroupMsgRecallResponse"], frozen=True):
    """Recall group messages (group_open_http_svc/group_msg_recall)."""

    command = "group_open_http_svc/group_msg_recall"
    response = GroupMsgRecallResponse
    group_id: str = field(name="GroupId")
    msg_seq_list: list[GroupMsgRecallMsgSeqList] = field(name="MsgSeqList")
    topic_id: str | None = field(name="TopicId", default=None)
    reason: str | None = field(name="Reason", default=None)


class ImportGroupMsgImportMsgResult(msgspec.Struct, frozen=True):
    """A part of ImportMsgResult."""

    msg_seq: int = field(name="MsgSeq", default=0)
    msg_time: int = field(name="MsgTime", default=0)
    result: int = field(name="Result", default=0)


class ImportGroupMsgResponse(Response, frozen=True):
    """What group_open_http_svc/import_group_msg answers."""

    import_msg_result: list[ImportGroupMsgImportMsgResult] = field(name="ImportMsgResult", default_factory=list)


class ImportGroupMsgMsgList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of MsgList."""

    from_account: str = field(name="From_Account")
    send_time: int = field(name="SendTime")
    msg_body: list[WireElement] = field(name="MsgBody")
    random: int | None = field(name="Random", default=None)
    cloud_custom_data: str | None = field(name="CloudCustomData", default=None)


class ImportGroupMsgRequest(Request["ImportGroupMsgResponse"], frozen=True):
    """Import messages into a group (group_open_http_svc/import_group_msg)."""

    command = "group_open_http_svc/import_group_msg"
    response = ImportGroupMsgResponse
    group_id: str = field(name="GroupId")
    msg_list: list[ImportGroupMsgMsgList] = field(name="MsgList")
    recent_contact_flag: int | None = field(name="RecentContactFlag", default=None)
    topic_id: str | None = field(name="TopicId", default=None)


class DeleteGroupMsgBySenderResponse(Response, frozen=True):
    """What group_open_http_svc/delete_group_msg_by_sender answers."""


class DeleteGroupMsgBySenderRequest(Request["DeleteGroupMsgBySenderResponse"], frozen=True):
    """Silently recall the recent messages of one sender (group_open_http_svc/delete_group_msg_by_sender)."""

    command = "group_open_http_svc/delete_group_msg_by_sender"
    response = DeleteGroupMsgBySenderResponse
    group_id: str = field(name="GroupId")
    sender_account: str = field(name="Sender_Account")
    topic_id: str | None = field(name="TopicId", default=None)


class ClearGroupMsgResponse(Response, frozen=True):
    """What group_open_http_svc/clear_group_msg answers."""


class ClearGroupMsgRequest(Request["ClearGroupMsgResponse"], frozen=True):
    """Clear the history of a group for its members (group_open_http_svc/clear_group_msg)."""

    command = "group_open_http_svc/clear_group_msg"
    response = ClearGroupMsgResponse
    group_id: str = field(name="GroupId")
    msg_seq: int | None = field(name="MsgSeq", default=None)


class SetUnreadMsgNumResponse(Response, frozen=True):
    """What group_open_http_svc/set_unread_msg_num answers."""


class SetUnreadMsgNumRequest(Request["SetUnreadMsgNumResponse"], frozen=True):
    """Set a member's unread count (migration) (group_open_http_svc/set_unread_msg_num)."""

    command = "group_open_http_svc/set_unread_msg_num"
    response = SetUnreadMsgNumResponse
    group_id: str = field(name="GroupId")
    member_account: str = field(name="Member_Account")
    unread_msg_num: int = field(name="UnreadMsgNum")


class SendBroadcastMsgResponse(Response, frozen=True):
    """What group_open_http_svc/send_broadcast_msg answers."""

    msg_seq: int = field(name="MsgSeq", default=0)


class SendBroadcastMsgRequest(Request["SendBroadcastMsgResponse"], frozen=True):
    """Broadcast a message to all audio-video groups (group_open_http_svc/send_broadcast_msg)."""

    command = "group_open_http_svc/send_broadcast_msg"
    response = SendBroadcastMsgResponse
    random: int = field(name="Random")
    msg_body: list[WireElement] = field(name="MsgBody")
    from_account: str | None = field(name="From_Account", default=None)
    cloud_custom_data: str | None = field(name="CloudCustomData", default=None)


class GroupMsgReceiptResponse(Response, frozen=True):
    """What group_open_http_svc/group_msg_receipt answers."""


class GroupMsgReceiptMsgSeqList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of MsgSeqList."""

    msg_seq: int = field(name="MsgSeq")


class GroupMsgReceiptRequest(Request["GroupMsgReceiptResponse"], frozen=True):
    """Send group read receipts for a member (group_open_http_svc/group_msg_receipt)."""

    command = "group_open_http_svc/group_msg_receipt"
    response = GroupMsgReceiptResponse
    group_id: str = field(name="GroupId")
    from_account: str = field(name="From_Account")
    msg_seq_list: list[GroupMsgReceiptMsgSeqList] = field(name="MsgSeqList")


class GetGroupMsgReceiptGroupMsgReceiptList(msgspec.Struct, frozen=True):
    """A part of GroupMsgReceiptList."""

    code: int = field(name="Code", default=0)
    msg_seq: int = field(name="MsgSeq", default=0)
    read_num: int = field(name="ReadNum", default=0)
    unread_num: int = field(name="UnreadNum", default=0)


class GetGroupMsgReceiptResponse(Response, frozen=True):
    """What group_open_http_svc/get_group_msg_receipt answers."""

    group_msg_receipt_list: list[GetGroupMsgReceiptGroupMsgReceiptList] = field(
        name="GroupMsgReceiptList", default_factory=list
    )


class GetGroupMsgReceiptMsgSeqList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of MsgSeqList."""

    msg_seq: int = field(name="MsgSeq")


class GetGroupMsgReceiptRequest(Request["GetGroupMsgReceiptResponse"], frozen=True):
    """Get read and unread counts of group messages (group_open_http_svc/get_group_msg_receipt)."""

    command = "group_open_http_svc/get_group_msg_receipt"
    response = GetGroupMsgReceiptResponse
    group_id: str = field(name="GroupId")
    msg_seq_list: list[GetGroupMsgReceiptMsgSeqList] = field(name="MsgSeqList")


class GetGroupMsgReceiptDetailReadList(msgspec.Struct, frozen=True):
    """A part of ReadList."""

    read_account: str = field(name="Read_Account", default="")


class GetGroupMsgReceiptDetailUnreadList(msgspec.Struct, frozen=True):
    """A part of UnreadList."""

    unread_account: str = field(name="Unread_Account", default="")


class GetGroupMsgReceiptDetailResponse(Response, frozen=True):
    """What group_open_http_svc/get_group_msg_receipt_detail answers."""

    is_finish: int = field(name="IsFinish", default=0)
    is_finished: int = field(name="IsFinished", default=0)
    cursor: str = field(name="Cursor", default="")
    msg_seq: int = field(name="MsgSeq", default=0)
    read_list: list[GetGroupMsgReceiptDetailReadList] = field(name="ReadList", default_factory=list)
    unread_list: list[GetGroupMsgReceiptDetailUnreadList] = field(name="UnreadList", default_factory=list)


class GetGroupMsgReceiptDetailRequest(Request["GetGroupMsgReceiptDetailResponse"], frozen=True):
    """List the members who have or have not read a message (group_open_http_svc/get_group_msg_receipt_detail)."""

    command = "group_open_http_svc/get_group_msg_receipt_detail"
    response = GetGroupMsgReceiptDetailResponse
    group_id: str = field(name="GroupId")
    msg_seq: int = field(name="MsgSeq")
    filter: int = field(name="Filter")
    cursor: str = field(name="Cursor")
    count: int = field(name="Count")


class PinMessageResponse(Response, frozen=True):
    """What group_open_http_svc/pin_message answers."""


class PinMessageRequest(Request["PinMessageResponse"], frozen=True):
    """Pin a group message (group_open_http_svc/pin_message)."""

    command = "group_open_http_svc/pin_message"
    response = PinMessageResponse
    group_id: str = field(name="GroupId")
    msg_seq: int = field(name="MsgSeq")
    topic_id: str | None = field(name="TopicId", default=None)
    pinner_account: str | None = field(name="Pinner_Account", default=None)


class UnpinMessageResponse(Response, frozen=True):
    """What group_open_http_svc/unpin_message answers."""


class UnpinMessageRequest(Request["UnpinMessageResponse"], frozen=True):
    """Unpin a group message (group_open_http_svc/unpin_message)."""

    command = "group_open_http_svc/unpin_message"
    response = UnpinMessageResponse
    group_id: str = field(name="GroupId")
    msg_seq: int = field(name="MsgSeq")
    topic_id: str | None = field(name="TopicId", default=None)
    un_pinner_account: str | None = field(name="UnPinner_Account", default=None)


class GetPinnedMessagesPinnedMsgList(msgspec.Struct, frozen=True):
    """A part of PinnedMsgList."""

    msg_seq: int = field(name="MsgSeq", default=0)
    pinner_account: str = field(name="Pinner_Account", default="")


class GetPinnedMessagesResponse(Response, frozen=True):
    """What group_open_http_svc/get_pinned_messages answers."""

    pinned_msg_list: list[GetPinnedMessagesPinnedMsgList] = field(name="PinnedMsgList", default_factory=list)


class GetPinnedMessagesRequest(Request["GetPinnedMessagesResponse"], frozen=True):
    """List pinned messages of a group (group_open_http_svc/get_pinned_messages)."""

    command = "group_open_http_svc/get_pinned_messages"
    response = GetPinnedMessagesResponse
    group_id: str = field(name="GroupId")
    topic_id: str | None = field(name="TopicId", default=None)


class GetGroupAttrGroupAttrAry(msgspec.Struct, frozen=True):
    """A part of GroupAttrAry."""

    key: str = field(name="key", default="")
    value: str = field(name="value", default="")


class GetGroupAttrResponse(Response, frozen=True):
    """What group_open_attr_http_svc/get_group_attr answers."""

    group_attr_ary: list[GetGroupAttrGroupAttrAry] = field(name="GroupAttrAry", default_factory=list)


class GetGroupAttrRequest(Request["GetGroupAttrResponse"], frozen=True):
    """Read all custom attributes of a group (group_open_attr_http_svc/get_group_attr)."""

    command = "group_open_attr_http_svc/get_group_attr"
    response = GetGroupAttrResponse
    group_id: str = field(name="GroupId")


class GetMembersMemberList(msgspec.Struct, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account", default="")
    join_time: int = field(name="JoinTime", default=0)
    nick_name: str = field(name="NickName", default="")
    avatar: str = field(name="Avatar", default="")


class GetMembersResponse(Response, frozen=True):
    """What group_open_avchatroom_http_svc/get_members answers."""

    member_list: list[GetMembersMemberList] = field(name="MemberList", default_factory=list)
    next_timestamp: int = field(name="NextTimestamp", default=0)


class GetMembersRequest(Request["GetMembersResponse"], frozen=True):
    """List the online members of an AVChatRoom (group_open_avchatroom_http_svc/get_members)."""

    command = "group_open_avchatroom_http_svc/get_members"
    response = GetMembersResponse
    group_id: str = field(name="GroupId")
    timestamp: int | None = field(name="Timestamp", default=None)
    mark: int | None = field(name="Mark", default=None)


class ModifyUserInfoToldMemberList(msgspec.Struct, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account", default="")
    marks: list[int] = field(name="Marks", default_factory=list)


class ModifyUserInfoResponse(Response, frozen=True):
    """What group_open_avchatroom_http_svc/modify_user_info answers."""

    command_type: int = field(name="CommandType", default=0)
    member_list: list[ModifyUserInfoToldMemberList] = field(name="MemberList", default_factory=list)


class ModifyUserInfoMemberList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account")
    marks: list[int] = field(name="Marks")


class ModifyUserInfoRequest(Request["ModifyUserInfoResponse"], frozen=True):
    """Set or remove marks of AVChatRoom members (group_open_avchatroom_http_svc/modify_user_info)."""

    command = "group_open_avchatroom_http_svc/modify_user_info"
    response = ModifyUserInfoResponse
    group_id: str = field(name="GroupId")
    command_type: int = field(name="CommandType")
    member_list: list[ModifyUserInfoMemberList] = field(name="MemberList")


class ModifyAdminResponse(Response, frozen=True):
    """What group_open_avchatroom_http_svc/modify_admin answers."""


class ModifyAdminRequest(Request["ModifyAdminResponse"], frozen=True):
    """Appoint or remove admins of an AVChatRoom (group_open_avchatroom_http_svc/modify_admin)."""

    command = "group_open_avchatroom_http_svc/modify_admin"
    response = ModifyAdminResponse
    group_id: str = field(name="GroupId")
    command_type: int = field(name="CommandType")
    admin_account: list[str] = field(name="Admin_Account")


class GetAdminListAdminList(msgspec.Struct, frozen=True):
    """A part of Admin_List."""

    admin_account: str = field(name="Admin_Account", default="")
    nick_name: str = field(name="NickName", default="")
    avatar: str = field(name="Avatar", default="")


class GetAdminListResponse(Response, frozen=True):
    """What group_open_avchatroom_http_svc/get_admin_list answers."""

    admin_list: list[GetAdminListAdminList] = field(name="Admin_List", default_factory=list)


class GetAdminListRequest(Request["GetAdminListResponse"], frozen=True):
    """List the admins of an AVChatRoom (group_open_avchatroom_http_svc/get_admin_list)."""

    command = "group_open_avchatroom_http_svc/get_admin_list"
    response = GetAdminListResponse
    group_id: str = field(name="GroupId")


class CheckMembersResponse(Response, frozen=True):
    """What group_open_avchatroom_http_svc/check_members answers."""

    member_account: list[str] = field(name="Member_Account", default_factory=list)


class CheckMembersRequest(Request["CheckMembersResponse"], frozen=True):
    """Check which accounts are in an AVChatRoom (group_open_avchatroom_http_svc/check_members)."""

    command = "group_open_avchatroom_http_svc/check_members"
    response = CheckMembersResponse
    group_id: str = field(name="GroupId")
    member_account: list[str] = field(name="Member_Account")


class AddRobotsResponse(Response, frozen=True):
    """What group_open_avchatroom_http_svc/add_robots answers."""


class AddRobotsRequest(Request["AddRobotsResponse"], frozen=True):
    """Put robots into an AVChatRoom (group_open_avchatroom_http_svc/add_robots)."""

    command = "group_open_avchatroom_http_svc/add_robots"
    response = AddRobotsResponse
    group_id: str = field(name="GroupId")
    member_account: list[str] = field(name="Member_Account")


class DelRobotsResponse(Response, frozen=True):
    """What group_open_avchatroom_http_svc/del_robots answers."""


class DelRobotsRequest(Request["DelRobotsResponse"], frozen=True):
    """Remove robots from an AVChatRoom (group_open_avchatroom_http_svc/del_robots)."""

    command = "group_open_avchatroom_http_svc/del_robots"
    response = DelRobotsResponse
    group_id: str = field(name="GroupId")
    member_account: list[str] = field(name="Member_Account")


class GetAppidGroupListGroupIdList(msgspec.Struct, frozen=True):
    """A part of GroupIdList."""

    group_id: str = field(name="GroupId", default="")


class GetAppidGroupListResponse(Response, frozen=True):
    """What group_open_http_svc/get_appid_group_list answers."""

    total_count: int = field(name="TotalCount", default=0)
    group_id_list: list[GetAppidGroupListGroupIdList] = field(name="GroupIdList", default_factory=list)
    next: int = field(name="Next", default=0)


class GetAppidGroupListRequest(Request["GetAppidGroupListResponse"], frozen=True):
    """List the IDs of all groups of the app (group_open_http_svc/get_appid_group_list)."""

    command = "group_open_http_svc/get_appid_group_list"
    response = GetAppidGroupListResponse
    limit: int | None = field(name="Limit", default=None)
    next: int | None = field(name="Next", default=None)
    group_type: str | None = field(name="GroupType", default=None)


class CreateGroupResponse(Response, frozen=True):
    """What group_open_http_svc/create_group answers."""

    group_id: str = field(name="GroupId", default="")
    type: str = field(name="Type", default="")
    huge_group_flag: int = field(name="HugeGroupFlag", default=0)


class CreateGroupAppDefinedData(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of AppDefinedData."""

    key: str | None = field(name="Key", default=None)
    value: str | None = field(name="Value", default=None)


class CreateGroupAppMemberDefinedData(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of AppMemberDefinedData."""

    key: str | None = field(name="Key", default=None)
    value: str | None = field(name="Value", default=None)


class CreateGroupMemberList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account")
    role: str | None = field(name="Role", default=None)
    join_time: int | None = field(name="JoinTime", default=None)
    name_card: str | None = field(name="NameCard", default=None)
    app_member_defined_data: list[CreateGroupAppMemberDefinedData] | None = field(
        name="AppMemberDefinedData", default=None
    )


class CreateGroupRequest(Request["CreateGroupResponse"], frozen=True):
    """Create a group (group_open_http_svc/create_group)."""

    command = "group_open_http_svc/create_group"
    response = CreateGroupResponse
    type: str = field(name="Type")
    name: str = field(name="Name")
    owner_account: str | None = field(name="Owner_Account", default=None)
    group_id: str | None = field(name="GroupId", default=None)
    introduction: str | None = field(name="Introduction", default=None)
    notification: str | None = field(name="Notification", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    max_member_count: int | None = field(name="MaxMemberCount", default=None)
    apply_join_option: str | None = field(name="ApplyJoinOption", default=None)
    invite_join_option: str | None = field(name="InviteJoinOption", default=None)
    app_defined_data: list[CreateGroupAppDefinedData] | None = field(name="AppDefinedData", default=None)
    member_list: list[CreateGroupMemberList] | None = field(name="MemberList", default=None)
    app_member_defined_data: list[dict[str, Any]] | None = field(name="AppMemberDefinedData", default=None)
    support_topic: int | None = field(name="SupportTopic", default=None)
    enable_permission: int | None = field(name="EnablePermission", default=None)
    default_permission: int | None = field(name="DefaultPermission", default=None)


class GetGroupInfoAppDefinedData(msgspec.Struct, frozen=True):
    """A part of AppDefinedData."""

    key: str = field(name="Key", default="")
    value: str = field(name="Value", default="")


class GetGroupInfoAppMemberDefinedData(msgspec.Struct, frozen=True):
    """A part of AppMemberDefinedData."""

    key: str = field(name="Key", default="")
    value: str = field(name="Value", default="")


class GetGroupInfoMemberList(msgspec.Struct, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account", default="")
    role: str = field(name="Role", default="")
    join_time: int = field(name="JoinTime", default=0)
    msg_seq: int = field(name="MsgSeq", default=0)
    msg_flag: str = field(name="MsgFlag", default="")
    last_send_msg_time: int = field(name="LastSendMsgTime", default=0)
    mute_until: int = field(name="MuteUntil", default=0)
    shut_up_until: int = field(name="ShutUpUntil", default=0)
    name_card: str = field(name="NameCard", default="")
    app_member_defined_data: list[GetGroupInfoAppMemberDefinedData] = field(
        name="AppMemberDefinedData", default_factory=list
    )


class GetGroupInfoGroupInfo(msgspec.Struct, frozen=True):
    """A part of GroupInfo."""

    group_id: str = field(name="GroupId", default="")
    error_code: int = field(name="ErrorCode", default=0)
    error_info: str = field(name="ErrorInfo", default="")
    type: str = field(name="Type", default="")
    name: str = field(name="Name", default="")
    appid: int = field(name="Appid", default=0)
    introduction: str = field(name="Introduction", default="")
    notification: str = field(name="Notification", default="")
    face_url: str = field(name="FaceUrl", default="")
    owner_account: str = field(name="Owner_Account", default="")
    create_time: int = field(name="CreateTime", default=0)
    info_seq: int = field(name="InfoSeq", default=0)
    last_info_time: int = field(name="LastInfoTime", default=0)
    last_msg_time: int = field(name="LastMsgTime", default=0)
    next_msg_seq: int = field(name="NextMsgSeq", default=0)
    member_num: int = field(name="MemberNum", default=0)
    max_member_num: int = field(name="MaxMemberNum", default=0)
    apply_join_option: str = field(name="ApplyJoinOption", default="")
    invite_join_option: str = field(name="InviteJoinOption", default="")
    mute_all_member: str = field(name="MuteAllMember", default="")
    shut_up_all_member: str = field(name="ShutUpAllMember", default="")
    support_topic: int = field(name="SupportTopic", default=0)
    enable_permission: int = field(name="EnablePermission", default=0)
    default_permission: int = field(name="DefaultPermission", default=0)
    app_defined_data: list[GetGroupInfoAppDefinedData] = field(name="AppDefinedData", default_factory=list)
    member_list: list[GetGroupInfoMemberList] = field(name="MemberList", default_factory=list)


class GetGroupInfoResponse(Response, frozen=True):
    """What group_open_http_svc/get_group_info answers."""

    group_info: list[GetGroupInfoGroupInfo] = field(name="GroupInfo", default_factory=list)


class GetGroupInfoRequest(Request["GetGroupInfoResponse"], frozen=True):
    """Read the profiles of several groups (group_open_http_svc/get_group_info)."""

    command = "group_open_http_svc/get_group_info"
    response = GetGroupInfoResponse
    group_id_list: list[str] = field(name="GroupIdList")
    response_filter: dict[str, Any] | None = field(name="ResponseFilter", default=None)


class GetGroupMemberInfoAppMemberDefinedData(msgspec.Struct, frozen=True):
    """A part of AppMemberDefinedData."""

    key: str = field(name="Key", default="")
    value: str = field(name="Value", default="")


class GetGroupMemberInfoMemberList(msgspec.Struct, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account", default="")
    role: str = field(name="Role", default="")
    join_time: int = field(name="JoinTime", default=0)
    msg_seq: int = field(name="MsgSeq", default=0)
    msg_flag: str = field(name="MsgFlag", default="")
    last_send_msg_time: int = field(name="LastSendMsgTime", default=0)
    mute_until: int = field(name="MuteUntil", default=0)
    shut_up_until: int = field(name="ShutUpUntil", default=0)
    name_card: str = field(name="NameCard", default="")
    app_member_defined_data: list[GetGroupMemberInfoAppMemberDefinedData] = field(
        name="AppMemberDefinedData", default_factory=list
    )
    online_status: str = field(name="OnlineStatus", default="")


class GetGroupMemberInfoResponse(Response, frozen=True):
    """What group_open_http_svc/get_group_member_info answers."""

    member_num: int = field(name="MemberNum", default=0)
    member_list: list[GetGroupMemberInfoMemberList] = field(name="MemberList", default_factory=list)
    next: str = field(name="Next", default="")


class GetGroupMemberInfoRequest(Request["GetGroupMemberInfoResponse"], frozen=True):
    """List the members of a group with their details (group_open_http_svc/get_group_member_info)."""

    command = "group_open_http_svc/get_group_member_info"
    response = GetGroupMemberInfoResponse
    group_id: str = field(name="GroupId")
    member_info_filter: list[str] | None = field(name="MemberInfoFilter", default=None)
    member_role_filter: list[str] | None = field(name="MemberRoleFilter", default=None)
    app_defined_data_filter_group_member: list[str] | None = field(
        name="AppDefinedDataFilter_GroupMember", default=None
    )
    limit: int | None = field(name="Limit", default=None)
    offset: int | None = field(name="Offset", default=None)
    next: str | None = field(name="Next", default=None)


class GetSpecifiedGroupMemberInfoAppMemberDefinedData(msgspec.Struct, frozen=True):
    """A part of AppMemberDefinedData."""

    key: str = field(name="Key", default="")
    value: str = field(name="Value", default="")


class GetSpecifiedGroupMemberInfoMemberList(msgspec.Struct, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account", default="")
    role: str = field(name="Role", default="")
    join_time: int = field(name="JoinTime", default=0)
    msg_seq: int = field(name="MsgSeq", default=0)
    msg_flag: str = field(name="MsgFlag", default="")
    last_send_msg_time: int = field(name="LastSendMsgTime", default=0)
    mute_until: int = field(name="MuteUntil", default=0)
    shut_up_until: int = field(name="ShutUpUntil", default=0)
    name_card: str = field(name="NameCard", default="")
    app_member_defined_data: list[GetSpecifiedGroupMemberInfoAppMemberDefinedData] = field(
        name="AppMemberDefinedData", default_factory=list
    )


class GetSpecifiedGroupMemberInfoResponse(Response, frozen=True):
    """What group_open_http_svc/get_specified_group_member_info answers."""

    group_id: str = field(name="GroupId", default="")
    member_list: list[GetSpecifiedGroupMemberInfoMemberList] = field(name="MemberList", default_factory=list)


class GetSpecifiedGroupMemberInfoRequest(Request["GetSpecifiedGroupMemberInfoResponse"], frozen=True):
    """Read the details of named members (group_open_http_svc/get_specified_group_member_info)."""

    command = "group_open_http_svc/get_specified_group_member_info"
    response = GetSpecifiedGroupMemberInfoResponse
    group_id: str = field(name="GroupId")
    member_list_account: list[str] = field(name="Member_List_Account")
    member_info_filter: list[str] | None = field(name="MemberInfoFilter", default=None)
    member_role_filter: list[str] | None = field(name="MemberRoleFilter", default=None)
    app_defined_data_filter_group_member: list[str] | None = field(
        name="AppDefinedDataFilter_GroupMember", default=None
    )


class ModifyGroupBaseInfoResponse(Response, frozen=True):
    """What group_open_http_svc/modify_group_base_info answers."""


class ModifyGroupBaseInfoAppDefinedData(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of AppDefinedData."""

    key: str | None = field(name="Key", default=None)
    value: str | None = field(name="Value", default=None)


class ModifyGroupBaseInfoRequest(Request["ModifyGroupBaseInfoResponse"], frozen=True):
    """Change the profile of a group (group_open_http_svc/modify_group_base_info)."""

    command = "group_open_http_svc/modify_group_base_info"
    response = ModifyGroupBaseInfoResponse
    group_id: str = field(name="GroupId")
    name: str | None = field(name="Name", default=None)
    introduction: str | None = field(name="Introduction", default=None)
    notification: str | None = field(name="Notification", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    max_member_num: int | None = field(name="MaxMemberNum", default=None)
    apply_join_option: str | None = field(name="ApplyJoinOption", default=None)
    invite_join_option: str | None = field(name="InviteJoinOption", default=None)
    mute_all_member: str | None = field(name="MuteAllMember", default=None)
    shut_up_all_member: str | None = field(name="ShutUpAllMember", default=None)
    app_defined_data: list[ModifyGroupBaseInfoAppDefinedData] | None = field(name="AppDefinedData", default=None)
    from_account: str | None = field(name="From_Account", default=None)
    enable_permission: int | None = field(name="EnablePermission", default=None)
    default_permission: int | None = field(name="DefaultPermission", default=None)
    history_msg_before_join: str | None = field(name="HistoryMsgBeforeJoin", default=None)


class AddGroupMemberToldMemberList(msgspec.Struct, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account", default="")
    result: int = field(name="Result", default=0)


class AddGroupMemberResponse(Response, frozen=True):
    """What group_open_http_svc/add_group_member answers."""

    member_list: list[AddGroupMemberToldMemberList] = field(name="MemberList", default_factory=list)


class AddGroupMemberMemberList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account")


class AddGroupMemberRequest(Request["AddGroupMemberResponse"], frozen=True):
    """Add members to a group (group_open_http_svc/add_group_member)."""

    command = "group_open_http_svc/add_group_member"
    response = AddGroupMemberResponse
    group_id: str = field(name="GroupId")
    member_list: list[AddGroupMemberMemberList] = field(name="MemberList")
    silence: int | None = field(name="Silence", default=None)


class DeleteGroupMemberResponse(Response, frozen=True):
    """What group_open_http_svc/delete_group_member answers."""


class DeleteGroupMemberRequest(Request["DeleteGroupMemberResponse"], frozen=True):
    """Remove members from a group (group_open_http_svc/delete_group_member)."""

    command = "group_open_http_svc/delete_group_member"
    response = DeleteGroupMemberResponse
    group_id: str = field(name="GroupId")
    member_to_del_account: list[str] = field(name="MemberToDel_Account")
    silence: int | None = field(name="Silence", default=None)
    reason: str | None = field(name="Reason", default=None)


class ModifyGroupMemberInfoResponse(Response, frozen=True):
    """What group_open_http_svc/modify_group_member_info answers."""


class ModifyGroupMemberInfoAppMemberDefinedData(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of AppMemberDefinedData."""

    key: str | None = field(name="Key", default=None)
    value: str | None = field(name="Value", default=None)


class ModifyGroupMemberInfoRequest(Request["ModifyGroupMemberInfoResponse"], frozen=True):
    """Change one member's role, card, receive option, custom fields or muting.

    group_open_http_svc/modify_group_member_info
    """

    command = "group_open_http_svc/modify_group_member_info"
    response = ModifyGroupMemberInfoResponse
    group_id: str = field(name="GroupId")
    member_account: str = field(name="Member_Account")
    role: str | None = field(name="Role", default=None)
    msg_flag: str | None = field(name="MsgFlag", default=None)
    name_card: str | None = field(name="NameCard", default=None)
    app_member_defined_data: list[ModifyGroupMemberInfoAppMemberDefinedData] | None = field(
        name="AppMemberDefinedData", default=None
    )
    mute_time: int | None = field(name="MuteTime", default=None)
    shut_up_time: int | None = field(name="ShutUpTime", default=None)


class DestroyGroupResponse(Response, frozen=True):
    """What group_open_http_svc/destroy_group answers."""


class DestroyGroupRequest(Request["DestroyGroupResponse"], frozen=True):
    """Disband a group (group_open_http_svc/destroy_group)."""

    command = "group_open_http_svc/destroy_group"
    response = DestroyGroupResponse
    group_id: str = field(name="GroupId")


class GetJoinedGroupListGroupIdList(msgspec.Struct, frozen=True):
    """A part of GroupIdList."""

    group_id: str = field(name="GroupId", default="")
    type: str = field(name="Type", default="")
    name: str = field(name="Name", default="")
    introduction: str = field(name="Introduction", default="")
    notification: str = field(name="Notification", default="")
    face_url: str = field(name="FaceUrl", default="")
    owner_account: str = field(name="Owner_Account", default="")
    create_time: int = field(name="CreateTime", default=0)
    info_seq: int = field(name="InfoSeq", default=0)
    last_info_time: int = field(name="LastInfoTime", default=0)
    last_msg_time: int = field(name="LastMsgTime", default=0)
    next_msg_seq: int = field(name="NextMsgSeq", default=0)
    member_num: int = field(name="MemberNum", default=0)
    max_member_num: int = field(name="MaxMemberNum", default=0)
    apply_join_option: str = field(name="ApplyJoinOption", default="")
    mute_all_member: str = field(name="MuteAllMember", default="")
    shut_up_all_member: str = field(name="ShutUpAllMember", default="")
    self_info: dict[str, Any] = field(name="SelfInfo", default_factory=dict)


class GetJoinedGroupListResponse(Response, frozen=True):
    """What group_open_http_svc/get_joined_group_list answers."""

    total_count: int = field(name="TotalCount", default=0)
    group_id_list: list[GetJoinedGroupListGroupIdList] = field(name="GroupIdList", default_factory=list)


class GetJoinedGroupListRequest(Request["GetJoinedGroupListResponse"], frozen=True):
    """List the groups an account has joined (group_open_http_svc/get_joined_group_list)."""

    command = "group_open_http_svc/get_joined_group_list"
    response = GetJoinedGroupListResponse
    member_account: str = field(name="Member_Account")
    with_huge_groups: int | None = field(name="WithHugeGroups", default=None)
    with_no_active_groups: int | None = field(name="WithNoActiveGroups", default=None)
    limit: int | None = field(name="Limit", default=None)
    offset: int | None = field(name="Offset", default=None)
    group_type: str | None = field(name="GroupType", default=None)
    support_topic: int | None = field(name="SupportTopic", default=None)
    response_filter: dict[str, Any] | None = field(name="ResponseFilter", default=None)


class GetRoleInGroupUserIdList(msgspec.Struct, frozen=True):
    """A part of UserIdList."""

    member_account: str = field(name="Member_Account", default="")
    role: str = field(name="Role", default="")


class GetRoleInGroupResponse(Response, frozen=True):
    """What group_open_http_svc/get_role_in_group answers."""

    user_id_list: list[GetRoleInGroupUserIdList] = field(name="UserIdList", default_factory=list)


class GetRoleInGroupRequest(Request["GetRoleInGroupResponse"], frozen=True):
    """Read the roles of accounts in a group (group_open_http_svc/get_role_in_group)."""

    command = "group_open_http_svc/get_role_in_group"
    response = GetRoleInGroupResponse
    group_id: str = field(name="GroupId")
    user_account: list[str] = field(name="User_Account")


class ForbidSendMsgResponse(Response, frozen=True):
    """What group_open_http_svc/forbid_send_msg answers."""


class ForbidSendMsgRequest(Request["ForbidSendMsgResponse"], frozen=True):
    """Mute or unmute members (group_open_http_svc/forbid_send_msg)."""

    command = "group_open_http_svc/forbid_send_msg"
    response = ForbidSendMsgResponse
    group_id: str = field(name="GroupId")
    members_account: list[str] = field(name="Members_Account")
    mute_time: int | None = field(name="MuteTime", default=None)
    shut_up_time: int | None = field(name="ShutUpTime", default=None)
    topic_id: str | None = field(name="TopicId", default=None)


class GetGroupMutedAccountMutedAccountList(msgspec.Struct, frozen=True):
    """A part of MutedAccountList."""

    member_account: str = field(name="Member_Account", default="")
    muted_until: int = field(name="MutedUntil", default=0)


class GetGroupMutedAccountResponse(Response, frozen=True):
    """What group_open_http_svc/get_group_muted_account answers."""

    group_id: str = field(name="GroupId", default="")
    muted_account_list: list[GetGroupMutedAccountMutedAccountList] = field(
        name="MutedAccountList", default_factory=list
    )


class GetGroupMutedAccountRequest(Request["GetGroupMutedAccountResponse"], frozen=True):
    """List the muted members of a group (group_open_http_svc/get_group_muted_account)."""

    command = "group_open_http_svc/get_group_muted_account"
    response = GetGroupMutedAccountResponse
    group_id: str = field(name="GroupId")
    topic_id: str | None = field(name="TopicId", default=None)


class GetGroupShuttedUinShuttedUinList(msgspec.Struct, frozen=True):
    """A part of ShuttedUinList."""

    member_account: str = field(name="Member_Account", default="")
    shutted_until: int = field(name="ShuttedUntil", default=0)


class GetGroupShuttedUinResponse(Response, frozen=True):
    """What group_open_http_svc/get_group_shutted_uin answers."""

    group_id: str = field(name="GroupId", default="")
    shutted_uin_list: list[GetGroupShuttedUinShuttedUinList] = field(name="ShuttedUinList", default_factory=list)


class GetGroupShuttedUinRequest(Request["GetGroupShuttedUinResponse"], frozen=True):
    """List the muted members of a group (older name of get_group_muted_account).

    group_open_http_svc/get_group_shutted_uin
    """

    command = "group_open_http_svc/get_group_shutted_uin"
    response = GetGroupShuttedUinResponse
    group_id: str = field(name="GroupId")


class ChangeGroupOwnerResponse(Response, frozen=True):
    """What group_open_http_svc/change_group_owner answers."""


class ChangeGroupOwnerRequest(Request["ChangeGroupOwnerResponse"], frozen=True):
    """Hand a group to another owner (group_open_http_svc/change_group_owner)."""

    command = "group_open_http_svc/change_group_owner"
    response = ChangeGroupOwnerResponse
    group_id: str = field(name="GroupId")
    new_owner_account: str = field(name="NewOwner_Account")
    from_account: str | None = field(name="From_Account", default=None)


class ImportGroupResponse(Response, frozen=True):
    """What group_open_http_svc/import_group answers."""

    group_id: str = field(name="GroupId", default="")


class ImportGroupAppDefinedData(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of AppDefinedData."""

    key: str | None = field(name="Key", default=None)
    value: str | None = field(name="Value", default=None)


class ImportGroupRequest(Request["ImportGroupResponse"], frozen=True):
    """Import a group when moving from another system (group_open_http_svc/import_group)."""

    command = "group_open_http_svc/import_group"
    response = ImportGroupResponse
    type: str = field(name="Type")
    name: str = field(name="Name")
    owner_account: str | None = field(name="Owner_Account", default=None)
    group_id: str | None = field(name="GroupId", default=None)
    introduction: str | None = field(name="Introduction", default=None)
    notification: str | None = field(name="Notification", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    max_member_count: int | None = field(name="MaxMemberCount", default=None)
    apply_join_option: str | None = field(name="ApplyJoinOption", default=None)
    app_defined_data: list[ImportGroupAppDefinedData] | None = field(name="AppDefinedData", default=None)
    support_topic: int | None = field(name="SupportTopic", default=None)
    create_time: int | None = field(name="CreateTime", default=None)


class ImportGroupMemberToldMemberList(msgspec.Struct, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account", default="")
    result: int = field(name="Result", default=0)


class ImportGroupMemberResponse(Response, frozen=True):
    """What group_open_http_svc/import_group_member answers."""

    member_list: list[ImportGroupMemberToldMemberList] = field(name="MemberList", default_factory=list)


class ImportGroupMemberMemberList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account")
    role: str | None = field(name="Role", default=None)
    join_time: int | None = field(name="JoinTime", default=None)
    unread_msg_num: int | None = field(name="UnreadMsgNum", default=None)


class ImportGroupMemberRequest(Request["ImportGroupMemberResponse"], frozen=True):
    """Import members of a group (group_open_http_svc/import_group_member)."""

    command = "group_open_http_svc/import_group_member"
    response = ImportGroupMemberResponse
    group_id: str = field(name="GroupId")
    member_list: list[ImportGroupMemberMemberList] = field(name="MemberList")


class ImportTopicResponse(Response, frozen=True):
    """What group_open_http_svc/import_topic answers."""

    topic_id: str = field(name="TopicId", default="")


class ImportTopicRequest(Request["ImportTopicResponse"], frozen=True):
    """Import a topic of a community (group_open_http_svc/import_topic)."""

    command = "group_open_http_svc/import_topic"
    response = ImportTopicResponse
    group_id: str = field(name="GroupId")
    topic_name: str = field(name="TopicName")
    type: str | None = field(name="Type", default=None)
    topic_id: str | None = field(name="TopicId", default=None)
    from_account: str | None = field(name="From_Account", default=None)
    custom_string: str | None = field(name="CustomString", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    notification: str | None = field(name="Notification", default=None)
    introduction: str | None = field(name="Introduction", default=None)
    create_time: int | None = field(name="CreateTime", default=None)


class GetOnlineMemberNumResponse(Response, frozen=True):
    """What group_open_http_svc/get_online_member_num answers."""

    online_member_num: int = field(name="OnlineMemberNum", default=0)


class GetOnlineMemberNumRequest(Request["GetOnlineMemberNumResponse"], frozen=True):
    """Read the online member count (group_open_http_svc/get_online_member_num)."""

    command = "group_open_http_svc/get_online_member_num"
    response = GetOnlineMemberNumResponse
    group_id: str = field(name="GroupId")


class BanGroupMemberResponse(Response, frozen=True):
    """What group_open_http_svc/ban_group_member answers."""


class BanGroupMemberRequest(Request["BanGroupMemberResponse"], frozen=True):
    """Ban accounts from a group for a time (group_open_http_svc/ban_group_member)."""

    command = "group_open_http_svc/ban_group_member"
    response = BanGroupMemberResponse
    group_id: str = field(name="GroupId")
    members_account: list[str] = field(name="Members_Account")
    duration: int = field(name="Duration")
    description: str | None = field(name="Description", default=None)


class UnbanGroupMemberResponse(Response, frozen=True):
    """What group_open_http_svc/unban_group_member answers."""


class UnbanGroupMemberRequest(Request["UnbanGroupMemberResponse"], frozen=True):
    """Lift bans (group_open_http_svc/unban_group_member)."""

    command = "group_open_http_svc/unban_group_member"
    response = UnbanGroupMemberResponse
    group_id: str = field(name="GroupId")
    members_account: list[str] = field(name="Members_Account")


class GetGroupBanMemberBannedAccountList(msgspec.Struct, frozen=True):
    """A part of BannedAccountList."""

    member_account: str = field(name="Member_Account", default="")
    banned_until: int = field(name="BannedUntil", default=0)


class GetGroupBanMemberResponse(Response, frozen=True):
    """What group_open_http_svc/get_group_ban_member answers."""

    banned_account_list: list[GetGroupBanMemberBannedAccountList] = field(
        name="BannedAccountList", default_factory=list
    )
    next_offset: int = field(name="NextOffset", default=0)


class GetGroupBanMemberRequest(Request["GetGroupBanMemberResponse"], frozen=True):
    """List the banned accounts of a group (group_open_http_svc/get_group_ban_member)."""

    command = "group_open_http_svc/get_group_ban_member"
    response = GetGroupBanMemberResponse
    group_id: str = field(name="GroupId")
    offset: int = field(name="Offset")
    limit: int | None = field(name="Limit", default=None)


class GetGroupCounterGroupCounter(msgspec.Struct, frozen=True):
    """A part of GroupCounter."""

    key: str = field(name="Key", default="")
    value: int = field(name="Value", default=0)


class GetGroupCounterResponse(Response, frozen=True):
    """What group_open_http_svc/get_group_counter answers."""

    group_counter: list[GetGroupCounterGroupCounter] = field(name="GroupCounter", default_factory=list)


class GetGroupCounterRequest(Request["GetGroupCounterResponse"], frozen=True):
    """Read group counters (group_open_http_svc/get_group_counter)."""

    command = "group_open_http_svc/get_group_counter"
    response = GetGroupCounterResponse
    group_id: str = field(name="GroupId")
    group_counter_keys: list[str] | None = field(name="GroupCounterKeys", default=None)


class UpdateGroupCounterToldGroupCounter(msgspec.Struct, frozen=True):
    """A part of GroupCounter."""

    key: str = field(name="Key", default="")
    value: int = field(name="Value", default=0)


class UpdateGroupCounterResponse(Response, frozen=True):
    """What group_open_http_svc/update_group_counter answers."""

    group_counter: list[UpdateGroupCounterToldGroupCounter] = field(name="GroupCounter", default_factory=list)


class UpdateGroupCounterGroupCounter(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of GroupCounter."""

    key: str = field(name="Key")
    value: int = field(name="Value")


class UpdateGroupCounterRequest(Request["UpdateGroupCounterResponse"], frozen=True):
    """Set, raise or lower group counters (group_open_http_svc/update_group_counter)."""

    command = "group_open_http_svc/update_group_counter"
    response = UpdateGroupCounterResponse
    group_id: str = field(name="GroupId")
    group_counter: list[UpdateGroupCounterGroupCounter] = field(name="GroupCounter")
    mode: str | None = field(name="Mode", default=None)


class DeleteGroupCounterResponse(Response, frozen=True):
    """What group_open_http_svc/delete_group_counter answers."""


class DeleteGroupCounterRequest(Request["DeleteGroupCounterResponse"], frozen=True):
    """Delete group counters (group_open_http_svc/delete_group_counter)."""

    command = "group_open_http_svc/delete_group_counter"
    response = DeleteGroupCounterResponse
    group_id: str = field(name="GroupId")
    group_counter_keys: list[str] | None = field(name="GroupCounterKeys", default=None)


class ModifyGroupAttrResponse(Response, frozen=True):
    """What group_open_http_svc/modify_group_attr answers."""


class ModifyGroupAttrGroupAttr(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of GroupAttr."""

    key: str = field(name="key")
    value: str = field(name="value")


class ModifyGroupAttrRequest(Request["ModifyGroupAttrResponse"], frozen=True):
    """Add or change custom attributes (group_open_http_svc/modify_group_attr)."""

    command = "group_open_http_svc/modify_group_attr"
    response = ModifyGroupAttrResponse
    group_id: str = field(name="GroupId")
    group_attr: list[ModifyGroupAttrGroupAttr] = field(name="GroupAttr")


class SetGroupAttrResponse(Response, frozen=True):
    """What group_open_http_svc/set_group_attr answers."""


class SetGroupAttrGroupAttr(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of GroupAttr."""

    key: str = field(name="key")
    value: str = field(name="value")


class SetGroupAttrRequest(Request["SetGroupAttrResponse"], frozen=True):
    """Replace all custom attributes (group_open_http_svc/set_group_attr)."""

    command = "group_open_http_svc/set_group_attr"
    response = SetGroupAttrResponse
    group_id: str = field(name="GroupId")
    group_attr: list[SetGroupAttrGroupAttr] = field(name="GroupAttr")


class ClearGroupAttrResponse(Response, frozen=True):
    """What group_open_http_svc/clear_group_attr answers."""


class ClearGroupAttrRequest(Request["ClearGroupAttrResponse"], frozen=True):
    """Remove all custom attributes (group_open_http_svc/clear_group_attr)."""

    command = "group_open_http_svc/clear_group_attr"
    response = ClearGroupAttrResponse
    group_id: str = field(name="GroupId")


class DeleteGroupAttrResponse(Response, frozen=True):
    """What group_open_http_svc/delete_group_attr answers."""


class DeleteGroupAttrGroupAttr(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of GroupAttr."""

    key: str = field(name="key")


class DeleteGroupAttrRequest(Request["DeleteGroupAttrResponse"], frozen=True):
    """Remove named custom attributes (group_open_http_svc/delete_group_attr)."""

    command = "group_open_http_svc/delete_group_attr"
    response = DeleteGroupAttrResponse
    group_id: str = field(name="GroupId")
    group_attr: list[DeleteGroupAttrGroupAttr] = field(name="GroupAttr")


class CreatePermissionGroupResponse(Response, frozen=True):
    """What group_open_http_svc/create_permission_group answers."""

    permission_group_id: str = field(name="PermissionGroupId", default="")


class CreatePermissionGroupRequest(Request["CreatePermissionGroupResponse"], frozen=True):
    """Create a permission group (group_open_http_svc/create_permission_group)."""

    command = "group_open_http_svc/create_permission_group"
    response = CreatePermissionGroupResponse
    group_id: str = field(name="GroupId")
    permission_group_name: str = field(name="PermissionGroupName")
    permission: int = field(name="Permission")
    permission_group_id: str | None = field(name="PermissionGroupId", default=None)
    custom_string: str | None = field(name="CustomString", default=None)


class DestroyPermissionGroupPermissionGroupResultList(msgspec.Struct, frozen=True):
    """A part of PermissionGroupResultList."""

    error_code: int = field(name="ErrorCode", default=0)
    error_info: str = field(name="ErrorInfo", default="")
    permission_group_id: str = field(name="PermissionGroupId", default="")


class DestroyPermissionGroupResponse(Response, frozen=True):
    """What group_open_http_svc/destroy_permission_group answers."""

    permission_group_result_list: list[DestroyPermissionGroupPermissionGroupResultList] = field(
        name="PermissionGroupResultList", default_factory=list
    )


class DestroyPermissionGroupRequest(Request["DestroyPermissionGroupResponse"], frozen=True):
    """Delete permission groups (group_open_http_svc/destroy_permission_group)."""

    command = "group_open_http_svc/destroy_permission_group"
    response = DestroyPermissionGroupResponse
    group_id: str = field(name="GroupId")
    permission_group_id_list: list[str] = field(name="PermissionGroupIdList")


class ModifyPermissionGroupResponse(Response, frozen=True):
    """What group_open_http_svc/modify_permission_group answers."""


class ModifyPermissionGroupRequest(Request["ModifyPermissionGroupResponse"], frozen=True):
    """Change a permission group (group_open_http_svc/modify_permission_group)."""

    command = "group_open_http_svc/modify_permission_group"
    response = ModifyPermissionGroupResponse
    group_id: str = field(name="GroupId")
    permission_group_id: str = field(name="PermissionGroupId")
    permission_group_name: str | None = field(name="PermissionGroupName", default=None)
    permission: int | None = field(name="Permission", default=None)
    custom_string: str | None = field(name="CustomString", default=None)


class GetPermissionGroupPermissionGroupInfoList(msgspec.Struct, frozen=True):
    """A part of PermissionGroupInfoList."""

    error_code: int = field(name="ErrorCode", default=0)
    permission_group_id: str = field(name="PermissionGroupId", default="")
    permission_group_name: str = field(name="PermissionGroupName", default="")
    permission: int = field(name="Permission", default=0)
    custom_string: str = field(name="CustomString", default="")
    member_num: int = field(name="MemberNum", default=0)


class GetPermissionGroupResponse(Response, frozen=True):
    """What group_open_http_svc/get_permission_group answers."""

    permission_group_info_list: list[GetPermissionGroupPermissionGroupInfoList] = field(
        name="PermissionGroupInfoList", default_factory=list
    )
    next: str = field(name="Next", default="")


class GetPermissionGroupRequest(Request["GetPermissionGroupResponse"], frozen=True):
    """Read permission groups (group_open_http_svc/get_permission_group)."""

    command = "group_open_http_svc/get_permission_group"
    response = GetPermissionGroupResponse
    group_id: str = field(name="GroupId")
    permission_group_id_list: list[str] | None = field(name="PermissionGroupIdList", default=None)
    limit: int | None = field(name="Limit", default=None)
    next: str | None = field(name="Next", default=None)


class AddTopicPermissionGroupTopicPermissionResultList(msgspec.Struct, frozen=True):
    """A part of TopicPermissionResultList."""

    error_code: int = field(name="ErrorCode", default=0)
    error_info: str = field(name="ErrorInfo", default="")
    topic_id: str = field(name="TopicId", default="")


class AddTopicPermissionGroupResponse(Response, frozen=True):
    """What group_open_http_svc/add_topic_permission_group answers."""

    topic_permission_result_list: list[AddTopicPermissionGroupTopicPermissionResultList] = field(
        name="TopicPermissionResultList", default_factory=list
    )


class AddTopicPermissionGroupTopicPermissionList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of TopicPermissionList."""

    topic_id: str = field(name="TopicId")
    permission: int = field(name="Permission")


class AddTopicPermissionGroupRequest(Request["AddTopicPermissionGroupResponse"], frozen=True):
    """Add topic permissions to a permission group (group_open_http_svc/add_topic_permission_group)."""

    command = "group_open_http_svc/add_topic_permission_group"
    response = AddTopicPermissionGroupResponse
    group_id: str = field(name="GroupId")
    permission_group_id: str = field(name="PermissionGroupId")
    topic_permission_list: list[AddTopicPermissionGroupTopicPermissionList] = field(name="TopicPermissionList")


class SetTopicPermissionGroupTopicPermissionResultList(msgspec.Struct, frozen=True):
    """A part of TopicPermissionResultList."""

    error_code: int = field(name="ErrorCode", default=0)
    error_info: str = field(name="ErrorInfo", default="")
    topic_id: str = field(name="TopicId", default="")


class SetTopicPermissionGroupResponse(Response, frozen=True):
    """What group_open_http_svc/set_topic_permission_group answers."""

    topic_permission_result_list: list[SetTopicPermissionGroupTopicPermissionResultList] = field(
        name="TopicPermissionResultList", default_factory=list
    )


class SetTopicPermissionGroupTopicPermissionList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of TopicPermissionList."""

    topic_id: str = field(name="TopicId")
    permission: int = field(name="Permission")


class SetTopicPermissionGroupRequest(Request["SetTopicPermissionGroupResponse"], frozen=True):
    """Change topic permissions of a permission group (group_open_http_svc/set_topic_permission_group)."""

    command = "group_open_http_svc/set_topic_permission_group"
    response = SetTopicPermissionGroupResponse
    group_id: str = field(name="GroupId")
    permission_group_id: str = field(name="PermissionGroupId")
    topic_permission_list: list[SetTopicPermissionGroupTopicPermissionList] = field(name="TopicPermissionList")


class DeleteTopicPermissionGroupTopicPermissionResultList(msgspec.Struct, frozen=True):
    """A part of TopicPermissionResultList."""

    error_code: int = field(name="ErrorCode", default=0)
    error_info: str = field(name="ErrorInfo", default="")
    topic_id: str = field(name="TopicId", default="")


class DeleteTopicPermissionGroupResponse(Response, frozen=True):
    """What group_open_http_svc/delete_topic_permission_group answers."""

    topic_permission_result_list: list[DeleteTopicPermissionGroupTopicPermissionResultList] = field(
        name="TopicPermissionResultList", default_factory=list
    )


class DeleteTopicPermissionGroupRequest(Request["DeleteTopicPermissionGroupResponse"], frozen=True):
    """Remove topic permissions from a permission group (group_open_http_svc/delete_topic_permission_group)."""

    command = "group_open_http_svc/delete_topic_permission_group"
    response = DeleteTopicPermissionGroupResponse
    group_id: str = field(name="GroupId")
    permission_group_id: str = field(name="PermissionGroupId")
    topic_id_list: list[str] = field(name="TopicIdList")


class GetTopicPermissionGroupTopicPermissionResultList(msgspec.Struct, frozen=True):
    """A part of TopicPermissionResultList."""

    error_code: int = field(name="ErrorCode", default=0)
    error_info: str = field(name="ErrorInfo", default="")
    topic_id: str = field(name="TopicId", default="")
    permission: int = field(name="Permission", default=0)


class GetTopicPermissionGroupResponse(Response, frozen=True):
    """What group_open_http_svc/get_topic_permission_group answers."""

    topic_permission_result_list: list[GetTopicPermissionGroupTopicPermissionResultList] = field(
        name="TopicPermissionResultList", default_factory=list
    )


class GetTopicPermissionGroupRequest(Request["GetTopicPermissionGroupResponse"], frozen=True):
    """Read topic permissions of a permission group (group_open_http_svc/get_topic_permission_group)."""

    command = "group_open_http_svc/get_topic_permission_group"
    response = GetTopicPermissionGroupResponse
    group_id: str = field(name="GroupId")
    permission_group_id: str = field(name="PermissionGroupId")
    topic_id_list: list[str] | None = field(name="TopicIdList", default=None)


class AddPermissionGroupMemberToldMemberList(msgspec.Struct, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account", default="")
    result: int = field(name="Result", default=0)


class AddPermissionGroupMemberResponse(Response, frozen=True):
    """What group_open_http_svc/add_permission_group_member answers."""

    member_list: list[AddPermissionGroupMemberToldMemberList] = field(name="MemberList", default_factory=list)


class AddPermissionGroupMemberMemberList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account")


class AddPermissionGroupMemberRequest(Request["AddPermissionGroupMemberResponse"], frozen=True):
    """Add members to a permission group (group_open_http_svc/add_permission_group_member)."""

    command = "group_open_http_svc/add_permission_group_member"
    response = AddPermissionGroupMemberResponse
    group_id: str = field(name="GroupId")
    permission_group_id: str = field(name="PermissionGroupId")
    member_list: list[AddPermissionGroupMemberMemberList] = field(name="MemberList")


class DeletePermissionGroupMemberToldMemberList(msgspec.Struct, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account", default="")
    result: int = field(name="Result", default=0)


class DeletePermissionGroupMemberResponse(Response, frozen=True):
    """What group_open_http_svc/delete_permission_group_member answers."""

    member_list: list[DeletePermissionGroupMemberToldMemberList] = field(name="MemberList", default_factory=list)


class DeletePermissionGroupMemberMemberList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account")


class DeletePermissionGroupMemberRequest(Request["DeletePermissionGroupMemberResponse"], frozen=True):
    """Remove members from a permission group (group_open_http_svc/delete_permission_group_member)."""

    command = "group_open_http_svc/delete_permission_group_member"
    response = DeletePermissionGroupMemberResponse
    group_id: str = field(name="GroupId")
    permission_group_id: str = field(name="PermissionGroupId")
    member_list: list[DeletePermissionGroupMemberMemberList] = field(name="MemberList")


class GetPermissionGroupMemberListAppMemberDefinedData(msgspec.Struct, frozen=True):
    """A part of AppMemberDefinedData."""

    key: str = field(name="Key", default="")
    value: str = field(name="Value", default="")


class GetPermissionGroupMemberListMemberList(msgspec.Struct, frozen=True):
    """A part of MemberList."""

    member_account: str = field(name="Member_Account", default="")
    role: str = field(name="Role", default="")
    join_time: int = field(name="JoinTime", default=0)
    msg_seq: int = field(name="MsgSeq", default=0)
    msg_flag: str = field(name="MsgFlag", default="")
    last_send_msg_time: int = field(name="LastSendMsgTime", default=0)
    mute_until: int = field(name="MuteUntil", default=0)
    shut_up_until: int = field(name="ShutUpUntil", default=0)
    name_card: str = field(name="NameCard", default="")
    app_member_defined_data: list[GetPermissionGroupMemberListAppMemberDefinedData] = field(
        name="AppMemberDefinedData", default_factory=list
    )


class GetPermissionGroupMemberListResponse(Response, frozen=True):
    """What group_open_http_svc/get_permission_group_member_list answers."""

    member_list: list[GetPermissionGroupMemberListMemberList] = field(name="MemberList", default_factory=list)
    next: str = field(name="Next", default="")


class GetPermissionGroupMemberListRequest(Request["GetPermissionGroupMemberListResponse"], frozen=True):
    """List the members of a permission group (group_open_http_svc/get_permission_group_member_list)."""

    command = "group_open_http_svc/get_permission_group_member_list"
    response = GetPermissionGroupMemberListResponse
    group_id: str = field(name="GroupId")
    permission_group_id: str = field(name="PermissionGroupId")
    limit: int | None = field(name="Limit", default=None)
    next: str | None = field(name="Next", default=None)
    member_info_filter: list[str] | None = field(name="MemberInfoFilter", default=None)
    app_defined_data_filter_group_member: list[str] | None = field(
        name="AppDefinedDataFilter_GroupMember", default=None
    )


class ForbidIllegalObjectResponse(Response, frozen=True):
    """What im_cos_msg/forbid_illegal_object answers."""


class ForbidIllegalObjectRequest(Request["ForbidIllegalObjectResponse"], frozen=True):
    """Ban a media file (im_cos_msg/forbid_illegal_object)."""

    command = "im_cos_msg/forbid_illegal_object"
    response = ForbidIllegalObjectResponse
    raw_url: str = field(name="RawURL")


class AllowBannedObjectResponse(Response, frozen=True):
    """What im_cos_msg/allow_banned_object answers."""


class AllowBannedObjectRequest(Request["AllowBannedObjectResponse"], frozen=True):
    """Lift the ban on a media file (im_cos_msg/allow_banned_object)."""

    command = "im_cos_msg/allow_banned_object"
    response = AllowBannedObjectResponse
    raw_url: str = field(name="RawURL")


class GetCosSigPreSigUrls(msgspec.Struct, frozen=True):
    """A part of PreSigURLs."""

    resource_id: int = field(name="ResourceID", default=0)
    code: int = field(name="Code", default=0)
    desc: str = field(name="Desc", default="")
    pre_sig_url: str = field(name="PreSigURL", default="")
    status: int = field(name="Status", default=0)


class GetCosSigResponse(Response, frozen=True):
    """What im_cos_msg/get_cos_sig answers."""

    pre_sig_urls: list[GetCosSigPreSigUrls] = field(name="PreSigURLs", default_factory=list)


class GetCosSigRawUrls(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of RawURLs."""

    resource_id: int = field(name="ResourceID")
    raw_url: str = field(name="RawURL")


class GetCosSigRequest(Request["GetCosSigResponse"], frozen=True):
    """Get signed URLs with full access, and the files' state (im_cos_msg/get_cos_sig)."""

    command = "im_cos_msg/get_cos_sig"
    response = GetCosSigResponse
    raw_urls: list[GetCosSigRawUrls] = field(name="RawURLs")


class AddLocalAuditKeywordsResponse(Response, frozen=True):
    """What im_msg_audit_mgr/add_local_audit_keywords answers."""

    request_id: str = field(name="RequestId", default="")


class AddLocalAuditKeywordsLocalAuditWords(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of LocalAuditWords."""

    keyword: str = field(name="Keyword")
    word_type: int = field(name="WordType")
    filter_type: int = field(name="FilterType")
    replaced_content: str | None = field(name="ReplacedContent", default=None)


class AddLocalAuditKeywordsRequest(Request["AddLocalAuditKeywordsResponse"], frozen=True):
    """Add words to the local word list (im_msg_audit_mgr/add_local_audit_keywords)."""

    command = "im_msg_audit_mgr/add_local_audit_keywords"
    response = AddLocalAuditKeywordsResponse
    sdk_app_id: int = field(name="SdkAppId")
    local_audit_words: list[AddLocalAuditKeywordsLocalAuditWords] = field(name="LocalAuditWords")


class DeleteLocalAuditKeywordsResponse(Response, frozen=True):
    """What im_msg_audit_mgr/delete_local_audit_keywords answers."""

    request_id: str = field(name="RequestId", default="")


class DeleteLocalAuditKeywordsLocalAuditWords(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of LocalAuditWords."""

    id: int | None = field(name="Id", default=None)
    keyword: str | None = field(name="Keyword", default=None)
    word_type: int | None = field(name="WordType", default=None)
    filter_type: int | None = field(name="FilterType", default=None)
    replaced_content: str | None = field(name="ReplacedContent", default=None)


class DeleteLocalAuditKeywordsRequest(Request["DeleteLocalAuditKeywordsResponse"], frozen=True):
    """Remove words from the local word list (im_msg_audit_mgr/delete_local_audit_keywords)."""

    command = "im_msg_audit_mgr/delete_local_audit_keywords"
    response = DeleteLocalAuditKeywordsResponse
    sdk_app_id: int = field(name="SdkAppId")
    local_audit_words: list[DeleteLocalAuditKeywordsLocalAuditWords] = field(name="LocalAuditWords")


class GetLocalAuditKeywordsLocalAuditWords(msgspec.Struct, frozen=True):
    """A part of LocalAuditWords."""

    id: int = field(name="Id", default=0)
    keyword: str = field(name="Keyword", default="")
    word_type: int = field(name="WordType", default=0)
    filter_type: int = field(name="FilterType", default=0)
    replaced_content: str = field(name="ReplacedContent", default="")
    update_time: str = field(name="UpdateTime", default="")


class GetLocalAuditKeywordsResponse(Response, frozen=True):
    """What im_msg_audit_mgr/get_local_audit_keywords answers."""

    request_id: str = field(name="RequestId", default="")
    local_audit_words: list[GetLocalAuditKeywordsLocalAuditWords] = field(name="LocalAuditWords", default_factory=list)
    total_count: int = field(name="TotalCount", default=0)
    total_reg_count: int = field(name="TotalRegCount", default=0)
    cur_count: int = field(name="CurCount", default=0)
    cur_reg_count: int = field(name="CurRegCount", default=0)


class GetLocalAuditKeywordsRequest(Request["GetLocalAuditKeywordsResponse"], frozen=True):
    """List the local word list (im_msg_audit_mgr/get_local_audit_keywords)."""

    command = "im_msg_audit_mgr/get_local_audit_keywords"
    response = GetLocalAuditKeywordsResponse
    sdk_app_id: int = field(name="SdkAppId")
    offset: int = field(name="Offset")
    limit: int = field(name="Limit")
    filter_type: int | None = field(name="FilterType", default=None)
    keyword: str | None = field(name="Keyword", default=None)


class AccountImportResponse(Response, frozen=True):
    """What im_open_login_svc/account_import answers."""


class AccountImportRequest(Request["AccountImportResponse"], frozen=True):
    """Import one account (im_open_login_svc/account_import)."""

    command = "im_open_login_svc/account_import"
    response = AccountImportResponse
    user_id: str = field(name="UserID")
    identifier: str | None = field(name="Identifier", default=None)
    nick: str | None = field(name="Nick", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    type: int | None = field(name="Type", default=None)


class MultiaccountImportResponse(Response, frozen=True):
    """What im_open_login_svc/multiaccount_import answers."""

    fail_accounts: list[str] = field(name="FailAccounts", default_factory=list)


class MultiaccountImportAccountList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of AccountList."""

    user_id: str = field(name="UserID")
    nick: str | None = field(name="Nick", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)


class MultiaccountImportRequest(Request["MultiaccountImportResponse"], frozen=True):
    """Import many accounts (im_open_login_svc/multiaccount_import)."""

    command = "im_open_login_svc/multiaccount_import"
    response = MultiaccountImportResponse
    account_list: list[MultiaccountImportAccountList] | None = field(name="AccountList", default=None)
    accounts: list[str] | None = field(name="Accounts", default=None)


class AccountDeleteResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    user_id: str = field(name="UserID", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class AccountDeleteResponse(Response, frozen=True):
    """What im_open_login_svc/account_delete answers."""

    result_item: list[AccountDeleteResultItem] = field(name="ResultItem", default_factory=list)


class AccountDeleteDeleteItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of DeleteItem."""

    user_id: str = field(name="UserID")


class AccountDeleteRequest(Request["AccountDeleteResponse"], frozen=True):
    """Delete accounts (im_open_login_svc/account_delete)."""

    command = "im_open_login_svc/account_delete"
    response = AccountDeleteResponse
    delete_item: list[AccountDeleteDeleteItem] = field(name="DeleteItem")


class AccountCheckResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    user_id: str = field(name="UserID", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")
    account_status: str = field(name="AccountStatus", default="")


class AccountCheckResponse(Response, frozen=True):
    """What im_open_login_svc/account_check answers."""

    result_item: list[AccountCheckResultItem] = field(name="ResultItem", default_factory=list)


class AccountCheckCheckItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of CheckItem."""

    user_id: str = field(name="UserID")


class AccountCheckRequest(Request["AccountCheckResponse"], frozen=True):
    """Ask which accounts have been imported (im_open_login_svc/account_check)."""

    command = "im_open_login_svc/account_check"
    response = AccountCheckResponse
    check_item: list[AccountCheckCheckItem] = field(name="CheckItem")


class KickResponse(Response, frozen=True):
    """What im_open_login_svc/kick answers."""


class KickRequest(Request["KickResponse"], frozen=True):
    """Invalidate an account's login state (im_open_login_svc/kick)."""

    command = "im_open_login_svc/kick"
    response = KickResponse
    user_id: str = field(name="UserID")
    identifier: str | None = field(name="Identifier", default=None)


class CreateTopicResponse(Response, frozen=True):
    """What million_group_open_http_svc/create_topic answers."""

    topic_id: str = field(name="TopicId", default="")


class CreateTopicRequest(Request["CreateTopicResponse"], frozen=True):
    """Create a topic in a community (million_group_open_http_svc/create_topic)."""

    command = "million_group_open_http_svc/create_topic"
    response = CreateTopicResponse
    group_id: str = field(name="GroupId")
    topic_name: str = field(name="TopicName")
    topic_id: str | None = field(name="TopicId", default=None)
    from_account: str | None = field(name="From_Account", default=None)
    custom_string: str | None = field(name="CustomString", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    notification: str | None = field(name="Notification", default=None)
    introduction: str | None = field(name="Introduction", default=None)
    default_permission: int | None = field(name="DefaultPermission", default=None)


class GetTopicTopicAndSelfInfo(msgspec.Struct, frozen=True):
    """A part of TopicAndSelfInfo."""

    error_code: int = field(name="ErrorCode", default=0)
    error_info: str = field(name="ErrorInfo", default="")
    self_info: dict[str, Any] = field(name="SelfInfo", default_factory=dict)
    topic_info: dict[str, Any] = field(name="TopicInfo", default_factory=dict)


class GetTopicResponse(Response, frozen=True):
    """What million_group_open_http_svc/get_topic answers."""

    topic_and_self_info: list[GetTopicTopicAndSelfInfo] = field(name="TopicAndSelfInfo", default_factory=list)


class GetTopicRequest(Request["GetTopicResponse"], frozen=True):
    """Read topics and one account's state in them (million_group_open_http_svc/get_topic)."""

    command = "million_group_open_http_svc/get_topic"
    response = GetTopicResponse
    group_id: str = field(name="GroupId")
    from_account: str = field(name="From_Account")
    topic_id_list: list[str] | None = field(name="TopicIdList", default=None)
    response_filter: list[str] | None = field(name="ResponseFilter", default=None)


class ModifyTopicResponse(Response, frozen=True):
    """What million_group_open_http_svc/modify_topic answers."""


class ModifyTopicRequest(Request["ModifyTopicResponse"], frozen=True):
    """Change the profile of a topic (million_group_open_http_svc/modify_topic)."""

    command = "million_group_open_http_svc/modify_topic"
    response = ModifyTopicResponse
    group_id: str = field(name="GroupId")
    topic_id: str = field(name="TopicId")
    from_account: str | None = field(name="From_Account", default=None)
    topic_name: str | None = field(name="TopicName", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    notification: str | None = field(name="Notification", default=None)
    introduction: str | None = field(name="Introduction", default=None)
    custom_string: str | None = field(name="CustomString", default=None)
    mute_all_member: str | None = field(name="MuteAllMember", default=None)


class DestroyTopicDestroyResultItem(msgspec.Struct, frozen=True):
    """A part of DestroyResultItem."""

    topic_id: str = field(name="TopicId", default="")
    error_code: int = field(name="ErrorCode", default=0)
    error_info: str = field(name="ErrorInfo", default="")


class DestroyTopicResponse(Response, frozen=True):
    """What million_group_open_http_svc/destroy_topic answers."""

    destroy_result_item: list[DestroyTopicDestroyResultItem] = field(name="DestroyResultItem", default_factory=list)


class DestroyTopicRequest(Request["DestroyTopicResponse"], frozen=True):
    """Delete topics of a community (million_group_open_http_svc/destroy_topic)."""

    command = "million_group_open_http_svc/destroy_topic"
    response = DestroyTopicResponse
    group_id: str = field(name="GroupId")
    topic_id_list: list[str] = field(name="TopicIdList")


class GetHistoryFile(msgspec.Struct, frozen=True):
    """A part of File."""

    url: str = field(name="URL", default="")
    expire_time: str = field(name="ExpireTime", default="")
    file_size: int = field(name="FileSize", default=0)
    file_md5: str = field(name="FileMD5", default="")
    gzip_size: int = field(name="GzipSize", default=0)
    gzip_md5: str = field(name="GzipMD5", default="")


class GetHistoryResponse(Response, frozen=True):
    """What open_msg_svc/get_history answers."""

    file: list[GetHistoryFile] = field(name="File", default_factory=list)


class GetHistoryRequest(Request["GetHistoryResponse"], frozen=True):
    """Get the download address of an hour's messages (open_msg_svc/get_history)."""

    command = "open_msg_svc/get_history"
    response = GetHistoryResponse
    chat_type: str = field(name="ChatType")
    msg_time: str = field(name="MsgTime")


class SetnospeakingResponse(Response, frozen=True):
    """What openconfigsvr/setnospeaking answers."""


class SetnospeakingRequest(Request["SetnospeakingResponse"], frozen=True):
    """Mute an account everywhere (openconfigsvr/setnospeaking)."""

    command = "openconfigsvr/setnospeaking"
    response = SetnospeakingResponse
    set_account: str = field(name="Set_Account")
    c2cmsg_nospeaking_time: int | None = field(name="C2CmsgNospeakingTime", default=None)
    groupmsg_nospeaking_time: int | None = field(name="GroupmsgNospeakingTime", default=None)


class GetnospeakingResponse(Response, frozen=True):
    """What openconfigsvr/getnospeaking answers."""

    c2cmsg_nospeaking_time: int = field(name="C2CmsgNospeakingTime", default=0)
    groupmsg_nospeaking_time: int = field(name="GroupmsgNospeakingTime", default=0)


class GetnospeakingRequest(Request["GetnospeakingResponse"], frozen=True):
    """Read an account's global muting (openconfigsvr/getnospeaking)."""

    command = "openconfigsvr/getnospeaking"
    response = GetnospeakingResponse
    get_account: str = field(name="Get_Account")


class GetappinfoResult(msgspec.Struct, frozen=True):
    """A part of Result."""

    app_name: str = field(name="AppName", default="")
    app_id: str = field(name="AppId", default="")
    company: str = field(name="Company", default="")
    active_user_num: str = field(name="ActiveUserNum", default="")
    regist_user_num_one_day: str = field(name="RegistUserNumOneDay", default="")
    regist_user_num_total: str = field(name="RegistUserNumTotal", default="")
    login_times: str = field(name="LoginTimes", default="")
    login_user_num: str = field(name="LoginUserNum", default="")
    up_msg_num: str = field(name="UpMsgNum", default="")
    down_msg_num: str = field(name="DownMsgNum", default="")
    send_msg_user_num: str = field(name="SendMsgUserNum", default="")
    apns_msg_num: str = field(name="APNSMsgNum", default="")
    c2c_up_msg_num: str = field(name="C2CUpMsgNum", default="")
    c2c_down_msg_num: str = field(name="C2CDownMsgNum", default="")
    c2c_send_msg_user_num: str = field(name="C2CSendMsgUserNum", default="")
    c2c_apns_msg_num: str = field(name="C2CAPNSMsgNum", default="")
    max_online_num: str = field(name="MaxOnlineNum", default="")
    chain_increase: str = field(name="ChainIncrease", default="")
    chain_decrease: str = field(name="ChainDecrease", default="")
    group_up_msg_num: str = field(name="GroupUpMsgNum", default="")
    group_down_msg_num: str = field(name="GroupDownMsgNum", default="")
    group_send_msg_user_num: str = field(name="GroupSendMsgUserNum", default="")
    group_apns_msg_num: str = field(name="GroupAPNSMsgNum", default="")
    group_send_msg_group_num: str = field(name="GroupSendMsgGroupNum", default="")
    group_join_group_times: str = field(name="GroupJoinGroupTimes", default="")
    group_quit_group_times: str = field(name="GroupQuitGroupTimes", default="")
    group_new_group_num: str = field(name="GroupNewGroupNum", default="")
    group_all_group_num: str = field(name="GroupAllGroupNum", default="")
    group_destroy_group_num: str = field(name="GroupDestroyGroupNum", default="")
    call_back_req: str = field(name="CallBackReq", default="")
    call_back_rsp: str = field(name="CallBackRsp", default="")
    date: str = field(name="Date", default="")


class GetappinfoResponse(Response, frozen=True):
    """What openconfigsvr/getappinfo answers."""

    result: list[GetappinfoResult] = field(name="Result", default_factory=list)


class GetappinfoRequest(Request["GetappinfoResponse"], frozen=True):
    """Read the statistics of the last 30 days (openconfigsvr/getappinfo)."""

    command = "openconfigsvr/getappinfo"
    response = GetappinfoResponse
    request_field: list[str] | None = field(name="RequestField", default=None)


class SendmsgResponse(Response, frozen=True):
    """What openim/sendmsg answers."""

    msg_time: int = field(name="MsgTime", default=0)
    msg_key: str = field(name="MsgKey", default="")
    msg_id: str = field(name="MsgId", default="")


class SendmsgRequest(Request["SendmsgResponse"], frozen=True):
    """Send a one-to-one message to one user (openim/sendmsg)."""

    command = "openim/sendmsg"
    response = SendmsgResponse
    to_account: str = field(name="To_Account")
    msg_random: int = field(name="MsgRandom")
    msg_body: list[WireElement] = field(name="MsgBody")
    sync_other_machine: int | None = field(name="SyncOtherMachine", default=None)
    from_account: str | None = field(name="From_Account", default=None)
    msg_life_time: int | None = field(name="MsgLifeTime", default=None)
    online_only_flag: int | None = field(name="OnlineOnlyFlag", default=None)
    msg_seq: int | None = field(name="MsgSeq", default=None)
    msg_time_stamp: int | None = field(name="MsgTimeStamp", default=None)
    forbid_callback_control: list[str] | None = field(name="ForbidCallbackControl", default=None)
    send_msg_control: list[str] | None = field(name="SendMsgControl", default=None)
    cloud_custom_data: str | None = field(name="CloudCustomData", default=None)
    support_message_extension: int | None = field(name="SupportMessageExtension", default=None)
    offline_push_info: dict[str, Any] | None = field(name="OfflinePushInfo", default=None)
    is_need_read_receipt: int | None = field(name="IsNeedReadReceipt", default=None)


class BatchsendmsgErrorList(msgspec.Struct, frozen=True):
    """A part of ErrorList."""

    to_account: str = field(name="To_Account", default="")
    error_code: int = field(name="ErrorCode", default=0)


class BatchsendmsgResponse(Response, frozen=True):
    """What openim/batchsendmsg answers."""

    msg_key: str = field(name="MsgKey", default="")
    error_list: list[BatchsendmsgErrorList] = field(name="ErrorList", default_factory=list)


class BatchsendmsgRequest(Request["BatchsendmsgResponse"], frozen=True):
    """Send one one-to-one message to many users (openim/batchsendmsg)."""

    command = "openim/batchsendmsg"
    response = BatchsendmsgResponse
    to_account: list[str] = field(name="To_Account")
    msg_random: int = field(name="MsgRandom")
    msg_body: list[WireElement] = field(name="MsgBody")
    sync_other_machine: int | None = field(name="SyncOtherMachine", default=None)
    from_account: str | None = field(name="From_Account", default=None)
    msg_seq: int | None = field(name="MsgSeq", default=None)
    msg_life_time: int | None = field(name="MsgLifeTime", default=None)
    online_only_flag: int | None = field(name="OnlineOnlyFlag", default=None)
    cloud_custom_data: str | None = field(name="CloudCustomData", default=None)
    send_msg_control: list[str] | None = field(name="SendMsgControl", default=None)
    forbid_callback_control: list[str] | None = field(name="ForbidCallbackControl", default=None)
    offline_push_info: dict[str, Any] | None = field(name="OfflinePushInfo", default=None)
    is_need_read_receipt: int | None = field(name="IsNeedReadReceipt", default=None)
    support_message_extension: int | None = field(name="SupportMessageExtension", default=None)


class ImportmsgResponse(Response, frozen=True):
    """What openim/importmsg answers."""


class ImportmsgRequest(Request["ImportmsgResponse"], frozen=True):
    """Import a one-to-one message from another system (openim/importmsg)."""

    command = "openim/importmsg"
    response = ImportmsgResponse
    sync_from_old_system: int = field(name="SyncFromOldSystem")
    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    msg_random: int = field(name="MsgRandom")
    msg_time_stamp: int = field(name="MsgTimeStamp")
    msg_body: list[WireElement] = field(name="MsgBody")
    msg_seq: int | None = field(name="MsgSeq", default=None)
    cloud_custom_data: str | None = field(name="CloudCustomData", default=None)


class AdminGetroammsgMsgList(msgspec.Struct, frozen=True):
    """A part of MsgList."""

    from_account: str = field(name="From_Account", default="")
    to_account: str = field(name="To_Account", default="")
    msg_seq: int = field(name="MsgSeq", default=0)
    msg_random: int = field(name="MsgRandom", default=0)
    msg_time_stamp: int = field(name="MsgTimeStamp", default=0)
    msg_client_time: int = field(name="MsgClientTime", default=0)
    msg_flag_bits: int = field(name="MsgFlagBits", default=0)
    is_peer_read: int = field(name="IsPeerRead", default=0)
    msg_key: str = field(name="MsgKey", default="")
    msg_body: list[WireElement] = field(name="MsgBody", default_factory=list)
    cloud_custom_data: str = field(name="CloudCustomData", default="")


class AdminGetroammsgResponse(Response, frozen=True):
    """What openim/admin_getroammsg answers."""

    complete: int = field(name="Complete", default=0)
    msg_cnt: int = field(name="MsgCnt", default=0)
    last_msg_time: int = field(name="LastMsgTime", default=0)
    last_msg_key: str = field(name="LastMsgKey", default="")
    msg_list: list[AdminGetroammsgMsgList] = field(name="MsgList", default_factory=list)


class AdminGetroammsgRequest(Request["AdminGetroammsgResponse"], frozen=True):
    """Query the history of a one-to-one conversation (openim/admin_getroammsg)."""

    command = "openim/admin_getroammsg"
    response = AdminGetroammsgResponse
    operator_account: str = field(name="Operator_Account")
    peer_account: str = field(name="Peer_Account")
    max_cnt: int = field(name="MaxCnt")
    min_time: int = field(name="MinTime")
    max_time: int = field(name="MaxTime")
    from_account: str | None = field(name="From_Account", default=None)
    to_account: str | None = field(name="To_Account", default=None)
    last_msg_key: str | None = field(name="LastMsgKey", default=None)


class AdminMsgwithdrawResponse(Response, frozen=True):
    """What openim/admin_msgwithdraw answers."""


class AdminMsgwithdrawRequest(Request["AdminMsgwithdrawResponse"], frozen=True):
    """Recall a one-to-one message (openim/admin_msgwithdraw)."""

    command = "openim/admin_msgwithdraw"
    response = AdminMsgwithdrawResponse
    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    msg_key: str = field(name="MsgKey")


class AdminSetMsgReadResponse(Response, frozen=True):
    """What openim/admin_set_msg_read answers."""


class AdminSetMsgReadRequest(Request["AdminSetMsgReadResponse"], frozen=True):
    """Mark a one-to-one conversation as read (openim/admin_set_msg_read)."""

    command = "openim/admin_set_msg_read"
    response = AdminSetMsgReadResponse
    report_account: str = field(name="Report_Account")
    peer_account: str = field(name="Peer_Account")
    msg_read_time: int | None = field(name="MsgReadTime", default=None)


class C2cMsgReadReceiptResponse(Response, frozen=True):
    """What openim/c2c_msg_read_receipt answers."""


class C2cMsgReadReceiptC2cMsgInfo(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of C2CMsgInfo."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    msg_key: str = field(name="MsgKey")


class C2cMsgReadReceiptRequest(Request["C2cMsgReadReceiptResponse"], frozen=True):
    """Send read receipts for one-to-one messages (openim/c2c_msg_read_receipt)."""

    command = "openim/c2c_msg_read_receipt"
    response = C2cMsgReadReceiptResponse
    operator_account: str = field(name="Operator_Account")
    peer_account: str = field(name="Peer_Account")
    c2c_msg_info: list[C2cMsgReadReceiptC2cMsgInfo] = field(name="C2CMsgInfo")


class GetC2cUnreadMsgNumC2cUnreadMsgNumList(msgspec.Struct, frozen=True):
    """A part of C2CUnreadMsgNumList."""

    peer_account: str = field(name="Peer_Account", default="")
    c2c_unread_msg_num: int = field(name="C2CUnreadMsgNum", default=0)


class GetC2cUnreadMsgNumErrorList(msgspec.Struct, frozen=True):
    """A part of ErrorList."""

    peer_account: str = field(name="Peer_Account", default="")
    error_code: int = field(name="ErrorCode", default=0)


class GetC2cUnreadMsgNumResponse(Response, frozen=True):
    """What openim/get_c2c_unread_msg_num answers."""

    all_c2c_unread_msg_num: int = field(name="AllC2CUnreadMsgNum", default=0)
    c2c_unread_msg_num_list: list[GetC2cUnreadMsgNumC2cUnreadMsgNumList] = field(
        name="C2CUnreadMsgNumList", default_factory=list
    )
    error_list: list[GetC2cUnreadMsgNumErrorList] = field(name="ErrorList", default_factory=list)


class GetC2cUnreadMsgNumRequest(Request["GetC2cUnreadMsgNumResponse"], frozen=True):
    """Query unread counts of one-to-one conversations (openim/get_c2c_unread_msg_num)."""

    command = "openim/get_c2c_unread_msg_num"
    response = GetC2cUnreadMsgNumResponse
    to_account: str = field(name="To_Account")
    peer_account: list[str] | None = field(name="Peer_Account", default=None)


class ModifyC2cMsgResponse(Response, frozen=True):
    """What openim/modify_c2c_msg answers."""


class ModifyC2cMsgRequest(Request["ModifyC2cMsgResponse"], frozen=True):
    """Modify a stored one-to-one message (openim/modify_c2c_msg)."""

    command = "openim/modify_c2c_msg"
    response = ModifyC2cMsgResponse
    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    msg_key: str = field(name="MsgKey")
    msg_body: list[WireElement] | None = field(name="MsgBody", default=None)
    cloud_custom_data: str | None = field(name="CloudCustomData", default=None)


class ModifyGroupMsgResponse(Response, frozen=True):
    """What openim/modify_group_msg answers."""


class ModifyGroupMsgRequest(Request["ModifyGroupMsgResponse"], frozen=True):
    """Modify a stored group message (openim/modify_group_msg)."""

    command = "openim/modify_group_msg"
    response = ModifyGroupMsgResponse
    group_id: str = field(name="GroupId")
    msg_seq: int = field(name="MsgSeq")
    msg_body: list[WireElement] | None = field(name="MsgBody", default=None)
    cloud_custom_data: str | None = field(name="CloudCustomData", default=None)
    topic_id: str | None = field(name="TopicId", default=None)


class DeleteC2cMsgRambleResponse(Response, frozen=True):
    """What openim/delete_c2c_msg_ramble answers."""


class DeleteC2cMsgRambleRequest(Request["DeleteC2cMsgRambleResponse"], frozen=True):
    """Delete one-to-one messages from one side's history (openim/delete_c2c_msg_ramble)."""

    command = "openim/delete_c2c_msg_ramble"
    response = DeleteC2cMsgRambleResponse
    operator_account: str = field(name="Operator_Account")
    peer_account: str = field(name="Peer_Account")
    msg_key_list: list[str] = field(name="MsgKeyList")


class AddResponse(Response, frozen=True):
    """What openim_dirty_words/add answers."""


class AddRequest(Request["AddResponse"], frozen=True):
    """Add forbidden words of the app (openim_dirty_words/add)."""

    command = "openim_dirty_words/add"
    response = AddResponse
    dirty_words_list: list[str] = field(name="DirtyWordsList")


class GetResponse(Response, frozen=True):
    """What openim_dirty_words/get answers."""

    dirty_words_list: list[str] = field(name="DirtyWordsList", default_factory=list)


class GetRequest(Request["GetResponse"], frozen=True):
    """List forbidden words of the app (openim_dirty_words/get)."""

    command = "openim_dirty_words/get"
    response = GetResponse


class OpenimDirtyWordsDeleteResponse(Response, frozen=True):
    """What openim_dirty_words/delete answers."""


class OpenimDirtyWordsDeleteRequest(Request["OpenimDirtyWordsDeleteResponse"], frozen=True):
    """Remove forbidden words of the app (openim_dirty_words/delete)."""

    command = "openim_dirty_words/delete"
    response = OpenimDirtyWordsDeleteResponse
    dirty_words_list: list[str] = field(name="DirtyWordsList")


class SetKeyValuesToldExtensionList(msgspec.Struct, frozen=True):
    """A part of ExtensionList."""

    error_code: int = field(name="ErrorCode", default=0)
    extension: dict[str, Any] = field(name="Extension", default_factory=dict)


class SetKeyValuesResponse(Response, frozen=True):
    """What openim_msg_ext_http_svc/set_key_values answers."""

    extension_list: list[SetKeyValuesToldExtensionList] = field(name="ExtensionList", default_factory=list)


class SetKeyValuesExtensionList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of ExtensionList."""

    key: str = field(name="Key")
    value: str = field(name="Value")
    seq: int | None = field(name="Seq", default=None)


class SetKeyValuesRequest(Request["SetKeyValuesResponse"], frozen=True):
    """Set, delete or clear extensions of a one-to-one message (openim_msg_ext_http_svc/set_key_values)."""

    command = "openim_msg_ext_http_svc/set_key_values"
    response = SetKeyValuesResponse
    to_account: str = field(name="To_Account")
    msg_key: str = field(name="MsgKey")
    operate_type: int = field(name="OperateType")
    from_account: str | None = field(name="From_Account", default=None)
    extension_list: list[SetKeyValuesExtensionList] | None = field(name="ExtensionList", default=None)


class GetKeyValuesExtensionList(msgspec.Struct, frozen=True):
    """A part of ExtensionList."""

    key: str = field(name="Key", default="")
    value: str = field(name="Value", default="")
    seq: int = field(name="Seq", default=0)


class GetKeyValuesResponse(Response, frozen=True):
    """What openim_msg_ext_http_svc/get_key_values answers."""

    complete_flag: int = field(name="CompleteFlag", default=0)
    latest_seq: int = field(name="LatestSeq", default=0)
    clear_seq: int = field(name="ClearSeq", default=0)
    extension_list: list[GetKeyValuesExtensionList] = field(name="ExtensionList", default_factory=list)


class GetKeyValuesRequest(Request["GetKeyValuesResponse"], frozen=True):
    """Get extensions of a one-to-one message (openim_msg_ext_http_svc/get_key_values)."""

    command = "openim_msg_ext_http_svc/get_key_values"
    response = GetKeyValuesResponse
    to_account: str = field(name="To_Account")
    msg_key: str = field(name="MsgKey")
    from_account: str | None = field(name="From_Account", default=None)
    start_seq: int | None = field(name="StartSeq", default=None)


class GroupSetKeyValuesToldExtensionList(msgspec.Struct, frozen=True):
    """A part of ExtensionList."""

    error_code: int = field(name="ErrorCode", default=0)
    extension: dict[str, Any] = field(name="Extension", default_factory=dict)


class GroupSetKeyValuesResponse(Response, frozen=True):
    """What openim_msg_ext_http_svc/group_set_key_values answers."""

    extension_list: list[GroupSetKeyValuesToldExtensionList] = field(name="ExtensionList", default_factory=list)


class GroupSetKeyValuesExtensionList(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of ExtensionList."""

    key: str = field(name="Key")
    value: str = field(name="Value")
    seq: int | None = field(name="Seq", default=None)


class GroupSetKeyValuesRequest(Request["GroupSetKeyValuesResponse"], frozen=True):
    """Set, delete or clear extensions of a group message (openim_msg_ext_http_svc/group_set_key_values)."""

    command = "openim_msg_ext_http_svc/group_set_key_values"
    response = GroupSetKeyValuesResponse
    group_id: str = field(name="GroupId")
    msg_seq: int = field(name="MsgSeq")
    operate_type: int = field(name="OperateType")
    extension_list: list[GroupSetKeyValuesExtensionList] | None = field(name="ExtensionList", default=None)


class GroupGetKeyValuesExtensionList(msgspec.Struct, frozen=True):
    """A part of ExtensionList."""

    key: str = field(name="Key", default="")
    value: str = field(name="Value", default="")
    seq: int = field(name="Seq", default=0)


class GroupGetKeyValuesResponse(Response, frozen=True):
    """What openim_msg_ext_http_svc/group_get_key_values answers."""

    complete_flag: int = field(name="CompleteFlag", default=0)
    latest_seq: int = field(name="LatestSeq", default=0)
    clear_seq: int = field(name="ClearSeq", default=0)
    extension_list: list[GroupGetKeyValuesExtensionList] = field(name="ExtensionList", default_factory=list)


class GroupGetKeyValuesRequest(Request["GroupGetKeyValuesResponse"], frozen=True):
    """Get extensions of a group message (openim_msg_ext_http_svc/group_get_key_values)."""

    command = "openim_msg_ext_http_svc/group_get_key_values"
    response = GroupGetKeyValuesResponse
    group_id: str = field(name="GroupId")
    msg_seq: int = field(name="MsgSeq")
    start_seq: int | None = field(name="StartSeq", default=None)


class CreateRobotResponse(Response, frozen=True):
    """What openim_robot_http_svc/create_robot answers."""


class CreateRobotRequest(Request["CreateRobotResponse"], frozen=True):
    """Create a chatbot account (openim_robot_http_svc/create_robot)."""

    command = "openim_robot_http_svc/create_robot"
    response = CreateRobotResponse
    user_id: str = field(name="UserID")
    nick: str | None = field(name="Nick", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    self_signature: str | None = field(name="SelfSignature", default=None)


class DeleteRobotResponse(Response, frozen=True):
    """What openim_robot_http_svc/delete_robot answers."""


class DeleteRobotRequest(Request["DeleteRobotResponse"], frozen=True):
    """Disable a chatbot account (openim_robot_http_svc/delete_robot)."""

    command = "openim_robot_http_svc/delete_robot"
    response = DeleteRobotResponse
    robot_account: str = field(name="Robot_Account")


class GetAllRobotsResponse(Response, frozen=True):
    """What openim_robot_http_svc/get_all_robots answers."""

    robot_account: list[str] = field(name="Robot_Account", default_factory=list)


class GetAllRobotsRequest(Request["GetAllRobotsResponse"], frozen=True):
    """List chatbot accounts (openim_robot_http_svc/get_all_robots)."""

    command = "openim_robot_http_svc/get_all_robots"
    response = GetAllRobotsResponse


class SendStreamMsgResponse(Response, frozen=True):
    """What openim_robot_http_svc/send_stream_msg answers."""

    msg_key: str = field(name="MsgKey", default="")


class SendStreamMsgRequest(Request["SendStreamMsgResponse"], frozen=True):
    """Send a chatbot answer piece by piece (openim_robot_http_svc/send_stream_msg)."""

    command = "openim_robot_http_svc/send_stream_msg"
    response = SendStreamMsgResponse
    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    chunk: str = field(name="Chunk")
    msg_key: str | None = field(name="MsgKey", default=None)
    finish: int | None = field(name="Finish", default=None)


class QueryOnlineStatusDetail(msgspec.Struct, frozen=True):
    """A part of Detail."""

    platform: str = field(name="Platform", default="")
    status: str = field(name="Status", default="")


class QueryOnlineStatusQueryResult(msgspec.Struct, frozen=True):
    """A part of QueryResult."""

    to_account: str = field(name="To_Account", default="")
    status: str = field(name="Status", default="")
    state: str = field(name="State", default="")
    detail: list[QueryOnlineStatusDetail] = field(name="Detail", default_factory=list)


class QueryOnlineStatusErrorList(msgspec.Struct, frozen=True):
    """A part of ErrorList."""

    to_account: str = field(name="To_Account", default="")
    error_code: int = field(name="ErrorCode", default=0)


class QueryOnlineStatusResponse(Response, frozen=True):
    """What openim/query_online_status answers."""

    query_result: list[QueryOnlineStatusQueryResult] = field(name="QueryResult", default_factory=list)
    error_list: list[QueryOnlineStatusErrorList] = field(name="ErrorList", default_factory=list)


class QueryOnlineStatusRequest(Request["QueryOnlineStatusResponse"], frozen=True):
    """Ask for the online status of accounts (openim/query_online_status)."""

    command = "openim/query_online_status"
    response = QueryOnlineStatusResponse
    to_account: list[str] = field(name="To_Account")
    is_need_detail: int | None = field(name="IsNeedDetail", default=None)


class QuerystateQueryResult(msgspec.Struct, frozen=True):
    """A part of QueryResult."""

    to_account: str = field(name="To_Account", default="")
    state: str = field(name="State", default="")


class QuerystateResponse(Response, frozen=True):
    """What openim/querystate answers."""

    query_result: list[QuerystateQueryResult] = field(name="QueryResult", default_factory=list)


class QuerystateRequest(Request["QuerystateResponse"], frozen=True):
    """Older path of query_online_status (openim/querystate)."""

    command = "openim/querystate"
    response = QuerystateResponse
    to_account: list[str] = field(name="To_Account")
    is_need_detail: int | None = field(name="IsNeedDetail", default=None)


class PortraitGetProfileItem(msgspec.Struct, frozen=True):
    """A part of ProfileItem."""

    tag: str = field(name="Tag", default="")
    value: str | int = field(name="Value", default="")


class PortraitGetUserProfileItem(msgspec.Struct, frozen=True):
    """A part of UserProfileItem."""

    to_account: str = field(name="To_Account", default="")
    profile_item: list[PortraitGetProfileItem] = field(name="ProfileItem", default_factory=list)
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class PortraitGetResponse(Response, frozen=True):
    """What profile/portrait_get answers."""

    user_profile_item: list[PortraitGetUserProfileItem] = field(name="UserProfileItem", default_factory=list)
    fail_account: list[str] = field(name="Fail_Account", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class PortraitGetRequest(Request["PortraitGetResponse"], frozen=True):
    """Read profile fields of users (profile/portrait_get)."""

    command = "profile/portrait_get"
    response = PortraitGetResponse
    to_account: list[str] = field(name="To_Account")
    tag_list: list[str] = field(name="TagList")


class PortraitSetResponse(Response, frozen=True):
    """What profile/portrait_set answers."""

    error_display: str = field(name="ErrorDisplay", default="")


class PortraitSetProfileItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of ProfileItem."""

    tag: str = field(name="Tag")
    value: str | int = field(name="Value")


class PortraitSetRequest(Request["PortraitSetResponse"], frozen=True):
    """Write profile fields of one user (profile/portrait_set)."""

    command = "profile/portrait_set"
    response = PortraitSetResponse
    from_account: str = field(name="From_Account")
    profile_item: list[PortraitSetProfileItem] = field(name="ProfileItem")


class GetListSessionItem(msgspec.Struct, frozen=True):
    """A part of SessionItem."""

    type: int = field(name="Type", default=0)
    to_account: str = field(name="To_Account", default="")
    group_id: str = field(name="GroupId", default="")
    msg_time: int = field(name="MsgTime", default=0)
    top_flag: int = field(name="TopFlag", default=0)
    standard_mark: str = field(name="StandardMark", default="")
    custom_mark: str = field(name="CustomMark", default="")
    contact_group_id: list[int] = field(name="ContactGroupId", default_factory=list)


class GetListResponse(Response, frozen=True):
    """What recentcontact/get_list answers."""

    session_item: list[GetListSessionItem] = field(name="SessionItem", default_factory=list)
    complete_flag: int = field(name="CompleteFlag", default=0)
    time_stamp: int = field(name="TimeStamp", default=0)
    start_index: int = field(name="StartIndex", default=0)
    top_time_stamp: int = field(name="TopTimeStamp", default=0)
    top_start_index: int = field(name="TopStartIndex", default=0)
    error_display: str = field(name="ErrorDisplay", default="")


class GetListRequest(Request["GetListResponse"], frozen=True):
    """Page through a user's conversations (recentcontact/get_list)."""

    command = "recentcontact/get_list"
    response = GetListResponse
    from_account: str = field(name="From_Account")
    time_stamp: int = field(name="TimeStamp")
    start_index: int = field(name="StartIndex")
    top_time_stamp: int = field(name="TopTimeStamp")
    top_start_index: int = field(name="TopStartIndex")
    assist_flags: int = field(name="AssistFlags")


class RecentcontactDeleteResponse(Response, frozen=True):
    """What recentcontact/delete answers."""

    error_display: str = field(name="ErrorDisplay", default="")


class RecentcontactDeleteRequest(Request["RecentcontactDeleteResponse"], frozen=True):
    """Delete one conversation of a user (recentcontact/delete)."""

    command = "recentcontact/delete"
    response = RecentcontactDeleteResponse
    from_account: str = field(name="From_Account")
    type: int = field(name="Type")
    to_account: str | None = field(name="To_Account", default=None)
    to_groupid: str | None = field(name="ToGroupid", default=None)
    clear_ramble: int | None = field(name="ClearRamble", default=None)


class TopResponse(Response, frozen=True):
    """What recentcontact/top answers."""

    error_display: str = field(name="ErrorDisplay", default="")


class TopRecentContactItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of RecentContactItem."""

    type: int = field(name="Type")
    to_account: str | None = field(name="To_Account", default=None)
    group_id: str | None = field(name="GroupId", default=None)


class TopRequest(Request["TopResponse"], frozen=True):
    """Pin or unpin conversations of a user (recentcontact/top)."""

    command = "recentcontact/top"
    response = TopResponse
    from_account: str = field(name="From_Account")
    operation_type: int = field(name="OperationType")
    recent_contact_item: list[TopRecentContactItem] = field(name="RecentContactItem")


class CreateContactGroupResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    contact_item: dict[str, Any] = field(name="ContactItem", default_factory=dict)
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class CreateContactGroupGroupResultItem(msgspec.Struct, frozen=True):
    """A part of GroupResultItem."""

    group_item: dict[str, Any] = field(name="GroupItem", default_factory=dict)
    result_item: list[CreateContactGroupResultItem] = field(name="ResultItem", default_factory=list)


class CreateContactGroupResponse(Response, frozen=True):
    """What recentcontact/create_contact_group answers."""

    group_result_item: list[CreateContactGroupGroupResultItem] = field(name="GroupResultItem", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class CreateContactGroupContactItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of ContactItem."""

    type: int = field(name="Type")
    to_account: str | None = field(name="To_Account", default=None)
    to_group_id: str | None = field(name="ToGroupId", default=None)


class CreateContactGroupGroupContactItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of GroupContactItem."""

    group_name: str = field(name="GroupName")
    contact_item: list[CreateContactGroupContactItem] = field(name="ContactItem")


class CreateContactGroupRequest(Request["CreateContactGroupResponse"], frozen=True):
    """Create a conversation group (recentcontact/create_contact_group)."""

    command = "recentcontact/create_contact_group"
    response = CreateContactGroupResponse
    from_account: str = field(name="From_Account")
    group_contact_item: list[CreateContactGroupGroupContactItem] = field(name="GroupContactItem")


class DelContactGroupGroupItem(msgspec.Struct, frozen=True):
    """A part of GroupItem."""

    group_name: str = field(name="GroupName", default="")
    group_id: int = field(name="GroupId", default=0)


class DelContactGroupResponse(Response, frozen=True):
    """What recentcontact/del_contact_group answers."""

    group_item: list[DelContactGroupGroupItem] = field(name="GroupItem", default_factory=list)


class DelContactGroupRequest(Request["DelContactGroupResponse"], frozen=True):
    """Delete a conversation group (recentcontact/del_contact_group)."""

    command = "recentcontact/del_contact_group"
    response = DelContactGroupResponse
    from_account: str = field(name="From_Account")
    group_name: list[str] = field(name="GroupName")


class UpdateContactGroupContactResultItem(msgspec.Struct, frozen=True):
    """A part of ContactResultItem."""

    contact_opt_type: int = field(name="ContactOptType", default=0)
    contact_item: dict[str, Any] = field(name="ContactItem", default_factory=dict)
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class UpdateContactGroupResponse(Response, frozen=True):
    """What recentcontact/update_contact_group answers."""

    update_type: int = field(name="UpdateType", default=0)
    update_group_result: dict[str, Any] = field(name="UpdateGroupResult", default_factory=dict)


class UpdateContactGroupContactUpdateItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of ContactUpdateItem."""

    contact_opt_type: int | None = field(name="ContactOptType", default=None)
    contact_item: dict[str, Any] | None = field(name="ContactItem", default=None)


class UpdateContactGroupRequest(Request["UpdateContactGroupResponse"], frozen=True):
    """Rename a conversation group or change its conversations (recentcontact/update_contact_group)."""

    command = "recentcontact/update_contact_group"
    response = UpdateContactGroupResponse
    from_account: str = field(name="From_Account")
    update_type: int = field(name="UpdateType")
    update_group: dict[str, Any] = field(name="UpdateGroup")


class SearchContactGroupContactResultItem(msgspec.Struct, frozen=True):
    """A part of ContactResultItem."""

    type: int = field(name="Type", default=0)
    to_account: str = field(name="To_Account", default="")
    to_group_id: str = field(name="ToGroupId", default="")
    standard_mark: str = field(name="StandardMark", default="")
    custom_mark: str = field(name="CustomMark", default="")
    contact_group_id: list[int] = field(name="ContactGroupId", default_factory=list)
    timestamp: int = field(name="Timestamp", default=0)


class SearchContactGroupGroupItem(msgspec.Struct, frozen=True):
    """A part of GroupItem."""

    group_name: str = field(name="GroupName", default="")
    group_id: int = field(name="GroupId", default=0)


class SearchContactGroupResponse(Response, frozen=True):
    """What recentcontact/search_contact_group answers."""

    contact_result_item: list[SearchContactGroupContactResultItem] = field(
        name="ContactResultItem", default_factory=list
    )
    group_item: list[SearchContactGroupGroupItem] = field(name="GroupItem", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class SearchContactGroupContactItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of ContactItem."""

    type: int = field(name="Type")
    to_account: str | None = field(name="To_Account", default=None)
    to_group_id: str | None = field(name="ToGroupId", default=None)


class SearchContactGroupRequest(Request["SearchContactGroupResponse"], frozen=True):
    """Read groups and marks of chosen conversations (recentcontact/search_contact_group)."""

    command = "recentcontact/search_contact_group"
    response = SearchContactGroupResponse
    from_account: str = field(name="From_Account")
    contact_item: list[SearchContactGroupContactItem] = field(name="ContactItem")


class MarkContactResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    opt_type: int = field(name="OptType", default=0)
    contact_item: dict[str, Any] = field(name="ContactItem", default_factory=dict)
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class MarkContactResponse(Response, frozen=True):
    """What recentcontact/mark_contact answers."""

    result_item: list[MarkContactResultItem] = field(name="ResultItem", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class MarkContactMarkItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of MarkItem."""

    opt_type: int = field(name="OptType")
    contact_item: dict[str, Any] = field(name="ContactItem")
    clear_mark: list[int] | None = field(name="ClearMark", default=None)
    set_mark: list[int] | None = field(name="SetMark", default=None)
    custom_mark: str | None = field(name="CustomMark", default=None)


class MarkContactRequest(Request["MarkContactResponse"], frozen=True):
    """Set marks on conversations (recentcontact/mark_contact)."""

    command = "recentcontact/mark_contact"
    response = MarkContactResponse
    from_account: str = field(name="From_Account")
    mark_item: list[MarkContactMarkItem] = field(name="MarkItem")


class GetContactGroupContactItem(msgspec.Struct, frozen=True):
    """A part of ContactItem."""

    type: int = field(name="Type", default=0)
    to_account: str = field(name="To_Account", default="")
    to_group_id: str = field(name="ToGroupId", default="")
    standard_mark: str = field(name="StandardMark", default="")
    custom_mark: str = field(name="CustomMark", default="")
    contact_group_id: list[int] = field(name="ContactGroupId", default_factory=list)
    timestamp: int = field(name="Timestamp", default=0)


class GetContactGroupGroupItem(msgspec.Struct, frozen=True):
    """A part of GroupItem."""

    group_name: str = field(name="GroupName", default="")
    group_id: int = field(name="GroupId", default=0)


class GetContactGroupResponse(Response, frozen=True):
    """What recentcontact/get_contact_group answers."""

    contact_item: list[GetContactGroupContactItem] = field(name="ContactItem", default_factory=list)
    group_item: list[GetContactGroupGroupItem] = field(name="GroupItem", default_factory=list)
    complete_flag: int = field(name="CompleteFlag", default=0)
    next_start_index: int = field(name="NextStartIndex", default=0)


class GetContactGroupRequest(Request["GetContactGroupResponse"], frozen=True):
    """Page through all groups and marks of a user (recentcontact/get_contact_group)."""

    command = "recentcontact/get_contact_group"
    response = GetContactGroupResponse
    from_account: str = field(name="From_Account")
    start_index: int = field(name="StartIndex")


class FriendAddResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    to_account: str = field(name="To_Account", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class FriendAddResponse(Response, frozen=True):
    """What sns/friend_add answers."""

    result_item: list[FriendAddResultItem] = field(name="ResultItem", default_factory=list)
    fail_account: list[str] = field(name="Fail_Account", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class FriendAddAddFriendItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of AddFriendItem."""

    to_account: str = field(name="To_Account")
    add_source: str = field(name="AddSource")
    remark: str | None = field(name="Remark", default=None)
    group_name: str | None = field(name="GroupName", default=None)
    add_wording: str | None = field(name="AddWording", default=None)


class FriendAddRequest(Request["FriendAddResponse"], frozen=True):
    """Add friends (sns/friend_add)."""

    command = "sns/friend_add"
    response = FriendAddResponse
    from_account: str = field(name="From_Account")
    add_friend_item: list[FriendAddAddFriendItem] = field(name="AddFriendItem")
    add_type: str | None = field(name="AddType", default=None)
    force_add_flags: int | None = field(name="ForceAddFlags", default=None)


class FriendImportResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    to_account: str = field(name="To_Account", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class FriendImportResponse(Response, frozen=True):
    """What sns/friend_import answers."""

    invalid_account: list[str] = field(name="Invalid_Account", default_factory=list)
    result_item: list[FriendImportResultItem] = field(name="ResultItem", default_factory=list)
    fail_account: list[str] = field(name="Fail_Account", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class FriendImportCustomItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of CustomItem."""

    tag: str = field(name="Tag")
    value: str | int = field(name="Value")


class FriendImportAddFriendItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of AddFriendItem."""

    to_account: str = field(name="To_Account")
    add_source: str = field(name="AddSource")
    remark: str | None = field(name="Remark", default=None)
    remark_time: int | None = field(name="RemarkTime", default=None)
    group_name: list[str] | None = field(name="GroupName", default=None)
    add_wording: str | None = field(name="AddWording", default=None)
    add_time: int | None = field(name="AddTime", default=None)
    custom_item: list[FriendImportCustomItem] | None = field(name="CustomItem", default=None)


class FriendImportRequest(Request["FriendImportResponse"], frozen=True):
    """Import one-way friends (sns/friend_import)."""

    command = "sns/friend_import"
    response = FriendImportResponse
    from_account: str = field(name="From_Account")
    add_friend_item: list[FriendImportAddFriendItem] = field(name="AddFriendItem")


class FriendUpdateResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    to_account: str = field(name="To_Account", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class FriendUpdateResponse(Response, frozen=True):
    """What sns/friend_update answers."""

    invalid_account: list[str] = field(name="Invalid_Account", default_factory=list)
    result_item: list[FriendUpdateResultItem] = field(name="ResultItem", default_factory=list)
    fail_account: list[str] = field(name="Fail_Account", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class FriendUpdateSnsItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of SnsItem."""

    tag: str = field(name="Tag")
    value: str | int | list[str] = field(name="Value")


class FriendUpdateUpdateItem(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of UpdateItem."""

    to_account: str = field(name="To_Account")
    sns_item: list[FriendUpdateSnsItem] = field(name="SnsItem")


class FriendUpdateRequest(Request["FriendUpdateResponse"], frozen=True):
    """Change friend fields (sns/friend_update)."""

    command = "sns/friend_update"
    response = FriendUpdateResponse
    from_account: str = field(name="From_Account")
    update_item: list[FriendUpdateUpdateItem] = field(name="UpdateItem")


class FriendDeleteResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    to_account: str = field(name="To_Account", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class FriendDeleteResponse(Response, frozen=True):
    """What sns/friend_delete answers."""

    result_item: list[FriendDeleteResultItem] = field(name="ResultItem", default_factory=list)
    fail_account: list[str] = field(name="Fail_Account", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class FriendDeleteRequest(Request["FriendDeleteResponse"], frozen=True):
    """Delete friends (sns/friend_delete)."""

    command = "sns/friend_delete"
    response = FriendDeleteResponse
    from_account: str = field(name="From_Account")
    to_account: list[str] = field(name="To_Account")
    delete_type: str | None = field(name="DeleteType", default=None)


class FriendDeleteAllResponse(Response, frozen=True):
    """What sns/friend_delete_all answers."""

    error_display: str = field(name="ErrorDisplay", default="")


class FriendDeleteAllRequest(Request["FriendDeleteAllResponse"], frozen=True):
    """Delete all friends of a user (sns/friend_delete_all)."""

    command = "sns/friend_delete_all"
    response = FriendDeleteAllResponse
    from_account: str = field(name="From_Account")
    delete_type: str | None = field(name="DeleteType", default=None)


class FriendCheckInfoItem(msgspec.Struct, frozen=True):
    """A part of InfoItem."""

    to_account: str = field(name="To_Account", default="")
    relation: str = field(name="Relation", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class FriendCheckResponse(Response, frozen=True):
    """What sns/friend_check answers."""

    info_item: list[FriendCheckInfoItem] = field(name="InfoItem", default_factory=list)
    fail_account: list[str] = field(name="Fail_Account", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class FriendCheckRequest(Request["FriendCheckResponse"], frozen=True):
    """Check friendship (sns/friend_check)."""

    command = "sns/friend_check"
    response = FriendCheckResponse
    from_account: str = field(name="From_Account")
    to_account: list[str] = field(name="To_Account")
    check_type: str = field(name="CheckType")


class FriendGetValueItem(msgspec.Struct, frozen=True):
    """A part of ValueItem."""

    tag: str = field(name="Tag", default="")
    value: str | int | list[str] = field(name="Value", default="")


class FriendGetUserDataItem(msgspec.Struct, frozen=True):
    """A part of UserDataItem."""

    to_account: str = field(name="To_Account", default="")
    value_item: list[FriendGetValueItem] = field(name="ValueItem", default_factory=list)


class FriendGetResponse(Response, frozen=True):
    """What sns/friend_get answers."""

    user_data_item: list[FriendGetUserDataItem] = field(name="UserDataItem", default_factory=list)
    standard_sequence: int = field(name="StandardSequence", default=0)
    custom_sequence: int = field(name="CustomSequence", default=0)
    friend_num: int = field(name="FriendNum", default=0)
    complete_flag: int = field(name="CompleteFlag", default=0)
    next_start_index: int = field(name="NextStartIndex", default=0)
    error_display: str = field(name="ErrorDisplay", default="")


class FriendGetRequest(Request["FriendGetResponse"], frozen=True):
    """Page through all friends (sns/friend_get)."""

    command = "sns/friend_get"
    response = FriendGetResponse
    from_account: str = field(name="From_Account")
    start_index: int = field(name="StartIndex")
    standard_sequence: int | None = field(name="StandardSequence", default=None)
    custom_sequence: int | None = field(name="CustomSequence", default=None)


class FriendGetListSnsProfileItem(msgspec.Struct, frozen=True):
    """A part of SnsProfileItem."""

    tag: str = field(name="Tag", default="")
    value: str | int | list[str] = field(name="Value", default="")


class FriendGetListInfoItem(msgspec.Struct, frozen=True):
    """A part of InfoItem."""

    to_account: str = field(name="To_Account", default="")
    sns_profile_item: list[FriendGetListSnsProfileItem] = field(name="SnsProfileItem", default_factory=list)
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class FriendGetListResponse(Response, frozen=True):
    """What sns/friend_get_list answers."""

    info_item: list[FriendGetListInfoItem] = field(name="InfoItem", default_factory=list)
    fail_account: list[str] = field(name="Fail_Account", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class FriendGetListRequest(Request["FriendGetListResponse"], frozen=True):
    """Read chosen friends with friend and profile fields (sns/friend_get_list)."""

    command = "sns/friend_get_list"
    response = FriendGetListResponse
    from_account: str = field(name="From_Account")
    to_account: list[str] = field(name="To_Account")
    tag_list: list[str] = field(name="TagList")


class BlackListAddResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    to_account: str = field(name="To_Account", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class BlackListAddResponse(Response, frozen=True):
    """What sns/black_list_add answers."""

    result_item: list[BlackListAddResultItem] = field(name="ResultItem", default_factory=list)
    fail_account: list[str] = field(name="Fail_Account", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class BlackListAddRequest(Request["BlackListAddResponse"], frozen=True):
    """Add to the block list (sns/black_list_add)."""

    command = "sns/black_list_add"
    response = BlackListAddResponse
    from_account: str = field(name="From_Account")
    to_account: list[str] = field(name="To_Account")


class BlackListDeleteResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    to_account: str = field(name="To_Account", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class BlackListDeleteResponse(Response, frozen=True):
    """What sns/black_list_delete answers."""

    result_item: list[BlackListDeleteResultItem] = field(name="ResultItem", default_factory=list)
    fail_account: list[str] = field(name="Fail_Account", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class BlackListDeleteRequest(Request["BlackListDeleteResponse"], frozen=True):
    """Remove from the block list (sns/black_list_delete)."""

    command = "sns/black_list_delete"
    response = BlackListDeleteResponse
    from_account: str = field(name="From_Account")
    to_account: list[str] = field(name="To_Account")


class BlackListGetBlackListItem(msgspec.Struct, frozen=True):
    """A part of BlackListItem."""

    to_account: str = field(name="To_Account", default="")
    add_black_time_stamp: int = field(name="AddBlackTimeStamp", default=0)


class BlackListGetResponse(Response, frozen=True):
    """What sns/black_list_get answers."""

    black_list_item: list[BlackListGetBlackListItem] = field(name="BlackListItem", default_factory=list)
    start_index: int = field(name="StartIndex", default=0)
    curruent_sequence: int = field(name="CurruentSequence", default=0)
    current_sequence: int = field(name="CurrentSequence", default=0)
    error_display: str = field(name="ErrorDisplay", default="")


class BlackListGetRequest(Request["BlackListGetResponse"], frozen=True):
    """Page through the block list (sns/black_list_get)."""

    command = "sns/black_list_get"
    response = BlackListGetResponse
    from_account: str = field(name="From_Account")
    start_index: int = field(name="StartIndex")
    max_limited: int = field(name="MaxLimited")
    last_sequence: int = field(name="LastSequence")


class BlackListCheckBlackListCheckItem(msgspec.Struct, frozen=True):
    """A part of BlackListCheckItem."""

    to_account: str = field(name="To_Account", default="")
    relation: str = field(name="Relation", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class BlackListCheckResponse(Response, frozen=True):
    """What sns/black_list_check answers."""

    black_list_check_item: list[BlackListCheckBlackListCheckItem] = field(
        name="BlackListCheckItem", default_factory=list
    )
    fail_account: list[str] = field(name="Fail_Account", default_factory=list)
    error_display: str = field(name="ErrorDisplay", default="")


class BlackListCheckRequest(Request["BlackListCheckResponse"], frozen=True):
    """Check block-list relation (sns/black_list_check)."""

    command = "sns/black_list_check"
    response = BlackListCheckResponse
    from_account: str = field(name="From_Account")
    to_account: list[str] = field(name="To_Account")
    check_type: str = field(name="CheckType")


class GroupAddResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    to_account: str = field(name="To_Account", default="")
    result_code: int = field(name="ResultCode", default=0)
    result_info: str = field(name="ResultInfo", default="")


class GroupAddResponse(Response, frozen=True):
    """What sns/group_add answers."""

    invalid_account: list[str] = field(name="Invalid_Account", default_factory=list)
    result_item: list[GroupAddResultItem] = field(name="ResultItem", default_factory=list)
    fail_account: list[str] = field(name="Fail_Account", default_factory=list)
    current_sequence: int = field(name="CurrentSequence", default=0)
    error_display: str = field(name="ErrorDisplay", default="")


class GroupAddRequest(Request["GroupAddResponse"], frozen=True):
    """Add friend groups (sns/group_add)."""

    command = "sns/group_add"
    response = GroupAddResponse
    from_account: str = field(name="From_Account")
    group_name: list[str] = field(name="GroupName")
    to_account: list[str] | None = field(name="To_Account", default=None)


class GroupDeleteResponse(Response, frozen=True):
    """What sns/group_delete answers."""

    current_sequence: int = field(name="CurrentSequence", default=0)
    error_display: str = field(name="ErrorDisplay", default="")


class GroupDeleteRequest(Request["GroupDeleteResponse"], frozen=True):
    """Delete friend groups (sns/group_delete)."""

    command = "sns/group_delete"
    response = GroupDeleteResponse
    from_account: str = field(name="From_Account")
    group_name: list[str] = field(name="GroupName")


class GroupGetResultItem(msgspec.Struct, frozen=True):
    """A part of ResultItem."""

    group_name: str = field(name="GroupName", default="")
    friend_number: int = field(name="FriendNumber", default=0)
    to_account: list[str] = field(name="To_Account", default_factory=list)


class GroupGetResponse(Response, frozen=True):
    """What sns/group_get answers."""

    result_item: list[GroupGetResultItem] = field(name="ResultItem", default_factory=list)
    current_sequence: int = field(name="CurrentSequence", default=0)
    error_display: str = field(name="ErrorDisplay", default="")


class GroupGetRequest(Request["GroupGetResponse"], frozen=True):
    """Read friend groups (sns/group_get)."""

    command = "sns/group_get"
    response = GroupGetResponse
    from_account: str = field(name="From_Account")
    last_sequence: int = field(name="LastSequence")
    need_friend: str | None = field(name="NeedFriend", default=None)
    group_name: list[str] | None = field(name="GroupName", default=None)


class FriendGetAllSnsProfileItem(msgspec.Struct, frozen=True):
    """A part of SnsProfileItem."""

    tag: str = field(name="Tag", default="")
    value: str | int | list[str] = field(name="Value", default="")


class FriendGetAllInfoItem(msgspec.Struct, frozen=True):
    """A part of InfoItem."""

    info_account: str = field(name="Info_Account", default="")
    sns_profile_item: list[FriendGetAllSnsProfileItem] = field(name="SnsProfileItem", default_factory=list)


class FriendGetAllResponse(Response, frozen=True):
    """What sns/friend_get_all answers."""

    need_update_all: str = field(name="NeedUpdateAll", default="")
    time_stamp_now: int = field(name="TimeStampNow", default=0)
    start_index: int = field(name="StartIndex", default=0)
    info_item: list[FriendGetAllInfoItem] = field(name="InfoItem", default_factory=list)
    current_standard_sequence: int = field(name="CurrentStandardSequence", default=0)
    friend_num: int = field(name="FriendNum", default=0)
    error_display: str = field(name="ErrorDisplay", default="")


class FriendGetAllRequest(Request["FriendGetAllResponse"], frozen=True):
    """Page through all friends with chosen profile and friend fields (older command) (sns/friend_get_all)."""

    command = "sns/friend_get_all"
    response = FriendGetAllResponse
    from_account: str = field(name="From_Account")
    start_index: int = field(name="StartIndex")
    time_stamp: int | None = field(name="TimeStamp", default=None)
    tag_list: list[str] | None = field(name="TagList", default=None)
    last_standard_sequence: int | None = field(name="LastStandardSequence", default=None)
    get_count: int | None = field(name="GetCount", default=None)


class SendC2cStreamMsgResponse(Response, frozen=True):
    """What stream_msg/send_c2c_stream_msg answers."""

    stream_msg_id: str = field(name="StreamMsgID", default="")
    msg_key: str = field(name="MsgKey", default="")
    msg_time: int = field(name="MsgTime", default=0)


class SendC2cStreamMsgChunks(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of Chunks."""

    event_type: str = field(name="EventType")
    index: int = field(name="Index")
    markdown: str = field(name="Markdown")
    is_last: bool = field(name="IsLast")


class SendC2cStreamMsgRequest(Request["SendC2cStreamMsgResponse"], frozen=True):
    """Send or continue a one-to-one streaming message (stream_msg/send_c2c_stream_msg)."""

    command = "stream_msg/send_c2c_stream_msg"
    response = SendC2cStreamMsgResponse
    to_account: str = field(name="To_Account")
    msg_random: int = field(name="MsgRandom")
    msg_body: list[WireElement] = field(name="MsgBody")
    sync_other_machine: int | None = field(name="SyncOtherMachine", default=None)
    from_account: str | None = field(name="From_Account", default=None)
    msg_seq: int | None = field(name="MsgSeq", default=None)
    cloud_custom_data: str | None = field(name="CloudCustomData", default=None)


class SendGroupStreamMsgResponse(Response, frozen=True):
    """What stream_msg/send_group_stream_msg answers."""

    stream_msg_id: str = field(name="StreamMsgID", default="")
    msg_seq: int = field(name="MsgSeq", default=0)
    msg_time: int = field(name="MsgTime", default=0)


class SendGroupStreamMsgChunks(msgspec.Struct, omit_defaults=True, frozen=True):
    """A part of Chunks."""

    event_type: str = field(name="EventType")
    index: int = field(name="Index")
    markdown: str = field(name="Markdown")
    is_last: bool = field(name="IsLast")


class SendGroupStreamMsgRequest(Request["SendGroupStreamMsgResponse"], frozen=True):
    """Send or continue a group streaming message (stream_msg/send_group_stream_msg)."""

    command = "stream_msg/send_group_stream_msg"
    response = SendGroupStreamMsgResponse
    group_id: str = field(name="GroupId")
    msg_body: list[WireElement] = field(name="MsgBody")
    from_account: str | None = field(name="From_Account", default=None)
    msg_random: int | None = field(name="MsgRandom", default=None)
    random: int | None = field(name="Random", default=None)
    cloud_custom_data: str | None = field(name="CloudCustomData", default=None)
