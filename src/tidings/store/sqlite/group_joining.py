"""Who comes into groups and leaves them, asks to, or may not, in SQLite."""

from collections.abc import Sequence
from typing import Any

import apsw

from tidings.domain.events import GroupNotice
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind
from tidings.domain.group.requests import Answer, Ban, JoinChange, JoinRequest, RequestRow, Stage, Told
from tidings.domain.ports import Logged
from tidings.ids import AccountNumber, GroupId, GroupNumber, Position, UserId
from tidings.pending import Pending
from tidings.store.sqlite import group_mutes, group_topics
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.groups import add_rows, change_rows, drop_rows, save_row
from tidings.store.sqlite.rows import LISTED, one, to_list
from tidings.store.sqlite.transaction import Transaction, encode

# Answered requests are shown for so long, so that devices learn what others have answered.
ANSWERED_S = 7 * 86400
REQUEST_COLUMNS = "r.group_number, r.account, r.inviter, r.stage, r.wording, r.key, r.time, r.answer, r.handler"
FIND = f"SELECT {REQUEST_COLUMNS} FROM group_requests r WHERE r.group_number = ? AND r.account = ? AND r.inviter = ?"
ASK = "INSERT OR REPLACE INTO group_requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
MOVED = "UPDATE groups SET members_at = ? WHERE number = ?"
SETTLE = "UPDATE group_requests SET answer = 1, handler = ? WHERE group_number = ? AND account = ? AND answer = 0"
FORGET = "DELETE FROM group_requests WHERE group_number = ? AND answer <> 0 AND time < ?"
BAN = "INSERT OR REPLACE INTO group_bans VALUES (?, ?, ?, ?)"
UNBAN = "DELETE FROM group_bans WHERE group_number = ? AND account = ?"
BANS = f"SELECT account, banned_until FROM group_bans WHERE group_number = ? AND banned_until > ? AND account {LISTED}"
BAN_PAGE = (
    "SELECT a.user_id, b.banned_until FROM group_bans b JOIN accounts a ON a.number = b.account"
    " WHERE b.group_number = ? AND b.banned_until > ? ORDER BY b.account LIMIT ? OFFSET ?"
)
LEADERS = "SELECT account FROM group_members WHERE group_number = ? AND role <> 'Member' ORDER BY entry"
JOINED = (
    "SELECT m.account, count(*) FROM group_members m JOIN groups g ON g.number = m.group_number"
    f" WHERE m.account {LISTED} AND g.is_gone = 0 AND g.parent = 0 GROUP BY m.account"
)
END = "UPDATE groups SET is_gone = 1 WHERE number = ?"
TELL_ALL = "INSERT INTO events SELECT account, ?2, ?3, 'GroupNotice', ?4 FROM group_members WHERE group_number = ?1"
_LED = "(SELECT group_number FROM group_members WHERE account = ?1 AND role <> 'Member')"
_FROM = f"""
SELECT {REQUEST_COLUMNS}, r.id, g.group_id, g.name, g.kind, a.user_id, s.user_id, s.nick, s.face_url
FROM group_requests r JOIN groups g ON g.number = r.group_number AND g.is_gone = 0
JOIN accounts a ON a.number = r.account
JOIN accounts s ON s.number = CASE r.inviter WHEN 0 THEN r.account ELSE r.inviter END
WHERE r.id > ?2 AND (g.kind = 'Community') = ?3"""
PAGE = (
    f"{_FROM} AND r.stage <> 1 AND r.group_number IN {_LED} UNION ALL {_FROM} AND r.stage = 1 AND r.account = ?1"
    " ORDER BY 10 LIMIT ?4"
)
_OPEN = "SELECT count(*) FROM group_requests r JOIN groups g ON g.number = r.group_number AND g.is_gone = 0"
_KIND = "r.answer = 0 AND (g.kind = 'Community') = ?2"
OPEN = (
    f"SELECT ({_OPEN} WHERE {_KIND} AND r.stage <> 1 AND r.group_number IN {_LED})"
    f" + ({_OPEN} WHERE {_KIND} AND r.stage = 1 AND r.account = ?1)"
)


