"""Callbacks of bot. Made by tools/generate_callbacks.py from spec/webhooks.yaml: change those instead."""

from typing import ClassVar

import msgspec
from msgspec import field

from tidings.wire.callbacks.callback import Callback


class BotOnC2cMessage(Callback, kw_only=True):
    """One-to-one message to a bot."""

    callback: ClassVar[str] = "Bot.OnC2CMessage"
    callback_command: str = field(name="CallbackCommand", default="Bot.OnC2CMessage")
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
    msg_body: msgspec.Raw = field(name="MsgBody")
    cloud_custom_data: str = field(name="CloudCustomData")
    event_time: int = field(name="EventTime")


class BotOnGroupMessage(Callback, kw_only=True):
    """Bot is @-mentioned in a group."""

    callback: ClassVar[str] = "Bot.OnGroupMessage"
    callback_command: str = field(name="CallbackCommand", default="Bot.OnGroupMessage")
    group_id: str = field(name="GroupId")
    type: str = field(name="Type")
    from_account: str = field(name="From_Account")
    operator_account: str = field(name="Operator_Account")
    random: int = field(name="Random")
    msg_seq: int = field(name="MsgSeq")
    msg_time: int = field(name="MsgTime")
    online_only_flag: int = field(name="OnlineOnlyFlag")
    msg_body: msgspec.Raw = field(name="MsgBody")
    at_robots_account: list[str] = field(name="AtRobots_Account")
    cloud_custom_data: str = field(name="CloudCustomData")
    event_time: int = field(name="EventTime")
