"""Groups that nobody uses are found, also in data of the step before."""

import apsw

from tests.support.stores import APP, NOW, OTHER_APP
from tidings.domain.group.groups import NO_GROUP, NOBODY, Group
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind
from tidings.ids import GroupId, SdkAppId
from tidings.store.sqlite.migrations import migrate, steps
from tidings.store.sqlite.store import Store

BEFORE = 14


def new(name: str, at: int, app: SdkAppId = APP) -> Group:
    free = ApplyOption.FREE, InviteOption.FREE
    return Group(app, GroupId(name), Kind.PUBLIC, name, NOBODY, at, 9, *free, members_at=at)


async def test_idle_groups_come_in_pages_of_one_app(store: Store) -> None:
    for name, at in (("a", 1), ("b", NOW), ("c", 2), ("d", 3)):
        await store.groups.create(new(name, at), [])
    await store.groups.create(new("e", 1, OTHER_APP), [])
    first = await store.group_recycling.idle(APP, NOW - 1, NO_GROUP, 2)
    rest = await store.group_recycling.idle(APP, NOW - 1, first[-1][0], 2)
    assert [[name for _, name in page] for page in (first, rest)] == [["a", "c"], ["d"]]
    assert [store.group_recycling.is_idle(first[0][0], since) for since in (0, 1)] == [False, True]


def test_groups_of_the_step_before_are_counted_and_know_when_somebody_came() -> None:
    connection = apsw.Connection(":memory:")
    migrate(connection, [step for step in steps() if step[0] <= BEFORE])
    columns = [str(row[1]) for row in connection.execute("PRAGMA table_info(groups)")]
    for number, (kind, parent, gone) in enumerate(
        [("Public", 0, 0), ("Public", 0, 0), ("Public", 0, 1), ("Community", 0, 0), ("Topic", 4, 0)], 1
    ):
        row = {"number": number, "app": 7, "group_id": f"g{number}", "kind": kind, "parent": parent, "is_gone": gone}
        texts = {"name", "introduction", "notification", "face_url", "apply_option", "invite_option", "custom"}
        values = [row.get(name, "" if name in texts else 0) for name in columns]
        connection.execute(f"INSERT INTO groups VALUES ({','.join('?' * len(columns))})", values)
    for account, at in ((1, 5), (2, 9)):
        member = (1, account, account, "Member", at, 0, 0, "", "", 0, "")
        connection.execute(f"INSERT INTO group_members VALUES ({','.join('?' * 11)})", member)
    migrate(connection)
    counts = list(connection.execute("SELECT kind, count FROM group_counts WHERE app = 7 ORDER BY kind"))
    assert counts == [("Community", 1), ("Public", 2)]
    assert list(connection.execute("SELECT members_at, shows_past FROM groups WHERE number < 3")) == [
        (9, None),
        (0, None),
    ]
