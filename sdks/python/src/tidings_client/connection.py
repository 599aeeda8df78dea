"""One WebSocket: text out in order, text in, and the news that it is gone."""

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from tidings_client.errors import NotConnectedError

OPEN_S = 10.0
CLOSE_S = 2.0
MAX_FRAME = 1 << 26
DONE, AGAIN = 4000, 4001

Take = Callable[[str | bytes], None]


class Connection:
    """An open socket; `gone` is done with the reason as soon as it is of no use any more."""

    def __init__(self, socket: ClientConnection, take: Take) -> None:
        """Hand every frame to `take` until the socket is gone."""
        self._socket = socket
        self._take = take
        self._out: asyncio.Queue[str] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        self.gone: asyncio.Future[str] = loop.create_future()
        self._tasks = [loop.create_task(self._read()), loop.create_task(self._write())]

    @classmethod
    async def open(cls, url: str, take: Take) -> "Connection":
        """Connect; raises NotConnectedError if that fails."""
        parts = urlsplit(url)
        where = f"{parts.scheme}://{parts.netloc}"
        try:
            socket = await connect(
                url,
                compression=None,
                ping_interval=None,
                open_timeout=OPEN_S,
                close_timeout=CLOSE_S,
                max_size=MAX_FRAME,
            )
        except (OSError, WebSocketException) as error:
            why = str(error) or type(error).__name__
            raise NotConnectedError(
                f"cannot connect to {where}: {why}; is the server running, and is the address right?"
            ) from error
        return cls(socket, take)

    def post(self, text: str) -> None:
        """Send a frame as soon as the socket takes it; into the void if it is gone."""
        if not self.gone.done():
            self._out.put_nowait(text)

    def drop(self, code: int, why: str) -> None:
        """Be done with the socket; it is closed without anybody waiting for it."""
        if not self.gone.done():
            self.gone.set_result(why)
            self._tasks.append(asyncio.get_running_loop().create_task(self._socket.close(code)))

    async def close(self) -> None:
        """Close the socket, if `drop` has not done so yet, and wait until that is done."""
        self.drop(DONE, "closed by this client")
        self._tasks[1].cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _read(self) -> None:
        try:
            while not self.gone.done():
                self._take(await self._socket.recv())
        except ConnectionClosed as closed:
            if not self.gone.done():
                self.gone.set_result(_reason(closed))
        finally:
            self._tasks[1].cancel()

    async def _write(self) -> None:
        try:
            while True:
                await self._socket.send(await self._out.get())
        except ConnectionClosed:
            return  # the reader says why


def _reason(closed: ConnectionClosed) -> str:
    if closed.rcvd is None:
        return "the connection broke"
    return f"the server closed the connection: {closed.rcvd.reason or 'no reason given'} ({closed.rcvd.code})"
