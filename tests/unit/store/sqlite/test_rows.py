"""Rows as the domain's objects."""

from contextlib import closing
from typing import get_args

import apsw
import pytest

from tests.support.kept_events import LIST_EVENTS
from tidings.domain.events import (
    AllReadElsewhere,
    KeptEvent,
    MessageModified,
    MessageRecalled,
    MessageRef,
    ReadByPeer,
    ReadElsewhere,
    ReceiptGiven,
)
from tidings.ids import AccountNumber, UserId
from tidings.store.sqlite.rows import LISTED, one, snapshot, to_event, to_list
from tidings.store.sqlite.transaction import encode

ALICE, BOB = UserId("alice"), UserId('b"ob')
REF = MessageRef(AccountNumber(1), ALICE, BOB, 2**32 - 1, 7, 1_760_000_000, 1_760_000_001)
EVENTS: list[KeptEvent] = [
    MessageRecalled(REF, BOB, "why\x00"),
    MessageModified(REF, 3, b'[{"n":"\xc3\xa9"}]', "données 😀"),
    ReadByPeer(ALICE, 5),
    ReadElsewhere(BOB, 6),
    AllReadElsewhere(7),
    ReceiptGiven(BOB, 8, (REF, REF)),
    *LIST_EVENTS,
]


def test_every_kind_of_event_is_tried() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(KeptEvent))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_event_comes_back_as_it_was_logged(event: KeptEvent) -> None:
    assert to_event(type(event).__name__, encode(event)) == event


@pytest.mark.parametrize(
    "values", [[], ["a"], ["it's", 'a "name"', "[", "é"], [f"user{n}" for n in range(40_000)]], ids=len
)
def test_list_holds_any_number_of_values(values: list[str]) -> None:
    with closing(apsw.Connection(":memory:")) as connection:
        connection.execute("CREATE TABLE names (name TEXT)")
        connection.executemany("INSERT INTO names VALUES (?)", [("other",), *((value,) for value in values)])
        found = connection.execute(f"SELECT name FROM names WHERE name {LISTED}", (to_list(values),))
        assert [name for (name,) in found] == values


def test_one_is_the_first_row_or_none() -> None:
    with closing(apsw.Connection(":memory:")) as connection:
        assert one(connection, "VALUES (?), (2)", (1,)) == (1,)
        assert one(connection, "SELECT 1 WHERE 0") is None


def test_snapshot_is_one_transaction() -> None:
    with closing(apsw.Connection(":memory:")) as connection:
        with snapshot(connection):
            assert connection.in_transaction
        assert not connection.in_transaction


def test_snapshot_is_over_also_after_an_error() -> None:
    with closing(apsw.Connection(":memory:")) as connection:
        with pytest.raises(apsw.SQLError), snapshot(connection):
            connection.execute("SELECT nothing")
        assert not connection.in_transaction
