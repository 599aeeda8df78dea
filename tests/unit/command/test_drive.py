"""Running a handler: without a task where it waits for nothing but a commit, finished exactly once."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from tidings.command.drive import drive
from tidings.pending import Pending


@dataclass(slots=True)
class Outcome:
    """What a run ended with."""

    ends: list[tuple[Any, BaseException | None]] = field(default_factory=list)
    is_over: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self, value: Any, error: BaseException | None) -> None:
        self.ends.append((value, error))
        self.is_over.set()


async def _wait_for(*pendings: Pending[int]) -> int:
    return sum([await pending for pending in pendings])


async def _fail_after(pending: Pending[int]) -> int:
    raise KeyError(await pending)


async def test_what_waits_for_nothing_is_over_at_once() -> None:
    outcome = Outcome()
    drive(_wait_for(), outcome)
    assert outcome.ends == [(0, None)]


async def test_what_waits_for_commits_needs_no_task() -> None:
    outcome, tasks = Outcome(), asyncio.all_tasks()
    first, second = Pending[int](), Pending[int]()
    drive(_wait_for(first, second), outcome)
    assert outcome.ends == []
    first.resolve(1)
    assert outcome.ends == []
    second.resolve(2)
    assert outcome.ends == [(3, None)]
    assert asyncio.all_tasks() == tasks


async def test_a_commit_that_is_there_already_is_not_waited_for() -> None:
    outcome, done = Outcome(), Pending[int]()
    done.resolve(5)
    drive(_wait_for(done), outcome)
    assert outcome.ends == [(5, None)]


async def test_an_error_is_handed_over_wherever_it_happens() -> None:
    early, late, failed = Outcome(), Outcome(), Outcome()
    done, pending, lost = Pending[int](), Pending[int](), Pending[int]()
    done.resolve(1)
    drive(_fail_after(done), early)
    drive(_fail_after(pending), late)
    pending.resolve(2)
    drive(_wait_for(lost), failed)
    error = OSError("disk")
    lost.fail(error)
    assert [type(end[1]) for outcome in (early, late) for end in outcome.ends] == [KeyError, KeyError]
    assert failed.ends == [(None, error)]


async def test_what_awaits_the_loop_goes_on_in_a_task() -> None:
    outcome, future, pending = Outcome(), asyncio.get_running_loop().create_future(), Pending[int]()

    async def work() -> int:
        before = await pending
        await asyncio.sleep(0)
        between: int = await future
        return before + between

    drive(work(), outcome)
    pending.resolve(1)
    assert outcome.ends == []
    future.set_result(10)
    await outcome.is_over.wait()
    assert outcome.ends == [(11, None)]


async def test_in_its_task_it_may_wait_for_a_commit_again() -> None:
    outcome, pending = Outcome(), Pending[int]()

    async def work() -> int:
        await asyncio.sleep(0)
        return await pending

    drive(work(), outcome)
    asyncio.get_running_loop().call_soon(lambda: asyncio.get_running_loop().call_soon(pending.resolve, 7))
    await outcome.is_over.wait()
    assert outcome.ends == [(7, None)]


async def test_an_error_or_cancellation_in_its_task_is_handed_over() -> None:
    for error in (KeyError("x"), asyncio.CancelledError()):
        outcome, future = Outcome(), asyncio.get_running_loop().create_future()

        async def work(future: asyncio.Future[int] = future) -> int:
            return await future

        drive(work(), outcome)
        if isinstance(error, KeyError):
            future.set_exception(error)
        else:
            future.cancel()
        await outcome.is_over.wait()
        ((value, handed),) = outcome.ends
        assert (value, type(handed)) == (None, type(error))


async def test_a_handler_may_catch_what_it_awaited() -> None:
    outcome, future = Outcome(), asyncio.get_running_loop().create_future()

    async def work() -> str:
        try:
            await future
        except OSError:
            return "caught"
        return "missed"

    drive(work(), outcome)
    future.set_exception(OSError("gone"))
    await outcome.is_over.wait()
    assert outcome.ends == [("caught", None)]
