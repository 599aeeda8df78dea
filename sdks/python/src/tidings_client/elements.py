"""What a message is made of: text, pictures, places and so on (spec/messages.md, section 1)."""

import functools
from collections.abc import Sequence
from typing import Any, ClassVar

import msgspec
from msgspec import field


class Element(msgspec.Struct, frozen=True):
    """One part of a message; `kind` is its name on the wire."""

    kind: ClassVar[str] = ""


class Text(Element, frozen=True):
    """A text."""

    kind = "TIMTextElem"
    text: str = field(name="Text")


class Custom(Element, frozen=True):
    """The app's own data; `description` is what a push shows."""

    kind = "TIMCustomElem"
    data: str = field(name="Data", default="")
    description: str = field(name="Desc", default="")
    extension: str = field(name="Ext", default="")
    sound: str = field(name="Sound", default="")


class Face(Element, frozen=True):
    """An emoji of the app's own numbering."""

    kind = "TIMFaceElem"
    index: int = field(name="Index", default=0)
    data: str = field(name="Data", default="")


class Location(Element, frozen=True):
    """A place, in degrees."""

    kind = "TIMLocationElem"
    description: str = field(name="Desc", default="")
    latitude: float = field(name="Latitude", default=0.0)
    longitude: float = field(name="Longitude", default=0.0)


class Sound(Element, frozen=True):
    """A recording: where it is, its size in bytes and its length in seconds."""

    kind = "TIMSoundElem"
    url: str = field(name="Url", default="")
    uuid: str = field(name="UUID", default="")
    size: int = field(name="Size", default=0)
    seconds: int = field(name="Second", default=0)
    download_flag: int = field(name="Download_Flag", default=2)


class ImageVersion(msgspec.Struct, frozen=True):
    """One size of a picture: 1 original, 2 large, 3 thumbnail; bytes and pixels."""

    version: int = field(name="Type", default=1)
    size: int = field(name="Size", default=0)
    width: int = field(name="Width", default=0)
    height: int = field(name="Height", default=0)
    url: str = field(name="URL", default="")


class Image(Element, frozen=True):
    """A picture: 1 JPG, 2 GIF, 3 PNG, 4 BMP, 255 other."""

    kind = "TIMImageElem"
    uuid: str = field(name="UUID", default="")
    image_format: int = field(name="ImageFormat", default=255)
    versions: tuple[ImageVersion, ...] = field(name="ImageInfoArray", default=())


class File(Element, frozen=True):
    """A file: where it is and its size in bytes."""

    kind = "TIMFileElem"
    url: str = field(name="Url", default="")
    uuid: str = field(name="UUID", default="")
    size: int = field(name="FileSize", default=0)
    name: str = field(name="FileName", default="")
    download_flag: int = field(name="Download_Flag", default=2)


class Video(Element, frozen=True):
    """A video, with a still picture if it has one: bytes, seconds and pixels."""

    kind = "TIMVideoFileElem"
    url: str = field(name="VideoUrl", default="")
    uuid: str = field(name="VideoUUID", default="")
    size: int = field(name="VideoSize", default=0)
    seconds: int = field(name="VideoSecond", default=0)
    video_format: str = field(name="VideoFormat", default="")
    download_flag: int = field(name="VideoDownloadFlag", default=2)
    still_url: str = field(name="ThumbUrl", default="")
    still_uuid: str = field(name="ThumbUUID", default="")
    still_size: int = field(name="ThumbSize", default=0)
    still_width: int = field(name="ThumbWidth", default=0)
    still_height: int = field(name="ThumbHeight", default=0)
    still_format: str = field(name="ThumbFormat", default="")
    still_download_flag: int = field(name="ThumbDownloadFlag", default=2)


class Chunk(msgspec.Struct, frozen=True):
    """A piece of a stream."""

    markdown: str = field(name="Markdown", default="")
    index: int = field(name="Index", default=0)
    is_last: bool = field(name="IsLast", default=False)
    kind: str = field(name="EventType", default="data")


class Stream(Element, frozen=True):
    """A text that grows while it is read, in Markdown; `alternative` is for clients that do not know it."""

    kind = "TIMStreamElem"
    chunks: tuple[Chunk, ...] = field(name="Chunks", default=())
    id: str = field(name="StreamMsgID", default="")
    alternative: str = field(name="CompatibleText", default="")

    @property
    def text(self) -> str:
        """All of it so far."""
        return "".join(chunk.markdown for chunk in self.chunks)

    @property
    def is_finished(self) -> bool:
        """Whether nothing more comes."""
        return bool(self.chunks) and self.chunks[-1].is_last


class Merged(Element, frozen=True):
    """Several messages forwarded as one: `messages` on the wire, or if they are long the `key` they are kept under."""

    kind = "TIMRelayElem"
    title: str = field(name="Title", default="")
    count: int = field(name="MsgNum", default=0)
    alternative: str = field(name="CompatibleText", default="")
    lines: tuple[str, ...] = field(name="AbstractList", default=())
    messages: tuple[dict[str, Any], ...] = field(name="MsgList", default=())
    key: str = field(name="JsonMsgKey", default="")
    other_key: str = field(name="PbMsgKey", default="")


class Raw(Element, frozen=True):
    """An element of any other kind, as it is on the wire."""

    kind_on_wire: str
    content: dict[str, Any]


Content = str | Element | Sequence[Element]
_KINDS: dict[str, type[Element]] = {
    each.kind: each for each in (Text, Custom, Face, Location, Sound, Image, File, Video, Stream, Merged)
}


class WireElement(msgspec.Struct, frozen=True):
    """An element in its wire form."""

    kind: str = field(name="MsgType")
    content: dict[str, Any] = field(name="MsgContent", default_factory=dict)


def to_elements(content: Content) -> tuple[Element, ...]:
    """Return what a message is to hold; a plain text becomes one element."""
    if isinstance(content, str):
        return (Text(text=content),)
    if isinstance(content, Element):
        return (content,)
    return tuple(content)


def to_wire(element: Element) -> WireElement:
    """Return an element in its wire form."""
    if isinstance(element, Raw):
        return WireElement(element.kind_on_wire, element.content)
    return WireElement(element.kind, msgspec.to_builtins(element))


def from_wire(wire: WireElement) -> Element:
    """Return an element by its kind; Raw if that or the form of its content is not known here."""
    known = _KINDS.get(wire.kind)
    if known is None or not _names(known).issuperset(wire.content):
        return Raw(kind_on_wire=wire.kind, content=wire.content)
    try:
        return msgspec.convert(wire.content, known)
    except msgspec.ValidationError:
        return Raw(kind_on_wire=wire.kind, content=wire.content)


@functools.cache
def _names(kind: type[Element]) -> frozenset[str]:
    return frozenset(each.encode_name for each in msgspec.structs.fields(kind))
