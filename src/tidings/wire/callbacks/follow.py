"""Callbacks of follow. Made by tools/generate_callbacks.py from spec/webhooks.yaml: change those instead."""

from typing import ClassVar

from msgspec import Struct, field

from tidings.wire.callbacks.callback import Callback


class FollowAfterFollowAddFollowList(Struct, kw_only=True):
    """A part of FollowList."""

    to_account: str = field(name="To_Account")


class FollowAfterFollowAdd(Callback, kw_only=True):
    """After following a user."""

    callback: ClassVar[str] = "Follow.CallbackAfterFollowAdd"
    callback_command: str = field(name="CallbackCommand", default="Follow.CallbackAfterFollowAdd")
    from_account: str = field(name="From_Account")
    follow_list: list[FollowAfterFollowAddFollowList] = field(name="FollowList")
    event_time: int = field(name="EventTime")


class FollowAfterFollowDelete(Callback, kw_only=True):
    """After unfollowing a user."""

    callback: ClassVar[str] = "Follow.CallbackAfterFollowDelete"
    callback_command: str = field(name="CallbackCommand", default="Follow.CallbackAfterFollowDelete")
    from_account: str = field(name="From_Account")
    to_account: list[str] = field(name="To_Account")
    event_time: int = field(name="EventTime")
