"""An app's list of its groups in SQLite: pages by an index, numbers that triggers keep."""

import apsw

from tidings.domain.group.census import FROM_START, CensusPage
from tidings.domain.group.kinds import Kind
from tidings.ids import GroupId, GroupNumber, SdkAppId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one, snapshot

# They say what the indexes say, so that these are used.
ALL = "SELECT number, group_id FROM groups WHERE app = ?1 AND parent = 0 AND is_gone = 0 AND number > ?2"
OF_KIND = "SELECT number, group_id FROM groups WHERE app = ?1 AND kind = ?4 AND is_gone = 0 AND number > ?2"
PAGE = "ORDER BY number LIMIT ?3"
TOTAL = "SELECT coalesce(sum(count), 0) FROM group_counts WHERE app = ?1 AND (?2 IS NULL OR kind = ?2)"


class SqliteGroupCensus:
    """Lists groups."""

    def __init__(self, engine: Engine) -> None:
        """Read through `engine`."""
        self._engine = engine

    async def page(self, app: SdkAppId, kind: Kind | None, after: GroupNumber, limit: int) -> CensusPage:
        """Return up to `limit` of an app's groups after one of them, of one kind or of all; topics are none."""
        name = None if kind is None else kind.value
        select = f"{ALL} {PAGE}" if name is None else f"{OF_KIND} {PAGE}"
        bindings = (app, after, limit + 1) if name is None else (app, after, limit + 1, name)

        def query(connection: apsw.Connection) -> CensusPage:
            with snapshot(connection):
                total = int(one(connection, TOTAL, (app, name))[0])
                rows = list(connection.execute(select, bindings))
            shown = rows[:limit]
            more = GroupNumber(int(str(shown[-1][0]))) if len(rows) > limit else FROM_START
            return CensusPage(total, [GroupId(str(group_id)) for _, group_id in shown], more)

        return await self._engine.read(query)
