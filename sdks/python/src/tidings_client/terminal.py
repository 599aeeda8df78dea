"""Lines from standard input without holding up the loop, and safe lines to standard output."""

import asyncio
import codecs
import os
import threading
from collections.abc import AsyncIterator, Callable

import click

READ_BYTES = 65_536

Put = Callable[[str | None], None]


def show(line: str) -> None:
    """Print a line; what could steer the terminal is made visible instead."""
    click.echo("".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line))


async def lines(descriptor: int) -> AsyncIterator[str]:
    """Yield the lines that come in, without their ends, until there are no more."""
    queue: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def put(line: str | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(queue.put_nowait, line)

    # A thread of its own: terminals, pipes and files are all read alike. It may wait for ever, so
    # it must not keep the program from ending.
    threading.Thread(target=_read, args=(descriptor, put), daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line


def _read(descriptor: int, put: Put) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    rest = ""
    while data := os.read(descriptor, READ_BYTES):
        *whole, rest = (rest + decoder.decode(data)).split("\n")
        for line in whole:
            put(line.removesuffix("\r"))
    rest += decoder.decode(b"", final=True)
    if rest:
        put(rest)
    put(None)
