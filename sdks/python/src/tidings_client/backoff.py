"""How long to wait between attempts to reach the server again.

Exponential with full jitter: after a restart of the server its clients come back spread out, not
all at once.
"""

from random import Random

FIRST_S = 0.5
LONGEST_S = 30.0


class Backoff:
    """Growing delays; `reset` after a connection that held."""

    def __init__(self, chance: Random) -> None:
        """Draw the jitter from `chance`."""
        self._chance = chance
        self._attempt = 0

    def next(self) -> float:
        """Return the seconds to wait before the next attempt: at least 0, at most LONGEST_S."""
        ceiling = min(LONGEST_S, FIRST_S * 2**self._attempt)
        if ceiling < LONGEST_S:
            self._attempt += 1
        return self._chance.uniform(0, ceiling)

    def reset(self) -> None:
        """Begin with short delays again."""
        self._attempt = 0
