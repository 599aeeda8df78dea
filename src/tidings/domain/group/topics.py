"""Topics of communities: groups of their own, whose members are those of the community (spec/groups.md, section 10)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.callbacks import note, note_outcome
from tidings.domain.group.directory import Directory
from tidings.domain.group.events import GroupEvent, TopicChanged, TopicCreated, TopicsDeleted
from tidings.domain.group.groups import NOBODY, ORDINARY_PREFIX, TOPIC_MARK, Group, Member
from tidings.domain.group.happenings import TopicEnded, TopicMade
from tidings.domain.group.kinds import Action, Kind, Receive
from tidings.domain.group.life import ID_BYTES, Life
from tidings.domain.group.ports import Rooms
from tidings.domain.group.rights import Actor, check
from tidings.errors import (
    BAD_SERVICE_REQUEST,
    GROUP_NOT_FOUND,
    NO_TOPICS,
    TOPIC_GONE,
    TOPIC_ID_OWN,
    TOPIC_ID_TAKEN,
    TOPIC_NOT_DELETED,
    TOPICS_OFF,
    TidingsError,
)
from tidings.ids import NO_INSTANCE, Chance, GroupId, GroupNumber, InstanceId, UserId
from tidings.pending import Pending
from tidings.settings import AppSettings

MAX_TOPIC_ID_BYTES = 128
CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class NewTopic:
    """A topic as it is asked for; `created_at` None: now. An imported one is told to nobody."""

    name: str
    topic_id: GroupId | None = None
    introduction: str = ""
    notification: str = ""
    face_url: str = ""
    custom: str = ""
    default_permission: int = 0
    created_at: int | None = None
    is_imported: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, and what one member of the community is there.

    `uncounted` are sequences that are no unread messages though they have not been read, the last 200 of them.
    """

    group: Group
    read_seq: int
    receive: Receive
    muted_until: int
    unread: int
    uncounted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something: with which rights, under which name, from which login."""

    actor: Actor
    user_id: UserId
    source: InstanceId = NO_INSTANCE


class TopicStore(Protocol):
    """What topics ask of the store."""

    def create(self, topic: Group, limit: int) -> Pending[bool]:
        """Store a new topic and number it; False if its ID is taken. Raises 10037 if there are `limit`."""
        ...

    def end(self, topic: GroupNumber) -> Pending[bool]:
        """End a topic with its permissions; False if it was gone."""
        ...

    async def topics(self, community: Group, member: Member, topic_ids: Sequence[GroupId] | None) -> list[Topic]:
        """Return topics of a community with what a member is there, oldest first; None: all."""
        ...


class Topics:
    """Makes, changes, ends and shows topics; changes of one community take turns."""

    def __init__(
        self,
        directory: Directory,
        store: TopicStore,
        rooms: Rooms,
        life: Life,
        world: tuple[Clock, Chance],
    ) -> None:
        """Write to `store`, tell through `rooms`; changes take turns with those of `life`."""
        self._directory = directory
        self._store = store
        self._rooms = rooms
        self._life = life
        self._clock, self._chance = world

    async def create(self, community: Group, by: By, asked: NewTopic, settings: AppSettings) -> Group:
        """Make a topic and tell the members who are online.

        Raises 11000 where there are no topics, 10007 without the right, 10004 for an ID that no topic of the
        community may have, 10025 (imports: 10021) for one that is taken, 10037 at the limit.
        """
        check_topics(community, settings)
        check(community, by.actor, Action.MANAGE_TOPICS)
        topic = self._to_group(community, asked)
        return await self._life.in_turn(
            community, partial(self._create, community, topic, by, asked, settings.community_topics)
        )

    async def show(
        self, community: Group, member: Member, topic_ids: Sequence[GroupId] | None, settings: AppSettings
    ) -> dict[GroupId, Topic | None]:
        """Return topics as a member sees them, all or those that are named; None for one that is not there."""
        check_topics(community, settings)
        found = await self._store.topics(community, member, topic_ids)
        shown = {topic.group.group_id: self._current(topic, member) for topic in found}
        return {name: shown.get(name) for name in (shown if topic_ids is None else topic_ids)}

    async def change(self, topic: Group, by: By, changes: Mapping[str, object]) -> None:
        """Give a topic another profile, and tell the members who are online.

        `changes` are fields of Group by name. Raises 10007 without the right: muting everybody is one of its own.
        """
        if changes.keys() - {"is_muted"}:
            check(topic, by.actor, Action.CHANGE_PROFILE)
        if "is_muted" in changes:
            check(topic, by.actor, Action.MUTE_ALL)
        changes = {name: value for name, value in changes.items() if getattr(topic, name) != value}
        if changes:
            await self._life.change(topic, changes)
            self._tell(topic, partial(TopicChanged, changes), by)

    async def destroy(
        self, community: Group, by: By, topic_ids: Sequence[GroupId], settings: AppSettings
    ) -> dict[GroupId, TidingsError | None]:
        """End topics and tell the members who are online; says of each what was wrong, if anything."""
        check_topics(community, settings)
        check(community, by.actor, Action.MANAGE_TOPICS)
        return await self._life.in_turn(community, partial(self._destroy, community, by, topic_ids))

    def get(self, community: Group, topic_id: GroupId, settings: AppSettings) -> Group:
        """Return a topic of a community; raises 110013 for one of another, 10010 and 10015 for one that is not."""
        check_topics(community, settings)
        return self._directory.get_topic(community.app, community.group_id, topic_id)

    async def _create(self, community: Group, topic: Group, by: By, asked: NewTopic, limit: int) -> Group:
        if community.is_gone:
            raise GROUP_NOT_FOUND(group_id=community.group_id)
        if not asked.is_imported:
            told = TopicMade(community, topic)
            note_outcome(TopicMade, lambda is_made: told if is_made else None)
        if not await self._store.create(topic, limit):
            raise (TOPIC_ID_TAKEN if asked.is_imported else TOPIC_ID_OWN)(topic_id=topic.group_id)
        self._directory.add(topic)
        if not asked.is_imported:
            self._tell(community, partial(TopicCreated, topic.group_id), by)
        return topic

    async def _destroy(
        self, community: Group, by: By, topic_ids: Sequence[GroupId]
    ) -> dict[GroupId, TidingsError | None]:
        outcome: dict[GroupId, TidingsError | None] = {}
        for topic_id in dict.fromkeys(topic_ids):
            outcome[topic_id] = await self._end(community, topic_id)
        if ended := tuple(topic_id for topic_id, error in outcome.items() if error is None):
            self._tell(community, partial(TopicsDeleted, ended), by)
        return outcome

    async def _end(self, community: Group, topic_id: GroupId) -> TidingsError | None:
        """End one topic; returns why not."""
        if not topic_id.startswith(f"{community.group_id}{TOPIC_MARK}"):
            return TOPIC_GONE(topic_id=topic_id)
        try:
            topic = self._directory.get(community.app, topic_id)
        except TidingsError:
            return TOPIC_GONE(topic_id=topic_id)
        try:
            note(TopicEnded, community, topic_id)
            await self._store.end(topic.number)
        except TidingsError as error:
            return TOPIC_NOT_DELETED(topic_id=topic_id, detail=error.info)
        topic.is_gone = True
        self._directory.drop(topic)
        self._rooms.close(topic.number)
        return None

    def _current(self, topic: Topic, member: Member) -> Topic:
        """Return a topic with what memory knows better than the store."""
        group = self._directory.find_known(topic.group.app, topic.group.group_id)
        if group is None or group.number != topic.group.number:
            return topic
        place = group.known.get(member.account)
        if place is None or place.above is not member:
            return Topic(group, topic.read_seq, topic.receive, topic.muted_until, topic.unread, topic.uncounted)
        return Topic(group, place.read_seq, place.receive, place.muted_until, topic.unread, topic.uncounted)

    def _tell(self, group: Group, to_event: Callable[[UserId, int, int], GroupEvent], by: By) -> None:
        told = to_event(by.user_id, int(self._clock.now()), self._chance.uint32())
        self._rooms.event(group, told, by.source)

    def _to_group(self, community: Group, asked: NewTopic) -> Group:
        now = int(self._clock.now())
        return Group(
            app=community.app,
            group_id=self._topic_id(community, asked.topic_id),
            kind=Kind.TOPIC,
            name=asked.name,
            owner=NOBODY,
            created_at=now if asked.created_at is None else asked.created_at,
            max_members=0,
            apply_option=community.apply_option,
            invite_option=community.invite_option,
            parent=community.number,
            introduction=asked.introduction,
            notification=asked.notification,
            face_url=asked.face_url,
            custom={CUSTOM: asked.custom} if asked.custom else {},
            info_at=now,
            default_permission=asked.default_permission,
        )

    def _topic_id(self, community: Group, topic_id: GroupId | None) -> GroupId:
        prefix = f"{community.group_id}{TOPIC_MARK}"
        if topic_id is None:
            return GroupId(f"{prefix}{TOPIC_MARK[:-1]}c{self._chance.token(ID_BYTES).hex().upper()}")
        own = topic_id.removeprefix(prefix)
        fits = own != topic_id and own and len(topic_id) <= MAX_TOPIC_ID_BYTES
        if not fits or not topic_id.isascii() or not topic_id.isprintable() or own.startswith(ORDINARY_PREFIX):
            raise BAD_SERVICE_REQUEST(
                detail=f"TopicId {topic_id!r} must be {prefix}, then a part of your own: printable ASCII,"
                f" at most {MAX_TOPIC_ID_BYTES} bytes in all"
            )
        return topic_id


def check_topics(community: Group, settings: AppSettings) -> None:
    """Raise 11000 if topics are off for the app, or the group has none."""
    if not settings.topics:
        raise TOPICS_OFF()
    if not community.has_topics:
        raise NO_TOPICS(group_id=community.group_id)
