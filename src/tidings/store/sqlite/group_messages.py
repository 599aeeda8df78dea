"""Group messages in SQLite."""

from collections.abc import Sequence

import apsw

from tidings.domain.group.messages import GroupMessage
from tidings.domain.messages import Flag
from tidings.ids import GroupNumber
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.group_rows import GROUP_MESSAGE_COLUMNS, GROUP_MESSAGE_SIDES, to_group_message
from tidings.store.sqlite.rows import LISTED, to_list
from tidings.store.sqlite.writing import Statement

SELECT = f"SELECT {GROUP_MESSAGE_COLUMNS} FROM messages m{GROUP_MESSAGE_SIDES} WHERE m.conversation = ?"
# Says what the index of groups says, so that it is used.
OF_GROUP = f"{SELECT} AND m.conversation < 0"
PAGE = f"{OF_GROUP} AND m.seq <= ? AND m.seq > ? ORDER BY m.seq DESC"
RECENT_IDS = f"SELECT id, time, conversation, sender FROM messages WHERE flags & {Flag.IMPORTED} = 0 ORDER BY id DESC"
RECENT = f"SELECT {GROUP_MESSAGE_COLUMNS} FROM messages m{GROUP_MESSAGE_SIDES} WHERE m.id {LISTED} ORDER BY m.id"
RESERVE = "UPDATE groups SET last_seq = max(last_seq, ?) WHERE number = ?"
NAMED = f"{OF_GROUP} AND m.seq {LISTED}"


class SqliteGroupMessages:
    """Writes and finds messages of groups."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine
        self.append = engine.append

    def reserve(self, group: GroupNumber, up_to: int) -> Pending[None]:
        """Keep that sequences up to that one may be in use, though no message of the group is stored."""
        return self._engine.write(Statement(RESERVE, (up_to, group)))

    async def recent(self, since: int) -> list[GroupMessage]:
        """Return the messages that accounts sent at `since` or later, in commit order."""

        def query(connection: apsw.Connection) -> list[GroupMessage]:
            found = []
            for identity, time, conversation, sender in connection.execute(RECENT_IDS):
                if time < since:
                    break
                if conversation < 0 and sender:
                    found.append(identity)
            return [to_group_message(row) for row in connection.execute(RECENT, (to_list(found),))]

        return await self._engine.read(query)

    async def page(self, group: GroupNumber, up_to: int, limit: int) -> list[GroupMessage]:
        """Return what is stored of the `limit` sequences that end at `up_to`, newest first."""

        def query(connection: apsw.Connection) -> list[GroupMessage]:
            rows = connection.execute(PAGE, (-group, up_to, up_to - limit))
            return [to_group_message(row) for row in rows]

        return await self._engine.read(query)

    async def find(self, group: GroupNumber, seqs: Sequence[int]) -> dict[int, GroupMessage]:
        """Return the stored messages of those sequences."""

        def query(connection: apsw.Connection) -> dict[int, GroupMessage]:
            rows = connection.execute(NAMED, (-group, to_list(seqs)))
            return {message.seq: message for message in map(to_group_message, rows)}

        return await self._engine.read(query)
