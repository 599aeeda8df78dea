"""The bytes of files: on the local disk, in memory, or in any S3-compatible store (docs/files.md).

Credentials for S3 come from the usual AWS_* variables, the machine's role or its web identity;
they are no settings of ours and stand in none of our files.
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, S3Store

from tidings.errors import FILE_UNREADABLE
from tidings.settings import ServerSettings

if TYPE_CHECKING:
    from obstore.store import ClientConfig, S3Config

FOLDER = "files"
PIECE = 256 * 1024
# An upload to S3 holds so many parts of so many bytes in memory.
PART, PARTS = 8 * 1024 * 1024, 2
log = logging.getLogger(__name__)


class Objects:
    """Bytes under names that consist of letters, digits, dots and slashes."""

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        """Work through `store`; what is put is synced to disk below `folder`, if there is one."""
        self._store = store
        self._folder = folder

    async def put(self, name: str, content: BinaryIO | bytes) -> None:
        """Store bytes whole or not at all; raises 114004."""
        try:
            if not isinstance(content, bytes):
                await asyncio.to_thread(content.seek, 0)
            await obstore.put_async(self._store, name, content, chunk_size=PART, max_concurrency=PARTS)
            if self._folder is not None:
                await asyncio.to_thread(_sync, self._folder / name)
        except (BaseError, OSError) as error:
            log.exception("object %s could not be stored", name)
            raise FILE_UNREADABLE() from error

    async def read(self, name: str, first: int, end: int) -> AsyncIterator[bytes]:
        """Return the bytes from `first` up to before `end` in pieces of about PIECE; raises 114004."""
        try:
            found = await obstore.get_async(self._store, name, options={"range": (first, end)})
            async for piece in found.stream(min_chunk_size=PIECE):
                yield bytes(piece)
        except (BaseError, OSError) as error:
            log.exception("object %s could not be read", name)
            raise FILE_UNREADABLE() from error

    async def delete(self, names: Sequence[str]) -> None:
        """Remove objects, also those that are not there; raises 114004."""
        for name in names:
            try:
                await obstore.delete_async(self._store, name)
            except FileNotFoundError:
                continue
            except (BaseError, OSError) as error:
                log.exception("object %s could not be removed", name)
                raise FILE_UNREADABLE() from error


def open_objects(settings: ServerSettings) -> Objects:
    """Return where the settings keep files; the folder is made at need. Raises OSError, ValueError."""
    if settings.file_store:
        return Objects(_open_s3(settings))
    if settings.store == "memory":
        return Objects(MemoryStore())
    folder = Path(settings.data_dir) / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Objects(LocalStore(folder), folder)


def _open_s3(settings: ServerSettings) -> ObjectStore:
    place, endpoint = urlsplit(settings.file_store), settings.s3_endpoint
    config: S3Config = {"region": settings.s3_region}
    if endpoint:
        config |= {"endpoint": endpoint, "virtual_hosted_style_request": False}
    options: ClientConfig = {"allow_http": endpoint.startswith("http://")}
    return S3Store(place.netloc, prefix=place.path.strip("/") or None, config=config, client_options=options)


def _sync(path: Path) -> None:
    """Bring a file and its place in its folder to the disk."""
    for each in (path, path.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
