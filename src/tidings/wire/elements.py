"""The elements of MsgBody, checked in form and then passed on as they came (spec/messages.md, section 1)."""

import re

import msgspec
from msgspec import Struct, field

from tidings.errors import BAD_ELEMENT, BAD_MESSAGE_BODY, MESSAGE_BODY_NO_ARRAY, TidingsError

Number = int | float
# A merged message within a merged one takes five levels; what is far deeper no client can decode.
MAX_DEPTH = 100


class TextContent(Struct, gc=False):
    """Plain text."""

    text: str = field(name="Text")


class LocationContent(Struct, gc=False):
    """A place, in degrees."""

    latitude: Number = field(name="Latitude")
    longitude: Number = field(name="Longitude")
    desc: str = field(name="Desc", default="")


class FaceContent(Struct, gc=False):
    """An emoji whose meaning the app chooses."""

    index: Number = field(name="Index", default=0)
    data: str = field(name="Data", default="")


class CustomContent(Struct, gc=False):
    """The app's own data."""

    data: str = field(name="Data", default="")
    desc: str = field(name="Desc", default="")
    ext: str = field(name="Ext", default="")
    sound: str = field(name="Sound", default="")


class SoundContent(Struct, gc=False):
    """A voice message; the file lies at `url`."""

    url: str = field(name="Url")
    uuid: str = field(name="UUID")
    size: Number = field(name="Size", default=0)
    second: Number = field(name="Second", default=0)
    download_flag: Number = field(name="Download_Flag", default=2)


class ImageInfo(Struct, gc=False):
    """One version of an image: 1 original, 2 large, 3 thumbnail."""

    url: str = field(name="URL")
    type: Number = field(name="Type", default=1)
    size: Number = field(name="Size", default=0)
    width: Number = field(name="Width", default=0)
    height: Number = field(name="Height", default=0)


class ImageContent(Struct, gc=False):
    """An image in its versions."""

    uuid: str = field(name="UUID")
    versions: list[ImageInfo] = field(name="ImageInfoArray")
    format: Number = field(name="ImageFormat", default=255)


class FileContent(Struct, gc=False):
    """A file; it lies at `url`."""

    url: str = field(name="Url")
    uuid: str = field(name="UUID")
    size: Number = field(name="FileSize", default=0)
    name: str = field(name="FileName", default="")
    download_flag: Number = field(name="Download_Flag", default=2)


class VideoContent(Struct, gc=False):
    """A video and its still picture."""

    url: str = field(name="VideoUrl")
    thumb_url: str = field(name="ThumbUrl", default="")
    uuid: str = field(name="VideoUUID", default="")
    thumb_uuid: str = field(name="ThumbUUID", default="")
    size: Number = field(name="VideoSize", default=0)
    second: Number = field(name="VideoSecond", default=0)
    format: str = field(name="VideoFormat", default="")
    thumb_size: Number = field(name="ThumbSize", default=0)
    thumb_width: Number = field(name="ThumbWidth", default=0)
    thumb_height: Number = field(name="ThumbHeight", default=0)
    thumb_format: str = field(name="ThumbFormat", default="")


class RelayContent(Struct, gc=False):
    """Several messages forwarded as one."""

    title: str = field(name="Title", default="")
    count: Number = field(name="MsgNum", default=0)
    compatible_text: str = field(name="CompatibleText", default="")
    abstracts: list[str] = field(name="AbstractList", default_factory=list)
    messages: list[msgspec.Raw] = field(name="MsgList", default_factory=list)
    key: str = field(name="JsonMsgKey", default="")


class Element(Struct, gc=False, tag_field="MsgType"):
    """An element: its type and the content of that type."""


class Text(Element, tag="TIMTextElem"):
    """Text."""

    content: TextContent = field(name="MsgContent")


class Location(Element, tag="TIMLocationElem"):
    """Location."""

    content: LocationContent = field(name="MsgContent")


class Face(Element, tag="TIMFaceElem"):
    """Face."""

    content: FaceContent = field(name="MsgContent")


class Custom(Element, tag="TIMCustomElem"):
    """Custom."""

    content: CustomContent = field(name="MsgContent")


class Sound(Element, tag="TIMSoundElem"):
    """Sound."""

    content: SoundContent = field(name="MsgContent")


class Image(Element, tag="TIMImageElem"):
    """Image."""

    content: ImageContent = field(name="MsgContent")


class File(Element, tag="TIMFileElem"):
    """File."""

    content: FileContent = field(name="MsgContent")


class Video(Element, tag="TIMVideoFileElem"):
    """Video."""

    content: VideoContent = field(name="MsgContent")


class Relay(Element, tag="TIMRelayElem"):
    """Merged forward."""

    content: RelayContent = field(name="MsgContent")


_decode = msgspec.json.Decoder(list[Text | Location | Face | Custom | Sound | Image | File | Video | Relay]).decode
_CONTENT = re.compile(r"at `\$\[(\d+|\.\.\.)\]\.MsgContent")
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"')


def check_body(raw: bytes | memoryview) -> bytes:
    """Return MsgBody as bytes if every element fits its type.

    Raises 90007 if it is no array, 90002 if it is empty, an element lacks its parts or it is nested more
    than MAX_DEPTH deep, 90010 if a content does not fit or there is more than one custom element.
    """
    body = bytes(raw)
    if not body.lstrip().startswith(b"["):
        raise MESSAGE_BODY_NO_ARRAY()
    try:
        elements = _decode(body)
        str(body, "utf-8")  # parts that nobody decodes are passed on: they must be text, too
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _refusal(str(error)) from error
    if not elements:
        raise BAD_MESSAGE_BODY(detail="it is empty")
    if _is_too_deep(body):
        raise BAD_MESSAGE_BODY(detail=f"it is nested more than {MAX_DEPTH} deep")
    if len(elements) > 1 and sum(type(element) is Custom for element in elements) > 1:
        raise BAD_ELEMENT(detail="more than one TIMCustomElem")
    return body


def _is_too_deep(body: bytes) -> bool:
    """Say whether valid JSON is nested more than MAX_DEPTH deep; nearly every body has too few brackets for that."""
    if body.count(b"[") + body.count(b"{") <= MAX_DEPTH:
        return False
    depth = 0
    for byte in _STRINGS.sub(b"", body):
        depth += (byte in b"[{") - (byte in b"]}")
        if depth > MAX_DEPTH:
            return True
    return False


def _refusal(text: str) -> TidingsError:
    if _CONTENT.search(text) or "Invalid value" in text:
        return BAD_ELEMENT(detail=text)
    return BAD_MESSAGE_BODY(detail=text)
