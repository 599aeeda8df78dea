"""Gateway frames: a JSON object with head and body in one WebSocket frame (web-sdk-wire.md, section 3)."""

from struct import Struct

import msgspec

TEXT = 0x81
BINARY = 0x82
CLOSE = 0x88
_SHORT = 126
_MEDIUM = 65_536
_pack_medium = Struct(">BBH").pack
_pack_long = Struct(">BBQ").pack
_pack_code = Struct(">H").pack
MAX_REASON_BYTES = 123

PUSH = "im_open_push.msg_push"
KICK = "im_open_status.stat_forceoffline"
# A push is told from an answer by its servcmd, so its number may be anything.
PUSH_SEQ = 1


class Head(msgspec.Struct, frozen=True, gc=False):
    """The part of a request's head that the server reads."""

    servcmd: str
    seq: int
    sdkappid: int = 0
    identifier: str = ""
    usersig: str = ""
    a2: str = ""
    tinyid: str | int = ""
    status_instid: int = 0


class Frame(msgspec.Struct, frozen=True):
    """One request: the head decoded, the body as it came."""

    head: Head
    body: msgspec.Raw = msgspec.Raw(b"{}")


decode = msgspec.json.Decoder(Frame).decode


def escape(text: str) -> str:
    """Return text as it may stand between the quotes of a JSON string."""
    return msgspec.json.encode(text)[1:-1].decode()


def answer(servcmd: str, seq: int, body: bytes) -> bytes:
    """Return the payload that answers a request; `servcmd` is that of a known command, or escaped."""
    return b'{"head":{"ver":"v4","servcmd":"%b","seq":%d},"body":%b}' % (servcmd.encode(), seq, body)


def push(body: bytes, servcmd: str = PUSH) -> bytes:
    """Return the payload of a push."""
    return b'{"head":{"ver":"v4","servcmd":"%b","seq":%d},"body":%b}' % (servcmd.encode(), PUSH_SEQ, body)


def pack(opcode: int, payload: bytes) -> bytes:
    """Return a whole, final, unmasked WebSocket frame."""
    size = len(payload)
    if size < _SHORT:
        return bytes((opcode, size)) + payload
    if size < _MEDIUM:
        return _pack_medium(opcode, 126, size) + payload
    return _pack_long(opcode, 127, size) + payload


def close(code: int, reason: str) -> bytes:
    """Return a close frame; the reason is cut to what one can hold."""
    text = reason.encode()[:MAX_REASON_BYTES].decode(errors="ignore")  # never half a character
    return pack(CLOSE, _pack_code(code) + text.encode())
