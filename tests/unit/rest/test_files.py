"""The door for files: what it does not take and does not wait for (the rest: tests/flow/test_files.py)."""

import tracemalloc
from collections.abc import AsyncIterator

from tests.support.files import FILE, Uploader, request
from tests.support.server import running_server
from tidings.rest.files import STATUS
from tidings.settings import ServerSettings

PIECE = bytes(64 * 1024)
PIECES = 640


async def test_large_file_is_never_in_memory_as_a_whole() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(PIECES):
            yield PIECE

    async with running_server() as site:
        offer = await Uploader(await site.login("alice")).offer("large.bin", FILE)
        tracemalloc.start()
        try:
            assert (await request("PUT", offer["upload_url"], content=pieces())).status_code == 200
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < len(PIECE) * PIECES / 3
        assert site.server.rest.files.in_flight == 0


async def test_uploads_at_once_are_bounded() -> None:
    settings = ServerSettings(port=0, store="memory", drain_seconds=0.5, uploads=1)
    async with running_server(settings=settings) as site:
        alice = Uploader(await site.login("alice"))
        first, second = await alice.offer("a"), await alice.offer("b")

        async def asks_meanwhile() -> AsyncIterator[bytes]:
            yield b"x"
            answer = await request("PUT", second["upload_url"], content=b"x")
            assert (answer.status_code, answer.json()["ErrorCode"]) == (503, 114005)
            yield b"y"

        assert (await request("PUT", first["upload_url"], content=asks_meanwhile())).status_code == 200
        assert (await request("PUT", second["upload_url"], content=b"x")).status_code == 200


def test_every_refusal_is_an_http_refusal() -> None:
    assert all(400 <= status < 600 for status in STATUS.values())
