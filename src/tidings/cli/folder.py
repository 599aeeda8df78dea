"""The data folder: made private, locked as long as a server runs, never given a key that does not fit."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tidings.app import MASTER_KEY, open_vault
from tidings.settings import ServerSettings
from tidings.store.sqlite.store import DATABASE
from tidings.vault import Vault, VaultError

LOCK = "tidings.lock"
_MODE = 0o700
_LOCK_MODE = 0o600


@contextmanager
def sole_use(settings: ServerSettings) -> Iterator[None]:
    """Make the data folder if need be, and keep other servers out of it.

    The operating system lets go of the lock when the process ends, however it ends. Raises
    ClickException if another server has the folder, OSError if it can't be made or written to.
    """
    if settings.store == "memory":
        yield
        return
    folder = Path(settings.data_dir)
    folder.mkdir(mode=_MODE, parents=True, exist_ok=True)
    with os.fdopen(os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, _LOCK_MODE), "r+") as file:
        if not _is_locked_now(file.fileno(), fcntl.LOCK_EX):
            raise click.ClickException(
                f"data folder {folder} is in use by a server with process id {file.read().strip() or 'unknown'}; "
                "stop that one, or name another folder with --data"
            )
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def open_own_vault(settings: ServerSettings) -> Vault:
    """Open the master key of the data folder; it is made for a new folder only.

    A fresh key beside a database would open nothing that is sealed in there. Raises VaultError, OSError.
    """
    database, key = Path(settings.data_dir) / DATABASE, Path(settings.data_dir) / MASTER_KEY
    # In this order: whoever makes both at the same moment makes the key first.
    if settings.store == "sqlite" and database.exists() and not key.exists():
        raise VaultError(
            f"master key file {key} is missing, and a new one would not open what {database} has sealed: "
            "put the file back from a copy, or name another folder with --data to begin afresh"
        )
    return open_vault(settings)


def find_user(folder: Path) -> str | None:
    """Return the process id of the server that has the folder now, None if there is none."""
    try:
        with (folder / LOCK).open() as file:
            return None if _is_locked_now(file.fileno(), fcntl.LOCK_SH) else file.read().strip()
    except FileNotFoundError:
        return None


def _is_locked_now(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
