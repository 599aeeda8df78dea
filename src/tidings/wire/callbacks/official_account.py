"""Callbacks of official_account. Made by tools/generate_callbacks.py from spec/webhooks.yaml: change those instead."""

from typing import ClassVar

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

from tidings.wire.callbacks.callback import Callback, Phase


class OfficialAccountBeforeCreateOfficialAccount(Callback, kw_only=True):
    """Before an official account is created."""

    callback: ClassVar[str] = "OfficialAccount.CallbackBeforeCreateOfficialAccount"
    phase: ClassVar[Phase] = Phase.BEFORE
    callback_command: str = field(name="CallbackCommand", default="OfficialAccount.CallbackBeforeCreateOfficialAccount")
    operator_account: str = field(name="Operator_Account")
    owner_account: str = field(name="Owner_Account")
    name: str = field(name="Name")
    event_time: int = field(name="EventTime")


class OfficialAccountAfterCreateOfficialAccount(Callback, kw_only=True):
    """After an official account is created."""

    callback: ClassVar[str] = "OfficialAccount.CallbackAfterCreateOfficialAccount"
    callback_command: str = field(name="CallbackCommand", default="OfficialAccount.CallbackAfterCreateOfficialAccount")
    official_account: str = field(name="Official_Account")
    operator_account: str = field(name="Operator_Account")
    owner_account: str = field(name="Owner_Account")
    name: str = field(name="Name")
    event_time: int = field(name="EventTime")


class OfficialAccountAfterOfficialAccountInfoChanged(Callback, kw_only=True):
    """After an official account profile changed."""

    callback: ClassVar[str] = "OfficialAccount.CallbackAfterOfficialAccountInfoChanged"
    callback_command: str = field(
        name="CallbackCommand", default="OfficialAccount.CallbackAfterOfficialAccountInfoChanged"
    )
    official_account: str = field(name="Official_Account")
    operator_account: str = field(name="Operator_Account")
    name: str | UnsetType = field(name="Name", default=UNSET)
    introduction: str | UnsetType = field(name="Introduction", default=UNSET)
    face_url: str | UnsetType = field(name="FaceUrl", default=UNSET)
    organization: str | UnsetType = field(name="Organization", default=UNSET)
    event_time: int = field(name="EventTime")


class OfficialAccountAfterOfficialAccountDestroyed(Callback, kw_only=True):
    """After an official account is destroyed."""

    callback: ClassVar[str] = "OfficialAccount.CallbackAfterOfficialAccountDestroyed"
    callback_command: str = field(
        name="CallbackCommand", default="OfficialAccount.CallbackAfterOfficialAccountDestroyed"
    )
    official_account: str = field(name="Official_Account")
    owner_account: str = field(name="Owner_Account")
    name: str = field(name="Name")
    event_time: int = field(name="EventTime")


class OfficialAccountBeforeAddSubscriberSubscribeAccountList(Struct, kw_only=True):
    """A part of SubscribeAccountList."""

    subscriber_account: str = field(name="Subscriber_Account")


class OfficialAccountBeforeAddSubscriber(Callback, kw_only=True):
    """Before users subscribe."""

    callback: ClassVar[str] = "OfficialAccount.CallbackBeforeAddSubscriber"
    phase: ClassVar[Phase] = Phase.BEFORE
    callback_command: str = field(name="CallbackCommand", default="OfficialAccount.CallbackBeforeAddSubscriber")
    official_account: str = field(name="Official_Account")
    operator_account: str = field(name="Operator_Account")
    subscribe_account_list: list[OfficialAccountBeforeAddSubscriberSubscribeAccountList] = field(
        name="SubscribeAccountList"
    )
    event_time: int = field(name="EventTime")


class OfficialAccountAfterAddSubscriberSubscribeAccountList(Struct, kw_only=True):
    """A part of SubscribeAccountList."""

    subscriber_account: str = field(name="Subscriber_Account")


