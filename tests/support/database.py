"""What SQLite does for a call: its plans, and how much work they are."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import apsw


class Work:
    """What the database does while a call runs."""

    def __init__(self, connection: apsw.Connection) -> None:
        """Look at `connection`."""
        self._connection = connection

    async def plan(self, call: Callable[[], Awaitable[object]]) -> list[str]:
        """Return the steps of SQLite's plans for every statement that a call runs."""
        ran: list[tuple[str, Any]] = []

        def note(_: apsw.Cursor, sql: str, bindings: Any) -> bool:
            ran.append((sql, bindings))
            return True

        self._connection.exec_trace = note
        await call()
        self._connection.exec_trace = None
        return [step for sql, bindings in ran for step in self._explain(sql, bindings)]

    def _explain(self, sql: str, bindings: Any) -> Iterable[str]:
        return [str(row[3]) for row in self._connection.execute(f"EXPLAIN QUERY PLAN {sql}", bindings)]

    async def scans(self, call: Callable[[], Awaitable[object]]) -> list[str]:
        """Return the steps that go through a whole table; what a statement made itself or was given is none."""
        plan = await self.plan(call)
        made = {step.split()[1] for step in plan if step.startswith(("MATERIALIZE ", "CO-ROUTINE "))}
        scanned = [step for step in plan if step.startswith("SCAN ") and "-ROW " not in step]
        return [step for step in scanned if step.split()[1] not in made | {"json_each", "CONSTANT"}]

    async def size(self, call: Callable[[], Awaitable[object]]) -> int:
        """Return how many instructions SQLite's machine runs for a call: the same on every computer."""
        count = 0

        def tick() -> bool:
            nonlocal count
            count += 1
            return False

        self._connection.set_progress_handler(tick, 1)
        await call()
        self._connection.set_progress_handler(None)
        return count
