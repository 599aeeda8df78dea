"""Read positions, unread numbers, conversation lists and accounts' logs in SQLite."""

from collections.abc import Sequence
from typing import Any

import apsw

from tidings.domain.events import KeptEvent
from tidings.domain.messages import (
    HISTORY_IMPORT,
    NOT_COUNTED,
    UNSEEN_BY_RECEIVER,
    UNSEEN_BY_SENDER,
    Message,
    to_conversation,
)
from tidings.domain.ports import ConversationState, Logged, LogPage, UnreadLimits
from tidings.ids import AccountNumber, Position
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import (
    ACCOUNT_COLUMNS,
    LISTED,
    LISTED_ROWS,
    MESSAGE_COLUMNS,
    MESSAGE_SIDES,
    SHOWN,
    TRAIT_COLUMNS,
    TRAIT_WIDTH,
    TRAITS_OF,
    one,
    snapshot,
    to_account,
    to_event,
    to_list,
    to_message,
    to_traits,
)
from tidings.store.sqlite.transaction import Transaction, last_position

_PAIR = "(min(c.account, c.peer) << 32 | max(c.account, c.peer))"
# Conversations with something new, the newest first; what deleted accounts sent can no more be opened.
UNREAD_CONVERSATIONS = (
    "SELECT c.peer, c.read_id FROM conversations c JOIN accounts a ON a.number = c.peer AND a.is_deleted = 0"
    " WHERE c.account = ? AND c.newest_id > c.read_id ORDER BY c.newest_id DESC"
)
UNREAD = (
    "SELECT count(*) FROM (SELECT 1 FROM messages INDEXED BY message_place WHERE conversation = ? AND id > ?"
    f" AND sender = ? AND flags & {int(NOT_COUNTED)} = 0 AND (offline_until = 0 OR offline_until > ?) LIMIT ?)"
)
LIST = (
    "SELECT c.changed_id, c.read_time, coalesce(p.read_time, 0), c.last_time, c.pinned_id,"
    f" {TRAIT_COLUMNS}, a.{ACCOUNT_COLUMNS.replace(', ', ', a.')}, {MESSAGE_COLUMNS} FROM {LISTED_ROWS}"
    " JOIN accounts a ON a.number = c.peer LEFT JOIN conversations p ON p.account = c.peer AND p.peer = c.account"
    f"{TRAITS_OF} LEFT JOIN messages m ON m.id = c.last_id{MESSAGE_SIDES.replace(' JOIN', ' LEFT JOIN')}"
    f" WHERE c.changed_id > ?3 AND {SHOWN} ORDER BY c.changed_id LIMIT ?4"
)
LOG_MESSAGES = (
    f"SELECT {MESSAGE_COLUMNS} FROM conversations c CROSS JOIN messages m INDEXED BY message_place"
    # One bound, not two: the index is entered at one of them, and it would be the wrong one.
    f" ON m.conversation = {_PAIR} AND m.id > max(?2, c.cleared_id){MESSAGE_SIDES}"
    " WHERE c.account = ?1 AND c.newest_id > ?2"
    f" AND m.flags & CASE m.sender WHEN ?1 THEN {int(UNSEEN_BY_SENDER)} ELSE {int(UNSEEN_BY_RECEIVER)} END = 0"
    f" AND m.flags & {HISTORY_IMPORT} != {HISTORY_IMPORT}"
    " AND (m.offline_until = 0 OR m.offline_until > ?4 OR m.sender = ?1) ORDER BY m.id LIMIT ?3"
)
LOG_FLOOR = "SELECT value FROM meta WHERE name = 'log_floor.' || (SELECT app FROM accounts WHERE number = ?)"
LOG_EVENTS = "SELECT id, kind, body FROM events WHERE account = ? AND id > ? ORDER BY id LIMIT ?"
# What a read report covers: everything in the conversation that is not later than its time.
READ_UP_TO = "SELECT max(id) FROM messages INDEXED BY message_place WHERE conversation = ? AND id > ? AND time <= ?"
SET_READ = (
    "UPDATE conversations SET read_id = ?, read_time = max(read_time, ?), changed_id = ? WHERE account = ? AND peer = ?"
)
TOUCH = "UPDATE conversations SET changed_id = ? WHERE account = ? AND peer = ?"
_TRAITS_AT = 5
_ACCOUNT_AT = _TRAITS_AT + TRAIT_WIDTH
_MESSAGE_AT = _ACCOUNT_AT + 7


