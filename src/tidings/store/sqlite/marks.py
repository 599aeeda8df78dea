"""Marks and groups of conversations in SQLite."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import apsw

from tidings.domain.marks import ConversationGroup, Rule
from tidings.domain.ports import GROUP_PLACE, Logged, Traits
from tidings.domain.telling import Changed
from tidings.ids import AccountNumber
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import LISTED, TRAIT_COLUMNS, one, to_list, to_traits
from tidings.store.sqlite.transaction import Transaction, encode

R = TypeVar("R")
SELECT = f"SELECT t.peer, {TRAIT_COLUMNS} FROM conversation_traits t WHERE t.account = ?"
IS_MARKED = "(t.marks != 0 OR t.custom_mark != '' OR t.group_numbers != '[]')"
OF_PEERS = f"{SELECT} AND t.peer {LISTED}"
IN_GROUP = f"{SELECT} AND EXISTS (SELECT 1 FROM json_each(t.group_numbers) WHERE value = ?)"
_PLACE = f"CASE WHEN t.peer > 0 THEN t.peer ELSE {GROUP_PLACE} - t.peer END"
MARKED = f"{SELECT} AND {_PLACE} > ? AND {IS_MARKED} ORDER BY {_PLACE} LIMIT ?"
COUNT = f"SELECT count(*) FROM conversation_traits t WHERE t.account = ? AND {IS_MARKED}"
GROUPS = "SELECT number, name FROM conversation_groups WHERE account = ? ORDER BY number"
SAVE = """
INSERT INTO conversation_traits (account, peer, marks, custom_mark, group_numbers, marked_at)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (account, peer) DO UPDATE SET marks = excluded.marks, custom_mark = excluded.custom_mark,
  group_numbers = excluded.group_numbers, marked_at = excluded.marked_at
"""
# The list tells of what has changed in it.
TOUCH = "UPDATE conversations SET changed_id = ? WHERE account = ? AND peer = ?"
ADD_GROUP = "INSERT INTO conversation_groups (account, name) VALUES (?, ?)"
RENAME_GROUP = "UPDATE conversation_groups SET name = ? WHERE number = ?"
DROP_GROUP = "DELETE FROM conversation_groups WHERE number = ?"
_SIGN, _RANGE = 1 << 63, 1 << 64


class SqliteMarks:
    """What accounts have marked, and their groups."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def change_marks(self, account: AccountNumber, time: int, rule: Rule[R]) -> Pending[Changed[R]]:
        """Run a rule in a transaction and log its event; what the rule raises undoes it."""

        def change(tx: Transaction) -> Changed[R]:
            value, event = rule(_Book(tx, account))
            if event is None:
                return Changed(value)
            position = tx.next_position()
            tx.log(position, time, [Logged(account, event)])
            return Changed(value, event, position)

        return self._engine.write(change)

    async def traits(self, account: AccountNumber, peers: Sequence[AccountNumber]) -> dict[AccountNumber, Traits]:
        """Return those of the conversations that have marks or groups."""

        def read(connection: apsw.Connection) -> dict[AccountNumber, Traits]:
            rows = connection.execute(f"{OF_PEERS} AND {IS_MARKED}", (account, to_list(peers)))
            return _by_peer(rows)

        return await self._engine.read(read)

    async def marked(self, account: AccountNumber, after: int, limit: int) -> dict[AccountNumber, Traits]:
        """Return up to `limit` conversations with marks or groups whose place is above `after`."""
        return await self._engine.read(lambda connection: _by_peer(connection.execute(MARKED, (account, after, limit))))

    async def groups(self, account: AccountNumber) -> list[ConversationGroup]:
        """Return the account's groups, oldest first."""
        return await self._engine.read(lambda connection: _groups(connection.execute(GROUPS, (account,))))


class _Book:
    """An account's marks and groups inside a transaction."""

    def __init__(self, tx: Transaction, account: AccountNumber) -> None:
        self._tx = tx
        self._account = account

    def traits(self, peers: Sequence[AccountNumber]) -> dict[AccountNumber, Traits]:
        found = _by_peer(self._tx.cursor.execute(OF_PEERS, (self._account, to_list(peers))))
        return {peer: found.get(peer, Traits()) for peer in peers}

    def in_group(self, number: int) -> dict[AccountNumber, Traits]:
        return _by_peer(self._tx.cursor.execute(IN_GROUP, (self._account, number)))

    def count(self) -> int:
        return int(one(self._tx.cursor, COUNT, (self._account,))[0])

    def groups(self) -> list[ConversationGroup]:
        return _groups(self._tx.cursor.execute(GROUPS, (self._account,)))

    def save(self, traits: dict[AccountNumber, Traits]) -> None:
        rows = [
            (self._account, peer, _signed(t.marks), t.custom_mark, encode(t.groups).decode(), t.marked_at)
            for peer, t in traits.items()
        ]
        self._tx.cursor.executemany(SAVE, rows)
        self._tx.cursor.executemany(TOUCH, [(self._tx.next_position(), self._account, peer) for peer in traits])

    def add_group(self, name: str) -> ConversationGroup:
        self._tx.cursor.execute(ADD_GROUP, (self._account, name))
        return ConversationGroup(self._tx.cursor.connection.last_insert_rowid(), name)

    def rename_group(self, number: int, name: str) -> None:
        self._tx.cursor.execute(RENAME_GROUP, (name, number))

    def drop_group(self, number: int) -> None:
        self._tx.cursor.execute(DROP_GROUP, (number,))


def _by_peer(rows: Iterable[Any]) -> dict[AccountNumber, Traits]:
    return {AccountNumber(row[0]): to_traits(row[1:]) for row in rows}


def _groups(rows: Iterable[Any]) -> list[ConversationGroup]:
    return [ConversationGroup(number, name) for number, name in rows]


def _signed(bits: int) -> int:
    return bits - _RANGE if bits >= _SIGN else bits
