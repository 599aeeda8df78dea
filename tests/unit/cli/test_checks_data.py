"""What doctor says of the data folder, for good and for each fault."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from tests.unit.cli.conftest import Run
from tidings.app import MASTER_KEY
from tidings.cli.checks_data import check_data
from tidings.cli.folder import LOCK, sole_use
from tidings.settings import ServerSettings
from tidings.store.sqlite.store import DATABASE

PAGE = 4096


def verdicts(data: Path) -> dict[str, str]:
    return {each.check: each.verdict for each in check_data(ServerSettings(data_dir=str(data)))}


def detail(data: Path, check: str) -> str:
    return next(each.detail for each in check_data(ServerSettings(data_dir=str(data))) if each.check == check)


def change(data: Path, sql: str) -> None:
    with contextlib.closing(apsw.Connection(str(data / DATABASE))) as database:
        database.execute(sql)


def test_a_sound_folder_is_said_to_be(made: Run, data: Path) -> None:
    assert made("app", "list").exit_code == 0
    assert verdicts(data) == dict.fromkeys(("data", "key", "store", "apps"), "ok")
    assert detail(data, "data") == f"{data}; no server uses it now"
    assert "has mode 0600; keep a copy elsewhere" in detail(data, "key")
    assert detail(data, "apps") == "1, their keys open with this master key"


def test_looking_changes_nothing(made: Run, data: Path) -> None:
    assert made("app", "list").exit_code == 0
    before = {file.name: file.read_bytes() for file in data.iterdir()}
    check_data(ServerSettings(data_dir=str(data)))
    assert {file.name: file.read_bytes() for file in data.iterdir()} == before


def test_a_folder_to_come_is_fine_and_not_made(data: Path) -> None:
    assert verdicts(data) == {"data": "ok"}
    assert not data.exists()
    data.mkdir(mode=0o700)
    assert verdicts(data) == {"data": "ok", "key": "ok", "store": "ok"}
    assert not list(data.iterdir())


def test_memory_needs_none() -> None:
    found = check_data(ServerSettings(store="memory"))
    assert [(each.check, each.verdict) for each in found] == [("data", "ok")]


def test_the_server_that_uses_it_is_named(data: Path) -> None:
    with sole_use(ServerSettings(data_dir=str(data))):
        assert "; the server with process id " in detail(data, "data")
    data.chmod(0o755)
    assert verdicts(data)["data"] == "warn"
    assert f"is open to others; run: chmod 700 {data}; no server" in detail(data, "data")


def test_a_folder_that_is_none_fails(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert verdicts(file) == {"data": "FAIL"}
    assert "is no folder; name another" in detail(file, "data")
    assert "is not this user's to write" in detail(Path("/proc/self"), "data")


def test_a_lock_that_can_not_be_read_fails(data: Path) -> None:
    (data / LOCK).mkdir(parents=True)
    assert verdicts(data)["data"] == "FAIL"
    assert f"{data / LOCK}: Is a directory; run as the server's user" in detail(data, "data")


def test_apps_that_are_missing_are_told(made: Run, data: Path) -> None:
    made("app", "delete", 77, "--yes")
    assert verdicts(data)["apps"] == "warn"
    assert "tidings app create" in detail(data, "apps")


def lose_key(data: Path) -> None:
    (data / MASTER_KEY).unlink()


def open_key(data: Path) -> None:
    (data / MASTER_KEY).chmod(0o640)


def change_key(data: Path) -> None:
    (data / MASTER_KEY).write_bytes(b"k" * 32)


def take_newer_schema(data: Path) -> None:
    change(data, "INSERT INTO schema_steps VALUES (999, 'x')")


def take_foreign_schema(data: Path) -> None:
    change(data, "UPDATE schema_steps SET checksum = 'x'")


def forget_schema(data: Path) -> None:
    change(data, "DELETE FROM schema_steps")


def spoil_header(data: Path) -> None:
    (data / DATABASE).write_bytes(b"no database" * 1000)


def spoil_pages(data: Path) -> None:
    with contextlib.closing(apsw.Connection(str(data / DATABASE))) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'messages'").fetchone() or (0,)
    with (data / DATABASE).open("r+b") as file:
        file.seek((int(str(root)) - 1) * PAGE)
        file.write(b"\xff" * PAGE)


def cut_to_nothing(data: Path) -> None:
    (data / DATABASE).write_bytes(b"")


def shut_log(data: Path) -> None:
    (data / f"{DATABASE}-wal").mkdir()


@pytest.mark.parametrize(
    ("spoil", "check", "verdict", "words"),
    [
        (lose_key, "key", "FAIL", "is missing, so what the database seals can't be read; put it back"),
        (open_key, "key", "FAIL", "run: chmod 600 "),
        (change_key, "apps", "FAIL", "was not sealed with this master key"),
        (take_newer_schema, "store", "FAIL", "schema 999 is newer than this program's"),
        (take_foreign_schema, "store", "FAIL", "install the one that made it"),
        (forget_schema, "store", "ok", "the next start brings schema 0 to "),
        (spoil_header, "store", "FAIL", "can't be read: file is not a database; restore a backup"),
        (spoil_pages, "store", "FAIL", "is damaged ("),
        (cut_to_nothing, "store", "warn", "is empty; the next start begins it afresh"),
        (shut_log, "store", "FAIL", "can't be opened; run as the server's user"),
    ],
)
def test_each_fault_is_told_with_its_remedy(
    made: Run, data: Path, spoil: Callable[[Path], None], check: str, verdict: str, words: str
) -> None:
    assert made("app", "list").exit_code == 0
    spoil(data)
    assert verdicts(data)[check] == verdict
    assert words in detail(data, check)
    assert "\n" not in detail(data, check)