class SqliteConversations:
    """What each side of a conversation has read, and what its devices have to catch up on."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def mark_read(
        self, reader: AccountNumber, peer: AccountNumber, time: int, up_to: int, logged: Sequence[Logged]
    ) -> Pending[Position | None]:
        """Mark what is dated `up_to` or before as read, and keep `time` as when; None if nothing changed."""

        def change(tx: Transaction) -> Position | None:
            row = one(
                tx.cursor, "SELECT read_id, read_time FROM conversations WHERE account = ? AND peer = ?", (reader, peer)
            )
            if row is None:
                return None
            read_id = one(tx.cursor, READ_UP_TO, (to_conversation(reader, peer), row[0], up_to))[0]
            if read_id is None and time <= row[1]:
                return None
            position = tx.next_position()
            tx.cursor.execute(SET_READ, (read_id or row[0], time, position, reader, peer))
            tx.cursor.execute(TOUCH, (position, peer, reader))
            tx.log(position, time, logged)
            return position

        return self._engine.write(change)

    def mark_all_read(
        self, reader: AccountNumber, time: int, own: KeptEvent, to_peers: KeptEvent
    ) -> Pending[tuple[Position, list[AccountNumber]]]:
        """Move the reader's read positions of all conversations to `time`."""

        def change(tx: Transaction) -> tuple[Position, list[AccountNumber]]:
            sql = "SELECT peer, newest_id FROM conversations WHERE account = ? AND newest_id > read_id"
            rows: list[Any] = tx.cursor.execute(sql, (reader,)).fetchall()
            # Each conversation changes at a position of its own, so that lists can be paged by it.
            changed = [(peer, newest, tx.next_position()) for peer, newest in rows]
            position = tx.next_position()
            tx.cursor.executemany(SET_READ, [(newest, time, at, reader, peer) for peer, newest, at in changed])
            peers = [AccountNumber(peer) for peer, _ in rows]
            tx.cursor.executemany(TOUCH, [(position, peer, reader) for peer in peers])
            tx.log(position, time, [Logged(reader, own), *(Logged(peer, to_peers) for peer in peers)])
            return position, peers

        return self._engine.write(change)

    async def unread(
        self, account: AccountNumber, limits: UnreadLimits, peers: Sequence[AccountNumber] | None = None
    ) -> dict[AccountNumber, int]:
        """Count unread messages of the named conversations, or of all that have some."""

        def query(connection: apsw.Connection) -> dict[AccountNumber, int]:
            with snapshot(connection):
                return _counts(connection, account, limits, None if peers is None else set(peers))

        return await self._engine.read(query)

    async def conversations(
        self, account: AccountNumber, after: Position, limit: int, listed: int
    ) -> list[ConversationState]:
        """Return up to `limit` of the `listed` newest conversations, changed after a position, in order of change."""

        def query(connection: apsw.Connection) -> list[ConversationState]:
            return [_to_state(row) for row in connection.execute(LIST, (account, listed, after, limit))]

        return await self._engine.read(query)

    async def read_times(self, reader_of: AccountNumber, peers: Sequence[AccountNumber]) -> dict[AccountNumber, int]:
        """Return up to when each peer has read the conversation with the account."""

        def query(connection: apsw.Connection) -> dict[AccountNumber, int]:
            sql = f"SELECT account, read_time FROM conversations WHERE peer = ? AND account {LISTED}"
            return dict(connection.execute(sql, (reader_of, to_list(peers))))

        return await self._engine.read(query)

    async def log_after(self, account: AccountNumber, position: Position, limit: int, now: int) -> LogPage:
        """Return the account's log after a position; messages past their lifetime are left out."""

        def query(connection: apsw.Connection) -> LogPage:
            with snapshot(connection):
                return read(connection)

        def read(connection: apsw.Connection) -> LogPage:
            reached = last_position(connection)
            found: list[Any] = connection.execute(LOG_MESSAGES, (account, position, limit + 1, now)).fetchall()
            logged: list[Any] = connection.execute(LOG_EVENTS, (account, position, limit + 1)).fetchall()
            entries = _merge([to_message(row) for row in found], logged)
            is_complete = len(entries) <= limit
            entries = entries[:limit]
            if not is_complete:
                reached = _position_of(entries[-1])
            floor = one(connection, LOG_FLOOR, (account,))
            return LogPage(entries, Position(reached), is_complete, floor is not None and position < floor[0])

        return await self._engine.read(query)

    async def newest_position(self) -> Position:
        """Return the position of the last committed change."""
        return Position(await self._engine.read(last_position))


def _counts(
    connection: apsw.Connection, account: AccountNumber, limits: UnreadLimits, asked: set[AccountNumber] | None
) -> dict[AccountNumber, int]:
    counts: dict[AccountNumber, int] = {}
    rows: list[Any] = connection.execute(UNREAD_CONVERSATIONS, (account,)).fetchall()
    for peer, read_id in rows:
        if len(counts) == limits.conversations:
            break
        # Of the others it matters only whether they take a place among those that count.
        most = limits.messages if asked is None or peer in asked else 1
        conversation = to_conversation(account, AccountNumber(peer))
        if count := one(connection, UNREAD, (conversation, read_id, peer, limits.now, most))[0]:
            counts[AccountNumber(peer)] = count
    return counts if asked is None else {peer: counts[peer] for peer in counts.keys() & asked}


def _to_state(row: Any) -> ConversationState:
    return ConversationState(
        to_account(row[_ACCOUNT_AT:_MESSAGE_AT]),
        Position(row[0]),
        None if row[_MESSAGE_AT] is None else to_message(row[_MESSAGE_AT:]),
        row[1],
        row[2],
        row[3],
        row[4] > 0,
        to_traits(row[_TRAITS_AT:_ACCOUNT_AT]),
    )


def _merge(messages: list[Message], logged: list[Any]) -> list[Message | tuple[Position, KeptEvent]]:
    entries: list[Message | tuple[Position, KeptEvent]] = [*messages]
    entries += [(Position(identity), to_event(kind, body)) for identity, kind, body in logged]
    entries.sort(key=_position_of)
    return entries


def _position_of(entry: Message | tuple[Position, KeptEvent]) -> Position:
    return entry.position if isinstance(entry, Message) else entry[0]
