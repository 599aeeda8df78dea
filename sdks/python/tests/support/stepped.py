"""A clock that a test steps, and chance without jitter."""

import asyncio
import heapq
import itertools
from random import Random

NOW = 1_760_000_000.0


class SteppedClock:
    """Time stands still until `advance`; what sleeps wakes up in order."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()

    def now(self) -> float:
        """Return unix seconds."""
        return NOW + self.passed

    def monotonic(self) -> float:
        """Return seconds."""
        return self.passed

    async def sleep(self, seconds: float) -> None:
        """Wait until a test has advanced so far."""
        self.slept.append(seconds)
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.passed + seconds, next(self._numbers), wake))
        await wake

    async def advance(self, seconds: float) -> None:
        """Let time pass, and whoever wakes up run before it goes on."""
        target = self.passed + seconds
        while self._sleepers and self._sleepers[0][0] <= target:
            self.passed, _, wake = heapq.heappop(self._sleepers)
            if not wake.done():
                wake.set_result(None)
            for _ in range(5):
                await asyncio.sleep(0)
        self.passed = target


class SmallestChance(Random):
    """Seeded numbers, but always the shortest wait."""

    def uniform(self, a: float, b: float) -> float:  # noqa: ARG002 - the base class's signature
        """Return the lower bound."""
        return a
