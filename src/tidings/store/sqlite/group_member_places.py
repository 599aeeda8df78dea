"""Where in a group's messages imported members stand, in SQLite."""

from collections.abc import Sequence

import apsw

from tidings.domain.group.importing_members import Place
from tidings.ids import GroupNumber
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.group_reading import BEHIND, LAST
from tidings.store.sqlite.rows import one, snapshot

BEFORE = "SELECT seq FROM messages WHERE conversation = ? AND time < ? ORDER BY time DESC, seq DESC LIMIT 1"


class SqliteMemberPlaces:
    """Finds places."""

    def __init__(self, engine: Engine) -> None:
        """Read through `engine`."""
        self._engine = engine

    async def places(self, group: GroupNumber, asked: Sequence[tuple[int, int]]) -> list[Place]:
        """Return the places of members by when each joined, unix seconds, and how many messages it has not read."""

        def query(connection: apsw.Connection) -> list[Place]:
            with snapshot(connection):
                return [_place(connection, group, joined_at, unread) for joined_at, unread in asked]

        return await self._engine.read(query)


def _place(connection: apsw.Connection, group: GroupNumber, joined_at: int, unread: int) -> Place:
    before = one(connection, BEFORE, (-group, joined_at))
    if unread:
        behind = one(connection, BEHIND, (-group, unread - 1))
        read_seq = 0 if behind is None else int(behind[0])
    else:
        read_seq = int(one(connection, LAST, (group,))[0])
    # Whoever has not read a message may see it.
    return Place(min(0 if before is None else int(before[0]), read_seq), read_seq)
