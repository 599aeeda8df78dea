"""Keeps the index of searches up to date, beside and after the sending (schema/0004_words_and_search.sql)."""

from functools import partial
from typing import Any

import apsw

from tidings.domain.messages import UNSEEN_BY_RECEIVER, UNSEEN_BY_SENDER, Flag
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one, snapshot
from tidings.store.sqlite.tokens import to_tokens
from tidings.store.sqlite.transaction import Transaction
from tidings.wire.texts import types_and_texts

# Few at a time: whoever sends meanwhile waits for no more than that, some 2 ms.
BATCH = 16
POSITION = "SELECT value FROM meta WHERE name = 'search_position'"
COLUMNS = "SELECT m.id, m.conversation, m.sender, m.body FROM"
FRESH = f"{COLUMNS} messages m WHERE m.id > ? ORDER BY m.id LIMIT ?"
STALE = f"{COLUMNS} search_stale s JOIN messages m ON m.id = s.id ORDER BY s.id LIMIT ?"
IS_STALE = "SELECT 1 FROM search_stale LIMIT 1"
# What was recalled or removed since it was read is not taken in.
ADD = (
    "INSERT INTO search (rowid, tokens) SELECT id, ?2 FROM messages"
    f" WHERE id = ?1 AND NOT (flags & {Flag.RECALLED}"
    f" OR (flags & {UNSEEN_BY_SENDER} AND flags & {UNSEEN_BY_RECEIVER}))"
)
DROP = "DELETE FROM search WHERE rowid = ?"
MERGE = "INSERT INTO search (search, rank) VALUES ('merge', ?)"
MERGED_PAGES = 64
SIZE = "SELECT count(*) FROM search"
FORGET = "DELETE FROM search_stale WHERE id = ?"
REACH = "INSERT INTO meta VALUES ('search_position', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
Entry = tuple[int, str]


class SqliteSearchIndex:
    """Takes messages into the index in the order of their positions, and changed ones anew."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def take_in(self) -> int:
        """Take some messages in that are not in the index; returns how many, 0 if it is up to date."""
        entries, is_stale = await self._engine.read(_fresh)
        if not entries and not is_stale:
            return 0

        def change(tx: Transaction) -> int:
            changed = _refresh(tx) if is_stale else 0
            if entries:
                tx.cursor.executemany(ADD, entries)
                tx.cursor.execute(REACH, (entries[-1][0],))
            return changed + len(entries)

        return await self._engine.write(change)

    async def size(self) -> int:
        """Return how many messages are in the index."""
        row = await self._engine.read(lambda connection: one(connection, SIZE))
        return int(row[0])


async def purge(engine: Engine) -> None:
    """Rewrite the index without what has left it, a little at a time: until then the file holds its tokens."""
    pages = -MERGED_PAGES  # negative: everything is merged into one
    while await engine.write(partial(_merge, pages=pages)):
        pages = MERGED_PAGES


def position(connection: apsw.Connection) -> int:
    """Return up to where messages are in the index."""
    row = one(connection, POSITION)
    return 0 if row is None else int(row[0])


def _fresh(connection: apsw.Connection) -> tuple[list[Entry], bool]:
    with snapshot(connection):
        rows = connection.execute(FRESH, (position(connection), BATCH)).fetchall()
        return [_to_entry(row) for row in rows], one(connection, IS_STALE) is not None


def _refresh(tx: Transaction) -> int:
    """Take changed messages in anew; in one transaction, since they may change again at any time."""
    rows = tx.cursor.execute(STALE, (BATCH,)).fetchall()
    numbers = [(row[0],) for row in rows]
    tx.cursor.executemany(DROP, numbers)
    tx.cursor.executemany(ADD, [_to_entry(row) for row in rows])
    tx.cursor.executemany(FORGET, numbers)
    return len(rows)


def _merge(tx: Transaction, pages: int) -> bool:
    """Write about so many pages anew; False if there was nothing left to do."""
    connection = tx.cursor.connection
    before = connection.total_changes()
    tx.cursor.execute(MERGE, (pages,))
    return connection.total_changes() - before > 1  # the command itself counts for one


def _to_entry(row: Any) -> Entry:
    types, texts = types_and_texts(row[3])
    return row[0], to_tokens(row[1], row[2], types, texts)
