"""What can happen to an account, as values.

Kept events stand in the account's log, each at its own position; a device that was away asks for
them by position. Live events are only told to connections. An arriving message needs no entry of
its own: the stored message is its entry.
"""

from dataclasses import dataclass

from tidings.domain.devices import KickReason
from tidings.ids import AccountNumber, UserId


@dataclass(frozen=True, slots=True)
class MessageRef:
    """The values by which clients know a one-to-one message again."""

    sender: AccountNumber
    sender_id: UserId
    receiver_id: UserId
    seq: int
    random: int
    time: int
    client_time: int


@dataclass(frozen=True, slots=True)
class MessageRecalled:
    """A message was taken back."""

    message: MessageRef
    revoker_id: UserId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MessageModified:
    """A message has new content; `body` is the JSON array of its elements."""

    message: MessageRef
    version: int
    body: bytes
    custom_data: str


@dataclass(frozen=True, slots=True)
class ReadByPeer:
    """The other side has read the conversation up to `time`, unix seconds."""

    reader_id: UserId
    time: int


@dataclass(frozen=True, slots=True)
class ReadElsewhere:
    """Another device of the account has read the conversation with `peer_id` up to `time`."""

    peer_id: UserId
    time: int


@dataclass(frozen=True, slots=True)
class AllReadElsewhere:
    """Another device of the account has read every one-to-one conversation up to `time`."""

    time: int


@dataclass(frozen=True, slots=True)
class ReceiptGiven:
    """The receiver of these messages has sent receipts for them at `time`."""

    reader_id: UserId
    time: int
    messages: tuple[MessageRef, ...]


KeptEvent = MessageRecalled | MessageModified | ReadByPeer | ReadElsewhere | AllReadElsewhere | ReceiptGiven


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """A user's status or custom status is another now; told live, not kept."""

    user_id: UserId
    status: int
    custom_status: str


@dataclass(frozen=True, slots=True)
class KickedOut:
    """A login was ended; told to its connection, not kept."""

    reason: KickReason
    by_platform: str = ""


LiveEvent = StatusChanged
