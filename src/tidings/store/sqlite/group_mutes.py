"""Who is muted in groups and topics, in SQLite; it outlasts being in them."""

from collections.abc import Mapping
from typing import Any

from tidings.domain.group.muting import Muted
from tidings.ids import AccountNumber, GroupNumber, UserId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.transaction import Transaction

MUTE = "INSERT INTO group_mutes VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET muted_until = ?3"
# With every change go those that are over.
CLEAN = "DELETE FROM group_mutes WHERE group_number = ? AND muted_until <= ?"
LIST = (
    "SELECT a.user_id, u.muted_until FROM group_mutes u JOIN accounts a ON a.number = u.account"
    " WHERE u.group_number = ? AND u.muted_until > ? AND a.is_deleted = 0 ORDER BY u.muted_until, u.account"
)


class SqliteGroupMutes:
    """Finds mutes; they are written with what is told of them."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def muted(self, group: GroupNumber, now: int) -> list[Muted]:
        """Return who is muted in a group or topic, members or not, by when that ends."""
        rows: Any = await self._engine.read(lambda c: c.execute(LIST, (group, now)).fetchall())
        return [Muted(UserId(name), until) for name, until in rows]


def save(tx: Transaction, group: GroupNumber, mutes: Mapping[AccountNumber, int], now: int) -> None:
    """Keep until when accounts are muted, unix seconds; 0: they are not any more."""
    if mutes:
        tx.cursor.executemany(MUTE, [(group, account, until) for account, until in mutes.items()])
        tx.cursor.execute(CLEAN, (group, now))
