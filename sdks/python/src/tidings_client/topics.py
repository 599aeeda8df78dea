"""Topics of communities: `chat.groups.topics`. Their messages are sent and read by `chat.groups`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack

from msgspec import UNSET, UnsetType

from tidings_client import wire
from tidings_client import wire_topics as ask
from tidings_client.decode_groups import to_receive
from tidings_client.events import ReceiveOption
from tidings_client.group_feed import COMMUNITIES
from tidings_client.group_messages import community_of
from tidings_client.session import Session

TOPICS_A_CALL = 50
GONE = 110003


class TopicOptions(TypedDict, total=False):
    """What may be said of a topic beside its name.

    `notification` and `introduction` have at most 400 bytes, `face_url` 500, `custom`, a text of the
    app's own, 3000. `default_permission` counts where the community has permission groups.
    """

    notification: str
    introduction: str
    face_url: str
    custom: str
    default_permission: int


class NewTopicOptions(TopicOptions, total=False):
    """What may be said of a new topic; `topic` is an ID of the app's own: the community's, `@TOPIC#_` and a part."""

    topic: str


class TopicChanges(TopicOptions, total=False):
    """What may be changed of a topic; `is_muted`: only owner and admins may speak. A name has 1 to 100 bytes."""

    name: str
    is_muted: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, and what the own account is in it. Times are unix seconds, 0 for never.

    `topic` is its ID, which stands wherever a group's may. `receive` is what is received of it, `muted_until`
    the end of the account's own mute.
    """

    topic: str
    name: str = ""
    notification: str = ""
    introduction: str = ""
    face_url: str = ""
    custom: str = ""
    created_at: int = 0
    last_message_at: int = 0
    last_seq: int = 0
    is_muted: bool = False
    default_permission: int = 0
    read_seq: int = 0
    unread: int = 0
    receive: ReceiveOption = ReceiveOption.NOTIFY
    muted_until: int = 0

    @property
    def community(self) -> str:
        """The community that it is a topic of."""
        return community_of(self.topic)


class Topics:
    """The topics of communities. What the server refuses is raised as TidingsError with its reason."""

    def __init__(self, session: Session) -> None:
        """Act as the user of `session`; `chat.groups.topics` is the one of a chat."""
        self._call = session.traffic.call
        self._inbox = session.groups.inbox

    async def create(self, community: str, name: str, **options: Unpack[NewTopicOptions]) -> str:
        """Make a topic with a name of 1 to 100 bytes, as owner or admin; returns its ID.

        Raises 10007 without the right to, 11000 if the community was made without topics, 10025 if the ID is taken.
        """
        body = ask.Profile(
            group=community,
            topic=options.get("topic", UNSET),
            name=name,
            **_profile(options),
        )
        topic = (await self._call(f"{COMMUNITIES}.create_topic", body, ask.Created)).topic
        self._inbox.expect(topic)
        return topic

    async def all(self, community: str) -> list[Topic]:
        """Return all topics of a community that the user is in."""
        return [_to_topic(row) for row in await self._rows(community, [])]

    async def profiles(self, *topics: str) -> dict[str, Topic]:
        """Return those of the topics that exist."""
        found: dict[str, Topic] = {}
        for community, some in _portions(topics):
            found |= {row.topic.topic: _to_topic(row) for row in await self._rows(community, some)}
        return found

    async def change(self, topic: str, **changes: Unpack[TopicChanges]) -> None:
        """Change a topic, as owner or admin; what is not named stays as it is. Raises 10007 without the right to."""
        is_muted = changes.get("is_muted")
        body = ask.Change(
            group=community_of(topic),
            topic=topic,
            name=changes.get("name", UNSET),
            mute_all=UNSET if is_muted is None else "On" if is_muted else "Off",
            **_profile(changes),
        )
        await self._call(f"{COMMUNITIES}.modify_topic", body, wire.Nothing)

    async def delete(self, *topics: str) -> dict[str, int]:
        """End topics with their messages, as owner or admin; returns the error code of each that could not be.

        Raises 10007 without the right to. One that is gone already has the code 110003.
        """
        refused: dict[str, int] = {}
        for community, some in _portions(topics):
            body = ask.Some(group=community, topics=some)
            answer = await self._call(f"{COMMUNITIES}.destroy_topic", body, ask.Ended)
            refused |= {row.topic: row.code for row in answer.rows if row.code}
            for row in answer.rows:
                if row.code in {0, GONE}:
                    self._inbox.forget(row.topic)
        return refused

    async def _rows(self, community: str, topics: list[str]) -> list[ask.TopicRow]:
        body = ask.Some(group=community, topics=topics)
        answer = await self._call(f"{COMMUNITIES}.get_topic", body, ask.Topics)
        return [row for row in answer.rows if not row.code]


class _Profile(TypedDict):
    notification: str | UnsetType
    introduction: str | UnsetType
    face_url: str | UnsetType
    custom: str | UnsetType
    default_permission: int | UnsetType


def _profile(options: TopicOptions) -> _Profile:
    return {
        "notification": options.get("notification", UNSET),
        "introduction": options.get("introduction", UNSET),
        "face_url": options.get("face_url", UNSET),
        "custom": options.get("custom", UNSET),
        "default_permission": options.get("default_permission", UNSET),
    }


def _portions(topics: Sequence[str]) -> Iterable[tuple[str, list[str]]]:
    """Yield topics community by community, as many at a time as a call may name."""
    named: dict[str, list[str]] = {}
    for topic in topics:
        named.setdefault(community_of(topic), []).append(topic)
    for community, every in named.items():
        for first in range(0, len(every), TOPICS_A_CALL):
            yield community, every[first : first + TOPICS_A_CALL]


def _to_topic(row: ask.TopicRow) -> Topic:
    topic, own = row.topic, row.own
    return Topic(
        topic=topic.topic,
        name=topic.name,
        notification=topic.notification,
        introduction=topic.introduction,
        face_url=topic.face_url,
        custom=topic.custom,
        created_at=topic.created_at,
        last_message_at=topic.last_at,
        last_seq=topic.next_seq - 1,
        is_muted=bool(topic.is_muted),
        default_permission=topic.default_permission,
        read_seq=own.read_seq,
        unread=own.unread,
        receive=to_receive(own.receive),
        muted_until=own.muted_until,
    )
