"""What happens to group messages in SQLite after they were sent: recall, modification, deletion, import, pins."""

from collections.abc import Sequence
from typing import Any

import apsw

from tidings.domain.group.groups import Group
from tidings.domain.group.history import View
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.pins import Pin
from tidings.domain.messages import Flag
from tidings.errors import ALREADY_PINNED, TOO_MANY_PINNED_MESSAGES
from tidings.ids import AccountNumber, GroupNumber, Position, UserId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.group_rows import GROUP_MESSAGE_COLUMNS, GROUP_MESSAGE_SIDES, to_group_message
from tidings.store.sqlite.group_writing import insert_group_messages
from tidings.store.sqlite.rows import one, snapshot
from tidings.store.sqlite.transaction import Transaction

# What was recalled counts for nothing any more.
GONE = int(Flag.RECALLED | Flag.NO_UNREAD)
HIDDEN = "SELECT seq FROM group_hidden WHERE account = ? AND group_number = ?"
CLEARED = "SELECT cleared_id FROM conversations WHERE account = ? AND peer = ?"
OLDEST = "SELECT min(seq) FROM messages WHERE conversation = ? AND conversation < 0"
RECALL = f"UPDATE messages SET flags = flags | {GONE}, revoker_id = ?, reason = ? WHERE id = ? AND flags & 8 = 0"
RECALL_SENDERS = (
    f"UPDATE messages SET flags = flags | {GONE}, revoker_id = ?"
    " WHERE conversation = ? AND conversation < 0 AND seq > ? AND sender = ? AND flags & 8 = 0"
)
DROP_RECALLED_PINS = (
    "DELETE FROM group_pins WHERE group_number = ?1 AND seq IN (SELECT m.seq FROM messages m"
    " WHERE m.conversation = -?1 AND m.conversation < 0 AND m.seq = group_pins.seq AND m.flags & 8 != 0)"
)
MODIFY = "UPDATE messages SET body = ?, custom_data = ?, version = ? WHERE id = ? AND version = ? AND flags & 8 = 0"
TOUCH = "UPDATE groups SET changed_id = ? WHERE number = ?"
CLEAR = "UPDATE groups SET cleared_seq = max(cleared_seq, ?), changed_id = ? WHERE number = ?"
RECALLS = (
    f"SELECT {GROUP_MESSAGE_COLUMNS} FROM group_recalls c CROSS JOIN messages m ON m.conversation = -c.group_number"
    f" AND m.conversation < 0 AND m.seq = c.seq{GROUP_MESSAGE_SIDES}"
    " WHERE c.group_number = ? AND c.time >= ? ORDER BY c.id DESC LIMIT ?"
)
LAST_AT = "SELECT last_at FROM groups WHERE number = ?"
READ_ALL = "UPDATE group_members SET read_seq = ?2 WHERE group_number = ?1 AND read_seq < ?2"
PINS = (
    "SELECT p.seq, p.pinner FROM group_pins p WHERE p.group_number = ?1 AND EXISTS (SELECT 1 FROM messages m"
    " WHERE m.conversation = -?1 AND m.conversation < 0 AND m.seq = p.seq) ORDER BY p.pinned_id DESC"
)


