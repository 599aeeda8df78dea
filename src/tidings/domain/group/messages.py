"""Group messages as the domain holds them (spec/messages.md; spec/groups.md, section 6).

`body` is the JSON array of elements, or of a tip its one object, checked at the door and opaque in here.
"""

from dataclasses import dataclass
from enum import IntEnum

from tidings.domain.messages import NOBODY, NOWHERE
from tidings.ids import AccountNumber, GroupNumber, Position, UserId

NO_SEQ = 0


class Priority(IntEnum):
    """Which messages go first where too many come; the wire has the names."""

    HIGH = 1
    NORMAL = 2
    LOW = 3
    LOWEST = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who is mentioned; an empty name means everybody."""

    user_id: UserId


@dataclass(slots=True)
class GroupMessage:
    """A message of a group; the store gives its `seq` and `position` at the commit.

    `sender` 0 with `is_tip`: the group itself tells what happened. `targets` are the only
    receivers, if there are any. `time` and `client_time` are unix seconds.
    """

    group: GroupNumber
    sender: AccountNumber
    sender_id: UserId
    time: int
    random: int
    client_time: int
    body: bytes
    custom_data: str = ""
    flags: int = 0
    push: bytes = b""
    priority: int = Priority.NORMAL
    client_seq: int = 0
    mentions: tuple[Mention, ...] = ()
    targets: tuple[AccountNumber, ...] = ()
    is_tip: bool = False
    seq: int = NO_SEQ
    position: Position = NOWHERE
    version: int = 0
    revoker_id: UserId = NOBODY
    reason: str = ""
    sender_nick: str = ""
    sender_face: str = ""
    name_card: str = ""
    is_broadcast: bool = False
