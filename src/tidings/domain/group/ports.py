"""What the rules of groups ask of the outside: the store, and the rooms of who is online."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tidings.domain.group.events import GroupEvent
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import Kind, Receive, Role
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.news import GroupNews
from tidings.ids import AccountNumber, GroupId, GroupNumber, InstanceId, SdkAppId
from tidings.pending import Pending


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A page of members in the order they came in, after an entry; `skip` counts from there."""

    group: GroupNumber
    limit: int
    after: int = 0
    skip: int = 0
    roles: frozenset[Role] = field(default=frozenset(Role))


@dataclass(frozen=True, slots=True)
class JoinedPage:
    """A page of an account's groups of some kinds, by when it joined; `limit` None: all that follow.

    With `is_all` also those that nobody has used yet, though the account does not own them. `has_topics` None:
    communities with topics and without.
    """

    account: AccountNumber
    kinds: Collection[Kind]
    skip: int = 0
    limit: int | None = None
    is_all: bool = False
    has_topics: bool | None = None


class GroupStore(Protocol):
    """What groups and their members ask of the store; a write is durable once its pending resolves."""

    def find_group(self, app: SdkAppId, group_id: GroupId) -> Group | None:
        """Return the group of that ID, or the one that last had it and is gone."""
        ...

    def create(self, group: Group, members: Sequence[Member]) -> Pending[bool]:
        """Store a new group with its members and number it; False if its ID is taken."""
        ...

    def save(self, group: Group) -> Pending[None]:
        """Store a group's own fields."""
        ...

    def find_members(self, group: GroupNumber, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, Member]:
        """Return those of the accounts that are members."""
        ...

    def find_place(self, topic: Group, member: Member) -> Member:
        """Return what a member of a community is in one of its topics; begins with it if it is new there."""
        ...

    def permissions(self, community: GroupNumber, group: GroupNumber, account: AccountNumber) -> tuple[int, int]:
        """Return what an account's permission groups give it, all together, in a community and in one topic."""
        ...

    async def page_members(self, page: MemberPage) -> list[Member]:
        """Return a page of members."""
        ...

    def memberships(self, account: AccountNumber) -> list[tuple[GroupNumber, Receive]]:
        """Return the groups that an account is in, and what it gets of each."""
        ...

    async def joined(self, account: AccountNumber, kinds: Iterable[Kind]) -> list[tuple[Group, Member]]:
        """Return an account's groups of some kinds, with what it is in each, by when it joined."""
        ...

    async def page_joined(self, page: JoinedPage) -> tuple[int, list[tuple[Group, Member]]]:
        """Return how many groups there are in all, and a page of them with what the account is in each."""
        ...

    async def page_groups(self, app: SdkAppId, kinds: Iterable[Kind], after: GroupNumber, limit: int) -> list[Group]:
        """Return an app's groups of some kinds in the order they were made, after one of them."""
        ...

    async def count_groups(self, app: SdkAppId, kinds: Iterable[Kind]) -> int:
        """Count an app's groups of some kinds."""
        ...


class GroupMessageStore(Protocol):
    """What group messages ask of the store."""

    def append(self, message: GroupMessage) -> Pending[None]:
        """Store a message; its sequence and position are set in the commit."""
        ...

    def reserve(self, group: GroupNumber, up_to: int) -> Pending[None]:
        """Keep that sequences up to that one may be in use, though no message of the group is stored."""
        ...

    async def recent(self, since: int) -> list[GroupMessage]:
        """Return the messages that accounts sent at `since` or later, in commit order."""
        ...

    async def page(self, group: GroupNumber, up_to: int, limit: int) -> list[GroupMessage]:
        """Return what is stored of the `limit` sequences that end at `up_to`, newest first."""
        ...

    async def find(self, group: GroupNumber, seqs: Sequence[int]) -> dict[int, GroupMessage]:
        """Return the stored messages of those sequences."""
        ...


class Rooms(Protocol):
    """Who of a group is online; telling them never waits and never fails."""

    def enter(self, group: GroupNumber, accounts: Mapping[AccountNumber, Receive]) -> None:
        """Let those of the accounts that are online hear what is told in the group."""
        ...

    def leave(self, group: GroupNumber, accounts: Iterable[AccountNumber]) -> None:
        """Let accounts hear the group no more."""
        ...

    def close(self, group: GroupNumber) -> None:
        """Let nobody hear the group any more."""
        ...

    def message(self, group: Group, message: GroupMessage, source: InstanceId) -> None:
        """Tell a group's message, save to the login it came from."""
        ...

    def news(self, group: Group, news: GroupNews, source: InstanceId) -> None:
        """Tell what is not kept to everybody who hears the group, save to the login it came from."""
        ...

    def event(
        self,
        group: Group,
        event: GroupEvent,
        source: InstanceId,
        accounts: Collection[AccountNumber] | None = None,
    ) -> None:
        """Tell what happened in a group to all of it, or to some; save to the login it came from."""
        ...

    def present(self, group: GroupNumber) -> int:
        """Count the accounts of a group that are online."""
        ...

    def accounts(self, group: GroupNumber) -> list[AccountNumber]:
        """Return the accounts of a group that are online."""
        ...
