"""im_open_status and heartbeat: logging in and out, presence (spec/client/im_open_status.yaml)."""

import msgspec
from msgspec import field

from tidings.command.call import Call, LoginLine
from tidings.command.registry import Door, command
from tidings.domain.callbacks import note, post
from tidings.domain.happenings import LOGGED_IN, LOGGED_OUT, StatusChanged
from tidings.domain.logins import Login
from tidings.errors import (
    ACCOUNT_NOT_FOUND,
    BAD_ACCOUNT_REQUEST,
    BAD_PACKET,
    NOT_LOGGED_IN,
    STATUS_NOT_ENABLED,
    TOO_MANY_ACCOUNTS,
    TidingsError,
)
from tidings.ids import UserId, is_user_id, to_tiny_id
from tidings.view.messages import to_custom_status
from tidings.wire.envelope import Done, Request, Response

MAX_STATUS_ACCOUNTS = 500
MAX_CUSTOM_STATUS_BYTES = 100


class Nothing(Request, frozen=True, kw_only=True):
    """A request whose members the server does not need."""


class LoginRequest(Request, frozen=True, kw_only=True):
    """Logs in, by the UserSig or by the ticket in the frame's head."""

    state: str = field(name="State", default="Online")
    instance_type: int = field(name="InstType", default=0)
    custom_info: str = field(name="CustomInfo", default="")


class LoginResponse(Response, kw_only=True):
    """The ticket and numbers that stand for the login."""

    ticket: str = field(name="A2Key")
    tiny_id: str = field(name="TinyId")
    instance: int = field(name="InstId")
    hello_interval: int = field(name="HelloInterval")
    time: int = field(name="TimeStamp")
    custom_status: str = field(name="CustomStatus")
    purchase_bits: str = field(name="PurchaseBits")


class CustomStatusRequest(Request, frozen=True, kw_only=True):
    """The text that the user shows as status; empty clears it."""

    text: str = field(name="CustomStatus", default="")


class UsersRequest(Request, frozen=True, kw_only=True):
    """Users whose status is asked for or watched."""

    to_account: list[UserId] = field(name="To_Account", default_factory=list)


class StatusItem(msgspec.Struct):
    """A user's status: 1 online, 2 push-online, 3 not logged in; the custom status in base64."""

    to_account: str = field(name="To_Account")
    status: int = field(name="Status")
    custom_status: str = field(name="CustomStatus")


class StatusFailure(msgspec.Struct):
    """A user that could not be asked for or watched."""

    to_account: str = field(name="To_Account")
    error_code: int = field(name="ErrorCode")


class StatusResponse(Response, kw_only=True):
    """Users' status."""

    items: list[StatusItem] = field(name="UserStatusList")
    failures: list[StatusFailure] = field(name="ErrorList")


class SubscribeResponse(Response, kw_only=True):
    """The users that could not be subscribed to."""

    failures: list[StatusFailure] = field(name="ErrorList")


@command("heartbeat/alive", Door.SOCKET, BAD_PACKET, is_open=True)
async def stay_alive(_call: Call, _request: Nothing) -> Done:
    """Answer a heartbeat: any frame keeps a connection, this one asks for nothing else."""
    return Done()


@command("im_open_status/wslogin", Door.SOCKET, BAD_PACKET, is_open=True)
async def log_in(call: Call, _request: LoginRequest) -> LoginResponse:
    """Log in; the connection stands for the login from here on."""
    line = _line(call)
    login = await _login(call, line)
    if login.session.left_at is not None:
        note(StatusChanged, login.account, LOGGED_IN)
        await call.rules.logins.arrive(login.session)
    elif call.ticket:
        post(StatusChanged, login.account, LOGGED_IN)
    line.begin(call.app, login)
    await call.rules.presences.announce(login.account, login.session.instance)
    settings = call.app.settings
    return LoginResponse(
        ticket=login.ticket,
        tiny_id=str(to_tiny_id(login.account.number)),
        instance=login.session.instance,
        hello_interval=settings.hello_seconds,
        time=int(call.rules.clock.now()),
        custom_status=to_custom_status(login.account.custom_status),
        purchase_bits=settings.purchase_bits,
    )


@command("im_open_status/wslogout", Door.SOCKET, BAD_PACKET, is_open=True)
async def log_out(call: Call, _request: Nothing) -> Done:
    """Log out: the ticket is worthless from here on. Without a login there is nothing to do."""
    line = _line(call)
    if call.caller is None or line.login is None:
        await _forget(call)
        return Done()
    session = line.login
    line.end()
    call.rules.groups.live.leave_all(session.instance)
    note(StatusChanged, call.caller, LOGGED_OUT)
    await call.rules.logins.close(session)
    await call.rules.presences.left(call.caller)
    return Done()


