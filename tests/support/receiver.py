"""An app's server on a real socket: writes down what it is sent, and answers as a test wants."""

import asyncio
import functools
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import yaml

from tests.support.clients import PATIENCE_S
from tests.support.source import ROOT

Json = dict[str, Any]
FINE: Json = {"ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0}


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as it came."""

    target: str
    query: dict[str, str]
    body: Json

    @property
    def command(self) -> str:
        """The callback that the query names."""
        return self.query["CallbackCommand"]


def answer(body: object, status: str = "200 OK", headers: str = "") -> bytes:
    """Return an HTTP answer."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{headers}content-length: {len(content)}\r\n\r\n"
    return head.encode() + content


@functools.cache
def _catalogue() -> dict[str, Json]:
    text = (ROOT / "spec" / "webhooks.yaml").read_text(encoding="utf-8")
    return {entry["command"]: entry for entry in yaml.safe_load(text)}


# What the catalogue advises to send beside its tables.
ADVISED = {"Member_Account", "TopicId"}


def misfits(sent: Sent) -> list[str]:
    """Return what of a request is not as the catalogue has it: its query, its members."""
    entry = _catalogue()[sent.command]
    fields = {row["name"]: row for row in entry["request_fields"] if "." not in row["name"] and "[" not in row["name"]}
    optional = {name for name, row in fields.items() if row.get("required") is False or "newer" in row.get("since", "")}
    wrong = [f"{sent.command} has {name}" for name in set(sent.body) - set(fields) - ADVISED]
    wrong += [f"{sent.command} lacks {name}" for name in set(fields) - optional - set(sent.body)]
    parameters = [name for name in sent.query if name not in {"Sign", "RequestTime"}]
    if sorted(parameters) != sorted(entry["query_parameters"]):
        wrong.append(f"{sent.command} has the query {parameters}")
    return wrong


Answering = Callable[[Sent], bytes | Awaitable[bytes]]


@dataclass(slots=True)
class Receiver:
    """What has come; `answering` says what goes back."""

    url: str = ""
    sent: list[Sent] = field(default_factory=list)
    answering: Answering = lambda _: answer(FINE)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    connections: int = 0
    wrong: list[str] = field(default_factory=list)

    def say(self, **more: object) -> None:
        """Answer every request with these members from now on."""
        self.answering = lambda _: answer({**FINE, **more})

    def of(self, command: str) -> list[Json]:
        """Return the bodies of one callback so far."""
        return [each.body for each in self.sent if each.command == command]

    async def wait(self, command: str, count: int = 1) -> list[Json]:
        """Wait until so many of one callback have come, and return their bodies."""
        async with asyncio.timeout(PATIENCE_S):
            while len(found := self.of(command)) < count:
                self.news.clear()
                await self.news.wait()
        return found

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of a connection."""
        self.connections += 1
        try:
            while (sent := await _read(reader)) is not None:
                self.sent.append(sent)
                self.wrong += misfits(sent)
                self.news.set()
                made = self.answering(sent)
                writer.write(made if isinstance(made, bytes) else await made)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Sent | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers["content-length"]))
    target = first.split(" ")[1]
    return Sent(target, dict(parse_qsl(target.partition("?")[2], keep_blank_values=True)), json.loads(body))


@asynccontextmanager
async def receiving(tls: ssl.SSLContext | None = None, *, is_checked: bool = True) -> AsyncIterator[Receiver]:
    """Run an app's server on a free port of this machine; what it is sent has to fit the catalogue."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=tls)
    receiver.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}/im"
    try:
        yield receiver
    finally:
        server.close()
    assert not receiver.wrong or not is_checked, receiver.wrong
