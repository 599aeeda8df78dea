"""Groups that nobody uses, in SQLite."""

from collections.abc import Sequence

import apsw

from tidings.domain.group.kinds import Kind
from tidings.ids import GroupId, GroupNumber, SdkAppId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one

_IDLE = (
    f"g.is_gone = 0 AND g.parent = 0 AND g.kind <> '{Kind.LIVE.value}'"
    " AND max(g.created_at, g.last_at, g.members_at) <= ?2"
    " AND NOT (g.has_topics AND EXISTS (SELECT 1 FROM groups t WHERE t.parent = g.number AND t.parent <> 0"
    " AND t.is_gone = 0 AND max(t.created_at, t.last_at) > ?2))"
)
PAGE = f"SELECT g.number, g.group_id FROM groups g WHERE g.app = ?1 AND g.number > ?3 AND {_IDLE} ORDER BY 1 LIMIT ?4"
IS_IDLE = f"SELECT EXISTS (SELECT 1 FROM groups g WHERE g.number = ?1 AND {_IDLE})"


class SqliteGroupRecycling:
    """Finds groups that nobody uses; no index is kept for it, since every message would have to keep it."""

    def __init__(self, engine: Engine) -> None:
        """Read through `engine`."""
        self._engine = engine

    async def idle(
        self, app: SdkAppId, since: int, after: GroupNumber, limit: int
    ) -> Sequence[tuple[GroupNumber, GroupId]]:
        """Return an app's groups after one of them in which nothing has happened since a moment, unix seconds."""

        def query(connection: apsw.Connection) -> list[tuple[GroupNumber, GroupId]]:
            rows = connection.execute(PAGE, (app, since, after, limit))
            return [(GroupNumber(int(str(number))), GroupId(str(group_id))) for number, group_id in rows]

        return await self._engine.read(query)

    def is_idle(self, group: GroupNumber, since: int) -> bool:
        """Say whether nothing has happened in a group since then."""
        return self._engine.look_up(lambda connection: bool(one(connection, IS_IDLE, (group, since))[0]))
