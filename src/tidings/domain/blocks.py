"""Blocklists: whom a user wants to hear nothing of (spec/rest/sns.yaml)."""

from collections.abc import Sequence

from tidings.domain.accounts import Account
from tidings.domain.happenings import UserPair
from tidings.domain.relation_book import RelationBook
from tidings.domain.relations import Notes, RelationChanges, Results, check_existing, each_of, end_request, part
from tidings.errors import BLOCKED_ALREADY, BLOCKLIST_FULL, NOT_BLOCKED, RELATION_SELF

BLOCKED_AT_MOST = 1000


class Blocks:
    """Changes blocklists."""

    def __init__(self, changes: RelationChanges) -> None:
        """Run rules by `changes`."""
        self._changes = changes

    async def block(self, owner: Account, others: Sequence[Account]) -> Results:
        """Block users: friendship in both directions and requests between them end.

        30001 for oneself and who is blocked already, 30003 for an account that is gone, 30013 for too many.
        """

        def put(book: RelationBook, notes: Notes, other: Account) -> None:
            if owner.number == other.number:
                raise RELATION_SELF(user_id=owner.user_id)
            check_existing(book, (owner, other))
            if book.blocks(owner.number, other.number):
                raise BLOCKED_ALREADY(user_id=other.user_id)
            if book.counts(owner.number).blocked >= BLOCKED_AT_MOST:
                raise BLOCKLIST_FULL(user_id=owner.user_id, limit=BLOCKED_AT_MOST)
            book.block(owner.number, other.number, notes.time)
            notes.of(owner.number).blocked.append(other.user_id)
            notes.blocked.append(UserPair(owner.number, owner.user_id, other.user_id))
            notes.touched.append((owner.number, other.number))
            notes.blockers.add(owner.number)
            for one, two in ((owner, other), (other, owner)):
                part(book, notes, one, two)
                end_request(book, notes, one, two)

        def rule(book: RelationBook, notes: Notes) -> Results:
            return each_of(others, lambda other: put(book, notes, other))

        return await self._changes.run(rule)

    async def unblock(self, owner: Account, others: Sequence[Account]) -> Results:
        """Block users no more; 30001 for who is not blocked. Friendships do not come back."""

        def drop(book: RelationBook, notes: Notes, other: Account) -> None:
            if not book.blocks(owner.number, other.number):
                raise NOT_BLOCKED(user_id=other.user_id)
            book.unblock(owner.number, other.number)
            notes.of(owner.number).unblocked.append(other.user_id)
            notes.unblocked.append(UserPair(owner.number, owner.user_id, other.user_id))
            notes.touched.append((owner.number, other.number))

        def rule(book: RelationBook, notes: Notes) -> Results:
            return each_of(others, lambda other: drop(book, notes, other))

        return await self._changes.run(rule)