class OfficialAccountAfterAddSubscriber(Callback, kw_only=True):
    """After users subscribed."""

    callback: ClassVar[str] = "OfficialAccount.CallbackAfterAddSubscriber"
    callback_command: str = field(name="CallbackCommand", default="OfficialAccount.CallbackAfterAddSubscriber")
    official_account: str = field(name="Official_Account")
    operator_account: str = field(name="Operator_Account")
    subscribe_account_list: list[OfficialAccountAfterAddSubscriberSubscribeAccountList] = field(
        name="SubscribeAccountList"
    )
    event_time: int = field(name="EventTime")


class OfficialAccountAfterOfficialAccountFull(Callback, kw_only=True):
    """Official account has no room for subscribers."""

    callback: ClassVar[str] = "OfficialAccount.CallbackAfterOfficialAccountFull"
    callback_command: str = field(name="CallbackCommand", default="OfficialAccount.CallbackAfterOfficialAccountFull")
    official_account: str = field(name="Official_Account")
    event_time: int = field(name="EventTime")


class OfficialAccountAfterDeleteSubscriberSubscribeAccountList(Struct, kw_only=True):
    """A part of SubscribeAccountList."""

    subscriber_account: str = field(name="Subscriber_Account")


class OfficialAccountAfterDeleteSubscriber(Callback, kw_only=True):
    """After users unsubscribed."""

    callback: ClassVar[str] = "OfficialAccount.CallbackAfterDeleteSubscriber"
    callback_command: str = field(name="CallbackCommand", default="OfficialAccount.CallbackAfterDeleteSubscriber")
    official_account: str = field(name="Official_Account")
    operator_account: str = field(name="Operator_Account")
    subscribe_account_list: list[OfficialAccountAfterDeleteSubscriberSubscribeAccountList] = field(
        name="SubscribeAccountList"
    )
    event_time: int = field(name="EventTime")


class OfficialAccountBeforeSendMsg(Callback, kw_only=True):
    """Before an official account message is sent."""

    callback: ClassVar[str] = "OfficialAccount.CallbackBeforeSendMsg"
    phase: ClassVar[Phase] = Phase.BEFORE
    callback_command: str = field(name="CallbackCommand", default="OfficialAccount.CallbackBeforeSendMsg")
    official_account: str = field(name="Official_Account")
    online_only_flag: int = field(name="OnlineOnlyFlag")
    msg_body: msgspec.Raw = field(name="MsgBody")
    cloud_custom_data: str = field(name="CloudCustomData")
    event_time: int = field(name="EventTime")


class OfficialAccountAfterSendMsg(Callback, kw_only=True):
    """After an official account message is sent."""

    callback: ClassVar[str] = "OfficialAccount.CallbackAfterSendMsg"
    callback_command: str = field(name="CallbackCommand", default="OfficialAccount.CallbackAfterSendMsg")
    official_account: str = field(name="Official_Account")
    msg_key: str = field(name="MsgKey")
    msg_time: int = field(name="MsgTime")
    online_only_flag: int = field(name="OnlineOnlyFlag")
    msg_body: msgspec.Raw = field(name="MsgBody")
    cloud_custom_data: str = field(name="CloudCustomData")
    event_time: int = field(name="EventTime")


class OfficialAccountAfterMsgWithDrawWithdrawMsgList(Struct, kw_only=True):
    """A part of WithdrawMsgList."""

    msg_key: str = field(name="MsgKey")


class OfficialAccountAfterMsgWithDraw(Callback, kw_only=True):
    """After official account messages are recalled."""

    callback: ClassVar[str] = "OfficialAccount.CallbackAfterMsgWithDraw"
    callback_command: str = field(name="CallbackCommand", default="OfficialAccount.CallbackAfterMsgWithDraw")
    official_account: str = field(name="Official_Account")
    withdraw_msg_list: list[OfficialAccountAfterMsgWithDrawWithdrawMsgList] = field(name="WithdrawMsgList")
    event_time: int = field(name="EventTime")
