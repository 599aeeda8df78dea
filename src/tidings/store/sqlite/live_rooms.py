"""What outlasts being in a live room, in SQLite: robots, and the bans and mutes of whoever joins."""

from collections.abc import Sequence

import apsw

from tidings.domain.accounts import Account
from tidings.domain.group.live import Past
from tidings.ids import AccountNumber, GroupNumber
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import ACCOUNT_COLUMNS, LISTED, one, to_account, to_list
from tidings.store.sqlite.transaction import Transaction

PAST = (
    "SELECT coalesce((SELECT banned_until FROM group_bans WHERE group_number = ?1 AND account = ?2), 0),"
    " coalesce((SELECT muted_until FROM group_mutes WHERE group_number = ?1 AND account = ?2), 0)"
)
ROBOTS = (
    f"SELECT {ACCOUNT_COLUMNS}, stays_until FROM live_robots JOIN accounts ON number = account"
    " WHERE group_number = ? AND stays_until > ? AND is_deleted = 0 ORDER BY stays_until, account"
)
SAVE = "INSERT OR REPLACE INTO live_robots VALUES (?, ?, ?)"
DELETE = f"DELETE FROM live_robots WHERE group_number = ? AND account {LISTED}"


class SqliteLiveRooms:
    """Writes and finds robots; finds bans and mutes by key."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def past(self, group: GroupNumber, account: AccountNumber) -> Past:
        """Return what is kept of an account."""

        def query(connection: apsw.Connection) -> Past:
            banned_until, muted_until = one(connection, PAST, (group, account))
            return Past(banned_until, muted_until)

        return self._engine.look_up(query)

    def robots(self, group: GroupNumber, now: int) -> Sequence[tuple[Account, int]]:
        """Return the robots of a room whose time is not over, and when it is."""

        def query(connection: apsw.Connection) -> list[tuple[Account, int]]:
            return [(to_account(row[:-1]), row[-1]) for row in connection.execute(ROBOTS, (group, now))]

        return self._engine.look_up(query)

    def save_robots(self, group: GroupNumber, accounts: Sequence[AccountNumber], until: int) -> Pending[None]:
        """Keep that accounts are robots of a room up to a moment, unix seconds."""

        def change(tx: Transaction) -> None:
            tx.cursor.executemany(SAVE, [(group, account, until) for account in accounts])

        return self._engine.write(change)

    def delete_robots(self, group: GroupNumber, accounts: Sequence[AccountNumber]) -> Pending[None]:
        """Keep of accounts that they are no robots."""

        def change(tx: Transaction) -> None:
            tx.cursor.execute(DELETE, (group, to_list(accounts)))

        return self._engine.write(change)
