"""Callbacks of c2c. Made by tools/generate_callbacks.py from spec/webhooks.yaml: change those instead."""

from typing import ClassVar

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

from tidings.wire.callbacks.callback import Callback, Phase


class C2cBeforeSendMsg(Callback, kw_only=True):
    """Before a one-to-one message is sent."""

    callback: ClassVar[str] = "C2C.CallbackBeforeSendMsg"
    phase: ClassVar[Phase] = Phase.BEFORE
    callback_command: str = field(name="CallbackCommand", default="C2C.CallbackBeforeSendMsg")
    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    msg_seq: int = field(name="MsgSeq")
    msg_random: int = field(name="MsgRandom")
    msg_time: int = field(name="MsgTime")
    msg_key: str = field(name="MsgKey")
    msg_id: str = field(name="MsgId")
    online_only_flag: int = field(name="OnlineOnlyFlag")
    msg_body: msgspec.Raw = field(name="MsgBody")
    cloud_custom_data: str = field(name="CloudCustomData")
    event_time: int | UnsetType = field(name="EventTime", default=UNSET)


class C2cAfterSendMsg(Callback, kw_only=True):
    """After a one-to-one message is sent."""

    callback: ClassVar[str] = "C2C.CallbackAfterSendMsg"
    callback_command: str = field(name="CallbackCommand", default="C2C.CallbackAfterSendMsg")
    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    msg_seq: int = field(name="MsgSeq")
    msg_random: int = field(name="MsgRandom")
    msg_time: int = field(name="MsgTime")
    msg_key: str = field(name="MsgKey")
    msg_id: str = field(name="MsgId")
    online_only_flag: int = field(name="OnlineOnlyFlag")
    send_msg_result: int = field(name="SendMsgResult")
    error_info: str = field(name="ErrorInfo")
    unread_msg_num: int = field(name="UnreadMsgNum")
    msg_body: msgspec.Raw = field(name="MsgBody")
    cloud_custom_data: str = field(name="CloudCustomData")
    event_time: int = field(name="EventTime")


class C2cAfterMsgReport(Callback, kw_only=True):
    """After a one-to-one conversation is reported read."""

    callback: ClassVar[str] = "C2C.CallbackAfterMsgReport"
    callback_command: str = field(name="CallbackCommand", default="C2C.CallbackAfterMsgReport")
    report_account: str = field(name="Report_Account")
    peer_account: str = field(name="Peer_Account")
    last_read_time: int = field(name="LastReadTime")
    unread_msg_num: int | UnsetType = field(name="UnreadMsgNum", default=UNSET)
    event_time: int = field(name="EventTime")


class C2cAfterMsgWithDraw(Callback, kw_only=True):
    """After a one-to-one message is recalled."""

    callback: ClassVar[str] = "C2C.CallbackAfterMsgWithDraw"
    callback_command: str = field(name="CallbackCommand", default="C2C.CallbackAfterMsgWithDraw")
    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    msg_key: str = field(name="MsgKey")
    unread_msg_num: int = field(name="UnreadMsgNum")


class C2cAfterMsgReadReceiptC2cMsgInfo(Struct, kw_only=True):
    """A part of C2CMsgInfo."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    msg_key: str = field(name="MsgKey")
    msg_id: str = field(name="MsgId")


class C2cAfterMsgReadReceipt(Callback, kw_only=True):
    """After per-message C2C read receipts."""

    callback: ClassVar[str] = "C2C.CallbackAfterMsgReadReceipt"
    callback_command: str = field(name="CallbackCommand", default="C2C.CallbackAfterMsgReadReceipt")
    operator_account: str = field(name="Operator_Account")
    peer_account: str = field(name="Peer_Account")
    c2c_msg_info: list[C2cAfterMsgReadReceiptC2cMsgInfo] = field(name="C2CMsgInfo")
    event_time: int = field(name="EventTime")


class C2cAfterModifyMsg(Callback, kw_only=True):
    """After a one-to-one message is edited."""

    callback: ClassVar[str] = "C2C.CallbackAfterModifyMsg"
    callback_command: str = field(name="CallbackCommand", default="C2C.CallbackAfterModifyMsg")
    operator_account: str = field(name="Operator_Account")
    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    msg_seq: int = field(name="MsgSeq")
    msg_random: int = field(name="MsgRandom")
    msg_time: int = field(name="MsgTime")
    msg_key: str = field(name="MsgKey")
    msg_body: msgspec.Raw = field(name="MsgBody")
    cloud_custom_data: str = field(name="CloudCustomData")
    event_time: int = field(name="EventTime")


class C2cAfterC2cMsgExtensionExtensionList(Struct, kw_only=True):
    """A part of ExtensionList."""

    key: str = field(name="Key")
    value: str = field(name="Value")
    seq: int = field(name="Seq")


class C2cAfterC2cMsgExtension(Callback, kw_only=True):
    """After message extensions of a C2C message change."""

    callback: ClassVar[str] = "C2C.CallbackAfterC2CMsgExtension"
    callback_command: str = field(name="CallbackCommand", default="C2C.CallbackAfterC2CMsgExtension")
    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    msg_key: str = field(name="MsgKey")
    operate_type: int = field(name="OperateType")
    extension_list: list[C2cAfterC2cMsgExtensionExtensionList] = field(name="ExtensionList")
    seq: int = field(name="Seq")
    event_time: int = field(name="EventTime")


class C2cAfterMsgReadAllGroupReadInfo(Struct, kw_only=True):
    """A part of GroupReadInfo."""

    group_id: str = field(name="GroupId")
    msg_seq: int = field(name="MsgSeq")


class C2cAfterMsgReadAll(Callback, kw_only=True):
    """After all unread messages are cleared (C2C and groups)."""

    callback: ClassVar[str] = "C2C.CallbackAfterMsgReadAll"
    callback_command: str = field(name="CallbackCommand", default="C2C.CallbackAfterMsgReadAll")
    report_account: str = field(name="Report_Account")
    event_time: int = field(name="EventTime")
    group_read_info: list[C2cAfterMsgReadAllGroupReadInfo] = field(name="GroupReadInfo")
