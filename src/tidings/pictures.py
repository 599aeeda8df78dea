"""Looks into images, each in a child process that can do no harm: no secrets, little memory, little time."""

import asyncio
import contextlib
import logging
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import msgspec

from tidings.domain.file_types import Version
from tidings.domain.files import Part, Picture
from tidings.errors import BAD_IMAGE

CHILD = Path(__file__).with_name("picture_child.py")
AT_ONCE = 2
PATIENCE_S = 30.0
MAX_ANSWER = 16 * 1024 * 1024
REFUSED = 3
log = logging.getLogger(__name__)


class _Made(msgspec.Struct):
    """A smaller version: the bytes follow in the order of the list."""

    version: Version
    type: str
    size: int
    width: int
    height: int


class _Answer(msgspec.Struct):
    """The first line of what the child says."""

    width: int
    height: int
    made: list[_Made]


class ChildPictures:
    """Starts a child for each image, at most AT_ONCE at the same time."""

    def __init__(self, child: Path = CHILD, patience_s: float = PATIENCE_S) -> None:
        """Run `child`, for at most so long."""
        self._child = child
        self._patience_s = patience_s
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def examine(self, content: BinaryIO) -> Picture:
        """Return an image's dimensions and its smaller versions; raises 4003 for what is none or too large."""
        async with self._turn:
            await asyncio.to_thread(content.seek, 0)
            code, answer = await self._run(content)
        if code == REFUSED:
            raise BAD_IMAGE(detail=answer[:200].decode(errors="replace"))
        if code:
            log.warning("an image was given up: the child ended with %s", code)
            raise BAD_IMAGE(detail="it takes too much memory or time")
        return _to_picture(answer)

    async def _run(self, content: BinaryIO) -> tuple[int, bytes]:
        # Isolated, and with an empty environment: whoever takes the child over finds nothing in it.
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-IB",
            str(self._child),
            stdin=content.fileno(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
        )
        try:
            async with asyncio.timeout(self._patience_s):
                answer = await _read(child)
                return await child.wait(), answer
        except TimeoutError:
            return -1, b""
        finally:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()


async def _read(child: asyncio.subprocess.Process) -> bytes:
    """Read what the child says, and end it if that is more than an honest one could say."""
    parts, size = [], 0
    assert child.stdout is not None
    while part := await child.stdout.read(65_536):
        size += len(part)
        if size > MAX_ANSWER:
            child.kill()
            break
        parts.append(part)
    return b"".join(parts)


def _to_picture(answer: bytes) -> Picture:
    line, _, rest = answer.partition(b"\n")
    try:
        told = msgspec.json.decode(line, type=_Answer)
    except msgspec.DecodeError as error:
        raise BAD_IMAGE(detail="it could not be read") from error
    smaller: dict[Version, tuple[Part, bytes]] = {}
    for made in told.made:
        content, rest = rest[: made.size], rest[made.size :]
        smaller[made.version] = (Part(made.type, made.size, made.width, made.height), content)
    return Picture(told.width, told.height, smaller)
