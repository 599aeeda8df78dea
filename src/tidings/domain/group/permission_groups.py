"""Permission groups of communities: members, and what they may do (spec/groups.md, section 10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import TOPIC_MARK, Group, Member
from tidings.domain.group.joining import Joined
from tidings.domain.group.kinds import Action
from tidings.domain.group.life import ID_BYTES, Life
from tidings.domain.group.rights import Actor, check
from tidings.errors import (
    BAD_SERVICE_REQUEST,
    GROUP_NOT_FOUND,
    GROUP_UNKNOWN,
    PERMISSION_GROUP_GONE,
    PERMISSION_GROUP_NOT_DELETED,
    PERMISSION_GROUP_UNKNOWN,
    PERMISSION_ID_TAKEN,
    TOPIC_ID_INVALID,
    TOPIC_PERMISSION_GONE,
    TOPIC_PERMISSION_MISSING,
    TOPIC_PERMISSION_THERE,
    TidingsError,
)
from tidings.ids import AccountNumber, Chance, GroupId, GroupNumber
from tidings.pending import Pending

PREFIX = "@PMG#_"
OWN_PREFIX = "@PMG#"
MAX_ID_BYTES = 128
NO_NUMBER = 0


@dataclass(slots=True)
class PermissionGroup:
    """A permission group; `permission` is its set of bits for the community."""

    community: GroupNumber
    permission_id: str
    name: str
    permission: int
    custom: str = ""
    number: int = NO_NUMBER
    member_count: int = 0
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class PermissionChange:
    """New values of a permission group; None: as it was."""

    name: str | None = None
    permission: int | None = None
    custom: str | None = None


class TopicChange(Enum):
    """What is done to permissions in topics."""

    ADD = "give"
    SET = "change"
    DROP = "take"


class PermissionStore(Protocol):
    """What permission groups ask of the store."""

    def find(self, community: GroupNumber, permission_id: str) -> PermissionGroup | None:
        """Return a community's permission group of that ID, or one that had it and is gone."""
        ...

    def create(self, group: PermissionGroup) -> Pending[bool]:
        """Store a new permission group and number it; False if its ID is taken."""
        ...

    def save(self, group: PermissionGroup) -> Pending[bool]:
        """Store a permission group's own fields; False if it is gone."""
        ...

    def end(self, number: int) -> Pending[bool]:
        """End a permission group with all it has; False if it was gone."""
        ...

    async def page(self, community: GroupNumber, after: int, limit: int) -> list[PermissionGroup]:
        """Return a community's permission groups in the order they were made, after a number."""
        ...

    async def of_account(self, community: GroupNumber, account: AccountNumber) -> list[PermissionGroup]:
        """Return those of a community's permission groups that an account is in."""
        ...

    def add_members(
        self, group: PermissionGroup, accounts: Sequence[AccountNumber], limit: int
    ) -> Pending[set[AccountNumber]]:
        """Add members; returns who was not in. Raises 110012, and adds nobody, if there were more than `limit`."""
        ...

    def remove_members(self, group: PermissionGroup, accounts: Sequence[AccountNumber]) -> Pending[set[AccountNumber]]:
        """Remove members; returns who was in."""
        ...

    async def members(self, number: int, after: int, limit: int) -> list[tuple[int, AccountNumber]]:
        """Return members with their entries in the order they came in, after an entry."""
        ...

    def add_topics(self, group: PermissionGroup, sets: Mapping[GroupNumber, int]) -> Pending[set[GroupNumber]]:
        """Give permissions in topics; returns in which there were none."""
        ...

    def set_topics(self, group: PermissionGroup, sets: Mapping[GroupNumber, int]) -> Pending[set[GroupNumber]]:
        """Change permissions in topics; returns in which there were some."""
        ...

    def drop_topics(self, group: PermissionGroup, topics: Sequence[GroupNumber]) -> Pending[set[GroupNumber]]:
        """Take permissions in topics away; returns in which there were some."""
        ...

    async def topics(self, number: int) -> list[tuple[GroupId, int]]:
        """Return the topics in which a permission group gives permissions, and which."""
        ...


