"""One socket: what comes in whole or in parts, what goes out behind what, and whose login it stands for."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import cast

import msgspec
import pytest
from picows import WSCloseCode, WSMsgType
from websockets.frames import Close, Opcode

from tests.support.catalogue import check_push
from tests.support.stage import Stage
from tests.support.stores import NOW
from tests.support.wires import Piece, Wire, plug_in, say, unplug
from tidings.delivery.outbox import Postman
from tidings.domain.devices import Platform, Session
from tidings.domain.events import AllReadElsewhere
from tidings.domain.logins import Device, Login
from tidings.gateway.connection import TOO_BIG, Connection
from tidings.gateway.server import Gateway
from tidings.gateway.upgrade import Upgrade
from tidings.ids import InstanceId, Position
from tidings.settings import ServerSettings
from tidings.wire import frames
from tidings.wire.envelope import DONE
from tidings.wire.frames import BINARY, TEXT, Head

LIMIT = 16_384
SETTINGS = ServerSettings(host="0.0.0.0", port=7700, frame_bytes=LIMIT, outbox_bytes=65_536)  # noqa: S104 - bound by nobody
UPGRADE = Upgrade(1400000001, Device("key", Platform.WEB), TEXT)
ASKED = Head("openim.getmsg", 5)
CONTINUATION = WSMsgType.CONTINUATION


@dataclass(slots=True)
class Desk:
    """A gateway that writes down what its connections tell it."""

    postman: Postman
    settings: ServerSettings = SETTINGS
    time: float = 100.0
    slow_readers: int = 0
    taken: list[bytes] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.time

    def handle(self, connection: Connection, payload: bytes | memoryview) -> None:
        assert connection.last_seen == self.time
        self.taken.append(bytes(payload))

    def connected(self, _: Connection) -> None:
        self.told.append("connected")

    def disconnected(self, _: Connection) -> None:
        self.told.append("disconnected")

    def joined(self, _: Connection, session: Session) -> None:
        self.told.append(f"joined {session.instance}")

    def left(self, _: Connection, session: Session) -> None:
        self.told.append(f"left {session.instance}")

    def depart(self, connection: Connection) -> None:
        if connection.session is not None:
            self.told.append(f"departed {connection.session.instance}")
            connection.end()


@pytest.fixture
async def desk() -> Desk:
    return Desk(Postman(asyncio.get_running_loop()))


def _connection(desk: Desk, upgrade: Upgrade = UPGRADE) -> Connection:
    return Connection(cast("Gateway", desk), upgrade)


def _opened(desk: Desk, upgrade: Upgrade = UPGRADE) -> tuple[Connection, Wire]:
    connection = _connection(desk, upgrade)
    return connection, plug_in(connection)


def _login(stage: Stage, instance: int = 1) -> Login:
    account = stage.them.alice
    session = Session(account.number, InstanceId(instance), "key", Platform.WEB, float(NOW), NOW, NOW + 100)
    return Login(account, session, f"ticket {instance}")


# --- coming in ---


@pytest.mark.parametrize("kind", [WSMsgType.TEXT, WSMsgType.BINARY])
async def test_a_whole_message_is_handed_on_as_it_came(desk: Desk, kind: WSMsgType) -> None:
    connection, wire = _opened(desk)
    say(connection, wire, Piece(b"one", kind), Piece(b"two", kind))
    assert desk.taken == [b"one", b"two"]


async def test_a_message_in_parts_is_handed_on_once_it_is_whole(desk: Desk) -> None:
    connection, wire = _opened(desk)
    say(connection, wire, Piece(b"o", fin=False), Piece(b"n", CONTINUATION, fin=False))
    say(connection, wire, Piece(b"", WSMsgType.PING))
    assert desk.taken == []
    say(connection, wire, Piece(b"e", CONTINUATION), Piece(b"two"))
    assert desk.taken == [b"one", b"two"]


@pytest.mark.parametrize(("size", "codes"), [(LIMIT, []), (LIMIT + 1, [TOO_BIG])])
async def test_a_message_in_parts_is_no_longer_than_one_in_a_piece(desk: Desk, size: int, codes: list[int]) -> None:
    connection, wire = _opened(desk)
    say(connection, wire, Piece(b"a" * 10, fin=False), Piece(b"a" * (size - 10), CONTINUATION))
    assert (wire.closed, wire.is_disconnected) == (codes, bool(codes))
    assert [len(payload) for payload in desk.taken] == ([] if codes else [size])


@pytest.mark.parametrize("kind", [WSMsgType.PING, WSMsgType.PONG, WSMsgType.TEXT])
async def test_whatever_comes_ends_the_silence(desk: Desk, kind: WSMsgType) -> None:
    connection, wire = _opened(desk)
    desk.time += 50
    say(connection, wire, Piece(b"x", kind))
    assert connection.last_seen == desk.time
    assert len(desk.taken) == int(kind is WSMsgType.TEXT)


async def test_a_clients_farewell_is_answered_and_the_socket_closed(desk: Desk) -> None:
    connection, wire = _opened(desk)
    say(connection, wire, Piece(b"\x0f\xa0", WSMsgType.CLOSE))
    assert (wire.farewells, wire.is_disconnected, desk.taken) == ([WSCloseCode.OK], True, [])


# --- going out ---


@pytest.mark.parametrize(("kind", "opcode"), [(TEXT, Opcode.TEXT), (BINARY, Opcode.BINARY)])
async def test_answers_are_in_the_kind_of_frames_that_the_client_takes(desk: Desk, kind: int, opcode: Opcode) -> None:
    connection, wire = _opened(desk, replace(UPGRADE, opcode=kind))
    connection.reply(ASKED, DONE)
    await asyncio.sleep(0)
    assert [frame.opcode for frame in wire.frames] == [opcode]
    [(name, number, body)] = wire.bodies
    assert (name, number, body["ActionStatus"]) == ("openim.getmsg", 5, "OK")


async def test_what_was_missed_is_pushed_behind_the_answer_once(desk: Desk) -> None:
    connection, wire = _opened(desk)
    connection.follow_up([(Position(number), AllReadElsewhere(40)) for number in (7, 8)])
    await asyncio.sleep(0)
    assert wire.frames == []
    for number in (5, 6):
        connection.reply(Head(ASKED.servcmd, number), DONE)
    await asyncio.sleep(0)
    bodies = wire.bodies
    assert [name for name, _, _ in bodies] == [ASKED.servcmd, frames.PUSH, frames.PUSH, ASKED.servcmd]
    for _, _, body in bodies[1:3]:
        check_push(body)
    assert [body["SessionData"] for _, _, body in bodies[1:3]] == ["7", "8"]


async def test_a_close_leaves_behind_all_that_waits_and_says_why(desk: Desk) -> None:
    connection, wire = _opened(desk)
    connection.reply(ASKED, DONE)
    connection.close(4004, "ä" * 100)
    assert wire.is_disconnected
    last = wire.frames[-1]
    assert [name for name, _, _ in wire.bodies] == [ASKED.servcmd]
    assert (last.opcode, Close.parse(last.data)) == (Opcode.CLOSE, Close(4004, "ä" * 61))


@pytest.mark.parametrize(("waiting", "is_cut"), [(65_536, False), (65_537, True)])
async def test_who_does_not_keep_up_is_cut_off_and_counted(desk: Desk, waiting: int, *, is_cut: bool) -> None:
    connection, wire = _opened(desk)
    wire.waiting = waiting
    connection.reply(ASKED, DONE)
    await asyncio.sleep(0)
    assert (wire.is_aborted, desk.slow_readers) == (is_cut, int(is_cut))


async def test_without_a_socket_nothing_is_written(desk: Desk) -> None:
    before, (after, wire) = _connection(desk), _opened(desk)
    unplug(after, wire)
    for connection in (before, after):
        connection.put(b"x")
        connection.reply(ASKED, DONE)
        connection.close(4004, "silent")
    await asyncio.sleep(0)
    assert (wire.written, wire.is_disconnected) == ([], False)
    assert desk.told == ["connected", "disconnected"]


@pytest.mark.parametrize(
    ("changes", "host", "base"),
    [
        ({}, "", "http://0.0.0.0:7700"),
        ({}, "chat.test:80", "http://chat.test:80"),
        ({"tls_cert": "c.pem", "tls_key": "k.pem"}, "chat.test", "https://chat.test"),
        ({"public_url": "https://out.test/im"}, "chat.test", "https://out.test/im"),
    ],
)
async def test_how_the_server_is_reached_is_as_set_else_as_the_client_did(
    desk: Desk, changes: dict[str, str], host: str, base: str
) -> None:
    desk.settings = msgspec.structs.replace(SETTINGS, **changes)
    assert _connection(desk, replace(UPGRADE, host=host)).base == base


# --- whose login it is ---


async def test_a_login_begins_and_ends_with_the_socket_open(desk: Desk, stage: Stage) -> None:
    connection, wire = _opened(desk)
    login = _login(stage)
    connection.begin(stage.app, login)
    assert (connection.login, connection.account, connection.ticket) == (login.session, login.account, login.ticket)
    connection.end()
    connection.end()
    assert (connection.login, connection.account, connection.ticket) == (None, None, "")
    assert (desk.told, wire.is_disconnected) == (["connected", "joined 1", "left 1"], False)


async def test_another_login_takes_the_place_of_the_one_before(desk: Desk, stage: Stage) -> None:
    connection, _ = _opened(desk)
    for number in (1, 2):
        connection.begin(stage.app, _login(stage, number))
    assert desk.told == ["connected", "joined 1", "departed 1", "left 1", "joined 2"]


async def test_the_same_login_again_does_not_make_the_account_go_offline(desk: Desk, stage: Stage) -> None:
    connection, _ = _opened(desk)
    for _ in range(2):
        connection.begin(stage.app, _login(stage))
    assert desk.told == ["connected", "joined 1", "left 1", "joined 1"]


async def test_a_login_whose_socket_has_closed_meanwhile_never_counts_as_online(desk: Desk, stage: Stage) -> None:
    connection, wire = _opened(desk)
    unplug(connection, wire)
    connection.begin(stage.app, _login(stage))
    assert "joined 1" not in desk.told
    assert (connection.login, desk.told[2]) == (None, "departed 1")


async def test_a_dismissed_client_is_told_and_keeps_its_socket(desk: Desk, stage: Stage) -> None:
    connection, wire = _opened(desk)
    connection.begin(stage.app, _login(stage))
    connection.dismiss(frames.pack(TEXT, frames.push(b"{}", frames.KICK)))
    await asyncio.sleep(0)
    assert [name for name, _, _ in wire.bodies] == [frames.KICK]
    assert (connection.login, connection.ticket, wire.is_closing()) == (None, "", False)
