"""When a server process ends; signals and a parent's death at work are in tests/flow/test_program.py."""

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest

from tidings.cli.stopping import StopRequest, is_read_by_program


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


async def test_asking_again_cancels_the_task_that_runs_the_server() -> None:
    done: list[str] = []

    async def serve() -> None:
        request = StopRequest()
        request.ask("first")
        done.append(await request.wait())
        request.ask("second")
        await asyncio.Event().wait()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(serve())
    assert done == ["first"]


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
