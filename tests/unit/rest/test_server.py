"""What is around every REST command, called without a socket (the rest: tests/flow/test_rest_envelope.py)."""

import asyncio
import json
import logging
from dataclasses import dataclass, field, replace
from typing import cast
from urllib.parse import quote

import msgspec
import pytest

from tests.support.catalogue import REST, check_response
from tests.support.clients import Json
from tests.support.stage import Stage
from tests.support.stores import APP, NOW, OTHER_APP, message, put
from tidings.domain.accounts import Accounts
from tidings.domain.figures import HOUR_S
from tidings.domain.usersig import KeyRing, make
from tidings.ids import UserId
from tidings.rest.exchange import Exchange, Head
from tidings.rest.files import FilesDoor
from tidings.rest.http import HttpConnection, Request
from tidings.rest.server import IDLE_S, RestApp
from tidings.settings import ServerSettings

KEY = "k" * 64
ADMIN = "admin name"  # a blank, so that its place in the query is escaped
CHECK, WORDS, ARCHIVE = "im_open_login_svc/account_check", "openim_dirty_words/get", "open_msg_svc/get_history"
ASKING = b'{"CheckItem":[{"UserID":"alice"}]}'


@dataclass(slots=True)
class Files:
    """A door for files that keeps what it is handed."""

    taken: list[Exchange] = field(default_factory=list)

    def serves(self, target: bytes) -> bool:
        return target.startswith(b"/files/")

    def answer(self, exchange: Exchange) -> None:
        self.taken.append(exchange)


@dataclass(slots=True, eq=False)
class Line:
    """A connection as the sweep sees it."""

    last_active: float
    is_idle: bool = False
    is_stalled_by_client: bool = False
    is_closed: bool = False

    def close(self) -> None:
        self.is_closed = True


@dataclass(slots=True)
class Office:
    """The REST door over real rules, and what it has answered."""

    stage: Stage
    files: Files = field(default_factory=Files)
    settings: ServerSettings = field(default_factory=lambda: ServerSettings(port=7700))
    replies: list[tuple[int, bytes, bytes]] = field(default_factory=list)

    def open(self, **settings: object) -> RestApp:
        """Return a door with these settings."""
        self.settings = msgspec.structs.replace(self.settings, **settings)
        pages = {"/healthz": lambda: (b"text/plain", b"fine")}
        return RestApp(self.stage.rules, self.stage.apps, self.settings, pages, cast("FilesDoor", self.files))

    def send(
        self,
        door: RestApp,
        path: str,
        query: str = "",
        body: bytes | None = b"{}",
        method: str = "POST",
        host: str = "",
    ) -> None:
        """Hand a request over; the answer is noted when it comes."""
        request = Request(method, path, query, body, is_kept_alive=True, host=host)
        door.answer(request, lambda *reply: self.replies.append(reply))

    async def call(
        self, door: RestApp, command: str, body: bytes | None = b"{}", method: str = "POST", host: str = ""
    ) -> Json:
        """Call a command as the admin and return its answer, which the catalogue allows."""
        self.send(door, f"/v4/{command}", self.query(), body, method, host)
        async with asyncio.timeout(20):
            while door.in_flight:  # noqa: ASYNC110 - the door tells nobody of it
                await asyncio.sleep(0)
        status, headers, content = self.replies.pop()
        answer: Json = json.loads(content)
        check_response(REST, command, answer)
        assert (status, b"application/json" in headers, self.replies) == (200, True, [])
        return answer

    def query(self, user_id: str = ADMIN, app: int = APP) -> str:
        """Return the parameters of a call."""
        signature = make(APP, KEY, user_id, now=NOW, expire=86_400)
        return f"sdkappid={app}&identifier={quote(user_id)}&usersig={quote(signature)}&random=1&contenttype=json"


@pytest.fixture
async def office(stage: Stage) -> Office:
    stage.app = replace(stage.app, keys=KeyRing((KEY.encode(),)), admins=frozenset({UserId(ADMIN)}))
    stage.apps.replace([stage.app, replace(stage.app, sdk_app_id=OTHER_APP, is_enabled=False)])
    return Office(stage)


# --- commands ---


async def test_an_admin_is_answered_and_has_an_account_from_then_on(office: Office) -> None:
    door, accounts = office.open(), office.stage.rules.accounts
    assert await accounts.find(APP, UserId(ADMIN)) is None
    assert (await office.call(door, CHECK, ASKING))["ErrorCode"] == 0
    assert await accounts.find(APP, UserId(ADMIN))
    assert (door.requests, door.in_flight) == (1, 0)


@pytest.mark.parametrize(
    ("app", "user_id", "changes", "code"),
    [
        (APP, ADMIN, {"sdkappid": "app"}, 60012),
        (5, ADMIN, {}, 60006),
        (OTHER_APP, ADMIN, {}, 60016),
        (APP, ADMIN, {"identifier": "name"}, 60004),
        (APP, ADMIN, {"usersig": "signature"}, 60005),
        (APP, "alice", {}, 60010),
    ],
)
async def test_who_is_no_admin_of_the_app_is_told_why_and_gets_no_account(
    office: Office, app: int, user_id: str, changes: dict[str, str], code: int
) -> None:
    query = office.query(user_id, app)
    for old, new in changes.items():
        query = query.replace(f"{old}=", f"{new}=")
    office.send(office.open(), f"/v4/{CHECK}", query, ASKING)
    [(_, _, content)] = office.replies
    assert json.loads(content)["ErrorCode"] == code
    assert await office.stage.rules.accounts.find(APP, UserId(ADMIN)) is None


