"""A transaction under way, as a change sees it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import apsw
import msgspec

from tidings.domain.ports import Logged
from tidings.ids import Position

T = TypeVar("T")

KEEP_POSITION = "INSERT INTO meta VALUES ('last_position', ?1) ON CONFLICT (name) DO UPDATE SET value = max(value, ?1)"
encode = msgspec.json.Encoder().encode


class Transaction:
    """A transaction under way: a cursor, and the counter that positions come from."""

    __slots__ = ("cursor", "heads", "position")

    def __init__(self, cursor: apsw.Cursor, position: int, heads: dict[int, int]) -> None:
        """Write through `cursor`; `position` is the last one given, `heads` the groups' known last sequences."""
        self.cursor = cursor
        self.position = position
        self.heads = heads

    def next_position(self) -> Position:
        """Give the next position."""
        self.position += 1
        return Position(self.position)

    def keep_position(self) -> None:
        """Remember the last position: for changes that leave no row behind which bears it."""
        last = max(self.position, last_position(self.cursor.connection))
        self.cursor.execute(KEEP_POSITION, (last,))

    def log(self, position: Position, time: int, entries: Sequence[Logged]) -> None:
        """Write events to accounts' logs, at one position."""
        self.cursor.executemany(
            "INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?)",
            [(e.account, position, time, type(e.event).__name__, encode(e.event)) for e in entries],
        )


Change = Callable[[Transaction], T]


def last_position(connection: apsw.Connection) -> int:
    """Return the last position ever given, removed entries included."""
    row = connection.execute(
        "SELECT max(coalesce((SELECT max(id) FROM messages), 0), coalesce((SELECT max(id) FROM events), 0),"
        " coalesce((SELECT value FROM meta WHERE name = 'last_position'), 0))"
    ).fetchone()
    return int(row[0])  # type: ignore[index]
