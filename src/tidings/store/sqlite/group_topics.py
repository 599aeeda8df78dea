"""Topics in SQLite: groups below a community; what members are there has rows of its own, from the first use on."""

from collections.abc import Sequence
from typing import Any

import apsw

from tidings.domain.group.groups import Group, Member, community_of
from tidings.domain.group.kinds import Receive
from tidings.domain.group.topics import Topic
from tidings.errors import TOO_MANY_TOPICS
from tidings.ids import GroupId, GroupNumber
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.group_rows import (
    GROUP_COLUMNS,
    GROUP_FIELDS,
    GROUP_WIDTH,
    MEMBER_COLUMNS,
    from_group,
    to_group,
    to_member,
)
from tidings.store.sqlite.rows import one, snapshot, to_list
from tidings.store.sqlite.transaction import Transaction

TAKEN = "SELECT 1 FROM groups WHERE app = ? AND group_id = ? AND is_gone = 0"
COUNT = "SELECT count(*) FROM groups WHERE parent = ? AND parent <> 0 AND is_gone = 0"
INSERT = (
    f"INSERT INTO groups ({GROUP_FIELDS}) VALUES ({','.join('?' * (GROUP_FIELDS.count(',') + 1))}) RETURNING number"
)
END = "UPDATE groups SET is_gone = 1 WHERE number = ? AND is_gone = 0"
END_ALL = "UPDATE groups SET is_gone = 1 WHERE parent = ? AND parent <> 0 AND is_gone = 0"
# What was sent before somebody came into the community has been read, as far as anybody is to know.
BEFORE = (
    "coalesce((SELECT s.seq FROM messages s WHERE s.conversation = -{topic} AND s.time < {joined_at}"
    " ORDER BY s.time DESC, s.seq DESC LIMIT 1), 0)"
)
PLACE = (
    f"SELECT {MEMBER_COLUMNS} FROM group_members m JOIN accounts a ON a.number = m.account"
    " LEFT JOIN group_mutes u ON u.group_number = m.group_number AND u.account = m.account"
    " WHERE m.group_number = ? AND m.account = ?"
)
FIRST = (
    f"SELECT {BEFORE.format(topic='?1', joined_at='?2')},"
    " coalesce((SELECT muted_until FROM group_mutes WHERE group_number = ?1 AND account = ?3), 0)"
)
# A row of an earlier time in the community may stand there still.
BEGIN = (
    "INSERT INTO group_members VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (group_number, account) DO UPDATE SET"
    " joined_at = excluded.joined_at, joined_seq = excluded.joined_seq, read_seq = excluded.read_seq,"
    " receive = excluded.receive, sent_at = 0 WHERE joined_at <> excluded.joined_at"
)
LEAVE = (
    "DELETE FROM group_members WHERE account IN (SELECT value FROM json_each(?2)) AND group_number IN"
    " (SELECT number FROM groups WHERE parent = ?1 AND parent <> 0 AND is_gone = 0)"
)
LIST = (
    f"SELECT {GROUP_COLUMNS}, m.read_seq, coalesce(m.receive, 'AcceptAndNotify'), coalesce(u.muted_until, 0),"
    f" {BEFORE.format(topic='g.number', joined_at='?2')} FROM groups g"
    " LEFT JOIN group_members m ON m.group_number = g.number AND m.account = ?3"
    " LEFT JOIN group_mutes u ON u.group_number = g.number AND u.account = ?3"
    " WHERE g.parent = ?1 AND g.parent <> 0 AND g.is_gone = 0"
    " AND (?4 IS NULL OR g.group_id IN (SELECT value FROM json_each(?4))) ORDER BY g.number"
)
_UNCOUNTED = (
    " FROM messages INDEXED BY group_uncounted WHERE conversation = ? AND conversation < 0 AND flags & 1 != 0"
    " AND seq > ?"
)
COUNT_UNCOUNTED = f"SELECT count(*){_UNCOUNTED}"
UNCOUNTED = f"SELECT seq{_UNCOUNTED} ORDER BY seq DESC LIMIT 200"
OLDEST = "SELECT min(seq) FROM messages WHERE conversation = ? AND conversation < 0"


