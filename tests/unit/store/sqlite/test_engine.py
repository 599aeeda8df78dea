"""One writer, many readers: what shares a commit, what fails, what is seen, what the files are like."""

import asyncio
import os
import stat
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import apsw
import pytest

from tidings.errors import STORE_UNAVAILABLE, TidingsError
from tidings.store.sqlite import engine as module
from tidings.store.sqlite.engine import Engine, FileEngine, MemoryEngine
from tidings.store.sqlite.rows import snapshot
from tidings.store.sqlite.transaction import Transaction
from tidings.store.sqlite.writing import Statement

PAGE_BYTES = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tidings.db"


@pytest.fixture
async def file(path: Path) -> AsyncIterator[FileEngine]:
    engine = FileEngine(path, is_synced=False)
    yield engine
    await engine.close()


@pytest.fixture(params=["memory", "file"])
async def engine(request: pytest.FixtureRequest, path: Path) -> AsyncIterator[Engine]:
    engine = MemoryEngine() if request.param == "memory" else FileEngine(path, is_synced=False)
    yield engine
    await engine.close()


def put(name: str, value: object = 1) -> Statement:
    """Return a change that adds one row."""
    return Statement("INSERT INTO meta VALUES (?, ?)", (name, value))


def names(connection: apsw.Connection) -> list[object]:
    return [name for (name,) in connection.execute("SELECT name FROM meta ORDER BY name")]


async def count_commits(engine: Engine) -> Callable[[], int]:
    """Begin to count commits; returns what tells their number."""
    commits: list[None] = []

    def hook() -> bool:
        commits.append(None)
        return False

    # The hook is called for this change's own commit, too.
    await engine.write(lambda tx: tx.cursor.connection.set_commit_hook(hook))
    return lambda: len(commits) - 1


class Gate:
    """A change that keeps the writer busy until it is let go."""

    def __init__(self, engine: FileEngine, change: Callable[[Transaction], object] = lambda _: None) -> None:
        self._is_entered, self._is_open = threading.Event(), threading.Event()
        self._change = change
        self.done = engine.write(self._wait)

    def _wait(self, transaction: Transaction) -> None:
        self._change(transaction)
        self._is_entered.set()
        assert self._is_open.wait(60)

    async def entered(self) -> None:
        assert await asyncio.to_thread(self._is_entered.wait, 60)

    def open(self) -> None:
        self._is_open.set()


# --- what shares a commit ---


async def test_writes_of_many_tasks_share_one_commit(engine: Engine) -> None:
    commits = await count_commits(engine)

    async def write(number: int) -> None:
        await engine.write(put(f"name{number:02}"))

    await asyncio.gather(*(write(number) for number in range(50)))
    assert commits() == 1
    assert len(await engine.read(names)) == 50


async def test_what_arrives_while_a_commit_runs_goes_into_the_next_one(file: FileEngine) -> None:
    commits = await count_commits(file)
    gate = Gate(file)
    await gate.entered()
    later = []
    for number in range(5):
        later.append(file.write(put(f"name{number}")))
        await asyncio.sleep(0)
    gate.open()
    for pending in (gate.done, *later):
        await pending
    assert commits() == 2


async def test_patient_write_leaves_with_an_impatient_one(engine: Engine) -> None:
    commits = await count_commits(engine)
    patient = engine.write(put("patient"), patience_s=3600)
    await engine.write(put("hurried"))
    await patient
    assert commits() == 1


async def test_patient_write_leaves_by_itself_in_the_end(engine: Engine) -> None:
    await engine.write(put("patient"), patience_s=0.001)
    assert await engine.read(names) == ["patient"]


async def test_results_come_in_the_order_of_writing(engine: Engine) -> None:
    order: list[int] = []
    for number in range(20):
        engine.write(lambda _, number=number: number).then(lambda done: order.append(done.result()))  # type: ignore[misc]
        if number % 7 == 0:
            await asyncio.sleep(0)
    await engine.write(put("last"))
    assert order == list(range(20))


# --- what fails ---


def half_done(transaction: Transaction) -> None:
    put("half done")(transaction)
    raise LookupError("what it looked for")


@pytest.mark.parametrize(
    ("change", "error"), [(half_done, LookupError), (put("taken"), apsw.ConstraintError)], ids=["change", "statement"]
)
async def test_failing_change_fails_alone(
    engine: Engine, change: Callable[[Transaction], None], error: type[Exception]
) -> None:
    await engine.write(put("taken"))
    before, failing, after = engine.write(put("a")), engine.write(change), engine.write(put("b"))
    await before
    await after
    with pytest.raises(error):
        await failing
    assert await engine.read(names) == ["a", "b", "taken"]


async def limit_size(engine: Engine, pages: int | None) -> None:
    """Let the database have so many pages more, as if the disk had no room for others; None for any number."""

    def change(transaction: Transaction) -> None:
        (count,) = transaction.cursor.execute("PRAGMA page_count").fetchone() or (0,)
        limit = 1 << 30 if pages is None else int(str(count)) + pages
        transaction.cursor.execute(f"PRAGMA max_page_count = {limit}").fetchall()

    await engine.write(change)


