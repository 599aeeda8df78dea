"""Time as an argument: everything that needs the hour is handed a clock."""

import time
from typing import Protocol


class Clock(Protocol):
    """A source of wall time; the only one the product reads."""

    def now(self) -> float:
        """Return the unix time in seconds."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Return the unix time in seconds."""
        return time.time()


class SteppedClock:
    """A clock that stands still until it is moved: for tests and the emulator."""

    def __init__(self, now: float) -> None:
        """Start at `now`, unix seconds."""
        self._now = now

    def now(self) -> float:
        """Return the unix time in seconds."""
        return self._now

    def step(self, seconds: float) -> None:
        """Move on by `seconds`; negative steps go back, as real clocks do."""
        self._now += seconds
