"""A result that is on its way: what a write gives back before its commit.

A `Pending` costs one small object and no event-loop future. A coroutine that awaits it outside
a task hands the pending itself to whoever drives it (`command.drive`); inside a task it falls
back to an ordinary future, so the same code runs behind both doors and in plain tests.
"""

import asyncio
from collections.abc import Callable, Generator
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


class Pending(Generic[T]):
    """A value or an error that comes later; await it, or attach callbacks with `then`."""

    __slots__ = ("_callbacks", "_error", "_value", "is_done")

    def __init__(self) -> None:
        """Begin without a result."""
        self.is_done = False
        self._value: T | None = None
        self._error: BaseException | None = None
        self._callbacks: list[Callable[[Pending[T]], object]] | None = None

    def then(self, callback: Callable[["Pending[T]"], object]) -> None:
        """Call back once the result is here; at once if it is already."""
        if self.is_done:
            callback(self)
        elif self._callbacks is None:
            self._callbacks = [callback]
        else:
            self._callbacks.append(callback)

    def resolve(self, value: T) -> None:
        """Give the value and run the callbacks."""
        self._value = value
        self._finish()

    def fail(self, error: BaseException) -> None:
        """Give the error and run the callbacks."""
        self._error = error
        self._finish()

    @property
    def is_ok(self) -> bool:
        """Say whether it is done and not failed."""
        return self.is_done and self._error is None

    def result(self) -> T:
        """Return the value or raise the error of a finished pending."""
        if self._error is not None:
            raise self._error
        return cast("T", self._value)

    def _finish(self) -> None:
        self.is_done = True
        callbacks, self._callbacks = self._callbacks, None
        for callback in callbacks or ():
            callback(self)

    def __await__(self) -> Generator[Any, None, T]:
        """Wait for the result, by whichever means the surroundings offer."""
        if not self.is_done:
            if _inside_task():
                future = asyncio.get_running_loop().create_future()
                self.then(lambda _: future.done() or future.set_result(None))
                yield from future
            else:
                yield self
        return self.result()


def _inside_task() -> bool:
    try:
        return asyncio.current_task() is not None
    except RuntimeError:
        return False


def resolved(value: T) -> Pending[T]:
    """Return a pending that is done."""
    pending: Pending[T] = Pending()
    pending.resolve(value)
    return pending
