"""When a server process ends: on a signal, or with the program that started it."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from stat import S_ISFIFO

PARENT_CHECK_S = 0.5
# Some supervisors and terminals send two signals for one wish.
SAME_WISH_S = 1.0


class StopRequest:
    """Waits for the request to stop; create it in the task that runs the server.

    The first signal asks for a graceful stop. What comes within SAME_WISH_S of it belongs to it; any
    later one cancels that task: nothing acknowledged is lost by that, only farewells are.
    """

    def __init__(self, monotonic: Callable[[], float] | None = None) -> None:
        """Take SIGINT and SIGTERM from now on, and SIGHUP unless the process is told to ignore it (nohup).

        `monotonic` tells the time in seconds, the loop's own if none is given.
        """
        self._task = asyncio.current_task()
        self._asked = asyncio.Event()
        self._reason = ""
        self._loop = asyncio.get_running_loop()
        self._monotonic = monotonic or self._loop.time
        self._asked_at = 0.0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number is not signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                self._loop.add_signal_handler(number, self.ask, number.name)

    def ask(self, reason: str) -> None:
        """Ask for the stop; asking again, SAME_WISH_S later or more, makes it an immediate one."""
        now = self._monotonic()
        if not self._asked.is_set():
            self._reason, self._asked_at = reason, now
            self._asked.set()
        elif now - self._asked_at >= SAME_WISH_S and self._task is not None:
            self._task.cancel()

    async def wait(self) -> str:
        """Wait until somebody asks; returns why."""
        await self._asked.wait()
        return self._reason

    def follow_parent(self) -> None:
        """Stop as well when the program that started this one has ended."""
        self._look_for(os.getppid())

    def _look_for(self, parent: int) -> None:
        if os.getppid() == parent:
            self._loop.call_later(PARENT_CHECK_S, self._look_for, parent)
        elif not self._asked.is_set():
            self.ask("the program that started it has ended")


def is_read_by_program() -> bool:
    """Say whether standard output is a pipe: whoever started this process reads what it prints."""
    return S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
