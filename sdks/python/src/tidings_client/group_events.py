"""What a client is told of groups, as frozen objects.

Messages and tips come once each and in the order of the group's sequence, also across lost
connections. What happens to messages, attributes and counters is told live; of what happened while
the connection was lost only recalls are told afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from tidings_client.elements import Element
from tidings_client.events import Event, Extension, Reaction, ReceiveOption
from tidings_client.group_messages import GroupMessage

LIVE_BAN = 21


@dataclass(frozen=True, slots=True)
class GroupEvent(Event):
    """Something that happened in a group."""

    group: str


@dataclass(frozen=True, slots=True)
class GroupMessageReceived(GroupEvent):
    """A message was sent into a group, by somebody or from another device of the own account."""

    message: GroupMessage


@dataclass(frozen=True, slots=True)
class GroupTipReceived(GroupEvent):
    """A group tells what happened to it: `message.tip` says what."""

    message: GroupMessage


@dataclass(frozen=True, slots=True)
class GroupMessageRecalled(GroupEvent):
    """A message was taken back by `by`."""

    seq: int
    random: int
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GroupMessageModified(GroupEvent):
    """A message has new content, which is its `version` now."""

    seq: int
    random: int
    sender: str
    version: int
    elements: tuple[Element, ...]
    custom_data: str = ""


@dataclass(frozen=True, slots=True)
class GroupMessagePinned(GroupEvent):
    """A message was pinned by `by`, or is no more."""

    seq: int
    by: str
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class GroupExtensionsChanged(GroupEvent):
    """Extensions of a message are others now; `is_cleared`: all it had are gone."""

    seq: int
    changed: Mapping[str, Extension]
    is_cleared: bool = False


@dataclass(frozen=True, slots=True)
class GroupReactionsChanged(GroupEvent):
    """Reactions to a message are others now; one with a count of 0 is gone.

    Whether the own one is among them is not told.
    """

    seq: int
    reactions: tuple[Reaction, ...]


class AttributeChange(IntEnum):
    """What was done to the attributes of a group."""

    SET = 1
    MODIFIED = 2
    CLEARED = 3
    DELETED = 4


@dataclass(frozen=True, slots=True)
class GroupAttribute:
    """The value of a key, and the number of the write that gave it."""

    value: str
    seq: int


@dataclass(frozen=True, slots=True)
class GroupAttributesChanged(GroupEvent):
    """Attributes of a group are others now; SET replaced all there were. `seq` counts the writes."""

    change: AttributeChange
    seq: int
    changed: Mapping[str, GroupAttribute]


@dataclass(frozen=True, slots=True)
class GroupCountersChanged(GroupEvent):
    """Counters of a group have other values, or with `is_gone` are no more. `seq` counts the changes."""

    seq: int
    counters: Mapping[str, int]
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class GroupReceipt:
    """How many members have read a message, and how many have not."""

    seq: int
    read: int
    unread: int


@dataclass(frozen=True, slots=True)
class GroupReceipts(GroupEvent):
    """Members have read messages of the own account that wanted receipts."""

    receipts: tuple[GroupReceipt, ...]
    position: int = 0


@dataclass(frozen=True, slots=True)
class GroupReadElsewhere(GroupEvent):
    """The account has read a group up to `seq`, on another device."""

    seq: int
    position: int = 0


@dataclass(frozen=True, slots=True)
class TopicsCreated(GroupEvent):
    """The community `group` has new topics, made by `operator`."""

    topics: tuple[str, ...]
    operator: str


@dataclass(frozen=True, slots=True)
class TopicsDeleted(GroupEvent):
    """Topics of the community `group` are gone with their messages; `operator` did it."""

    topics: tuple[str, ...]
    operator: str


@dataclass(frozen=True, slots=True)
class TopicChanged(GroupEvent):
    """The topic `group` has a new profile, given by `operator`; what is None is as it was."""

    operator: str
    name: str | None = None
    notification: str | None = None
    introduction: str | None = None
    face_url: str | None = None
    custom: str | None = None
    is_muted: bool | None = None


@dataclass(frozen=True, slots=True)
class GroupReceiveOptionChanged(GroupEvent):
    """The account receives a group or a topic in another way, as it was said on another device."""

    option: ReceiveOption
    position: int = 0


class RequestKind(IntEnum):
    """Who answers a request to come into a group.

    APPLICATION: owner or admins, to somebody who asks for himself. CONSENT: the invited. APPROVAL: owner or
    admins, to a member who invites somebody.
    """

    APPLICATION = 0
    CONSENT = 1
    APPROVAL = 2


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """The wish that `user` come into a group; `operator` asks, himself or as a member who invites.

    `text` has the applicant's words, `time` is in unix seconds. The first answer counts: the request is not
    `is_open` any more; `is_answered_here`: this account gave the answer. `key` is repeated by the answer.
    """

    group: str
    kind: RequestKind
    operator: str
    user: str
    key: str
    text: str = ""
    time: int = 0
    group_name: str = ""
    group_type: str = ""
    is_open: bool = True
    is_answered_here: bool = False
    nick: str = ""
    face_url: str = ""


class NoticeKind(IntEnum):
    """What a group tells a single account; OTHER is what this package does not know."""

    OTHER = 0
    APPLIED = 1
    ADMITTED = 2
    TURNED_AWAY = 3
    REMOVED = 4
    DISBANDED = 5
    CREATED = 6
    INVITED_IN = 7
    QUIT = 8
    MADE_ADMIN = 9
    ADMIN_NO_MORE = 10
    RECYCLED = 11
    INVITATION = 12
    INVITATION_ACCEPTED = 13
    INVITATION_REFUSED = 14
    CUSTOM = 15
    MUTED = 17
    BANNED = 22
    BAN_LIFTED = 23
    APPROVAL_WANTED = 24
    CUSTOM_NOTICE = 255

    @classmethod
    def of(cls, number: int) -> "NoticeKind":
        """Return a kind by its number; live rooms have one of their own for bans."""
        if number == LIVE_BAN:
            return cls.BANNED
        return cls(number) if number in set(cls) else cls.OTHER


@dataclass(frozen=True, slots=True)
class GroupNotice(GroupEvent):
    """A group, or with `text` an app's server by it, tells this account something.

    `operator` did it. `request` is to be answered, if there is one. `data` has all of it as it is on the wire.
    """

    kind: NoticeKind
    operator: str
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    position: int = 0
    request: JoinRequest | None = None
