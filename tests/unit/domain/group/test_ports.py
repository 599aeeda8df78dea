"""Ports of groups: what is plugged into them has every method, with the same parameters and results."""

import pytest

from tests.support.ports import methods, name_of, parameters
from tests.support.rooms import RecordingRooms
from tidings.delivery.rooms import OnlineRooms
from tidings.domain.group.attributes import AttributeStore
from tidings.domain.group.counters import CounterStore
from tidings.domain.group.history import GroupHistoryStore
from tidings.domain.group.importing import ImportStore
from tidings.domain.group.listing import GroupListStore
from tidings.domain.group.pins import PinStore
from tidings.domain.group.ports import GroupMessageStore, GroupStore, MemberPage, Rooms
from tidings.domain.group.reading import GroupReadingStore
from tidings.domain.group.receipts import ReceiptStore
from tidings.domain.group.requests import JoinStore
from tidings.ids import GroupNumber
from tidings.store.sqlite.group_extras import SqliteGroupExtras
from tidings.store.sqlite.group_history import SqliteGroupHistory
from tidings.store.sqlite.group_joining import SqliteJoining
from tidings.store.sqlite.group_listing import SqliteGroupListing
from tidings.store.sqlite.group_messages import SqliteGroupMessages
from tidings.store.sqlite.group_reading import SqliteGroupReading, SqliteGroupReceipts
from tidings.store.sqlite.groups import SqliteGroups

PLUGGED = [
    (AttributeStore, SqliteGroupExtras),
    (CounterStore, SqliteGroupExtras),
    (GroupHistoryStore, SqliteGroupHistory),
    (GroupListStore, SqliteGroupListing),
    (GroupMessageStore, SqliteGroupMessages),
    (GroupReadingStore, SqliteGroupReading),
    (GroupStore, SqliteGroups),
    (ImportStore, SqliteGroupHistory),
    (JoinStore, SqliteJoining),
    (PinStore, SqliteGroupHistory),
    (ReceiptStore, SqliteGroupReceipts),
    (Rooms, OnlineRooms),
    (Rooms, RecordingRooms),
]


@pytest.mark.parametrize(("port", "part", "name"), methods(PLUGGED), ids=name_of)
def test_a_part_has_the_ports_method(port: type, part: type, name: str) -> None:
    if name != "append":  # messages are appended by the engine itself
        assert parameters(getattr(part, name)) == parameters(getattr(port, name))


def test_a_page_is_of_all_roles_unless_said() -> None:
    assert len(MemberPage(GroupNumber(1), 10).roles) == 3
