"""The outer form of a UserSig: a JSON object, zlib, a base64 alphabet of its own (spec/auth.md, 2.1 and 2.2).

Unpacking meets what strangers send, so each step is bounded and every failure ends in 70003 with a
sentence that says which step failed.
"""

import json
import zlib
from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping
from typing import NoReturn

from tidings.errors import SIG_EMPTY, SIG_MALFORMED

MAX_TEXT = 8 * 1024
"""Longest UserSig that is looked at, in characters; a usual one has 200 to 400."""

MAX_JSON = 8 * 1024
"""Most bytes that a UserSig may inflate to; a usual one has 150 to 300."""

MAX_DIGITS = 16

_OWN, _STANDARD = b"*-_", b"+/="
_PACK = bytes.maketrans(_STANDARD, _OWN)
# The standard characters themselves become NUL, which no base64 decoder takes.
_UNPACK = bytes.maketrans(_OWN + _STANDARD, _STANDARD + bytes(len(_STANDARD)))
_BASE64URL = bytes.maketrans(b"-_+/", b"+/\0\0")
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-_")


def pack(members: Mapping[str, object]) -> str:
    """Return the UserSig that carries `members`."""
    packed = zlib.compress(json.dumps(members).encode())
    return _wrap(packed)


def unpack(text: str) -> dict[str, object]:
    """Return the JSON object that a UserSig carries; raises 70002 and 70003.

    Takes at most MAX_TEXT characters, and never more than 64 KiB of memory however well they inflate.
    """
    if not text:
        raise SIG_EMPTY()
    if len(text) > MAX_TEXT:
        raise SIG_MALFORMED(detail=f"it has {len(text)} characters, at most {MAX_TEXT} are allowed")
    try:
        packed = a2b_base64(text.encode("ascii").translate(_UNPACK), strict_mode=True)
    except ValueError as error:
        raise SIG_MALFORMED(detail=_why_not_base64(text)) from error
    if _wrap(packed) != text:  # the decoder is lax about what follows the last whole byte
        raise SIG_MALFORMED(detail=_why_not_base64(text))
    try:
        return _parse(_inflate(packed))
    except zlib.error as error:
        detail = _WRONG_ALPHABET if _is_base64url(text) else "what it holds is no zlib stream, or a changed one"
        raise SIG_MALFORMED(detail=detail) from error


def _wrap(packed: bytes) -> str:
    return b2a_base64(packed, newline=False).translate(_PACK).decode()


def _inflate(packed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    plain = inflater.decompress(packed, MAX_JSON + 1)
    if len(plain) > MAX_JSON:
        raise SIG_MALFORMED(detail=f"it inflates to more than {MAX_JSON} bytes")
    if not inflater.eof:
        raise SIG_MALFORMED(detail="its end is missing")
    if inflater.unused_data:
        raise SIG_MALFORMED(detail=f"{len(inflater.unused_data)} bytes follow the end of its zlib stream")
    return plain


def _parse(plain: bytes) -> dict[str, object]:
    try:
        members = _DECODER.decode(plain.decode())
    except UnicodeDecodeError as error:
        raise SIG_MALFORMED(detail="its content is not UTF-8") from error
    except RecursionError as error:
        raise SIG_MALFORMED(detail="its JSON is nested too deep") from error
    except ValueError as error:
        raise SIG_MALFORMED(detail=f"its content is not JSON ({error})") from error
    if not isinstance(members, dict):
        raise SIG_MALFORMED(detail="its content is JSON, but no object")
    return members


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name occurs twice")
    return members


def _whole(digits: str) -> int:
    if (count := len(digits.lstrip("-"))) > MAX_DIGITS:
        raise ValueError(f"a number has {count} digits")
    return int(digits)


def _real(digits: str) -> int | float:
    # Some languages write whole numbers as 1700000000.0 or 1.7e9.
    number = float(digits)
    return int(number) if number.is_integer() else number


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_int=_whole, parse_float=_real, parse_constant=_refuse_constant
)

_WRONG_ALPHABET = "it is base64url, but in a UserSig * stands for +, - for / and _ for the padding ="


def _why_not_base64(text: str) -> str:
    if _is_base64url(text):
        return _WRONG_ALPHABET
    at = next((n for n, character in enumerate(text) if character not in _ALPHABET), None)
    if at is None:
        return f"its {len(text)} characters are no whole base64 text, a part is missing or doubled"
    return f"character {at + 1} is {text[at]!a}; {_why_foreign(text[at])}"


def _why_foreign(character: str) -> str:
    if character in "+/=":
        return "it is standard base64, but in a UserSig * stands for +, - for / and _ for ="
    if character == "%":
        return "it is still escaped for a URL"
    if character.isspace():
        return "white space got in, or a + that a URL turned into a blank"
    return "only A-Z, a-z, 0-9, *, - and _ can occur"


def _is_base64url(text: str) -> bool:
    """Say whether the text holds a whole zlib stream if it is read as base64url."""
    standard = text.rstrip("=").encode("ascii", "replace").translate(_BASE64URL)
    inflater = zlib.decompressobj()
    try:
        inflater.decompress(a2b_base64(standard + b"=" * (-len(standard) % 4), strict_mode=True), MAX_JSON)
    except (ValueError, zlib.error):
        return False
    return inflater.eof and not inflater.unused_data