class SqliteJoining:
    """Requests, bans, and members that come and go."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def change_members(self, group: Group, time: int, change: JoinChange) -> Pending[Told]:
        """Make a change and count the members; returns what was logged, and where."""

        def write(tx: Transaction) -> Told:
            if change.admitted:
                add_rows(tx, group, change.admitted)
                settled = [(change.handler, group.number, member.account) for member in change.admitted]
                tx.cursor.executemany(SETTLE, settled)
            if change.removed:
                drop_rows(tx, group, change.removed)
            if change.renewed is not None:
                save_row(tx, change.renewed)
            change_rows(tx, group.number, change.changed)
            group_mutes.save(tx, group.number, change.mutes, time)
            if change.admitted or change.removed:
                tx.cursor.execute(MOVED, (time, group.number))
            _ask(tx, change.requests, time)
            bans = [(group.number, account, until, change.banned_by) for account, until in change.bans.items()]
            tx.cursor.executemany(BAN, bans)
            tx.cursor.executemany(UNBAN, [(group.number, account) for account in change.unbanned])
            return _log(tx, time, change.notices)

        return self._engine.write(write)

    def end_group(self, group: Group, time: int, notice: GroupNotice) -> Pending[Position]:
        """End a group and log the notice for every member, at one position."""

        def write(tx: Transaction) -> Position:
            position = tx.next_position()
            tx.cursor.execute(END, (group.number,))
            if group.has_topics:
                group_topics.end_all(tx, group.number)
            tx.cursor.execute(TELL_ALL, (group.number, position, time, encode(notice)))
            return position

        return self._engine.write(write)

    def leaders(self, group: GroupNumber) -> list[AccountNumber]:
        """Return the owner and the admins."""
        rows: Any = self._engine.look_up(lambda c: c.execute(LEADERS, (group,)).fetchall())
        return [AccountNumber(row[0]) for row in rows]

    def find_request(self, group: GroupNumber, account: AccountNumber, inviter: AccountNumber) -> JoinRequest | None:
        """Return the last request of an account, or of an inviter for it."""
        row = self._engine.look_up(lambda c: one(c, FIND, (group, account, inviter)))
        return None if row is None else _to_request(row)

    def find_bans(self, group: GroupNumber, accounts: Sequence[AccountNumber], now: int) -> dict[AccountNumber, int]:
        """Return until when those of the accounts are banned that are."""
        bindings = (group, now, to_list(accounts))
        rows: Any = self._engine.look_up(lambda c: c.execute(BANS, bindings).fetchall())
        return {AccountNumber(account): until for account, until in rows}

    def count_joined(self, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, int]:
        """Count the groups that accounts are in."""
        rows: Any = self._engine.look_up(lambda c: c.execute(JOINED, (to_list(accounts),)).fetchall())
        return {AccountNumber(account): count for account, count in rows}

    async def page_bans(self, group: GroupNumber, now: int, skip: int, limit: int) -> list[Ban]:
        """Return a page of a group's bans."""
        rows: Any = await self._engine.read(lambda c: c.execute(BAN_PAGE, (group, now, limit, skip)).fetchall())
        return [Ban(UserId(name), until) for name, until in rows]

    async def page_requests(
        self, account: AccountNumber, after: Position, limit: int, *, is_community: bool
    ) -> list[RequestRow]:
        """Return requests that the account may decide on, or that were answered lately, after a place."""

        def read(connection: apsw.Connection) -> list[RequestRow]:
            return [_to_row(row) for row in connection.execute(PAGE, (account, after, is_community, limit))]

        return await self._engine.read(read)

    async def count_open(self, account: AccountNumber, *, is_community: bool) -> int:
        """Count the requests that wait for the account."""
        return await self._engine.read(lambda c: int(one(c, OPEN, (account, is_community))[0]))


def _ask(tx: Transaction, requests: Sequence[JoinRequest], time: int) -> None:
    for r in requests:
        identity = tx.next_position()
        tx.cursor.execute(FORGET, (r.group, time - ANSWERED_S))
        row = (r.group, r.account, r.inviter, identity, r.stage, r.wording, r.key, r.time, r.answer, r.handler)
        tx.cursor.execute(ASK, row)
    if requests:
        tx.keep_position()


def _log(tx: Transaction, time: int, notices: Sequence[Logged]) -> Told:
    """Log notices in their order; an account that gets two gets them at different positions."""
    told: Told = []
    seen: set[AccountNumber] = set()
    for notice in notices:
        if not told or notice.account in seen:
            position = tx.next_position()
            seen.clear()
        seen.add(notice.account)
        told.append((position, notice))
    for position in dict.fromkeys(position for position, _ in told):
        tx.log(position, time, [notice for each, notice in told if each == position])
    return told


def _to_request(row: Any) -> JoinRequest:
    group, account, inviter, stage, wording, key, time, answer, handler = row[:9]
    return JoinRequest(
        GroupNumber(group),
        AccountNumber(account),
        AccountNumber(inviter),
        Stage(stage),
        wording,
        key,
        time,
        Answer(answer),
        AccountNumber(handler),
    )


def _to_row(row: Any) -> RequestRow:
    place, group_id, name, kind, account_id, asker_id, nick, face = row[9:]
    return RequestRow(
        _to_request(row),
        GroupId(group_id),
        name,
        Kind(kind),
        UserId(asker_id),
        nick,
        face,
        UserId(account_id),
        Position(place),
    )
