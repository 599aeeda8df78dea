"""Recent sends by their identity, so that a repeat finds its first result (spec/messages.md, section 5)."""

from zlib import crc32

from tidings.domain.messages import Message

WINDOW_S = 120


class RecentSends:
    """Remembers sends for at least WINDOW_S seconds, in two generations that are dropped whole.

    A send is known by sender, receiver, seq, random and the checksum of its content, packed in one integer.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._young: dict[int, int] = {}
        self._old: dict[int, int] = {}
        self._turned_at = 0

    def find(self, key: int) -> int | None:
        """Return the time of the first send with this key, unix seconds."""
        time = self._young.get(key)
        return self._old.get(key) if time is None else time

    def add(self, key: int, time: int, now: int) -> None:
        """Remember a send that happened at `time`."""
        if not -WINDOW_S < now - self._turned_at < WINDOW_S:
            self._turn(now)
        self._young[key] = time

    def forget(self, key: int) -> None:
        """Drop a send that failed, so that its repeat is tried anew."""
        self._young.pop(key, None)
        self._old.pop(key, None)

    def _turn(self, now: int) -> None:
        """Start a new generation; after a pause longer than the window both are stale."""
        self._old = self._young if abs(now - self._turned_at) < 2 * WINDOW_S else {}
        self._young = {}
        self._turned_at = now


def identity(message: Message) -> int:
    """Return the identity of a send as one integer.

    The receiver belongs to it: one batch goes to many under the same numbers.
    """
    pair = message.sender << 32 | message.receiver
    return ((pair << 32 | message.seq) << 32 | message.random) << 32 | crc32(message.body)
