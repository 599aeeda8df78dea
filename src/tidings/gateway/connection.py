"""One socket of a client: frames in, frames out, and the login it stands for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport

from tidings.delivery.hub import encode, kept_push
from tidings.delivery.outbox import Outbox
from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.devices import Session
from tidings.domain.events import KeptEvent
from tidings.domain.logins import Device, Login
from tidings.gateway.upgrade import Upgrade
from tidings.ids import Position
from tidings.wire import frames

if TYPE_CHECKING:
    from tidings.gateway.server import Gateway

_DATA = (WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.CONTINUATION)
TOO_BIG, SERVER_STOPS, BAD_FRAME, SILENT, REPLACED, APP_GONE = 1009, 1012, 4002, 4004, 4005, 4006


class Connection(WSListener):
    """A socket; logged in once `session` is set. Lives on the event loop only."""

    __slots__ = (
        "_address",
        "_follow_ups",
        "_gateway",
        "_outbox",
        "_parts",
        "_transport",
        "account",
        "app",
        "closed_for",
        "last_seen",
        "session",
        "ticket",
        "upgrade",
    )

    def __init__(self, gateway: "Gateway", upgrade: Upgrade) -> None:
        """Belong to `gateway`; `upgrade` is how the client introduced itself."""
        self._gateway = gateway
        self.upgrade = upgrade
        self._outbox: Outbox | None = None
        self._transport: WSTransport | None = None
        self._address = ""
        self.closed_for = 0
        self._parts: bytearray | None = None
        self._follow_ups: list[bytes] = []
        self.app: App | None = None
        self.account: Account | None = None
        self.session: Session | None = None
        self.ticket = ""
        self.last_seen = gateway.monotonic()

    @property
    def opcode(self) -> int:
        """The kind of frames this client takes."""
        return self.upgrade.opcode

    @property
    def device(self) -> Device:
        """What the client said of its device."""
        return self.upgrade.device

    @property
    def base(self) -> str:
        """How this client can reach the server by HTTP: scheme, host and port."""
        settings = self._gateway.settings
        scheme = "https" if settings.tls_cert else "http"
        return settings.public_url or f"{scheme}://{self.upgrade.host or f'{settings.host}:{settings.port}'}"

    @property
    def address(self) -> str:
        """The client's IP address."""
        return self._address

    @property
    def login(self) -> Session | None:
        """The login it stands for."""
        return self.session

    def begin(self, app: App, login: Login) -> None:
        """Stand for a login from now on, in place of any other.

        A socket that has closed meanwhile leaves again at once: it must not count as online.
        """
        if self.session is not None and self.session.instance == login.session.instance:
            self.end()
        self._gateway.depart(self)
        self.app, self.account, self.session, self.ticket = app, login.account, login.session, login.ticket
        if self._transport is None:
            self._gateway.depart(self)
        else:
            self._gateway.joined(self, login.session)

    def end(self) -> None:
        """Stand for no login any more; the socket stays open."""
        if self.session is not None:
            self._gateway.left(self, self.session)
        self.account, self.session, self.ticket = None, None, ""

    def put(self, frame: bytes) -> None:
        """Queue a frame."""
        if self._outbox is not None:
            self._outbox.put(frame)

    def reply(self, head: frames.Head, body: bytes) -> None:
        """Queue the answer to a request."""
        if self._outbox is not None:
            self._outbox.put(frames.pack(self.upgrade.opcode, frames.answer(head.servcmd, head.seq, body)))
            while self._follow_ups:
                self._outbox.put(self._follow_ups.pop(0))

    def follow_up(self, missed: Sequence[tuple[Position, KeptEvent]]) -> None:
        """Push these events behind the answer to the running call."""
        pushes = (frames.push(encode(kept_push(event, position))) for position, event in missed)
        self._follow_ups = [frames.pack(self.upgrade.opcode, push) for push in pushes]

    def dismiss(self, farewell: bytes) -> None:
        """Tell the client that its login is over; its ticket is worthless, its socket stays open."""
        self.put(farewell)
        self.end()

    def close(self, code: int, reason: str) -> None:
        """Close the socket with a reason that the client is told."""
        self.closed_for = code
        if self._transport is not None and self._outbox is not None:
            self._outbox.put(frames.close(code, reason))
            self._outbox.flush()
            self._transport.disconnect()

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Take the open socket."""
        self._transport = transport
        peer = transport.underlying_transport.get_extra_info("peername")
        self._address = str(peer[0]) if peer else ""
        self._outbox = Outbox(
            transport.underlying_transport, self._gateway.postman, self._gateway.settings.outbox_bytes, self._cut_off
        )
        self._gateway.connected(self)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """Take a frame; a message may come in several."""
        self.last_seen = self._gateway.monotonic()
        kind = frame.msg_type
        if kind is WSMsgType.CLOSE:
            transport.send_close(WSCloseCode.OK)
            transport.disconnect()
        elif kind in _DATA:
            if frame.fin and self._parts is None:
                self._gateway.handle(self, frame.get_payload_as_memoryview())
            else:
                self._collect(frame)

    def on_ws_disconnected(self, transport: WSTransport) -> None:  # noqa: ARG002 - the listener's signature
        """Let go of the socket; the login outlives it."""
        self._outbox = self._transport = None
        self._gateway.disconnected(self)

    def _collect(self, frame: WSFrame) -> None:
        parts = self._parts if self._parts is not None else bytearray()
        parts += frame.get_payload_as_bytes()
        limit = self._gateway.settings.frame_bytes
        if len(parts) > limit:
            self.close(TOO_BIG, f"a message may have {limit} bytes")
        elif frame.fin:
            self._parts = None
            self._gateway.handle(self, bytes(parts))
        else:
            self._parts = parts

    def _cut_off(self) -> None:
        """Let a reader go that does not keep up; it loses nothing, it can ask again."""
        if self._transport is not None:
            self._gateway.slow_readers += 1
            self._transport.underlying_transport.abort()
