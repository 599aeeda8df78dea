"""Groups in lists of conversations, in SQLite: found from memberships, so that sending writes nothing for them.

A side's row of a group in `conversations` (its peer is the group's number, negative) is there once the side
has pinned, deleted, cleared or marked it. In such a row last_id is where it was deleted from the list.
"""

from collections.abc import Sequence
from typing import Any

import apsw

from tidings.domain.conversations import ListQuery
from tidings.domain.group.kinds import TRAITS
from tidings.domain.group.listing import GroupConversation, GroupPeer
from tidings.domain.messages import Flag
from tidings.domain.ports import GROUP_PLACE, ListedConversation
from tidings.ids import AccountNumber, GroupId, GroupNumber, Position, UserId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.group_reading import UNREAD
from tidings.store.sqlite.group_rows import (
    GROUP_COLUMNS,
    GROUP_MESSAGE_COLUMNS,
    GROUP_MESSAGE_SIDES,
    GROUP_WIDTH,
    MEMBER_COLUMNS,
    MEMBER_SIDES,
    to_group,
    to_group_message,
    to_member,
)
from tidings.store.sqlite.rows import (
    LISTED,
    TRAIT_COLUMNS,
    TRAIT_WIDTH,
    TRAITS_OF,
    one,
    snapshot,
    to_list,
    to_traits,
)
from tidings.store.sqlite.transaction import Transaction

_SHOWS_PAST = ", ".join(f"'{kind.value}'" for kind, traits in TRAITS.items() if traits.shows_past)
_COUNTS = frozenset(kind for kind, traits in TRAITS.items() if traits.counts_unread)
# The newest message that the account (?1) sees in its list.
_LAST = (
    "SELECT s.id FROM messages s WHERE s.conversation = -g.number AND s.conversation < 0"
    f" AND s.seq > max(g.cleared_seq, CASE WHEN coalesce(g.shows_past, g.kind IN ({_SHOWS_PAST})) THEN 0"
    "  ELSE b.joined_seq END)"
    " AND s.id > max(coalesce(c.cleared_id, 0), coalesce(c.last_id, 0))"
    f" AND s.flags & {int(Flag.NO_LAST)} = 0"
    f" AND (s.flags & {int(Flag.TARGETED)} = 0 OR s.sender = ?1"
    " OR EXISTS (SELECT 1 FROM json_each(s.extra, '$.targets') WHERE value = ?1))"
    " AND NOT EXISTS (SELECT 1 FROM group_hidden h"
    " WHERE h.account = ?1 AND h.group_number = g.number AND h.seq = s.seq)"
    " ORDER BY s.seq DESC LIMIT 1"
)
_MINE = (
    "(SELECT b.account, -g.number AS peer, g.group_id, max(g.changed_id, coalesce(c.changed_id, 0)) AS changed_id,"
    " coalesce(c.pinned_id, 0) AS pinned_id, coalesce(c.last_time, 0) AS listed_at,"
    f" ({_LAST}) AS last_id FROM group_members b JOIN groups g ON g.number = b.group_number AND g.is_gone = 0"
    " LEFT JOIN conversations c ON c.account = b.account AND c.peer = -g.number WHERE b.account = ?1 AND b.entry > 0"
    " AND max(g.changed_id, coalesce(c.changed_id, 0)) > ?2) c"
)
_ROWS = f"{_MINE} LEFT JOIN messages l ON l.id = c.last_id{TRAITS_OF}"
_TIME = "coalesce(l.time, c.listed_at)"
_IS_LISTED = "(l.id IS NOT NULL OR c.pinned_id > 0 OR c.listed_at > 0)"
CHANGED = (
    f"SELECT c.peer, c.changed_id, c.pinned_id > 0, coalesce(c.last_id, 0), {_TIME}, {TRAIT_COLUMNS} FROM {_ROWS}"
    f" WHERE {_IS_LISTED} ORDER BY c.changed_id LIMIT ?3"
)
PAGE = (
    f"SELECT c.peer, c.group_id, {_TIME}, c.pinned_id > 0, {TRAIT_COLUMNS} FROM {_ROWS}"
    f" WHERE {_IS_LISTED} AND ({_TIME}, {GROUP_PLACE} - c.peer) < (?3, ?4)"
    " AND (?5 IS NULL OR (c.pinned_id > 0) = ?5) AND (?6 OR l.id IS NOT NULL)"
    f" ORDER BY {_TIME} DESC, c.peer LIMIT ?7"
)
PLACES = (
    f"SELECT {GROUP_COLUMNS}, {MEMBER_COLUMNS} FROM group_members m JOIN groups g ON g.number = m.group_number"
    f"{MEMBER_SIDES} WHERE m.account = ? AND m.group_number {LISTED}"
)
MESSAGES = f"SELECT {GROUP_MESSAGE_COLUMNS} FROM messages m{GROUP_MESSAGE_SIDES} WHERE m.id {LISTED}"
NAMES = f"SELECT number, group_id FROM groups WHERE number {LISTED}"
STILL_LISTED = (
    "SELECT c.peer FROM conversations c WHERE c.account = ? AND c.peer < 0 AND (c.last_time > 0 OR EXISTS (SELECT 1"
    " FROM messages m WHERE m.conversation = c.peer AND m.conversation < 0 AND m.id > c.last_id))"
    f" AND c.peer {LISTED}"
)
# Deleted up to the position of the change; not listed until something newer comes.
DELETE = """
INSERT INTO conversations (account, peer, newest_id, last_id, last_time, cleared_id, changed_id)
VALUES (?1, ?2, 0, ?3, 0, CASE WHEN ?4 THEN ?3 ELSE 0 END, ?3)
ON CONFLICT (account, peer) DO UPDATE SET last_id = ?3, last_time = 0, pinned_id = 0, changed_id = ?3,
  cleared_id = CASE WHEN ?4 THEN ?3 ELSE cleared_id END
"""
SIDE = (
    "SELECT g.last_at, coalesce(c.last_time, 0), EXISTS (SELECT 1 FROM messages m WHERE m.conversation = -g.number"
    " AND m.conversation < 0 AND m.id > coalesce(c.last_id, 0))"
    " FROM groups g LEFT JOIN conversations c ON c.account = ? AND c.peer = -g.number WHERE g.number = ?"
)
CLEAR = """
INSERT INTO conversations (account, peer, newest_id, last_id, last_time, cleared_id, changed_id)
VALUES (?1, ?2, 0, 0, ?4, ?3, ?3)
ON CONFLICT (account, peer) DO UPDATE SET cleared_id = ?3, changed_id = ?3, last_time = ?4
"""


