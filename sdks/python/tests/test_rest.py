import asyncio
import json
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.usersigs import members_of
from tidings_client.errors import NotConnectedError, TidingsError
from tidings_client.rest import SIGNED_FOR_S, RestCaller, Signer
from tidings_client.usersig import make_usersig

OK = b'{"ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": ""}'
COMMAND = "im_open_login_svc/kick"


class Door:
    """An HTTP server that gives its answers in turn; b"" closes the connection instead."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: list[tuple[int, bytes]] = []
        self.asked: list[tuple[str, dict[str, str], bytes]] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._answer(reader, writer):
                pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:
            return False
        size = next(int(line[15:]) for line in head.splitlines() if line.lower().startswith("content-length:"))
        body = await reader.readexactly(size)
        parts = urlsplit(head.split()[1])
        self.asked.append((parts.path, {name: each[0] for name, each in parse_qs(parts.query).items()}, body))
        status, content = self.answers.pop(0)
        if content:
            writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content)
        return bool(content)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door()
    server = await asyncio.start_server(door.serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    door.url = f"http://{host}:{port}"
    async with server:
        yield door


@pytest.fixture
async def caller(door: Door) -> AsyncIterator[RestCaller]:
    caller = RestCaller(door.url, 1400000001, "boss", "key")
    yield caller
    await caller.close()


async def test_call_says_who_calls_in_the_query(caller: RestCaller, door: Door) -> None:
    door.answers = [(200, OK), (200, OK)]
    assert await caller.call(COMMAND, b'{"UserID":"bob"}') == OK
    await caller.call(COMMAND, b"{}")
    (path, query, body), (_, again, _) = door.asked
    assert (path, body) == ("/v4/im_open_login_svc/kick", b'{"UserID":"bob"}')
    assert (query["sdkappid"], query["identifier"], query["contenttype"]) == ("1400000001", "boss", "json")
    assert members_of(query["usersig"])["TLS.identifier"] == "boss"
    assert query["usersig"] == again["usersig"]
    assert query["random"] != again["random"]


async def test_refusal_is_raised_with_its_code(caller: RestCaller, door: Door) -> None:
    door.answers = [(200, b'{"ActionStatus": "FAIL", "ErrorCode": 70107, "ErrorInfo": "no such account"}')]
    with pytest.raises(TidingsError, match="no such account") as caught:
        await caller.call(COMMAND, b"{}")
    assert caught.value.code == 70107


@pytest.mark.parametrize("code", [70001, 70052])
async def test_void_usersig_is_made_anew_once(caller: RestCaller, door: Door, code: int) -> None:
    void = json.dumps({"ErrorCode": code, "ErrorInfo": "void"}).encode()
    door.answers = [(200, void), (200, OK), (200, void), (200, void)]
    assert await caller.call(COMMAND, b"{}") == OK
    with pytest.raises(TidingsError, match="void"):
        await caller.call(COMMAND, b"{}")


async def test_connection_that_the_server_was_closing_is_tried_once_more(caller: RestCaller, door: Door) -> None:
    door.answers = [(0, b""), (200, OK)]
    assert await caller.call(COMMAND, b'{"UserID":"bob"}') == OK
    assert [body for _, _, body in door.asked] == [b'{"UserID":"bob"}'] * 2


@pytest.mark.parametrize(
    ("status", "content", "sentence"), [(502, b"bad gateway", "HTTP 502"), (200, b"<html>", "is not JSON")]
)
async def test_answer_of_some_other_server_is_said_to_be_one(
    caller: RestCaller, door: Door, status: int, content: bytes, sentence: str
) -> None:
    door.answers = [(status, content)]
    with pytest.raises(NotConnectedError, match=sentence):
        await caller.call(COMMAND, b"{}")


def test_key_makes_usersigs_that_are_renewed_in_the_middle_of_their_life() -> None:
    now = [1_760_000_000.0]
    signer = Signer(1400000001, "boss", "key", lambda: now[0])
    first = signer.usersig()
    now[0] += SIGNED_FOR_S / 2 - 1
    assert signer.usersig() == first
    now[0] += 1
    assert members_of(signer.usersig())["TLS.time"] == int(now[0])


def test_usersig_is_used_as_it_is() -> None:
    usersig = make_usersig(1400000001, "key", "boss")
    signer = Signer(1400000001, "boss", usersig)
    assert not signer.can_renew
    assert signer.usersig() == usersig
