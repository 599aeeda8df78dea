"""Relations in SQLite: the book that rules read and write inside a transaction."""

from collections.abc import Iterable, Mapping
from typing import Any

import apsw
import msgspec

from tidings.domain.ports import Logged
from tidings.domain.relation_book import Counts, Entry, Person, Request
from tidings.domain.relations import Related, Rule, T
from tidings.ids import AccountNumber, Position, UserId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import LISTED, one, to_list
from tidings.store.sqlite.transaction import Transaction, encode

EXISTING = f"SELECT number FROM accounts WHERE number {LISTED} AND is_deleted = 0"
PROFILE = "SELECT json_extract(fields, ?) FROM profiles WHERE account = ?"
ALLOW_TYPE, FORBID_TYPE = '$."Tag_Profile_IM_AllowType"', '$."Tag_Profile_IM_AdminForbidType"'
BARRED = "AdminForbid_Type_SendOut"
COUNTS = (
    "SELECT friends, blocked, standard_id, custom_id, groups_id, requests_id, blocks_id"
    " FROM relation_states WHERE account = ?"
)
STATE = "INSERT OR IGNORE INTO relation_states VALUES (?, 0, 1, 0, 0, 0, 0, 0, 1, 0)"
FRIEND = "SELECT source, wording, added_at, remark, remark_time, custom FROM friends WHERE account = ? AND peer = ?"
GROUPS_OF = (
    "SELECT g.name FROM friend_group_members m JOIN friend_groups g ON g.number = m.group_number"
    " WHERE m.account = ? AND m.peer = ? ORDER BY g.number"
)
ADD_FRIEND = (
    "INSERT INTO friends SELECT ?1, ?2, next_place, ?3, ?4, ?5, ?6, ?7, ?8 FROM relation_states WHERE account = ?1"
)
SAVE_FRIEND = (
    "UPDATE friends SET source = ?, wording = ?, added_at = ?, remark = ?, remark_time = ?, custom = ?"
    " WHERE account = ? AND peer = ?"
)
JOIN_GROUPS = (
    f"INSERT INTO friend_group_members SELECT ?1, ?2, number FROM friend_groups WHERE account = ?1"
    f" AND name {LISTED.replace('?', '?3')}"
)
LEAVE_GROUPS = "DELETE FROM friend_group_members WHERE account = ? AND peer = ?"
FRIENDS = "SELECT f.peer, a.user_id FROM friends f JOIN accounts a ON a.number = f.peer WHERE f.account = ?"
GROUP_NAMES = "SELECT name FROM friend_groups WHERE account = ? ORDER BY number"
EMPTY_GROUP = (
    "DELETE FROM friend_group_members WHERE group_number ="
    " (SELECT number FROM friend_groups WHERE account = ? AND name = ?)"
)
REQUEST = (
    "SELECT source, wording, time, remark, group_name, is_read FROM friend_requests WHERE account = ? AND peer = ?"
)
UNREAD = "SELECT count(*) FROM friend_requests WHERE peer = ? AND is_read = 0"
ASK = "INSERT OR REPLACE INTO friend_requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)"
READ = "UPDATE friend_requests SET is_read = 1 WHERE peer = ? AND is_read = 0 AND time <= ?"
BLOCK = "INSERT INTO blocks SELECT ?1, ?2, next_block, ?3 FROM relation_states WHERE account = ?1"
CONCERNED = (
    "SELECT f.account FROM friends f JOIN accounts a ON a.number = f.account WHERE f.peer = ? AND a.is_deleted = 0"
)
BETWEEN = (
    "SELECT EXISTS (SELECT 1 FROM friends WHERE account = ?1 AND peer = ?2),"
    " EXISTS (SELECT 1 FROM blocks WHERE account = ?1 AND peer = ?2)"
)
_to_custom = msgspec.json.Decoder(dict[str, str | int]).decode


