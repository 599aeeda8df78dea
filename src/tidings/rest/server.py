"""The REST door: POST /v4/<service>/<command> as an app admin (spec/auth.md, section 6)."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from urllib.parse import unquote_plus

import msgspec

from tidings.command.call import Call, Rules
from tidings.command.drive import drive
from tidings.command.registry import Command, Door, of_door
from tidings.decimals import decimal
from tidings.domain.apps import App, Apps
from tidings.domain.rates import CallRates
from tidings.errors import (
    APP_DISABLED,
    APP_INVALID,
    APP_MISSING,
    BODY_NOT_JSON,
    HTTP_MALFORMED,
    IDENTIFIER_MISSING,
    MESSAGE_INTERNAL,
    NO_SUCH_COMMAND,
    REST_ADMIN_REQUIRED,
    USERSIG_MISSING,
    TidingsError,
)
from tidings.ids import NO_INSTANCE, UserId, is_user_id
from tidings.rest.exchange import Exchange
from tidings.rest.files import FilesDoor
from tidings.rest.http import HttpConnection, Reply, Request
from tidings.settings import ServerSettings, is_host
from tidings.wire.envelope import Response, refuse

Page = Callable[[], tuple[bytes, bytes]]

log = logging.getLogger(__name__)
encode = msgspec.json.Encoder().encode

PREFIX = "/v4/"
JSON_HEADERS = (
    b"content-type: application/json\r\n"
    b"access-control-allow-origin: *\r\n"
    b"access-control-allow-headers: X-Requested-With\r\n"
    b"access-control-allow-methods: POST\r\n"
)
OK, NOT_FOUND = 200, 404
NO_BODY = b"{}"
IDLE_S = 75.0


class RestApp:
    """Answers HTTP requests: one look-up in the command table, no router."""

    def __init__(
        self, rules: Rules, apps: Apps, settings: ServerSettings, pages: dict[str, Page], files: FilesDoor
    ) -> None:
        """Answer commands by `rules`; `pages` are served by GET, each returning its type and text."""
        self.files = files
        self._rules = rules
        self._apps = apps
        self._settings = settings
        self._pages = pages
        self._rates = CallRates()
        self._commands = of_door(Door.REST, "/")
        self._loop = asyncio.get_running_loop()
        self.connections: set[HttpConnection] = set()
        self.body_bytes = settings.body_bytes
        self.requests = 0
        self.in_flight = 0

    def monotonic(self) -> float:
        """Return the loop's time in seconds."""
        return self._loop.time()

    def answer(self, request: Request, reply: Reply) -> None:
        """Answer one HTTP request."""
        if request.path.startswith(PREFIX):
            self.requests += 1
            self.in_flight += 1
            drive(self._answer(request), partial(self._finish, request.path, reply))
        else:
            self._page(request, reply)

    def is_streamed(self, target: bytes) -> bool:
        """Say whether requests for this target are streamed: those for files are."""
        return self.files.serves(target)

    def stream(self, exchange: Exchange) -> None:
        """Begin to answer a request for a file."""
        self.files.answer(exchange)

    def sweep(self) -> None:
        """Close connections that have said nothing for too long."""
        now = self.monotonic()
        for connection in list(self.connections):
            waits = connection.is_idle or connection.is_stalled_by_client
            if waits and now - connection.last_active > IDLE_S:
                connection.close()

    def _finish(self, path: str, reply: Reply, value: Response | None, error: BaseException | None) -> None:
        self.in_flight -= 1
        if isinstance(error, TidingsError):
            body = refuse(error.code, error.info)
        elif error is not None:
            log.error("%s failed", path, exc_info=error)
            body = refuse(MESSAGE_INTERNAL.code, MESSAGE_INTERNAL().info)
        else:
            body = encode(value)
        reply(OK, JSON_HEADERS, body)

    async def _answer(self, request: Request) -> Response:
        body = self._body(request)
        if body is None:
            raise HTTP_MALFORMED(detail=f"the body is larger than {self.body_bytes} bytes")
        query = _parse(request.query)
        app = self._app(query)
        user_id = await self._admin(app, query)
        command = self._find(request.path[len(PREFIX) :])
        self._check_rate(app, command)
        if not body.lstrip().startswith(b"{"):
            raise BODY_NOT_JSON(detail="it does not begin with {")
        caller = await self._rules.accounts.ensure(app.sdk_app_id, user_id)
        call = Call(self._rules, app, caller, NO_INSTANCE, base=self._base(request.host), address=request.address)
        return await command.run(call, command.read(body))

    def _body(self, request: Request) -> bytes | None:
        """Return the body, None if it is too large; a few commands may be called by GET, without one."""
        if request.method == "POST":
            return request.body
        command = self._commands.get(request.path[len(PREFIX) :])
        if request.method != "GET" or command is None or not command.request.is_gettable:
            raise HTTP_MALFORMED(detail=f"the method is {request.method}, not POST")
        return request.body or NO_BODY

    def _base(self, host: str) -> str:
        """Return how the app server reaches this server: as set, or as it has done."""
        settings = self._settings
        scheme = "https" if settings.tls_cert else "http"
        return settings.public_url or f"{scheme}://{host if is_host(host) else f'{settings.host}:{settings.port}'}"

    def _app(self, query: dict[str, str]) -> App:
        number = query.get("sdkappid")
        if number is None:
            raise APP_MISSING()
        known = decimal(number)
        app = None if known is None else self._apps.find(known)
        if app is None:
            raise APP_INVALID(sdk_app_id=number[:32])
        if not app.is_enabled:
            raise APP_DISABLED(sdk_app_id=number)
        return app

    async def _admin(self, app: App, query: dict[str, str]) -> UserId:
        user_id = query.get("identifier", "")
        if not is_user_id(user_id):
            raise IDENTIFIER_MISSING()
        if "usersig" not in query:
            raise USERSIG_MISSING()
        await self._rules.identities.check(app.sdk_app_id, UserId(user_id), query["usersig"])
        if user_id not in app.admins:
            raise REST_ADMIN_REQUIRED(user_id=user_id)
        return UserId(user_id)

    def _find(self, name: str) -> Command:
        command = self._commands.get(name)
        if command is None:
            raise NO_SUCH_COMMAND(command=name[:80])
        return command

    def _check_rate(self, app: App, command: Command) -> None:
        if self._settings.rate_limits:
            limit = command.rate or app.settings.rest_calls
            self._rates.check(app.sdk_app_id, command.name, limit, self._rules.clock.now())

    def _page(self, request: Request, reply: Reply) -> None:
        page = self._pages.get(request.path)
        if page is None or request.method not in {"GET", "HEAD"}:
            reply(NOT_FOUND, b"content-type: text/plain\r\n", b"not found: the API is at POST /v4/\n")
            return
        kind, text = page()
        reply(OK, b"content-type: %b\r\n" % kind, text)


def _parse(query: str) -> dict[str, str]:
    """Read the query's parameters; hardly any of them is escaped, so hardly any pays for it."""
    pairs = [pair.split("=", 1) for pair in query.split("&") if "=" in pair and not pair.endswith("=")]
    return {name: unquote_plus(value) if "%" in value or "+" in value else value for name, value in pairs}
