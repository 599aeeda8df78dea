"""Chatbots in SQLite."""

import apsw

from tidings.domain.accounts import Account
from tidings.ids import AccountNumber, SdkAppId, UserId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one
from tidings.store.sqlite.transaction import Transaction

COUNT = "SELECT count(*) FROM robots WHERE app = ? AND account <> ?"
ADD = "INSERT OR IGNORE INTO robots VALUES (?, ?)"
REMOVE = "DELETE FROM robots WHERE account = ?"
LIST = "SELECT a.user_id FROM robots r JOIN accounts a ON a.number = r.account WHERE r.app = ? ORDER BY r.account"


class SqliteRobots:
    """Writes and finds chatbots."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def add_robot(self, account: Account, limit: int) -> Pending[bool]:
        """Make an account a chatbot; False if the app has `limit` others."""

        def change(tx: Transaction) -> bool:
            if one(tx.cursor, COUNT, (account.app, account.number))[0] >= limit:
                return False
            tx.cursor.execute(ADD, (account.number, account.app))
            return True

        return self._engine.write(change)

    def remove_robot(self, account: AccountNumber) -> Pending[bool]:
        """Let an account be a chatbot no more; False if it was none."""

        def change(tx: Transaction) -> bool:
            tx.cursor.execute(REMOVE, (account,))
            return tx.cursor.connection.changes() > 0

        return self._engine.write(change)

    async def robots(self, app: SdkAppId) -> list[UserId]:
        """Return an app's chatbots in the order they were made."""

        def query(connection: apsw.Connection) -> list[UserId]:
            return [UserId(str(row[0])) for row in connection.execute(LIST, (app,))]

        return await self._engine.read(query)

    def is_robot(self, account: AccountNumber) -> bool:
        """Say whether an account is a chatbot."""

        def query(connection: apsw.Connection) -> bool:
            return one(connection, "SELECT 1 FROM robots WHERE account = ?", (account,)) is not None

        return self._engine.look_up(query)
