"""What happens inside a commit: messages are written many at a time, other changes one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

import apsw
import msgspec

from tidings.domain.messages import Flag, Message
from tidings.domain.ports import Logged
from tidings.errors import STORE_UNAVAILABLE, TidingsError
from tidings.ids import Position

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

INSERT_MESSAGES = "INSERT INTO messages VALUES {rows}"
MESSAGE_ROW = "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
# A side's row: its newest message, the one its list shows (the latest by time), the last change.
TOUCH_CONVERSATIONS = """
INSERT INTO conversations (account, peer, newest_id, last_id, last_time, changed_id) VALUES {rows}
ON CONFLICT (account, peer) DO UPDATE SET
  newest_id = excluded.newest_id,
  last_id = CASE WHEN excluded.last_id > 0 AND excluded.last_time >= last_time
    THEN excluded.last_id ELSE last_id END,
  last_time = CASE WHEN excluded.last_id > 0 AND excluded.last_time >= last_time
    THEN excluded.last_time ELSE last_time END,
  changed_id = excluded.newest_id
"""
CONVERSATION_ROW = "(?,?,?,?,?,?)"
# Rows of one statement. SQLite lets go of the interpreter's lock around each statement, and taking
# it back from a busy loop is dear: many rows at a time cost a fraction of one by one.
RUNS = (128, 32, 8, 2, 1)
encode = msgspec.json.Encoder().encode


class Transaction:
    """A transaction under way: a cursor, and the counter that positions come from."""

    __slots__ = ("cursor", "position")

    def __init__(self, cursor: apsw.Cursor, position: int) -> None:
        """Write through `cursor`; `position` is the last one given."""
        self.cursor = cursor
        self.position = position

    def next_position(self) -> Position:
        """Give the next position."""
        self.position += 1
        return Position(self.position)

    def log(self, position: Position, time: int, entries: Sequence[Logged]) -> None:
        """Write events to accounts' logs, at one position."""
        self.cursor.executemany(
            "INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?)",
            [(e.account, position, time, type(e.event).__name__, encode(e.event)) for e in entries],
        )


Change = Callable[[Transaction], T]


@dataclass(frozen=True, slots=True)
class Statement:
    """A change of one statement: it fails as a whole by itself, so it needs no savepoint."""

    sql: str
    bindings: tuple[Any, ...]

    def __call__(self, transaction: Transaction) -> None:
        """Run it."""
        transaction.cursor.execute(self.sql, self.bindings)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one change."""

    value: Any = None
    error: Exception | None = None


_WRITTEN = Outcome()


class Writer:
    """Commits groups of changes over one connection."""

    def __init__(self, connection: apsw.Connection) -> None:
        """Continue after the last position the database knows."""
        self._cursor = connection.cursor()
        self._position = last_position(connection)

    def commit(self, group: Sequence[Change[Any] | Message]) -> list[Outcome]:
        """Run a group in one transaction; returns an outcome for each, in order.

        A change that raises fails alone; if the commit itself fails, so does every one.
        """
        transaction = Transaction(self._cursor, self._position)
        try:
            self._cursor.execute("BEGIN IMMEDIATE")
            try:
                outcomes = self._apply(transaction, group)
                self._cursor.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
        except apsw.Error as error:
            return [Outcome(error=STORE_UNAVAILABLE(detail=str(error)))] * len(group)
        self._position = transaction.position
        return outcomes

    def _apply(self, transaction: Transaction, group: Sequence[Change[Any] | Message]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        run: list[Message] = []
        for work in group:
            if isinstance(work, Message):
                run.append(work)
                outcomes.append(_WRITTEN)
                continue
            if run:
                insert_messages(transaction, run)
                run = []
            outcomes.append(_attempt(transaction, work))
        if run:
            insert_messages(transaction, run)
        return outcomes

    def _roll_back(self) -> None:
        try:
            self._cursor.execute("ROLLBACK")
        except apsw.SQLError:
            return  # SQLite had rolled back by itself


def _attempt(transaction: Transaction, change: Change[Any]) -> Outcome:
    if isinstance(change, Statement):
        try:
            change(transaction)
        except apsw.ConstraintError as error:
            return Outcome(error=error)
        return _WRITTEN
    transaction.cursor.execute("SAVEPOINT change")
    try:
        value = change(transaction)
    except (TidingsError, apsw.ConstraintError) as error:
        transaction.cursor.execute("ROLLBACK TO change")
        transaction.cursor.execute("RELEASE change")
        return Outcome(error=error)
    transaction.cursor.execute("RELEASE change")
    return Outcome(value)


def insert_messages(transaction: Transaction, messages: Sequence[Message]) -> None:
    """Insert messages, and fold what they mean for both sides' conversations into one row each."""
    rows: list[tuple[object, ...]] = []
    sides: dict[tuple[int, int], tuple[int, int, int]] = {}
    position = transaction.position
    for m in messages:
        position += 1
        m.position = Position(position)
        rows.append(to_row(m))
        shown = 0 if m.flags & Flag.NO_LAST else position
        _fold(sides, (m.receiver, m.sender), position, shown, m.time)
        if not m.flags & Flag.HIDDEN_FROM_SENDER:
            _fold(sides, (m.sender, m.receiver), position, shown, m.time)
    transaction.position = position
    _insert(transaction.cursor, _MESSAGE_STATEMENTS, rows)
    touched = [(*side, newest, shown, time, newest) for side, (newest, shown, time) in sides.items()]
    _insert(transaction.cursor, _CONVERSATION_STATEMENTS, touched)


def _statements(sql: str, row: str) -> dict[int, str]:
    return {count: sql.format(rows=",".join([row] * count)) for count in RUNS}


_MESSAGE_STATEMENTS = _statements(INSERT_MESSAGES, MESSAGE_ROW)
_CONVERSATION_STATEMENTS = _statements(TOUCH_CONVERSATIONS, CONVERSATION_ROW)


def _insert(cursor: apsw.Cursor, statements: dict[int, str], rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows with as few statements as there are."""
    start = 0
    for count, sql in statements.items():
        while len(rows) - start >= count:
            bindings = list(chain.from_iterable(rows[start : start + count]))
            cursor.execute(sql, bindings)
            start += count


def _fold(
    sides: dict[tuple[int, int], tuple[int, int, int]], side: tuple[int, int], position: int, shown: int, time: int
) -> None:
    before = sides.get(side)
    if before is not None and (not shown or before[2] > time):
        sides[side] = (position, before[1], before[2])
    else:
        sides[side] = (position, shown, time if shown else 0)


def to_row(m: Message) -> tuple[object, ...]:
    """Return a message as its row."""
    return (
        m.position,
        m.conversation,
        m.time,
        m.seq,
        m.random,
        m.sender,
        m.client_time,
        int(m.flags),
        m.offline_until,
        m.version,
        m.body,
        m.custom_data,
        m.push,
        m.revoker_id,
        m.reason,
    )


def last_position(connection: apsw.Connection) -> int:
    """Return the last position ever given, expired entries included."""
    row = connection.execute(
        "SELECT max(coalesce((SELECT max(id) FROM messages), 0), coalesce((SELECT max(id) FROM events), 0),"
        " coalesce((SELECT value FROM meta WHERE name = 'log_floor'), 0))"
    ).fetchone()
    return int(row[0])  # type: ignore[index]
