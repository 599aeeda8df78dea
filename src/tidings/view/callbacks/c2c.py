"""Callbacks of one-to-one messages (spec/webhooks.yaml)."""

from msgspec import Raw

from tidings.domain.happenings import (
    AllRead,
    ConversationRead,
    MessageAsked,
    MessageChanged,
    MessageExtended,
    MessageRecalled,
    MessageSent,
    MessagesReceipted,
    MessageUnsent,
    RobotAddressed,
)
from tidings.domain.messages import Message
from tidings.view.callbacks.telling import Telling
from tidings.view.messages import to_tiny_text
from tidings.wire.callbacks.bot import BotOnC2cMessage
from tidings.wire.callbacks.c2c import (
    C2cAfterC2cMsgExtension,
    C2cAfterC2cMsgExtensionExtensionList,
    C2cAfterModifyMsg,
    C2cAfterMsgReadAll,
    C2cAfterMsgReadAllGroupReadInfo,
    C2cAfterMsgReadReceipt,
    C2cAfterMsgReadReceiptC2cMsgInfo,
    C2cAfterMsgReport,
    C2cAfterMsgWithDraw,
    C2cAfterSendMsg,
    C2cBeforeSendMsg,
)

# Counted anew when the callback is sent.
UNCOUNTED, NOT_SENT = 0, -1
SENT = "send msg succeed"


def to_message_id(message: Message) -> str:
    """Return the id that clients show a message by."""
    return f"{to_tiny_text(message.sender)}-{message.time}-{message.random}"


def render_asked(happening: MessageAsked, telling: Telling) -> C2cBeforeSendMsg:
    """Return C2C.CallbackBeforeSendMsg."""
    m = happening.message
    return C2cBeforeSendMsg(
        from_account=m.sender_id,
        to_account=m.receiver_id,
        msg_seq=m.seq,
        msg_random=m.random,
        msg_time=m.time,
        msg_key=str(m.key),
        msg_id=to_message_id(m),
        online_only_flag=int(happening.is_online_only),
        msg_body=Raw(m.body),
        cloud_custom_data=m.custom_data,
        event_time=telling.event_time,
    )


def render_sent(happening: MessageSent, telling: Telling) -> C2cAfterSendMsg:
    """Return C2C.CallbackAfterSendMsg of a success."""
    return _sent(happening, telling, 0, SENT, UNCOUNTED)


def render_unsent(happening: MessageUnsent, telling: Telling) -> C2cAfterSendMsg:
    """Return C2C.CallbackAfterSendMsg of a failure."""
    return _sent(happening, telling, happening.code, happening.info, NOT_SENT)


def _sent(
    happening: MessageSent | MessageUnsent, telling: Telling, code: int, info: str, unread: int
) -> C2cAfterSendMsg:
    m = happening.message
    return C2cAfterSendMsg(
        from_account=m.sender_id,
        to_account=m.receiver_id,
        msg_seq=m.seq,
        msg_random=m.random,
        msg_time=m.time,
        msg_key=str(m.key),
        msg_id=to_message_id(m),
        online_only_flag=int(happening.is_online_only),
        send_msg_result=code,
        error_info=info,
        unread_msg_num=unread,
        msg_body=Raw(m.body),
        cloud_custom_data=m.custom_data,
        event_time=telling.event_time,
    )


def render_read(happening: ConversationRead, telling: Telling) -> C2cAfterMsgReport:
    """Return C2C.CallbackAfterMsgReport."""
    return C2cAfterMsgReport(
        report_account=happening.reader.user_id,
        peer_account=happening.peer.user_id,
        last_read_time=happening.time,
        unread_msg_num=UNCOUNTED,
        event_time=telling.event_time,
    )


def render_recalled(happening: MessageRecalled, _: Telling) -> C2cAfterMsgWithDraw:
    """Return C2C.CallbackAfterMsgWithDraw."""
    m = happening.message
    return C2cAfterMsgWithDraw(
        from_account=m.sender_id, to_account=m.receiver_id, msg_key=str(m.key), unread_msg_num=UNCOUNTED
    )


def render_changed(happening: MessageChanged, telling: Telling) -> C2cAfterModifyMsg:
    """Return C2C.CallbackAfterModifyMsg."""
    m = happening.message
    return C2cAfterModifyMsg(
        operator_account=telling.operator,
        from_account=m.sender_id,
        to_account=m.receiver_id,
        msg_seq=m.seq,
        msg_random=m.random,
        msg_time=m.time,
        msg_key=str(m.key),
        msg_body=Raw(m.body),
        cloud_custom_data=m.custom_data,
        event_time=telling.event_time,
    )


def render_receipts(happening: MessagesReceipted, telling: Telling) -> C2cAfterMsgReadReceipt:
    """Return C2C.CallbackAfterMsgReadReceipt."""
    return C2cAfterMsgReadReceipt(
        operator_account=happening.reader.user_id,
        peer_account=happening.peer.user_id,
        c2c_msg_info=[
            C2cAfterMsgReadReceiptC2cMsgInfo(
                from_account=m.sender_id, to_account=m.receiver_id, msg_key=str(m.key), msg_id=to_message_id(m)
            )
            for m in happening.messages
        ],
        event_time=telling.event_time,
    )


def render_robot(happening: RobotAddressed, telling: Telling) -> BotOnC2cMessage:
    """Return Bot.OnC2CMessage."""
    m = happening.message
    return BotOnC2cMessage(
        from_account=m.sender_id,
        to_account=m.receiver_id,
        msg_seq=m.seq,
        msg_random=m.random,
        msg_time=m.time,
        msg_key=str(m.key),
        msg_id=to_message_id(m),
        online_only_flag=int(happening.is_online_only),
        send_msg_result=0,
        error_info=SENT,
        msg_body=Raw(m.body),
        cloud_custom_data=m.custom_data,
        event_time=telling.event_time,
    )


def render_extended(happening: MessageExtended, telling: Telling) -> C2cAfterC2cMsgExtension:
    """Return C2C.CallbackAfterC2CMsgExtension."""
    m = happening.message
    return C2cAfterC2cMsgExtension(
        from_account=m.sender_id,
        to_account=m.receiver_id,
        msg_key=str(m.key),
        operate_type=happening.operation,
        extension_list=[
            C2cAfterC2cMsgExtensionExtensionList(key=key, value=value, seq=seq) for key, value, seq in happening.pairs
        ],
        seq=happening.seq,
        event_time=telling.event_time,
    )


def render_all_read(happening: AllRead, telling: Telling) -> C2cAfterMsgReadAll:
    """Return C2C.CallbackAfterMsgReadAll."""
    return C2cAfterMsgReadAll(
        report_account=happening.reader.user_id,
        event_time=telling.event_time,
        group_read_info=[
            C2cAfterMsgReadAllGroupReadInfo(group_id=group_id, msg_seq=seq) for group_id, seq in happening.groups
        ],
    )