Outcome = dict[GroupId, TidingsError | None]
"""What was wrong with each topic, if anything."""


class PermissionGroups:
    """Makes, changes and shows permission groups; changes of one community take turns.

    What members may do is worked out anew when a permission group of their community has changed.
    """

    def __init__(self, directory: Directory, store: PermissionStore, life: Life, chance: Chance) -> None:
        """Write to `store`; changes take turns with those of `life`."""
        self._directory = directory
        self._store = store
        self._life = life
        self._chance = chance

    def get(self, community: Group, permission_id: str) -> PermissionGroup:
        """Return a permission group; raises 110006 for one that never was, 110008 for one that is gone."""
        group = self._store.find(community.number, permission_id)
        if group is None:
            raise PERMISSION_GROUP_UNKNOWN(permission_id=permission_id)
        if group.is_gone:
            raise PERMISSION_GROUP_GONE(permission_id=permission_id)
        return group

    async def create(
        self, community: Group, actor: Actor, permission_id: str | None, asked: PermissionChange
    ) -> PermissionGroup:
        """Make a permission group; raises 10004 for an ID that none may have, 10021 for one that is taken."""
        check(community, actor, Action.MANAGE_PERMISSIONS)
        name = self._new_id(permission_id)
        group = PermissionGroup(community.number, name, asked.name or "", asked.permission or 0, asked.custom or "")

        async def act() -> PermissionGroup:
            if community.is_gone:
                raise GROUP_NOT_FOUND(group_id=community.group_id)
            if not await self._store.create(group):
                raise PERMISSION_ID_TAKEN(permission_id=name)
            return group

        return await self._life.in_turn(community, act)

    async def change(self, community: Group, actor: Actor, permission_id: str, asked: PermissionChange) -> None:
        """Give a permission group another name, other permissions or another custom text."""
        check(community, actor, Action.MANAGE_PERMISSIONS)

        async def act() -> None:
            group = self.get(community, permission_id)
            await self._store.save(
                replace(
                    group,
                    name=group.name if asked.name is None else asked.name,
                    permission=group.permission if asked.permission is None else asked.permission,
                    custom=group.custom if asked.custom is None else asked.custom,
                )
            )
            community.permission_changes += 1

        await self._life.in_turn(community, act)

    async def destroy(
        self, community: Group, actor: Actor, permission_ids: Sequence[str]
    ) -> dict[str, TidingsError | None]:
        """End permission groups; says of each what was wrong, if anything."""
        check(community, actor, Action.MANAGE_PERMISSIONS)

        async def act() -> dict[str, TidingsError | None]:
            outcome = {name: await self._end(community, name) for name in dict.fromkeys(permission_ids)}
            community.permission_changes += 1
            return outcome

        return await self._life.in_turn(community, act)

    async def page(self, community: Group, after: int, limit: int) -> list[PermissionGroup]:
        """Return a community's permission groups in the order they were made, after a number."""
        return await self._store.page(community.number, after, limit)

    async def of_member(self, community: Group, member: Member) -> list[PermissionGroup]:
        """Return those of a community's permission groups that a member is in."""
        return await self._store.of_account(community.number, member.account)

    async def add_members(
        self, community: Group, actor: Actor, permission_id: str, accounts: Sequence[AccountNumber], limit: int
    ) -> dict[AccountNumber, Joined]:
        """Add members of the community; others are refused. Raises 110012 if there were more than `limit`."""
        check(community, actor, Action.MANAGE_PERMISSION_MEMBERS)

        async def act() -> dict[AccountNumber, Joined]:
            group = self.get(community, permission_id)
            known = self._directory.members(community, accounts)
            added = await self._store.add_members(group, list(known), limit)
            community.permission_changes += 1
            inside = {number: Joined.ADDED if number in added else Joined.WAS_IN for number in known}
            return {number: inside.get(number, Joined.REFUSED) for number in accounts}

        return await self._life.in_turn(community, act)

    async def remove_members(
        self, community: Group, actor: Actor, permission_id: str, accounts: Sequence[AccountNumber]
    ) -> set[AccountNumber]:
        """Remove members; returns who was in."""
        check(community, actor, Action.MANAGE_PERMISSION_MEMBERS)

        async def act() -> set[AccountNumber]:
            gone = await self._store.remove_members(self.get(community, permission_id), accounts)
            community.permission_changes += 1
            return gone

        return await self._life.in_turn(community, act)

    async def members(self, community: Group, permission_id: str, after: int, limit: int) -> list[tuple[int, Member]]:
        """Return members with their entries in the order they came in, after an entry."""
        found = await self._store.members(self.get(community, permission_id).number, after, limit)
        known = self._directory.members(community, [account for _, account in found])
        return [(entry, known[account]) for entry, account in found if account in known]

    async def change_topics(
        self, community: Group, actor: Actor, permission_id: str, what: TopicChange, sets: Mapping[GroupId, int]
    ) -> Outcome:
        """Give, change or take permissions in topics; says of each topic what was wrong, if anything.

        That is 110010 where some are to be given and there are some, 110011 where there are none to change or take,
        110014 for a topic that is gone, 110013 for what is no topic of the community.
        """
        check(community, actor, Action.MANAGE_TOPIC_PERMISSIONS)

        async def act() -> Outcome:
            group = self.get(community, permission_id)
            found, outcome = self._find_topics(community, sets)
            numbers = {topic.number: sets[topic.group_id] for topic in found}
            done = await self._write(group, what, numbers)
            community.permission_changes += 1
            refusal = TOPIC_PERMISSION_THERE if what is TopicChange.ADD else TOPIC_PERMISSION_MISSING
            for topic in found:
                outcome[topic.group_id] = None if topic.number in done else refusal(topic_id=topic.group_id)
            return {name: outcome[name] for name in sets}

        return await self._life.in_turn(community, act)

    async def topics(self, community: Group, permission_id: str) -> dict[GroupId, int]:
        """Return the topics in which a permission group gives permissions, and which."""
        return dict(await self._store.topics(self.get(community, permission_id).number))

    async def _end(self, community: Group, permission_id: str) -> TidingsError | None:
        """End one permission group; returns why not."""
        try:
            group = self.get(community, permission_id)
        except TidingsError as error:
            return error
        try:
            await self._store.end(group.number)
        except TidingsError as error:
            return PERMISSION_GROUP_NOT_DELETED(permission_id=permission_id, detail=error.info)
        return None

    def _write(
        self, group: PermissionGroup, what: TopicChange, sets: Mapping[GroupNumber, int]
    ) -> Pending[set[GroupNumber]]:
        if what is TopicChange.ADD:
            return self._store.add_topics(group, sets)
        if what is TopicChange.SET:
            return self._store.set_topics(group, sets)
        return self._store.drop_topics(group, list(sets))

    def _find_topics(self, community: Group, names: Iterable[GroupId]) -> tuple[list[Group], Outcome]:
        """Return the topics of those names, and why others are not there."""
        found: list[Group] = []
        outcome: Outcome = {}
        for name in names:
            try:
                if not name.startswith(f"{community.group_id}{TOPIC_MARK}"):
                    raise GROUP_UNKNOWN(group_id=name)
                found.append(self._directory.get(community.app, name))
            except TidingsError as error:
                is_gone = error.fault is GROUP_NOT_FOUND
                outcome[name] = (
                    TOPIC_PERMISSION_GONE(topic_id=name)
                    if is_gone
                    else TOPIC_ID_INVALID(topic_id=name, group_id=community.group_id)
                )
        return found, outcome

    def _new_id(self, permission_id: str | None) -> str:
        if permission_id is None:
            return f"{PREFIX}{PREFIX[:-1]}{self._chance.token(ID_BYTES).hex().upper()}"
        own = permission_id.removeprefix(PREFIX)
        fits = own != permission_id and own and not own.startswith(OWN_PREFIX) and len(permission_id) <= MAX_ID_BYTES
        if not fits or not permission_id.isascii() or not permission_id.isprintable():
            raise BAD_SERVICE_REQUEST(
                detail=f"PermissionGroupId {permission_id!r} must be {PREFIX}, then a part of your own: printable"
                f" ASCII, at most {MAX_ID_BYTES} bytes in all"
            )
        return permission_id
