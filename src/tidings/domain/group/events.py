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


GroupEvent = GroupRecalled | GroupModified | GroupPinned | CustomNotice | TopicCreated | TopicsDeleted | TopicChanged
