"""Requests out, answers and pushes in, over whichever socket there is at the time."""

import asyncio
import logging
from typing import Protocol, TypeVar

import msgspec

from tidings_client.connection import Connection
from tidings_client.errors import COMMAND_PAUSED, KICKED, LOGIN_OVER, KickedOutError, NotConnectedError, TidingsError
from tidings_client.exchange import Exchange, Request
from tidings_client.frames import FIRST_SEQ_BELOW, Frame, decode, encode, judge, pack
from tidings_client.login import Login
from tidings_client.setup import Setup
from tidings_client.wire import Down, Up

log = logging.getLogger("tidings_client")

LOGIN = "im_open_status.wslogin"
D = TypeVar("D", bound=Down)


class Listener(Protocol):
    """Who is told what the traffic brings."""

    def heard(self) -> None:
        """Note a sign of life."""
        ...

    def pushed(self, frame: Frame) -> None:
        """Take what came unasked."""
        ...

    def login_is_over(self) -> None:
        """Make the login anew: the server does not know its ticket any more."""
        ...

    def kicked(self, kind: int, info: str) -> None:
        """Take the news that the login was ended from outside."""
        ...


class Traffic:
    """The waiting requests and the socket, if there is one."""

    def __init__(self, sdkappid: int, login: Login, setup: Setup, listener: Listener) -> None:
        """Speak as `login` says."""
        self._sdkappid = sdkappid
        self._login = login
        self._clock = setup.clock
        self._limit = setup.request_s
        self._listener = listener
        self._exchange = Exchange(setup.chance.randrange(FIRST_SEQ_BELOW))
        self._connection: Connection | None = None
        self._is_live = False
        self._paused: dict[str, float] = {}
        self._end: TidingsError | None = None

    @property
    def is_live(self) -> bool:
        """Whether there is a socket that is logged in."""
        return self._is_live

    def use(self, connection: Connection) -> None:
        """Send over a new socket; only what belongs to it until `go_live`."""
        self._connection = connection
        connection.gone.add_done_callback(lambda _gone: self._lost(connection))

    def go_live(self) -> None:
        """Send what waits, in its order, and from now on everything at once."""
        self._is_live = True
        for request in self._exchange.to_repeat():
            self._post(request)

    def stop_with(self, error: TidingsError) -> None:
        """Fail everything that waits, and every later call, with `error`."""
        self._end = error
        self._is_live = False
        self._exchange.fail_all(error)

    def expire(self) -> None:
        """Fail what has waited for too long."""
        self._exchange.expire(self._clock.monotonic())

    def pause(self, servcmd: str, seconds: float) -> None:
        """Refuse a command for so long, as the server asked."""
        self._paused[servcmd] = self._clock.monotonic() + seconds

    async def call(self, servcmd: str, body: Up, kind: type[D]) -> D:
        """Ask and return the answer; outlives the socket and is sent again on the next.

        Raises TidingsError as the server refuses, TimedOutError without an answer in time,
        KickedOutError and NotConnectedError once the chat has ended.
        """
        self._check(servcmd)
        request = self._begin(servcmd, body, is_kept=True)
        if self._is_live:
            self._post(request)
        return await self._answer(request, kind)

    async def call_now(self, servcmd: str, body: Up, kind: type[D]) -> D:
        """Ask over this very socket; raises NotConnectedError when it is lost, or was already."""
        if self._connection is None:
            raise NotConnectedError("the connection was lost; it is being restored")
        request = self._begin(servcmd, body, is_kept=False)
        self._post(request)
        return await self._answer(request, kind)

    def notify(self, servcmd: str, body: Up) -> None:
        """Ask over this very socket, if there is one, and wait for nothing."""
        if self._connection is None:
            return
        request = self._begin(servcmd, body, is_kept=False)
        request.answer.add_done_callback(_look_away)
        self._post(request)

    def take(self, data: str | bytes) -> None:
        """Take a frame from the socket."""
        self._listener.heard()
        try:
            frame = decode(data)
            request = self._exchange.take(frame.head.servcmd, frame.head.seq)
            if request is None:
                self._listener.pushed(frame)
            elif not request.answer.done():
                self._settle(request, bytes(frame.body))
        except msgspec.DecodeError:
            log.exception("a frame of the server cannot be read; it is left out")

    def _check(self, servcmd: str) -> None:
        if self._end is not None:
            raise self._end
        wait = self._paused.get(servcmd, 0.0) - self._clock.monotonic()
        if wait > 0:
            info = f"the server is overloaded and wants no {servcmd} for another {wait:.0f} s; try again then"
            raise TidingsError(COMMAND_PAUSED, info)

    def _begin(self, servcmd: str, body: Up, *, is_kept: bool) -> Request:
        return self._exchange.begin(servcmd, encode(body), self._clock.monotonic(), self._limit, is_kept=is_kept)

    def _post(self, request: Request) -> None:
        if self._connection is not None:
            request.times_sent += 1
            time = int(self._clock.now())
            self._connection.post(pack(request.call, self._sdkappid, self._login.identity, time))

    async def _answer(self, request: Request, kind: type[D]) -> D:
        try:
            raw = await request.answer
        finally:
            self._exchange.forget(request)
        return msgspec.json.decode(raw, type=kind)

    def _settle(self, request: Request, body: bytes) -> None:
        verdict = judge(body)
        if verdict.code == 0:
            request.answer.set_result(body)
        elif verdict.code == KICKED:
            request.answer.set_exception(KickedOutError(verdict.code, verdict.info))
            self._listener.kicked(verdict.kick_type, verdict.info)
        elif verdict.code in LOGIN_OVER and request.call.servcmd != LOGIN and not request.is_renewed:
            request.is_renewed = True
            self._exchange.put_back(request)
            self._listener.login_is_over()
        else:
            error = TidingsError(verdict.code, verdict.info)
            error.is_repeated = request.times_sent > 1
            request.answer.set_exception(error)

    def _lost(self, connection: Connection) -> None:
        if connection is self._connection:
            self._is_live = False
            self._connection = None
            self._exchange.socket_lost(NotConnectedError(connection.gone.result()))


def _look_away(answer: asyncio.Future[bytes]) -> None:
    """Mark a failure as seen: nobody waits for it."""
    if not answer.cancelled():
        answer.exception()
