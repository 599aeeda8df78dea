"""A gateway that does what a test says: keeps a log, answers, pushes, drops its sockets."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from sdks.python.tests.support.stepped import NOW

Json = dict[str, Any]
PUSH = "im_open_push.msg_push"
PATIENCE_S = 20
TINY_IDS = {"alice": "1001", "bob": "1002"}


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; `raw` is its body's own text."""

    servcmd: str
    head: Json
    body: Json
    socket: ServerConnection


@dataclass(frozen=True)
class Refusal(Exception):  # noqa: N818 - no error of the test
    """Raised by a script to refuse a request."""

    code: int
    info: str = "as the test says"
    kick_type: int | None = None


class Silence(Exception):  # noqa: N818 - no error: the script just says nothing
    """Raised by a script to leave a request without an answer."""


Script = Callable[[Asked], Json]


class ScriptedServer:
    """What it was asked, what it answers, and the log that getmsg reads."""

    def __init__(self) -> None:
        self.port = 0
        self.asked: list[Asked] = []
        self.queries: list[dict[str, str]] = []
        self.scripts: dict[str, Script] = {}
        self.log: list[Json] = []
        self.log_start = 0
        self.page_size = 100
        self.hello_interval = 120
        self.close_codes: list[int] = []
        self.sockets: list[ServerConnection] = []
        self._news = asyncio.Condition()

    @property
    def url(self) -> str:
        """The gateway's address."""
        return f"ws://127.0.0.1:{self.port}"

    async def serve_socket(self, socket: ServerConnection) -> None:
        """Answer whatever comes over a socket."""
        assert socket.request is not None
        found = parse_qs(urlsplit(socket.request.path).query)
        self.queries.append({name: values[0] for name, values in found.items()})
        self.sockets.append(socket)
        try:
            while True:
                await self._answer(socket, json.loads(await socket.recv()))
        except ConnectionClosed:
            self.sockets.remove(socket)
            async with self._news:
                self.close_codes.append(socket.close_code or 0)
                self._news.notify_all()

    async def asked_for(self, servcmd: str, count: int = 1) -> Asked:
        """Wait until a command was asked for so often, and return that request."""
        await self.until(lambda: len(self.all_of(servcmd)) >= count)
        return self.all_of(servcmd)[count - 1]

    def all_of(self, servcmd: str) -> list[Asked]:
        """Return all requests for a command."""
        return [each for each in self.asked if each.servcmd == servcmd]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something to be so; looked at after each request and each lost socket."""
        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(condition)

    def refuse(self, servcmd: str, code: int, kick_type: int | None = None, *, times: int = 1_000_000) -> None:
        """Refuse a command from now on, or only so many times."""
        left = [times]

        def script(_asked: Asked) -> Json:
            left[0] -= 1
            if left[0] == 0:
                self.scripts.pop(servcmd)
            raise Refusal(code, kick_type=kick_type)

        self.scripts[servcmd] = script

    def say_nothing_to(self, servcmd: str) -> None:
        """Leave a command without an answer from now on."""

        def script(_asked: Asked) -> Json:
            raise Silence

        self.scripts[servcmd] = script

    async def push(self, *events: Json, servcmd: str = PUSH, **more: object) -> None:
        """Push events to every socket."""
        await self.push_body({"EventArray": list(events), **more}, servcmd)

    async def push_body(self, body: Json, servcmd: str = PUSH) -> None:
        """Push a body to every socket."""
        frame = json.dumps({"head": {"servcmd": servcmd, "seq": 1}, "body": body})
        for socket in list(self.sockets):
            await socket.send(frame)

    def drop(self) -> None:
        """Break every socket without a word."""
        for socket in self.sockets:
            socket.transport.abort()

    async def _answer(self, socket: ServerConnection, frame: Json) -> None:
        asked = Asked(frame["head"]["servcmd"], frame["head"], frame["body"], socket)
        self.asked.append(asked)
        async with self._news:
            self._news.notify_all()
        try:
            body = {"ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": "", **self._script(asked)(asked)}
        except Silence:
            return
        except Refusal as refusal:
            body = {"ActionStatus": "FAIL", "ErrorCode": refusal.code, "ErrorInfo": refusal.info}
            if refusal.kick_type is not None:
                body["KickType"] = refusal.kick_type
        head = {"servcmd": asked.servcmd, "seq": asked.head["seq"]}
        await socket.send(json.dumps({"head": head, "body": body}))

    def _script(self, asked: Asked) -> Script:
        usual: dict[str, Script] = {
            "im_open_status.wslogin": self.log_in,
            "openim.getmsg": self.sync,
            "openim.sendmsg": accept_message,
        }
        return self.scripts.get(asked.servcmd) or usual.get(asked.servcmd) or (lambda _asked: {})

    def log_in(self, asked: Asked) -> Json:
        """Let everybody in; a ticket is kept, a UserSig gets a new one."""
        count = len(self.all_of("im_open_status.wslogin"))
        return {
            "A2Key": asked.head.get("a2", f"ticket-{count}"),
            "TinyId": TINY_IDS["alice"],
            "InstId": 77,
            "HelloInterval": self.hello_interval,
            "TimeStamp": int(NOW),
            "CustomStatus": "",
        }

    def sync(self, asked: Asked) -> Json:
        """Answer from the log, a page at a time."""
        newest = max((entry["Position"] for entry in self.log), default=0)
        cookie = asked.body["Cookie"]
        after = int(cookie) if cookie else newest
        page = [entry for entry in self.log if entry["Position"] > after][: self.page_size]
        reached = page[-1]["Position"] if page else after
        messages = [message for entry in page for message in entry.get("C2cMsgArray", ())]
        answer = {
            "SyncFlag": 2 if reached == newest or not page else 1,
            "Cookie": str(reached),
            "MsgList": messages,
            "EventArray": [entry for entry in page if "C2cMsgArray" not in entry],
            "C2CPairUnreadCount": [],
        }
        return answer | ({"Gap": 1} if after < self.log_start else {})


def accept_message(asked: Asked) -> Json:
    """Answer a send as a server does."""
    time = int(NOW)
    return {"MsgTime": time, "MsgKey": f"{asked.body['MsgSeq']}_{asked.body['MsgRandom']}_{time}"}


def message(position: int, text: str = "hi", **changes: object) -> Json:
    """Return a message of bob to alice; position 0: one that is kept nowhere."""
    found: Json = {
        "From_Account": "bob",
        "To_Account": "alice",
        "MsgSeq": 500 + position,
        "MsgRandom": 9000 + position,
        "MsgTimeStamp": int(NOW),
        "MsgClientTime": int(NOW) - 1,
        "MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": text}}],
        "CloudCustomData": "",
        "TinyId": TINY_IDS["bob"],
        "MsgKey": f"{500 + position}_{9000 + position}_{int(NOW)}",
    }
    return found | ({"Position": position} if position else {"MsgLifeTime": 0}) | changes


def arrival(position: int, text: str = "hi", **changes: object) -> Json:
    """Return the event of a message that arrived."""
    event: Json = {"Event": 9, "C2cMsgArray": [message(position, text, **changes)]}
    return event | ({"Position": position} if position else {})


def read_by_peer(position: int, time: int) -> Json:
    """Return the event that bob has read."""
    receipt = {"To_Account": "bob", "UinPairReadArray": [{"LastReadTime": time}]}
    return {"Event": 10, "Position": position, "C2cNotifyMsgArray": [{"C2cReadedReceipt": receipt}]}


def kick(kind: int) -> Json:
    """Return the event that ends a login."""
    return {"Event": 10, "C2cNotifyMsgArray": [{"KickoutMsgNotify": {"KickType": kind}}]}


@asynccontextmanager
async def scripted_server(port: int = 0) -> AsyncIterator[ScriptedServer]:
    """Run a server until the test is done."""
    scripted = ScriptedServer()
    async with serve(scripted.serve_socket, "127.0.0.1", port, ping_interval=None, close_timeout=1) as server:
        scripted.port = next(iter(server.sockets)).getsockname()[1]
        yield scripted