class SqliteTopics:
    """Makes, ends and lists topics."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def create(self, topic: Group, limit: int) -> Pending[bool]:
        """Store a new topic and number it; False if its ID is taken. Raises 10037 if there are `limit`."""

        def change(tx: Transaction) -> bool:
            if one(tx.cursor, TAKEN, (topic.app, topic.group_id)) is not None:
                return False
            if one(tx.cursor, COUNT, (topic.parent,))[0] >= limit:
                raise TOO_MANY_TOPICS(group_id=community_of(topic.group_id), limit=limit)
            topic.number = GroupNumber(one(tx.cursor, INSERT, from_group(topic))[0])
            return True

        return self._engine.write(change)

    def end(self, topic: GroupNumber) -> Pending[bool]:
        """End a topic with its permissions; False if it was gone."""

        def change(tx: Transaction) -> bool:
            tx.cursor.execute(END, (topic,))
            is_new = bool(tx.cursor.connection.changes())
            tx.cursor.execute("DELETE FROM topic_permissions WHERE topic_number = ?", (topic,))
            return is_new

        return self._engine.write(change)

    async def topics(self, community: Group, member: Member, topic_ids: Sequence[GroupId] | None) -> list[Topic]:
        """Return topics of a community with what a member is there, oldest first; None: all."""

        def query(connection: apsw.Connection) -> list[Topic]:
            names = None if topic_ids is None else to_list(topic_ids)
            with snapshot(connection):
                bindings = (community.number, member.joined_at, member.account, names)
                return [_to_topic(connection, row) for row in connection.execute(LIST, bindings).fetchall()]

        return await self._engine.read(query)


def find_place(connection: apsw.Connection, topic: Group, member: Member) -> Member:
    """Return what a member of a community is in one of its topics; entry 0: it has not been there yet."""
    row = one(connection, PLACE, (topic.number, member.account))
    if row is not None and (place := to_member(row)).joined_at == member.joined_at:
        return place
    seen, muted_until = one(connection, FIRST, (topic.number, member.joined_at, member.account))
    return Member(
        member.account,
        member.user_id,
        joined_at=member.joined_at,
        joined_seq=seen,
        read_seq=seen,
        receive=topic.traits.receive_default,
        muted_until=muted_until,
        nick=member.nick,
        face_url=member.face_url,
    )


def begin(tx: Transaction, row: tuple[object, ...]) -> None:
    """Begin with what a member is in a topic."""
    tx.cursor.execute(BEGIN, row)


def end_all(tx: Transaction, community: GroupNumber) -> None:
    """End all topics of a community that ends, and its permission groups."""
    tx.cursor.execute(END_ALL, (community,))
    for table in ("permission_members", "topic_permissions", "permission_groups"):
        tx.cursor.execute(f"DELETE FROM {table} WHERE group_number = ?", (community,))


def leave(tx: Transaction, community: GroupNumber, accounts: str) -> None:
    """Forget what accounts were in topics of a community that they leave."""
    tx.cursor.execute(LEAVE, (community, accounts))


def _to_topic(connection: apsw.Connection, row: Sequence[Any]) -> Topic:
    group = to_group(row)
    read, receive, muted_until, before = row[GROUP_WIDTH:]
    read_seq = before if read is None else read
    oldest = one(connection, OLDEST, (-group.number,))[0] or group.last_seq + 1
    behind = max(read_seq, group.cleared_seq, oldest - 1)
    key = (-group.number, behind)
    unread = max(group.last_seq - behind - one(connection, COUNT_UNCOUNTED, key)[0], 0)
    uncounted = tuple(sorted(int(seq) for (seq,) in connection.execute(UNCOUNTED, key)))
    return Topic(group, read_seq, Receive(receive), muted_until, unread, uncounted)
