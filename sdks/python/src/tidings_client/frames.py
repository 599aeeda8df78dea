"""Frames: one JSON object of head and body (spec/client/web-sdk-wire.md, section 3). Knows no socket."""

from typing import Any, NamedTuple

import msgspec

from tidings_client.address import WEB

PUSH = "im_open_push.msg_push"
FIRST_SEQ_BELOW = 2_415_919_103

Identity = dict[str, str | int]

# The part of each head that never changes; the numbers are those of the public protocol.
_FIXED: dict[str, Any] = {
    "ver": "v4",
    "platform": WEB,
    "websdkappid": 537048168,
    "websdkversion": "1.7.3",
    "contenttype": "json",
    "sdkability": 75689843,
    "sdkability_ext": "",
    "cappid": 0,
    "cs": 0,
}
encode = msgspec.json.Encoder().encode


class Call(NamedTuple):
    """A command with its number and body, as it is asked."""

    servcmd: str
    seq: int
    body: bytes


class Head(msgspec.Struct, frozen=True):
    """The part of a frame's head that tells what it answers."""

    servcmd: str
    seq: int = 0


class Frame(msgspec.Struct, frozen=True):
    """A frame from the server: the head decoded, the body as it came."""

    head: Head
    body: msgspec.Raw = msgspec.Raw(b"{}")


class Verdict(msgspec.Struct, frozen=True):
    """The part of an answer that tells how the call went; 0 is success."""

    code: int = msgspec.field(name="ErrorCode", default=0)
    info: str = msgspec.field(name="ErrorInfo", default="")
    kick_type: int = msgspec.field(name="KickType", default=0)


decode = msgspec.json.Decoder(Frame).decode
judge = msgspec.json.Decoder(Verdict).decode


def pack(call: Call, sdkappid: int, identity: Identity, time: int) -> str:
    """Return the text of a request; `identity` is who asks, `time` the client's time in unix seconds."""
    head = {**_FIXED, "sdkappid": sdkappid, "servcmd": call.servcmd, "seq": call.seq, "reqtime": time, **identity}
    return encode({"head": head, "body": msgspec.Raw(call.body)}).decode()
