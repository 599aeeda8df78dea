"""Lists of friends, requests, blocked users and friend groups, as they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.domain.relation_book import Counts, Entry, FriendRow, Person, Request
from tidings.ids import AccountNumber


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A blocked user, since when (unix seconds), and the place in the list."""

    person: Person
    time: int
    place: int


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A friend group, how many are in it, and on wish who."""

    name: str
    count: int
    members: Sequence[Person] = ()


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A friend request; the person is the other side, `is_own`: the account asks. `place` orders them."""

    person: Person
    nick: str
    face_url: str
    request: Request
    is_own: bool
    place: int


@dataclass(frozen=True, slots=True)
class RequestQuery:
    """Which friend requests: received, sent, or both; the newest come first, before a place (0 begins)."""

    received: bool
    sent: bool
    before: int
    limit: int


class RelationLists(Protocol):
    """What readers of relations ask of the store; users that were deleted are in no list."""

    async def counts(self, account: AccountNumber) -> Counts:
        """Return what an account's lists hold."""
        ...

    async def friend_page(self, account: AccountNumber, after: int, limit: int, skip: int = 0) -> list[FriendRow]:
        """Return friends in the order they came in, after a place, without the first `skip` of them."""
        ...

    async def entries(self, account: AccountNumber, others: Sequence[AccountNumber]) -> Mapping[AccountNumber, Entry]:
        """Return what stands beside those of the others who are in the account's list."""
        ...

    async def befriended_by(self, account: AccountNumber, others: Sequence[AccountNumber]) -> set[AccountNumber]:
        """Return those of the others in whose list the account is."""
        ...

    async def block_page(self, account: AccountNumber, after: int, limit: int) -> list[BlockRow]:
        """Return blocked users in the order they came in, after a place."""
        ...

    async def blocked(self, account: AccountNumber, others: Sequence[AccountNumber]) -> set[AccountNumber]:
        """Return those of the others whom the account blocks."""
        ...

    async def blocked_by(self, account: AccountNumber, others: Sequence[AccountNumber]) -> set[AccountNumber]:
        """Return those of the others who block the account."""
        ...

    async def friend_groups(
        self, account: AccountNumber, names: Sequence[str] | None, *, with_members: bool
    ) -> list[GroupRow]:
        """Return friend groups, all or those of the names."""
        ...

    async def requests(self, account: AccountNumber, query: RequestQuery) -> list[RequestRow]:
        """Return friend requests, newest first."""
        ...

    async def unread_requests(self, account: AccountNumber) -> int:
        """Count the requests to an account that are not marked as seen."""
        ...
