"""Requests that wait for their answer. Knows no socket: it says what is to be sent again on a new one."""

import asyncio
from dataclasses import dataclass

from tidings_client.errors import TidingsError, TimedOutError
from tidings_client.frames import Call

MAX_SEQ = 0xFFFF_FFFF


@dataclass(slots=True, eq=False)
class Request:
    """A call on its way; one that is `kept` outlives its socket and is sent again on the next.

    `deadline` is in monotonic seconds, `limit` how many seconds that was. `times_sent` above 1 means
    that the server may have carried it out already; `is_renewed`, that a login was made anew for it.
    """

    call: Call
    answer: asyncio.Future[bytes]
    deadline: float
    limit: float
    is_kept: bool = True
    times_sent: int = 0
    is_renewed: bool = False


class Exchange:
    """The waiting requests, oldest first, by command and number."""

    def __init__(self, first_seq: int) -> None:
        """Begin with the number after `first_seq`."""
        self._seq = first_seq
        self._waiting: dict[tuple[str, int], Request] = {}

    def begin(self, servcmd: str, body: bytes, now: float, limit: float, *, is_kept: bool = True) -> Request:
        """Note a new request that may take `limit` seconds from `now`, monotonic seconds."""
        self._seq = (self._seq + 1) & MAX_SEQ
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        request = Request(Call(servcmd, self._seq, body), answer, now + limit, limit, is_kept)
        self.put_back(request)
        return request

    def take(self, servcmd: str, seq: int) -> Request | None:
        """Return the request that a frame answers, which waits no more; None for a push."""
        return self._waiting.pop((servcmd, seq), None)

    def put_back(self, request: Request) -> None:
        """Let a request wait again."""
        self._waiting[request.call.servcmd, request.call.seq] = request

    def forget(self, request: Request) -> None:
        """Wait for its answer no more."""
        self._waiting.pop((request.call.servcmd, request.call.seq), None)

    def to_repeat(self) -> list[Request]:
        """Return what is to be sent on a new socket, in the order in which it was asked."""
        kept = (request for request in self._waiting.values() if request.is_kept)
        return sorted(kept, key=lambda request: request.call.seq)

    def expire(self, now: float) -> None:
        """Fail what has waited for too long; `now` is in monotonic seconds."""
        for request in list(self._waiting.values()):
            if now >= request.deadline:
                self._fail(request, TimedOutError(request.call.servcmd, request.limit))

    def socket_lost(self, error: TidingsError) -> None:
        """Fail the requests that belonged to the socket that is gone."""
        for request in list(self._waiting.values()):
            if not request.is_kept:
                self._fail(request, error)

    def fail_all(self, error: TidingsError) -> None:
        """Fail everything: no answer will come any more."""
        for request in list(self._waiting.values()):
            self._fail(request, error)

    def _fail(self, request: Request, error: TidingsError) -> None:
        self.forget(request)
        if not request.answer.done():
            request.answer.set_exception(error)
