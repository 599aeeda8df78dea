"""A client's end of a gateway socket, without a socket: what the server writes to it is kept."""

import json
from dataclasses import dataclass, field
from typing import cast

from picows import WSCloseCode, WSFrame, WSMsgType, WSTransport
from websockets.frames import Close, Frame, Opcode
from websockets.streams import StreamReader

from tests.support.clients import Json
from tidings.gateway.connection import Connection


def unpacked(data: bytes) -> list[Frame]:
    """Read frames as a client does; nothing may be left over."""
    reader = StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    found = []
    while reader.buffer:
        parsing = Frame.parse(reader.read_exact, mask=False)
        try:
            while True:
                next(parsing)
        except StopIteration as end:
            found.append(end.value)
    return found


@dataclass(slots=True)
class Piece:
    """One WebSocket frame as it comes in."""

    payload: bytes
    msg_type: WSMsgType = WSMsgType.TEXT
    fin: bool = True

    def get_payload_as_memoryview(self) -> memoryview:
        """Return the payload where it lies."""
        return memoryview(self.payload)

    def get_payload_as_bytes(self) -> bytes:
        """Return a copy of the payload."""
        return self.payload


@dataclass(slots=True)
class Wire:
    """The WebSocket's transport and the socket's in one; `waiting` bytes are not taken by the other side."""

    written: list[bytes] = field(default_factory=list)
    waiting: int = 0
    is_disconnected: bool = False
    is_aborted: bool = False
    farewells: list[WSCloseCode] = field(default_factory=list)

    @property
    def underlying_transport(self) -> "Wire":
        """Return the socket's part."""
        return self

    @property
    def frames(self) -> list[Frame]:
        """Return what was written."""
        return unpacked(b"".join(self.written))

    @property
    def bodies(self) -> list[tuple[str, int, Json]]:
        """Return command, number and body of every answer and push."""
        contents = [json.loads(bytes(frame.data)) for frame in self.frames if frame.opcode is not Opcode.CLOSE]
        return [(each["head"]["servcmd"], each["head"]["seq"], each["body"]) for each in contents]

    @property
    def closed(self) -> list[int]:
        """Return the codes that the server has closed with."""
        return [Close.parse(frame.data).code for frame in self.frames if frame.opcode is Opcode.CLOSE]

    def write(self, data: bytes) -> None:
        """Keep what is written."""
        self.written.append(data)

    def is_closing(self) -> bool:
        """Say whether the server has let go."""
        return self.is_disconnected or self.is_aborted

    def get_write_buffer_size(self) -> int:
        """Return what the other side has not taken."""
        return self.waiting

    def get_extra_info(self, name: str) -> tuple[str, int] | None:
        """Say where the client is."""
        return ("192.0.2.7", 50_000) if name == "peername" else None

    def abort(self) -> None:
        """Note that the socket is cut."""
        self.is_aborted = True

    def disconnect(self) -> None:
        """Note that the socket is closed."""
        self.is_disconnected = True

    def send_close(self, code: WSCloseCode) -> None:
        """Note the answer to a client's farewell."""
        self.farewells.append(code)


def plug_in(connection: Connection) -> Wire:
    """Open the connection's socket."""
    wire = Wire()
    connection.on_ws_connected(cast("WSTransport", wire))
    return wire


def say(connection: Connection, wire: Wire, *pieces: Piece) -> None:
    """Let frames come in."""
    for piece in pieces:
        connection.on_ws_frame(cast("WSTransport", wire), cast("WSFrame", piece))


def unplug(connection: Connection, wire: Wire) -> None:
    """Let the socket be closed."""
    connection.on_ws_disconnected(cast("WSTransport", wire))
