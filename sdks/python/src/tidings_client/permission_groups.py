"""Permission groups of communities: `chat.groups.permissions`."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import TypedDict, TypeVar, Unpack

from msgspec import UNSET

from tidings_client import wire
from tidings_client import wire_permission_groups as ask
from tidings_client.group_feed import COMMUNITIES
from tidings_client.group_life import Addition
from tidings_client.group_members import GroupMember, to_member
from tidings_client.session import Session
from tidings_client.wire_group_asks import Members, OneGroup, OneMember

GROUPS_A_CALL = 20
TOPICS_A_CALL = 50
MEMBERS_A_CALL = 100
T = TypeVar("T")


class CommunityPermission(IntFlag):
    """What members may do in a community.

    From MUTE to RECALL it holds in all its topics, too; PERMISSIONS is there to manage theirs, TOPICS to change them
    and pin in them.
    """

    PROFILE = 1 << 0
    MEMBERS = 1 << 1
    PERMISSIONS = 1 << 2
    PERMISSION_MEMBERS = 1 << 3
    TOPICS = 1 << 4
    MUTE = 1 << 5
    SPEAK = 1 << 6
    MENTION_ALL = 1 << 7
    READ_PAST = 1 << 8
    RECALL = 1 << 9
    BAN = 1 << 10


class TopicPermission(IntFlag):
    """What members may do in one topic."""

    PROFILE = 1 << 0
    PERMISSIONS = 1 << 1
    MUTE = 1 << 2
    SPEAK = 1 << 3
    READ_PAST = 1 << 4
    RECALL = 1 << 5
    MENTION_ALL = 1 << 6


class NewPermissionOptions(TypedDict, total=False):
    """What may be said of a new permission group beside its name and permissions.

    `permission_id` is an ID of the app's own, `@PMG#_` and a part: at most 128 bytes of printable ASCII in all.
    `custom`, a text of the app's own, has at most 3000 bytes.
    """

    permission_id: str
    custom: str


class PermissionChanges(TypedDict, total=False):
    """What may be changed of a permission group; a name has 1 to 150 bytes, `custom` at most 3000."""

    name: str
    permission: int
    custom: str


@dataclass(frozen=True, slots=True)
class PermissionGroup:
    """A permission group: what its members may do in the community, beside what every member may."""

    permission_id: str
    name: str
    permission: CommunityPermission
    custom: str = ""
    member_count: int = 0


class PermissionGroups:
    """The permission groups of communities, which have them from the start or never.

    Changes are for the owner, and for members who have the permission to. What the server refuses is raised as
    TidingsError with its reason: 10007 without the right to, 11000 where the app has no topics, 110006 for a
    permission group that never was, 110008 for one that is gone. More than a call takes goes in several; if one
    is refused, those before it count.
    """

    def __init__(self, session: Session) -> None:
        """Act as the user of `session`; `chat.groups.permissions` is the one of a chat."""
        self._call = session.traffic.call

    async def create(self, community: str, name: str, permission: int, **options: Unpack[NewPermissionOptions]) -> str:
        """Make a permission group with a name of 1 to 150 bytes and CommunityPermissions; returns its ID.

        Raises 10021 if the ID is taken.
        """
        body = ask.Create(
            group=community,
            name=name,
            permission=int(permission),
            permission_id=options.get("permission_id", UNSET),
            custom=options.get("custom", UNSET),
        )
        return (await self._call(f"{COMMUNITIES}.create_permission_group", body, ask.Created)).permission_id

    async def change(self, community: str, permission_id: str, **changes: Unpack[PermissionChanges]) -> None:
        """Change a permission group; what is not named stays as it is."""
        body = ask.Change(
            group=community,
            permission_id=permission_id,
            name=changes.get("name", UNSET),
            permission=int(changes["permission"]) if "permission" in changes else UNSET,
            custom=changes.get("custom", UNSET),
        )
        await self._call(f"{COMMUNITIES}.modify_permission_group", body, wire.Nothing)

    async def delete(self, community: str, *permission_ids: str) -> dict[str, int]:
        """End permission groups; returns the error code of each that could not be, 110006 and 110008 among them."""
        refused: dict[str, int] = {}
        for some in _portions(permission_ids, GROUPS_A_CALL):
            body = ask.Some(group=community, permission_ids=some)
            answer = await self._call(f"{COMMUNITIES}.destroy_permission_group", body, ask.Ended)
            refused |= {row.permission_id: row.code for row in answer.rows if row.code}
        return refused

    async def all(self, community: str) -> list[PermissionGroup]:
        """Return all permission groups of a community that the user is in, oldest first."""
        found: list[PermissionGroup] = []
        place = ""
        while True:
            page = await self._call(
                f"{COMMUNITIES}.get_permission_group", ask.AskPage(group=community, next=place), ask.Page
            )
            found += map(_to_group, page.rows)
            if not (place := page.next):
                return found

    async def named(self, community: str, *permission_ids: str) -> dict[str, PermissionGroup]:
        """Return those of the permission groups that exist."""
        found: dict[str, PermissionGroup] = {}
        for some in _portions(permission_ids, GROUPS_A_CALL):
            body = ask.Some(group=community, permission_ids=some)
            answer = await self._call(f"{COMMUNITIES}.get_permission_group", body, ask.Page)
            found |= {row.permission_id: _to_group(row) for row in answer.rows if not row.code}
        return found

    async def joined(self, community: str) -> list[PermissionGroup]:
        """Return the permission groups that the user is in."""
        body = OneGroup(group=community)
        answer = await self._call(f"{COMMUNITIES}.get_joined_permission_group_list", body, ask.Groups)
        return [_to_group(row) for row in answer.rows]

    async def add_members(self, community: str, permission_id: str, *users: str) -> dict[str, Addition]:
        """Add members of the community; returns what became of each: others are REFUSED.

        Raises 110012, and adds nobody of that call of 100, if the permission group would have too many members.
        """
        rows = await self._change_members("add_permission_group_member", community, permission_id, users)
        return {user: Addition(result) for user, result in rows.items()}

    async def remove_members(self, community: str, permission_id: str, *users: str) -> None:
        """Remove members; those who are none stay so."""
        await self._change_members("delete_permission_group_member", community, permission_id, users)

    async def members(
        self, community: str, permission_id: str, page_size: int = MEMBERS_A_CALL
    ) -> AsyncIterator[list[GroupMember]]:
        """Yield pages of members, at most 100 a page, in the order in which they came."""
        place = ""
        while True:
            body = ask.AskMembers(group=community, permission_id=permission_id, limit=page_size, next=place)
            page = await self._call(f"{COMMUNITIES}.get_permission_group_member_list", body, Members)
            if page.members:
                yield [to_member(each) for each in page.members]
            if not (place := page.next):
                return

    async def add_topics(self, community: str, permission_id: str, topics: Mapping[str, int]) -> dict[str, int]:
        """Give TopicPermissions in topics where there are none; returns the error code of each where it was refused.

        110010: there are some already; 110013: it is no topic of the community; 110014: it is gone.
        """
        return await self._change_topics("add_topic_permission_group", community, permission_id, topics)

    async def set_topics(self, community: str, permission_id: str, topics: Mapping[str, int]) -> dict[str, int]:
        """Change the permissions in topics; returns the error code of each where it was refused.

        110011: there are none; others as in `add_topics`.
        """
        return await self._change_topics("set_topic_permission_group", community, permission_id, topics)

    async def remove_topics(self, community: str, permission_id: str, *topics: str) -> dict[str, int]:
        """Take the permissions in topics away; returns error codes as `set_topics` does."""
        refused: dict[str, int] = {}
        for some in _portions(topics, TOPICS_A_CALL):
            body = ask.SomeTopics(group=community, permission_id=permission_id, topics=some)
            answer = await self._call(f"{COMMUNITIES}.delete_topic_permission_group", body, ask.Topics)
            refused |= {row.topic: row.code for row in answer.rows if row.code}
        return refused

    async def topics(self, community: str, permission_id: str) -> dict[str, TopicPermission]:
        """Return the topics in which a permission group gives permissions, and which."""
        body = ask.SomeTopics(group=community, permission_id=permission_id)
        answer = await self._call(f"{COMMUNITIES}.get_topic_permission_group", body, ask.ShownTopics)
        return {row.topic: TopicPermission(row.permission) for row in answer.rows if not row.code}

    async def _change_members(
        self, command: str, community: str, permission_id: str, users: Sequence[str]
    ) -> dict[str, int]:
        found: dict[str, int] = {}
        for some in _portions(users, MEMBERS_A_CALL):
            rows = [OneMember(account=user) for user in some]
            body = ask.ChangeMembers(group=community, permission_id=permission_id, members=rows)
            answer = await self._call(f"{COMMUNITIES}.{command}", body, ask.ChangedMembers)
            found |= {row.account: row.result for row in answer.rows}
        return found

    async def _change_topics(
        self, command: str, community: str, permission_id: str, topics: Mapping[str, int]
    ) -> dict[str, int]:
        refused: dict[str, int] = {}
        for some in _portions(list(topics.items()), TOPICS_A_CALL):
            rows = [ask.TopicBits(topic=topic, permission=int(permission)) for topic, permission in some]
            body = ask.ChangeTopics(group=community, permission_id=permission_id, topics=rows)
            answer = await self._call(f"{COMMUNITIES}.{command}", body, ask.Topics)
            refused |= {row.topic: row.code for row in answer.rows if row.code}
        return refused


def _portions(every: Sequence[T], size: int) -> Iterator[list[T]]:
    for first in range(0, len(every), size):
        yield list(every[first : first + size])


def _to_group(row: ask.GroupDown) -> PermissionGroup:
    return PermissionGroup(
        permission_id=row.permission_id,
        name=row.name,
        permission=CommunityPermission(row.permission),
        custom=row.custom,
        member_count=row.member_count,
    )