class SqliteGroupListing:
    """Groups in accounts' lists."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def changed_after(self, account: AccountNumber, after: Position, limit: int) -> list[GroupConversation]:
        """Return the groups of an account's list that changed after a position, in order of change."""

        def query(connection: apsw.Connection) -> list[GroupConversation]:
            with snapshot(connection):
                rows: list[Any] = connection.execute(CHANGED, (account, after, limit)).fetchall()
                return _to_conversations(connection, account, rows)

        return await self._engine.read(query)

    async def names(self, groups: Sequence[GroupNumber]) -> dict[GroupNumber, GroupId]:
        """Return the IDs of groups, those that are gone included."""

        def query(connection: apsw.Connection) -> dict[GroupNumber, GroupId]:
            rows = connection.execute(NAMES, (to_list(groups),))
            return {GroupNumber(number): GroupId(str(name)) for number, name in rows}

        return await self._engine.read(query)


def page(connection: apsw.Connection, account: AccountNumber, query: ListQuery) -> list[ListedConversation]:
    """Return part of an account's list of groups, newest first."""
    after = query.after
    bindings = (account, -1, after.time, after.peer, query.is_pinned, query.with_empty, query.limit)
    rows: Any = connection.execute(PAGE, bindings)
    return [
        ListedConversation(GroupPeer(AccountNumber(row[0]), UserId(row[1])), row[2], bool(row[3]), to_traits(row[4:]))
        for row in rows
    ]


def still_listed(
    connection: apsw.Connection, account: AccountNumber, peers: Sequence[AccountNumber]
) -> set[AccountNumber]:
    """Return with which of these groups the account's list has a conversation."""
    rows: Any = connection.execute(STILL_LISTED, (account, to_list(peers)))
    return {AccountNumber(peer) for (peer,) in rows}


def delete(tx: Transaction, account: AccountNumber, peer: AccountNumber, *, clears: bool) -> None:
    """Take a group out of an account's list until something newer comes."""
    tx.cursor.execute(DELETE, (account, peer, tx.next_position(), clears))


def clear(tx: Transaction, account: AccountNumber, peer: AccountNumber) -> bool:
    """Hide a group's history from an account; says whether it stands in the list."""
    side = one(tx.cursor, SIDE, (account, -peer))
    if side is None:
        return False
    last_at, listed_at, has_newer = side
    time = max(listed_at, last_at) if has_newer else listed_at
    tx.cursor.execute(CLEAR, (account, peer, tx.next_position(), time))
    return bool(time)


def _to_conversations(connection: apsw.Connection, account: AccountNumber, rows: list[Any]) -> list[GroupConversation]:
    numbers = to_list(-row[0] for row in rows)
    places: dict[int, Any] = {row[0]: row for row in connection.execute(PLACES, (account, numbers))}
    listed = to_list(row[3] for row in rows)
    messages = {m.position: m for m in map(to_group_message, connection.execute(MESSAGES, (listed,)))}
    found = []
    for row in rows:
        place = places[-row[0]]
        group = to_group(place)
        unread = one(connection, UNREAD, (account, group.number))[0] if group.kind in _COUNTS else 0
        found.append(
            GroupConversation(
                group,
                to_member(place[GROUP_WIDTH:]),
                Position(row[1]),
                messages.get(row[3]),
                row[4],
                bool(row[2]),
                max(unread, 0),
                to_traits(row[5 : 5 + TRAIT_WIDTH]),
            )
        )
    return found
