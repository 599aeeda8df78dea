"""Accounts and logins in SQLite."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import apsw

from tidings.domain.accounts import Account, Newcomer
from tidings.domain.devices import KickReason, Platform, Session
from tidings.domain.erasure import pseudonym
from tidings.ids import AccountNumber, InstanceId, SdkAppId, UserId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.files import STRIKE
from tidings.store.sqlite.rows import ACCOUNT_COLUMNS, LISTED, one, to_account, to_list
from tidings.store.sqlite.transaction import Transaction
from tidings.store.sqlite.writing import Statement

FIND = f"SELECT {ACCOUNT_COLUMNS} FROM accounts WHERE app = ? AND is_deleted = 0 AND user_id"
INSERT = "INSERT INTO accounts VALUES (NULL, ?, ?, ?, ?, 0, '', 0)"
SESSIONS = "SELECT * FROM sessions WHERE account"
# When many log in at once, their commits wait this long for each other.
PATIENCE_S = 0.004
ERASE = "INSERT INTO erasures SELECT number, app, user_id, ?2 FROM accounts WHERE number = ?1 AND is_deleted = 0"
EMPTY = (
    "UPDATE accounts SET user_id = ?2, nick = '', face_url = '', custom_status = '', is_deleted = 1"
    " WHERE number = ?1 AND is_deleted = 0"
)
ERASED = f"SELECT {ACCOUNT_COLUMNS} FROM accounts WHERE number = ? AND app = ? AND is_deleted = 1"

# An account that has been counted is one less from now on; one that has not will not be.
COUNT_OFF = (
    "UPDATE daily_figures SET accounts = accounts - 1 WHERE (app, day) = (SELECT f.app, max(f.day) FROM daily_figures f"
    " JOIN accounts a ON a.app = f.app WHERE a.number = ?1 AND a.is_deleted = 0"
    " AND a.number <= (SELECT value FROM meta WHERE name = 'counted_accounts'))"
)


class SqliteAccounts:
    """Who exists."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def find_accounts(self, app: SdkAppId, user_ids: Sequence[UserId]) -> list[Account]:
        """Return those of the named accounts that exist, in any order."""

        def query(connection: apsw.Connection) -> list[Account]:
            return [to_account(row) for row in connection.execute(f"{FIND} {LISTED}", (app, to_list(user_ids)))]

        return self._engine.look_up(query)

    async def user_ids(self, numbers: Sequence[AccountNumber]) -> dict[AccountNumber, UserId]:
        """Return the UserIDs of accounts, deleted ones included."""

        def query(connection: apsw.Connection) -> dict[AccountNumber, UserId]:
            sql = f"SELECT number, user_id FROM accounts WHERE number {LISTED}"
            return dict(connection.execute(sql, (to_list(numbers),)))

        return self._engine.look_up(query)

    def save_accounts(self, app: SdkAppId, newcomers: Sequence[Newcomer]) -> Pending[list[Account]]:
        """Create those that do not exist; returns all in the order given."""
        return self._engine.write(lambda tx: [save_account(tx, app, newcomer) for newcomer in newcomers])

    async def find_erased(self, app: SdkAppId, number: AccountNumber) -> Account | None:
        """Return what is left of a deleted account."""

        def query(connection: apsw.Connection) -> Account | None:
            row = one(connection, ERASED, (number, app))
            return None if row is None else to_account(row)

        return self._engine.look_up(query)

    def delete_account(self, number: AccountNumber, *, with_messages: bool = False) -> Pending[None]:
        """Remove an account's name, profile and logins, and list the rest for erasure."""

        def change(tx: Transaction) -> None:
            tx.cursor.execute(COUNT_OFF, (number,))
            tx.cursor.execute(ERASE, (number, int(with_messages)))
            tx.cursor.execute(EMPTY, (number, pseudonym(number)))
            tx.cursor.execute("DELETE FROM sessions WHERE account = ?", (number,))
            tx.cursor.execute(f"{STRIKE} account = ?", (number,))

        return self._engine.write(change)

    def void_signatures(self, number: AccountNumber, until: int) -> Pending[None]:
        """Make UserSigs of `until` and before worthless."""
        sql = "UPDATE accounts SET void_until = max(void_until, ?) WHERE number = ?"
        return self._execute(sql, (until, number))

    def save_custom_status(self, number: AccountNumber, text: str) -> Pending[None]:
        """Keep the account's custom status."""
        return self._execute("UPDATE accounts SET custom_status = ? WHERE number = ?", (text, number))

    def _execute(self, sql: str, bindings: tuple[str | int, ...]) -> Pending[None]:
        return self._engine.write(Statement(sql, bindings))


def save_account(tx: Transaction, app: SdkAppId, newcomer: Newcomer) -> Account:
    """Create an account unless there is one of that name; returns it as it is."""
    row = one(tx.cursor, f"{FIND} = ?", (app, newcomer.user_id))
    if row is None:
        tx.cursor.execute(INSERT, (app, newcomer.user_id, newcomer.nick or "", newcomer.face_url or ""))
        row = one(tx.cursor, f"{FIND} = ?", (app, newcomer.user_id))
    return to_account(row)


class SqliteSessions:
    """Who has logged in where."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def sessions(self, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, list[Session]]:
        """Return the logins of accounts, least recently opened first."""

        def query(connection: apsw.Connection) -> dict[AccountNumber, list[Session]]:
            found: dict[AccountNumber, list[Session]] = {}
            if len(accounts) == 1:  # every login asks this
                rows = connection.execute(f"{SESSIONS} = ? ORDER BY opened_at", accounts)
            else:
                rows = connection.execute(f"{SESSIONS} {LISTED} ORDER BY opened_at", (to_list(accounts),))
            for row in rows:
                session = _to_session(row)
                found.setdefault(session.account, []).append(session)
            return found

        return self._engine.look_up(query)

    def save_sessions(self, sessions: Sequence[Session]) -> Pending[None]:
        """Create or update logins."""
        rows = [
            (
                s.account,
                s.instance,
                s.device,
                s.platform.value,
                s.opened_at,
                s.signed_at,
                s.ends_at,
                s.left_at,
                s.kicked,
            )
            for s in sessions
        ]

        places = ",".join(["(?,?,?,?,?,?,?,?,?)"] * len(rows))
        sql = f"INSERT OR REPLACE INTO sessions VALUES {places}"
        return self._engine.write(Statement(sql, tuple(chain.from_iterable(rows))), patience_s=PATIENCE_S)

    def set_left_at(self, session: Session) -> Pending[None]:
        """Keep when a login lost its connection, unless the login is gone."""
        sql = "UPDATE sessions SET left_at = ? WHERE account = ? AND instance = ?"
        return self._engine.write(Statement(sql, (session.left_at, session.account, session.instance)))

    def drop_sessions(self, account: AccountNumber, instances: Sequence[InstanceId]) -> Pending[None]:
        """Forget logins."""

        def change(tx: Transaction) -> None:
            sql = "DELETE FROM sessions WHERE account = ? AND instance = ?"
            tx.cursor.executemany(sql, [(account, instance) for instance in instances])

        return self._engine.write(change)


def _to_session(row: Any) -> Session:
    account, instance, device, platform, opened_at, signed_at, ends_at, left_at, kicked = row
    return Session(
        AccountNumber(account),
        InstanceId(instance),
        device,
        Platform(platform),
        opened_at,
        signed_at,
        ends_at,
        left_at,
        None if kicked is None else KickReason(kicked),
    )
