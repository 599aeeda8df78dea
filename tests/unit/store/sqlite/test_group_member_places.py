"""Where imported members stand: found by an index, however many messages there are."""

import pytest

from tests.support.database import Work
from tests.support.stores import APP, NOW, People
from tidings.domain.group.groups import Group
from tidings.domain.group.importing_members import Place
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind
from tidings.domain.group.messages import GroupMessage
from tidings.domain.messages import Flag
from tidings.ids import GroupId
from tidings.store.sqlite.store import Store


@pytest.fixture
async def group(store: Store, them: People) -> Group:
    """Return a group with four messages, ten seconds apart, the third of which counts for nothing."""
    free = ApplyOption.FREE, InviteOption.FREE
    group = Group(APP, GroupId("team"), Kind.PUBLIC, "team", them.alice.number, NOW, 9, *free)
    await store.groups.create(group, [])
    for number in range(4):
        time = NOW + 10 * number
        message = GroupMessage(group.number, them.alice.number, them.alice.user_id, time, number, time, b"[]")
        message.flags = int(Flag.NO_UNREAD) if number == 2 else 0
        await store.group_messages.append(message)
    return group


@pytest.mark.parametrize(
    ("joined_at", "unread", "expected"),
    [
        (NOW - 1, 0, Place(0, 4)),
        (NOW, 0, Place(0, 4)),
        (NOW + 11, 0, Place(2, 4)),
        (NOW + 99, 0, Place(4, 4)),
        (NOW + 11, 1, Place(2, 3)),
        (NOW + 99, 2, Place(1, 1)),
        (NOW + 99, 99, Place(0, 0)),
    ],
)
async def test_a_place_follows_from_the_time_and_what_is_unread(
    store: Store, group: Group, joined_at: int, unread: int, expected: Place
) -> None:
    assert await store.group_member_places.places(group.number, [(joined_at, unread)]) == [expected]


async def test_no_table_is_gone_through(store: Store, group: Group, work: Work) -> None:
    assert await work.scans(lambda: store.group_member_places.places(group.number, [(NOW, 1), (NOW + 99, 0)])) == []