@command("im_open_status/wshello", Door.SOCKET, BAD_PACKET)
async def say_hello(_call: Call, _request: Nothing) -> Done:
    """Answer the presence heartbeat."""
    return Done()


@command("im_open_status/ws_set_custom_status", Door.SOCKET, BAD_PACKET)
async def set_custom_status(call: Call, request: CustomStatusRequest) -> Done:
    """Show a text as the caller's status."""
    size = len(request.text.encode())
    if size > MAX_CUSTOM_STATUS_BYTES:
        raise BAD_ACCOUNT_REQUEST(
            detail=f"CustomStatus has {size} bytes, at most {MAX_CUSTOM_STATUS_BYTES} are allowed"
        )
    await call.rules.presences.set_custom(call.account, request.text, call.instance)
    return Done()


@command("im_open_status/ws_get_user_status", Door.SOCKET, BAD_PACKET)
async def get_user_status(call: Call, request: UsersRequest) -> StatusResponse:
    """Return users' status; one's own needs no switch."""
    names = _checked(call, request.to_account)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, names)
    presences = await call.rules.presences.of([found[name] for name in names if name in found])
    return StatusResponse(
        items=[
            StatusItem(p.account.user_id, p.status.number, to_custom_status(p.account.custom_status)) for p in presences
        ],
        failures=[StatusFailure(name, ACCOUNT_NOT_FOUND.code) for name in names if name not in found],
    )


@command("im_open_status/ws_status_subscribe", Door.SOCKET, BAD_PACKET)
async def subscribe(call: Call, request: UsersRequest) -> SubscribeResponse:
    """Be told when these users' status changes."""
    names = _checked(call, request.to_account)
    refused = await call.rules.presences.subscribe(call.app, call.account, names)
    own = call.account.user_id
    codes = {name: BAD_ACCOUNT_REQUEST.code if name == own else ACCOUNT_NOT_FOUND.code for name in refused}
    return SubscribeResponse(failures=[StatusFailure(name, code) for name, code in codes.items()])


@command("im_open_status/ws_status_unsubscribe", Door.SOCKET, BAD_PACKET)
async def unsubscribe(call: Call, request: UsersRequest) -> SubscribeResponse:
    """Be told no more; an empty list ends all subscriptions."""
    names = _bounded(request.to_account)
    refused = await call.rules.presences.unsubscribe(call.app, call.account, names)
    return SubscribeResponse(failures=[StatusFailure(name, ACCOUNT_NOT_FOUND.code) for name in refused])


async def _login(call: Call, line: LoginLine) -> Login:
    if call.ticket:
        return await call.rules.logins.resume(call.app, call.ticket)
    if not call.user_id:
        raise NOT_LOGGED_IN()
    if not is_user_id(call.user_id):
        raise BAD_ACCOUNT_REQUEST(detail=f"UserID {call.user_id[:64]!r} is not 1 to 32 printable ASCII bytes")
    user_id = UserId(call.user_id)
    claims = await call.rules.identities.check(call.app.sdk_app_id, user_id, call.user_sig)
    login = await call.rules.logins.open(call.app, user_id, claims, line.device)
    call.rules.statistics.logged_in(login.account)
    return login


async def _forget(call: Call) -> None:
    """Void the ticket of a log-out that comes by a socket that is not logged in, as one sent again does."""
    if not call.ticket:
        return
    try:
        login = await call.rules.logins.resume(call.app, call.ticket)
    except TidingsError:
        return  # void already
    note(StatusChanged, login.account, LOGGED_OUT)
    await call.rules.logins.close(login.session)
    await call.rules.presences.left(login.account)


def _line(call: Call) -> LoginLine:
    if call.line is None:
        raise TypeError("this command needs a connection")
    return call.line


def _checked(call: Call, names: list[UserId]) -> list[UserId]:
    if not call.app.settings.user_status and any(name != call.account.user_id for name in names):
        raise STATUS_NOT_ENABLED()
    return _bounded(names)


def _bounded(names: list[UserId]) -> list[UserId]:
    if len(names) > MAX_STATUS_ACCOUNTS:
        raise TOO_MANY_ACCOUNTS(count=len(names), limit=MAX_STATUS_ACCOUNTS)
    return list(dict.fromkeys(names))
