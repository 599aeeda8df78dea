"""The REST door: POST /v4/<service>/<command> as an app admin (spec/auth.md, section 6)."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote_plus

import msgspec

from tidings.command.call import Call, Rules
from tidings.command.registry import Command, Door, of_door
from tidings.domain.apps import App, Apps
from tidings.domain.rates import CallRates
from tidings.domain.sending import NO_INSTANCE
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
from tidings.ids import UserId, is_user_id
from tidings.settings import ServerSettings
from tidings.wire.envelope import Response, refuse

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Page = Callable[[], tuple[bytes, bytes]]

log = logging.getLogger(__name__)
encode = msgspec.json.Encoder().encode

PREFIX = "/v4/"
JSON_HEADERS = [
    (b"content-type", b"application/json"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-headers", b"X-Requested-With"),
    (b"access-control-allow-methods", b"POST"),
]
OK, NOT_FOUND = 200, 404
MAX_DIGITS = 19


class RestApp:
    """An ASGI application: one look-up in the command table, no router."""

    def __init__(self, rules: Rules, apps: Apps, settings: ServerSettings, pages: dict[str, Page]) -> None:
        """Answer commands by `rules`; `pages` are served by GET, each returning its type and text."""
        self._rules = rules
        self._apps = apps
        self._settings = settings
        self._pages = pages
        self._rates = CallRates()
        self._commands = of_door(Door.REST, "/")
        self.requests = 0
        self.in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        self.in_flight += 1
        try:
            if scope["path"].startswith(PREFIX):
                await self._command(scope, receive, send)
            else:
                await self._page(scope, send)
        finally:
            self.in_flight -= 1

    async def _command(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.requests += 1
        try:
            body = await self._body(receive)
            answer = encode(await self._answer(scope, body))
        except TidingsError as error:
            answer = refuse(error.code, error.info)
        except Exception:
            log.exception("%s failed", scope["path"])
            answer = refuse(MESSAGE_INTERNAL.code, MESSAGE_INTERNAL().info)
        await _send(send, OK, JSON_HEADERS, answer)

    async def _answer(self, scope: Scope, body: bytes) -> Response:
        if scope["method"] != "POST":
            raise HTTP_MALFORMED(detail=f"the method is {scope['method']}, not POST")
        query = _parse(scope["query_string"].decode("latin-1"))
        app = self._app(query)
        user_id = await self._admin(app, query)
        command = self._find(scope["path"][len(PREFIX) :])
        self._check_rate(app, command)
        if not body.lstrip().startswith(b"{"):
            raise BODY_NOT_JSON(detail="it does not begin with {")
        caller = await self._rules.accounts.ensure(app.sdk_app_id, user_id)
        call = Call(self._rules, app, caller, NO_INSTANCE)
        return await command.handler(call, command.read(body))

    def _app(self, query: dict[str, str]) -> App:
        number = query.get("sdkappid")
        if number is None:
            raise APP_MISSING()
        app = (
            self._apps.find(int(number))
            if number.isascii() and number.isdigit() and len(number) <= MAX_DIGITS
            else None
        )
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

    async def _body(self, receive: Receive) -> bytes:
        """Read the body; refuses one over the cap before it is held in memory."""
        message = await receive()
        body: bytes = message.get("body", b"")
        parts = [body]
        size = len(body)
        while message.get("more_body"):
            message = await receive()
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self._settings.body_bytes:
                break
        if size > self._settings.body_bytes:
            raise HTTP_MALFORMED(detail=f"the body is larger than {self._settings.body_bytes} bytes")
        return body if len(parts) == 1 else b"".join(parts)

    async def _page(self, scope: Scope, send: Send) -> None:
        page = self._pages.get(scope["path"])
        if page is None or scope["method"] not in {"GET", "HEAD"}:
            await _send(send, NOT_FOUND, [(b"content-type", b"text/plain")], b"not found: the API is at POST /v4/\n")
            return
        kind, text = page()
        await _send(send, OK, [(b"content-type", kind)], text)


def _parse(query: str) -> dict[str, str]:
    """Read the query's parameters; hardly any of them is escaped, so hardly any pays for it."""
    pairs = [pair.split("=", 1) for pair in query.split("&") if "=" in pair and not pair.endswith("=")]
    return {name: unquote_plus(value) if "%" in value or "+" in value else value for name, value in pairs}


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = (b"content-length", b"%d" % len(body))
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
