"""The data folder: made private, locked as long as a server runs."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tidings.settings import ServerSettings

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
