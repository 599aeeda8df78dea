"""All connections: which command a frame means, who it is from, and who stands for which login (web-sdk-wire.md)."""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.support.catalogue import SOCKET, check_response
from tests.support.clients import LOGIN, Json, text_body
from tests.support.stage import Stage
from tests.support.stores import APP, NOW, OTHER_APP
from tests.support.wires import Piece, Wire, plug_in, say, unplug
from tidings.delivery.hub import Hub
from tidings.delivery.outbox import Postman
from tidings.domain.apps import App
from tidings.domain.devices import KickReason, Platform
from tidings.domain.logins import Device, Logins
from tidings.domain.presence import Presences
from tidings.domain.sending import Sending
from tidings.domain.usersig import KeyRing, make
from tidings.gateway.connection import APP_GONE, BAD_FRAME, REPLACED, SERVER_STOPS, SILENT, Connection
from tidings.gateway.server import DEVICE_SILENCE_S, WEB_SILENCE_S, Gateway
from tidings.gateway.upgrade import Upgrade
from tidings.ids import SdkAppId, UserId
from tidings.settings import ServerSettings
from tidings.wire.frames import TEXT

KEY = "k" * 64
ENDS_AT = NOW + 1000
SYNC, SEND = "openim.getmsg", "openim.sendmsg"
LOG_IN, BEAT = "im_open_status.wslogin", "heartbeat.alive"


@dataclass(slots=True)
class Line:
    """A connection, its far end, and the login that it stands for, if any."""

    connection: Connection
    wire: Wire
    ticket: str = ""


@dataclass(slots=True)
class Post:
    """A gateway over real rules, and connections to it."""

    stage: Stage
    gateway: Gateway
    hub: Hub
    time: float = 0.0
    opened: list[Line] = field(default_factory=list)

    def open(self, platform: Platform = Platform.WEB, app: SdkAppId = APP) -> Line:
        """Open a socket; each is a device of its own."""
        upgrade = Upgrade(app, Device(f"key {len(self.opened)}", platform), TEXT)
        connection = Connection(self.gateway, upgrade)
        self.opened.append(Line(connection, plug_in(connection)))
        return self.opened[-1]

    async def login(self, platform: Platform = Platform.WEB) -> Line:
        """Open a socket that is logged in as alice."""
        line, rules, name = self.open(platform), self.stage.rules, UserId("alice")
        claims = await rules.identities.check(APP, name, self.usersig(name))
        login = await rules.logins.open(self.app, name, claims, line.connection.device)
        line.connection.begin(self.app, login)
        line.ticket = login.ticket
        return line

    @property
    def app(self) -> App:
        return self.stage.apps.get(APP)

    def usersig(self, user_id: str) -> str:
        return make(APP, KEY, user_id, now=NOW, expire=ENDS_AT - NOW)

    async def ask(self, line: Line, command: str, body: object = None, **head: object) -> Json:
        """Send a request and return its one answer, which the catalogue allows."""
        number = len(line.wire.bodies) + 1
        told = {"servcmd": command, "seq": number, **head}
        say(line.connection, line.wire, Piece(json.dumps({"head": told, "body": body or {}}).encode()))
        await self.settled()
        [found] = [body for name, at, body in line.wire.bodies if (name, at) == (command, number)]
        check_response(SOCKET, command, found)
        return found

    async def settled(self) -> None:
        """Wait until nothing is under way and everything is written."""
        async with asyncio.timeout(20):
            while self.gateway.in_flight:  # noqa: ASYNC110 - the gateway tells nobody of it
                await asyncio.sleep(0)
        await asyncio.sleep(0)


@pytest.fixture
async def post(stage: Stage) -> Post:
    stage.app = replace(stage.app, keys=KeyRing((KEY.encode(),)))
    closed = replace(stage.app, sdk_app_id=OTHER_APP, is_enabled=False)
    stage.apps.replace([stage.app, closed])
    loop, hub = asyncio.get_running_loop(), Hub()
    gateway = Gateway(stage.rules, stage.apps, hub, ServerSettings(port=0), Postman(loop))
    post = Post(stage, gateway, hub)
    gateway.monotonic = lambda: post.time
    return post


# --- whose a request is ---


