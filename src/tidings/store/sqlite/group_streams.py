"""Streams in groups in SQLite: kept beside those of one-to-one chats."""

from functools import partial
from typing import Any

import apsw

from tidings.domain.group.streams import GroupStream
from tidings.domain.growing import StreamKind
from tidings.ids import SdkAppId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.group_rows import GROUP_MESSAGE_COLUMNS, GROUP_MESSAGE_SIDES, to_group_message
from tidings.store.sqlite.streams import COLUMNS, MESSAGE_AT, Grown, close, grow, insert, read
from tidings.store.sqlite.transaction import Transaction

OPEN = (
    f"SELECT {COLUMNS}, {GROUP_MESSAGE_COLUMNS} FROM streams t JOIN messages m ON m.id = t.message"
    f"{GROUP_MESSAGE_SIDES} WHERE m.conversation < 0 ORDER BY t.last_at"
)
TOUCH = "UPDATE groups SET changed_id = ? WHERE number = ?"


class SqliteGroupStreams:
    """Writes and finds streams in groups."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def open_streams(self) -> list[GroupStream]:
        """Return the streams that are not over."""

        def query(connection: apsw.Connection) -> list[GroupStream]:
            return [_to_stream(row) for row in connection.execute(OPEN)]

        return await self._engine.read(query)

    def open_stream(self, stream: GroupStream) -> Pending[None]:
        """Keep a stream whose message is stored."""
        return self._engine.write(partial(insert, stream=stream, message=stream.message.position))

    def grow_stream(self, stream: GroupStream, given_version: int) -> Pending[bool]:
        """Store a stream with its message's body; False if the message is at another version, or recalled."""
        return self._engine.write(partial(grow, stream=stream, grown=_grown(stream, given_version)))

    def close_stream(self, stream: GroupStream, given_version: int) -> Pending[bool]:
        """Store the end of a stream; False if the message is at another version, or recalled."""
        grown, group = _grown(stream, given_version), stream.message.group

        def change(tx: Transaction) -> bool:
            is_kept = close(tx, stream, grown)
            if is_kept:
                tx.cursor.execute(TOUCH, (tx.next_position(), group))
            return is_kept

        return self._engine.write(change)


def _grown(stream: GroupStream, given_version: int) -> Grown:
    message = stream.message
    return message.body, message.version, message.position, given_version


def _to_stream(row: Any) -> GroupStream:
    message = to_group_message(row[MESSAGE_AT:])
    stream = GroupStream(SdkAppId(row[1]), StreamKind(row[2]), row[3], row[0], message=message)
    read(stream, row)
    return stream
