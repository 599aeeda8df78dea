"""One writer, many readers: the group commit (docs/delivery.md).

Everything that arrives while a commit runs goes into the next one together, so a lone write waits
for nothing and a thousand share one sync to disk. Results come back in commit order.
"""

import asyncio
import contextlib
import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

import apsw

from tidings.domain.callbacks import current
from tidings.domain.group.messages import GroupMessage
from tidings.domain.messages import Message
from tidings.errors import STORE_UNAVAILABLE, TidingsError
from tidings.pending import Pending
from tidings.store.sqlite.migrations import SchemaError, migrate
from tidings.store.sqlite.transaction import Change
from tidings.store.sqlite.writing import Outcome, Work, Writer, to_told

T = TypeVar("T")
Group = list[tuple[Work, Pending[Any]]]
log = logging.getLogger(__name__)

READERS = 2
# A commit that only a few shared was hardly worth its cost: the next ones gather for a moment. One
# that many shared was worth it, and whoever is alone has nobody to wait for.
FEW, MANY, GATHER_S = 3, 32, 0.001
FOREVER_S = float("inf")
CHECKPOINT_PAGES = 16_384
RESTART_PAGES = 4 * CHECKPOINT_PAGES
# Pages that come between two attempts: something long read may hold the log as it is.
PAUSE_PAGES = 1_024
# Bytes of the log that a restart leaves on the disk for the next round.
LOG_KEPT = 64 * 1024 * 1024
BUSY_MS = 10_000
MODE = 0o600


class Engine(Protocol):
    """Runs changes in groups and reads beside them."""

    def append(self, message: Message | GroupMessage) -> Pending[None]:
        """Store a message with the next commit."""
        ...

    def write(self, change: Change[T], patience_s: float = 0.0) -> Pending[T]:
        """Make a change with the next commit; it fails alone.

        With patience it waits that long for others to share its commit, if none is about to start.
        """
        ...

    async def read(self, query: Callable[[apsw.Connection], T]) -> T:
        """Run a query against what is committed."""
        ...

    def look_up(self, query: Callable[[apsw.Connection], T]) -> T:
        """Run a query that touches a few rows by their key, at once and on the loop.

        A thread would cost ten times what such a query does.
        """
        ...

    async def empty_log(self) -> bool:
        """Leave nothing of the past in the write-ahead log; False if a reader still needs it."""
        ...

    async def close(self) -> None:
        """Commit what is pending and close."""
        ...