REFUSED: dict[str, tuple[SdkAppId, str, Json, object, int]] = {
    "unknown command": (APP, "openim.nothing", {}, {}, 60009),
    "command that would break the answer's JSON": (APP, 'open"im', {}, {}, 60009),
    "no such app": (SdkAppId(5), BEAT, {}, {}, 70020),
    "app that is disabled": (OTHER_APP, BEAT, {}, {}, 60016),
    "neither ticket nor UserSig": (APP, SYNC, {}, {}, 70002),
    "name without UserSig": (APP, SYNC, {"identifier": "alice"}, {}, 70002),
    "UserSig without a name": (APP, SYNC, {"usersig": "x"}, {}, 70002),
    "name that is none": (APP, SYNC, {"identifier": "käthe", "usersig": "x"}, {}, 20001),
    "UserSig that is none": (APP, SYNC, {"identifier": "alice", "usersig": "x"}, {}, 70003),
    "ticket that is none": (APP, SYNC, {"a2": "x"}, {}, 70001),
    "body that does not fit": (APP, LOG_IN, {}, {"State": 5}, 20001),
}


@pytest.mark.parametrize(("app", "command", "head", "body", "code"), REFUSED.values(), ids=REFUSED.keys())
async def test_who_may_not_call_is_answered_why_and_nobody_is_online(
    post: Post, app: SdkAppId, command: str, head: Json, body: object, code: int
) -> None:
    line = post.open(app=app)
    answer = await post.ask(line, command, body, **head)
    assert (answer["ActionStatus"], answer["ErrorCode"]) == ("FAIL", code)
    assert (post.hub.accounts, line.connection.login, line.wire.is_closing()) == (0, None, False)


async def test_a_frame_that_is_none_closes_its_socket(post: Post) -> None:
    line, other = post.open(), post.open()
    say(line.connection, line.wire, Piece(b"[]"))
    assert (line.wire.closed, line.wire.bodies, other.wire.closed) == ([BAD_FRAME], [], [])
    assert post.gateway.requests == 0


@pytest.mark.parametrize("head", [{}, {"identifier": "bob", "a2": "own"}, {"a2": "own"}])
async def test_a_login_speaks_for_itself_by_its_ticket_or_without_a_word(post: Post, head: Json) -> None:
    line = await post.login()
    own = {**head, **({"a2": line.ticket} if "a2" in head else {})}
    assert (await post.ask(line, SYNC, **own))["ErrorCode"] == 0


async def test_a_socket_may_speak_for_another_login_by_its_ticket(post: Post) -> None:
    line, other = await post.login(), post.open()
    assert (await post.ask(other, SYNC, a2=line.ticket))["ErrorCode"] == 0
    assert (other.connection.login, post.hub.accounts) == (None, 1)


async def test_a_usersig_speaks_for_its_account_even_where_another_is_logged_in(post: Post) -> None:
    line = await post.login()
    head = {"identifier": "dora", "usersig": post.usersig("dora")}
    assert (await post.ask(line, SYNC, **head))["ErrorCode"] == 0
    assert await post.stage.rules.accounts.find(APP, UserId("dora"))
    assert line.connection.account == post.stage.them.alice


async def test_logging_in_makes_the_connection_stand_for_the_login(post: Post) -> None:
    line = post.open()
    answer = await post.ask(line, LOG_IN, LOGIN, identifier="alice", usersig=post.usersig("alice"))
    assert line.connection.ticket == answer["A2Key"]
    assert post.hub.online(post.stage.them.alice.number) == [line.connection.login]


async def test_a_login_that_was_ended_is_told_the_kind_of_kick(post: Post) -> None:
    post.stage.change(web_instances=1)
    post.stage.apps.replace([post.stage.app])
    first = await post.login()
    await post.login()
    answer = await post.ask(post.open(), SYNC, a2=first.ticket)
    assert (answer["ErrorCode"], answer["KickType"]) == (1002, KickReason.SAME_PLATFORM)


async def test_a_login_is_over_with_its_usersig(post: Post) -> None:
    line = await post.login()
    post.stage.clock.step(ENDS_AT - NOW)
    assert (await post.ask(line, SYNC))["ErrorCode"] == 0
    post.stage.clock.step(1)
    assert (await post.ask(line, SYNC))["ErrorCode"] == 70002
    assert (line.connection.login, post.hub.accounts) == (None, 0)


