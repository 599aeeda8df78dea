"""REST load: openim/sendmsg over kept-alive connections, one call in flight on each."""

import asyncio
import time

from bench.frames import split_answer
from bench.loads import TEXT_BYTES, Plan
from bench.meter import Meter, Row
from bench.target import Target

CONNECTIONS = 32
USERS = 100


class Caller(asyncio.Protocol):
    """One connection that makes a call whenever the one before is answered."""

    def __init__(self, target: Target, number: int, meter: Meter) -> None:
        """Prepare; calls begin with `start`."""
        self._target, self._number, self._meter = target, number, meter
        self._sent = 0
        self._began_ns = 0
        self._buffer = b""
        self._is_on = True
        path = f"/v4/openim/sendmsg?{target.query}"
        self._head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "

    async def start(self) -> None:
        """Connect and make the first call."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_connection(lambda: self, "127.0.0.1", self._target.rest_port)
        self._call()

    def stop(self) -> None:
        """Make no more calls and drop the connection."""
        self._is_on = False
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take an answer and make the next call; called by the event loop."""
        self._buffer += data
        found = split_answer(self._buffer)
        if found is None:
            return
        answer, self._buffer = found
        if b'"ErrorCode":0' not in answer.replace(b" ", b""):
            raise RuntimeError(f"a call was refused: {answer!r}")
        self._meter.note(self._began_ns)
        if self._is_on:
            self._call()

    def _call(self) -> None:
        self._sent += 1
        sender = (self._number * 2 + self._sent * 2) % USERS
        body = (
            f'{{"SyncOtherMachine":2,"From_Account":"u{sender}","To_Account":"u{sender + 1}","MsgSeq":{self._sent},'
            f'"MsgRandom":{self._number * 10_000_000 + self._sent},'
            f'"MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{"x" * TEXT_BYTES}"}}}}]}}'
        )
        self._began_ns = time.perf_counter_ns()
        self._transport.write(f"{self._head}{len(body)}\r\n\r\n{body}".encode())


async def measure_rest(target: Target, plan: Plan) -> list[Row]:
    """Call sendmsg for absent users, 32 calls in flight."""
    target.import_users(0, USERS)
    meter = Meter(target.process)
    callers = [Caller(target, number, meter) for number in range(CONNECTIONS)]
    for caller in callers:
        await caller.start()
    await asyncio.sleep(plan.warm_up_s)
    meter.start()
    await asyncio.sleep(plan.seconds)
    row = meter.row("REST sendmsg")
    for caller in callers:
        caller.stop()
    return [row]
