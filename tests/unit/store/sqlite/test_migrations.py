"""Schema steps: each once and whole, and never a database of a newer program."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from tidings.store.sqlite.engine import FileEngine
from tidings.store.sqlite.migrations import SchemaError, migrate, steps

ONE = (1, "CREATE TABLE one (value); INSERT INTO one VALUES (1);")
TWO = (2, "CREATE TABLE two (value); INSERT INTO one VALUES (2);")
BROKEN = (2, "CREATE TABLE two (value); INSERT INTO nowhere VALUES (2);")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tidings.db"


@pytest.fixture
def connection(path: Path) -> Iterator[apsw.Connection]:
    with closing(apsw.Connection(str(path))) as connection:
        yield connection


def tables(connection: apsw.Connection) -> set[object]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def values(connection: apsw.Connection) -> list[object]:
    return [value for (value,) in connection.execute("SELECT value FROM one")]


def test_steps_are_numbered_from_one_without_holes() -> None:
    assert [number for number, _ in steps()] == list(range(1, len(steps()) + 1))


def test_old_data_is_brought_up_to_date_and_each_step_is_done_once(connection: apsw.Connection) -> None:
    migrate(connection, [ONE])
    assert values(connection) == [1]
    for _ in range(2):
        migrate(connection, [ONE, TWO])
        assert values(connection) == [1, 2]


def test_step_that_fails_leaves_nothing_of_itself_and_all_of_those_before(connection: apsw.Connection) -> None:
    with pytest.raises(apsw.SQLError, match="nowhere"):
        migrate(connection, [ONE, BROKEN])
    assert tables(connection) == {"schema_steps", "one"}
    migrate(connection, [ONE, TWO])
    assert values(connection) == [1, 2]


def test_newer_data_is_refused_untouched_with_what_to_do(connection: apsw.Connection) -> None:
    migrate(connection, [ONE, TWO])
    with pytest.raises(SchemaError, match=r"schema 2, this program knows 1.*start the newer program"):
        migrate(connection, [ONE])
    assert values(connection) == [1, 2]


def test_altered_step_is_refused(connection: apsw.Connection) -> None:
    migrate(connection, [ONE])
    with pytest.raises(SchemaError, match="step 1 is not the one this data was made with"):
        migrate(connection, [(1, f"{ONE[1]} -- altered"), TWO])
    assert "two" not in tables(connection)


def test_step_that_another_process_did_meanwhile_is_not_done_again(path: Path, connection: apsw.Connection) -> None:
    elsewhere: list[tuple[int, str]] = []
    with closing(apsw.Connection(str(path))) as other:
        migrate(connection, [ONE])

        def do_it_elsewhere(_: apsw.Cursor, sql: str, __: object) -> bool:
            if sql.startswith("BEGIN IMMEDIATE"):
                connection.exec_trace = None
                migrate(other, [ONE, TWO])
                elsewhere.append(TWO)
            return True

        connection.exec_trace = do_it_elsewhere
        migrate(connection, [ONE, TWO])
    assert elsewhere == [TWO]
    assert values(connection) == [1, 2]


async def test_store_of_a_newer_program_does_not_open(path: Path, connection: apsw.Connection) -> None:
    await FileEngine(path, is_synced=False).close()
    connection.execute("INSERT INTO schema_steps VALUES (9999, '')")
    with pytest.raises(SchemaError, match="schema 9999"):
        FileEngine(path, is_synced=False)
