"""How often an app may call a command (spec/limits.md, REST API)."""

from tidings.errors import COMMAND_TOO_OFTEN
from tidings.ids import SdkAppId


class CallRates:
    """Counts calls of each app and command in the current second."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._second = 0
        self._counts: dict[tuple[SdkAppId, str], int] = {}

    def check(self, app: SdkAppId, command: str, limit: int, now: float) -> None:
        """Count a call; raises 60007 if it is one more than `limit` in this second."""
        second = int(now)
        if second != self._second:
            self._second = second
            self._counts.clear()
        count = self._counts.get((app, command), 0)
        if count >= limit:
            raise COMMAND_TOO_OFTEN(command=command, limit=limit)
        self._counts[app, command] = count + 1
