import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from sdks.python.tests.support.stepped import SmallestChance, SteppedClock
from tidings_client import wire
from tidings_client.connection import Connection
from tidings_client.errors import KickedOutError, NotConnectedError, TidingsError
from tidings_client.frames import Frame
from tidings_client.login import Login
from tidings_client.setup import Setup
from tidings_client.traffic import Traffic

READ = "openim.read_all_unread_msg"


class Wire:
    """A connection that keeps what is posted."""

    def __init__(self) -> None:
        self.posted: list[Any] = []
        self.gone: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def post(self, text: str) -> None:
        self.posted.append(json.loads(text))


class Heard:
    """A listener that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def heard(self) -> None:
        pass

    def pushed(self, frame: Frame) -> None:
        self.told.append(f"push {frame.head.servcmd}")

    def login_is_over(self) -> None:
        self.told.append("login is over")

    def kicked(self, kind: int, info: str) -> None:
        self.told.append(f"kicked {kind} {info}")


class Line:
    """A traffic with both its ends at hand."""

    def __init__(self) -> None:
        self.clock = SteppedClock()
        self.listener = Heard()
        setup = Setup(clock=self.clock, chance=SmallestChance(1), request_s=5)
        self.traffic = Traffic(1400000001, Login("alice", "sig"), setup, self.listener)
        self.calls: list[asyncio.Task[wire.Nothing]] = []

    def connect(self) -> Wire:
        line = Wire()
        self.traffic.use(cast("Connection", line))
        self.traffic.go_live()
        return line

    async def ask(self) -> "asyncio.Task[wire.Nothing]":
        call = asyncio.create_task(self.traffic.call(READ, wire.ReportAllRead(c2c=1), wire.Nothing))
        self.calls.append(call)
        await asyncio.sleep(0)
        return call

    def answer(self, asked: Any, **body: object) -> None:
        head = {"servcmd": asked["head"]["servcmd"], "seq": asked["head"]["seq"]}
        self.traffic.take(json.dumps({"head": head, "body": body}))


@asynccontextmanager
async def line() -> AsyncIterator[Line]:
    line = Line()
    yield line
    for call in line.calls:
        call.cancel()
    await asyncio.gather(*line.calls, return_exceptions=True)


async def test_answers_find_their_calls_in_whatever_order() -> None:
    async with line() as a:
        wire_ = a.connect()
        first, second = await a.ask(), await a.ask()
        a.answer(wire_.posted[1], ErrorCode=20001, ErrorInfo="no")
        a.answer(wire_.posted[0], ErrorCode=0)
        assert await first == wire.Nothing()
        with pytest.raises(TidingsError, match="no"):
            await second


async def test_call_without_a_connection_waits_for_one() -> None:
    async with line() as a:
        call = await a.ask()
        wire_ = a.connect()
        a.answer(wire_.posted[0])
        await call


async def test_call_outlives_its_connection_with_the_same_number_and_knows_that_it_was_repeated() -> None:
    async with line() as a:
        before = a.connect()
        call = await a.ask()
        before.gone.set_result("broken")
        await asyncio.sleep(0)
        assert not a.traffic.is_live
        after = a.connect()
        assert before.posted[0]["head"]["seq"] == after.posted[0]["head"]["seq"]
        a.answer(after.posted[0], ErrorCode=20023)
        with pytest.raises(TidingsError) as caught:
            await call
        assert caught.value.is_repeated


async def test_end_of_an_older_connection_does_no_harm_to_the_present_one() -> None:
    async with line() as a:
        before = a.connect()
        a.connect()
        before.gone.set_result("broken")
        await asyncio.sleep(0)
        assert a.traffic.is_live


async def test_call_of_one_connection_fails_with_it() -> None:
    async with line() as a:
        wire_ = a.connect()
        call = asyncio.ensure_future(a.traffic.call_now(READ, wire.Up(), wire.Nothing))
        await asyncio.sleep(0)
        wire_.gone.set_result("broken")
        with pytest.raises(NotConnectedError, match="broken"):
            await call


async def test_call_of_a_connection_that_is_gone_fails_at_once() -> None:
    async with line() as a:
        a.connect().gone.set_result("broken")
        await asyncio.sleep(0)
        async with asyncio.timeout(1):
            with pytest.raises(NotConnectedError, match="being restored"):
                await a.traffic.call_now(READ, wire.Up(), wire.Nothing)


async def test_call_that_finds_its_login_over_waits_for_the_new_one_once() -> None:
    async with line() as a:
        wire_ = a.connect()
        call = await a.ask()
        a.answer(wire_.posted[0], ErrorCode=70001)
        assert a.listener.told == ["login is over"]
        assert not call.done()
        again = a.connect()
        a.answer(again.posted[0], ErrorCode=70001)
        with pytest.raises(TidingsError):
            await call


async def test_kick_is_told_and_raised() -> None:
    async with line() as a:
        wire_ = a.connect()
        call = await a.ask()
        a.answer(wire_.posted[0], ErrorCode=1002, ErrorInfo="out", KickType=2)
        with pytest.raises(KickedOutError):
            await call
        assert a.listener.told == ["kicked 2 out"]


async def test_paused_command_is_refused_until_its_time_is_over() -> None:
    async with line() as a:
        wire_ = a.connect()
        a.traffic.pause(READ, 5)
        with pytest.raises(TidingsError, match="overloaded"):
            await (await a.ask())
        await a.clock.advance(5)
        call = await a.ask()
        a.answer(wire_.posted[0])
        await call


async def test_after_the_end_every_call_fails_with_its_reason() -> None:
    async with line() as a:
        waiting = await a.ask()
        a.traffic.stop_with(NotConnectedError("closed"))
        for call in (waiting, await a.ask()):
            with pytest.raises(NotConnectedError, match="closed"):
                await call


async def test_what_answers_nothing_is_a_push_and_what_cannot_be_read_is_left_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with line() as a:
        a.connect()
        a.traffic.take('{"head": {"servcmd": "im_open_push.msg_push", "seq": 1}, "body": {}}')
        a.traffic.take("nonsense")
        a.traffic.notify(READ, wire.Up())
        assert a.listener.told == ["push im_open_push.msg_push"]
        assert "cannot be read" in caplog.text
