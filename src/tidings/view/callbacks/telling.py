"""What every callback says beside what has happened."""

from typing import NamedTuple

from tidings.ids import UserId

MILLISECONDS = 1000


class Telling(NamedTuple):
    """Who did it, when (unix seconds), by which command; `is_admin`: an app admin by REST."""

    operator: UserId
    is_admin: bool
    time: float
    command: str = ""

    @property
    def event_time(self) -> int:
        """Return the time in milliseconds."""
        return int(self.time * MILLISECONDS)
