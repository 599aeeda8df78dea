"""What happens inside a commit: messages are written many at a time, other changes one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import apsw

from tidings.domain.callbacks import Letter, Rider
from tidings.domain.group.messages import GroupMessage
from tidings.domain.messages import Flag, Message
from tidings.errors import STORE_UNAVAILABLE
from tidings.ids import Position
from tidings.store.sqlite.group_writing import insert_group_messages
from tidings.store.sqlite.transaction import Change, Transaction, last_position

INSERT_MESSAGES = "INSERT INTO messages VALUES {rows}"
# The last column is for messages of groups only.
MESSAGE_ROW = "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL)"
# A side's row: its newest message, the one its list shows (the latest by time), the last change.
# Who had nothing left to read has not after a message either that counts for nothing, as his own.
TOUCH_CONVERSATIONS = """
INSERT INTO conversations (account, peer, newest_id, last_id, last_time, read_id, changed_id) VALUES {rows}
ON CONFLICT (account, peer) DO UPDATE SET
  read_id = CASE WHEN read_id >= newest_id THEN max(read_id, excluded.read_id) ELSE read_id END,
  newest_id = excluded.newest_id,
  last_id = CASE WHEN excluded.last_id > 0 AND (excluded.last_time >= last_time OR last_id = 0)
    THEN excluded.last_id ELSE last_id END,
  last_time = CASE WHEN excluded.last_id > 0 AND (excluded.last_time >= last_time OR last_id = 0)
    THEN excluded.last_time ELSE last_time END,
  changed_id = excluded.newest_id
"""
CONVERSATION_ROW = "(?,?,?,?,?,?,?)"
INSERT_LETTERS = "INSERT INTO letters (app, lane, command, query, body, created_at, counted) VALUES {rows}"
LETTER_ROW = "(?,?,?,?,?,?,?)"
# A letter begins with what is kept of it, in this order.
LETTER_COLUMNS = 7
# Rows of one statement. SQLite lets go of the interpreter's lock around each statement, and taking
# it back from a busy loop is dear: many rows at a time cost a fraction of one by one.
RUNS = (128, 32, 8, 2, 1)

# What a group of work holds: changes, and messages of the kinds that INSERTS knows.
Work = Any
Insert = Callable[[Transaction, Sequence[Any]], None]
HEADS_KEPT = 100_000
# What messages of one group mean for a side: the newest, the one shown and its time, and the last of
# those at the beginning that count for nothing.
Side = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """A change of one statement: it fails as a whole by itself, so it needs no savepoint."""

    sql: str
    bindings: tuple[Any, ...]

    def __call__(self, transaction: Transaction) -> None:
        """Run it."""
        transaction.cursor.execute(self.sql, self.bindings)


@dataclass(slots=True)
class ToldMessage:
    """A message with what is told of it in the same transaction."""

    message: Message
    riders: Sequence[Rider]


@dataclass(slots=True)
class ToldGroupMessage:
    """A message of a group with what is told of it in the same transaction."""

    message: GroupMessage
    riders: Sequence[Rider]


@dataclass(slots=True)
class ToldChange:
    """A change with what is told of it in the same transaction."""

    change: Change[Any]
    riders: Sequence[Rider]

    def __call__(self, transaction: Transaction) -> Any:
        """Make the change, then tell of what came of it."""
        value = self.change(transaction)
        insert_letters(transaction, [letter for rider in self.riders for letter in rider(value)])
        return value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one change."""

    value: Any = None
    error: Exception | None = None


_WRITTEN = Outcome()
_REFUSALS = (apsw.ConstraintError, apsw.SQLError, apsw.TooBigError)


class Writer:
    """Commits groups of changes over one connection."""

    def __init__(self, connection: apsw.Connection) -> None:
        """Continue after the last position the database knows."""
        self._cursor = connection.cursor()
        self._position = last_position(connection)
        self._heads: dict[int, int] = {}

    def commit(self, group: Sequence[Work]) -> list[Outcome]:
        """Run a group in one transaction; returns an outcome for each, in order, and never raises.

        What is refused for its own sake fails alone; if the commit itself fails, so does every one.
        """
        try:
            return self._transact(group)
        except Exception as error:  # noqa: BLE001 - whoever waits for the outcome is told
            if not _is_own_fault(error):
                return [Outcome(error=STORE_UNAVAILABLE(detail=str(error)))] * len(group)
            if len(group) == 1:
                return [Outcome(error=error)]
        # One of the messages cannot be written, and nothing says which: each goes by itself.
        return [self.commit([work])[0] for work in group]

    def _transact(self, group: Sequence[Work]) -> list[Outcome]:
        if len(self._heads) > HEADS_KEPT:
            self._heads.clear()
        transaction = Transaction(self._cursor, self._position, self._heads)
        self._cursor.execute("BEGIN IMMEDIATE")
        try:
            outcomes = _apply(transaction, group)
            self._cursor.execute("COMMIT")
        except BaseException:
            self._heads.clear()
            if self._cursor.connection.in_transaction:  # SQLite may have rolled back by itself
                self._cursor.execute("ROLLBACK")
            raise
        self._position = transaction.position
        return outcomes


