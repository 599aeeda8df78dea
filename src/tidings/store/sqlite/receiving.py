"""Do-not-disturb in SQLite."""

from collections.abc import Sequence
from typing import Any

import apsw

from tidings.domain.events import KeptEvent
from tidings.domain.ports import Logged
from tidings.domain.receiving import OptionChanges, QuietTime, ReceiveOption, Refusal
from tidings.domain.telling import Changed
from tidings.ids import AccountNumber, Position
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import LISTED, one, to_list
from tidings.store.sqlite.transaction import Transaction

REFUSALS = (
    "SELECT account, peer FROM conversation_traits INDEXED BY refused_senders"
    " WHERE receive_option = 1 AND account != peer"
)
OPTIONS = (
    f"SELECT peer, receive_option FROM conversation_traits WHERE account = ? AND receive_option > 0 AND peer {LISTED}"
)
OPTIONS_AFTER = "SELECT peer, receive_option, option_id FROM conversation_traits WHERE account = ? AND option_id > ?"
SET_OPTION = """
INSERT INTO conversation_traits (account, peer, receive_option, option_id) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (account, peer) DO UPDATE SET receive_option = ?3, option_id = ?4
"""
# The list tells of what has changed in it.
TOUCH = "UPDATE conversations SET changed_id = ? WHERE account = ? AND peer = ?"
QUIET_TIME = "SELECT receive_option, start_time, end_time, is_repeated FROM quiet_times WHERE account = ?"
SET_QUIET_TIME = "INSERT OR REPLACE INTO quiet_times VALUES (?, ?, ?, ?, ?)"


class SqliteReceiving:
    """How accounts want to receive."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def refusals(self) -> list[Refusal]:
        """Return everybody's refusals."""

        def read(connection: apsw.Connection) -> list[Refusal]:
            return [(AccountNumber(account), AccountNumber(peer)) for account, peer in connection.execute(REFUSALS)]

        return await self._engine.read(read)

    async def options(
        self, account: AccountNumber, peers: Sequence[AccountNumber]
    ) -> dict[AccountNumber, ReceiveOption]:
        """Return those of the options that are not NOTIFY."""

        def read(connection: apsw.Connection) -> dict[AccountNumber, ReceiveOption]:
            rows = connection.execute(OPTIONS, (account, to_list(peers)))
            return {AccountNumber(peer): ReceiveOption(option) for peer, option in rows}

        return await self._engine.read(read)

    async def options_after(self, account: AccountNumber, position: Position) -> OptionChanges:
        """Return the options that changed after a position."""

        def read(connection: apsw.Connection) -> OptionChanges:
            rows: list[Any] = connection.execute(OPTIONS_AFTER, (account, position)).fetchall()
            newest = max((row[2] for row in rows), default=position)
            return OptionChanges({AccountNumber(row[0]): ReceiveOption(row[1]) for row in rows}, Position(newest))

        return await self._engine.read(read)

    def set_option(
        self,
        account: AccountNumber,
        peers: Sequence[AccountNumber],
        option: ReceiveOption,
        time: int,
        event: KeptEvent,
    ) -> Pending[Changed[None]]:
        """Set how users' messages are received; the event is logged if any option changes."""

        def change(tx: Transaction) -> Changed[None]:
            found = dict(tx.cursor.execute(OPTIONS, (account, to_list(peers))))
            fresh = [peer for peer in peers if found.get(peer, 0) != option]
            if not fresh:
                return Changed(None)
            tx.cursor.executemany(TOUCH, [(tx.next_position(), account, peer) for peer in fresh])
            position = tx.next_position()
            tx.cursor.executemany(SET_OPTION, [(account, peer, int(option), position) for peer in fresh])
            tx.log(position, time, [Logged(account, event)])
            return Changed(None, event, position)

        return self._engine.write(change)

    async def quiet_time(self, account: AccountNumber) -> QuietTime | None:
        """Return when the account is not to be disturbed."""

        def read(connection: apsw.Connection) -> QuietTime | None:
            row = one(connection, QUIET_TIME, (account,))
            return None if row is None else QuietTime(ReceiveOption(row[0]), row[1], row[2], bool(row[3]))

        return await self._engine.read(read)

    def set_quiet_time(
        self, account: AccountNumber, quiet: QuietTime, time: int, event: KeptEvent
    ) -> Pending[Changed[None]]:
        """Keep when the account is not to be disturbed; the event is logged if that is another now."""
        row = (int(quiet.option), quiet.start, quiet.end, int(quiet.is_repeated))

        def change(tx: Transaction) -> Changed[None]:
            if one(tx.cursor, QUIET_TIME, (account,)) == row:
                return Changed(None)
            tx.cursor.execute(SET_QUIET_TIME, (account, *row))
            position = tx.next_position()
            tx.log(position, time, [Logged(account, event)])
            return Changed(None, event, position)

        return self._engine.write(change)
