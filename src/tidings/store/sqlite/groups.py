"""Groups and their members in SQLite."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import apsw

from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import Kind, Receive
from tidings.domain.group.ports import MemberPage
from tidings.ids import AccountNumber, GroupId, GroupNumber, SdkAppId
from tidings.pending import Pending
from tidings.store.sqlite import group_permissions, group_topics
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.group_rows import (
    GROUP_COLUMNS,
    GROUP_FIELDS,
    GROUP_WIDTH,
    MEMBER_COLUMNS,
    MEMBER_SIDES,
    from_group,
    from_member,
    to_group,
    to_member,
)
from tidings.store.sqlite.rows import LISTED, one, to_list
from tidings.store.sqlite.transaction import Transaction

FIELDS = [name.strip() for name in GROUP_FIELDS.split(",")]
# What the store counts by itself is not written with the rest.
COUNTED = {"app", "member_count", "last_seq", "last_at", "is_active", "cleared_seq", "members_at"}
OWN_FIELDS = [name for name in FIELDS if name not in COUNTED]
BY_ID = f"SELECT {GROUP_COLUMNS} FROM groups g WHERE app = ? AND group_id = ? AND is_gone = "
LIVING, GONE = f"{BY_ID}0", f"{BY_ID}1 ORDER BY number DESC LIMIT 1"
TAKEN = "SELECT 1 FROM groups WHERE app = ? AND group_id = ? AND is_gone = 0"
INSERT = f"INSERT INTO groups ({GROUP_FIELDS}) VALUES ({','.join('?' * len(FIELDS))}) RETURNING number"
# What is gone stays so: a topic may end with its community while it is being changed.
SETTINGS = ", ".join("is_gone = max(is_gone, ?)" if name == "is_gone" else f"{name} = ?" for name in OWN_FIELDS)
UPDATE = f"UPDATE groups SET {SETTINGS} WHERE number = ?"
INSERT_MEMBER = "INSERT OR IGNORE INTO group_members VALUES (?,?,?,?,?,?,?,?,?,?,?)"
UPDATE_MEMBER = (
    "UPDATE group_members SET role = ?, read_seq = max(read_seq, ?), receive = ?, name_card = ?, custom = ?"
    " WHERE group_number = ? AND account = ?"
)
NEXT_ENTRY = "SELECT coalesce(max(entry), 0) + 1 FROM group_members WHERE group_number = ?"
COUNT = "UPDATE groups SET member_count = member_count + ? WHERE number = ? RETURNING member_count, last_seq"
DROP = f"DELETE FROM group_members WHERE group_number = ? AND account {LISTED}"
MEMBERS = f"SELECT {MEMBER_COLUMNS} FROM group_members m{MEMBER_SIDES} WHERE m.group_number = ?"
NAMED = f"{MEMBERS} AND m.account {LISTED}"
PAGE = f"{MEMBERS} AND m.entry > ? AND m.role {LISTED} ORDER BY m.entry LIMIT ? OFFSET ?"
# Of topics only those that an account wants nothing of: who is in a community, hears its topics.
MEMBERSHIPS = "SELECT group_number, receive FROM group_members WHERE account = ? AND (entry > 0 OR receive = 'Discard')"
JOINED = (
    f"SELECT {GROUP_COLUMNS}, {MEMBER_COLUMNS} FROM group_members m JOIN groups g ON g.number = m.group_number"
    f"{MEMBER_SIDES} WHERE m.account = ? AND g.kind {LISTED} AND g.is_gone = 0 ORDER BY m.joined_at, g.number"
)
LIST_ALL = f"SELECT {GROUP_COLUMNS} FROM groups g WHERE app = ? AND kind {LISTED} AND number > ? AND is_gone = 0"
COUNT_ALL = f"SELECT count(*) FROM groups WHERE app = ? AND kind {LISTED} AND is_gone = 0"


class SqliteGroups:
    """Writes and finds groups and members."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def find_group(self, app: SdkAppId, group_id: GroupId) -> Group | None:
        """Return the group of that ID, or the one that last had it and is gone."""

        def query(connection: apsw.Connection) -> Group | None:
            row = one(connection, LIVING, (app, group_id)) or one(connection, GONE, (app, group_id))
            return None if row is None else to_group(row)

        return self._engine.look_up(query)

    def create(self, group: Group, members: Sequence[Member]) -> Pending[bool]:
        """Store a new group with its members and number it; False if its ID is taken."""

        def change(tx: Transaction) -> bool:
            if one(tx.cursor, TAKEN, (group.app, group.group_id)) is not None:
                return False
            group.member_count = 0
            group.number = GroupNumber(one(tx.cursor, INSERT, from_group(group))[0])
            add_rows(tx, group, members)
            return True

        return self._engine.write(change)

    def save(self, group: Group) -> Pending[None]:
        """Store a group's own fields."""
        now = replace(group)  # it may have changed again when it is written
        return self._engine.write(lambda tx: save_row(tx, now))

    def find_members(self, group: GroupNumber, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, Member]:
        """Return those of the accounts that are members."""

        def query(connection: apsw.Connection) -> dict[AccountNumber, Member]:
            found = (to_member(row) for row in connection.execute(NAMED, (group, to_list(accounts))))
            return {member.account: member for member in found}

        return self._engine.look_up(query)

    def find_place(self, topic: Group, member: Member) -> Member:
        """Return what a member of a community is in one of its topics; begins with it if it is new there."""
        place = self._engine.look_up(lambda connection: group_topics.find_place(connection, topic, member))
        if not place.entry:
            place.entry = -place.account
            row = from_member(topic.number, place)
            self._engine.write(lambda tx: group_topics.begin(tx, row))
        return place

    def permissions(self, community: GroupNumber, group: GroupNumber, account: AccountNumber) -> tuple[int, int]:
        """Return what an account's permission groups give it, all together, in a community and in one topic."""
        return self._engine.look_up(lambda c: group_permissions.find(c, community, group, account))

    async def page_members(self, page: MemberPage) -> list[Member]:
        """Return a page of members."""

        def query(connection: apsw.Connection) -> list[Member]:
            roles = to_list(role.value for role in page.roles)
            rows = connection.execute(PAGE, (page.group, page.after, roles, page.limit, page.skip))
            return [to_member(row) for row in rows]

        return await self._engine.read(query)

    def memberships(self, account: AccountNumber) -> list[tuple[GroupNumber, Receive]]:
        """Return the groups that an account is in, and what it gets of each."""

        def query(connection: apsw.Connection) -> list[tuple[GroupNumber, Receive]]:
            return [(GroupNumber(row[0]), Receive(row[1])) for row in connection.execute(MEMBERSHIPS, (account,))]

        return self._engine.look_up(query)

    async def joined(self, account: AccountNumber, kinds: Iterable[Kind]) -> list[tuple[Group, Member]]:
        """Return an account's groups of some kinds, with what it is in each, by when it joined."""

        def query(connection: apsw.Connection) -> list[tuple[Group, Member]]:
            rows: Any = connection.execute(JOINED, (account, to_list(kinds)))
            return [(to_group(row), to_member(row[GROUP_WIDTH:])) for row in rows]

        return await self._engine.read(query)

    async def page_groups(self, app: SdkAppId, kinds: Iterable[Kind], after: GroupNumber, limit: int) -> list[Group]:
        """Return an app's groups of some kinds in the order they were made, after one of them."""

        def query(connection: apsw.Connection) -> list[Group]:
            rows = connection.execute(f"{LIST_ALL} ORDER BY number LIMIT ?", (app, to_list(kinds), after, limit))
            return [to_group(row) for row in rows]

        return await self._engine.read(query)

    async def count_groups(self, app: SdkAppId, kinds: Iterable[Kind]) -> int:
        """Count an app's groups of some kinds."""

        def query(connection: apsw.Connection) -> int:
            return int(one(connection, COUNT_ALL, (app, to_list(kinds)))[0])

        return await self._engine.read(query)


