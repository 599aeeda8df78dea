"""Callbacks of profile. Made by tools/generate_callbacks.py from spec/webhooks.yaml: change those instead."""

from typing import ClassVar

from msgspec import Struct, field

from tidings.wire.callbacks.callback import Callback


class ProfilePortraitSetProfileItem(Struct, kw_only=True):
    """A part of ProfileItem."""

    tag: str = field(name="Tag")
    value: int | str = field(name="Value")


class ProfilePortraitSet(Callback, kw_only=True):
    """After a profile is updated."""

    callback: ClassVar[str] = "Profile.CallbackPortraitSet"
    callback_command: str = field(name="CallbackCommand", default="Profile.CallbackPortraitSet")
    operator_account: str = field(name="Operator_Account")
    from_account: str = field(name="From_Account")
    event_time: int = field(name="EventTime")
    profile_item: list[ProfilePortraitSetProfileItem] = field(name="ProfileItem")
