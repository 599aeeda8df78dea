"""What a group's members are told while they are online, besides messages and tips; nobody's log keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tidings.domain.group.messages import GroupMessage
from tidings.ids import GroupId, UserId


@dataclass(frozen=True, slots=True)
class GroupRecalled:
    """Messages were taken back."""

    messages: tuple[GroupMessage, ...]
    revoker_id: UserId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GroupModified:
    """A message has new content."""

    message: GroupMessage


@dataclass(frozen=True, slots=True)
class GroupPinned:
    """A message was pinned, or is no more."""

    message: GroupMessage
    operator_id: UserId
    nick: str
    face_url: str
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class CustomNotice:
    """An app server tells members something of its own."""

    text: str
    operator_id: UserId
    time: int
    random: int


@dataclass(frozen=True, slots=True)
class GroupExtensionsChanged:
    """Extensions of a message were set (`operation` 1), deleted (2) or cleared (3); pairs are key, value, seq."""

    message: GroupMessage
    operation: int
    pairs: tuple[tuple[str, str, int], ...]
    last_seq: int
    cleared_seq: int


@dataclass(frozen=True, slots=True)
class GroupReacted:
    """A reaction to a message as it is now: by how many, and the first of them."""

    message: GroupMessage
    reaction: str
    count: int
    user_ids: tuple[UserId, ...]


@dataclass(frozen=True, slots=True)
class TopicCreated:
    """A community has a new topic."""

    topic_id: GroupId
    operator_id: UserId
    time: int
    random: int


@dataclass(frozen=True, slots=True)
class TopicsDeleted:
    """Topics of a community are gone."""

    topic_ids: tuple[GroupId, ...]
    operator_id: UserId
    time: int
    random: int


@dataclass(frozen=True, slots=True)
class TopicChanged:
    """A topic has a new profile; `changes` are the changed fields by the domain's names."""

    changes: Mapping[str, object]
    operator_id: UserId
    time: int
    random: int


GroupEvent = (
    GroupRecalled
    | GroupModified
    | GroupPinned
    | CustomNotice
    | GroupExtensionsChanged
    | GroupReacted
    | TopicCreated
    | TopicsDeleted
    | TopicChanged
)
