"""Uploads on their way in: on disk from the first byte, in a file without a name that a crash leaves nothing of."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

from tidings.domain.file_types import SNIFFED_BYTES
from tidings.domain.files import Arrived, check_size


class Spool:
    """One upload: what has come in so far."""

    def __init__(self, folder: Path | None, limit: int) -> None:
        """Write below `folder`, or where the system keeps such files, at most `limit` bytes."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `spooled`
        self._limit = limit
        self._hash = sha256()
        self._head = b""
        self._size = 0

    async def write(self, piece: bytes) -> None:
        """Add a piece, off the loop: a disk may take its time. Raises 114002 beyond the limit."""
        check_size(self._size + len(piece), self._limit)
        self._size += len(piece)
        if len(self._head) < SNIFFED_BYTES:
            self._head = (self._head + piece)[:SNIFFED_BYTES]
        await asyncio.to_thread(self._add, piece)

    def arrived(self) -> Arrived:
        """Return what has come in as a whole."""
        self._file.flush()
        return Arrived(self._head, self._size, self._hash.hexdigest(), self._file)

    def close(self) -> None:
        """Let go of it, and of its disk space."""
        self._file.close()

    def _add(self, piece: bytes) -> None:
        self._file.write(piece)
        self._hash.update(piece)


@asynccontextmanager
async def spooled(folder: Path | None, limit: int) -> AsyncIterator[Spool]:
    """Open a spool, and leave nothing of it in the end."""
    spool = Spool(folder, limit)
    try:
        yield spool
    finally:
        spool.close()
