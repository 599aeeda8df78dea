"""A terminal to talk at: lines in without holding up the loop, safe text out, neither in the other's way."""

import asyncio
import codecs
import contextlib
import os
import shutil
import sys
import threading
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator

import click

try:
    import readline
    import termios
except ImportError:  # a system without them gets plain lines
    HAS_LINE_EDITOR = False
else:
    HAS_LINE_EDITOR = True

PROMPT = "> "
PROMPTED_WITHIN_S = 0.1
READ_BYTES = 65_536
# Joins parts of an emoji; it does nothing to a terminal.
_JOINER = "\N{ZERO WIDTH JOINER}"

Put = Callable[[str | None], None]


class Terminal:
    """Standard output and lines of standard input, whatever they are."""

    def show(self, text: str) -> None:
        """Print a text; what could steer the terminal is made visible instead."""
        click.echo(to_safe(text))

    async def lines(self) -> AsyncIterator[str]:
        """Yield the lines that come in, without their ends, until there are no more."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def put(line: str | None) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(queue.put_nowait, line)

        # A thread of its own: terminals, pipes and files are all read alike. It may wait for ever,
        # so it must not keep the program from ending.
        threading.Thread(target=self._read, args=(put,), daemon=True).start()
        while (line := await queue.get()) is not None:
            yield line

    def _read(self, put: Put) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        rest = ""
        while data := os.read(sys.stdin.fileno(), READ_BYTES):
            *whole, rest = (rest + decoder.decode(data)).split("\n")
            for line in whole:
                put(line.removesuffix("\r"))
        rest += decoder.decode(b"", final=True)
        if rest:
            put(rest)
        put(None)


class EditingTerminal(Terminal):
    """A terminal with a prompt: what comes in stands above the line that is being typed."""

    def __init__(self) -> None:
        """Prompt from the first `lines` on."""
        self._is_prompting = False
        self._prompted = threading.Event()

    def show(self, text: str) -> None:
        """Print a text above the prompt, and below it what was typed so far."""
        # After Enter the next prompt is on its way to the screen: a text must not fall into it.
        if self._is_prompting and self._prompted.wait(PROMPTED_WITHIN_S):
            line = PROMPT + _typed()
            click.echo(f"{_wipe(line)}{to_safe(text)}\n{line}", nl=False)
        else:
            super().show(text)

    def _read(self, put: Put) -> None:
        readline.set_pre_input_hook(self._prompted.set)
        self._is_prompting = True
        while True:
            try:
                line = input(PROMPT)
            except EOFError:
                break
            except UnicodeDecodeError:
                self._prompted.clear()
                click.echo("! what was typed is no UTF-8 text; type it again")
                continue
            self._prompted.clear()
            put(line.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
        self._is_prompting = False
        click.echo()
        put(None)


@contextlib.contextmanager
def open_terminal() -> Iterator[Terminal]:
    """Return the terminal of this program; leaving restores how it was, even in the middle of a line."""
    if not (HAS_LINE_EDITOR and sys.stdin.isatty() and sys.stdout.isatty()):
        yield Terminal()
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        yield EditingTerminal()
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def to_safe(text: str) -> str:
    """Return a text that does nothing to a terminal but stand there; its further lines are set in."""
    lines = ("".join(map(_to_safe_char, line)) for line in text.splitlines() or [""])
    return "\n    ".join(lines)


def _to_safe_char(char: str) -> str:
    return char if char.isprintable() or char == _JOINER else "\N{REPLACEMENT CHARACTER}"


def _typed() -> str:
    """Return what is being typed; the thread that edits it may change it under our hands: then it is read anew."""
    while True:
        with contextlib.suppress(ValueError):
            return readline.get_line_buffer()


def _wipe(line: str) -> str:
    """Return what clears a typed line that may go over several rows of the screen."""
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
    rows = (width - 1) // shutil.get_terminal_size().columns
    return "\r" + "\x1b[A" * rows + "\x1b[J"
