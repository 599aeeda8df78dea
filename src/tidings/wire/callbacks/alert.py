"""Callbacks of alert. Made by tools/generate_callbacks.py from spec/webhooks.yaml: change those instead."""

from typing import ClassVar

from msgspec import field

from tidings.wire.callbacks.callback import Callback, Phase


class AlertRequestOverLimit(Callback, kw_only=True):
    """REST API rate near its limit."""

    callback: ClassVar[str] = "Alert.RequestOverLimit"
    phase: ClassVar[Phase] = Phase.ALARM
    tells_address: ClassVar[bool] = False
    callback_command: str = field(name="CallbackCommand", default="Alert.RequestOverLimit")
    service_name: str = field(name="ServiceName")
    command: str = field(name="Command")
    request: int = field(name="Request")
    limit: int = field(name="Limit")
