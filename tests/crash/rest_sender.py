"""An app server that sends by REST, and calls again when it got no answer."""

import asyncio
import json
from typing import cast
from urllib.parse import urlencode

from bench.frames import split_answer
from tests.crash.client import REST_RANDOMS, Crew, to_message
from tests.crash.records import Acked, Note, Sent
from tests.crash.server import Address


class RestSender(asyncio.Protocol):
    """Sends for one account, one call at a time, over one kept-alive connection."""

    def __init__(self, crew: Crew, account: str, peers: list[str]) -> None:
        """Send as `account` to `peers`."""
        self._crew, self._account, self._peers = crew, account, peers
        self._count = 0
        self._note: Note | None = None
        self._buffer = b""

    @property
    def is_idle(self) -> bool:
        """Say whether every call was answered."""
        return self._note is None

    async def connect(self, address: Address) -> None:
        """Connect and call, again if the last call was not answered; raises OSError if the server goes away."""
        query = {
            "sdkappid": address.sdk_app_id,
            "identifier": address.admin,
            "usersig": address.admin_usersig,
            "random": 1,
            "contenttype": "json",
        }
        self._head = f"POST /v4/openim/sendmsg?{urlencode(query)} HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
        self._buffer = b""
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", address.port)
        if self._note is not None:
            self._crew.resent += 1
        self._call()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport; called by the event loop."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take an answer and make the next call; called by the event loop."""
        found = split_answer(self._buffer + data)
        if found is None:
            self._buffer += data
            return
        body, self._buffer = found
        answer = json.loads(body)
        if answer["ErrorCode"]:
            self._crew.failures.append(f"REST: {answer}")
        elif self._note is not None:
            self._crew.evidence.acked.append(Acked(self._account, self._note.random, answer["MsgKey"]))
            self._note = None
        self._crew.happened()
        self._call()

    def _call(self) -> None:
        if self._transport.is_closing():
            return
        if self._note is None:
            if not self._crew.is_sending:
                return
            self._note = self._next()
        body = json.dumps({"SyncOtherMachine": 1, "From_Account": self._account, **to_message(self._note)})
        self._transport.write(f"{self._head}{len(body)}\r\n\r\n{body}".encode())
        self._crew.happened()

    def _next(self) -> Note:
        self._count += 1
        random = REST_RANDOMS + self._count
        note = Note(self._account, self._crew.chance.choice(self._peers), self._count, random, 0, f"REST {self._count}")
        self._crew.evidence.sent.append(Sent(f"{self._account}/rest", note))
        return note
