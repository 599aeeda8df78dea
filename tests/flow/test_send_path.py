"""What a message costs on its way: counts that decide how fast the server is (docs/message-path.md).

A server over a real file runs in the test's loop, and everything its code asks of the loop, of
SQLite, of the encoder and of the sockets is written down.
"""

import asyncio
import functools
import json
import sys
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import apsw
import pytest

import tidings.delivery.hub
import tidings.gateway.connection
from bench.frames import to_frame
from tests.crash.connection import Connection
from tests.support.clients import LOGIN, PATIENCE_S, GatewayClient, text_body
from tests.support.server import Site, running_server
from tidings.delivery.outbox import Outbox, Wire
from tidings.store.sqlite.engine import FileEngine
from tidings.store.sqlite.store import open_file

# What a lone message may do: one transaction, one row for it, one for each side's conversation.
ONE_COMMIT = ["BEGIN", "INSERT INTO messages", "INSERT INTO conversations", "COMMIT"]
# As many as fit into one read of the server (2048 bytes).
AT_ONCE = 4
Json = dict[str, Any]


@dataclass(slots=True)
class Ledger:
    """What the server did since `clear`, in order."""

    jobs: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    pushes: list[object] = field(default_factory=list)
    written: list[Wire] = field(default_factory=list)
    turns: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forget everything."""
        for each in (self.jobs, self.statements, self.pushes, self.written, self.turns, self.made):
            each.clear()

    def trace(self, connection: apsw.Connection) -> None:
        """Write down what a database connection runs, by its first words."""
        connection.set_exec_trace(self._note_statement)

    def _note_statement(self, _cursor: apsw.Cursor, sql: str, _bindings: object) -> bool:
        words = sql.split()
        self.statements.append(" ".join(words[:3]) if words[0] == "INSERT" else words[0])
        return True


@dataclass(slots=True)
class CountedWire:
    """A transport whose writes are counted."""

    wire: Wire
    ledger: Ledger

    def write(self, data: bytes) -> None:
        """Count, and pass it on."""
        self.ledger.written.append(self.wire)
        self.wire.write(data)

    def is_closing(self) -> bool:
        """Ask the transport."""
        return self.wire.is_closing()

    def get_write_buffer_size(self) -> int:
        """Ask the transport."""
        return self.wire.get_write_buffer_size()


class Sender:
    """A device that can write several requests at once, so that the server reads them in one turn."""

    def __init__(self) -> None:
        self._seq = count(1)
        self._answers: asyncio.Queue[Json] = asyncio.Queue()
        self._connection = Connection(self._take)
        self._head: Json = {}

    async def log_in(self, site: Site, user_id: str) -> None:
        """Open a socket and log in by UserSig."""
        await self._connection.open(site.server.port, f"/info?sdkappid={site.app}&instanceid={'5' * 32}&platform=7")
        self._head = {"identifier": user_id, "usersig": site.usersig(user_id)}
        self._connection.write(self._request("im_open_status.wslogin", LOGIN))
        answer = await self._answered()
        self._head = {"a2": answer["A2Key"], "tinyid": answer["TinyId"], "status_instid": answer["InstId"]}

    async def send(self, to: str, messages: int = 1) -> None:
        """Send messages in one write and wait until each is answered."""
        numbers = [next(self._seq) for _ in range(messages)]
        bodies = [{"To_Account": to, "MsgSeq": n, "MsgRandom": n, "MsgBody": text_body()} for n in numbers]
        self._connection.write(b"".join(self._request("openim.sendmsg", body) for body in bodies))
        for _ in numbers:
            await self._answered()

    def close(self) -> None:
        """Drop the socket."""
        self._connection.transport.abort()

    def _take(self, command: str, _seq: int, body: Json) -> None:
        if not command.startswith("im_open_push."):
            self._answers.put_nowait(body)

    async def _answered(self) -> Json:
        async with asyncio.timeout(PATIENCE_S):
            answer = await self._answers.get()
        assert answer["ErrorCode"] == 0, answer
        return answer

    def _request(self, command: str, body: Json) -> bytes:
        head = {"servcmd": command, "seq": next(self._seq), **self._head}
        return to_frame(json.dumps({"head": head, "body": body}).encode())


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    ledger = Ledger()
    monkeypatch.setattr(apsw, "connection_hooks", [ledger.trace])
    for name in ("append", "write", "read", "look_up"):
        _count(monkeypatch, FileEngine, name, ledger.jobs)
    _count(monkeypatch, tidings.delivery.hub, "encode", ledger.pushes)
    monkeypatch.setattr(
        tidings.gateway.connection, "Outbox", lambda wire, *more: Outbox(CountedWire(wire, ledger), *more)
    )
    return ledger


@pytest.fixture
async def site(tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    """Return a server over a file, without the chores that it does now and then."""

    async def do_nothing(*_: object) -> None: ...

    monkeypatch.setattr("tests.support.server.open_memory", lambda vault: open_file(tmp_path, vault))
    monkeypatch.setattr("tidings.app._repeat", do_nothing)
    async with running_server() as site:
        loop = asyncio.get_running_loop()
        _count(monkeypatch, loop, "call_soon", ledger.turns)
        for name in ("create_task", "create_future", "call_later", "call_at", "run_in_executor"):
            _count(monkeypatch, loop, name, ledger.made)
        for module in (asyncio, threading):
            for name in ("Lock", "Event", "Condition", "Semaphore"):
                _count(monkeypatch, module, name, ledger.made)
        yield site


@pytest.fixture
async def sender(site: Site) -> AsyncIterator[Sender]:
    """Return alice's device."""
    sender = Sender()
    await sender.log_in(site, "alice")
    yield sender
    sender.close()


