"""Daily figures in SQLite."""

from dataclasses import astuple
from typing import Any

import apsw

from tidings.domain.figures import HOUR_S, AppDay, Counted, Deeds, Figures, Marks, NewcomerRow, SentRow, Uncounted
from tidings.domain.messages import Flag
from tidings.ids import AccountNumber, SdkAppId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one, snapshot
from tidings.store.sqlite.transaction import Transaction

MESSAGE_MARK, ACCOUNT_MARK = "counted_messages", "counted_accounts"
# The app is looked up once for each sender, not for each message.
SENT = (
    "SELECT a.app, g.sender, g.hour, g.count FROM ("
    f"SELECT sender, time / {HOUR_S} AS hour, count(*) AS count FROM messages"
    f" WHERE id > ? AND id <= ? AND flags & {Flag.IMPORTED} = 0 GROUP BY sender, hour"
    ") g JOIN accounts a ON a.number = g.sender"
)
NEWCOMERS = "SELECT app, count(*), sum(is_deleted = 0) FROM accounts WHERE number > ? AND number <= ? GROUP BY app"
# A day begins with as many accounts as the last one ended with.
ADD = """
INSERT INTO daily_figures VALUES (?1, ?2, ?3 + coalesce((
  SELECT accounts FROM daily_figures WHERE app = ?1 AND day < ?2 ORDER BY day DESC LIMIT 1), 0),
  ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (app, day) DO UPDATE SET accounts = accounts + ?3, registered = registered + ?4, active = active + ?5,
  logged_in = logged_in + ?6, logins = logins + ?7, senders = senders + ?8, sent = sent + ?9,
  delivered = delivered + ?10, most_online = max(most_online, ?11)
"""
BETWEEN = "SELECT * FROM daily_figures WHERE app = ? AND day BETWEEN ? AND ?"
BEFORE = "SELECT * FROM daily_figures WHERE app = ? AND day < ? ORDER BY day DESC LIMIT 1"
# Figures share the commit of others if there is one soon.
PATIENCE_S = 0.5


class SqliteFigures:
    """Counts what is stored, and keeps what was counted."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def counted_up_to(self) -> tuple[Marks, Deeds]:
        """Return the marks, and what accounts are known to have done."""

        def query(connection: apsw.Connection) -> tuple[Marks, Deeds]:
            marks = {name: _mark(connection, name) for name in (MESSAGE_MARK, ACCOUNT_MARK)}
            deeds: Deeds = {}
            rows: Any = connection.execute("SELECT app, day, account, deeds FROM daily_accounts")
            for app, day, account, done in rows:
                deeds.setdefault((SdkAppId(app), day), {})[AccountNumber(account)] = done
            return marks, deeds

        return await self._engine.read(query)

    async def uncounted(self, marks: Marks) -> Uncounted:
        """Return what was stored behind the marks."""

        def query(connection: apsw.Connection) -> Uncounted:
            with snapshot(connection):
                return read(connection)

        def read(connection: apsw.Connection) -> Uncounted:
            newest = {MESSAGE_MARK: ("messages", "id"), ACCOUNT_MARK: ("accounts", "number")}
            up_to = {
                mark: max(marks.get(mark, 0), one(connection, f"SELECT max({key}) FROM {table}")[0] or 0)
                for mark, (table, key) in newest.items()
            }
            spans = {mark: (marks.get(mark, 0), up_to[mark]) for mark in up_to}
            sent: Any = connection.execute(SENT, spans[MESSAGE_MARK])
            newcomers: Any = connection.execute(NEWCOMERS, spans[ACCOUNT_MARK])
            return Uncounted([SentRow(*row) for row in sent], [NewcomerRow(*row) for row in newcomers], up_to)

        return await self._engine.read(query)

    def add_figures(self, counted: Counted, oldest_day: int) -> Pending[None]:
        """Keep additions and marks in one transaction; deeds of days before `oldest_day` go."""
        days = [(*app_day, *astuple(figures)) for app_day, figures in sorted(counted.days.items(), key=_app_day)]
        deeds = [
            (account, day, app, done) for (app, day), each in counted.deeds.items() for account, done in each.items()
        ]

        def change(tx: Transaction) -> None:
            tx.cursor.executemany(ADD, days)
            tx.cursor.executemany("INSERT OR REPLACE INTO daily_accounts VALUES (?, ?, ?, ?)", deeds)
            tx.cursor.execute("DELETE FROM daily_accounts WHERE day < ?", (oldest_day,))
            tx.cursor.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(counted.marks.items()))

        return self._engine.write(change, patience_s=PATIENCE_S)

    async def figures(self, app: SdkAppId, first: int, last: int) -> dict[int, Figures]:
        """Return an app's days from `first` to `last`, and the last one before them if there is one."""

        def query(connection: apsw.Connection) -> dict[int, Figures]:
            rows: list[Any] = connection.execute(BETWEEN, (app, first, last)).fetchall()
            rows += connection.execute(BEFORE, (app, first)).fetchall()
            return {row[1]: Figures(*row[2:]) for row in rows}

        return await self._engine.read(query)


def _app_day(item: tuple[AppDay, Figures]) -> AppDay:
    return item[0]


def _mark(connection: apsw.Connection, name: str) -> int:
    row = one(connection, "SELECT value FROM meta WHERE name = ?", (name,))
    return 0 if row is None else int(row[0])
