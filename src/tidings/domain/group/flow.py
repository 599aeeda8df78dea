"""How many messages a second a group takes, the important ones first (spec/groups.md, section 6)."""

from tidings.ids import GroupNumber

LEVELS = 4


class Flow:
    """Counts the messages of each group in the current second, by priority.

    A message counts against those of its own and of higher priority: a flood of unimportant ones never
    keeps an important one out.
    """

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._second = 0
        self._counts: dict[GroupNumber, list[int]] = {}

    def admits(self, group: GroupNumber, priority: int, limit: int, second: int) -> bool:
        """Count a message; False if it is one more than `limit` in its second; priority 1 is the highest of four.

        A limit of 0 stands for any number.
        """
        if not limit:
            return True
        if second != self._second:
            self._second = second
            self._counts.clear()
        counts = self._counts.get(group)
        if counts is None:
            counts = self._counts[group] = [0] * LEVELS
        if sum(counts[:priority]) >= limit:
            return False
        counts[priority - 1] += 1
        return True
