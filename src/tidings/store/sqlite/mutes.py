"""Global mutes in SQLite."""

import apsw

from tidings.domain.mutes import Mute
from tidings.ids import AccountNumber
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.writing import Statement

SAVE = (
    "INSERT INTO mutes VALUES (?1, coalesce(?2, 0), coalesce(?3, 0)) ON CONFLICT (account) DO UPDATE SET"
    " messages_until = coalesce(?2, messages_until), groups_until = coalesce(?3, groups_until)"
)


class SqliteMutes:
    """Who may send nothing."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def mutes(self, now: int) -> dict[AccountNumber, Mute]:
        """Return every mute that is not over at `now`."""

        def query(connection: apsw.Connection) -> dict[AccountNumber, Mute]:
            sql = "SELECT * FROM mutes WHERE max(messages_until, groups_until) > ?"
            return {AccountNumber(number): Mute(*until) for number, *until in connection.execute(sql, (now,))}

        return await self._engine.read(query)

    def save_mute(self, account: AccountNumber, messages_until: int | None, groups_until: int | None) -> Pending[None]:
        """Keep up to when an account is mute; None leaves what is kept."""
        return self._engine.write(Statement(SAVE, (account, messages_until, groups_until)))
