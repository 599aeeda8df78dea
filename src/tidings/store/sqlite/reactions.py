"""Reactions to messages in SQLite."""

from collections.abc import Iterable
from typing import Any

import apsw

from tidings.domain.reactions import Reacted, Reaction, ReactionPage, Told, ToLog, check_room
from tidings.ids import AccountNumber, Position, UserId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one, snapshot
from tidings.store.sqlite.transaction import Transaction

SHOWN = 10
OF_MESSAGE = "SELECT count(DISTINCT reaction), coalesce(max(entry), 0) FROM reactions WHERE message = ?"
OF_NAME = "SELECT count(*), coalesce(sum(account = ?), 0) FROM reactions WHERE message = ? AND reaction = ?"
ADD = "INSERT INTO reactions VALUES (?, ?, ?, ?)"
REMOVE = "DELETE FROM reactions WHERE message = ? AND reaction = ? AND account = ?"
WHO = (
    "SELECT r.entry, r.account, a.user_id FROM reactions r JOIN accounts a ON a.number = r.account"
    " WHERE r.message = ? AND r.reaction = ? AND r.entry > ? ORDER BY r.entry LIMIT ?"
)
NAMES = (
    "SELECT reaction, count(*), sum(account = ?) FROM reactions WHERE message = ? GROUP BY reaction ORDER BY min(entry)"
)


class SqliteReactions:
    """Writes and reads reactions."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def react(
        self, message: Position, name: str, account: AccountNumber, time: int, to_log: ToLog
    ) -> Pending[Told | None]:
        """Add an account's reaction, in one transaction with what `to_log` makes of it; raises 23005 to 23007."""

        def change(tx: Transaction) -> Told | None:
            names, last = one(tx.cursor, OF_MESSAGE, (message,))
            users, own = one(tx.cursor, OF_NAME, (account, message, name))
            check_room(names, users, is_new=users == 0, is_there=own > 0)
            tx.cursor.execute(ADD, (message, name, account, last + 1))
            return _told(tx, message, name, time, to_log)

        return self._engine.write(change)

    def unreact(
        self, message: Position, name: str, account: AccountNumber, time: int, to_log: ToLog
    ) -> Pending[Told | None]:
        """Take an account's reaction away; None if there was none."""

        def change(tx: Transaction) -> Told | None:
            tx.cursor.execute(REMOVE, (message, name, account))
            return _told(tx, message, name, time, to_log) if tx.cursor.connection.changes() else None

        return self._engine.write(change)

    async def reactions(self, message: Position, viewer: AccountNumber, shown: int) -> list[Reaction]:
        """Return the reactions to a message, the oldest first, each with its first `shown` accounts."""

        def read(connection: apsw.Connection) -> list[Reaction]:
            with snapshot(connection):
                rows: Any = connection.execute(NAMES, (viewer, message)).fetchall()
                return [
                    Reaction(name, count, _user_ids(connection.execute(WHO, (message, name, 0, shown))), own > 0)
                    for name, count, own in rows
                ]

        return await self._engine.read(read)

    async def reacting(self, message: Position, name: str, after: int, limit: int) -> ReactionPage:
        """Return who reacted so, after a place."""

        def read(connection: apsw.Connection) -> ReactionPage:
            rows: Any = connection.execute(WHO, (message, name, after, limit + 1)).fetchall()
            page = rows[:limit]
            return ReactionPage(_user_ids(page), page[-1][0] if len(rows) > limit else 0)

        return await self._engine.read(read)


def _user_ids(rows: Iterable[Any]) -> list[UserId]:
    return [UserId(row[2]) for row in rows]


def _told(tx: Transaction, message: Position, name: str, time: int, to_log: ToLog) -> Told:
    rows: Any = tx.cursor.execute(WHO, (message, name, 0, SHOWN)).fetchall()
    count = one(tx.cursor, OF_NAME, (0, message, name))[0]
    after = Reacted(count, [(AccountNumber(row[1]), UserId(row[2])) for row in rows])
    position = tx.next_position()
    tx.log(position, time, to_log(after))
    return after, position
