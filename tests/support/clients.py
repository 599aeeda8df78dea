"""Clients for tests: they check every answer and every push against the catalogue."""

import asyncio
import itertools
import json
import ssl
from collections import deque
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from tests.support.catalogue import REST, SOCKET, check_push, check_response

PATIENCE_S = 20.0
# Loading the machine's certificates takes longer than a whole test; nothing here is encrypted.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
LOGIN = {"State": "Online", "is_web_uniapp": 0, "InstType": 0, "CustomInfo": ""}

Json = dict[str, Any]


def text_body(text: str = "hi") -> list[Json]:
    """Return a MsgBody of one text."""
    return [{"MsgType": "TIMTextElem", "MsgContent": {"Text": text}}]


class RestClient:
    """An app's server: calls commands and checks what comes back."""

    def __init__(self, address: str, sdk_app_id: int, identifier: str, user_sig: str) -> None:
        self.address = address
        self.query: dict[str, str] = {
            "sdkappid": str(sdk_app_id),
            "identifier": identifier,
            "usersig": user_sig,
            "random": "99999999",
            "contenttype": "json",
        }

    def url(self, command: str, query: Mapping[str, str | None] | None = None) -> str:
        """Return a command's address; `query` changes parameters, None leaves one out."""
        values: dict[str, str | None] = {**self.query, **(query or {})}
        pairs = "&".join(f"{name}={quote(value, safe='*')}" for name, value in values.items() if value is not None)
        return f"http://{self.address}/v4/{command}?{pairs}"

    async def post(self, url: str, content: bytes | str, method: str = "POST") -> httpx2.Response:
        """Send a request as it is given."""
        async with httpx2.AsyncClient(timeout=PATIENCE_S, verify=NO_TLS, trust_env=False) as http:
            return await http.request(method, url, content=content)

    async def call(
        self,
        command: str,
        body: object = None,
        code: int = 0,
        *,
        raw: bytes | None = None,
        query: Mapping[str, str | None] | None = None,
    ) -> Json:
        """Call a command, expect `code`, and return the answer; `raw` is sent in place of `body`."""
        content = json.dumps({} if body is None else body).encode() if raw is None else raw
        response = await self.post(self.url(command, query), content)
        assert response.status_code == 200
        answer: Json = response.json()
        check_response(REST, command, answer)
        assert answer["ErrorCode"] == code, f"{command}: expected {code}: {answer}"
        return answer