async def test_failed_commit_fails_everyone_in_it_and_the_writer_lives_on(engine: Engine) -> None:
    await limit_size(engine, 4)
    group = [engine.write(put("small")), engine.write(put("large", bytes(100 * PAGE_BYTES))), engine.write(put("next"))]
    for pending in group:
        with pytest.raises(TidingsError) as raised:
            await pending
        assert raised.value.fault is STORE_UNAVAILABLE
    assert await engine.read(names) == []
    await engine.write(put("small"))
    await limit_size(engine, None)
    await engine.write(put("large", bytes(100 * PAGE_BYTES)))
    assert await engine.read(names) == ["large", "small"]


# --- what is seen ---


async def test_readers_see_what_is_committed_and_nothing_else(file: FileEngine) -> None:
    gate = Gate(file, put("name"))
    await gate.entered()
    assert await file.read(names) == file.look_up(names) == []
    gate.open()
    await gate.done
    assert await file.read(names) == file.look_up(names) == ["name"]


async def test_readers_can_not_write(file: FileEngine) -> None:
    for connection in (await file.read(lambda connection: connection), file.look_up(lambda connection: connection)):
        assert connection.readonly("main")


# --- closing ---


async def test_closing_commits_what_is_pending(path: Path) -> None:
    engine = FileEngine(path, is_synced=False)
    gate = Gate(engine)
    await gate.entered()
    late = engine.write(put("late"), patience_s=3600)
    closing = asyncio.create_task(engine.close())
    await asyncio.sleep(0)
    later = engine.write(put("later"))
    gate.open()
    await closing
    assert late.is_ok
    assert later.is_ok
    again = FileEngine(path, is_synced=False)
    assert await again.read(names) == ["late", "later"]
    await again.close()


async def test_patient_write_is_committed_when_the_store_closes(engine: Engine) -> None:
    late = engine.write(put("late"), patience_s=3600)
    await engine.close()
    assert late.is_ok


async def test_closed_store_takes_nothing_and_says_so(engine: Engine) -> None:
    await engine.close()
    with pytest.raises(TidingsError) as raised:
        await engine.write(put("name"))
    assert raised.value.fault is STORE_UNAVAILABLE


async def test_closing_leaves_one_file_and_no_thread(path: Path) -> None:
    engine = FileEngine(path, is_synced=False)
    await engine.write(put("name"))
    await engine.read(names)
    await engine.close()
    assert list(path.parent.iterdir()) == [path]
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("tidings-")]


# --- the files ---


def modes(folder: Path) -> dict[str, int]:
    return {each.name: stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()}


async def test_files_are_their_owners_only(file: FileEngine, path: Path) -> None:
    await file.write(put("name"))
    assert modes(path.parent) == dict.fromkeys(("tidings.db", "tidings.db-wal", "tidings.db-shm"), 0o600)


async def test_mode_of_a_database_that_is_there_is_left_as_it_is(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT, 0o640))
    engine = FileEngine(path, is_synced=False)
    assert set(modes(path.parent).values()) == {0o640}
    await engine.close()


@pytest.mark.parametrize(("is_synced", "level"), [(True, 2), (False, 1)])
async def test_commit_is_synced_on_wish(path: Path, *, is_synced: bool, level: int) -> None:
    engine = FileEngine(path, is_synced=is_synced)
    found = await engine.write(lambda tx: tx.cursor.execute("PRAGMA synchronous").fetchone())
    assert found == (level,)
    await engine.close()


# --- the database's log ---


@pytest.fixture
async def tending(path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FileEngine]:
    """Return an engine that finds its log long soon, though not at once."""
    for name, pages in (("CHECKPOINT_PAGES", 200), ("RESTART_PAGES", 400), ("PAUSE_PAGES", 20)):
        monkeypatch.setattr(module, name, pages)
    engine = FileEngine(path, is_synced=False)
    await engine.write(put("kept"))
    yield engine
    await engine.close()


def salt(path: Path) -> bytes:
    """Return what the database's log bears in its head: another each time it is begun anew."""
    with path.with_name("tidings.db-wal").open("rb") as file:
        return file.read(24)[16:]


def size_of(path: Path) -> int:
    return path.stat().st_size


async def add(engine: FileEngine, value: object = bytes(PAGE_BYTES)) -> None:
    await engine.write(Statement("INSERT OR REPLACE INTO meta VALUES ('again', ?)", (value,)))


async def test_log_is_begun_anew_when_it_is_long(tending: FileEngine, path: Path) -> None:
    first = salt(path)
    while salt(path) == first:
        await add(tending)
    assert await tending.read(names) == ["again", "kept"]


async def test_log_waits_for_a_long_read_and_writing_does_not(tending: FileEngine, path: Path) -> None:
    first = salt(path)
    is_reading, is_over = threading.Event(), threading.Event()

    def read(connection: apsw.Connection) -> list[object]:
        with snapshot(connection):
            names(connection)
            is_reading.set()
            assert is_over.wait(60)
            return names(connection)

    reading = asyncio.create_task(tending.read(read))
    assert await asyncio.to_thread(is_reading.wait, 60)
    for _ in range(300):
        await add(tending)
    meanwhile = salt(path)
    is_over.set()
    assert meanwhile == first
    assert await reading == ["kept"]
    while salt(path) == first:
        await add(tending)


async def test_committed_pages_come_into_the_database_before_that(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHECKPOINT_PAGES", 200)
    monkeypatch.setattr(module, "RESTART_PAGES", 1 << 30)
    engine = FileEngine(path, is_synced=False)
    size = size_of(path)
    while size_of(path) == size:
        await add(engine)
    await engine.close()