async def test_what_breaks_inside_is_logged_and_told_without_details(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def break_down(*_: object) -> None:
        raise RuntimeError("the inner secret")

    monkeypatch.setattr(Sending, "send", break_down)
    line = await post.login()
    with caplog.at_level(logging.ERROR):
        answer = await post.ask(line, SEND, {"To_Account": "bob", "MsgRandom": 5, "MsgBody": text_body()})
    assert (answer["ErrorCode"], "secret" in answer["ErrorInfo"]) == (20005, False)
    assert [record.getMessage() for record in caplog.records] == [f"{SEND} failed"]
    assert (await post.ask(line, BEAT))["ErrorCode"] == 0


# --- who stands for which login ---


async def _resume(post: Post, line: Line) -> Line:
    """Take up a login by a new socket."""
    again = post.open()
    again.connection.begin(post.app, await post.stage.rules.logins.resume(post.app, line.ticket))
    return again


async def test_who_comes_back_by_a_new_socket_needs_the_old_one_no_more(post: Post) -> None:
    old = await post.login()
    new = await _resume(post, old)
    assert (old.wire.closed, old.connection.login, new.wire.closed) == ([REPLACED], None, [])
    unplug(old.connection, old.wire)
    await post.settled()
    assert [each is new.connection.login for each in post.hub.online(post.stage.them.alice.number)] == [True]
    assert post.gateway.connections == {new.connection}
    newest = await _resume(post, old)
    assert (new.wire.closed, newest.wire.closed) == ([REPLACED], [])


async def test_two_logins_of_an_account_leave_each_other_alone(post: Post) -> None:
    web, phone = await post.login(), await post.login(Platform.ANDROID)
    assert (web.wire.closed, phone.wire.closed) == ([], [])
    unplug(web.connection, web.wire)
    assert post.hub.online(post.stage.them.alice.number) == [phone.connection.login]


@pytest.mark.parametrize(("platform", "is_reachable"), [(Platform.IPHONE, True), (Platform.WEB, False)])
async def test_only_a_phone_that_goes_away_stays_reachable(
    post: Post, platform: Platform, *, is_reachable: bool
) -> None:
    line = await post.login(platform)
    unplug(line.connection, line.wire)
    await post.settled()
    number = post.stage.them.alice.number
    [session] = (await post.stage.store.sessions.sessions([number]))[number]
    assert session.left_at == (NOW if is_reachable else None)


async def test_trouble_behind_a_disconnection_is_logged(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def break_down(*_: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(Presences, "announce", break_down)
    line = await post.login()
    with caplog.at_level(logging.ERROR):
        unplug(line.connection, line.wire)
    assert [record.getMessage() for record in caplog.records] == ["after a disconnection"]
    assert post.gateway.in_flight == 0


# --- looking after all of them ---


@pytest.mark.parametrize(
    ("platform", "is_logged_in", "silence"),
    [
        (Platform.WEB, True, WEB_SILENCE_S),
        (Platform.ANDROID, False, WEB_SILENCE_S),
        (Platform.ANDROID, True, DEVICE_SILENCE_S),
        (Platform.LINUX, True, DEVICE_SILENCE_S),
    ],
)
async def test_silence_is_borne_as_long_as_the_device_may_be_silent(
    post: Post, platform: Platform, silence: float, *, is_logged_in: bool
) -> None:
    line = await post.login(platform) if is_logged_in else post.open(platform)
    for time, codes in ((silence, []), (silence + 1, [SILENT])):
        post.time = time
        post.gateway.sweep()
        assert line.wire.closed == codes


async def test_a_sweep_ends_logins_whose_usersig_has_ended_and_keeps_their_sockets(post: Post) -> None:
    line = await post.login()
    for seconds, accounts in ((ENDS_AT - NOW, 1), (1, 0)):
        post.stage.clock.step(seconds)
        post.gateway.sweep()
        assert (post.hub.accounts, line.wire.closed) == (accounts, [])


CLOSING: list[tuple[Callable[[Gateway], None], list[int], list[int]]] = [
    (lambda gateway: gateway.end_app(OTHER_APP), [], [APP_GONE]),
    (Gateway.stop, [SERVER_STOPS], [SERVER_STOPS]),
]


@pytest.mark.parametrize(("close", "own", "others"), CLOSING, ids=["an app", "the server"])
async def test_who_must_go_is_told_why(
    post: Post, close: Callable[[Gateway], None], own: list[int], others: list[int]
) -> None:
    line, other = post.open(), post.open(app=OTHER_APP)
    close(post.gateway)
    assert (line.wire.closed, other.wire.closed) == (own, others)


async def test_requests_are_under_way_until_they_are_answered(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = asyncio.Event()
    resume = Logins.resume

    async def wait(*args: Any) -> object:
        await gate.wait()
        return await resume(*args)

    monkeypatch.setattr(Logins, "resume", wait)
    line, other = await post.login(), post.open()
    asked = asyncio.ensure_future(post.ask(other, SYNC, a2=line.ticket))
    await asyncio.sleep(0)
    assert (post.gateway.in_flight, post.gateway.requests, other.wire.bodies) == (1, 1, [])
    gate.set()
    assert (await asked)["ErrorCode"] == 0
    assert post.gateway.in_flight == 0
