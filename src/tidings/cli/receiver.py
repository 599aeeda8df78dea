"""A small app's server for developers: prints callbacks, checks their signature, answers with a file."""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from tidings.clock import Clock
from tidings.rest.exchange import Exchange
from tidings.rest.http import HttpConnection, Reply, Request
from tidings.webhook.targets import sign

BODY_BYTES = 4_194_304
OK, FORBIDDEN, BAD_REQUEST = 200, 403, 400
JSON_HEADERS = b"content-type: application/json\r\n"
FINE = {"ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0}
LATE_S = 60
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Received:
    """One callback as it came; `fault` says what is wrong with its signature, empty: nothing."""

    query: dict[str, str]
    body: Any
    fault: str

    @property
    def command(self) -> str:
        """Return which callback it is."""
        return self.query.get("CallbackCommand", "")


class Receiver:
    """Answers callbacks; `told` is called for each."""

    def __init__(self, clock: Clock, token: str, answers: Path | None, told: Callable[[Received], None]) -> None:
        """Check signatures if there is a `token`; answer with what the file `answers` has."""
        self._clock = clock
        self._token = token
        self._answers = answers
        self._told = told
        self._loop = asyncio.get_running_loop()
        self.connections: set[HttpConnection] = set()
        self.body_bytes = BODY_BYTES

    def answer(self, request: Request, reply: Reply) -> None:
        """Tell of a callback and answer it."""
        query = dict(parse_qsl(request.query, keep_blank_values=True))
        try:
            body = json.loads(request.body or b"")
        except ValueError:
            reply(BAD_REQUEST, b"content-type: text/plain\r\n", b"a callback is a POST with a JSON body\n")
            return
        received = Received(query, body, find_fault(query, self._token, self._clock.now()))
        self._told(received)
        status = FORBIDDEN if received.fault else OK
        reply(status, JSON_HEADERS, json.dumps(self._find_answer(received.command)).encode())

    def is_streamed(self, _target: bytes) -> bool:
        """Say no: there are no files."""
        return False

    def stream(self, exchange: Exchange) -> None:
        """Do nothing: nothing is streamed."""
        raise NotImplementedError

    def monotonic(self) -> float:
        """Return the loop's time in seconds."""
        return self._loop.time()

    def _find_answer(self, command: str) -> Json:
        """Return what the file says, which is read anew each time, so that it may be changed meanwhile."""
        if self._answers is None:
            return FINE
        found: Json = json.loads(self._answers.read_text(encoding="utf-8"))
        by_command = {name: value for name, value in found.items() if "." in name}
        return {**FINE, **(by_command.get(command, {}) if by_command else found)}


def find_fault(query: dict[str, str], token: str, now: float) -> str:
    """Return what is wrong with a signature; nothing is expected without a token."""
    if not token:
        return ""
    time = query.get("RequestTime", "")
    if not time.isascii() or not time.isdigit():
        return "it is not signed"
    if not hmac.compare_digest(sign(token, int(time)), query.get("Sign", "")):
        return "Sign was made with another token"
    off = abs(now - int(time))
    return f"RequestTime is {off:.0f} s off" if off > LATE_S else ""


@asynccontextmanager
async def receiving(receiver: Receiver, host: str, port: int) -> AsyncIterator[str]:
    """Run a receiver; yields its address."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: HttpConnection(receiver), host, port)
    try:
        yield f"http://{host}:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()
        for connection in list(receiver.connections):
            connection.close()


def to_text(received: Received) -> str:
    """Return a callback as people read it."""
    values = {name: value for name, value in received.query.items() if name not in {"CallbackCommand", "contenttype"}}
    head = " ".join(f"{name}={value}" for name, value in values.items() if name not in {"Sign", "RequestTime"})
    fault = f"\n  WRONG SIGNATURE: {received.fault}" if received.fault else ""
    body = json.dumps(received.body, ensure_ascii=False, indent=2)
    return f"{received.command or 'a callback without CallbackCommand'}  {head}{fault}\n{body}"


def to_line(received: Received) -> str:
    """Return a callback as one line for programs."""
    return json.dumps({"query": received.query, "body": received.body, "fault": received.fault}, ensure_ascii=False)
