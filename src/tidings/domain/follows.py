"""Who follows whom (spec/rest/follow.yaml).

A rule runs inside the store's transaction, on a book of all follows, so that limits are judged by
what is there at the commit, and two who follow each other at the same moment are mutual on both sides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.callbacks import note_outcome
from tidings.domain.events import FollowChange, FollowsChanged
from tidings.domain.happenings import UsersFollowed, UsersUnfollowed
from tidings.domain.ports import Delivery, Logged
from tidings.errors import (
    FOLLOW_SELF,
    FOLLOWER_MUTUAL_FULL,
    RELATION_ACCOUNT_NOT_FOUND,
    TOO_MANY_FOLLOWED,
    TOO_MANY_FOLLOWERS,
    TOO_MANY_MUTUAL,
    TidingsError,
)
from tidings.ids import NO_INSTANCE, AccountNumber, Position, UserId
from tidings.pending import Pending

Results = list[TidingsError | None]


class FollowType(IntEnum):
    """What another user is to an account: nothing, a follower, followed, or both."""

    NONE = 0
    FOLLOWER = 1
    FOLLOWED = 2
    MUTUAL = 3


@dataclass(frozen=True, slots=True)
class FollowCounts:
    """How many follow an account, are followed by it, and do both."""

    followers: int = 0
    followed: int = 0
    mutual: int = 0


@dataclass(frozen=True, slots=True)
class FollowRow:
    """An entry of a list; `time` is when the follow was made, unix seconds, `place` where it stands."""

    number: AccountNumber
    user_id: UserId
    time: int
    place: Position


@dataclass(frozen=True, slots=True)
class FollowPage:
    """A page of a list, newest first; `after` is where it goes on, 0 at the end."""

    rows: list[FollowRow]
    after: int


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of a change, for each user that was named, and what was logged for it at a position."""

    results: Results
    logged: list[Logged] = field(default_factory=list)
    position: Position | None = None


class FollowBook(Protocol):
    """All follows, inside a transaction."""

    def existing(self, accounts: Sequence[AccountNumber]) -> set[AccountNumber]:
        """Return those of the accounts that exist."""
        ...

    def follows(self, account: AccountNumber, other: AccountNumber) -> bool:
        """Say whether the account follows the other one."""
        ...

    def counts(self, account: AccountNumber) -> FollowCounts:
        """Return an account's counts."""
        ...

    def add(self, account: AccountNumber, other: AccountNumber, time: int) -> bool:
        """Let the account follow the other one, which it does not yet; says whether that is mutual now."""
        ...

    def remove(self, account: AccountNumber, other: AccountNumber) -> bool:
        """Let the account follow the other one no more, which it does; says whether that was mutual."""
        ...


FollowRule = Callable[[FollowBook], tuple[Results, list[Logged]]]


class FollowStore(Protocol):
    """What follows ask of the store."""

    def change_follows(self, time: int, rule: FollowRule) -> Pending[Followed]:
        """Run a rule in a transaction and log what it says."""
        ...

    async def follow_page(self, account: AccountNumber, kind: FollowType, before: int, limit: int) -> list[FollowRow]:
        """Return up to `limit` entries of a list that stand before a place, newest first; 0 begins."""
        ...

    async def follow_types(
        self, account: AccountNumber, others: Sequence[AccountNumber]
    ) -> dict[AccountNumber, FollowType]:
        """Return what others are to the account, where that is something."""
        ...

    async def follow_counts(self, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, FollowCounts]:
        """Return the counts of accounts, where there is something to count."""
        ...


