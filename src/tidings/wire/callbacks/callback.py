"""What all callbacks have, and what an app's server may answer (spec/webhooks.md)."""

from enum import Enum
from typing import ClassVar

from msgspec import Raw, Struct, field

from tidings.wire.envelope import ABSENT


class Phase(Enum):
    """When a callback is sent: before its event, which waits for the answer; after it; at a threshold."""

    BEFORE = "before"
    AFTER = "after"
    ALARM = "alarm"


class Callback(Struct, kw_only=True):
    """A callback's body.

    `callback` is its command; `tells_address` and `tells_platform` say whether the query names the client's
    address and its platform.
    """

    callback: ClassVar[str]
    phase: ClassVar[Phase] = Phase.AFTER
    tells_address: ClassVar[bool] = True
    tells_platform: ClassVar[bool] = True


class MemberItem(Struct):
    """An account of a list."""

    member_account: str = field(name="Member_Account")


class FriendResult(Struct, frozen=True):
    """What the app's server decides on one friend: 0 lets it be."""

    to_account: str = field(name="To_Account")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class Answer(Struct, frozen=True):
    """What an app's server answers; what it decides by is `code`, not `status`."""

    status: str = field(name="ActionStatus", default="OK")
    code: int = field(name="ErrorCode", default=0)
    info: str = field(name="ErrorInfo", default="")
    body: Raw = field(name="MsgBody", default=ABSENT)
    custom_data: str | None = field(name="CloudCustomData", default=None)
    refused: list[str] = field(name="RefusedMembers_Account", default_factory=list)
    friends: list[FriendResult] = field(name="ResultItem", default_factory=list)
