"""Streams in SQLite."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import apsw

from tidings.domain.growing import Growing, StreamKind
from tidings.domain.ports import Logged
from tidings.domain.streams import Stream
from tidings.ids import Position, SdkAppId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import MESSAGE_COLUMNS, MESSAGE_SIDES, to_message
from tidings.store.sqlite.transaction import Transaction

COLUMNS = "t.id, t.app, t.kind, t.compatible_text, t.text, t.shown, t.last_index, t.last_at"
OPEN = (
    f"SELECT {COLUMNS}, {MESSAGE_COLUMNS} FROM streams t JOIN messages m ON m.id = t.message{MESSAGE_SIDES}"
    " WHERE m.conversation > 0 ORDER BY t.last_at"
)
INSERT = "INSERT INTO streams VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
UPDATE = "UPDATE streams SET text = ?, shown = ?, last_index = ?, last_at = ? WHERE id = ?"
DELETE = "DELETE FROM streams WHERE id = ?"
GROW = "UPDATE messages SET body = ?, version = ? WHERE id = ? AND version = ? AND flags & 8 = 0"
TOUCH = "UPDATE conversations SET changed_id = ? WHERE account = ? AND peer = ?"
MESSAGE_AT = 8
Grown = tuple[bytes, int, int, int]
"""Body, version, position of the message, and the version it must have now."""


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
        return self._engine.write(partial(insert, stream=replace(stream), message=stream.message.position))

    def grow_stream(self, stream: Stream, given_version: int) -> Pending[bool]:
        """Store a stream with its message's body; False if the message is at another version, or recalled."""
        return self._engine.write(partial(grow, stream=stream, grown=_grown(stream, given_version)))

    def close_stream(self, stream: Stream, given_version: int, logged: Sequence[Logged]) -> Pending[Position | None]:
        """Store the end of a stream and log it; None if the message is at another version, or recalled."""
        grown, message = _grown(stream, given_version), stream.message

        def change(tx: Transaction) -> Position | None:
            if not close(tx, stream, grown):
                return None
            position = tx.next_position()
            tx.log(position, message.time, logged)
            tx.cursor.execute(TOUCH, (position, message.sender, message.receiver))
            tx.cursor.execute(TOUCH, (position, message.receiver, message.sender))
            return position

        return self._engine.write(change)


def insert(tx: Transaction, stream: Growing, message: Position) -> None:
    """Keep a stream whose message is stored at a position."""
    what = (stream.id, stream.app, message, stream.kind.value, stream.compatible_text)
    tx.cursor.execute(INSERT, (*what, _unlike(stream), stream.shown, stream.last_index, stream.last_at))


def grow(tx: Transaction, stream: Growing, grown: Grown) -> bool:
    """Store a message's new body; False, and the stream is over, if the message is another than that."""
    tx.cursor.execute(GROW, grown)
    if tx.cursor.connection.changes():
        kept = (_unlike(stream), stream.shown, stream.last_index, stream.last_at)
        tx.cursor.execute(UPDATE, (*kept, stream.id))
        return True
    tx.cursor.execute(DELETE, (stream.id,))
    return False


def close(tx: Transaction, stream: Growing, grown: Grown) -> bool:
    """Store a message's last body and forget the stream; False if the message is another than that."""
    tx.cursor.execute(DELETE, (stream.id,))
    tx.cursor.execute(GROW, grown)
    return bool(tx.cursor.connection.changes())


def _unlike(stream: Growing) -> str:
    """Return the text if people see another one: it is long, and written anew with each piece."""
    return "" if stream.text == stream.shown else stream.text


def _grown(stream: Stream, given_version: int) -> Grown:
    message = stream.message
    return message.body, message.version, message.position, given_version


def _to_stream(row: Any) -> Stream:
    stream = Stream(SdkAppId(row[1]), StreamKind(row[2]), row[3], row[0])
    read(stream, row)
    stream.message = to_message(row[MESSAGE_AT:])
    return stream


def read(stream: Growing, row: Any) -> None:
    """Give a stream what a row says of its text."""
    stream.text, stream.shown = row[4] or row[5], row[5]
    stream.last_index, stream.last_at = row[6], row[7]
