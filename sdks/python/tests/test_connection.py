import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from websockets.asyncio.server import ServerConnection, serve

from tidings_client.connection import AGAIN, DONE, Connection
from tidings_client.errors import NotConnectedError


class Peer:
    """The server's end: what it got, and its sockets."""

    def __init__(self) -> None:
        self.port = 0
        self.got: asyncio.Queue[str | bytes] = asyncio.Queue()
        self.sockets: asyncio.Queue[ServerConnection] = asyncio.Queue()

    async def serve(self, socket: ServerConnection) -> None:
        self.sockets.put_nowait(socket)
        async for text in socket:
            self.got.put_nowait(text)

    async def connect(self, taken: list[str | bytes]) -> tuple[Connection, ServerConnection]:
        connection = await Connection.open(f"ws://127.0.0.1:{self.port}", taken.append)
        return connection, await self.sockets.get()


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    peer = Peer()
    async with serve(peer.serve, "127.0.0.1", 0, close_timeout=1) as server:
        peer.port = next(iter(server.sockets)).getsockname()[1]
        yield peer


async def test_frames_go_out_in_order(peer: Peer) -> None:
    connection, _ = await peer.connect([])
    for text in "abc":
        connection.post(text)
    assert [await peer.got.get() for _ in range(3)] == list("abc")
    await connection.close()


async def test_frames_come_in_until_the_server_closes_and_its_reason_is_kept(peer: Peer) -> None:
    taken: list[str | bytes] = []
    connection, end = await peer.connect(taken)
    await end.send("one")
    await end.close(1012, "restart")
    assert await connection.gone == "the server closed the connection: restart (1012)"
    assert taken == ["one"]
    connection.post("into the void")
    await connection.close()


async def test_broken_connection_is_gone(peer: Peer) -> None:
    connection, end = await peer.connect([])
    end.transport.abort()
    assert await connection.gone == "the connection broke"
    await connection.close()


@pytest.mark.parametrize(("is_dropped", "code"), [(True, AGAIN), (False, DONE)])
async def test_close_code_says_whether_the_client_comes_back(peer: Peer, *, is_dropped: bool, code: int) -> None:
    connection, end = await peer.connect([])
    if is_dropped:
        connection.drop(AGAIN, "why not")
        assert connection.gone.result() == "why not"
    await connection.close()
    await end.wait_closed()
    assert end.close_code == code


async def test_address_where_nobody_listens_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NotConnectedError, match=rf"cannot connect to ws://127.0.0.1:{port}: .*is the server running"):
        await Connection.open(f"ws://127.0.0.1:{port}/info?usersig=secret", print)
