"""What groups leave behind that are disbanded: it goes bit by bit, as a community may have had 10^5 members."""

from functools import partial

import apsw

from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.transaction import Transaction

CHUNK = 500
# Messages stay as long as any; the rows of the groups themselves say that there was one.
BESIDE = (
    "group_mutes",
    "group_bans",
    "group_requests",
    "group_attributes",
    "group_counters",
    "group_pins",
    "live_robots",
)
LEFT = " UNION ALL ".join(
    f"SELECT number FROM groups g WHERE is_gone = 1 AND EXISTS (SELECT 1 FROM {table} WHERE group_number = g.number)"
    for table in ("group_members", *BESIDE)
)
DELETE_MEMBERS = (
    "DELETE FROM group_members WHERE group_number = ?1 AND account IN"
    " (SELECT account FROM group_members WHERE group_number = ?1 LIMIT ?2)"
)


async def clear_gone_groups(engine: Engine) -> None:
    """Delete members and all they had of groups that are gone, some at a time between other commits."""
    for number in await engine.read(_left):
        while await engine.write(partial(_clear, number=number)):
            pass


def _left(connection: apsw.Connection) -> list[int]:
    return sorted({int(row[0]) for row in connection.execute(LEFT)})


def _clear(tx: Transaction, number: int) -> bool:
    """Delete a portion; False if it was the last."""
    tx.cursor.execute(DELETE_MEMBERS, (number, CHUNK))
    if tx.cursor.connection.changes() == CHUNK:
        return True
    for table in BESIDE:
        tx.cursor.execute(f"DELETE FROM {table} WHERE group_number = ?", (number,))
    return False