class SqliteRelations:
    """Changes relations."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def change_relations(self, time: int, rule: Rule[T]) -> Pending[Related[T]]:
        """Run a rule in a transaction and log what it says, each round at a position of its own."""

        def change(tx: Transaction) -> Related[T]:
            position = tx.next_position()
            value, rounds = rule(Book(tx, position))
            logged: list[tuple[Position, Logged]] = []
            for number, entries in enumerate(rounds):
                at = position if not number else tx.next_position()
                tx.log(at, time, entries)
                logged += [(at, entry) for entry in entries]
            if not rounds:
                tx.keep_position()
            return Related(value, logged)

        return self._engine.write(change)


class Book:
    """All relations inside a transaction; rows and counts change together."""

    def __init__(self, tx: Transaction, position: Position) -> None:
        """Read and write in `tx`; what changes bears `position`."""
        self._tx = tx
        self._position = position

    def existing(self, accounts: Iterable[AccountNumber]) -> set[AccountNumber]:
        """Return those of the accounts that exist."""
        return {AccountNumber(int(n)) for (n,) in self._tx.cursor.execute(EXISTING, (to_list(accounts),))}

    def allow_type(self, account: AccountNumber) -> str:
        """Return how the account wants to be added; empty: it has not said so."""
        row = one(self._tx.cursor, PROFILE, (ALLOW_TYPE, account))
        return "" if row is None or row[0] is None else str(row[0])

    def is_barred(self, account: AccountNumber) -> bool:
        """Say whether an admin has barred the account from sending friend requests."""
        row = one(self._tx.cursor, PROFILE, (FORBID_TYPE, account))
        return row is not None and row[0] == BARRED

    def counts(self, account: AccountNumber) -> Counts:
        """Return what the account's lists hold."""
        row = one(self._tx.cursor, COUNTS, (account,))
        return Counts() if row is None else Counts(*row)

    def is_friend(self, account: AccountNumber, other: AccountNumber) -> bool:
        """Say whether the other one is in the account's list."""
        return (
            one(self._tx.cursor, "SELECT 1 FROM friends WHERE account = ? AND peer = ?", (account, other)) is not None
        )

    def entry(self, account: AccountNumber, other: AccountNumber) -> Entry | None:
        """Return what stands in the account's list beside the other one."""
        return read_entry(self._tx.cursor, account, other)

    def save(self, account: AccountNumber, other: AccountNumber, entry: Entry) -> None:
        """Write an entry of the account's list; its groups exist."""
        known = self.entry(account, other)
        values = (entry.source, entry.wording, entry.added_at, entry.remark, entry.remark_time)
        custom = encode(entry.custom).decode()
        self._touch(account, "standard_id")
        if known is None:
            self._tx.cursor.execute(ADD_FRIEND, (account, other, *values, custom))
            self._count(account, "friends = friends + 1, next_place = next_place + 1")
        else:
            self._tx.cursor.execute(SAVE_FRIEND, (*values, custom, account, other))
        if entry.custom != (known.custom if known else {}):
            self._touch(account, "custom_id")
        if entry.groups != (known.groups if known else ()):
            self._tx.cursor.execute(LEAVE_GROUPS, (account, other))
            self._tx.cursor.execute(JOIN_GROUPS, (account, other, to_list(entry.groups)))
            self._touch(account, "groups_id")

    def part(self, account: AccountNumber, other: AccountNumber) -> None:
        """Take the other one out of the account's list, which it is in."""
        self._tx.cursor.execute("DELETE FROM friends WHERE account = ? AND peer = ?", (account, other))
        self._tx.cursor.execute(LEAVE_GROUPS, (account, other))
        self._count(account, "friends = friends - 1")
        for name in ("standard_id", "custom_id", "groups_id"):
            self._touch(account, name)

    def friends(self, account: AccountNumber) -> list[Person]:
        """Return everybody in the account's list."""
        rows: Any = self._tx.cursor.execute(FRIENDS, (account,)).fetchall()
        return [Person(AccountNumber(number), UserId(name)) for number, name in rows]

    def groups(self, account: AccountNumber) -> list[str]:
        """Return the names of the account's friend groups."""
        return [str(name) for (name,) in self._tx.cursor.execute(GROUP_NAMES, (account,))]

    def add_group(self, account: AccountNumber, name: str) -> None:
        """Create a friend group, which does not exist."""
        self._tx.cursor.execute("INSERT INTO friend_groups (account, name) VALUES (?, ?)", (account, name))
        self._touch(account, "groups_id")

    def drop_group(self, account: AccountNumber, name: str) -> None:
        """Delete a friend group, which exists; its friends stay."""
        self._tx.cursor.execute(EMPTY_GROUP, (account, name))
        self._tx.cursor.execute("DELETE FROM friend_groups WHERE account = ? AND name = ?", (account, name))
        for column in ("standard_id", "groups_id"):
            self._touch(account, column)

    def rename_group(self, account: AccountNumber, name: str, new_name: str) -> None:
        """Give a friend group another name, which none has."""
        sql = "UPDATE friend_groups SET name = ? WHERE account = ? AND name = ?"
        self._tx.cursor.execute(sql, (new_name, account, name))
        for column in ("standard_id", "groups_id"):
            self._touch(account, column)

    def request(self, account: AccountNumber, other: AccountNumber) -> Request | None:
        """Return what the account asks of the other one."""
        row = one(self._tx.cursor, REQUEST, (account, other))
        return None if row is None else to_request(row)

    def unread_requests(self, account: AccountNumber) -> int:
        """Return how many requests to the account are not reported as seen."""
        return int(one(self._tx.cursor, UNREAD, (account,))[0])

    def ask(self, account: AccountNumber, other: AccountNumber, request: Request) -> None:
        """Keep what the account asks of the other one, in place of what it has asked before."""
        what = (request.time, request.source, request.wording, request.remark, request.group)
        self._tx.cursor.execute(ASK, (account, other, self._tx.next_position(), *what))
        self._requests_changed(account, other)

    def drop_request(self, account: AccountNumber, other: AccountNumber) -> None:
        """Forget what the account asks of the other one, which there is."""
        self._tx.cursor.execute("DELETE FROM friend_requests WHERE account = ? AND peer = ?", (account, other))
        self._requests_changed(account, other)

    def read_requests(self, account: AccountNumber, until: int) -> bool:
        """Mark requests to the account up to a time, unix seconds, as seen; False if all were."""
        self._tx.cursor.execute(READ, (account, until))
        changed = bool(self._tx.cursor.connection.changes())
        if changed:
            self._touch(account, "requests_id")
        return changed

    def blocks(self, account: AccountNumber, other: AccountNumber) -> bool:
        """Say whether the account blocks the other one."""
        return one(self._tx.cursor, "SELECT 1 FROM blocks WHERE account = ? AND peer = ?", (account, other)) is not None

    def block(self, account: AccountNumber, other: AccountNumber, time: int) -> None:
        """Let the account block the other one, which it does not."""
        self._touch(account, "blocks_id")
        self._tx.cursor.execute(BLOCK, (account, other, time))
        self._count(account, "blocked = blocked + 1, next_block = next_block + 1")

    def unblock(self, account: AccountNumber, other: AccountNumber) -> None:
        """Let the account block the other one no more, which it does."""
        self._tx.cursor.execute("DELETE FROM blocks WHERE account = ? AND peer = ?", (account, other))
        self._count(account, "blocked = blocked - 1")
        self._touch(account, "blocks_id")

    def _requests_changed(self, account: AccountNumber, other: AccountNumber) -> None:
        self._touch(account, "requests_id")
        self._touch(other, "requests_id")

    def _touch(self, account: AccountNumber, column: str) -> None:
        """Give a sequence of the account's lists the position of this change."""
        self._tx.cursor.execute(STATE, (account,))
        self._count(account, f"{column} = {int(self._position)}")

    def _count(self, account: AccountNumber, what: str) -> None:
        self._tx.cursor.execute(f"UPDATE relation_states SET {what} WHERE account = ?", (account,))


