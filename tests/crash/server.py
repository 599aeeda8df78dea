"""The server as a process that is killed and started again over the same data."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

TIDINGS = (sys.executable, "-m", "tidings")
# On a slow machine a run takes minutes, and what it recalls is as old.
AT_LEISURE = ("--set", "recall_seconds=3600")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens and who may come in, as it says itself."""

    port: int
    sdk_app_id: int
    key: str
    admin: str
    admin_usersig: str


class Server:
    """`tidings dev` over one data folder; each start picks a free port."""

    def __init__(self, folder: Path, program: tuple[str, ...] = TIDINGS, options: tuple[str, ...] = ()) -> None:
        """Prepare to run `program`, with data and log in `folder`, and further options."""
        self._folder = folder
        self._argv = [
            *program,
            "dev",
            "--json",
            "--port",
            "0",
            "--data",
            str(folder / "data"),
            "--no-limits",
            *AT_LEISURE,
            *options,
        ]
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> Address | None:
        """Start and return the address, or None if it was killed before it had one."""
        with (self._folder / "server.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._argv, stdout=asyncio.subprocess.PIPE, stderr=log
            )
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        return _to_address(json.loads(line)) if line else None

    def kill(self) -> None:
        """Kill it at once, if it runs: no handler of its own gets to see that."""
        # Not by the process object: that would fetch the exit status, which `ended` waits for.
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)

    async def ended(self) -> int:
        """Wait until it is gone; returns its exit status, negative for a signal."""
        assert self._process is not None
        return await self._process.wait()


def _to_address(facts: dict[str, Any]) -> Address:
    port = urlsplit(facts["gateway"]).port
    assert port is not None
    return Address(port, facts["sdkappid"], facts["key"], facts["admin"], facts["admin_usersig"])
