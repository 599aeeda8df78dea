"""Merged messages in SQLite."""

import apsw

from tidings.domain.accounts import Account
from tidings.ids import SdkAppId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one
from tidings.store.sqlite.transaction import Transaction

SAVE = "INSERT INTO merged_messages VALUES (?, ?, ?, ?, ?)"
LOAD = "SELECT used_at, body FROM merged_messages WHERE key = ? AND app = ?"
TOUCH = "UPDATE merged_messages SET used_at = ? WHERE key = ?"
EXPIRE = "DELETE FROM merged_messages WHERE app = ? AND used_at < ?"


class SqliteMerged:
    """Writes and reads merged messages."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def save_merged(self, key: str, owner: Account, time: int, body: bytes) -> Pending[None]:
        """Keep merged messages under a key."""
        return self._execute(SAVE, (key, owner.app, owner.number, time, body))

    def load_merged(self, key: str, app: SdkAppId) -> tuple[int, bytes] | None:
        """Return when merged messages were last used, unix seconds, and what they are."""

        def query(connection: apsw.Connection) -> tuple[int, bytes] | None:
            row = one(connection, LOAD, (key, app))
            return None if row is None else (row[0], row[1])

        return self._engine.look_up(query)

    def touch_merged(self, key: str, time: int) -> Pending[None]:
        """Note that merged messages are used."""
        return self._execute(TOUCH, (time, key))

    def expire_merged(self, app: SdkAppId, before: int) -> Pending[int]:
        """Remove what was last used before a time; returns how many went."""

        def change(tx: Transaction) -> int:
            tx.cursor.execute(EXPIRE, (app, before))
            return tx.cursor.connection.changes()

        return self._engine.write(change)

    def _execute(self, sql: str, bindings: tuple[str | int | bytes, ...]) -> Pending[None]:
        def change(tx: Transaction) -> None:
            tx.cursor.execute(sql, bindings)

        return self._engine.write(change)