class _Groups:
    """Collects what one loop turn wrote and hands it over as one group."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._queued: Group = []
        self._patience_s = FOREVER_S
        self._floor_s = 0.0
        self._is_busy = False
        self._start_at: asyncio.Handle | None = None
        self._is_soon = False

    def append(self, message: Message | GroupMessage) -> Pending[None]:
        return self._enqueue(message, 0.0)

    def write(self, change: Change[T], patience_s: float = 0.0) -> Pending[T]:
        return self._enqueue(change, patience_s)

    def _enqueue(self, work: Work, patience_s: float) -> Pending[Any]:
        pending: Pending[Any] = Pending()
        listener = current.listener
        if listener is not None and listener.has_noted:
            work = to_told(work, listener.take())
            pending.then(listener.written)
        self._queued.append((work, pending))
        patience_s = max(patience_s, self._floor_s)
        if patience_s < self._patience_s:
            self._patience_s = patience_s
            if not self._is_busy and not self._is_soon:
                self._schedule()
        return pending

    def _schedule(self) -> None:
        """Hand the group over as soon as the least patient in it wants."""
        if self._start_at is not None:
            self._start_at.cancel()
            self._start_at = None
        if not self._patience_s:
            self._is_soon = True
            self._loop.call_soon(self._start)
        else:
            self._start_at = self._loop.call_later(self._patience_s, self._start)

    def _start(self) -> None:
        self._is_soon = False
        if self._start_at is not None:
            self._start_at.cancel()
            self._start_at = None
        if self._queued and not self._is_busy:
            group, self._queued = self._queued, []
            self._patience_s = FOREVER_S
            self._is_busy = True
            self._run(group)

    def _run(self, group: Group) -> None:
        raise NotImplementedError

    def _finish(self, group: Group, outcomes: list[Outcome]) -> None:
        # The next group starts before the answers go out: the disk works while the loop does.
        self._is_busy = False
        self._floor_s = GATHER_S if FEW <= len(group) < MANY else 0.0
        self._patience_s = max(self._patience_s, self._floor_s)
        if not self._patience_s:
            self._start()
        elif self._queued:
            self._schedule()
        for (_, pending), outcome in zip(group, outcomes, strict=True):
            if outcome.error is None:
                pending.resolve(outcome.value)
            else:
                pending.fail(outcome.error)


class FileEngine(_Groups):
    """SQLite in a file: a writer thread, reader threads, checkpoints off the hot path."""

    def __init__(self, path: Path, *, is_synced: bool) -> None:
        """Open or create the database; `is_synced` False leaves syncing to the operating system.

        A new file is its owner's only, and so are SQLite's own files beside it, which take its mode.
        Raises SchemaError if the data belongs to another version of the program, OSError if the file
        can't be made.
        """
        super().__init__()
        self._path = path
        # Only ever a new one: closing a database's file would let go of the locks that this process has on it.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE))
        connection = _open(path, is_synced=is_synced)
        try:
            migrate(connection)
        except SchemaError:
            connection.close()
            raise
        self._wal_pages = 0
        self._checkpoint_at, self._restart_at = CHECKPOINT_PAGES, RESTART_PAGES
        connection.set_wal_hook(self._note_wal)
        self._connection = connection
        self._writer = Writer(connection)
        self._work: SimpleQueue[Group | Pending[bool] | None] = SimpleQueue()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="tidings-read")
        self._near = _open_reader(path)
        self._open_readers: list[apsw.Connection] = [self._near]
        self._local = threading.local()
        self._checkpointer = ThreadPoolExecutor(1, thread_name_prefix="tidings-checkpoint")
        self._is_checkpointing = False
        self._is_closed = False
        self._thread = threading.Thread(target=self._work_off, name="tidings-write", daemon=True)
        self._thread.start()

    async def read(self, query: Callable[[apsw.Connection], T]) -> T:
        """Run a query in a reader thread."""
        return await self._loop.run_in_executor(self._readers, self._query, query)

    def look_up(self, query: Callable[[apsw.Connection], T]) -> T:
        """Run a query that touches a few rows by their key, at once."""
        return query(self._near)

    async def empty_log(self) -> bool:
        """Leave nothing of the past in the log: most of it is moved beside the writing, the rest in its stead."""
        await self._loop.run_in_executor(self._checkpointer, self._checkpoint)
        done: Pending[bool] = Pending()
        self._work.put(done)
        return await done

    async def close(self) -> None:
        """Commit what is pending, then close every connection."""
        while self._queued or self._is_busy:
            with contextlib.suppress(TidingsError):
                await self.write(lambda _: None)
        self._is_closed = True
        self._work.put(None)
        await self._loop.run_in_executor(None, self._thread.join)
        self._readers.shutdown()
        self._checkpointer.shutdown()
        for connection in [*self._open_readers, self._connection]:
            connection.close()

    def _run(self, group: Group) -> None:
        if self._is_closed:
            self._finish(group, [Outcome(error=STORE_UNAVAILABLE(detail="it is closed"))] * len(group))
        else:
            self._work.put(group)

    def _work_off(self) -> None:
        while (group := self._work.get()) is not None:
            if isinstance(group, Pending):
                self._empty_wal(group)
                continue
            outcomes = self._writer.commit([work for work, _ in group])
            with contextlib.suppress(RuntimeError):  # the loop may be gone in a hard stop
                self._loop.call_soon_threadsafe(self._finish, group, outcomes)
            self._tend_wal()

    def _query(self, query: Callable[[apsw.Connection], T]) -> T:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = _open_reader(self._path)
            self._open_readers.append(connection)
        return query(connection)

    def _note_wal(self, _connection: apsw.Connection, _name: str, pages: int) -> int:
        if pages < self._wal_pages:  # it was begun anew
            self._checkpoint_at, self._restart_at = CHECKPOINT_PAGES, RESTART_PAGES
        self._wal_pages = pages
        return apsw.SQLITE_OK

    def _tend_wal(self) -> None:
        """Move committed pages into the database file beside the writing, restart the log when it is long."""
        pages = self._wal_pages
        if pages >= self._restart_at:
            self._restart_at = pages + PAUSE_PAGES
            self._restart_wal()
        # Never beside a restart that is due: each would keep the other out, and the log would grow for ever.
        elif self._checkpoint_at <= pages < RESTART_PAGES and not self._is_checkpointing:
            self._checkpoint_at = pages + PAUSE_PAGES
            self._is_checkpointing = True
            self._checkpointer.submit(self._checkpoint)

    def _restart_wal(self) -> None:
        """Begin the log anew, unless somebody still reads in it: nobody waits for that."""
        self._connection.set_busy_timeout(0)
        try:
            self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_RESTART)
        except apsw.BusyError:
            return
        except apsw.Error as error:
            log.warning("the database's log could not be restarted: %s", error)
        finally:
            self._connection.set_busy_timeout(BUSY_MS)

    def _empty_wal(self, done: Pending[bool]) -> None:
        self._connection.set_busy_timeout(0)
        try:
            self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            self._note_wal(self._connection, "", 0)
            is_empty = True
        except apsw.Error:
            is_empty = False
        finally:
            self._connection.set_busy_timeout(BUSY_MS)
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(done.resolve, is_empty)

    def _checkpoint(self) -> None:
        try:
            with contextlib.closing(_open(self._path, is_synced=True)) as connection:
                connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
        except apsw.BusyError:
            return  # the log is being restarted, which moves them too
        except apsw.Error as error:
            log.warning("committed pages could not be moved into the database: %s", error)
        finally:
            self._is_checkpointing = False


class MemoryEngine(_Groups):
    """The same SQL over a private database in memory: for tests and throw-away servers."""

    def __init__(self) -> None:
        """Create an empty database."""
        super().__init__()
        self._connection = apsw.Connection(":memory:")
        migrate(self._connection)
        self._writer = Writer(self._connection)

    async def read(self, query: Callable[[apsw.Connection], T]) -> T:
        """Run a query at once: nothing is ever half written between two loop turns."""
        return query(self._connection)

    def look_up(self, query: Callable[[apsw.Connection], T]) -> T:
        """Run a query at once."""
        return query(self._connection)

    async def empty_log(self) -> bool:
        """Return at once: memory has no log."""
        return True

    async def close(self) -> None:
        """Commit what is pending and drop the database."""
        while self._queued:
            self._start()
        self._connection.close()

    def _run(self, group: Group) -> None:
        self._finish(group, self._writer.commit([work for work, _ in group]))


def _open(path: Path, *, is_synced: bool) -> apsw.Connection:
    connection = apsw.Connection(str(path))
    connection.set_busy_timeout(BUSY_MS)
    for pragma in (
        "auto_vacuum = INCREMENTAL",
        "journal_mode = WAL",
        f"synchronous = {'FULL' if is_synced else 'NORMAL'}",
        "wal_autocheckpoint = 0",
        f"journal_size_limit = {LOG_KEPT}",
        "temp_store = MEMORY",
        "cache_size = -65536",
        # What is deleted is overwritten, where that costs no page more: the pages it leaves free are given back.
        "secure_delete = FAST",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _open_reader(path: Path) -> apsw.Connection:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    connection.set_busy_timeout(BUSY_MS)
    connection.execute("PRAGMA cache_size = -32768").fetchall()
    return connection
