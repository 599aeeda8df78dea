"""Addresses of files: signed, so that only who was given one may use it, and only until it ends.

An address is `<base>/files/<app>/<key>/<name>?sign=..`; what stands in front of `/files/` and the
name do not matter when a file is looked up, and nothing of an address ever becomes a path on disk.
"""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest, digest
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from tidings.domain.file_types import Kind, Version
from tidings.errors import FILE_ADDRESS_EXPIRED, FILE_ADDRESS_FORGED, FILE_NOT_FOUND
from tidings.ids import AccountNumber, SdkAppId

PREFIX = "/files/"
KEY_BYTES = 16
MAX_NAME = 120
NO_NAME = "file"
_MAC_BYTES = 18
_PATH = re.compile(r"/files/([1-9][0-9]{0,18})/([0-9a-f]{32})/([^/]*)\Z")
_UPLOAD = re.compile(r"([1-4])-([0-9]{1,19})-([0-9]{1,12})-([\w-]{24})\Z", re.ASCII)
_END = re.compile(r"[0-9]{1,12}\Z")
_HARMFUL = re.compile(r"[\x00-\x1f\x7f-\x9f/\\\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ALL = "all."  # the dot is in no signature


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is: its app, its key and its name."""

    app: SdkAppId
    key: str
    name: str

    @property
    def path(self) -> str:
        """The path of its addresses."""
        return f"{PREFIX}{self.app}/{self.key}/{quote(self.name, safe='')}"


@dataclass(frozen=True, slots=True)
class Grant:
    """The right to upload one file; `ends_at` in unix seconds."""

    place: Place
    kind: Kind
    account: AccountNumber
    ends_at: int


@dataclass(frozen=True, slots=True)
class Access:
    """The right to download a file; `is_full`: also when it is banned."""

    place: Place
    version: Version
    is_full: bool


def to_name(given: str) -> str:
    """Return a name that is one segment of a path, without control and direction marks, at most MAX_NAME long."""
    name = _HARMFUL.sub("_", given).strip(" .")
    if len(name) > MAX_NAME:
        stem, dot, end = name.rpartition(".")
        name = stem[: MAX_NAME - len(end) - 1] + dot + end if len(end) < MAX_NAME // 2 else name[:MAX_NAME]
    return name or NO_NAME


def find_place(address: str) -> Place | None:
    """Return which file an address or a path is about, signed or not; None if it is none of ours."""
    try:
        found = _PATH.search(urlsplit(address).path)
    except ValueError:
        return None
    return None if found is None else Place(SdkAppId(int(found[1])), found[2], unquote(found[3]))


class Addresses:
    """Signs and checks."""

    def __init__(self, secret: bytes) -> None:
        """Sign with `secret`, which nobody else may know."""
        self._secret = secret

    def to_upload(self, grant: Grant) -> str:
        """Return path and query of the address that a file may be uploaded to."""
        text = f"{grant.kind.value}-{grant.account}-{grant.ends_at}"
        return f"{grant.place.path}?sign={text}-{self._mac('put', grant.place, text)}"

    def to_download(self, place: Place, ends_at: int, *, is_full: bool = False) -> str:
        """Return path and query of the address that a file may be downloaded from until `ends_at`."""
        return f"{place.path}?{self.to_query(place, ends_at, is_full=is_full)}"

    def to_query(self, place: Place, ends_at: int, *, is_full: bool = False) -> str:
        """Return the query that makes a download address of a file's path."""
        mark = _ALL if is_full else ""
        return f"sign={mark}{self._mac(mark + 'get', place, str(ends_at))}&im-time-expired={ends_at}"

    def read_upload(self, path: str, query: str, now: int) -> Grant:
        """Return what an upload address grants; raises 114000, or 114001 if it is forged or over."""
        place, values = _read(path, query)
        parts = _UPLOAD.match(values.get("sign", ""))
        if parts is None or not self._is_signed(parts[4], "put", place, f"{parts[1]}-{parts[2]}-{parts[3]}"):
            raise FILE_ADDRESS_FORGED()
        ends_at = int(parts[3])
        if now > ends_at:
            raise FILE_ADDRESS_EXPIRED(end=ends_at)
        return Grant(place, Kind(int(parts[1])), AccountNumber(int(parts[2])), ends_at)

    def read_download(self, path: str, query: str, now: int) -> Access:
        """Return what a download address grants; raises 114000, or 114001 if it is forged or over."""
        place, values = _read(path, query)
        sign, end = values.get("sign", ""), values.get("im-time-expired", "")
        is_full = sign.startswith(_ALL)
        purpose = f"{_ALL}get" if is_full else "get"
        if not _END.match(end) or not self._is_signed(sign.removeprefix(_ALL), purpose, place, end):
            raise FILE_ADDRESS_FORGED()
        if now > int(end):
            raise FILE_ADDRESS_EXPIRED(end=end)
        try:
            return Access(place, Version(values.get("version", "")), is_full)
        except ValueError:
            raise FILE_NOT_FOUND(address=path) from None

    def _mac(self, purpose: str, place: Place, text: str) -> str:
        # The name does not decide what is read, but for an upload it is what the app's types are held against.
        name = place.name if purpose == "put" else ""
        signed = "\n".join((purpose, str(place.app), place.key, text, name)).encode(errors="surrogatepass")
        return urlsafe_b64encode(digest(self._secret, signed, sha256)[:_MAC_BYTES]).decode()

    def _is_signed(self, given: str, purpose: str, place: Place, text: str) -> bool:
        return compare_digest(given.encode(errors="replace"), self._mac(purpose, place, text).encode())


def _read(path: str, query: str) -> tuple[Place, dict[str, str]]:
    place = find_place(path)
    if place is None or not path.startswith(PREFIX):
        raise FILE_NOT_FOUND(address=path[:200])
    return place, dict(parse_qsl(query))
