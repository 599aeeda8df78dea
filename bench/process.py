"""A server process under test: start, what it said, CPU and memory of its tree, stop."""

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
# Columns of the first line of /proc/stat, after its name: waiting is no work, and guests count as users already.
IDLE, IO_WAIT, GUESTS = 3, 4, 8
STOP_S = 10


class ServerProcess:
    """A server that prints one JSON line of facts when it is ready."""

    def __init__(self, argv: list[str], log: Path) -> None:
        """Start it and wait for its line; stderr goes to `log`.

        Raises RuntimeError with the log's end if it gives no line.
        """
        with log.open("ab") as out:
            self._process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=out)
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        line = self._process.stdout.readline()
        if not line.startswith(b"{"):
            self.stop()
            raise RuntimeError(f"{' '.join(argv)} did not get ready: {line!r} {log.read_text()[-2000:]}")
        self.facts: dict[str, Any] = json.loads(line)

    @property
    def pid(self) -> int:
        """Return the id of the process that was started."""
        return self._process.pid

    def cpu_s(self) -> float:
        """Return user and system time of the process tree, in seconds."""
        return sum(_stat(pid)[1] for pid in _tree(self.pid))

    def rss_kb(self) -> int:
        """Return the resident memory of the process tree, in KiB."""
        return sum(_rss_kb(pid) for pid in _tree(self.pid))

    def stop(self) -> None:
        """Ask it to end, then make it."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def busy_s() -> float:
    """Return the time that all CPUs of this machine together have worked, in seconds."""
    columns = [int(text) for text in Path("/proc/stat").read_text().partition("\n")[0].split()[1:]]
    return (sum(columns[:GUESTS]) - columns[IDLE] - columns[IO_WAIT]) * TICK_S


def _stat(pid: int) -> tuple[int, float]:
    """Return parent and CPU seconds of one process; (0, 0) once it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0.0
    return int(fields[1]), (int(fields[11]) + int(fields[12])) * TICK_S


def _tree(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            children.setdefault(_stat(int(entry.name))[0], []).append(int(entry.name))
    found = [root]
    for pid in found:
        found.extend(children.get(pid, ()))
    return found


def _rss_kb(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
