"""One-to-one messages as the domain holds them (spec/messages.md).

A conversation of two accounts has a number made of theirs, so it needs no table and no look-up.
`body` is the JSON array of elements, checked at the door and opaque in here.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

from tidings.domain.events import MessageRef
from tidings.errors import BAD_MESSAGE_KEY
from tidings.ids import UINT32, AccountNumber, ConversationNumber, Position, UserId

MAX_KEY_LENGTH = 50
KEY_PARTS = 3
_HALF = 32
NOBODY = UserId("")
NOWHERE = Position(0)


class Flag:
    """What is special about a message; RECALLED has the value that clients are told.

    Plain integers: the send path tests them for each message, and an enum's operators cost ten times as much.
    """

    NO_UNREAD: Final = 1
    NO_LAST: Final = 2
    RECEIPT_WANTED: Final = 4
    RECALLED: Final = 8
    PEER_READ: Final = 16
    HIDDEN_FROM_SENDER: Final = 32
    DELETED_BY_SENDER: Final = 64
    DELETED_BY_RECEIVER: Final = 128
    EXTENSIBLE: Final = 256
    IMPORTED: Final = 512
    TARGETED: Final = 1024


NOT_COUNTED = Flag.NO_UNREAD | Flag.RECALLED | Flag.DELETED_BY_RECEIVER
# A history import is neither counted nor told: only history shows it.
HISTORY_IMPORT = Flag.IMPORTED | Flag.NO_UNREAD
UNSEEN_BY_SENDER = Flag.HIDDEN_FROM_SENDER | Flag.DELETED_BY_SENDER
UNSEEN_BY_RECEIVER = Flag.DELETED_BY_RECEIVER


class MessageKey(NamedTuple):
    """MsgKey: identifies a message inside its conversation (spec/messages.md, section 4)."""

    seq: int
    random: int
    time: int

    def __str__(self) -> str:
        """Return the wire form, `MsgSeq_MsgRandom_MsgTime`."""
        return f"{self.seq}_{self.random}_{self.time}"


@dataclass(slots=True)
class Message:
    """A message with its place: `position` is given by the store at the commit.

    `time`, `client_time` and `offline_until` are unix seconds; `push` is the JSON text of
    OfflinePushInfo or empty; `version` grows with each modification.
    """

    sender: AccountNumber
    receiver: AccountNumber
    sender_id: UserId
    receiver_id: UserId
    time: int
    seq: int
    random: int
    client_time: int
    body: bytes
    custom_data: str
    flags: int
    push: bytes = b""
    offline_until: int = 0
    version: int = 0
    revoker_id: UserId = NOBODY
    reason: str = ""
    position: Position = NOWHERE
    sender_nick: str = ""
    sender_face: str = ""

    @property
    def key(self) -> MessageKey:
        """Return the message's key inside its conversation."""
        return MessageKey(self.seq, self.random, self.time)

    @property
    def conversation(self) -> ConversationNumber:
        """Return the number of the conversation it belongs to."""
        return to_conversation(self.sender, self.receiver)

    @property
    def ref(self) -> MessageRef:
        """Return the values by which clients know it again."""
        return MessageRef(
            self.sender, self.sender_id, self.receiver_id, self.seq, self.random, self.time, self.client_time
        )


def to_conversation(one: AccountNumber, other: AccountNumber) -> ConversationNumber:
    """Return the number of the conversation of two accounts, whichever is named first."""
    low, high = (one, other) if one < other else (other, one)
    return ConversationNumber(low << _HALF | high)


def parse_key(text: str) -> MessageKey:
    """Read a MsgKey; raises 90054 if it has not the form of one."""
    parts = text.split("_")
    if len(text) <= MAX_KEY_LENGTH and len(parts) == KEY_PARTS and all(p.isascii() and p.isdigit() for p in parts):
        key = MessageKey(*map(int, parts))
        if max(key) <= UINT32:
            return key
    raise BAD_MESSAGE_KEY(key=text[:MAX_KEY_LENGTH])
