"""Counts operations and times them, together with what they cost the server."""

import os
import time
from dataclasses import dataclass, field
from typing import Any

from bench.process import ServerProcess, busy_s

Row = dict[str, Any]


@dataclass
class Meter:
    """Between `start` and `row`: operations counted by `note`, server CPU, wall time."""

    process: ServerProcess
    count: int = 0
    took_ns: list[int] = field(default_factory=list)
    _cpu_s: float = 0.0
    _client_s: float = 0.0
    _busy_s: float = 0.0
    _at: float = 0.0

    def start(self) -> None:
        """Forget what was counted and begin anew."""
        self.count, self.took_ns = 0, []
        self._cpu_s, self._client_s = self.process.cpu_s(), time.process_time()
        self._busy_s, self._at = busy_s(), time.perf_counter()

    def note(self, sent_ns: int) -> None:
        """Count an operation that began at `sent_ns` (perf_counter_ns)."""
        self.count += 1
        self.took_ns.append(time.perf_counter_ns() - sent_ns)

    def row(self, test: str) -> Row:
        """Return what was measured; `cpu_us` is the server's, for each operation.

        `others_pct` is the share of the machine that neither server nor load took.
        """
        wall = time.perf_counter() - self._at
        cpu_s, client_s = self.process.cpu_s() - self._cpu_s, time.process_time() - self._client_s
        others_s = max(busy_s() - self._busy_s - cpu_s - client_s, 0.0)
        count = max(self.count, 1)
        took = sorted(self.took_ns) or [0]
        return {
            "test": test,
            "count": self.count,
            "per_s": round(self.count / wall, 1),
            "cpu_us": round(cpu_s / count * 1e6, 1),
            "client_us": round(client_s / count * 1e6, 1),
            "p50_ms": round(took[len(took) // 2] / 1e6, 2),
            "p99_ms": round(took[int(len(took) * 0.99)] / 1e6, 2),
            "rss_mb": round(self.process.rss_kb() / 1024, 1),
            "others_pct": round(others_s / wall / (os.cpu_count() or 1) * 100, 1),
        }
