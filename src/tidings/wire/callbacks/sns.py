"""Callbacks of sns. Made by tools/generate_callbacks.py from spec/webhooks.yaml: change those instead."""

from typing import ClassVar

from msgspec import Struct, field

from tidings.wire.callbacks.callback import Callback, Phase


class SnsPrevFriendAddFriendItem(Struct, kw_only=True):
    """A part of FriendItem."""

    to_account: str = field(name="To_Account")
    remark: str = field(name="Remark")
    group_name: str = field(name="GroupName")
    add_source: str = field(name="AddSource")
    add_wording: str = field(name="AddWording")


class SnsPrevFriendAdd(Callback, kw_only=True):
    """Before a friend is added."""

    callback: ClassVar[str] = "Sns.CallbackPrevFriendAdd"
    phase: ClassVar[Phase] = Phase.BEFORE
    callback_command: str = field(name="CallbackCommand", default="Sns.CallbackPrevFriendAdd")
    requester_account: str = field(name="Requester_Account")
    from_account: str = field(name="From_Account")
    friend_item: list[SnsPrevFriendAddFriendItem] = field(name="FriendItem")
    add_type: str = field(name="AddType")
    force_add_flags: int = field(name="ForceAddFlags")
    event_time: int = field(name="EventTime")


class SnsPrevFriendResponseResponseFriendItem(Struct, kw_only=True):
    """A part of ResponseFriendItem."""

    to_account: str = field(name="To_Account")
    remark: str = field(name="Remark")
    tag_name: str = field(name="TagName")
    response_action: str = field(name="ResponseAction")


class SnsPrevFriendResponse(Callback, kw_only=True):
    """Before a friend request is answered."""

    callback: ClassVar[str] = "Sns.CallbackPrevFriendResponse"
    phase: ClassVar[Phase] = Phase.BEFORE
    callback_command: str = field(name="CallbackCommand", default="Sns.CallbackPrevFriendResponse")
    requester_account: str = field(name="Requester_Account")
    from_account: str = field(name="From_Account")
    response_friend_item: list[SnsPrevFriendResponseResponseFriendItem] = field(name="ResponseFriendItem")
    event_time: int = field(name="EventTime")


class SnsFriendAddPairList(Struct, kw_only=True):
    """A part of PairList."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    initiator_account: str = field(name="Initiator_Account")


class SnsFriendAdd(Callback, kw_only=True):
    """After a friend is added."""

    callback: ClassVar[str] = "Sns.CallbackFriendAdd"
    callback_command: str = field(name="CallbackCommand", default="Sns.CallbackFriendAdd")
    pair_list: list[SnsFriendAddPairList] = field(name="PairList")
    client_cmd: str = field(name="ClientCmd")
    admin_account: str = field(name="Admin_Account")
    force_flag: int = field(name="ForceFlag")


class SnsFriendDeletePairList(Struct, kw_only=True):
    """A part of PairList."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")


class SnsFriendDelete(Callback, kw_only=True):
    """After a friend is deleted."""

    callback: ClassVar[str] = "Sns.CallbackFriendDelete"
    callback_command: str = field(name="CallbackCommand", default="Sns.CallbackFriendDelete")
    pair_list: list[SnsFriendDeletePairList] = field(name="PairList")


class SnsBlackListAddPairList(Struct, kw_only=True):
    """A part of PairList."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")


class SnsBlackListAdd(Callback, kw_only=True):
    """After a user is added to the blocklist."""

    callback: ClassVar[str] = "Sns.CallbackBlackListAdd"
    callback_command: str = field(name="CallbackCommand", default="Sns.CallbackBlackListAdd")
    pair_list: list[SnsBlackListAddPairList] = field(name="PairList")


class SnsBlackListDeletePairList(Struct, kw_only=True):
    """A part of PairList."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")


class SnsBlackListDelete(Callback, kw_only=True):
    """After a user is removed from the blocklist."""

    callback: ClassVar[str] = "Sns.CallbackBlackListDelete"
    callback_command: str = field(name="CallbackCommand", default="Sns.CallbackBlackListDelete")
    pair_list: list[SnsBlackListDeletePairList] = field(name="PairList")