class SqliteGroupHistory:
    """Changes messages of groups."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def view(self, group: GroupNumber, account: AccountNumber | None) -> View:
        """Return what an account has taken out of its view; None: nothing."""

        def query(connection: apsw.Connection) -> View:
            with snapshot(connection):
                oldest = one(connection, OLDEST, (-group,))[0] or 0
                if account is None:
                    return View(oldest=oldest)
                hidden = frozenset(seq for (seq,) in connection.execute(HIDDEN, (account, group)))
                cleared = one(connection, CLEARED, (account, -group))
            return View(hidden, Position(0 if cleared is None else cleared[0]), oldest)

        return await self._engine.read(query)

    def recall(self, messages: Sequence[GroupMessage], time: int) -> Pending[set[int]]:
        """Mark messages of one group as recalled and unpin them; returns the sequences that were not yet."""
        rows = [(m.seq, m.revoker_id, m.reason, m.position) for m in messages]
        group = messages[0].group

        def change(tx: Transaction) -> set[int]:
            done = set()
            for seq, *bindings in rows:
                tx.cursor.execute(RECALL, bindings)
                if tx.cursor.connection.changes():
                    done.add(seq)
                    recall = (group, tx.next_position(), seq, time)
                    tx.cursor.execute("INSERT INTO group_recalls VALUES (?, ?, ?, ?)", recall)
            if done:
                tx.cursor.execute(DROP_RECALLED_PINS, (group,))
                _touch(tx, group)
            return done

        return self._engine.write(change)

    def recall_silently(self, group: GroupNumber, sender: AccountNumber, after: int, by: UserId) -> Pending[None]:
        """Mark a sender's messages above a sequence as recalled; nobody is told."""

        def change(tx: Transaction) -> None:
            tx.cursor.execute(RECALL_SENDERS, (by, -group, after, sender))
            if tx.cursor.connection.changes():
                tx.cursor.execute(DROP_RECALLED_PINS, (group,))
                _touch(tx, group)

        return self._engine.write(change)

    def modify(self, message: GroupMessage, given_version: int) -> Pending[bool]:
        """Replace body and custom data if the stored version is `given_version`."""
        bindings = (message.body, message.custom_data, message.version, message.position, given_version)
        group = message.group

        def change(tx: Transaction) -> bool:
            tx.cursor.execute(MODIFY, bindings)
            if not tx.cursor.connection.changes():
                return False
            _touch(tx, group)
            return True

        return self._engine.write(change)

    def hide(self, group: GroupNumber, account: AccountNumber, seqs: Sequence[int]) -> Pending[None]:
        """Take messages out of one account's view for good."""
        rows = [(group, account, seq) for seq in seqs]

        def change(tx: Transaction) -> None:
            tx.cursor.executemany("INSERT OR IGNORE INTO group_hidden VALUES (?, ?, ?)", rows)

        return self._engine.write(change)

    def clear(self, group: GroupNumber, seq: int) -> Pending[None]:
        """Take everything up to a sequence out of all members' view."""

        def change(tx: Transaction) -> None:
            tx.cursor.execute(CLEAR, (seq, tx.next_position(), group))
            tx.keep_position()

        return self._engine.write(change)

    async def recalls(self, group: GroupNumber, since: int, limit: int) -> list[GroupMessage]:
        """Return the last messages that were recalled at `since` or later, oldest recall first."""

        def query(connection: apsw.Connection) -> list[GroupMessage]:
            rows: list[Any] = connection.execute(RECALLS, (group, since, limit)).fetchall()
            return [to_group_message(row) for row in reversed(rows)]

        return await self._engine.read(query)

    def import_messages(self, group: Group, messages: Sequence[GroupMessage]) -> Pending[set[int]]:
        """Store messages, dated later than all before; all members have then read everything."""

        def change(tx: Transaction) -> set[int]:
            last = one(tx.cursor, LAST_AT, (group.number,))[0]
            taken: dict[int, GroupMessage] = {}
            for place, message in enumerate(messages):
                if message.time > last:
                    taken[place], last = message, message.time
            if taken:
                insert_group_messages(tx, list(taken.values()))
                tx.cursor.execute(READ_ALL, (group.number, tx.heads[group.number]))
            return set(taken)

        return self._engine.write(change)

    def pin(self, group: GroupNumber, pin: Pin, limit: int) -> Pending[None]:
        """Pin a message; raises 10071 if it was pinned, 10070 if more than `limit` were."""

        def change(tx: Transaction) -> None:
            there = [seq for seq, _ in tx.cursor.execute(PINS, (group,))]
            if pin.seq in there:
                raise ALREADY_PINNED(seq=pin.seq)
            if len(there) >= limit:
                raise TOO_MANY_PINNED_MESSAGES(limit=limit)
            row = (group, pin.seq, pin.pinner_id, tx.next_position())
            tx.cursor.execute("INSERT OR REPLACE INTO group_pins VALUES (?, ?, ?, ?)", row)
            tx.keep_position()

        return self._engine.write(change)

    def unpin(self, group: GroupNumber, seq: int) -> Pending[bool]:
        """Take a pin away; False if there was none."""

        def change(tx: Transaction) -> bool:
            tx.cursor.execute("DELETE FROM group_pins WHERE group_number = ? AND seq = ?", (group, seq))
            return bool(tx.cursor.connection.changes())

        return self._engine.write(change)

    async def pins(self, group: GroupNumber) -> list[Pin]:
        """Return the pinned messages that are still stored, newest pin first."""

        def query(connection: apsw.Connection) -> list[Pin]:
            return [Pin(seq, UserId(str(name))) for seq, name in connection.execute(PINS, (group,))]

        return await self._engine.read(query)


def _touch(tx: Transaction, group: GroupNumber) -> None:
    """Let lists tell of a group's change, at a position of its own."""
    tx.cursor.execute(TOUCH, (tx.next_position(), group))
    tx.keep_position()
