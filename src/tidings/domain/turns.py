"""Taking turns: what reads and then changes one thing is done one after the other."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from tidings.pending import Pending

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Turns(Generic[K]):
    """One at a time for each key; different keys do not wait for each other."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._taken: dict[K, Pending[None]] = {}

    async def take(self, key: K, act: Callable[[], Awaitable[T]]) -> T:
        """Act when all that came before for this key is done: each must see what the one before did."""
        while (earlier := self._taken.get(key)) is not None:
            await earlier
        turn = self._taken[key] = Pending[None]()
        try:
            return await act()
        finally:
            del self._taken[key]
            turn.resolve(None)