class GatewayClient:
    """A device: one socket, its login, answers by command and number, pushes in a queue."""

    _numbers = itertools.count(1_000)

    def __init__(self, socket: ClientConnection, *, is_binary: bool) -> None:
        self.socket = socket
        self.is_binary = is_binary
        self.head: Json = {}
        self.user_id = ""
        self.user_sig = ""
        self._waiting: dict[tuple[str, int], asyncio.Future[Json]] = {}
        self._events: deque[Json] = deque()
        self._news = asyncio.Event()
        self._reader = asyncio.get_running_loop().create_task(self._read())

    @classmethod
    async def open(cls, url: str) -> "GatewayClient":
        """Open a socket that is not logged in."""
        socket = await connect(url, compression=None, ping_interval=None, max_size=None, open_timeout=PATIENCE_S)
        return cls(socket, is_binary="/binfo?" in url)

    async def login(self, user_id: str, user_sig: str) -> Json:
        """Log in by UserSig; later frames carry the ticket."""
        self.user_id, self.user_sig = user_id, user_sig
        self.head = {"identifier": user_id, "usersig": user_sig}
        return self._keep(await self.call("im_open_status.wslogin", LOGIN))

    async def resume(self, other: "GatewayClient") -> Json:
        """Log in with the ticket of another socket."""
        self.user_id, self.head = other.user_id, dict(other.head)
        return self._keep(await self.call("im_open_status.wslogin", LOGIN))

    def _keep(self, answer: Json) -> Json:
        self.head = {"a2": answer["A2Key"], "tinyid": answer["TinyId"], "status_instid": answer["InstId"]}
        return answer

    @property
    def is_open(self) -> bool:
        """Whether the socket is open on this side."""
        return self.socket.state is State.OPEN

    @property
    def ticket(self) -> str:
        """The ticket that stands for the login."""
        return str(self.head["a2"])

    async def call(self, command: str, body: object = None, code: int = 0, **head: object) -> Json:
        """Call a command, expect `code`, and return the answer's body; `head` changes head fields."""
        answer = await self.begin(command, body, **head)
        assert answer["ErrorCode"] == code, f"{command}: expected {code}: {answer}"
        return answer

    def begin(self, command: str, body: object = None, **head: object) -> asyncio.Future[Json]:
        """Send a request and return the future of its answer."""
        seq = head.get("seq", next(self._numbers))
        assert isinstance(seq, int)
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[command, seq] = answer
        own = {"ver": "v4", "platform": 7, "servcmd": command, "seq": seq, **self.head, **head}
        frame = json.dumps({"head": own, "body": {} if body is None else body})
        return asyncio.ensure_future(self._ask(frame, answer))

    async def _ask(self, frame: str, answer: asyncio.Future[Json]) -> Json:
        await self.send_raw(frame)
        async with asyncio.timeout(PATIENCE_S):
            return await answer

    async def send_raw(self, payload: str | bytes) -> None:
        """Send a payload in the socket's kind of frames."""
        raw = payload.encode() if isinstance(payload, str) else payload
        await self.socket.send(raw, text=not self.is_binary)

    async def events(self) -> list[Json]:
        """Return what was pushed and not looked at: the server's answers come behind its pushes."""
        await self.call("heartbeat.alive")
        found = list(self._events)
        self._events.clear()
        return found

    async def next_event(self) -> Json:
        """Wait for a push and return its first event."""
        async with asyncio.timeout(PATIENCE_S):
            while not self._events:
                self._news.clear()
                await self._news.wait()
        return self._events.popleft()

    async def messages(self) -> list[Json]:
        """Return the messages that were pushed; fails if anything else was."""
        events = await self.events()
        assert all(event["Event"] == 9 for event in events), events
        return [message for event in events for message in event["C2cMsgArray"]]

    async def notices(self, name: str) -> list[Json]:
        """Return the notices of that name that were pushed; other events are passed over."""
        rows = (row for event in await self.events() for row in event.get("C2cNotifyMsgArray", []))
        return [row[name] for row in rows if name in row]

    async def closed(self) -> tuple[int, str]:
        """Wait until the server has closed the socket; return code and reason."""
        async with asyncio.timeout(PATIENCE_S):
            await self.socket.wait_closed()
        return self.socket.close_code or 0, self.socket.close_reason or ""

    async def close(self) -> None:
        """Close the socket."""
        await self.socket.close()
        await self._reader

    async def send_message(self, to: str, text: str = "hi", random: int = 0, **fields: object) -> Json:
        """Send a text; `random` 0 takes a fresh number. Returns the answer's body with the request's numbers."""
        number = random or next(self._numbers)
        body = {"To_Account": to, "MsgSeq": number, "MsgRandom": number, "MsgBody": text_body(text), **fields}
        answer = await self.call("openim.sendmsg", body)
        return {**body, **answer}

    async def _read(self) -> None:
        try:
            async for payload in self.socket:
                self._take(payload)
        except ConnectionClosed:
            pass
        finally:
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(ConnectionResetError("the server closed the socket"))
            self._news.set()

    def _take(self, payload: str | bytes) -> None:
        assert isinstance(payload, bytes) == self.is_binary, "frames must come in the kind that the path asks for"
        frame = json.loads(payload)
        head, body = frame["head"], frame["body"]
        answer = self._waiting.pop((head["servcmd"], head["seq"]), None)
        try:
            if answer is None:
                check_push(body, head["servcmd"])
            else:
                check_response(SOCKET, head["servcmd"], body)
        except AssertionError as error:
            self._fail(answer, error)
            raise
        if answer is not None:
            answer.set_result(body)
            return
        self._events.extend(body.get("EventArray", [body]))
        self._news.set()

    def _fail(self, answer: asyncio.Future[Json] | None, error: AssertionError) -> None:
        waiting = [answer] if answer is not None else [each for each in self._waiting.values() if not each.done()]
        for each in waiting:
            each.set_exception(error)
