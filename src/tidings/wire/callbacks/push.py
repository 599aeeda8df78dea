"""Callbacks of push. Made by tools/generate_callbacks.py from spec/webhooks.yaml: change those instead."""

from typing import ClassVar

from msgspec import UNSET, Struct, UnsetType, field

from tidings.wire.callbacks.callback import Callback


class PushOfflinePushEvents(Struct, kw_only=True):
    """A part of Events."""

    callback_command: str = field(name="CallbackCommand")
    event_type: int = field(name="EventType")
    event_time: int = field(name="EventTime")
    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    push_platform: int = field(name="PushPlatform")
    push_stage: int = field(name="PushStage")
    msg_key: str | UnsetType = field(name="MsgKey", default=UNSET)
    group_id: str | UnsetType = field(name="GroupID", default=UNSET)
    msg_seq: int = field(name="MsgSeq")
    msg_random: int = field(name="MsgRandom")
    msg_time: int = field(name="MsgTime")
    push_id: str = field(name="PushID")
    err_code: int = field(name="ErrCode")
    err_info: str = field(name="ErrInfo")


class PushOfflinePush(Callback, kw_only=True):
    """Offline push result for chat messages."""

    callback: ClassVar[str] = "Push.OfflinePush"
    tells_address: ClassVar[bool] = False
    tells_platform: ClassVar[bool] = False
    events: list[PushOfflinePushEvents] = field(name="Events")


class PushAllMemberPushEvents(Struct, kw_only=True):
    """A part of Events."""

    callback_command: str = field(name="CallbackCommand")
    event_type: int = field(name="EventType")
    task_id: str = field(name="TaskId")
    task_time: int = field(name="TaskTime")
    event_time: int = field(name="EventTime")
    to_account: str = field(name="To_Account")
    push_platform: int = field(name="PushPlatform")
    push_stage: int = field(name="PushStage")
    err_code: int = field(name="ErrCode")
    err_info: str = field(name="ErrInfo")


class PushAllMemberPush(Callback, kw_only=True):
    """Result of all-user / tag / single push."""

    callback: ClassVar[str] = "Push.AllMemberPush"
    tells_address: ClassVar[bool] = False
    tells_platform: ClassVar[bool] = False
    events: list[PushAllMemberPushEvents] = field(name="Events")
