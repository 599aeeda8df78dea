"""Positions and accounts' logs, as a change of a transaction gives and writes them."""

from collections.abc import Iterator
from contextlib import closing

import apsw
import pytest

from tests.support.stores import NOW, message
from tidings.domain.accounts import Account
from tidings.domain.events import ReadByPeer
from tidings.domain.ports import Logged
from tidings.ids import AccountNumber, SdkAppId, UserId
from tidings.store.sqlite.migrations import migrate
from tidings.store.sqlite.transaction import Transaction, last_position
from tidings.store.sqlite.writing import Writer

ALICE, BOB = (Account(SdkAppId(1), AccountNumber(number), UserId(f"user{number}")) for number in (1, 2))


@pytest.fixture
def connection() -> Iterator[apsw.Connection]:
    with closing(apsw.Connection(":memory:")) as connection:
        migrate(connection)
        yield connection


def test_positions_go_on_where_the_database_ends(connection: apsw.Connection) -> None:
    Writer(connection).commit([message(ALICE, BOB), message(ALICE, BOB)])
    later = message(ALICE, BOB)
    Writer(connection).commit([later])
    assert later.position == 3


@pytest.mark.parametrize("keeps", [True, False])
def test_position_is_not_given_again_if_it_is_kept(connection: apsw.Connection, *, keeps: bool) -> None:
    def remove_all(transaction: Transaction) -> None:
        if keeps:
            transaction.keep_position()
        transaction.cursor.execute("DELETE FROM messages")

    Writer(connection).commit([message(ALICE, BOB), message(ALICE, BOB), remove_all])
    assert last_position(connection) == (2 if keeps else 0)
    assert Writer(connection).commit([lambda tx: tx.next_position()])[0].value == (3 if keeps else 1)


def test_events_of_a_log_count_as_positions(connection: apsw.Connection) -> None:
    def log(transaction: Transaction) -> None:
        entries = [Logged(account, ReadByPeer(UserId("user3"), NOW)) for account in (ALICE.number, BOB.number)]
        transaction.log(transaction.next_position(), NOW, entries)

    Writer(connection).commit([message(ALICE, BOB), log])
    assert last_position(connection) == 2
    assert connection.execute("SELECT account, id FROM events").fetchall() == [(1, 2), (2, 2)]
