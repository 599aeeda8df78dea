"""Files: uploaded to where the server says, then sent by their addresses (docs/files.md)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

import httpx2
import msgspec

from tidings_client import wire_files as wire
from tidings_client.elements import Element, File, Image, ImageVersion, Sound, Video
from tidings_client.errors import FILE_REFUSED, NotConnectedError, TidingsError
from tidings_client.frames import judge
from tidings_client.wire_base import Down, Up

IMAGE, VIDEO, SOUND, FILE = 1, 2, 3, 4
PIECE = 256 * 1024
# Seconds without any progress.
STALLED_S = 60.0
HTTP_OK = 200
# How messages number the versions of an image, by how the server does.
_VERSIONS = {3: 1, 2: 2, 1: 3}
_FORMATS = {"jpg": 1, "jpeg": 1, "gif": 2, "png": 3, "bmp": 4}
OTHER_FORMAT = 255

Source = str | Path | bytes
D = TypeVar("D", bound=Down)


class Caller(Protocol):
    """Calls commands of the gateway."""

    async def call(self, servcmd: str, body: Up, kind: type[D]) -> D:
        """Ask and return the answer."""
        ...


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that the server has; `url` holds as long as the app keeps its history."""

    url: str
    name: str
    size: int
    key: str


class Files:
    """Uploads and downloads; nothing is held in memory but a piece at a time."""

    def __init__(self, caller: Caller) -> None:
        """Ask for addresses by `caller`."""
        self._caller = caller
        self._http: httpx2.AsyncClient | None = None

    async def upload(self, source: Source, name: str = "", kind: int = FILE) -> Uploaded:
        """Upload the file at a path, or bytes; raises TidingsError if the app does not take it, OSError."""
        found = name or (Path(source).name if isinstance(source, str | Path) else "file")
        offer = await self._caller.call("im_cos_msg.pre_sig", wire.Upload(kind=kind, name=found), wire.Offer)
        file, size = await asyncio.to_thread(_open, source)
        try:
            headers = {"content-length": str(size), "content-type": "application/octet-stream"}
            await self._send(offer.upload_url, headers, _pieces(file))
        finally:
            await asyncio.to_thread(file.close)
        return Uploaded(offer.download_url, found, size, offer.key)

    async def image(self, source: Source, name: str = "") -> Image:
        """Upload an image and return what to send; raises TidingsError for what is none."""
        sent = await self.upload(source, name, IMAGE)
        told = await self._caller.call("im_cos_msg.get_imageinfo", wire.AskImage(url=sent.url), wire.ImageTold)
        versions = [
            ImageVersion(
                _VERSIONS.get(row.kind, row.kind), sent.size if row.kind == max(_VERSIONS) else 0, *row.pixels, row.url
            )
            for row in told.versions
        ]
        kind = _FORMATS.get(sent.name.rpartition(".")[2].lower(), OTHER_FORMAT)
        return Image(uuid=sent.key, image_format=kind, versions=tuple(versions))

    async def file(self, source: Source, name: str = "") -> File:
        """Upload a file and return what to send."""
        sent = await self.upload(source, name, FILE)
        return File(url=sent.url, uuid=sent.key, size=sent.size, name=sent.name)

    async def sound(self, source: Source, seconds: int, name: str = "") -> Sound:
        """Upload a recording and return what to send."""
        sent = await self.upload(source, name, SOUND)
        return Sound(url=sent.url, uuid=sent.key, size=sent.size, seconds=seconds)

    async def video(self, source: Source, seconds: int, still: Source | None = None, name: str = "") -> Video:
        """Upload a video, and a still picture if there is one, and return what to send."""
        picture = None if still is None else await self.image(still)
        sent = await self.upload(source, name, VIDEO)
        ending = sent.name.rpartition(".")[2] if "." in sent.name else ""
        video = Video(url=sent.url, uuid=sent.key, size=sent.size, seconds=seconds, video_format=ending)
        if picture is None:
            return video
        first = picture.versions[0]
        return msgspec.structs.replace(
            video,
            still_url=first.url,
            still_uuid=picture.uuid,
            still_size=first.size,
            still_width=first.width,
            still_height=first.height,
        )

    async def download(self, file: Element | str, to: str | Path | None = None) -> bytes:
        """Return what lies at an address, or behind an element; with `to`, it is written there, and b"" returned.

        Raises TidingsError if it is not there any more, ValueError for an element without a file.
        """
        target: BinaryIO = BytesIO() if to is None else await asyncio.to_thread(Path(to).open, "wb")
        try:
            async with self._client().stream("GET", address_of(file)) as response:
                if response.status_code != HTTP_OK:
                    raise _refusal(response.status_code, await response.aread())
                async for piece in response.aiter_bytes(PIECE):
                    await asyncio.to_thread(target.write, piece)
            return target.getvalue() if isinstance(target, BytesIO) else b""
        except httpx2.TransportError as error:
            raise _broken(error) from error
        finally:
            await asyncio.to_thread(target.close)

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()

    async def _send(self, url: str, headers: dict[str, str], content: AsyncIterator[bytes]) -> None:
        try:
            response = await self._client().put(url, headers=headers, content=content)
        except httpx2.TransportError as error:
            raise _broken(error) from error
        if response.status_code != HTTP_OK:
            raise _refusal(response.status_code, response.content)

    def _client(self) -> httpx2.AsyncClient:
        if self._http is None:
            self._http = httpx2.AsyncClient(timeout=STALLED_S)
        return self._http


def address_of(file: Element | str) -> str:
    """Return where the file of an element lies; of an image, the original. Raises ValueError if it has none."""
    if isinstance(file, str):
        return file
    if isinstance(file, Image) and file.versions:
        return min(file.versions, key=lambda version: version.version).url
    if isinstance(file, File | Sound | Video) and file.url:
        return file.url
    raise ValueError(f"{type(file).__name__} has no file to download")


def _open(source: Source) -> tuple[BinaryIO, int]:
    if isinstance(source, bytes):
        return BytesIO(source), len(source)
    path = Path(source)
    return path.open("rb"), path.stat().st_size


async def _pieces(file: BinaryIO) -> AsyncIterator[bytes]:
    while piece := await asyncio.to_thread(file.read, PIECE):
        yield piece


def _refusal(status: int, body: bytes) -> TidingsError:
    try:
        verdict = judge(body)
    except msgspec.DecodeError:
        return TidingsError(FILE_REFUSED, f"the address of the file answered HTTP {status}; ask the operator why")
    return TidingsError(verdict.code, verdict.info)


def _broken(error: httpx2.TransportError) -> NotConnectedError:
    return NotConnectedError(f"the file did not get through: {str(error) or type(error).__name__}; try it again")