class Follows:
    """Lets users follow each other; both sides' devices are told, the one it came from among them."""

    def __init__(self, store: FollowStore, delivery: Delivery, clock: Clock) -> None:
        """Read and write `store`, tell through `delivery`."""
        self._store = store
        self._delivery = delivery
        self._clock = clock

    async def follow(self, app: App, owner: Account, others: Sequence[Account]) -> Results:
        """Follow users; whoever is followed already stays so. Returns for each why it could not be, or None.

        That is 30003 for an account that is gone, 30001 for oneself, 32100 to 32103 at a limit.
        """

        def rule(book: FollowBook) -> tuple[Results, list[Logged]]:
            notes = _Notes(owner, self._now())
            results = [_follow(book, app, owner, other, notes) for other in others]
            return results, notes.logged()

        note_outcome(UsersFollowed, partial(_to_happening, UsersFollowed, owner))
        return await self._change(rule)

    async def unfollow(self, owner: Account, others: Sequence[Account]) -> Results:
        """Follow users no more; whoever was not followed stays so."""

        def rule(book: FollowBook) -> tuple[Results, list[Logged]]:
            notes = _Notes(owner, self._now())
            for other in others:
                if book.follows(owner.number, other.number):
                    notes.removed(other, is_mutual=book.remove(owner.number, other.number))
            return [None for _ in others], notes.logged()

        note_outcome(UsersUnfollowed, partial(_to_happening, UsersUnfollowed, owner))
        return await self._change(rule)

    async def page(self, owner: Account, kind: FollowType, before: int, limit: int) -> FollowPage:
        """Return a page of a list; `before` 0 begins."""
        rows = await self._store.follow_page(owner.number, kind, before, limit + 1)
        return FollowPage(rows[:limit], rows[limit - 1].place if len(rows) > limit else 0)

    async def types(self, owner: Account, others: Sequence[Account]) -> dict[AccountNumber, FollowType]:
        """Return what others are to the owner, where that is something."""
        return await self._store.follow_types(owner.number, [other.number for other in others])

    async def counts(self, accounts: Sequence[Account]) -> dict[AccountNumber, FollowCounts]:
        """Return the counts of accounts."""
        found = await self._store.follow_counts([account.number for account in accounts])
        return {account.number: found.get(account.number, FollowCounts()) for account in accounts}

    def _now(self) -> int:
        return int(self._clock.now())

    async def _change(self, rule: FollowRule) -> Results:
        pending = self._store.change_follows(self._now(), rule)
        pending.then(self._tell)
        return (await pending).results

    def _tell(self, done: Pending[Followed]) -> None:
        if done.is_ok and (position := done.result().position) is not None:
            for entry in done.result().logged:
                self._delivery.event(entry.account, position, entry.event, NO_INSTANCE)


def _to_happening(kind: type[UsersFollowed], owner: Account, done: Followed) -> UsersFollowed | None:
    own = [entry.event for entry in done.logged if entry.account == owner.number]
    changes = [change for event in own if isinstance(event, FollowsChanged) for change in event.changes]
    return kind(owner, tuple(change.peer_id for change in changes)) if changes else None


class _Notes:
    """What changed for the owner and for each other one, to be told."""

    def __init__(self, owner: Account, time: int) -> None:
        self._owner = owner
        self.time = time
        self._own: list[FollowChange] = []
        self._theirs: list[Logged] = []

    def added(self, other: Account, *, is_mutual: bool) -> None:
        self._note(other, is_mutual=is_mutual, is_added=True)

    def removed(self, other: Account, *, is_mutual: bool) -> None:
        self._note(other, is_mutual=is_mutual, is_added=False)

    def logged(self) -> list[Logged]:
        own = [Logged(self._owner.number, FollowsChanged(tuple(self._own)))] if self._own else []
        return own + self._theirs

    def _note(self, other: Account, *, is_mutual: bool, is_added: bool) -> None:
        more = (FollowType.MUTUAL,) if is_mutual else ()
        own = FollowChange(other.user_id, self.time, (FollowType.FOLLOWED, *more), is_added)
        theirs = FollowChange(self._owner.user_id, self.time, (FollowType.FOLLOWER, *more), is_added)
        self._own.append(own)
        self._theirs.append(Logged(other.number, FollowsChanged((theirs,))))


def _follow(book: FollowBook, app: App, owner: Account, other: Account, notes: _Notes) -> TidingsError | None:
    try:
        if owner.number == other.number:
            raise FOLLOW_SELF(user_id=owner.user_id)
        if not book.follows(owner.number, other.number):
            _check(book, app, owner, other)
            notes.added(other, is_mutual=book.add(owner.number, other.number, notes.time))
    except TidingsError as error:
        return error
    return None


def _check(book: FollowBook, app: App, owner: Account, other: Account) -> None:
    existing = book.existing([owner.number, other.number])
    for each in (owner, other):
        if each.number not in existing:
            raise RELATION_ACCOUNT_NOT_FOUND(user_id=each.user_id)
    settings, own, theirs = app.settings, book.counts(owner.number), book.counts(other.number)
    if own.followed >= settings.followed_users:
        raise TOO_MANY_FOLLOWED(user_id=owner.user_id, limit=settings.followed_users)
    if theirs.followers >= settings.followers:
        raise TOO_MANY_FOLLOWERS(user_id=other.user_id, limit=settings.followers)
    if book.follows(other.number, owner.number):
        if own.mutual >= settings.mutual_follows:
            raise FOLLOWER_MUTUAL_FULL(user_id=owner.user_id, limit=settings.mutual_follows)
        if theirs.mutual >= settings.mutual_follows:
            raise TOO_MANY_MUTUAL(user_id=other.user_id, limit=settings.mutual_follows)
