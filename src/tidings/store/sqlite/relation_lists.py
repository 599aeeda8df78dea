"""Lists of friends, requests, blocked users and friend groups in SQLite: pages of constant cost."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import apsw

from tidings.domain.barriers import Standing
from tidings.domain.relation_book import Counts, Entry, FriendRow, Person
from tidings.domain.relation_lists import BlockRow, GroupRow, RequestQuery, RequestRow
from tidings.ids import AccountNumber, UserId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.relations import BETWEEN, COUNTS, UNREAD, read_entry, to_request
from tidings.store.sqlite.rows import LISTED, one, snapshot, to_list

_LIVING = "JOIN accounts a ON a.number = {side} AND a.is_deleted = 0"
FRIENDS = (
    f"SELECT f.peer, a.user_id, f.place FROM friends f {_LIVING.format(side='f.peer')}"
    " WHERE f.account = ? AND f.place > ? ORDER BY f.place LIMIT ? OFFSET ?"
)
BLOCKS = (
    f"SELECT b.peer, a.user_id, b.time, b.place FROM blocks b {_LIVING.format(side='b.peer')}"
    " WHERE b.account = ? AND b.place > ? ORDER BY b.place LIMIT ?"
)
BEFRIENDED_BY = f"SELECT account FROM friends WHERE peer = ? AND account {LISTED}"
BLOCKED = f"SELECT peer FROM blocks WHERE account = ? AND peer {LISTED}"
BLOCKED_BY = f"SELECT account FROM blocks WHERE peer = ? AND account {LISTED}"
GROUPS = (
    "SELECT g.number, g.name, (SELECT count(*) FROM friend_group_members m WHERE m.group_number = g.number)"
    " FROM friend_groups g WHERE g.account = ? ORDER BY g.number"
)
MEMBERS = (
    f"SELECT m.peer, a.user_id FROM friend_group_members m {_LIVING.format(side='m.peer')}"
    " WHERE m.group_number = ? ORDER BY m.peer"
)
_REQUEST = "r.source, r.wording, r.time, r.remark, r.group_name, r.is_read"
SENT = (
    f"SELECT r.peer, a.user_id, a.nick, a.face_url, r.id, 1, {_REQUEST} FROM friend_requests r"
    f" {_LIVING.format(side='r.peer')} WHERE r.account = ?1 AND r.id < ?2"
)
RECEIVED = (
    f"SELECT r.account, a.user_id, a.nick, a.face_url, r.id, 0, {_REQUEST} FROM friend_requests r"
    f" {_LIVING.format(side='r.account')} WHERE r.peer = ?1 AND r.id < ?2"
)
END = 1 << 62


class SqliteRelationLists:
    """Reads relations."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def counts(self, account: AccountNumber) -> Counts:
        """Return what an account's lists hold."""
        row: Any = await self._engine.read(lambda connection: one(connection, COUNTS, (account,)))
        return Counts() if row is None else Counts(*row)

    async def friend_page(self, account: AccountNumber, after: int, limit: int, skip: int = 0) -> list[FriendRow]:
        """Return friends in the order they came in, after a place, without the first `skip` of them."""

        def query(connection: apsw.Connection) -> list[FriendRow]:
            with snapshot(connection):
                rows: Any = connection.execute(FRIENDS, (account, after, limit, skip)).fetchall()
                entries = _entries(connection, account, (row[0] for row in rows))
            return [FriendRow(_person(row), entries[row[0]], row[2]) for row in rows]

        return await self._engine.read(query)

    async def entries(self, account: AccountNumber, others: Sequence[AccountNumber]) -> Mapping[AccountNumber, Entry]:
        """Return what stands beside those of the others who are in the account's list."""

        def query(connection: apsw.Connection) -> Mapping[AccountNumber, Entry]:
            with snapshot(connection):
                return _entries(connection, account, others)

        return await self._engine.read(query)

    async def befriended_by(self, account: AccountNumber, others: Sequence[AccountNumber]) -> set[AccountNumber]:
        """Return those of the others in whose list the account is."""
        return await self._numbers(BEFRIENDED_BY, account, others)

    async def block_page(self, account: AccountNumber, after: int, limit: int) -> list[BlockRow]:
        """Return blocked users in the order they came in, after a place."""

        def query(connection: apsw.Connection) -> list[BlockRow]:
            rows: Any = connection.execute(BLOCKS, (account, after, limit))
            return [BlockRow(_person(row), row[2], row[3]) for row in rows]

        return await self._engine.read(query)

    async def blocked(self, account: AccountNumber, others: Sequence[AccountNumber]) -> set[AccountNumber]:
        """Return those of the others whom the account blocks."""
        return await self._numbers(BLOCKED, account, others)

    async def blocked_by(self, account: AccountNumber, others: Sequence[AccountNumber]) -> set[AccountNumber]:
        """Return those of the others who block the account."""
        return await self._numbers(BLOCKED_BY, account, others)

    async def friend_groups(
        self, account: AccountNumber, names: Sequence[str] | None, *, with_members: bool
    ) -> list[GroupRow]:
        """Return friend groups, all or those of the names."""

        def query(connection: apsw.Connection) -> list[GroupRow]:
            with snapshot(connection):
                rows: Any = connection.execute(GROUPS, (account,)).fetchall()
                wanted = [row for row in rows if names is None or row[1] in names]
                return [
                    GroupRow(name, count, _members(connection, number) if with_members else ())
                    for number, name, count in wanted
                ]

        return await self._engine.read(query)

    async def requests(self, account: AccountNumber, query: RequestQuery) -> list[RequestRow]:
        """Return friend requests, newest first."""
        parts = [sql for sql, is_wanted in ((SENT, query.sent), (RECEIVED, query.received)) if is_wanted]
        sql = f"{' UNION ALL '.join(parts)} ORDER BY 5 DESC LIMIT ?3"

        def read(connection: apsw.Connection) -> list[RequestRow]:
            rows: Any = connection.execute(sql, (account, query.before or END, query.limit)) if parts else ()
            return [_to_request(row) for row in rows]

        return await self._engine.read(read)

    async def unread_requests(self, account: AccountNumber) -> int:
        """Count the requests to an account that are not marked as seen."""
        return int((await self._engine.read(lambda connection: one(connection, UNREAD, (account,))))[0])

    async def blockers(self) -> list[AccountNumber]:
        """Return the accounts that block anybody."""

        def query(connection: apsw.Connection) -> list[AccountNumber]:
            rows = connection.execute("SELECT account FROM relation_states WHERE blocked > 0")
            return [AccountNumber(int(number)) for (number,) in rows]

        return await self._engine.read(query)

    def standing(self, account: AccountNumber, other: AccountNumber) -> Standing:
        """Return what the other one is to the account."""

        def query(connection: apsw.Connection) -> Standing:
            row = one(connection, BETWEEN, (account, other))
            return Standing(is_friend=bool(row[0]), is_blocked=bool(row[1]))

        return self._engine.look_up(query)

    async def _numbers(self, sql: str, account: AccountNumber, others: Sequence[AccountNumber]) -> set[AccountNumber]:
        def query(connection: apsw.Connection) -> set[AccountNumber]:
            return {AccountNumber(int(n)) for (n,) in connection.execute(sql, (account, to_list(others)))}

        return await self._engine.read(query)


def _entries(
    connection: apsw.Connection, account: AccountNumber, others: Iterable[AccountNumber]
) -> dict[AccountNumber, Entry]:
    found = ((other, read_entry(connection, account, other)) for other in others)
    return {other: entry for other, entry in found if entry is not None}


def _members(connection: apsw.Connection, number: int) -> list[Person]:
    return [_person(row) for row in connection.execute(MEMBERS, (number,))]


def _person(row: Any) -> Person:
    return Person(AccountNumber(row[0]), UserId(row[1]))


def _to_request(row: Any) -> RequestRow:
    return RequestRow(_person(row), row[2], row[3], to_request(row[6:]), bool(row[5]), row[4])
