"""Callbacks of messages in groups (spec/webhooks.yaml)."""

from msgspec import UNSET, Raw

from tidings.domain.group.happenings import (
    GroupMessageAsked,
    GroupMessageChanged,
    GroupMessageExtended,
    GroupMessageSent,
    GroupMessagesRecalled,
    GroupMessageUnsent,
    GroupReceipted,
    GroupReceiptWanted,
    RobotsMentioned,
)
from tidings.domain.group.messages import GroupMessage
from tidings.view.callbacks.groups import to_items, to_names
from tidings.view.callbacks.telling import Telling
from tidings.view.messages import to_tiny_text
from tidings.wire.callbacks.bot import BotOnGroupMessage
from tidings.wire.callbacks.group import (
    GroupAfterGroupMsgExtension,
    GroupAfterGroupMsgExtensionExtensionList,
    GroupAfterModifyMsg,
    GroupAfterReadReceipt,
    GroupAfterReadReceiptGroupMsgReceiptList,
    GroupAfterRecallMsg,
    GroupAfterRecallMsgMsgSeqList,
    GroupAfterSendMsg,
    GroupBeforeSendMsg,
    GroupSendMsgException,
)

ROBOT = "@RBT#"


def to_message_id(message: GroupMessage) -> str:
    """Return the id that clients show a message by."""
    return f"{to_tiny_text(message.sender)}-{message.time}-{message.random}"


def render_asked(happening: GroupMessageAsked, telling: Telling) -> GroupBeforeSendMsg:
    """Return Group.CallbackBeforeSendMsg."""
    m = happening.message
    group_id, kind, topic_id = to_names(happening.group)
    return GroupBeforeSendMsg(
        group_id=group_id,
        type=kind,
        from_account=m.sender_id,
        operator_account=telling.operator,
        random=m.random,
        msg_id=to_message_id(m),
        online_only_flag=int(happening.is_online_only),
        msg_body=Raw(m.body),
        cloud_custom_data=m.custom_data,
        topic_id=topic_id or UNSET,
        event_time=telling.event_time,
    )


def render_sent(happening: GroupMessageSent, telling: Telling) -> GroupAfterSendMsg:
    """Return Group.CallbackAfterSendMsg."""
    m = happening.message
    group_id, kind, topic_id = to_names(happening.group)
    return GroupAfterSendMsg(
        group_id=group_id,
        type=kind,
        from_account=m.sender_id,
        operator_account=telling.operator,
        random=m.random,
        msg_seq=m.seq,
        msg_time=m.time,
        msg_id=to_message_id(m),
        online_only_flag=int(happening.is_online_only),
        msg_body=Raw(m.body),
        cloud_custom_data=m.custom_data,
        topic_id=topic_id or UNSET,
        event_time=telling.event_time,
    )


def render_unsent(happening: GroupMessageUnsent, telling: Telling) -> GroupSendMsgException:
    """Return Group.CallbackSendMsgException."""
    m = happening.message
    group_id, kind, _ = to_names(happening.group)
    return GroupSendMsgException(
        group_id=group_id,
        type=kind,
        from_account=m.sender_id,
        operator_account=telling.operator,
        random=m.random,
        online_only_flag=int(happening.is_online_only),
        msg_body=Raw(m.body),
        cloud_custom_data=m.custom_data,
        error_code=happening.code,
        error_info=happening.info,
        event_time=telling.event_time,
    )


def render_robots(happening: RobotsMentioned, telling: Telling) -> BotOnGroupMessage:
    """Return Bot.OnGroupMessage."""
    m = happening.message
    group_id, kind, _ = to_names(happening.group)
    return BotOnGroupMessage(
        group_id=group_id,
        type=kind,
        from_account=m.sender_id,
        operator_account=telling.operator,
        random=m.random,
        msg_seq=m.seq,
        msg_time=m.time,
        online_only_flag=int(happening.is_online_only),
        msg_body=Raw(m.body),
        at_robots_account=[each.user_id for each in m.mentions if each.user_id.startswith(ROBOT)],
        cloud_custom_data=m.custom_data,
        event_time=telling.event_time,
    )


def render_recalled(happening: GroupMessagesRecalled, telling: Telling) -> GroupAfterRecallMsg:
    """Return Group.CallbackAfterRecallMsg."""
    group_id, kind, topic_id = to_names(happening.group)
    return GroupAfterRecallMsg(
        operator_account=telling.operator,
        type=kind,
        group_id=group_id,
        msg_seq_list=[
            GroupAfterRecallMsgMsgSeqList(msg_seq=m.seq, msg_id=to_message_id(m)) for m in happening.messages
        ],
        topic_id=topic_id or UNSET,
        event_time=telling.event_time,
    )


def render_changed(happening: GroupMessageChanged, telling: Telling) -> GroupAfterModifyMsg:
    """Return Group.CallbackAfterModifyMsg."""
    group_id, _, topic_id = to_names(happening.group)
    return GroupAfterModifyMsg(
        operator_account=telling.operator,
        group_id=group_id,
        topic_id=topic_id,
        msg_seq=happening.message.seq,
        msg_body=Raw(happening.message.body),
        event_time=telling.event_time,
    )


def render_extended(happening: GroupMessageExtended, telling: Telling) -> GroupAfterGroupMsgExtension:
    """Return Group.CallbackAfterGroupMsgExtension."""
    return GroupAfterGroupMsgExtension(
        group_id=to_names(happening.group)[0],
        msg_seq=happening.message.seq,
        operate_type=happening.operation,
        extension_list=[
            GroupAfterGroupMsgExtensionExtensionList(key=key, value=value, seq=seq)
            for key, value, seq in happening.pairs
        ],
        seq=happening.seq,
        event_time=telling.event_time,
    )


def render_receipts(happening: GroupReceipted, telling: Telling) -> GroupAfterReadReceipt:
    """Return Group.CallbackAfterReadReceipt of receipts."""
    rows = [
        GroupAfterReadReceiptGroupMsgReceiptList(
            msg_seq=each.seq,
            read_num=each.read,
            unread_num=each.unread,
            read_receipt_members=to_items(happening.readers),
        )
        for each in happening.counts
    ]
    return _receipts(happening, rows, telling)


def render_wanted(happening: GroupReceiptWanted, telling: Telling) -> GroupAfterReadReceipt:
    """Return Group.CallbackAfterReadReceipt of a message that nobody has read yet."""
    row = GroupAfterReadReceiptGroupMsgReceiptList(
        msg_seq=happening.message.seq,
        read_num=0,
        unread_num=max(happening.group.member_count - 1, 0),
        read_receipt_members=[],
    )
    return _receipts(happening, [row], telling)


def _receipts(
    happening: GroupReceipted | GroupReceiptWanted,
    rows: list[GroupAfterReadReceiptGroupMsgReceiptList],
    telling: Telling,
) -> GroupAfterReadReceipt:
    group_id, kind, _ = to_names(happening.group)
    return GroupAfterReadReceipt(
        group_id=group_id, type=kind, group_msg_receipt_list=rows, event_time=telling.event_time
    )
