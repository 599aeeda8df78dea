"""The bare ceiling: a picows echo plus SQLite group commit, and nothing a product needs.

It takes the frames and calls that the load makes, stores each message with a synced commit shared
by all that came meanwhile, then answers and delivers. It checks no signature, no right and no
repeat, keeps no conversation state, and can read nothing back. What Tidings costs beyond it is
the price of being a chat server.    python bench/ceiling.py FOLDER
"""

import asyncio
import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from struct import Struct
from typing import Any, cast

import apsw
import httptools
import msgspec
import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

SMALL, MEDIUM = 126, 1 << 16
_MEDIUM_HEAD = Struct(">BBH").pack
Done = Callable[[], None]


class Head(msgspec.Struct, gc=False):
    """What the ceiling looks at in a frame's head."""

    servcmd: str
    seq: int
    identifier: str = ""


class Frame(msgspec.Struct, gc=False):
    """A frame with its body left raw."""

    head: Head
    body: msgspec.Raw


class Send(msgspec.Struct, gc=False):
    """A message on its way."""

    To_Account: str
    MsgBody: msgspec.Raw
    From_Account: str = "administrator"


decode_frame = msgspec.json.Decoder(Frame).decode
decode_send = msgspec.json.Decoder(Send).decode


class GroupCommit:
    """A writer thread; whatever came while it committed is the next group."""

    def __init__(self, path: Path) -> None:
        """Open the database; call with a running loop."""
        self._loop = asyncio.get_running_loop()
        self._queued: list[tuple[str, str, bytes, Done]] = []
        self._is_busy = False
        self._work: SimpleQueue[list[tuple[str, str, bytes, Done]]] = SimpleQueue()
        self._connection = apsw.Connection(str(path))
        for sql in (
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA wal_autocheckpoint = 16384",
            "CREATE TABLE messages (id INTEGER PRIMARY KEY, sender TEXT, receiver TEXT, body BLOB)",
        ):
            self._connection.execute(sql).fetchall()
        threading.Thread(target=self._run, daemon=True).start()

    def add(self, sender: str, receiver: str, body: bytes, done: Done) -> None:
        """Store a message with the next commit, then call back."""
        if not self._queued and not self._is_busy:
            self._loop.call_soon(self._start)
        self._queued.append((sender, receiver, body, done))

    def _start(self) -> None:
        if self._queued and not self._is_busy:
            self._is_busy = True
            self._work.put(self._queued)
            self._queued = []

    def _run(self) -> None:
        cursor = self._connection.cursor()
        insert = "INSERT INTO messages (sender, receiver, body) VALUES (?, ?, ?)"
        while True:
            group = self._work.get()
            cursor.execute("BEGIN IMMEDIATE")
            cursor.executemany(insert, [work[:3] for work in group])
            cursor.execute("COMMIT")
            self._loop.call_soon_threadsafe(self._finish, group)

    def _finish(self, group: list[tuple[str, str, bytes, Done]]) -> None:
        self._is_busy = False
        self._start()
        for *_, done in group:
            done()
        flush_all()


