"""Who follows whom, in SQLite."""

from collections.abc import Sequence
from typing import Any

import apsw

from tidings.domain.follows import FollowCounts, Followed, FollowRow, FollowRule, FollowType
from tidings.ids import AccountNumber, Position, UserId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import LISTED, one, to_list
from tidings.store.sqlite.transaction import Transaction

FIND = "SELECT mutual_id FROM follows WHERE account = ? AND peer = ?"
ADD = "INSERT INTO follows VALUES (?, ?, ?, ?, ?)"
DROP = "DELETE FROM follows WHERE account = ? AND peer = ?"
SET_MUTUAL = "UPDATE follows SET mutual_id = ? WHERE account = ? AND peer = ?"
COUNTS = "SELECT account, followers, followed, mutual FROM follow_counts WHERE account"
COUNT = """
INSERT INTO follow_counts VALUES (?1, ?2, ?3, ?4) ON CONFLICT (account) DO UPDATE SET
  followers = followers + ?2, followed = followed + ?3, mutual = mutual + ?4
"""
_ROWS = "SELECT a.number, a.user_id, f.time, f.{place} FROM follows f INDEXED BY {index} JOIN accounts a ON a.number"
PAGES = {
    kind: f"{_ROWS.format(place=place, index=index)} = f.{other} WHERE f.{own} = ? AND f.{place} > 0"
    f" AND f.{place} < ? AND a.is_deleted = 0 ORDER BY f.{place} DESC LIMIT ?"
    for kind, place, index, own, other in (
        (FollowType.FOLLOWER, "id", "followers", "peer", "account"),
        (FollowType.FOLLOWED, "id", "followed_users", "account", "peer"),
        (FollowType.MUTUAL, "mutual_id", "mutual_follows", "account", "peer"),
    )
}
FOLLOWED_OF = f"SELECT peer FROM follows WHERE account = ? AND peer {LISTED}"
FOLLOWERS_OF = f"SELECT account FROM follows WHERE peer = ? AND account {LISTED}"
END = 1 << 62


class SqliteFollows:
    """All follows."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def change_follows(self, time: int, rule: FollowRule) -> Pending[Followed]:
        """Run a rule in a transaction and log what it says."""

        def change(tx: Transaction) -> Followed:
            results, logged = rule(Book(tx))
            if not logged:
                return Followed(results)
            position = tx.next_position()
            tx.log(position, time, logged)
            return Followed(results, logged, position)

        return self._engine.write(change)

    async def follow_page(self, account: AccountNumber, kind: FollowType, before: int, limit: int) -> list[FollowRow]:
        """Return entries of a list that stand before a place, newest first."""

        def read(connection: apsw.Connection) -> list[FollowRow]:
            rows: Any = connection.execute(PAGES[kind], (account, before or END, limit))
            return [FollowRow(AccountNumber(n), UserId(name), time, Position(place)) for n, name, time, place in rows]

        return await self._engine.read(read)

    async def follow_types(
        self, account: AccountNumber, others: Sequence[AccountNumber]
    ) -> dict[AccountNumber, FollowType]:
        """Return what others are to the account, where that is something."""
        bindings = (account, to_list(others))

        def read(connection: apsw.Connection) -> dict[AccountNumber, FollowType]:
            found: dict[AccountNumber, FollowType] = {}
            for sql, kind in ((FOLLOWED_OF, FollowType.FOLLOWED), (FOLLOWERS_OF, FollowType.FOLLOWER)):
                for (number,) in connection.execute(sql, bindings):
                    other = AccountNumber(int(number))
                    found[other] = FollowType.MUTUAL if other in found else kind
            return found

        return await self._engine.read(read)

    async def follow_counts(self, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, FollowCounts]:
        """Return the counts of accounts, where there is something to count."""

        def read(connection: apsw.Connection) -> dict[AccountNumber, FollowCounts]:
            rows: Any = connection.execute(f"{COUNTS} {LISTED}", (to_list(accounts),))
            return {AccountNumber(number): FollowCounts(*counts) for number, *counts in rows}

        return await self._engine.read(read)


class Book:
    """All follows inside a transaction; rows and counts change together."""

    def __init__(self, tx: Transaction) -> None:
        """Read and write in `tx`."""
        self._tx = tx

    def existing(self, accounts: Sequence[AccountNumber]) -> set[AccountNumber]:
        """Return those of the accounts that exist."""
        sql = f"SELECT number FROM accounts WHERE number {LISTED} AND is_deleted = 0"
        return {AccountNumber(int(number)) for (number,) in self._tx.cursor.execute(sql, (to_list(accounts),))}

    def follows(self, account: AccountNumber, other: AccountNumber) -> bool:
        """Say whether the account follows the other one."""
        return one(self._tx.cursor, FIND, (account, other)) is not None

    def counts(self, account: AccountNumber) -> FollowCounts:
        """Return an account's counts."""
        row = one(self._tx.cursor, f"{COUNTS} = ?", (account,))
        return FollowCounts() if row is None else FollowCounts(*row[1:])

    def add(self, account: AccountNumber, other: AccountNumber, time: int) -> bool:
        """Let the account follow the other one; says whether that is mutual now."""
        position = self._tx.next_position()
        is_mutual = self.follows(other, account)
        self._tx.cursor.execute(ADD, (account, other, position, time, position if is_mutual else 0))
        if is_mutual:
            self._tx.cursor.execute(SET_MUTUAL, (position, other, account))
        self._count(account, other, 1, int(is_mutual))
        return is_mutual

    def remove(self, account: AccountNumber, other: AccountNumber) -> bool:
        """Let the account follow the other one no more; says whether that was mutual."""
        is_mutual = bool(one(self._tx.cursor, FIND, (account, other))[0])
        self._tx.cursor.execute(DROP, (account, other))
        if is_mutual:
            self._tx.cursor.execute(SET_MUTUAL, (0, other, account))
        self._count(account, other, -1, -int(is_mutual))
        return is_mutual

    def _count(self, account: AccountNumber, other: AccountNumber, follows: int, mutual: int) -> None:
        rows = [(account, 0, follows, mutual), (other, follows, 0, mutual)]
        self._tx.cursor.executemany(COUNT, rows)


def part(tx: Transaction, one_side: AccountNumber, other: AccountNumber) -> None:
    """Let neither of two follow the other: one of them was deleted."""
    book = Book(tx)
    for account, peer in ((one_side, other), (other, one_side)):
        if book.follows(account, peer):
            book.remove(account, peer)
