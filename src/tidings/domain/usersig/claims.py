"""What a UserSig says, read from its members (spec/auth.md, 2.2 and 4). Nothing is verified in here."""

import re
from binascii import a2b_base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tidings.domain.usersig.packing import MAX_DIGITS, unpack
from tidings.errors import SIG_MALFORMED
from tidings.ids import SdkAppId, UserId, is_user_id

VERSION_2 = "2.0"
USERBUF = "TLS.userbuf"
SIGNATURE = "TLS.sig"
SIGNED_V2 = ("TLS.identifier", "TLS.sdkappid", "TLS.time", "TLS.expire")
"""Members that version 2 signs, in the order of their lines."""

SIGNED_V1 = (
    "TLS.appid_at_3rd",
    "TLS.account_type",
    "TLS.identifier",
    "TLS.sdk_appid",
    "TLS.time",
    "TLS.expire_after",
)
"""Members that version 1 signs, in the order of their lines."""

_DECIMAL = re.compile("0|-?[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Claims:
    """What a UserSig says of itself; true only once it is verified.

    Times are unix seconds, `expires_in` is a duration in seconds. `signed_text` is what the signature
    is over; `userbuf` is the base64 text as it stands in the UserSig, None without one.
    """

    version: Literal[1, 2]
    user_id: UserId
    sdk_app_id: SdkAppId
    issued_at: int
    expires_in: int
    userbuf: str | None
    signed_text: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    @property
    def ends_at(self) -> int:
        """The last unix second at which the UserSig is valid."""
        return self.issued_at + self.expires_in


def decode(text: str) -> Claims:
    """Return what a UserSig says, unverified; raises 70002 if it is empty, 70003 if it is malformed.

    `text` has no URL escapes left in it.
    """
    members = unpack(text)
    if members.get("TLS.ver") == VERSION_2:
        return _read(members, 2, "TLS.sdkappid", "TLS.expire", SIGNED_V2)
    if "TLS.ver" not in members and "TLS.version" in members:
        _check_line(members, "TLS.appid_at_3rd")
        _check_line(members, "TLS.account_type")
        return _read(members, 1, "TLS.sdk_appid", "TLS.expire_after", SIGNED_V1)
    raise SIG_MALFORMED(detail='neither is TLS.ver "2.0" (version 2), nor is there only TLS.version (version 1)')


def signed_text(members: Mapping[str, object], names: tuple[str, ...]) -> bytes:
    """Return the text that is signed: a line for each of `names`, and one for the userbuf if there is one."""
    lines = [f"{name}:{members[name]}\n" for name in names]
    if USERBUF in members:
        lines.append(f"{USERBUF}:{members[USERBUF]}\n")
    return "".join(lines).encode()


def _read(members: dict[str, object], version: Literal[1, 2], app: str, expire: str, names: tuple[str, ...]) -> Claims:
    return Claims(
        version,
        _user_id(members),
        SdkAppId(_number(members, app)),
        _number(members, "TLS.time"),
        _number(members, expire),
        _check_line(members, USERBUF) if USERBUF in members else None,
        signed_text(members, names),
        _signature(members),
    )


def _user_id(members: dict[str, object]) -> UserId:
    value = _member(members, "TLS.identifier")
    if not isinstance(value, str) or not is_user_id(value):
        raise SIG_MALFORMED(detail="TLS.identifier is no UserID, a string of 1 to 32 printable ASCII characters")
    return UserId(value)


def _number(members: dict[str, object], name: str) -> int:
    """Return a whole number given as JSON number or as decimal string, in the one spelling that can be signed."""
    value = _member(members, name)
    if isinstance(value, str) and len(value) <= MAX_DIGITS and _DECIMAL.fullmatch(value):
        return int(value)
    if type(value) is int and -(10**MAX_DIGITS) < value < 10**MAX_DIGITS:
        return value
    raise SIG_MALFORMED(detail=f"{name} is no whole number of at most {MAX_DIGITS} digits")


def _check_line(members: dict[str, object], name: str) -> str:
    """Return a string that fits into one line; a line feed in it could pass for lines that nobody signed."""
    value = _member(members, name)
    if not isinstance(value, str) or not value.isprintable():
        raise SIG_MALFORMED(detail=f"{name} is no string of printable characters")
    return value


def _signature(members: dict[str, object]) -> bytes:
    value = _member(members, SIGNATURE)
    try:
        if isinstance(value, str):
            return a2b_base64(value, strict_mode=True)
    except ValueError:
        pass
    raise SIG_MALFORMED(detail=f"{SIGNATURE} is no base64 text")


def _member(members: dict[str, object], name: str) -> object:
    try:
        return members[name]
    except KeyError:
        raise SIG_MALFORMED(detail=f"{name} is missing") from None
