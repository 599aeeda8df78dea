"""How far members have read, and receipts of single messages, in SQLite."""

from collections.abc import Sequence
from typing import Any

import apsw

from tidings.domain.events import KeptEvent
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.receipts import Counts, ToEvents, Told
from tidings.domain.messages import Flag
from tidings.domain.ports import Logged
from tidings.domain.telling import Changed
from tidings.ids import AccountNumber, GroupNumber, UserId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one, snapshot, to_list
from tidings.store.sqlite.transaction import Transaction

MARK_READ = "UPDATE group_members SET read_seq = ?1 WHERE group_number = ?2 AND account = ?3 AND read_seq < ?1"
# The sequence behind which so many messages that count come.
BEHIND = (
    "SELECT seq - 1 FROM messages WHERE conversation = ? AND conversation < 0"
    f" AND flags & {int(Flag.NO_UNREAD)} = 0 ORDER BY seq DESC LIMIT 1 OFFSET ?"
)
SET_READ = "UPDATE group_members SET read_seq = ? WHERE group_number = ? AND account = ?"
LAST = "SELECT last_seq FROM groups WHERE number = ?"
# From where unread messages are counted: what was read, cleared, or is no longer stored counts for nothing.
UNREAD = (
    "SELECT r.last_seq - r.behind - (SELECT count(*) FROM messages u INDEXED BY group_uncounted"
    "   WHERE u.conversation = -?2 AND u.conversation < 0 AND u.flags & 1 != 0 AND u.seq > r.behind)"
    " FROM (SELECT g.last_seq, max(m.read_seq, g.cleared_seq, coalesce((SELECT min(o.seq) FROM messages o"
    "     WHERE o.conversation = -?2 AND o.conversation < 0), g.last_seq + 1) - 1) AS behind"
    "   FROM group_members m JOIN groups g ON g.number = m.group_number"
    "   WHERE m.group_number = ?2 AND m.account = ?1) r"
)
GIVE = "INSERT OR IGNORE INTO group_receipts VALUES (?, ?, ?, ?)"
READ_COUNT = "SELECT count(*) FROM group_receipts WHERE group_number = ? AND seq = ?"
_UNREAD_BY = (
    "group_members m JOIN accounts a ON a.number = m.account"
    " WHERE m.group_number = ?1 AND m.joined_seq < ?2 AND m.account != ?3 AND (?4 IS NULL OR m.account IN"
    " (SELECT value FROM json_each(?4))) AND NOT EXISTS (SELECT 1 FROM group_receipts r"
    " WHERE r.group_number = ?1 AND r.seq = ?2 AND r.account = m.account)"
)
UNREAD_COUNT = f"SELECT count(*) FROM {_UNREAD_BY}"
UNREADERS = f"SELECT m.account, a.user_id FROM {_UNREAD_BY} AND m.account > ?5 ORDER BY m.account LIMIT ?6"
READERS = (
    "SELECT r.account, a.user_id FROM group_receipts r JOIN accounts a ON a.number = r.account"
    " WHERE r.group_number = ? AND r.seq = ? AND r.account > ? ORDER BY r.account LIMIT ?"
)


class SqliteGroupReading:
    """Read positions of members."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def mark_read(
        self, group: GroupNumber, account: AccountNumber, seq: int, time: int, event: KeptEvent
    ) -> Pending[Changed[None]]:
        """Keep that an account has read up to a sequence; the event is logged if that is later than before."""

        def change(tx: Transaction) -> Changed[None]:
            tx.cursor.execute(MARK_READ, (seq, group, account))
            if not tx.cursor.connection.changes():
                return Changed(None)
            position = tx.next_position()
            tx.log(position, time, [Logged(account, event)])
            return Changed(None, event, position)

        return self._engine.write(change)

    def set_unread(self, group: GroupNumber, account: AccountNumber, count: int) -> Pending[int]:
        """Keep that the last `count` messages are unread, or all if there are fewer; returns the sequence read."""

        def change(tx: Transaction) -> int:
            if count:
                row = one(tx.cursor, BEHIND, (-group, count - 1))
                seq = 0 if row is None else int(row[0])
            else:
                seq = int(one(tx.cursor, LAST, (group,))[0])
            tx.cursor.execute(SET_READ, (seq, group, account))
            return seq

        return self._engine.write(change)

    async def unread(self, account: AccountNumber, groups: Sequence[GroupNumber]) -> dict[GroupNumber, int]:
        """Count the unread messages of an account in groups."""

        def query(connection: apsw.Connection) -> dict[GroupNumber, int]:
            with snapshot(connection):
                found = {group: one(connection, UNREAD, (account, group)) for group in groups}
            return {group: max(row[0], 0) for group, row in found.items() if row is not None}

        return await self._engine.read(query)


class SqliteGroupReceipts:
    """Receipts of single messages."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def give(
        self, messages: Sequence[GroupMessage], reader: AccountNumber, time: int, to_events: ToEvents
    ) -> Pending[Told]:
        """Keep that somebody has read messages of one group; the events are made of those that were new."""

        def change(tx: Transaction) -> Told:
            fresh = []
            for m in messages:
                tx.cursor.execute(GIVE, (m.group, m.seq, reader, time))
                if tx.cursor.connection.changes():
                    fresh.append(m)
            if not fresh:
                return Told([])
            events = to_events({m.seq: _counts(tx.cursor, m) for m in fresh})
            position = tx.next_position()
            tx.log(position, time, events)
            return Told(events, position)

        return self._engine.write(change)

    async def counts(self, messages: Sequence[GroupMessage]) -> dict[int, Counts]:
        """Count who has read messages of one group, and which members that were in already have not."""

        def query(connection: apsw.Connection) -> dict[int, Counts]:
            return {m.seq: _counts(connection, m) for m in messages}

        return await self._engine.read(query)

    async def readers(
        self, message: GroupMessage, after: AccountNumber, limit: int, *, has_read: bool
    ) -> list[tuple[AccountNumber, UserId]]:
        """Return accounts that have read a message, or have not, by their numbers above `after`."""

        def query(connection: apsw.Connection) -> list[tuple[AccountNumber, UserId]]:
            rows: Any
            if has_read:
                rows = connection.execute(READERS, (message.group, message.seq, after, limit))
            else:
                rows = connection.execute(UNREADERS, (*_of(message), after, limit))
            return [(AccountNumber(number), UserId(str(name))) for number, name in rows]

        return await self._engine.read(query)


def _counts(connection: apsw.Connection | apsw.Cursor, message: GroupMessage) -> Counts:
    read = one(connection, READ_COUNT, (message.group, message.seq))[0]
    return int(read), int(one(connection, UNREAD_COUNT, _of(message))[0])


def _of(message: GroupMessage) -> tuple[Any, ...]:
    return message.group, message.seq, message.sender, to_list(message.targets) if message.targets else None
