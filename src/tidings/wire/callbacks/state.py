"""Callbacks of state. Made by tools/generate_callbacks.py from spec/webhooks.yaml: change those instead."""

from typing import ClassVar

from msgspec import UNSET, Struct, UnsetType, field

from tidings.wire.callbacks.callback import Callback


class StateChangeInfo(Struct, kw_only=True):
    """A part of Info."""

    action: str = field(name="Action")
    to_account: str = field(name="To_Account")
    reason: str = field(name="Reason")


class StateChangeKickedDevice(Struct, kw_only=True):
    """A part of KickedDevice."""

    platform: str = field(name="Platform")


class StateChange(Callback, kw_only=True):
    """User status change (log in, log out, disconnect)."""

    callback: ClassVar[str] = "State.StateChange"
    callback_command: str = field(name="CallbackCommand", default="State.StateChange")
    info: StateChangeInfo = field(name="Info")
    kicked_device: list[StateChangeKickedDevice] | UnsetType = field(name="KickedDevice", default=UNSET)
    event_time: int = field(name="EventTime")
