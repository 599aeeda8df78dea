"""Extensions of messages in SQLite."""

from collections.abc import Iterable
from typing import Any

import apsw

from tidings.domain.extensions import Pair, PairBook, Rule, ToLog, Updated
from tidings.ids import Position
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one, snapshot
from tidings.store.sqlite.transaction import Transaction

HEAD = "SELECT last_seq, cleared_seq FROM extension_heads WHERE message = ?"
PAIRS = "SELECT key, value, seq FROM extensions WHERE message = ?"
PAGE = f"{PAIRS} AND seq >= ? ORDER BY seq LIMIT ?"
SAVE_HEAD = "INSERT OR REPLACE INTO extension_heads VALUES (?, ?, ?)"
SAVE = "INSERT OR REPLACE INTO extensions VALUES (?, ?, ?, ?)"
CLEAR = "DELETE FROM extensions WHERE message = ?"


class SqliteExtensions:
    """Writes and reads extensions."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def update_pairs(
        self, message: Position, time: int, rule: Rule, to_log: ToLog
    ) -> Pending[tuple[Updated, Position | None]]:
        """Apply a rule to a message's extensions and log what `to_log` makes of the result, in one transaction."""

        def change(tx: Transaction) -> tuple[Updated, Position | None]:
            before = _book(one(tx.cursor, HEAD, (message,)), tx.cursor.execute(PAIRS, (message,)))
            done = rule(before)
            if not done.is_changed:
                return done, None
            if done.book.cleared_seq > before.cleared_seq:
                tx.cursor.execute(CLEAR, (message,))
            tx.cursor.executemany(SAVE, [(message, pair.key, pair.value, pair.seq) for pair in done.fresh])
            tx.cursor.execute(SAVE_HEAD, (message, done.book.last_seq, done.book.cleared_seq))
            position = tx.next_position()
            tx.log(position, time, to_log(done))
            return done, position

        return self._engine.write(change)

    async def pairs(self, message: Position, from_seq: int, limit: int) -> tuple[PairBook, list[Pair]]:
        """Return the counts (without pairs), and up to `limit` pairs with that seq or later, in their order."""

        def read(connection: apsw.Connection) -> tuple[PairBook, list[Pair]]:
            with snapshot(connection):
                head = one(connection, HEAD, (message,))
                rows: Any = connection.execute(PAGE, (message, from_seq, limit)).fetchall()
            return _book(head, ()), [Pair(*row) for row in rows]

        return await self._engine.read(read)


def _book(head: Any, rows: Iterable[Any]) -> PairBook:
    last_seq, cleared_seq = head or (0, 0)
    return PairBook(last_seq, cleared_seq, {row[0]: Pair(*row) for row in rows})
