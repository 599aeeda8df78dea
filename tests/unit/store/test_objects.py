"""Objects: the same promises on disk, in memory, and in a store that speaks S3 over a real socket."""

import logging
import urllib.request
from collections.abc import AsyncIterator, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from tidings.errors import FILE_UNREADABLE, TidingsError
from tidings.settings import ServerSettings
from tidings.store.objects import FOLDER, PART, Objects, open_objects

KINDS = ["disk", "memory", "s3"]


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """Return the address of an S3 server with a bucket `chat`."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    urllib.request.urlopen(urllib.request.Request(f"{address}/chat", method="PUT")).close()  # noqa: S310 - our own server
    yield address
    server.stop()


def _settings(kind: str, folder: Path, address: str) -> ServerSettings:
    if kind == "s3":
        return ServerSettings(file_store="s3://chat/some/place", s3_endpoint=address)
    return ServerSettings(store="memory" if kind == "memory" else "sqlite", data_dir=str(folder))


@pytest.fixture(params=KINDS)
def objects(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Objects:
    """Return an empty store of each kind."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    address = request.getfixturevalue("s3") if request.param == "s3" else ""
    return open_objects(_settings(request.param, tmp_path, address))


def walk(folder: Path) -> list[Path]:
    """Return every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


async def _joined(pieces: AsyncIterator[bytes]) -> bytes:
    return b"".join([piece async for piece in pieces])


async def test_what_was_put_is_read_in_whole_and_in_part(objects: Objects) -> None:
    await objects.put("1/ab/abc", BytesIO(b"0123456789"))
    assert await _joined(objects.read("1/ab/abc", 0, 10)) == b"0123456789"
    assert await _joined(objects.read("1/ab/abc", 3, 5)) == b"34"
    await objects.delete(["1/ab/abc"])


async def test_content_is_put_from_its_beginning(objects: Objects) -> None:
    content = BytesIO(b"0123456789")
    content.read()
    await objects.put("1/ab/again", content)
    assert await _joined(objects.read("1/ab/again", 0, 10)) == b"0123456789"


async def test_large_object_goes_in_parts(objects: Objects) -> None:
    whole = bytes(range(256)) * (PART // 256) * 2 + b"end"
    await objects.put("1/ab/large", BytesIO(whole))
    assert await _joined(objects.read("1/ab/large", 0, len(whole))) == whole
    assert await _joined(objects.read("1/ab/large", len(whole) - 3, len(whole))) == b"end"


async def test_deleted_object_is_gone_and_may_be_deleted_again(objects: Objects) -> None:
    await objects.put("1/ab/abc", b"bytes")
    await objects.delete(["1/ab/abc", "1/ab/never"])
    await objects.delete(["1/ab/abc"])
    with pytest.raises(TidingsError) as error:
        await _joined(objects.read("1/ab/abc", 0, 5))
    assert error.value.fault is FILE_UNREADABLE


async def test_folder_of_files_is_closed_to_others(tmp_path: Path) -> None:
    await open_objects(_settings("disk", tmp_path, "")).put("1/ab/abc", b"bytes")
    folder, names = tmp_path / FOLDER, [path.name for path in walk(tmp_path)]
    assert folder.stat().st_mode & 0o077 == 0
    assert names == ["abc"]


async def test_bucket_that_is_not_there_is_told(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    objects = open_objects(ServerSettings(file_store="s3://nowhere", s3_endpoint=s3))
    with pytest.raises(TidingsError) as error:
        await objects.put("1/ab/abc", b"bytes")
    assert error.value.fault is FILE_UNREADABLE
