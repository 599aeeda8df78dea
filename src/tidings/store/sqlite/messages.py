"""One-to-one messages in SQLite."""

from collections.abc import Sequence

import apsw

from tidings.domain.messages import (
    UNSEEN_BY_RECEIVER,
    UNSEEN_BY_SENDER,
    Flag,
    Message,
    MessageKey,
    to_conversation,
)
from tidings.domain.ports import Logged, PageQuery
from tidings.ids import AccountNumber, ConversationNumber, Position
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import MESSAGE_COLUMNS, MESSAGE_SIDES, one, snapshot, to_message
from tidings.store.sqlite.transaction import Transaction
from tidings.store.sqlite.writing import insert_messages

SELECT = f"SELECT {MESSAGE_COLUMNS} FROM messages m{MESSAGE_SIDES}"
BY_KEY = f"{SELECT} WHERE m.conversation = ? AND m.time = ? AND m.seq = ? AND m.random = ? ORDER BY m.id LIMIT 1"
ID_BY_KEY = "SELECT id FROM messages WHERE conversation = ? AND time = ? AND seq = ? AND random = ? ORDER BY id LIMIT 1"
REPEAT = (
    f"{SELECT} WHERE m.conversation = ? AND m.time >= ? AND m.seq = ? AND m.random = ? AND m.client_time = ?"
    " AND m.sender = ? ORDER BY m.id LIMIT 1"
)
# Imports are dated as they like, so they would say nothing of where to stop. Those of groups say it, too.
RECENT_IDS = f"SELECT id, time, conversation FROM messages WHERE flags & {Flag.IMPORTED} = 0 ORDER BY id DESC"
RECENT = f"{SELECT} WHERE m.flags & {Flag.IMPORTED} = 0 AND m.id >= ? ORDER BY m.id"
# One statement for each direction; the flags that hide a message depend on which side looks.
PAGE = (
    f"{SELECT} LEFT JOIN conversations c ON c.account = :viewer AND c.peer = :peer"
    " WHERE m.conversation = :conversation AND m.time BETWEEN :min_time AND :max_time"
    " AND (m.time, m.seq, m.id) {beyond} (:time, :seq, :id) AND m.id > coalesce(c.cleared_id, 0)"
    " AND m.flags & CASE m.sender WHEN :viewer THEN :unseen_by_sender ELSE :unseen_by_receiver END = 0"
    " AND m.flags & :left_out = 0"
    " ORDER BY m.time {order}, m.seq {order}, m.id {order} LIMIT :limit"
)
OLDER = PAGE.replace("{beyond}", "<").replace("{order}", "DESC")
NEWER = PAGE.replace("{beyond}", ">").replace("{order}", "ASC")
BEYOND_ALL = 1 << 62
NEWEST_SHOWN = (
    "SELECT m.id, m.time FROM messages m INDEXED BY message_order"
    " JOIN conversations c ON c.account = :viewer AND c.peer = :peer"
    f" WHERE m.conversation = :conversation AND m.id > c.cleared_id AND m.flags & {Flag.NO_LAST} = 0"
    f" AND m.flags & CASE m.sender WHEN :viewer THEN {UNSEEN_BY_SENDER} ELSE {UNSEEN_BY_RECEIVER} END = 0"
    " ORDER BY m.time DESC, m.id DESC LIMIT 1"
)
IS_LAST = "SELECT 1 FROM conversations WHERE account = ? AND peer = ? AND last_id = ?"
# Without any it drops out of the list, unless it is pinned.
SHOW = (
    "UPDATE conversations SET last_id = ?1, changed_id = ?3,"
    " last_time = CASE WHEN ?1 = 0 AND pinned_id > 0 THEN last_time ELSE ?2 END WHERE account = ?4 AND peer = ?5"
)
TOUCH = "UPDATE conversations SET changed_id = ? WHERE account = ? AND peer = ?"


