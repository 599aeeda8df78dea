"""Pendings: a result that comes later, told to whoever waits, in a task or stepped by hand."""

import asyncio
import logging

import pytest

from tidings.pending import Pending, resolved, step


@pytest.fixture
def pending() -> Pending[int]:
    return Pending()


async def _doubled(pending: Pending[int]) -> int:
    return 2 * await pending


def test_callbacks_are_called_in_order_once_the_result_is_here(pending: Pending[int]) -> None:
    seen: list[str] = []
    for name in ("first", "second", "third"):
        pending.then(lambda done, name=name: seen.append(f"{name} {done.result()}"))  # type: ignore[misc]
    assert seen == []
    assert not pending.is_done
    pending.resolve(7)
    assert seen == ["first 7", "second 7", "third 7"]
    pending.then(lambda done: seen.append(f"late {done.result()}"))
    assert seen[3:] == ["late 7"]


def test_a_callback_added_by_a_callback_is_called_too(pending: Pending[int]) -> None:
    seen: list[int] = []
    pending.then(lambda done: done.then(lambda again: seen.append(again.result())))
    pending.resolve(7)
    assert seen == [7]


def test_a_failure_is_told_and_raised(pending: Pending[int]) -> None:
    seen: list[bool] = []
    pending.then(lambda done: seen.append(done.is_ok))
    pending.fail(ValueError("no"))
    assert (seen, pending.is_done, pending.is_ok) == ([False], True, False)
    with pytest.raises(ValueError, match="no"):
        pending.result()


def test_a_callback_that_fails_is_logged_and_keeps_nobody_waiting(
    pending: Pending[int], caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[int] = []
    pending.then(lambda _: 1 // 0)
    pending.then(lambda done: seen.append(done.result()))
    with caplog.at_level(logging.ERROR):
        pending.resolve(7)
    assert seen == [7]
    assert "ZeroDivisionError" in caplog.text


def test_a_pending_that_is_there_needs_no_waiting() -> None:
    done = resolved(7)
    assert (done.is_done, done.is_ok, done.result()) == (True, True, 7)
    with pytest.raises(StopIteration) as stopped:
        _doubled(done).send(None)
    assert stopped.value.value == 14


async def test_tasks_wait_for_a_value_and_for_an_error() -> None:
    for number in range(2):
        pending: Pending[int] = Pending()
        tasks = [asyncio.ensure_future(_doubled(pending)) for _ in range(3)]
        await asyncio.sleep(0)
        assert not any(task.done() for task in tasks)
        if number:
            pending.fail(ValueError("no"))
        else:
            pending.resolve(7)
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert list(map(str, results)) == [["14"] * 3, ["no"] * 3][number]


async def test_a_task_that_is_cancelled_leaves_the_others_alone(
    pending: Pending[int], caplog: pytest.LogCaptureFixture
) -> None:
    tasks = [asyncio.ensure_future(_doubled(pending)) for _ in range(2)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    await asyncio.wait([tasks[0]])
    pending.resolve(7)
    assert await tasks[1] == 14
    assert tasks[0].cancelled()
    assert caplog.text == ""


def test_a_stepped_coroutine_hands_over_what_it_waits_for(pending: Pending[int]) -> None:
    coroutine = _doubled(pending)
    assert step(coroutine) is pending
    pending.resolve(7)
    with pytest.raises(StopIteration) as stopped:
        step(coroutine)
    assert stopped.value.value == 14


async def test_what_a_stepped_coroutine_starts_as_a_task_waits_as_tasks_do(pending: Pending[int]) -> None:
    async def start() -> asyncio.Task[int]:
        return asyncio.ensure_future(_doubled(pending))

    with pytest.raises(StopIteration) as stopped:
        step(start())
    await asyncio.sleep(0)
    pending.resolve(7)
    assert await stopped.value.value == 14


def test_after_a_step_that_raised_nothing_is_stepped_any_more(pending: Pending[int]) -> None:
    async def fail() -> None:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        step(fail())
    coroutine = _doubled(pending)
    with pytest.raises(RuntimeError, match="no running event loop"):
        coroutine.send(None)