def _apply(transaction: Transaction, group: Sequence[Work]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    run: list[Any] = []
    insert: Insert = insert_messages
    for work in group:
        kind = INSERTS.get(type(work))
        if run and kind is not insert:
            insert(transaction, run)
            run = []
        if kind is None:
            outcomes.append(_attempt(transaction, work))
        else:
            insert = kind
            run.append(work)
            outcomes.append(_WRITTEN)
    if run:
        insert(transaction, run)
    return outcomes


def _is_own_fault(error: Exception) -> bool:
    """Say whether a change is at fault, not the disk or the database as a whole."""
    return not isinstance(error, apsw.Error) or isinstance(error, _REFUSALS)


def _attempt(transaction: Transaction, change: Change[Any]) -> Outcome:
    if isinstance(change, Statement):
        try:
            change(transaction)
        except Exception as error:
            if not _is_own_fault(error):
                raise
            return Outcome(error=error)
        return _WRITTEN
    transaction.cursor.execute("SAVEPOINT change")
    try:
        value = change(transaction)
    except Exception as error:
        if not _is_own_fault(error):
            raise
        transaction.heads.clear()
        transaction.cursor.execute("ROLLBACK TO change")
        transaction.cursor.execute("RELEASE change")
        return Outcome(error=error)
    transaction.cursor.execute("RELEASE change")
    return Outcome(value)


def insert_messages(transaction: Transaction, messages: Sequence[Message]) -> None:
    """Insert messages, and fold what they mean for both sides' conversations into one row each."""
    rows: list[tuple[object, ...]] = []
    sides: dict[tuple[int, int], Side] = {}
    position = transaction.position
    for m in messages:
        position += 1
        m.position = Position(position)
        rows.append(to_row(m))
        shown, time = (0, 0) if m.flags & Flag.NO_LAST else (position, m.time)
        if not m.flags & Flag.HIDDEN_FROM_SENDER:
            _fold(sides, (m.sender, m.receiver), (position, shown, time, position))
        if m.receiver != m.sender and not m.flags & Flag.DELETED_BY_RECEIVER:
            quiet = position if m.flags & Flag.NO_UNREAD else 0
            _fold(sides, (m.receiver, m.sender), (position, shown, time, quiet))
    transaction.position = position
    _insert(transaction.cursor, _MESSAGE_STATEMENTS, rows)
    touched = [(*side, *state, state[0]) for side, state in sides.items()]
    _insert(transaction.cursor, _CONVERSATION_STATEMENTS, touched)


def insert_letters(transaction: Transaction, letters: Sequence[Letter]) -> None:
    """Insert what apps' servers are to be told, in order."""
    rows = [letter[:LETTER_COLUMNS] for letter in letters]
    _insert(transaction.cursor, _LETTER_STATEMENTS, rows)


def insert_told_messages(transaction: Transaction, told: Sequence[ToldMessage]) -> None:
    """Insert messages, and what is told of them."""
    insert_messages(transaction, [each.message for each in told])
    insert_letters(transaction, [letter for each in told for rider in each.riders for letter in rider(None)])


def insert_told_group_messages(transaction: Transaction, told: Sequence[ToldGroupMessage]) -> None:
    """Insert messages of groups, and what is told of them."""
    insert_group_messages(transaction, [each.message for each in told])
    insert_letters(transaction, [letter for each in told for rider in each.riders for letter in rider(None)])


def to_told(work: Work, riders: Sequence[Rider]) -> Work:
    """Return work that takes along what is told of it."""
    if isinstance(work, Message):
        return ToldMessage(work, riders)
    if isinstance(work, GroupMessage):
        return ToldGroupMessage(work, riders)
    return ToldChange(work, riders)


# How the messages of a run are inserted, by their type.
INSERTS: dict[type, Insert] = {
    Message: insert_messages,
    GroupMessage: insert_group_messages,
    ToldMessage: insert_told_messages,
    ToldGroupMessage: insert_told_group_messages,
}


def _statements(sql: str, row: str) -> dict[int, str]:
    return {count: sql.format(rows=",".join([row] * count)) for count in RUNS}


_MESSAGE_STATEMENTS = _statements(INSERT_MESSAGES, MESSAGE_ROW)
_CONVERSATION_STATEMENTS = _statements(TOUCH_CONVERSATIONS, CONVERSATION_ROW)
_LETTER_STATEMENTS = _statements(INSERT_LETTERS, LETTER_ROW)


def _insert(cursor: apsw.Cursor, statements: dict[int, str], rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows with as few statements as there are."""
    start = 0
    for count, sql in statements.items():
        while len(rows) - start >= count:
            bindings = list(chain.from_iterable(rows[start : start + count]))
            cursor.execute(sql, bindings)
            start += count


def _fold(sides: dict[tuple[int, int], Side], side: tuple[int, int], state: Side) -> None:
    before = sides.get(side)
    if before is None:
        sides[side] = state
        return
    newest, shown, time, quiet = state
    if not shown or before[2] > time:
        shown, time = before[1], before[2]
    if not quiet or before[3] != before[0]:
        quiet = before[3]
    sides[side] = (newest, shown, time, quiet)


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
