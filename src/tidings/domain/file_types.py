"""What a file is, by its first bytes: what its sender says of it is not trusted (docs/files.md)."""

from enum import IntEnum, StrEnum

SNIFFED_BYTES = 32
UNKNOWN = "application/octet-stream"
IMAGES = frozenset({"image/jpeg", "image/png", "image/gif", "image/bmp", "image/webp"})

_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"#!AMR", "audio/amr"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_IN_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}


class Kind(IntEnum):
    """What a client says it uploads, numbered as on the wire (web-sdk-wire.md, section 11)."""

    IMAGE = 1
    VIDEO = 2
    SOUND = 3
    FILE = 4


class Version(StrEnum):
    """Which version of a file is asked for; those below the original exist for images."""

    ORIGINAL = ""
    LARGE = "large"
    THUMB = "thumb"


def to_media_type(head: bytes) -> str:
    """Return the type of a file that begins with `head`, SNIFFED_BYTES bytes; UNKNOWN unless browsers just show it.

    Nothing that a browser would run (HTML, SVG, PDF, scripts) is ever named here.
    """
    if head[:4] == b"RIFF":
        return _IN_RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _to_container(head[8:12])
    return next((name for beginning, name in _BEGINNINGS if head.startswith(beginning)), UNKNOWN)


def ending(name: str) -> str:
    """Return the ending of a file's name in small letters, without its dot; empty if there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _to_container(brand: bytes) -> str:
    if brand.startswith(b"M4A"):
        return "audio/mp4"
    return "video/quicktime" if brand == b"qt  " else "video/mp4"
