"""What is known of archives, in SQLite; their bytes lie with the files."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

import apsw

from tidings.domain.archives import Archive, Chunk
from tidings.domain.figures import HOUR_S
from tidings.domain.messages import Flag
from tidings.ids import Position, SdkAppId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.files import STORED, STRIKE
from tidings.store.sqlite.rows import MESSAGE_COLUMNS, MESSAGE_SIDES, one, to_message
from tidings.store.sqlite.transaction import Transaction
from tidings.store.sqlite.writing import Statement

HOUR_MARK, POSITION_MARK = "archived_hour", "archived_position"
FIRST = f"SELECT time / {HOUR_S} FROM messages WHERE flags & {Flag.IMPORTED} = 0 ORDER BY id LIMIT 1"
CHUNK = f"SELECT {MESSAGE_COLUMNS}, s.app FROM messages m{MESSAGE_SIDES} WHERE m.id > ? ORDER BY m.id LIMIT ?"
SAVE = "INSERT OR REPLACE INTO archives VALUES (?, ?, ?, ?, ?, ?, ?)"
# The app's own files are archives; one that was kept and not noted was cut short.
ORPHANS = f"{STRIKE} account = 0 AND state = {STORED} AND key NOT IN (SELECT file FROM archives)"


class SqliteArchives:
    """Which hours are archived."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def progress(self) -> tuple[int, Position]:
        """Return the hour to archive next, 0 if none ever was, and the position that the last one reached."""

        def query(connection: apsw.Connection) -> tuple[int, Position]:
            hour, position = (_mark(connection, name) for name in (HOUR_MARK, POSITION_MARK))
            return hour, Position(position)

        return await self._engine.read(query)

    async def first_hour(self) -> int | None:
        """Return the hour of the first message that was sent, not imported."""
        row = await self._engine.read(lambda connection: one(connection, FIRST))
        return None if row is None else int(row[0])

    async def messages_until(self, after: Position, end: int, limit: int) -> Chunk:
        """Return what was sent after a position, up to the first message dated `end` or later: then it is over."""

        def query(connection: apsw.Connection) -> Chunk:
            found: Chunk = Chunk([], None, is_over=False)
            for *row, app in connection.execute(CHUNK, (after, limit)):
                message = to_message(row)
                if not message.flags & Flag.IMPORTED:
                    if message.time >= end:
                        return found._replace(is_over=True)
                    found.messages.append((SdkAppId(int(str(app))), message))
                found = found._replace(reached=message.position)
            return found

        return await self._engine.read(query)

    def save_archives(self, archives: Sequence[Archive], next_hour: int, reached: Position) -> Pending[None]:
        """Keep an hour's archives, and how far archiving is."""

        def change(tx: Transaction) -> None:
            tx.cursor.executemany(SAVE, [astuple(archive) for archive in archives])
            marks = [(HOUR_MARK, next_hour), (POSITION_MARK, reached)]
            tx.cursor.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", marks)

        return self._engine.write(change)

    def replace_archive(self, old: Archive, new: Archive) -> Pending[None]:
        """Keep another file for an hour; the old one's bytes have to go."""

        def change(tx: Transaction) -> None:
            tx.cursor.execute(SAVE, astuple(new))
            tx.cursor.execute(f"{STRIKE} key = ?", (old.file,))

        return self._engine.write(change)

    async def find_archive(self, app: SdkAppId, hour: int) -> Archive | None:
        """Return the archive of an app's hour."""
        sql = "SELECT * FROM archives WHERE app = ? AND hour = ?"
        row = self._engine.look_up(lambda connection: one(connection, sql, (app, hour)))
        return None if row is None else Archive(*row)

    async def archives(self, app: SdkAppId) -> list[Archive]:
        """Return all archives of an app."""

        def query(connection: apsw.Connection) -> list[Archive]:
            rows: Any = connection.execute("SELECT * FROM archives WHERE app = ? ORDER BY hour", (app,))
            return [Archive(*row) for row in rows]

        return await self._engine.read(query)

    def expire_archives(self, hour: int) -> Pending[None]:
        """Drop the archives of hours before `hour`, and files that belong to no archive."""

        def change(tx: Transaction) -> None:
            Statement("DELETE FROM archives WHERE hour < ?", (hour,))(tx)
            Statement(ORPHANS, ())(tx)

        return self._engine.write(change)


def _mark(connection: apsw.Connection, name: str) -> int:
    row = one(connection, "SELECT value FROM meta WHERE name = ?", (name,))
    return 0 if row is None else int(row[0])
