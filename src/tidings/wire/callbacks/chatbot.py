"""Callbacks of chatbot. Made by tools/generate_callbacks.py from spec/webhooks.yaml: change those instead."""

from typing import ClassVar

from msgspec import field

from tidings.wire.callbacks.callback import Callback, Phase


class ChatbotOnC2cSignalMessage(Callback, kw_only=True):
    """Custom pass-through message to the chatbot."""

    callback: ClassVar[str] = "Chatbot.OnC2CSignalMessage"
    phase: ClassVar[Phase] = Phase.BEFORE
    callback_command: str = field(name="CallbackCommand", default="Chatbot.OnC2CSignalMessage")
    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    msg_seq: int = field(name="MsgSeq")
    msg_random: int = field(name="MsgRandom")
    msg_key: str = field(name="MsgKey")
    event_time: int = field(name="EventTime")
    data: str = field(name="Data")
