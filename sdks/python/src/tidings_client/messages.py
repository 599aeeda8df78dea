"""Messages, as they arrive and as they are sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypedDict

from tidings_client.elements import Element, Stream, Text


@dataclass(frozen=True, slots=True)
class Message:
    """A one-to-one message.

    `id` is the same on all devices of both sides; `key` names the message in its conversation and to
    the app's server. Times are unix seconds. `is_own`: sent by the account that is logged in here,
    from whichever device. `position` is its place in the account's log, 0 if it is kept nowhere.
    """

    id: str
    key: str
    sender: str
    receiver: str
    is_own: bool
    time: int
    elements: tuple[Element, ...]
    custom_data: str = ""
    seq: int = 0
    random: int = 0
    client_time: int = 0
    version: int = 0
    is_online_only: bool = False
    wants_receipt: bool = False
    has_receipt: bool = False
    takes_extensions: bool = False
    is_recalled: bool = False
    recalled_by: str = ""
    recall_reason: str = ""
    sender_nick: str = ""
    sender_face_url: str = ""
    position: int = 0

    @property
    def peer(self) -> str:
        """The other side of the conversation."""
        return self.receiver if self.is_own else self.sender

    @property
    def text(self) -> str:
        """The texts in it, joined; empty if it holds none."""
        return "".join(each.text for each in self.elements if isinstance(each, Text | Stream))

    @property
    def sent_at(self) -> datetime:
        """The server's time of the message."""
        return datetime.fromtimestamp(self.time, UTC)


@dataclass(frozen=True, slots=True)
class PushInfo:
    """How a message is announced to a receiver who is offline (spec/messages.md, section 22).

    `is_silent`: not at all. `more` is added as it is: AndroidInfo, ApnsInfo and the like.
    """

    title: str = ""
    text: str = ""
    extension: str = ""
    is_silent: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)

    def to_wire(self) -> dict[str, Any]:
        """Return it in its wire form, without what is empty."""
        named = {"Title": self.title, "Desc": self.text, "Ext": self.extension}
        return (
            {"PushFlag": int(self.is_silent)} | {name: value for name, value in named.items() if value} | {**self.more}
        )


class SendOptions(TypedDict, total=False):
    """What may be said beside the content of a message."""

    custom_data: str
    online_only: bool
    need_receipt: bool
    no_unread: bool
    no_last_message: bool
    takes_extensions: bool
    push: PushInfo


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that is numbered and dated but not sent: the same draft sent twice is one message."""

    receiver: str
    elements: tuple[Element, ...]
    seq: int
    random: int
    client_time: int
    options: SendOptions
