"""Messages of groups, as they arrive and as they are sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any, TypedDict

from tidings_client.elements import Element, Stream, Text
from tidings_client.messages import PushInfo

LIVE = "AVChatRoom"
EVERYBODY = ""
TOPIC_MARK = "@TOPIC#_"


class TipKind(IntEnum):
    """What a group tells of itself; OTHER is what this package does not know."""

    OTHER = 0
    JOINED = 1
    QUIT = 2
    REMOVED = 3
    ADMIN_SET = 4
    ADMIN_TAKEN = 5
    PROFILE = 6
    MEMBER = 7
    BANNED = 10
    BAN_LIFTED = 11

    @classmethod
    def of(cls, number: int) -> "TipKind":
        """Return a kind by its number."""
        return cls(number) if number in set(cls) else cls.OTHER


@dataclass(frozen=True, slots=True)
class GroupTip:
    """What happened in a group: `operator` did it to `users`, and then there were `member_count` members.

    Where many come into a live room, or go, one tip tells of them with the names of some.
    `changes` are changed fields of the group by their names on the wire; `mutes` are members and for
    how many seconds they are muted.
    """

    kind: TipKind
    operator: str
    users: tuple[str, ...] = ()
    member_count: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)
    mutes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GroupMessage:
    """A message of a group; `seq` is its place among the group's messages: 1, 2, 3 ... without a gap.

    `group` of a message in a topic is the topic's ID. `id` is the same on all devices. Times are unix
    seconds. `is_own`: sent by the account that is logged in here, from whichever device. `mentions` are
    UserIDs, EVERYBODY ("") for all. A message with a `tip` is what the group tells of itself.
    `is_dropped`: too many were sent in that second, and nobody got it.
    """

    id: str
    group: str
    seq: int
    sender: str
    is_own: bool
    time: int
    elements: tuple[Element, ...] = ()
    custom_data: str = ""
    random: int = 0
    client_time: int = 0
    version: int = 0
    group_type: str = ""
    mentions: tuple[str, ...] = ()
    tip: GroupTip | None = None
    is_online_only: bool = False
    wants_receipt: bool = False
    takes_extensions: bool = False
    is_recalled: bool = False
    recalled_by: str = ""
    recall_reason: str = ""
    sender_nick: str = ""
    sender_face_url: str = ""
    name_card: str = ""
    is_dropped: bool = False

    @property
    def text(self) -> str:
        """The texts in it, joined; empty if it holds none."""
        return "".join(each.text for each in self.elements if isinstance(each, Text | Stream))

    @property
    def sent_at(self) -> datetime:
        """The server's time of the message."""
        return datetime.fromtimestamp(self.time, UTC)

    @property
    def is_kept(self) -> bool:
        """Whether it has a place among the group's messages; others are told live, once."""
        return not self.is_online_only and self.group_type != LIVE


class GroupSendOptions(TypedDict, total=False):
    """What may be said beside the content of a message of a group.

    `priority`: High, Normal, Low or Lowest, which counts where too many are sent. `mentions`: members,
    EVERYBODY for all. `targets`: the only members who get it.
    """

    priority: str
    mentions: Sequence[str]
    targets: Sequence[str]
    custom_data: str
    online_only: bool
    wants_receipt: bool
    no_unread: bool
    no_last_message: bool
    takes_extensions: bool
    push: PushInfo


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A message of a group that is numbered and dated but not sent: the same draft sent twice is one message."""

    group: str
    elements: tuple[Element, ...]
    random: int
    client_seq: int
    client_time: int
    options: GroupSendOptions


def community_of(group: str) -> str:
    """Return the community that a topic is of; a group that is no topic is returned as it is."""
    return group.partition(TOPIC_MARK)[0]
