"""Merged messages in their wire form (spec/client/im_long_msg.yaml; spec/messages.md, TIMRelayElem)."""

from typing import Any

from msgspec import field

from tidings_client.elements import WireElement
from tidings_client.wire_base import Down, Up


class Save(Up, frozen=True):
    """im_long_msg.save_relay_json_msg."""

    messages: list[dict[str, Any]] = field(name="MsgList")


class Saved(Down, frozen=True):
    """Where they are kept."""

    key: str = field(name="JsonMsgKey")
    other_key: str = field(name="PbMsgKey", default="")


class Load(Up, frozen=True):
    """im_long_msg.get_relay_json_msg."""

    key: str = field(name="JsonMsgKey")


class Row(Down, frozen=True):
    """A message within a merged one."""

    sender: str = field(name="From_Account", default="")
    receiver: str = field(name="To_Account", default="")
    seq: int = field(name="MsgSeq", default=0)
    random: int = field(name="MsgRandom", default=0)
    time: int = field(name="MsgTimeStamp", default=0)
    body: list[WireElement] = field(name="MsgBody", default_factory=list)
    custom_data: str = field(name="CloudCustomData", default="")


class Loaded(Down, frozen=True):
    """What is kept."""

    messages: list[dict[str, Any]] = field(name="MsgList", default_factory=list)
