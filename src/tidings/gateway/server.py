"""The gateway: which command a frame means, who it is from, and the answer (web-sdk-wire.md)."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, cast

import msgspec

from tidings.command.call import Call, Rules
from tidings.command.drive import drive
from tidings.command.registry import Command, Door, of_door
from tidings.delivery.hub import Hub
from tidings.delivery.outbox import Postman
from tidings.domain import happenings
from tidings.domain.accounts import Account
from tidings.domain.apps import App, Apps
from tidings.domain.callbacks import Caller, hear, note, post
from tidings.domain.devices import MOBILE, Platform, Session
from tidings.domain.logins import LoginEndedError
from tidings.errors import BAD_PACKET, MESSAGE_INTERNAL, NO_SUCH_COMMAND, NOT_LOGGED_IN, TidingsError
from tidings.gateway.connection import APP_GONE, BAD_FRAME, REPLACED, SERVER_STOPS, SILENT, Connection
from tidings.ids import NO_INSTANCE, AccountNumber, InstanceId, SdkAppId, UserId, is_user_id
from tidings.settings import ServerSettings
from tidings.wire import frames
from tidings.wire.envelope import DONE, Done, Response, refuse

log = logging.getLogger(__name__)
encode = msgspec.json.Encoder().encode

WEB_SILENCE_S = 60.0
DEVICE_SILENCE_S = 400.0


class Gateway:
    """All connections of this process."""

    def __init__(self, rules: Rules, apps: Apps, hub: Hub, settings: ServerSettings, postman: Postman) -> None:
        """Answer by `rules`; who is logged in is told to `hub`."""
        self._rules = rules
        self._apps = apps
        self._hub = hub
        self.settings = settings
        self.postman = postman
        self.monotonic: Callable[[], float] = asyncio.get_running_loop().time
        self.connections: set[Connection] = set()
        self._current: dict[tuple[AccountNumber, InstanceId], Connection] = {}
        self.slow_readers = 0
        self.requests = 0
        self._commands = of_door(Door.SOCKET, ".")
        self._in_flight = 0

    @property
    def in_flight(self) -> int:
        """How many requests wait for their answer."""
        return self._in_flight

    def handle(self, connection: Connection, payload: bytes | memoryview) -> None:
        """Take a request; its answer is queued once the command has run."""
        try:
            frame = frames.decode(payload)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            connection.close(BAD_FRAME, f"not a frame of head and body: {error}")
            return
        self.requests += 1
        head = frame.head
        command = self._commands.get(head.servcmd)
        app = self._apps.find(connection.upgrade.sdk_app_id)
        if command is None:
            unknown = msgspec.structs.replace(head, servcmd=frames.escape(head.servcmd))
            self._refuse(connection, unknown, NO_SUCH_COMMAND(command=head.servcmd[:80]))
        elif app is None or not app.is_enabled:
            self._refuse_app(connection, head)
        elif self._is_own(connection, head):
            session = cast("Session", connection.session)
            call = Call(self._rules, app, connection.account, session.instance, ticket=head.a2, line=connection)
            self._start(connection, head, command, call, frame.body)
        elif command.is_open:
            call = Call(self._rules, app, None, NO_INSTANCE, head.identifier, head.usersig, head.a2, connection)
            self._start(connection, head, command, call, frame.body)
        else:
            # The payload's memory is the socket's: what runs later needs a copy.
            self._begin(connection, head, self._admitted(connection, head, command, app, bytes(frame.body)))

    def connected(self, connection: Connection) -> None:
        """Note an open socket."""
        self.connections.add(connection)

    def disconnected(self, connection: Connection) -> None:
        """Note a closed socket."""
        self.connections.discard(connection)
        self.depart(connection)

    def joined(self, connection: Connection, session: Session) -> None:
        """Note a login; a client that has come back by a new socket needs its old one no more."""
        key = (session.account, session.instance)
        older = self._current.get(key)
        self._current[key] = connection
        self._hub.add(session, connection)
        if connection.account is not None:
            self._rules.statistics.came(connection.account)
        if older is not None and older is not connection:
            older.end()
            older.close(REPLACED, "this login goes on over a newer connection")

    def left(self, connection: Connection, session: Session) -> None:
        """Note that a connection stands for its login no more."""
        key = (session.account, session.instance)
        if self._current.get(key) is connection:
            del self._current[key]
        self._hub.remove(session, connection)
        if connection.account is not None:
            self._rules.statistics.went(connection.account)

    def depart(self, connection: Connection) -> None:
        """End what a connection stands for, if anything; the account may be offline from now on."""
        session, account = connection.session, connection.account
        if session is not None and account is not None:
            connection.end()
            cause = happenings.SILENT if connection.closed_for == SILENT else happenings.CLOSED
            self._begin(connection, None, self._heard(connection, account, self._departed(session, account, cause)))

    def sweep(self) -> None:
        """Close connections that have been silent for too long, end those whose UserSig has ended."""
        monotonic, now = self.monotonic(), self._rules.clock.now()
        for connection in list(self.connections):
            session = connection.session
            silence = WEB_SILENCE_S if session is None or session.platform is Platform.WEB else DEVICE_SILENCE_S
            if monotonic - connection.last_seen > silence:
                connection.close(SILENT, f"nothing was heard for {silence:.0f} s")
            elif session is not None and now > session.ends_at:
                self.depart(connection)

    def end_app(self, sdk_app_id: SdkAppId) -> None:
        """Close every connection of an app that was deleted: its number may be given to another."""
        for connection in list(self.connections):
            if connection.upgrade.sdk_app_id == sdk_app_id:
                connection.close(APP_GONE, "the app was deleted")

    def stop(self) -> None:
        """Tell every client to come again later and close."""
        for connection in list(self.connections):
            connection.close(SERVER_STOPS, "the server restarts: connect again")

    def _is_own(self, connection: Connection, head: frames.Head) -> bool:
        """Say whether a frame is of the login that its socket stands for, and that login still holds."""
        session = connection.session
        if session is None or (head.a2 != connection.ticket and (head.a2 or head.identifier)):
            return False
        if self._rules.clock.now() <= session.ends_at:
            return True
        self.depart(connection)
        return False

    def _start(
        self, connection: Connection, head: frames.Head, command: Command, call: Call, body: msgspec.Raw | bytes
    ) -> None:
        try:
            request = command.read(memoryview(body))
        except TidingsError as error:
            self._refuse(connection, head, error)
            return
        self._begin(connection, head, command.run(call, request))

    def _begin(self, connection: Connection, head: frames.Head | None, coroutine: Any) -> None:
        self._in_flight += 1
        drive(coroutine, partial(self._finish, connection, head))

    def _finish(
        self, connection: Connection, head: frames.Head | None, value: Response | None, error: BaseException | None
    ) -> None:
        self._in_flight -= 1
        if head is None:
            if error is not None:
                log.error("after a disconnection", exc_info=error)
        elif error is None:
            connection.reply(head, DONE if type(value) is Done else encode(value))
        else:
            self._refuse(connection, head, error)

    def _refuse(self, connection: Connection, head: frames.Head, error: BaseException) -> None:
        if not isinstance(error, TidingsError):
            log.error("%s failed", head.servcmd, exc_info=error)
            error = MESSAGE_INTERNAL()
        kick_type = int(error.reason) if isinstance(error, LoginEndedError) else 0
        connection.reply(head, refuse(error.code, error.info, kick_type))

    def _refuse_app(self, connection: Connection, head: frames.Head) -> None:
        try:
            self._apps.get(connection.upgrade.sdk_app_id)
        except TidingsError as error:
            self._refuse(connection, head, error)

    async def _admitted(
        self, connection: Connection, head: frames.Head, command: Command, app: App, body: bytes
    ) -> Response:
        """Run a command for a frame that comes before the login of its socket, or carries a UserSig."""
        if head.a2:
            login = await self._rules.logins.resume(app, head.a2)
            call = Call(self._rules, app, login.account, login.session.instance, line=connection)
        elif head.identifier and head.usersig:
            if not is_user_id(head.identifier):
                raise BAD_PACKET(detail=f"identifier {head.identifier[:64]!r} is not 1 to 32 printable ASCII bytes")
            user_id = UserId(head.identifier)
            await self._rules.identities.check(app.sdk_app_id, user_id, head.usersig)
            account = await self._rules.accounts.ensure(app.sdk_app_id, user_id)
            call = Call(self._rules, app, account, NO_INSTANCE, line=connection)
        else:
            raise NOT_LOGGED_IN()
        return await command.run(call, command.read(body))

    def _heard(
        self, connection: Connection, account: Account, under_way: Coroutine[Any, Any, Response]
    ) -> Coroutine[Any, Any, Response]:
        """Let the app's server hear of what no command does."""
        app = self._apps.find(connection.upgrade.sdk_app_id)
        if app is None or not app.settings.callback_url:
            return under_way
        platform = connection.device.platform
        caller = Caller(account.user_id, "", connection.address, platform, is_admin=False)
        listener = self._rules.listeners.of(app, caller)
        return under_way if listener is None else hear(listener, under_way)

    async def _departed(self, session: Session, account: Account, cause: str) -> Response:
        is_kept = session.platform in MOBILE
        (note if is_kept else post)(happenings.StatusChanged, account, cause)
        if is_kept:
            await self._rules.logins.leave(session)
            self._rules.presences.went_away(account, session)
        await self._rules.presences.announce(account)
        return Done()
