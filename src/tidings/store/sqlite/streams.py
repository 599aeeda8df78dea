"""Streams in SQLite."""

from collections.abc import Sequence
from typing import Any

import apsw

from tidings.domain.ports import Logged
from tidings.domain.streams import Stream, StreamKind
from tidings.ids import Position, SdkAppId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import MESSAGE_COLUMNS, MESSAGE_SIDES, to_message
from tidings.store.sqlite.transaction import Transaction

OPEN = (
    "SELECT t.id, t.app, t.kind, t.compatible_text, t.text, t.shown, t.last_index, t.last_at,"
    f" {MESSAGE_COLUMNS} FROM streams t JOIN messages m ON m.id = t.message{MESSAGE_SIDES} ORDER BY t.last_at"
)
INSERT = "INSERT INTO streams VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
UPDATE = "UPDATE streams SET text = ?, shown = ?, last_index = ?, last_at = ? WHERE id = ?"
DELETE = "DELETE FROM streams WHERE id = ?"
GROW = "UPDATE messages SET body = ?, version = ? WHERE id = ? AND version = ? AND flags & 8 = 0"
TOUCH = "UPDATE conversations SET changed_id = ? WHERE account = ? AND peer = ?"
_MESSAGE_AT = 8


class SqliteStreams:
    """Writes and finds streams."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def open_streams(self) -> list[Stream]:
        """Return the streams that are not over."""

        def query(connection: apsw.Connection) -> list[Stream]:
            return [_to_stream(row) for row in connection.execute(OPEN)]

        return await self._engine.read(query)

    def open_stream(self, stream: Stream) -> Pending[None]:
        """Keep a stream whose message is stored."""
        s = stream
        what = (s.id, s.app, s.message.position, s.kind.value, s.compatible_text)
        row = (*what, _unlike(s), s.shown, s.last_index, s.last_at)

        def change(tx: Transaction) -> None:
            tx.cursor.execute(INSERT, row)

        return self._engine.write(change)

    def grow_stream(self, stream: Stream, given_version: int) -> Pending[bool]:
        """Store a stream with its message's body; False if the message is at another version, or recalled."""
        grown, kept = _grown(stream, given_version), (_unlike(stream), stream.shown, stream.last_index, stream.last_at)

        def change(tx: Transaction) -> bool:
            tx.cursor.execute(GROW, grown)
            if not tx.cursor.connection.changes():
                tx.cursor.execute(DELETE, (stream.id,))
                return False
            tx.cursor.execute(UPDATE, (*kept, stream.id))
            return True

        return self._engine.write(change)

    def close_stream(self, stream: Stream, given_version: int, logged: Sequence[Logged]) -> Pending[Position | None]:
        """Store the end of a stream and log it; None if the message is at another version, or recalled."""
        grown, message = _grown(stream, given_version), stream.message

        def change(tx: Transaction) -> Position | None:
            tx.cursor.execute(DELETE, (stream.id,))
            tx.cursor.execute(GROW, grown)
            if not tx.cursor.connection.changes():
                return None
            position = tx.next_position()
            tx.log(position, message.time, logged)
            tx.cursor.execute(TOUCH, (position, message.sender, message.receiver))
            tx.cursor.execute(TOUCH, (position, message.receiver, message.sender))
            return position

        return self._engine.write(change)


def _unlike(stream: Stream) -> str:
    """Return the text if people see another one: it is long, and written anew with each piece."""
    return "" if stream.text == stream.shown else stream.text


def _grown(stream: Stream, given_version: int) -> tuple[bytes, int, int, int]:
    message = stream.message
    return message.body, message.version, message.position, given_version


def _to_stream(row: Any) -> Stream:
    return Stream(
        SdkAppId(row[1]),
        StreamKind(row[2]),
        row[3],
        row[0],
        to_message(row[_MESSAGE_AT:]),
        row[4] or row[5],
        row[5],
        row[6],
        row[7],
    )