def add_rows(tx: Transaction, group: Group, members: Sequence[Member]) -> None:
    """Add members and count them."""
    entry = int(one(tx.cursor, NEXT_ENTRY, (group.number,))[0])
    before = tx.cursor.connection.total_changes()
    for number, member in enumerate(members, entry):
        member.entry = number
    tx.cursor.executemany(INSERT_MEMBER, [from_member(group.number, member) for member in members])
    _count(tx, group, tx.cursor.connection.total_changes() - before)


def drop_rows(tx: Transaction, group: Group, accounts: Sequence[AccountNumber]) -> None:
    """Remove members and count them."""
    tx.cursor.execute(DROP, (group.number, to_list(accounts)))
    _count(tx, group, -tx.cursor.connection.changes())
    if group.has_topics:
        group_topics.leave(tx, group.number, to_list(accounts))
        group_permissions.leave(tx, group.number, to_list(accounts))


def save_row(tx: Transaction, group: Group) -> None:
    """Write a group's own fields."""
    values = dict(zip(FIELDS, from_group(group), strict=True))
    tx.cursor.execute(UPDATE, (*(values[name] for name in OWN_FIELDS), group.number))


def change_rows(tx: Transaction, group: GroupNumber, members: Sequence[Member]) -> None:
    """Write what members are."""
    rows = []
    for member in members:
        row = from_member(group, member)
        rows.append((row[3], row[6], row[7], row[8], row[10], row[0], row[1]))
    tx.cursor.executemany(UPDATE_MEMBER, rows)


def _count(tx: Transaction, group: Group, more: int) -> None:
    if group.kind is Kind.LIVE:  # its owner and admins are kept, but who is in it is counted in memory
        return
    group.member_count = int(one(tx.cursor, COUNT, (more, group.number))[0])