@pytest.fixture
async def bobs(site: Site) -> list[GatewayClient]:
    """Return bob's devices, of both kinds of frames."""
    return [await site.login("bob", "android"), await site.login("bob", "windows", path="binfo")]


def _count(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, noted: list[Any]) -> None:
    """Write down each call that the server's code makes, directly or through a library."""
    function: Callable[..., Any] = getattr(owner, name)

    @functools.wraps(function)
    def counted(*arguments: Any, **named: Any) -> Any:
        if _is_of_server():
            noted.append(name)
        return function(*arguments, **named)

    monkeypatch.setattr(owner, name, counted)


def _is_of_server() -> bool:
    frame = sys._getframe(2)  # noqa: SLF001 - there is no other way to ask who calls
    while frame.f_back is not None:
        if frame.f_globals.get("__name__", "").startswith("tidings."):
            return True
        frame = frame.f_back
    return False


async def test_message_is_one_job_and_one_commit(ledger: Ledger, sender: Sender, bobs: list[GatewayClient]) -> None:
    ledger.clear()
    await sender.send("bob")
    for bob in bobs:
        await bob.next_event()
    assert ledger.jobs == ["append"]
    assert ledger.statements == ONE_COMMIT


async def test_message_to_an_absent_account_reads_nothing_either(ledger: Ledger, sender: Sender) -> None:
    ledger.clear()
    await sender.send("carol")
    assert ledger.jobs == ["append"]
    assert ledger.statements == ONE_COMMIT


async def test_message_makes_no_task_future_timer_lock_or_log_line(
    ledger: Ledger, sender: Sender, bobs: list[GatewayClient], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    ledger.clear()
    await sender.send("bob")
    for bob in bobs:
        await bob.next_event()
    assert ledger.made == []
    assert [record for record in caplog.records if record.name.startswith("tidings")] == []


async def test_push_is_encoded_once_for_all_devices(ledger: Ledger, sender: Sender, bobs: list[GatewayClient]) -> None:
    ledger.clear()
    await sender.send("bob")
    for bob in bobs:
        await bob.next_event()
    assert len(ledger.pushes) == 1


async def test_own_devices_take_one_encoding_more(
    site: Site, ledger: Ledger, sender: Sender, bobs: list[GatewayClient]
) -> None:
    others = [await site.login("alice", "iphone"), await site.login("alice", "mac")]
    ledger.clear()
    await sender.send("bob")
    for device in [*bobs, *others]:
        await device.next_event()
    assert len(ledger.pushes) == 2


async def test_what_one_turn_brought_is_one_commit_and_one_write_for_each_socket(
    ledger: Ledger, sender: Sender, bobs: list[GatewayClient]
) -> None:
    ledger.clear()
    await sender.send("bob", AT_ONCE)
    for bob in bobs:
        for _ in range(AT_ONCE):
            await bob.next_event()
    assert ledger.jobs == ["append"] * AT_ONCE
    assert ledger.statements.count("COMMIT") == 1
    assert list(Counter(map(id, ledger.written)).values()) == [1] * (1 + len(bobs))
    # One for the commit to begin, one for the outboxes to be written.
    assert ledger.turns == ["call_soon"] * 2
    assert ledger.made == []