def read_entry(reader: apsw.Connection | apsw.Cursor, account: AccountNumber, other: AccountNumber) -> Entry | None:
    """Return what stands in an account's list beside another one."""
    row = one(reader, FRIEND, (account, other))
    if row is None:
        return None
    custom: Mapping[str, str | int] = _to_custom(row[5])
    groups = tuple(str(name) for (name,) in reader.execute(GROUPS_OF, (account, other)))
    source, wording, added_at, remark, remark_time, _ = row
    return Entry(source, wording, added_at, remark, remark_time, groups, custom)


def to_request(row: Any) -> Request:
    """Read what a row says of a request."""
    source, wording, time, remark, group, is_read = row
    return Request(source, wording, time, remark, group, bool(is_read))


def friends_of(tx: Transaction, account: AccountNumber) -> list[AccountNumber]:
    """Return in whose lists an account is: its profile concerns them."""
    return [AccountNumber(int(number)) for (number,) in tx.cursor.execute(CONCERNED, (account,))]


def unrelate(tx: Transaction, one_side: AccountNumber, other: AccountNumber) -> None:
    """Let nothing be between two any more: one of them was deleted."""
    book = Book(tx, tx.next_position())
    for account, peer in ((one_side, other), (other, one_side)):
        if book.is_friend(account, peer):
            book.part(account, peer)
        if book.request(account, peer) is not None:
            book.drop_request(account, peer)
        if book.blocks(account, peer):
            book.unblock(account, peer)
    tx.keep_position()
