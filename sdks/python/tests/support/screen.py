"""A program of this package on a terminal of its own, and what stands on it."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


class Screen:
    """What a user sees and types."""

    def __init__(self, terminal: int, near: int, process: subprocess.Popen[bytes]) -> None:
        self.seen = ""
        self.process = process
        self._near = near
        self._terminal = terminal

    def type(self, text: str) -> None:
        r"""Press keys; \\r is Enter, \\x03 Ctrl-C, \\x04 Ctrl-D."""
        os.write(self._terminal, text.encode())

    def wait_for(self, text: str) -> str:
        """Read until a text has appeared; return what came up to its end, which is then forgotten."""
        while text not in self.seen:
            self.seen += os.read(self._terminal, 65_536).decode()
        before, _, self.seen = self.seen.partition(text)
        return before + text

    @property
    def is_as_before(self) -> bool:
        """Whether the terminal shows what is typed and waits for whole lines, as shells want it."""
        wanted = termios.ECHO | termios.ICANON
        return bool(termios.tcgetattr(self._near)[3] & wanted == wanted)


@contextmanager
def on_screen(*arguments: str, environment: Mapping[str, str] | None = None, columns: int = 80) -> Iterator[Screen]:
    """Run `python ARGUMENTS` on a terminal until the test is done."""
    far, near = pty.openpty()
    fcntl.ioctl(near, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        # setsid makes the terminal the program's own, so that Ctrl-C reaches it.
        [sys.executable, "-c", _START, *arguments],
        stdin=near,
        stdout=near,
        stderr=near,
        env={**os.environ, "TERM": "xterm", "PYTHONUTF8": "1", **(environment or {})},
        start_new_session=True,
    )
    try:
        yield Screen(far, near, process)
    finally:
        process.kill()
        process.wait()
        os.close(near)
        os.close(far)


_START = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)
