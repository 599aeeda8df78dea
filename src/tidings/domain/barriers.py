"""What relations mean for sending: blocklists, and apps where only friends may write (spec/messages.md, section 12).

An ordinary send costs one look into a set; pairs are read from the store once, and kept while they are asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from tidings.domain.accounts import Account
from tidings.domain.messages import Flag
from tidings.domain.relations import Notes, Pair
from tidings.errors import BLOCKED_BY_RECEIVER, NOT_FRIENDS, NOT_RECEIVERS_FRIEND, NOT_SENDERS_FRIEND
from tidings.ids import AccountNumber
from tidings.settings import AppSettings

PAIRS_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Standing:
    """What another one is to an account."""

    is_friend: bool
    is_blocked: bool


class StandingStore(Protocol):
    """What barriers ask of the store."""

    async def blockers(self) -> Iterable[AccountNumber]:
        """Return the accounts that block anybody."""
        ...

    def standing(self, account: AccountNumber, other: AccountNumber) -> Standing:
        """Return what the other one is to the account."""
        ...


class Barriers:
    """Says who may write to whom; told of every change once it is durable."""

    def __init__(self, store: StandingStore) -> None:
        """Read `store`."""
        self._store = store
        self._blockers: set[AccountNumber] = set()
        self._pairs: dict[Pair, Standing] = {}

    async def remember(self) -> None:
        """Learn who blocks anybody: called once at start."""
        self._blockers = set(await self._store.blockers())

    def changed(self, notes: Notes) -> None:
        """Take over what has changed."""
        self._blockers |= notes.blockers
        for pair in notes.touched:
            self._pairs.pop(pair, None)

    def forget(self, account: AccountNumber) -> None:
        """Drop an account that is deleted."""
        self._blockers.discard(account)
        for pair in [pair for pair in self._pairs if account in pair]:
            del self._pairs[pair]

    def flags(self, sender: Account, receiver: Account, settings: AppSettings) -> int:
        """Let a message pass; returns what flags it gets: a blocked sender's is kept from the receiver.

        Raises 20007 where the app's setting says so, 20009 to 20011 where only friends may write.
        """
        if settings.friends_only and sender.number != receiver.number:
            self._check_friends(sender, receiver)
        if receiver.number not in self._blockers or not self._standing(receiver.number, sender.number).is_blocked:
            return 0
        if settings.blocked_messages == "refuse":
            raise BLOCKED_BY_RECEIVER(user_id=receiver.user_id)
        return int(Flag.DELETED_BY_RECEIVER)

    def _check_friends(self, sender: Account, receiver: Account) -> None:
        own = self._standing(sender.number, receiver.number).is_friend
        theirs = self._standing(receiver.number, sender.number).is_friend
        if not own and not theirs:
            raise NOT_FRIENDS(user_id=receiver.user_id)
        if not theirs:
            raise NOT_RECEIVERS_FRIEND(user_id=receiver.user_id)
        if not own:
            raise NOT_SENDERS_FRIEND(user_id=receiver.user_id)

    def _standing(self, account: AccountNumber, other: AccountNumber) -> Standing:
        pair = account, other
        known = self._pairs.get(pair)
        if known is None:
            if len(self._pairs) >= PAIRS_KEPT:
                self._pairs.pop(next(iter(self._pairs)))
            known = self._pairs[pair] = self._store.standing(account, other)
        return known
