"""Expiry: what is older than an app's history days goes, and its disk space comes back."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import apsw

from tidings.ids import SdkAppId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one
from tidings.store.sqlite.writing import Transaction

CHUNK = 500
FREED_PAGES = 2_000
OLDEST = (
    "SELECT m.id, m.time, a.app FROM messages m JOIN accounts a ON a.number = m.sender"
    " WHERE m.id > ? ORDER BY m.id LIMIT ?"
)
# Events are dated like the messages they tell of, and go with the longest history of any app.
EXPIRED_EVENTS = "DELETE FROM events WHERE id <= ? AND time < ?"
RAISE_FLOOR = "INSERT INTO meta VALUES ('log_floor', ?1) ON CONFLICT (name) DO UPDATE SET value = max(value, ?1)"


class SqliteRetention:
    """Removes what has expired, a chunk at a time between other commits."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def expire(self, cutoffs: Mapping[SdkAppId, int]) -> int:
        """Remove messages older than their app's cut-off (unix seconds); returns how many went."""
        if not cutoffs:
            return 0
        removed, after, highest = 0, 0, max(cutoffs.values())
        while True:
            rows = await self._engine.read(partial(_oldest, after=after))
            expired = [identity for identity, time, app in rows if time < cutoffs.get(SdkAppId(app), 0)]
            if expired:
                await self._engine.write(partial(_remove, expired=expired, oldest_kept=min(cutoffs.values())))
                removed += len(expired)
            if len(rows) < CHUNK or min(time for _, time, _ in rows) >= highest:
                break
            after = rows[-1][0]
        if removed:
            await self._give_back()
        return removed

    async def _give_back(self) -> None:
        """Return free pages to the file system, some at a time."""
        free = await self._engine.read(_free_pages)
        while free:
            await self._engine.write(_vacuum)
            before, free = free, await self._engine.read(_free_pages)
            if free >= before:
                return


def _oldest(connection: apsw.Connection, after: int) -> list[Any]:
    return connection.execute(OLDEST, (after, CHUNK)).fetchall()


def _free_pages(connection: apsw.Connection) -> int:
    return int(one(connection, "PRAGMA freelist_count")[0])


def _vacuum(tx: Transaction) -> None:
    tx.cursor.execute(f"PRAGMA incremental_vacuum({FREED_PAGES})").fetchall()


def _remove(tx: Transaction, expired: list[int], oldest_kept: int) -> None:
    tx.cursor.executemany("DELETE FROM messages WHERE id = ?", [(identity,) for identity in expired])
    tx.cursor.execute(EXPIRED_EVENTS, (expired[-1], oldest_kept))
    tx.cursor.execute(RAISE_FLOOR, (expired[-1],))
