"""One socket of a device: frames out, frames in, answers matched to requests by their number."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, cast

from bench.frames import PING, PONG, TEXT, UPGRADE, split_frames, to_frame

ANSWER_S = 60
Body = dict[str, Any]


class Connection(asyncio.Protocol):
    """A WebSocket in text frames that ends with the server."""

    def __init__(self, take: Callable[[str, int, Body], None]) -> None:
        """Hand every frame that answers no `call` to `take`: command, number, body."""
        self._take = take
        self._buffer = b""
        self._is_upgraded = False
        self._waiting: dict[int, asyncio.Future[Body]] = {}
        loop = asyncio.get_running_loop()
        self._upgraded: asyncio.Future[None] = loop.create_future()
        self.lost: asyncio.Future[None] = loop.create_future()

    async def open(self, port: int, path: str) -> None:
        """Connect and shake hands; raises ConnectionError if the server goes away."""
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", port)
        self.transport.write(UPGRADE % path.encode())
        await self._unless_lost(self._upgraded)

    def write(self, frame: bytes) -> None:
        """Write a frame; into the void if the connection is lost."""
        if not self.transport.is_closing():
            self.transport.write(frame)

    async def call(self, seq: int, frame: bytes) -> Body:
        """Write a request and return its answer; raises ConnectionError if none will come."""
        future = self._waiting[seq] = asyncio.get_running_loop().create_future()
        self.write(frame)
        await self._unless_lost(future)
        answer: Body = future.result()
        return answer

    async def _unless_lost(self, future: asyncio.Future[Any]) -> None:
        await asyncio.wait([future, self.lost], timeout=ANSWER_S, return_when=asyncio.FIRST_COMPLETED)
        if not future.done():
            if self.lost.done():
                raise ConnectionResetError("the server is gone")
            raise TimeoutError(f"no answer within {ANSWER_S} s")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport; called by the event loop."""
        self.transport = cast("asyncio.Transport", transport)

    def connection_lost(self, _error: Exception | None) -> None:
        """Tell whoever waits; called by the event loop."""
        self.lost.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Take what came; called by the event loop."""
        buffer = self._buffer + data
        if not self._is_upgraded:
            head, end, buffer = buffer.partition(b"\r\n\r\n")
            if not end:
                self._buffer = head
                return
            self._is_upgraded = True
            self._upgraded.set_result(None)
        frames, self._buffer = split_frames(buffer)
        for kind, payload in frames:
            if kind == TEXT:
                self._sort(json.loads(payload))
            elif kind == PING:
                self.write(to_frame(payload, PONG))

    def _sort(self, document: Body) -> None:
        head, body = document["head"], document["body"]
        future = self._waiting.pop(head["seq"], None) if head["servcmd"] != "im_open_push.msg_push" else None
        if future is None:
            self._take(head["servcmd"], head["seq"], body)
        elif not future.done():
            future.set_result(body)
