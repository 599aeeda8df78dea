"""Recent sends into groups, so that a repeat finds its first result (spec/groups.md, section 6)."""

from dataclasses import dataclass

from tidings.domain.group.messages import GroupMessage
from tidings.pending import Pending

WINDOW_S = 300
Key = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class FirstSend:
    """A send that is known; its message has a sequence once the outcome is there."""

    message: GroupMessage
    outcome: Pending[None]


class RecentGroupSends:
    """Remembers sends for at least WINDOW_S seconds, in two generations that are dropped whole."""

    window_s = WINDOW_S

    def __init__(self) -> None:
        """Begin empty."""
        self._young: dict[Key, FirstSend] = {}
        self._old: dict[Key, FirstSend] = {}
        self._turned_at = 0

    def find(self, message: GroupMessage) -> FirstSend | None:
        """Return the first send with the message's group, sender and random, if it is young enough."""
        key = _key(message)
        first = self._young.get(key) or self._old.get(key)
        return first if first is not None and message.time - first.message.time <= WINDOW_S else None

    def add(self, message: GroupMessage, outcome: Pending[None]) -> None:
        """Remember a send."""
        if not -WINDOW_S < message.time - self._turned_at < WINDOW_S:
            self._old = self._young if abs(message.time - self._turned_at) < 2 * WINDOW_S else {}
            self._young, self._turned_at = {}, message.time
        self._young[_key(message)] = FirstSend(message, outcome)

    def forget(self, message: GroupMessage) -> None:
        """Drop a send that failed, so that its repeat is tried anew."""
        self._young.pop(_key(message), None)
        self._old.pop(_key(message), None)


def _key(message: GroupMessage) -> Key:
    return message.group, message.sender, message.random
