"""When a server process ends; signals and a parent's death at work are in tests/flow/test_program.py."""

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest

from tidings.cli.stopping import SAME_WISH_S, StopRequest, is_read_by_program
from tidings.clock import SteppedClock


@pytest.fixture(autouse=True)
async def signals_as_before() -> "Iterator[None]":  # type: ignore[misc]
    yield
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.remove_signal_handler(number)


async def test_the_first_who_asks_gives_the_reason() -> None:
    request = StopRequest()
    os.kill(os.getpid(), signal.SIGTERM)
    assert await request.wait() == "SIGTERM"


async def test_asking_again_after_a_second_cancels_the_task_that_runs_the_server() -> None:
    done: list[str] = []

    async def serve() -> None:
        clock = SteppedClock(100)
        request = StopRequest(clock.now)
        request.ask("first")
        done.append(await request.wait())
        clock.step(SAME_WISH_S)
        request.ask("second")
        await asyncio.Event().wait()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(serve())
    assert done == ["first"]


async def test_what_comes_within_a_second_belongs_to_the_first() -> None:
    async def serve() -> str:
        clock = SteppedClock(100)
        request = StopRequest(clock.now)
        for reason in ("SIGTERM", "SIGINT", "SIGTERM"):
            request.ask(reason)
            clock.step(SAME_WISH_S * 0.49)
        reason = await request.wait()
        await asyncio.sleep(0)
        return reason

    assert await asyncio.create_task(serve()) == "SIGTERM"


async def test_a_hang_up_is_ignored_where_nohup_says_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        StopRequest()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


async def test_it_stops_when_the_parent_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    request = StopRequest()
    request.follow_parent()
    monkeypatch.setattr(os, "getppid", lambda: 1)
    assert await request.wait() == "the program that started it has ended"


def test_only_a_pipe_is_read_by_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    with open(reader), open(writer, "w") as pipe, open(os.devnull, "w") as device:  # noqa: PTH123 - descriptors
        monkeypatch.setattr("sys.stdout", pipe)
        assert is_read_by_program()
        monkeypatch.setattr("sys.stdout", device)
        assert not is_read_by_program()
