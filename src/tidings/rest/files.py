"""The door for files: uploads and downloads at signed addresses, on the one port (docs/files.md)."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from urllib.parse import quote

from tidings.domain.apps import Apps
from tidings.domain.file_addresses import PREFIX
from tidings.domain.file_types import UNKNOWN
from tidings.domain.files import Files, Part, StoredFile, check_size
from tidings.errors import (
    BAD_FILE_REQUEST,
    BAD_IMAGE,
    BAD_IMAGE_FORMAT,
    FILE_ADDRESS_EXPIRED,
    FILE_ADDRESS_FORGED,
    FILE_BANNED,
    FILE_EXISTS,
    FILE_NOT_FOUND,
    FILE_TOO_LARGE,
    FILE_TYPE_REFUSED,
    FILE_UNREADABLE,
    FILES_TOO_MANY,
    TidingsError,
)
from tidings.rest.exchange import Exchange
from tidings.rest.forms import file_of_form
from tidings.rest.ranges import Span, names, to_span
from tidings.rest.spool import spooled
from tidings.wire.envelope import DONE, refuse

STATUS = {
    BAD_FILE_REQUEST: 400,
    FILE_ADDRESS_EXPIRED: 403,
    FILE_ADDRESS_FORGED: 403,
    FILE_BANNED: 403,
    FILE_NOT_FOUND: 404,
    FILE_EXISTS: 409,
    FILE_TOO_LARGE: 413,
    BAD_IMAGE_FORMAT: 415,
    FILE_TYPE_REFUSED: 415,
    BAD_IMAGE: 422,
    FILES_TOO_MANY: 503,
    FILE_UNREADABLE: 503,
}
OK, NO_CONTENT, PARTIAL, UNCHANGED, NO_METHOD, NO_RANGE, BROKEN = 200, 204, 206, 304, 405, 416, 500
METHODS = b"GET, HEAD, PUT, POST, OPTIONS"
# Any page may use an address that it knows; what it gets is never run as a page of this server.
OPEN = (
    b"access-control-allow-origin: *\r\n"
    b"access-control-expose-headers: content-length, content-range, etag\r\n"
    b"cross-origin-resource-policy: cross-origin\r\n"
    b"x-content-type-options: nosniff\r\n"
    b"content-security-policy: default-src 'none'; sandbox\r\n"
    b"referrer-policy: no-referrer\r\n"
)
JSON = b"content-type: application/json\r\n"
_HEADERS = re.compile(rb"[A-Za-z0-9-]+(, ?[A-Za-z0-9-]+)*\Z")
_PLAIN = re.compile(r"[^A-Za-z0-9._ -]")
log = logging.getLogger(__name__)


class FilesDoor:
    """Answers streamed requests, each in a task of its own."""

    def __init__(self, files: Files, apps: Apps, folder: Path | None, most: int) -> None:
        """Go by `files`; spool at most `most` uploads at the same time, below `folder`."""
        self._files = files
        self._apps = apps
        self._folder = folder
        self._most = most
        self._uploads = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def in_flight(self) -> int:
        """How many requests are under way."""
        return len(self._tasks)

    def serves(self, target: bytes) -> bool:
        """Say whether a target is an address of a file."""
        return target.startswith(PREFIX.encode())

    def answer(self, exchange: Exchange) -> None:
        """Begin to answer a request."""
        task = asyncio.get_running_loop().create_task(self._answer(exchange))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Give up what is still under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _answer(self, exchange: Exchange) -> None:
        is_whole = False
        try:
            await self._serve(exchange)
            is_whole = True
        except TidingsError as error:
            if not exchange.is_answered:
                exchange.answer(STATUS.get(error.fault, BROKEN), OPEN + JSON, refuse(error.code, error.info))
                is_whole = True
        except Exception:
            log.exception("%s of a file failed", exchange.head.method)
            if not exchange.is_answered:
                exchange.answer(BROKEN, OPEN + JSON, refuse(FILE_UNREADABLE.code, FILE_UNREADABLE().info))
                is_whole = True
        finally:
            exchange.finish(is_whole=is_whole)

    async def _serve(self, exchange: Exchange) -> None:
        method = exchange.head.method
        if method in {"GET", "HEAD"}:
            await self._download(exchange)
        elif method in {"PUT", "POST"}:
            await self._upload(exchange)
        elif method == "OPTIONS":
            exchange.answer(NO_CONTENT, OPEN + _permission(exchange), b"")
        else:
            exchange.answer(NO_METHOD, b"%ballow: %b\r\n" % (OPEN, METHODS), b"")

    async def _upload(self, exchange: Exchange) -> None:
        head = exchange.head
        grant, limit = self._files.admit(self._apps, head.path, head.query)
        is_form = head.method == "POST"
        if exchange.length is not None and not is_form:
            check_size(exchange.length, limit)
        if self._uploads >= self._most:
            raise FILES_TOO_MANY(count=self._uploads)
        self._uploads += 1
        try:
            async with spooled(self._folder, limit) as spool:
                async for piece in _content(exchange, is_form=is_form):
                    await spool.write(piece)
                file = await self._files.keep(grant, spool.arrived())
        finally:
            self._uploads -= 1
        exchange.answer(OK, b"%b%betag: %b\r\n" % (OPEN, JSON, _tag(file, file.original)), DONE)

    async def _download(self, exchange: Exchange) -> None:
        head = exchange.head
        file, version = await self._files.find(self._apps, head.path, head.query)
        name, part = file.part(version)
        tag = _tag(file, part)
        described = OPEN + _describe(file, part, tag)
        if names(head.headers.get(b"if-none-match", b""), tag):
            exchange.answer(UNCHANGED, described, b"")
            return
        may_be_part = head.headers.get(b"if-range", tag) == tag
        try:
            span = to_span(head.headers.get(b"range", b"") if may_be_part else b"", part.size)
        except ValueError:
            exchange.answer(NO_RANGE, b"%bcontent-range: bytes */%d\r\n" % (OPEN, part.size), b"")
            return
        if span is not None:
            described += b"content-range: bytes %d-%d/%d\r\n" % (span.first, span.end - 1, part.size)
        status, span = (OK, Span(0, part.size)) if span is None else (PARTIAL, span)
        await self._send(exchange, name, span, (status, described))

    async def _send(self, exchange: Exchange, name: str, span: Span, head: tuple[int, bytes]) -> None:
        """Send a span of an object; what cannot be read is told as long as nothing was sent."""
        if exchange.head.method == "HEAD":
            exchange.begin(*head, span.end - span.first)
            return
        async with aclosing(self._files.read(name, span.first, span.end)) as pieces:  # type: ignore[type-var]
            async for piece in pieces:
                if not exchange.is_answered:
                    exchange.begin(*head, span.end - span.first)
                if not await exchange.write(piece):
                    return


def _content(exchange: Exchange, *, is_form: bool) -> AsyncIterator[bytes]:
    body = exchange.body()
    return file_of_form(body, exchange.head.headers.get(b"content-type", b"")) if is_form else body


def _permission(exchange: Exchange) -> bytes:
    """Return what a browser asks for before a page may send a file."""
    wanted = exchange.head.headers.get(b"access-control-request-headers", b"")
    allowed = wanted if _HEADERS.match(wanted) else b"content-type"
    return (
        b"access-control-allow-methods: %b\r\naccess-control-allow-headers: %b\r\naccess-control-max-age: 86400\r\n"
        % (METHODS, allowed)
    )


def _tag(file: StoredFile, part: Part) -> bytes:
    return b'"%b-%d"' % (file.digest[:32].encode(), part.size)


def _describe(file: StoredFile, part: Part, tag: bytes) -> bytes:
    """Return headers; what a browser does not just show is for saving only."""
    name = file.place.name
    way = "attachment" if part.media_type == UNKNOWN else "inline"
    plain = _PLAIN.sub("_", name)
    exact = quote(name, safe="", errors="replace")
    disposition = f"{way}; filename=\"{plain}\"; filename*=UTF-8''{exact}"
    return (
        b"content-type: %b\r\ncontent-disposition: %b\r\netag: %b\r\naccept-ranges: bytes\r\n"
        b"cache-control: private, max-age=3600\r\n" % (part.media_type.encode(), disposition.encode(), tag)
    )
