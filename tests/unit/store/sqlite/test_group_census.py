"""The list of an app's groups in SQLite: a page costs the same wherever it is."""

from tests.support.database import Work
from tests.support.stores import APP, NOW, OTHER_APP
from tidings.domain.group.census import FROM_START
from tidings.domain.group.groups import NOBODY, Group
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind
from tidings.ids import GroupId, GroupNumber
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.group_rows import GROUP_FIELDS
from tidings.store.sqlite.store import Store

COPIES = f"""
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO groups ({GROUP_FIELDS}) SELECT {GROUP_FIELDS.replace("group_id", "'g' || i")} FROM groups, n
"""


async def fill(store: Store, engine: Engine, count: int) -> None:
    """Let the app have a group and so many copies of it."""
    free = ApplyOption.FREE, InviteOption.FREE
    await store.groups.create(Group(APP, GroupId("g"), Kind.PUBLIC, "g", NOBODY, NOW, 9, *free), [])
    await engine.write(lambda tx: tx.cursor.execute(COPIES, (count,)) and None)


async def test_a_page_costs_the_same_at_the_end_of_many_groups(store: Store, engine: Engine, work: Work) -> None:
    await fill(store, engine, 20_000)

    for kind in (None, Kind.PUBLIC):
        await store.group_census.page(APP, kind, FROM_START, 10)  # what is run again is ready
        sizes = [
            await work.size(lambda at=at, kind=kind: store.group_census.page(APP, kind, GroupNumber(at), 10))  # type: ignore[misc]
            for at in (0, 10_000, 19_980)
        ]
        assert len(set(sizes)) == 1
        assert sizes[0] < 1000


async def test_numbers_follow_what_happens_to_groups(store: Store, engine: Engine) -> None:
    await store.apps.create(APP, "chat", NOW)
    await fill(store, engine, 3)

    async def totals() -> tuple[int, int, int]:
        pages = [
            await store.group_census.page(app, kind, FROM_START, 9)
            for app, kind in ((APP, None), (APP, Kind.WORK), (OTHER_APP, None))
        ]
        return pages[0].total, pages[1].total, pages[2].total

    assert await totals() == (4, 0, 0)
    group = store.groups.find_group(APP, GroupId("g2"))
    assert group is not None
    group.is_gone = True
    for _ in range(2):
        await store.groups.save(group)
    assert await totals() == (3, 0, 0)
    await store.apps.delete(APP)
    assert await totals() == (0, 0, 0)
