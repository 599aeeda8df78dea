"""The command table: every command of both doors, registered once, looked up by both."""

import inspect
import re
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar, get_type_hints

import msgspec

from tidings.command.call import Call
from tidings.domain.callbacks import Caller, hear
from tidings.errors import Fault, TidingsError
from tidings.ids import UserId
from tidings.wire.envelope import Request, Response

Handler = Callable[[Call, Any], Coroutine[Any, Any, Response]]
H = TypeVar("H", bound=Callable[..., Coroutine[Any, Any, Response]])

DEPTH_REFUSED = "it is nested too deeply"
_PATH = re.compile(r"`\$\.?([^`]*)`")
_MISSING = re.compile(r"missing required field `(\w+)`")


class Door(Enum):
    """How a command comes in."""

    REST = "rest"
    SOCKET = "socket"


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its types, its handler, and how a body that does not fit is refused.

    `is_open`: may be called without a login. `rate`: calls a second for each app by REST, None for
    the app's own setting.
    """

    name: str
    door: Door
    request: type[Request]
    response: type[Response]
    handler: Handler
    decode: Callable[[bytes | memoryview], Request]
    bad_request: Fault
    bad_fields: Mapping[str, Fault]
    is_open: bool
    rate: int | None

    def read(self, body: bytes | memoryview) -> Request:
        """Decode a body; raises the fault that the catalogue gives for what is wrong with it."""
        try:
            return self.decode(body)
        except msgspec.ValidationError as error:
            raise self._refusal(str(error)) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self.bad_request(detail=f"the body is not valid JSON: {error}") from error
        except RecursionError as error:
            raise self.bad_request(detail=DEPTH_REFUSED) from error

    def run(self, call: Call, request: Request) -> Coroutine[Any, Any, Response]:
        """Return the command under way; what it does is heard by whom the app wants to hear it."""
        under_way = self.handler(call, request)
        if not call.app.settings.callback_url:
            return under_way
        listener = call.rules.listeners.of(call.app, self._caller(call, request))
        return under_way if listener is None else hear(listener, under_way)

    def _caller(self, call: Call, request: Request) -> Caller:
        user_id = UserId(call.user_id) if call.caller is None else call.caller.user_id
        if self.door is Door.REST:
            forbidden = tuple(getattr(request, "forbid_callbacks", ()))
            return Caller(user_id, self.name, call.address, None, is_admin=True, forbidden=forbidden)
        # Clients forbid nothing: they would get by what judges them.
        line = call.line
        address, platform = ("", None) if line is None else (line.address, line.device.platform)
        return Caller(user_id, self.name, address, platform, is_admin=False)

    def _refusal(self, text: str) -> TidingsError:
        path = _PATH.search(text.rpartition(" at ")[2]) if " at " in text else None
        missing = _MISSING.search(text)
        steps = re.findall(r"\w+", path[1]) if path else []
        name = steps[0] if steps else missing[1] if missing else ""
        return self.bad_fields.get(name, self.bad_request)(detail=text)


# Clients call the second service for groups whose ID is a community's (web-sdk-wire.md, section 6);
# app servers may call the commands for attributes by either (spec/rest/group_open_attr_http_svc.yaml), and so
# those for topics (spec/rest/million_group_open_http_svc.yaml).
SECOND_SERVICES = (
    (Door.SOCKET, "group_open_http_svc", "million_group_open_http_svc", ""),
    (Door.REST, "group_open_http_svc", "group_open_attr_http_svc", "_group_attr"),
    (Door.REST, "group_open_attr_http_svc", "group_open_http_svc", "_group_attr"),
    (Door.REST, "million_group_open_http_svc", "group_open_http_svc", "_topic"),
    (Door.REST, "group_open_http_svc", "million_group_open_http_svc", "_topic"),
)

COMMANDS: dict[tuple[Door, str], Command] = {}


def command(
    name: str,
    door: Door,
    bad_request: Fault,
    *,
    bad_fields: Mapping[str, Fault] | None = None,
    is_open: bool = False,
    rate: int | None = None,
) -> Callable[[H], H]:
    """Register a handler; its types are read from its signature. A name may be taken once for each door."""

    def register(handler: H) -> H:
        if (door, name) in COMMANDS:
            raise ValueError(f"{name} is registered twice for {door.value}")
        request, response = _types(handler)
        COMMANDS[door, name] = Command(
            name,
            door,
            request,
            response,
            handler,
            msgspec.json.Decoder(request).decode,
            bad_request,
            bad_fields or {},
            is_open,
            rate,
        )
        return handler

    return register


def _types(handler: Callable[..., Any]) -> tuple[type[Request], type[Response]]:
    hints = get_type_hints(handler)
    request = hints[list(inspect.signature(handler).parameters)[1]]
    return request, hints["return"]


def of_door(door: Door, separator: str) -> dict[str, Command]:
    """Return a door's commands by their names as that door spells them; some have two."""
    own = {name: found for (at, name), found in COMMANDS.items() if at is door}
    named = {second: found for name, found in own.items() for second in _second_names(door, name)} | own
    return {name.replace("/", separator): found for name, found in named.items()}


def _second_names(door: Door, name: str) -> Iterator[str]:
    service, _, rest = name.partition("/")
    for at, first, second, ending in SECOND_SERVICES:
        if at is door and service == first and rest.endswith(ending):
            yield f"{second}/{rest}"
