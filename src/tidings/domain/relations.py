"""Relations between users: friends, friend requests, blocklists, friend groups (spec/rest/sns.yaml).

A rule runs inside the store's transaction, on a book of all relations, so that it is judged by what is
there at the commit, and what two users do at the same moment never leaves a relation half there. What
changed is noted for each account that it concerns, and becomes one event in its log.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, Protocol, TypeVar

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.callbacks import Happening, note_outcome
from tidings.domain.events import (
    FriendField,
    FriendGroupChange,
    FriendRequested,
    FriendRequestEnded,
    FriendUpdate,
    RelationsChanged,
)
from tidings.domain.happenings import Befriended, FriendsMade, FriendsParted, UserPair, UsersBlocked, UsersUnblocked
from tidings.domain.ports import Delivery, Logged
from tidings.domain.relation_book import FriendValue, Person, RelationBook
from tidings.errors import RELATION_ACCOUNT_NOT_FOUND, TidingsError
from tidings.ids import NO_INSTANCE, AccountNumber, Position, UserId
from tidings.pending import Pending

# An event tells of so many updates at most: one with a thousand would not fit into a connection's outbox.
UPDATES_AN_EVENT = 100

T = TypeVar("T")
Results = list[TidingsError | None]
Pair = tuple[AccountNumber, AccountNumber]


@dataclass(slots=True)
class _Told:
    """What one account is to be told of a change."""

    added: dict[UserId, None] = field(default_factory=dict)
    deleted: dict[UserId, None] = field(default_factory=dict)
    requests: list[FriendRequested] = field(default_factory=list)
    ended: list[FriendRequestEnded] = field(default_factory=list)
    blocked: list[UserId] = field(default_factory=list)
    unblocked: list[UserId] = field(default_factory=list)
    updates: dict[UserId, dict[str, FriendValue]] = field(default_factory=dict)
    groups: list[FriendGroupChange] = field(default_factory=list)
    read_until: int = 0

    def events(self) -> list[RelationsChanged]:
        updates = [
            FriendUpdate(user_id, tuple(FriendField(tag, value) for tag, value in fields.items()))
            for user_id, fields in self.updates.items()
        ]
        first = RelationsChanged(
            tuple(self.added),
            tuple(self.deleted),
            tuple(self.requests),
            tuple(self.ended),
            tuple(self.blocked),
            tuple(self.unblocked),
            tuple(updates[:UPDATES_AN_EVENT]),
            tuple(self.groups),
            self.read_until,
        )
        starts = range(UPDATES_AN_EVENT, len(updates), UPDATES_AN_EVENT)
        return [first, *(RelationsChanged(updates=tuple(updates[at : at + UPDATES_AN_EVENT])) for at in starts)]


class Notes:
    """What changed for whom, noted while a rule runs.

    `touched` are the pairs between whom something is other now; `blockers` are accounts that block somebody
    from now on. What an app's server may want to hear of: who was `befriended`, `parted` on wish, `blocked`,
    `unblocked`.
    """

    def __init__(self, time: int) -> None:
        """Note changes of a moment, unix seconds."""
        self.time = time
        self.touched: list[Pair] = []
        self.blockers: set[AccountNumber] = set()
        self.befriended: list[Befriended] = []
        self.parted: list[UserPair] = []
        self.blocked: list[UserPair] = []
        self.unblocked: list[UserPair] = []
        self._told: dict[AccountNumber, _Told] = {}

    def of(self, account: AccountNumber) -> _Told:
        """Return what an account is to be told, to be added to."""
        return self._told.setdefault(account, _Told())

    def rounds(self) -> list[list[Logged]]:
        """Return what is to be logged: one event for each account in a round, nearly always one round in all."""
        rounds: list[list[Logged]] = []
        for account, told in self._told.items():
            for number, event in enumerate(told.events()):
                if number == len(rounds):
                    rounds.append([])
                rounds[number].append(Logged(account, event))
        return rounds


@dataclass(frozen=True, slots=True)
class Related(Generic[T]):
    """What came of a rule, and what was logged for it."""

    value: T
    logged: list[tuple[Position, Logged]]


Rule = Callable[[RelationBook], tuple[T, Sequence[Sequence[Logged]]]]


class RelationWriter(Protocol):
    """What changes of relations ask of the store."""

    def change_relations(self, time: int, rule: Rule[T]) -> Pending[Related[T]]:
        """Run a rule in a transaction and log what it says, each round at a position of its own."""
        ...


class Watch(Protocol):
    """Who keeps in memory what relations mean for sending."""

    def changed(self, notes: Notes) -> None:
        """Take over what has changed."""
        ...


class RelationChanges:
    """Runs rules, and tells of what came of them: also the device that made the change.

    The public clients change their lists only once they are told.
    """

    def __init__(self, store: RelationWriter, watch: Watch, delivery: Delivery, clock: Clock) -> None:
        """Write to `store`, tell through `delivery`."""
        self._store = store
        self._watch = watch
        self._delivery = delivery
        self._clock = clock

    async def run(self, rule: Callable[[RelationBook, Notes], T]) -> T:
        """Run a rule in a transaction; returns what it returns once that is durable."""
        notes = Notes(int(self._clock.now()))

        def noted(book: RelationBook) -> tuple[T, Sequence[Sequence[Logged]]]:
            value = rule(book, notes)
            return value, notes.rounds()

        for kind, pairs in (
            (FriendsMade, notes.befriended),
            (FriendsParted, notes.parted),
            (UsersBlocked, notes.blocked),
            (UsersUnblocked, notes.unblocked),
        ):
            note_outcome(kind, partial(_to_happening, kind, pairs))
        pending = self._store.change_relations(notes.time, noted)

        def committed(done: Pending[Related[T]]) -> None:
            if done.is_ok:
                self._watch.changed(notes)
                for position, entry in done.result().logged:
                    self._delivery.event(entry.account, position, entry.event, NO_INSTANCE)

        pending.then(committed)
        return (await pending).value


def _to_happening(kind: Callable[..., Happening], pairs: Sequence[object], _: object) -> Happening | None:
    """Return what there is to tell of once a rule has run."""
    return kind(tuple(dict.fromkeys(pairs))) if pairs else None


def each_of(items: Sequence[T], change: Callable[[T], None]) -> Results:
    """Change something for each item, and return for each why it could not be, or None."""
    results: Results = []
    for item in items:
        try:
            change(item)
        except TidingsError as error:
            results.append(error)
        else:
            results.append(None)
    return results


def check_existing(book: RelationBook, accounts: Sequence[Account]) -> None:
    """Raise 30003 for the first of the accounts that is gone."""
    existing = book.existing(account.number for account in accounts)
    for account in accounts:
        if account.number not in existing:
            raise RELATION_ACCOUNT_NOT_FOUND(user_id=account.user_id)


def end_request(book: RelationBook, notes: Notes, asker: Account | Person, asked: Account | Person) -> bool:
    """Forget a friend request, and note it for both sides; False if there was none."""
    if book.request(asker.number, asked.number) is None:
        return False
    book.drop_request(asker.number, asked.number)
    notes.of(asker.number).ended.append(FriendRequestEnded(asked.user_id, is_own=True))
    notes.of(asked.number).ended.append(FriendRequestEnded(asker.user_id, is_own=False))
    return True


def part(book: RelationBook, notes: Notes, owner: Account | Person, other: Account | Person) -> bool:
    """Take somebody out of a list, and note it; False if nobody was there."""
    if not book.is_friend(owner.number, other.number):
        return False
    book.part(owner.number, other.number)
    notes.of(owner.number).deleted[other.user_id] = None
    notes.touched.append((owner.number, other.number))
    return True
