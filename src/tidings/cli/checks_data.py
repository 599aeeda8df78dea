"""What `tidings doctor` looks at in the data folder: who may use it, master key, database, apps. Changes nothing."""

import asyncio
import contextlib
import os
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar, cast

import apsw

from tidings.app import MASTER_KEY
from tidings.cli.checks import OTHERS, Finding
from tidings.cli.folder import find_user
from tidings.settings import ServerSettings, SettingsError
from tidings.store.sqlite.apps import SqliteApps
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.migrations import steps
from tidings.store.sqlite.store import DATABASE
from tidings.vault import Vault, VaultError

T = TypeVar("T")

SOUND = "sound, schema"


def check_data(settings: ServerSettings) -> list[Finding]:
    """Look at the data folder and what lies in it."""
    if settings.store == "memory":
        return [Finding("data", "ok", "store is memory: nothing is kept")]
    folder = Path(settings.data_dir)
    found = [_check_folder(folder)]
    if folder.is_dir():
        found += [_check_key(folder), _check_store(folder)]
    # What is missing or of an old schema is the server's to make.
    if found[-1].detail.startswith(SOUND) and not any(each.verdict == "FAIL" for each in found):
        found.append(_check_apps(folder))
    return found


def _check_folder(folder: Path) -> Finding:
    if not folder.exists():
        return Finding("data", "ok", f"{folder} is not there yet; the first start makes it")
    if not folder.is_dir():
        return Finding("data", "FAIL", f"{folder} is no folder; name another with --data or data_dir")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Finding("data", "FAIL", f"{folder} is not this user's to write; run as the server's user, or chown it")
    try:
        user = find_user(folder)
    except OSError as error:
        detail = f"{error.filename}: {error.strerror}; run as the server's user, or chown all of {folder}"
        return Finding("data", "FAIL", detail)
    use = f"; the server with process id {user} uses it" if user is not None else "; no server uses it now"
    if folder.stat().st_mode & OTHERS:
        return Finding("data", "warn", f"{folder} is open to others; run: chmod 700 {folder}{use}")
    return Finding("data", "ok", f"{folder}{use}")


def _check_key(folder: Path) -> Finding:
    file = folder / MASTER_KEY
    if not file.exists():
        if (folder / DATABASE).exists():
            return Finding(
                "key", "FAIL", f"{file} is missing, so what the database seals can't be read; put it back from a copy"
            )
        return Finding("key", "ok", f"{file} is not there yet; the first start makes it")
    try:
        Vault.open(file)
    except VaultError as error:
        return Finding("key", "FAIL", str(error))
    return Finding("key", "ok", f"{file} has mode {stat.S_IMODE(file.stat().st_mode):04o}; keep a copy elsewhere")


def _check_store(folder: Path) -> Finding:
    file = folder / DATABASE
    if not file.exists():
        return Finding("store", "ok", f"{file} is not there yet; the first start makes it")
    if not file.stat().st_size:
        detail = f"{file} is empty; the next start begins it afresh, so restore a backup first if it held data"
        return Finding("store", "warn", detail)
    try:
        with contextlib.closing(_open_reader(file)) as connection:
            faults = [str(row[0]) for row in connection.execute("PRAGMA quick_check(1)")]
            if faults != ["ok"]:
                fault = " ".join(faults[0].split())
                return Finding("store", "FAIL", f"{file} is damaged ({fault}); restore a backup")
            return _judge_schema(connection)
    except (apsw.CantOpenError, apsw.PermissionsError):
        return Finding("store", "FAIL", f"{file} can't be opened; run as the server's user, or chown it")
    except apsw.Error as error:
        # The index of searches is opened before SQLite looks for faults.
        fault = f"is damaged ({error})" if isinstance(error, apsw.CorruptError) else f"can't be read: {error}"
        return Finding("store", "FAIL", f"{file} {fault}; restore a backup")


def _open_reader(file: Path) -> apsw.Connection:
    """Open the database to read; where nobody writes, without the files that SQLite leaves beside it."""
    mode = "" if file.with_name(f"{file.name}-wal").exists() else "?immutable=1"
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    return apsw.Connection(f"{file.absolute().as_uri()}{mode}", flags=flags)


def _judge_schema(connection: apsw.Connection) -> Finding:
    known = {number: sha256(sql.encode()).hexdigest() for number, sql in steps()}
    done = {int(row[0]): str(row[1]) for row in connection.execute("SELECT number, checksum FROM schema_steps")}
    newest, last = max(known), max(done, default=0)
    if last > newest:
        detail = f"schema {last} is newer than this program's {newest}; start the newer program, or restore a backup"
        return Finding("store", "FAIL", detail)
    if any(known.get(number) != checksum for number, checksum in done.items()):
        return Finding("store", "FAIL", "its schema is none of a released program's; install the one that made it")
    if last < newest:
        return Finding("store", "ok", f"sound; the next start brings schema {last} to {newest}; make a backup before")
    return Finding("store", "ok", f"{SOUND} {last}")


class _Reading:
    """The half of an engine that reads: opening a whole one writes to the database."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    async def read(self, query: Callable[[apsw.Connection], T]) -> T:
        return query(self._connection)


def _check_apps(folder: Path) -> Finding:
    try:
        with contextlib.closing(_open_reader(folder / DATABASE)) as connection:
            apps = SqliteApps(cast("Engine", _Reading(connection)), Vault.open(folder / MASTER_KEY))
            count = len(asyncio.run(apps.load()))
    except (VaultError, SettingsError) as error:
        return Finding("apps", "FAIL", str(error))
    if not count:
        return Finding("apps", "warn", "there is none, so nobody can log in; make one with: tidings app create")
    return Finding("apps", "ok", f"{count}, their keys open with this master key")
