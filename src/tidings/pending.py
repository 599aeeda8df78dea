"""A result that is on its way: what a write gives back before its commit.

A `Pending` costs one small object and no event-loop future. A coroutine that is run by `step`
(as `command.drive` does) hands the pending itself to whoever steps it; in a task it falls back to
an ordinary future, so the same code runs behind both doors and in plain tests.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Generator
from functools import partial
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")
log = logging.getLogger(__name__)


class Pending(Generic[T]):
    """A value or an error that comes later; await it, or attach callbacks with `then`."""

    __slots__ = ("_error", "_first", "_more", "_value", "is_done")

    def __init__(self) -> None:
        """Begin without a result."""
        self.is_done = False
        self._value: T | None = None
        self._error: BaseException | None = None
        self._first: Callable[[Pending[T]], object] | None = None
        self._more: list[Callable[[Pending[T]], object]] | None = None

    def then(self, callback: Callable[["Pending[T]"], object]) -> None:
        """Call back once the result is here; at once if it is already. What it raises is logged."""
        if self.is_done:
            self._call(callback)
        elif self._first is None:
            self._first = callback
        elif self._more is None:
            self._more = [callback]
        else:
            self._more.append(callback)

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
        first, more = self._first, self._more
        if first is not None:
            self._first = self._more = None
            self._call(first)
        if more is not None:
            for callback in more:
                self._call(callback)

    def _call(self, callback: Callable[["Pending[T]"], object]) -> None:
        """Run a callback; one that fails is no reason to keep the others waiting, nor other pendings."""
        try:
            callback(self)
        except Exception:
            log.exception("a callback failed")

    def __await__(self) -> Generator[Any, None, T]:
        """Wait for the result, by whichever means the surroundings offer."""
        if not self.is_done:
            if _now.is_stepped:
                yield self
            else:
                future = asyncio.get_running_loop().create_future()
                self.then(partial(_wake, future))
                yield from future
        return self.result()


def _wake(future: asyncio.Future[None], _: object) -> None:
    if not future.done():
        future.set_result(None)


class _Now:
    """Whether the running coroutine is stepped by hand."""

    is_stepped = False


_now = _Now()


def step(coroutine: Coroutine[Any, Any, Any]) -> object:
    """Run a coroutine up to where it waits and return what for: a `Pending`, if that is what it awaits."""
    before, _now.is_stepped = _now.is_stepped, True
    try:
        return coroutine.send(None)
    finally:
        _now.is_stepped = before


def resolved(value: T) -> Pending[T]:
    """Return a pending that is done."""
    pending: Pending[T] = Pending()
    pending.resolve(value)
    return pending
