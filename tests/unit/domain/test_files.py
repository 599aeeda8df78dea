"""Rules about files that no whole server shows: what happens when a part of it fails."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.support.server import SeededChance
from tests.support.stores import APP, NOW, open_store, people
from tidings.clock import SteppedClock
from tidings.domain.accounts import Account
from tidings.domain.apps import App, Apps
from tidings.domain.file_addresses import Addresses
from tidings.domain.file_types import Kind, Version
from tidings.domain.files import Arrived, Files, Part, Picture
from tidings.domain.usersig import KeyRing
from tidings.errors import BAD_FILE_REQUEST, FILE_EXISTS, FILE_NOT_FOUND, FILE_UNREADABLE, TidingsError

THIS = App(APP, "test", is_enabled=True, created_at=NOW, keys=KeyRing())
APPS = Apps([THIS])
SMALL = Part("image/png", 5, 1, 1)


@dataclass
class Shelf:
    """Objects in a dict; fails for names that end so."""

    kept: dict[str, bytes] = field(default_factory=dict)
    fails_at: str = "never"

    async def put(self, name: str, content: BinaryIO | bytes) -> None:
        if name.endswith(self.fails_at):
            raise FILE_UNREADABLE()
        self.kept[name] = content if isinstance(content, bytes) else content.read()

    async def read(self, name: str, first: int, end: int) -> AsyncIterator[bytes]:
        yield self.kept[name][first:end]

    async def delete(self, names: Sequence[str]) -> None:
        for name in names:
            self.kept.pop(name, None)

    async def examine(self, content: BinaryIO) -> Picture:
        assert content.read() == b"\xff\xd8\xff"
        content.seek(0)
        return Picture(9, 9, {Version.THUMB: (SMALL, b"thumb")})


@dataclass
class Room:
    files: Files
    shelf: Shelf
    alice: Account

    async def put(self, address: str, content: bytes = b"\xff\xd8\xff", digest: str = "1") -> str:
        path, _, query = address.partition("?")
        grant, _limit = self.files.admit(APPS, path, query)
        await self.files.keep(grant, Arrived(content[:32], len(content), digest, BytesIO(content)))
        return path

    def offer(self) -> str:
        return self.files.offer(THIS, self.alice, Kind.IMAGE, "cat.jpg").upload


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    store, shelf = open_store("memory", tmp_path), Shelf()
    files = Files(store.files, shelf, shelf, Addresses(b"s"), SteppedClock(float(NOW)), SeededChance())
    yield Room(files, shelf, (await people(store)).alice)
    await store.close()


async def test_half_stored_file_is_given_up_whole(room: Room) -> None:
    address = room.offer()
    room.shelf.fails_at = address.split("/")[3]  # the original comes last
    with pytest.raises(TidingsError) as error:
        await room.put(address)
    assert error.value.fault is FILE_UNREADABLE
    assert [name.endswith(".thumb") for name in room.shelf.kept] == [True]
    assert await room.files.clean() == 1
    assert room.shelf.kept == {}


async def test_what_the_last_run_left_is_removed(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    class KilledError(BaseException):
        """The process ends here."""

    async def die(_name: str, _content: object) -> None:
        raise KilledError

    async def nothing(_keys: object) -> None:
        """Give up nothing, as a dead process does."""

    monkeypatch.setattr(room.shelf, "put", die)
    monkeypatch.setattr(room.files._store, "give_up_files", nothing)  # noqa: SLF001 - what a crash leaves out
    with pytest.raises(KilledError):
        await room.put(room.offer())
    assert await room.files.clean() == 0
    await room.files.recover()
    assert await room.files.clean() == 1


async def test_repeat_stores_nothing_anew(room: Room) -> None:
    address = room.offer()
    await room.put(address)
    room.shelf.fails_at = ""
    await room.put(address)
    with pytest.raises(TidingsError) as error:
        await room.put(address, digest="2")
    assert error.value.fault is FILE_EXISTS


async def test_empty_file_and_disabled_app_are_refused(room: Room) -> None:
    with pytest.raises(TidingsError) as empty:
        await room.put(room.offer(), b"")
    assert empty.value.fault is BAD_FILE_REQUEST
    path, _, query = room.offer().partition("?")
    for apps in (Apps(), Apps([App(APP, "test", is_enabled=False, created_at=NOW, keys=KeyRing())])):
        with pytest.raises(TidingsError) as gone:
            room.files.admit(apps, path, query)
        assert gone.value.fault is FILE_NOT_FOUND
