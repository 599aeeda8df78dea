"""What apps' servers are to be told, in SQLite: written with what it tells (docs/webhooks.md)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import apsw

from tidings.domain.callbacks import Letter
from tidings.ids import AccountNumber, ConversationNumber, SdkAppId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import LISTED, one, to_list
from tidings.store.sqlite.transaction import Transaction
from tidings.store.sqlite.writing import Statement, insert_letters

COLUMNS = "id, app, lane, command, query, body, created_at, counted, attempts, reason"
KEPT = "app, lane, command, query, body, created_at, counted, attempts"
WAITING = f"SELECT {COLUMNS} FROM letters WHERE app = ? AND lane NOT {LISTED} ORDER BY id LIMIT ?"
# One look into the index for each app, however many letters wait.
APPS = """
WITH RECURSIVE found (app) AS (
  SELECT (SELECT min(app) FROM letters)
  UNION ALL SELECT (SELECT min(app) FROM letters WHERE letters.app > found.app) FROM found WHERE found.app IS NOT NULL
) SELECT app FROM found WHERE app IS NOT NULL
"""
DELIVERED = f"DELETE FROM letters WHERE id {LISTED}"
FAILED = "UPDATE letters SET attempts = attempts + 1, reason = ? WHERE id = ?"
BURY = f"INSERT INTO dead_letters ({KEPT}, reason, died_at) SELECT {KEPT}, ?, ? FROM letters WHERE id = ?"
DEAD = f"SELECT {COLUMNS} FROM dead_letters WHERE app = ? AND id > ? ORDER BY id LIMIT ?"
DEAD_ONE = f"SELECT {COLUMNS} FROM dead_letters WHERE app = ? AND id = ?"
# The day of trying begins anew.
REVIVE = (
    "INSERT INTO letters (app, lane, command, query, body, created_at, counted)"
    f" SELECT app, lane, command, query, body, ?, counted FROM dead_letters WHERE app = ? AND id {LISTED} ORDER BY id"
)
DROP_DEAD = f"DELETE FROM dead_letters WHERE app = ? AND id {LISTED}"


class SqliteLetters:
    """Letters that wait, and those that were given up."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def write(self, letters: Sequence[Letter]) -> Pending[None]:
        """Keep letters that tell of nothing else that is written."""
        return self._engine.write(lambda tx: insert_letters(tx, letters))

    async def waiting_apps(self) -> list[SdkAppId]:
        """Return the apps for which letters wait."""
        return await self._engine.read(lambda connection: [SdkAppId(int(row[0])) for row in connection.execute(APPS)])

    async def waiting(self, app: SdkAppId, limit: int, but: Sequence[ConversationNumber]) -> list[Letter]:
        """Return the first letters of an app, in order, save for those of some lanes."""
        return await self._engine.read(partial(_letters, sql=WAITING, bindings=(app, to_list(but), limit)))

    def delivered(self, numbers: Sequence[int]) -> Pending[None]:
        """Forget letters that were delivered."""
        return self._engine.write(Statement(DELIVERED, (to_list(numbers),)))

    def failed(self, number: int, reason: str) -> Pending[None]:
        """Note a failed attempt."""
        return self._engine.write(Statement(FAILED, (reason, number)))

    def bury(self, number: int, reason: str, time: int) -> Pending[None]:
        """Give a letter up; it stays among the dead ones."""

        def change(tx: Transaction) -> None:
            tx.cursor.execute(BURY, (reason, time, number))
            tx.cursor.execute(DELIVERED, (to_list([number]),))

        return self._engine.write(change)

    def forget_dead(self, before: int) -> Pending[int]:
        """Forget letters that were given up before a time, unix seconds; returns how many."""

        def change(tx: Transaction) -> int:
            tx.cursor.execute("DELETE FROM dead_letters WHERE died_at < ?", (before,))
            return tx.cursor.connection.changes()

        return self._engine.write(change)

    async def dead(self, app: SdkAppId, after: int, limit: int) -> list[Letter]:
        """Return a page of an app's letters that were given up, oldest first, after a number."""
        return await self._engine.read(partial(_letters, sql=DEAD, bindings=(app, after, limit)))

    async def find_dead(self, app: SdkAppId, number: int) -> Letter | None:
        """Return one letter that was given up."""

        def query(connection: apsw.Connection) -> Letter | None:
            row = one(connection, DEAD_ONE, (app, number))
            return None if row is None else to_letter(row)

        return await self._engine.read(query)

    def revive(self, app: SdkAppId, numbers: Sequence[int], time: float) -> Pending[int]:
        """Let letters that were given up wait again, from that time on; returns how many there were."""

        def change(tx: Transaction) -> int:
            tx.cursor.execute(REVIVE, (time, app, to_list(numbers)))
            count = tx.cursor.connection.changes()
            tx.cursor.execute(DROP_DEAD, (app, to_list(numbers)))
            return count

        return self._engine.write(change)


def _letters(connection: apsw.Connection, sql: str, bindings: tuple[Any, ...]) -> list[Letter]:
    return [to_letter(row) for row in connection.execute(sql, bindings)]


def to_letter(row: Any) -> Letter:
    """Return a row of COLUMNS as a letter."""
    number, app, lane, command, query, body, created_at, counted, attempts, reason = row
    return Letter(
        SdkAppId(app),
        ConversationNumber(lane),
        command,
        query,
        body,
        created_at,
        AccountNumber(counted),
        number,
        attempts,
        reason,
    )
