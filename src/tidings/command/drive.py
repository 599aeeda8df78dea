"""Runs a handler without a task where it waits for nothing but a commit.

A handler is an ordinary coroutine. Most run through, or wait for one `Pending`: those are stepped
from the callback of their commit. One that awaits something of the event loop is finished in a
task of its own.
"""

import asyncio
import types
from collections.abc import Callable, Coroutine, Generator
from functools import partial
from typing import Any, TypeVar

from tidings.domain.callbacks import current, unheard
from tidings.pending import Pending, step

T = TypeVar("T")
Finish = Callable[[Any, BaseException | None], None]

_tasks: set[asyncio.Task[Any]] = set()


def drive(coroutine: Coroutine[Any, Any, T], finish: Finish, _done: object = None) -> None:
    """Run a coroutine and call `finish(value, None)` or `finish(None, error)` in the end."""
    if current.listener is not None:  # one command's result wakes another one
        unheard(partial(drive, coroutine, finish))
        return
    try:
        waited = step(coroutine)
    except StopIteration as end:
        finish(end.value, None)
    except Exception as error:  # noqa: BLE001 - whatever it is, the caller is told
        finish(None, error)
    else:
        if type(waited) is Pending:
            waited.then(partial(drive, coroutine, finish))
        else:
            task = asyncio.get_running_loop().create_task(_go_on(coroutine, waited))
            _tasks.add(task)
            task.add_done_callback(partial(_finished, finish))


@types.coroutine
def _go_on(coroutine: Coroutine[Any, Any, T], waited: Any) -> Generator[Any, Any, T]:
    """Take over a coroutine that has just yielded `waited`."""
    while True:
        try:
            value = yield waited
        except BaseException as error:  # noqa: BLE001 - cancellation goes inside, too
            step = partial(coroutine.throw, error)
        else:
            step = partial(coroutine.send, value)
        try:
            waited = step()
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def _finished(finish: Finish, task: asyncio.Task[Any]) -> None:
    _tasks.discard(task)
    if task.cancelled():
        finish(None, asyncio.CancelledError())
    elif (error := task.exception()) is not None:
        finish(None, error)
    else:
        finish(task.result(), None)
