"""Expiry: what is older than an app's history days goes, and its disk space comes back."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import apsw

from tidings.domain.messages import Flag
from tidings.ids import SdkAppId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.gone_groups import clear_gone_groups
from tidings.store.sqlite.rows import LISTED, one, to_list
from tidings.store.sqlite.transaction import Transaction

CHUNK = 500
FREED_PAGES = 2_000
OLDEST = (
    "SELECT m.id, m.time, coalesce(g.app, a.app), m.flags, m.conversation FROM messages m"
    " LEFT JOIN accounts a ON a.number = m.sender LEFT JOIN groups g ON g.number = -m.conversation"
    " WHERE m.id > ? ORDER BY m.id LIMIT ?"
)
# Events are dated like the messages they tell of, and go with the longest history of any app; never one
# above its app's floor: a device would miss it and not be told.
EXPIRED_EVENTS = (
    "DELETE FROM events WHERE id > ? AND id <= ? AND time < ? AND id <= (SELECT value FROM meta"
    " WHERE name = 'log_floor.' || (SELECT app FROM accounts WHERE number = events.account))"
)
# What expires goes in the order of sequences.
REACHED = f"SELECT -conversation, max(seq) FROM messages WHERE id {LISTED} GROUP BY conversation"
BESIDE_GROUP_MESSAGES = ("group_hidden", "group_recalls", "group_receipts", "group_pins")
RAISE_FLOOR = "INSERT INTO meta VALUES ('log_floor.' || ?2, ?1) ON CONFLICT (name) DO UPDATE SET value = max(value, ?1)"


class SqliteRetention:
    """Removes what has expired, a chunk at a time between other commits."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def expire(self, cutoffs: Mapping[SdkAppId, int]) -> int:
        """Remove messages older than their app's cut-off (unix seconds); returns how many went.

        What disbanded groups have left goes, too. Free pages go back to the file system, those that a deleted
        app has left as well.
        """
        removed = await self._remove_expired(cutoffs) if cutoffs else 0
        await clear_gone_groups(self._engine)
        await give_back(self._engine)
        return removed

    async def _remove_expired(self, cutoffs: Mapping[SdkAppId, int]) -> int:
        removed, after, highest = 0, 0, max(cutoffs.values())
        while True:
            rows = await self._engine.read(partial(_oldest, after=after))
            expired = [row for row in rows if row[2] is None or row[1] < cutoffs.get(SdkAppId(row[2]), 0)]
            if expired:
                span = (after, rows[-1][0])
                await self._engine.write(partial(_remove, expired=expired, span=span, oldest=min(cutoffs.values())))
                removed += len(expired)
            if len(rows) < CHUNK or min(row[1] for row in rows) >= highest:
                return removed
            after = rows[-1][0]


async def give_back(engine: Engine) -> None:
    """Return free pages to the file system, some at a time."""
    free = await engine.read(_free_pages)
    while free:
        await engine.write(_vacuum)
        before, free = free, await engine.read(_free_pages)
        if free >= before:
            return


def _oldest(connection: apsw.Connection, after: int) -> list[Any]:
    return connection.execute(OLDEST, (after, CHUNK)).fetchall()


def _free_pages(connection: apsw.Connection) -> int:
    return int(one(connection, "PRAGMA freelist_count")[0])


def _vacuum(tx: Transaction) -> None:
    tx.cursor.execute(f"PRAGMA incremental_vacuum({FREED_PAGES})").fetchall()


def _forget_with(tx: Transaction, identities: list[int]) -> None:
    """Delete what was kept beside messages of groups."""
    if not identities:
        return
    reached: list[Any] = tx.cursor.execute(REACHED, (to_list(identities),)).fetchall()
    for table in BESIDE_GROUP_MESSAGES:
        tx.cursor.executemany(f"DELETE FROM {table} WHERE group_number = ? AND seq <= ?", reached)


def _remove(tx: Transaction, expired: list[Any], span: tuple[int, int], oldest: int) -> None:
    """Delete messages, and the events in a span of positions.

    An app's log begins after the last message of its own that was not dated back by an import; those of
    groups stand in nobody's log.
    """
    tx.keep_position()
    _forget_with(tx, [row[0] for row in expired if row[4] < 0])
    tx.cursor.executemany("DELETE FROM messages WHERE id = ?", [(row[0],) for row in expired])
    floors = {app: identity for identity, _, app, flags, of in expired if app and of > 0 and not flags & Flag.IMPORTED}
    tx.cursor.executemany(RAISE_FLOOR, [(identity, app) for app, identity in floors.items()])
    tx.cursor.execute(EXPIRED_EVENTS, (*span, oldest))