class Socket(WSListener):
    """One connection; its frames of one loop turn leave in one write."""

    def __init__(self) -> None:
        """Begin without a user."""
        super().__init__()
        self._user = ""
        self._out: list[bytes] = []

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Keep the transport; called by picows."""
        self._transport = transport

    def on_ws_disconnected(self, transport: WSTransport) -> None:  # noqa: ARG002 - picows gives it
        """Forget the user; called by picows."""
        if online.get(self._user) is self:
            del online[self._user]

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:  # noqa: ARG002 - picows gives it
        """Take one frame; called by picows."""
        if frame.msg_type != WSMsgType.TEXT:
            return
        request = decode_frame(frame.get_payload_as_memoryview())
        if request.head.servcmd == "openim.sendmsg":
            send = decode_send(request.body)
            body, seq = bytes(send.MsgBody), request.head.seq
            store.add(self._user, send.To_Account, body, lambda: self._stored(send.To_Account, body, seq))
        elif request.head.servcmd == "im_open_status.wslogin":
            self._user = request.head.identifier
            online[self._user] = self
            self.put(to_answer("im_open_status.wslogin", request.head.seq, b',"A2Key":"a","TinyId":"1","InstId":1'))
            flush_all()

    def put(self, payload: bytes) -> None:
        """Queue a frame."""
        size = len(payload)
        head = bytes((0x81, size)) if size < SMALL else _MEDIUM_HEAD(0x81, 126, size)
        if not self._out:
            dirty.append(self)
        self._out.append(head + payload)

    def flush(self) -> None:
        """Write what is queued."""
        self._transport.underlying_transport.write(b"".join(self._out))
        self._out.clear()

    def _stored(self, receiver: str, body: bytes, seq: int) -> None:
        self.put(to_answer("openim.sendmsg", seq, b',"MsgTime":1'))
        deliver(self._user, receiver, body)


class Http(asyncio.Protocol):
    """One REST connection: calls one after the other."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; called by the event loop."""
        self._transport = cast("asyncio.Transport", transport)
        self._parser = httptools.HttpRequestParser(self)
        self._body = b""

    def data_received(self, data: bytes) -> None:
        """Parse; called by the event loop."""
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        """Collect; called by the parser."""
        self._body += body

    def on_message_complete(self) -> None:
        """Store a message, or say OK to whatever else it is; called by the parser."""
        body, self._body = self._body, b""
        if b'"MsgBody"' not in body:
            return self._answer()
        send = decode_send(body)
        return store.add(send.From_Account, send.To_Account, bytes(send.MsgBody), self._answer)

    def _answer(self) -> None:
        text = b'{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgTime":1}'
        self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(text), text))


def to_answer(command: str, seq: int, more: bytes) -> bytes:
    """Return an answer's frame payload."""
    return b'{"head":{"servcmd":"%s","seq":%d},"body":{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0%s}}' % (
        command.encode(),
        seq,
        more,
    )


def deliver(sender: str, receiver: str, body: bytes) -> None:
    """Queue a push for the receiver."""
    if (socket := online.get(receiver)) is not None:
        socket.put(
            b'{"head":{"servcmd":"im_open_push.msg_push","seq":0},"body":{"EventArray":[{"Event":9,"C2cMsgArray":'
            b'[{"From_Account":"%s","To_Account":"%s","MsgBody":%s}]}]}}' % (sender.encode(), receiver.encode(), body)
        )


def flush_all() -> None:
    """Write once to every socket that has something queued."""
    for socket in dirty:
        socket.flush()
    dirty.clear()


def say_ready(gateway_port: int, rest_port: int) -> None:
    """Print the line of facts that the emulator prints too."""
    facts: dict[str, Any] = {
        "rest": f"http://127.0.0.1:{rest_port}",
        "gateway": f"ws://127.0.0.1:{gateway_port}",
        "sdkappid": 1,
        "key": "none",
        "admin": "administrator",
        "admin_usersig": "none",
        "users": {},
    }
    print(json.dumps(facts), flush=True)


async def serve() -> None:
    """Serve until the process is ended."""
    loop = asyncio.get_running_loop()
    gateway = await ws_create_server(accept, "127.0.0.1", 0, backlog=4096, read_buffer_init_size=2048)
    rest = await loop.create_server(Http, "127.0.0.1", 0)
    say_ready(gateway.sockets[0].getsockname()[1], rest.sockets[0].getsockname()[1])
    await gateway.serve_forever()


def accept(_request: WSUpgradeRequest) -> Socket:
    """Make the listener of a new connection."""
    return Socket()


async def main(folder: Path) -> None:
    """Open the store in a folder, then serve."""
    global store  # noqa: PLW0603 - one process, one store
    store = GroupCommit(folder / "ceiling.db")
    await serve()


store: GroupCommit
online: dict[str, Socket] = {}
dirty: list[Socket] = []

if __name__ == "__main__":
    data = Path(sys.argv[1])
    data.mkdir(parents=True, exist_ok=True)
    uvloop.run(main(data))