@pytest.mark.parametrize(
    ("command", "body", "method", "code"),
    [
        (CHECK, None, "POST", 60002),
        (CHECK, ASKING, "GET", 60002),
        (CHECK, ASKING, "PUT", 60002),
        ("openim/nothing", b"{}", "GET", 60002),
        ("openim/nothing", b"{}", "POST", 60009),
        (CHECK, b" [] ", "POST", 60003),
        (CHECK, b"{", "POST", 70402),
        (WORDS, b"", "GET", 0),
        (WORDS, b"", "POST", 60003),
        (WORDS, b" \n{}", "POST", 0),
    ],
)
async def test_a_body_is_an_object_that_is_posted_save_where_nothing_need_be_said(
    office: Office, command: str, body: bytes | None, method: str, code: int
) -> None:
    assert (await office.call(office.open(), command, body, method))["ErrorCode"] == code


async def test_what_breaks_inside_is_logged_and_told_without_details(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def break_down(*_: object) -> None:
        raise RuntimeError("the inner secret")

    monkeypatch.setattr(Accounts, "ensure", break_down)
    door = office.open()
    with caplog.at_level(logging.ERROR):
        office.send(door, "/v4/openim/sendmsg", office.query())
    [(status, _, content)] = office.replies
    assert (status, json.loads(content)["ErrorCode"], b"secret" in content) == (200, 20005, False)
    assert [record.getMessage() for record in caplog.records] == ["/v4/openim/sendmsg failed"]
    assert door.in_flight == 0


async def test_a_request_is_under_way_until_it_is_answered(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, ensure = asyncio.Event(), Accounts.ensure

    async def wait(*args: object) -> object:
        await gate.wait()
        return await ensure(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(Accounts, "ensure", wait)
    door = office.open()
    asked = asyncio.ensure_future(office.call(door, CHECK, ASKING))
    await asyncio.sleep(0)
    assert (door.in_flight, office.replies) == (1, [])
    gate.set()
    assert (await asked)["ErrorCode"] == 0


@pytest.mark.parametrize(("is_limited", "codes"), [(True, [0, 0, 60007]), (False, [0, 0, 0])])
async def test_calls_of_a_second_are_limited_by_the_apps_setting(
    office: Office, codes: list[int], *, is_limited: bool
) -> None:
    office.stage.change(rest_calls=2)
    office.stage.apps.replace([office.stage.app])
    door = office.open(rate_limits=is_limited)
    body = b'{"To_Account":["alice"]}'
    assert [(await office.call(door, "openim/querystate", body))["ErrorCode"] for _ in codes] == codes
    assert (await office.call(door, CHECK, ASKING))["ErrorCode"] == 0
    office.stage.clock.step(1)
    assert (await office.call(door, "openim/querystate", body))["ErrorCode"] == 0


@pytest.mark.parametrize(
    ("settings", "host", "base"),
    [
        ({}, "chat.test:80", "http://chat.test:80/"),
        ({}, "no host/", "http://127.0.0.1:7700/"),
        ({"tls_cert": "c.pem", "tls_key": "k.pem"}, "chat.test", "https://chat.test/"),
        ({"public_url": "https://out.test/im"}, "chat.test", "https://out.test/im/"),
    ],
)
async def test_addresses_lead_to_where_the_server_is_reached(
    office: Office, settings: dict[str, object], host: str, base: str
) -> None:
    stage = office.stage
    await put(stage.store, message(stage.them.alice, stage.them.bob, NOW))
    stage.clock.step(2 * HOUR_S)
    await stage.rules.archives.make()
    body = b'{"ChatType":"C2C","MsgTime":"2025100916"}'
    [file] = (await office.call(office.open(**settings), ARCHIVE, body, host=host))["File"]
    assert file["URL"].startswith(base)


# --- all else ---


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/healthz", 200), ("HEAD", "/healthz", 200), ("POST", "/healthz", 404), ("GET", "/v4", 404)],
)
async def test_pages_are_read_only_and_no_calls(office: Office, method: str, path: str, status: int) -> None:
    door = office.open()
    office.send(door, path, method=method)
    [(answered, headers, content)] = office.replies
    assert (answered, headers) == (status, b"content-type: text/plain\r\n")
    assert (content == b"fine") == (status == 200)
    assert door.requests == 0


async def test_requests_for_files_go_to_their_door(office: Office) -> None:
    door = office.open()
    assert [door.is_streamed(target) for target in (b"/files/x", b"/v4/openim/sendmsg")] == [True, False]
    exchange = Exchange(HttpConnection(door), Head("GET", "/files/x", "", {}, is_kept_alive=True))
    door.stream(exchange)
    assert office.files.taken == [exchange]


@pytest.mark.parametrize(
    ("waits", "silence", "is_closed"),
    [
        ({"is_idle": True}, IDLE_S, False),
        ({"is_idle": True}, IDLE_S + 1, True),
        ({"is_stalled_by_client": True}, IDLE_S + 1, True),
        ({}, IDLE_S + 1, False),
    ],
)
async def test_who_keeps_the_server_waiting_for_75_seconds_is_let_go(
    office: Office, monkeypatch: pytest.MonkeyPatch, waits: dict[str, bool], silence: float, *, is_closed: bool
) -> None:
    monkeypatch.setattr(RestApp, "monotonic", lambda _: 1000.0)
    door, line = office.open(), Line(1000.0 - silence, **waits)
    door.connections.add(cast("HttpConnection", line))
    door.sweep()
    assert line.is_closed == is_closed
