"""Permission groups of communities in SQLite."""

from collections.abc import Mapping, Sequence
from typing import Any

import apsw

from tidings.domain.group.permission_groups import PermissionGroup
from tidings.errors import TOO_MANY_PERMISSION_MEMBERS
from tidings.ids import AccountNumber, GroupId, GroupNumber
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one
from tidings.store.sqlite.transaction import Transaction

COLUMNS = "p.number, p.group_number, p.permission_id, p.name, p.permission, p.custom, p.member_count, p.is_gone"
OF_ACCOUNT = (
    "permission_members m JOIN permission_groups p ON p.number = m.permission_number"
    " WHERE m.account = ?1 AND m.group_number = ?2"
)
IN_COMMUNITY = f"SELECT p.permission FROM {OF_ACCOUNT}"
IN_TOPIC = (
    "SELECT t.permission FROM permission_members m JOIN topic_permissions t"
    " ON t.permission_number = m.permission_number AND t.topic_number = ?3 WHERE m.account = ?1 AND m.group_number = ?2"
)
BY_ID = f"SELECT {COLUMNS} FROM permission_groups p WHERE p.group_number = ? AND p.permission_id = ? AND p.is_gone = "
LIVING, GONE = f"{BY_ID}0", f"{BY_ID}1 LIMIT 1"
INSERT = (
    "INSERT INTO permission_groups (group_number, permission_id, name, permission, custom, member_count, is_gone)"
    " VALUES (?, ?, ?, ?, ?, 0, 0) RETURNING number"
)
UPDATE = "UPDATE permission_groups SET name = ?, permission = ?, custom = ? WHERE number = ? AND is_gone = 0"
END = "UPDATE permission_groups SET is_gone = 1, member_count = 0 WHERE number = ? AND is_gone = 0"
PAGE = (
    f"SELECT {COLUMNS} FROM permission_groups p WHERE p.group_number = ? AND p.number > ? AND p.is_gone = 0"
    " ORDER BY p.number LIMIT ?"
)
JOINED = f"SELECT {COLUMNS} FROM {OF_ACCOUNT} ORDER BY p.number"
COUNT = "UPDATE permission_groups SET member_count = member_count + ? WHERE number = ? RETURNING member_count"
NEXT_ENTRY = "SELECT coalesce(max(entry), 0) + 1 FROM permission_members WHERE permission_number = ?"
ADD = "INSERT OR IGNORE INTO permission_members VALUES (?, ?, ?, ?)"
REMOVE = "DELETE FROM permission_members WHERE permission_number = ? AND account = ?"
MEMBERS = (
    "SELECT entry, account FROM permission_members WHERE permission_number = ? AND entry > ? ORDER BY entry LIMIT ?"
)
LEFT = (
    "SELECT permission_number, count(*) FROM permission_members WHERE group_number = ?1"
    " AND account IN (SELECT value FROM json_each(?2)) GROUP BY permission_number"
)
LEAVE = "DELETE FROM permission_members WHERE group_number = ?1 AND account IN (SELECT value FROM json_each(?2))"
ADD_TOPIC = "INSERT OR IGNORE INTO topic_permissions VALUES (?, ?, ?, ?)"
SET_TOPIC = "UPDATE topic_permissions SET permission = ? WHERE permission_number = ? AND topic_number = ?"
DROP_TOPIC = "DELETE FROM topic_permissions WHERE permission_number = ? AND topic_number = ?"
TOPICS = (
    "SELECT g.group_id, t.permission FROM topic_permissions t JOIN groups g ON g.number = t.topic_number"
    " WHERE t.permission_number = ? AND g.is_gone = 0 ORDER BY t.topic_number"
)


