"""What happens inside a commit: groups, positions, and what messages mean for conversations."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from random import Random

import apsw
import pytest

from tests.support.stores import NOW, message
from tidings.domain.accounts import Account
from tidings.domain.messages import Flag, Message
from tidings.ids import AccountNumber, SdkAppId, UserId
from tidings.store.sqlite.migrations import migrate
from tidings.store.sqlite.transaction import Change, Transaction
from tidings.store.sqlite.writing import Statement, Writer

ALICE, BOB, CAROL = (Account(SdkAppId(1), AccountNumber(number), UserId(f"user{number}")) for number in (1, 2, 3))
COUNTS = (1, 2, 3, 31, 129, 300)


@pytest.fixture
def connection() -> Iterator[apsw.Connection]:
    with closing(database()) as connection:
        yield connection


def database() -> apsw.Connection:
    connection = apsw.Connection(":memory:")
    migrate(connection)
    return connection


def rows(connection: apsw.Connection, table: str) -> Sequence[object]:
    return connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()


@pytest.mark.parametrize("count", COUNTS)
def test_every_message_of_a_group_is_written_once_in_order(connection: apsw.Connection, count: int) -> None:
    group = [message(ALICE, BOB) for _ in range(count)]
    outcomes = Writer(connection).commit(group)
    assert [outcome.error for outcome in outcomes] == [None] * count
    assert connection.execute("SELECT id, random FROM messages ORDER BY id").fetchall() == [
        (number, each.random) for number, each in enumerate(group, 1)
    ]
    assert [each.position for each in group] == list(range(1, count + 1))


def mixed(seed: int) -> list[Message]:
    """Return messages of all kinds between three people, one of them to oneself now and then."""
    chance = Random(seed)
    kinds = (0, 0, Flag.NO_UNREAD, Flag.NO_LAST, Flag.HIDDEN_FROM_SENDER, Flag.NO_UNREAD | Flag.NO_LAST)
    people = (ALICE, BOB, CAROL)
    return [
        message(chance.choice(people), chance.choice(people), NOW + chance.randrange(3), flags=chance.choice(kinds))
        for _ in range(60)
    ]


@pytest.mark.parametrize("seed", range(8))
def test_messages_mean_the_same_together_and_one_by_one(seed: int) -> None:
    group = mixed(seed)
    with closing(database()) as together, closing(database()) as apart:
        Writer(together).commit([replace(each) for each in group])
        writer = Writer(apart)
        for each in group:
            writer.commit([replace(each)])
        for table in ("messages", "conversations"):
            assert rows(together, table) == rows(apart, table)


def test_messages_and_changes_of_a_group_happen_in_their_order(connection: apsw.Connection) -> None:
    def count(transaction: Transaction) -> object:
        return transaction.cursor.execute("SELECT count(*) FROM messages").fetchone()

    group: list[Change[object] | Message] = [
        count,
        message(ALICE, BOB),
        count,
        message(ALICE, BOB),
        message(BOB, ALICE),
        count,
    ]
    assert [outcome.value for outcome in Writer(connection).commit(group)] == [(0,), None, (1,), None, None, (3,)]


def test_message_that_can_not_be_written_fails_alone(connection: apsw.Connection) -> None:
    good, bad, last = message(ALICE, BOB), message(ALICE, BOB, custom_data="\ud800"), message(BOB, ALICE)
    first, failed, third = Writer(connection).commit([good, bad, last])
    assert (first.error, third.error) == (None, None)
    assert isinstance(failed.error, UnicodeEncodeError)
    assert connection.execute("SELECT id, random FROM messages").fetchall() == [(1, good.random), (2, last.random)]


@pytest.mark.parametrize(
    "bad", [Statement("INSERT INTO nowhere VALUES (1)", ()), lambda _: [].pop()], ids=["statement", "change"]
)
def test_failed_change_takes_no_part_in_the_commit(connection: apsw.Connection, bad: Statement) -> None:
    outcomes = Writer(connection).commit([message(ALICE, BOB), bad, message(ALICE, BOB)])
    assert [outcome.error is None for outcome in outcomes] == [True, False, True]
    assert len(rows(connection, "messages")) == 2
    assert not connection.in_transaction