class SqliteMessages:
    """Writes, finds and changes messages."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine
        self.append = engine.append

    def import_message(self, message: Message) -> Pending[bool]:
        """Store a message with its own time, unless its key is taken: then False."""

        def change(tx: Transaction) -> bool:
            if one(tx.cursor, ID_BY_KEY, _key(message)) is not None:
                return False
            insert_messages(tx, [message])
            return True

        return self._engine.write(change)

    def settle(self) -> Pending[None]:
        """Resolve once everything written before is durable."""
        return self._engine.write(lambda _: None)

    async def recent(self, since: int) -> list[Message]:
        """Return the messages sent at `since` or later, in commit order; imported ones were not sent."""

        def query(connection: apsw.Connection) -> list[Message]:
            first = None
            for identity, time, conversation in connection.execute(RECENT_IDS):
                if time < since:
                    break
                first = identity if conversation > 0 else first
            return [] if first is None else [to_message(row) for row in connection.execute(RECENT, (first,))]

        return await self._engine.read(query)

    async def find_message(self, conversation: ConversationNumber, key: MessageKey) -> Message | None:
        """Return the message of that key."""
        return await self._find(BY_KEY, (conversation, key.time, key.seq, key.random))

    async def find_repeat(self, message: Message, since: int) -> Message | None:
        """Return the stored message that has the same sender, seq, random and client time."""
        m = message
        return await self._find(REPEAT, (m.conversation, since, m.seq, m.random, m.client_time, m.sender))

    async def page(self, query: PageQuery) -> list[Message]:
        """Return a page of history, in the order the query asks for."""
        conversation = to_conversation(query.viewer, query.peer)

        def read(connection: apsw.Connection) -> list[Message]:
            with snapshot(connection):
                return select(connection)

        def select(connection: apsw.Connection) -> list[Message]:
            time, seq, identity = _start(connection, conversation, query)
            bindings = {
                "viewer": query.viewer,
                "peer": query.peer,
                "conversation": conversation,
                # Tightened by the start: whichever bound the index takes, it begins where the page does.
                "min_time": max(query.min_time, time) if query.newer else query.min_time,
                "max_time": query.max_time if query.newer else min(query.max_time, time),
                "time": time,
                "seq": seq,
                "id": identity,
                "unseen_by_sender": int(UNSEEN_BY_SENDER),
                "unseen_by_receiver": int(UNSEEN_BY_RECEIVER),
                "left_out": 0 if query.with_recalled else int(Flag.RECALLED),
                "limit": query.limit,
            }
            return [to_message(row) for row in connection.execute(NEWER if query.newer else OLDER, bindings)]

        return await self._engine.read(read)

    def recall(self, message: Message, logged: Sequence[Logged]) -> Pending[Position | None]:
        """Mark a message as recalled; None if it was already."""
        sql = "UPDATE messages SET flags = flags | 8, revoker_id = ?, reason = ? WHERE id = ? AND flags & 8 = 0"
        return self._change_one(message, sql, (message.revoker_id, message.reason, message.position), logged)

    def modify(self, message: Message, given_version: int, logged: Sequence[Logged]) -> Pending[Position | None]:
        """Replace body and custom data if the stored version is `given_version`; else None."""
        sql = (
            "UPDATE messages SET body = ?, custom_data = ?, version = ? WHERE id = ? AND version = ? AND flags & 8 = 0"
        )
        new = (message.body, message.custom_data, message.version, message.position, given_version)
        return self._change_one(message, sql, new, logged)

    def hide(self, messages: Sequence[Message], viewer: AccountNumber) -> Pending[None]:
        """Hide messages of one conversation from one side for good; its list shows the newest left."""
        rows = [
            (int(Flag.DELETED_BY_SENDER if m.sender == viewer else Flag.DELETED_BY_RECEIVER), m.position)
            for m in messages
        ]
        peer = messages[0].receiver if messages[0].sender == viewer else messages[0].sender

        def change(tx: Transaction) -> None:
            tx.cursor.executemany("UPDATE messages SET flags = flags | ? WHERE id = ?", rows)
            if any(one(tx.cursor, IS_LAST, (viewer, peer, identity)) for _, identity in rows):
                show_newest(tx, viewer, peer)

        return self._engine.write(change)

    def give_receipts(self, messages: Sequence[Message], logged: Sequence[Logged]) -> Pending[Position]:
        """Mark messages as read by their receiver."""
        rows = [(int(Flag.PEER_READ), m.position) for m in messages]

        def change(tx: Transaction) -> Position:
            tx.cursor.executemany("UPDATE messages SET flags = flags | ? WHERE id = ?", rows)
            position = tx.next_position()
            tx.log(position, messages[-1].time, logged)
            return position

        return self._engine.write(change)

    def _change_one(
        self, message: Message, sql: str, bindings: tuple[object, ...], logged: Sequence[Logged]
    ) -> Pending[Position | None]:
        """Run an update of one message; if it hit, log it and touch both sides' conversations."""

        def change(tx: Transaction) -> Position | None:
            tx.cursor.execute(sql, bindings)
            if not tx.cursor.connection.changes():
                return None
            position = tx.next_position()
            tx.log(position, message.time, logged)
            tx.cursor.execute(TOUCH, (position, message.sender, message.receiver))
            tx.cursor.execute(TOUCH, (position, message.receiver, message.sender))
            return position

        return self._engine.write(change)

    async def _find(self, sql: str, bindings: tuple[int, ...]) -> Message | None:
        def query(connection: apsw.Connection) -> Message | None:
            row = one(connection, sql, bindings)
            return None if row is None else to_message(row)

        return await self._engine.read(query)


def _key(message: Message) -> tuple[int, int, int, int]:
    return (message.conversation, message.time, message.seq, message.random)


def show_newest(tx: Transaction, viewer: AccountNumber, peer: AccountNumber) -> None:
    """Let one side's list show the newest message that the side sees; without any, it drops out."""
    side = {"viewer": viewer, "peer": peer, "conversation": to_conversation(viewer, peer)}
    shown = tx.cursor.execute(NEWEST_SHOWN, side).fetchone() or (0, 0)
    tx.cursor.execute(SHOW, (*shown, tx.next_position(), viewer, peer))
    tx.keep_position()


def _start(connection: apsw.Connection, conversation: int, query: PageQuery) -> tuple[int, int, int]:
    """Return the place (time, seq, id) beyond which the page lies.

    A key that is gone stands for its time and seq: nothing equal to them is left to be shown twice.
    """
    if query.start is None:
        return (-1, -1, -1) if query.newer else (BEYOND_ALL, BEYOND_ALL, BEYOND_ALL)
    key = query.start
    row = one(connection, ID_BY_KEY, (conversation, key.time, key.seq, key.random))
    return (key.time, key.seq, 0 if row is None else row[0])