class SqlitePermissionGroups:
    """Writes and finds permission groups."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def find(self, community: GroupNumber, permission_id: str) -> PermissionGroup | None:
        """Return a community's permission group of that ID, or one that had it and is gone."""

        def query(connection: apsw.Connection) -> PermissionGroup | None:
            key = community, permission_id
            row = one(connection, LIVING, key) or one(connection, GONE, key)
            return None if row is None else _to_permission_group(row)

        return self._engine.look_up(query)

    def create(self, group: PermissionGroup) -> Pending[bool]:
        """Store a new permission group and number it; False if its ID is taken."""

        def change(tx: Transaction) -> bool:
            if one(tx.cursor, LIVING, (group.community, group.permission_id)) is not None:
                return False
            row = (group.community, group.permission_id, group.name, group.permission, group.custom)
            group.number = int(one(tx.cursor, INSERT, row)[0])
            return True

        return self._engine.write(change)

    def save(self, group: PermissionGroup) -> Pending[bool]:
        """Store a permission group's own fields; False if it is gone."""

        def change(tx: Transaction) -> bool:
            tx.cursor.execute(UPDATE, (group.name, group.permission, group.custom, group.number))
            return bool(tx.cursor.connection.changes())

        return self._engine.write(change)

    def end(self, number: int) -> Pending[bool]:
        """End a permission group with all it has; False if it was gone."""

        def change(tx: Transaction) -> bool:
            tx.cursor.execute(END, (number,))
            is_new = bool(tx.cursor.connection.changes())
            for table in ("permission_members", "topic_permissions"):
                tx.cursor.execute(f"DELETE FROM {table} WHERE permission_number = ?", (number,))
            return is_new

        return self._engine.write(change)

    async def page(self, community: GroupNumber, after: int, limit: int) -> list[PermissionGroup]:
        """Return a community's permission groups in the order they were made, after a number."""
        return await self._list(PAGE, (community, after, limit))

    async def of_account(self, community: GroupNumber, account: AccountNumber) -> list[PermissionGroup]:
        """Return those of a community's permission groups that an account is in."""
        return await self._list(JOINED, (account, community))

    def add_members(
        self, group: PermissionGroup, accounts: Sequence[AccountNumber], limit: int
    ) -> Pending[set[AccountNumber]]:
        """Add members; returns who was not in. Raises 110012, and adds nobody, if there were more than `limit`."""

        def change(tx: Transaction) -> set[AccountNumber]:
            entry = int(one(tx.cursor, NEXT_ENTRY, (group.number,))[0])
            added: set[AccountNumber] = set()
            for account in accounts:
                tx.cursor.execute(ADD, (group.number, account, group.community, entry + len(added)))
                if tx.cursor.connection.changes():
                    added.add(account)
            count = one(tx.cursor, COUNT, (len(added), group.number))[0]
            if count > limit:
                raise TOO_MANY_PERMISSION_MEMBERS(count=count, limit=limit)
            return added

        return self._engine.write(change)

    def remove_members(self, group: PermissionGroup, accounts: Sequence[AccountNumber]) -> Pending[set[AccountNumber]]:
        """Remove members; returns who was in."""

        def change(tx: Transaction) -> set[AccountNumber]:
            gone = set()
            for account in accounts:
                tx.cursor.execute(REMOVE, (group.number, account))
                if tx.cursor.connection.changes():
                    gone.add(account)
            tx.cursor.execute(COUNT, (-len(gone), group.number))
            return gone

        return self._engine.write(change)

    async def members(self, number: int, after: int, limit: int) -> list[tuple[int, AccountNumber]]:
        """Return members with their entries in the order they came in, after an entry."""

        def query(connection: apsw.Connection) -> list[tuple[int, AccountNumber]]:
            rows: Any = connection.execute(MEMBERS, (number, after, limit))
            return [(entry, AccountNumber(account)) for entry, account in rows]

        return await self._engine.read(query)

    def add_topics(self, group: PermissionGroup, sets: Mapping[GroupNumber, int]) -> Pending[set[GroupNumber]]:
        """Give permissions in topics; returns in which there were none."""
        return self._each(
            {topic: (ADD_TOPIC, (group.number, topic, group.community, bits)) for topic, bits in sets.items()}
        )

    def set_topics(self, group: PermissionGroup, sets: Mapping[GroupNumber, int]) -> Pending[set[GroupNumber]]:
        """Change permissions in topics; returns in which there were some."""
        return self._each({topic: (SET_TOPIC, (bits, group.number, topic)) for topic, bits in sets.items()})

    def drop_topics(self, group: PermissionGroup, topics: Sequence[GroupNumber]) -> Pending[set[GroupNumber]]:
        """Take permissions in topics away; returns in which there were some."""
        return self._each({topic: (DROP_TOPIC, (group.number, topic)) for topic in topics})

    async def topics(self, number: int) -> list[tuple[GroupId, int]]:
        """Return the topics in which a permission group gives permissions, and which."""

        def query(connection: apsw.Connection) -> list[tuple[GroupId, int]]:
            rows: Any = connection.execute(TOPICS, (number,))
            return [(GroupId(name), bits) for name, bits in rows]

        return await self._engine.read(query)

    async def _list(self, sql: str, bindings: tuple[int, ...]) -> list[PermissionGroup]:
        return await self._engine.read(lambda c: [_to_permission_group(row) for row in c.execute(sql, bindings)])

    def _each(self, statements: Mapping[GroupNumber, tuple[str, tuple[int, ...]]]) -> Pending[set[GroupNumber]]:
        """Run a statement for each topic; returns for which it changed something."""

        def change(tx: Transaction) -> set[GroupNumber]:
            done = set()
            for topic, (sql, bindings) in statements.items():
                tx.cursor.execute(sql, bindings)
                if tx.cursor.connection.changes():
                    done.add(topic)
            return done

        return self._engine.write(change)


def find(
    connection: apsw.Connection, community: GroupNumber, group: GroupNumber, account: AccountNumber
) -> tuple[int, int]:
    """Return what an account's permission groups give it, all together, in a community and in one topic."""
    own = in_topic = 0
    rows: Any = connection.execute(IN_COMMUNITY, (account, community))
    for (bits,) in rows:
        own |= bits
    if group != community:
        rows = connection.execute(IN_TOPIC, (account, community, group))
        for (bits,) in rows:
            in_topic |= bits
    return own, in_topic


def leave(tx: Transaction, community: GroupNumber, accounts: str) -> None:
    """Take accounts out of the permission groups of a community that they leave."""
    left: list[Any] = tx.cursor.execute(LEFT, (community, accounts)).fetchall()
    if left:
        tx.cursor.execute(LEAVE, (community, accounts))
        tx.cursor.executemany(COUNT, [(-count, number) for number, count in left])


def _to_permission_group(row: Any) -> PermissionGroup:
    return PermissionGroup(row[1], row[2], row[3], row[4], row[5], row[0], row[6], is_gone=bool(row[7]))
