"""Archives on their way: written, hashed and compressed in threads, in files without a name."""

import asyncio
import tempfile
import zlib
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import md5, sha256
from pathlib import Path

from tidings.domain.archives import Pressed
from tidings.domain.file_types import SNIFFED_BYTES
from tidings.domain.files import Arrived
from tidings.domain.messages import Message
from tidings.ids import SdkAppId
from tidings.view.archives import CLOSING, END, SEPARATOR, anonymized, to_label, to_line, to_opening

GZIP = 31  # zlib's word for: with a gzip head, and the largest window


class GzipDraft:
    """A text that is compressed while it is written."""

    def __init__(self, folder: Path | None, opening: bytes) -> None:
        """Write below `folder`, or where the system keeps such files."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `close`
        self._packer = zlib.compressobj(wbits=GZIP)
        self._digest, self._packed_digest = md5(usedforsecurity=False), md5(usedforsecurity=False)
        self._checksum = sha256()
        self._size = self._packed_size = 0
        self._has_lines = False
        self._write(opening)

    async def add(self, messages: Sequence[Message]) -> None:
        """Add messages."""
        await asyncio.to_thread(self._add, messages)

    async def finish(self) -> Pressed:
        """Return the whole."""
        return await asyncio.to_thread(self._finish)

    def close(self) -> None:
        """Let go of it, and of its disk space."""
        self._file.close()

    def add_lines(self, lines: Iterable[bytes]) -> None:
        """Add lines; call in a thread."""
        text = SEPARATOR.join(lines)
        if text:
            self._write(SEPARATOR + text if self._has_lines else text)
            self._has_lines = True

    def _add(self, messages: Sequence[Message]) -> None:
        self.add_lines(map(to_line, messages))

    def _finish(self) -> Pressed:
        self._write((END if self._has_lines else b"") + CLOSING)
        self._put(self._packer.flush())
        self._file.flush()
        self._file.seek(0)
        head = self._file.read(SNIFFED_BYTES)
        arrived = Arrived(head, self._packed_size, self._checksum.hexdigest(), self._file)
        digests = self._digest.hexdigest(), self._packed_digest.hexdigest()
        return Pressed(self._size, digests[0], self._packed_size, digests[1], arrived)

    def _write(self, text: bytes) -> None:
        self._digest.update(text)
        self._size += len(text)
        self._put(self._packer.compress(text))

    def _put(self, packed: bytes) -> None:
        self._file.write(packed)
        self._packed_digest.update(packed)
        self._checksum.update(packed)
        self._packed_size += len(packed)


class GzipPress:
    """Makes drafts, and rewrites what was made of them."""

    def __init__(self, folder: Path | None) -> None:
        """Write below `folder`."""
        self._folder = folder

    def begin(self, app: SdkAppId, local_hour: int) -> GzipDraft:
        """Begin an archive of an hour in the app's own time."""
        return GzipDraft(self._folder, to_opening(app, to_label(local_hour)))

    async def rewrite(
        self, pieces: AsyncIterator[bytes], names: Mapping[str, str], gone: Collection[str]
    ) -> tuple[GzipDraft, Pressed] | None:
        """Replace names in an archive, and leave out what `gone` ones sent; None if it names nobody."""
        change = partial(anonymized, names=names, gone=gone)
        with tempfile.TemporaryFile(dir=self._folder) as packed:
            async for piece in pieces:
                await asyncio.to_thread(packed.write, piece)
            await asyncio.to_thread(packed.seek, 0)
            return await asyncio.to_thread(self._rewrite, iter(partial(packed.read, 1 << 18), b""), change)

    def _rewrite(
        self, pieces: Iterator[bytes], change: Callable[[bytes], bytes | None]
    ) -> tuple[GzipDraft, Pressed] | None:
        lines = _lines(pieces)
        draft, has_changed = GzipDraft(self._folder, next(lines) + END), False
        for line in lines:
            text = line.removesuffix(b",")
            if text == CLOSING:
                break
            changed = change(text)
            has_changed = has_changed or changed != text
            if changed is not None:
                draft.add_lines([changed])
        if has_changed:
            return draft, draft._finish()  # noqa: SLF001 - in this thread already
        draft.close()
        return None


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack a text into its lines."""
    unpacker, rest = zlib.decompressobj(wbits=GZIP), b""
    for piece in pieces:
        *lines, rest = (rest + unpacker.decompress(piece)).split(END)
        yield from lines
    yield rest + unpacker.flush()
