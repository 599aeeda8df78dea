"""Making UserSigs and userbufs, as an app's server does (spec/auth.md, 2.1, 3 and 4)."""

import hmac
import struct
from base64 import b64encode

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tidings.domain.usersig.claims import SIGNATURE, SIGNED_V1, SIGNED_V2, USERBUF, VERSION_2, signed_text
from tidings.domain.usersig.packing import pack
from tidings.ids import UINT32, is_user_id

DEFAULT_EXPIRE_S = 180 * 24 * 60 * 60
ALL_PRIVILEGES = 255
_LONGEST_ROOM = 0xFFFF


def make(
    sdk_app_id: int, key: str, user_id: str, *, now: float, expire: int = DEFAULT_EXPIRE_S, userbuf: bytes | None = None
) -> str:
    """Return a UserSig of version 2, signed with the app's secret key at `now`, valid for `expire` seconds.

    Raises ValueError if `user_id` is no UserID or `key` is empty.
    """
    _check_user_id(user_id)
    if not key:
        raise ValueError("the key is empty; anyone could sign with it")
    members: dict[str, object] = {
        "TLS.ver": VERSION_2,
        "TLS.identifier": user_id,
        "TLS.sdkappid": sdk_app_id,
        "TLS.expire": expire,
        "TLS.time": int(now),
    }
    _add_userbuf(members, userbuf)
    members[SIGNATURE] = _base64(hmac.digest(key.encode(), signed_text(members, SIGNED_V2), "sha256"))
    return pack(members)


def make_v1(
    sdk_app_id: int,
    private_key_pem: bytes,
    user_id: str,
    *,
    now: float,
    expire: int = DEFAULT_EXPIRE_S,
    userbuf: bytes | None = None,
) -> str:
    """Return a UserSig of version 1, signed with the private key of the app's key pair.

    The key is a PEM (PKCS#8). Raises ValueError if it is no EC private key or `user_id` is no UserID.
    """
    _check_user_id(user_id)
    members: dict[str, object] = {
        "TLS.account_type": "0",
        "TLS.identifier": user_id,
        "TLS.appid_at_3rd": "0",
        "TLS.sdk_appid": str(sdk_app_id),
        "TLS.expire_after": str(expire),
        "TLS.version": "201512300000",
        "TLS.time": str(int(now)),
    }
    _add_userbuf(members, userbuf)
    signature = _load_private_key(private_key_pem).sign(signed_text(members, SIGNED_V1), ECDSA(SHA256()))
    members[SIGNATURE] = _base64(signature)
    return pack(members)


def make_userbuf(
    sdk_app_id: int, user_id: str, room: int | str, *, ends_at: int, privileges: int = ALL_PRIVILEGES
) -> bytes:
    """Return the userbuf that makes a UserSig a PrivateMapKey (section 3).

    `room` is a number or a string room id, `ends_at` the unix second at which the privileges end.
    Raises ValueError if a number has more than 32 bits or the room's name more than 65535 bytes.
    """
    _check_user_id(user_id)
    name = room.encode() if isinstance(room, str) else b""
    number = 0 if isinstance(room, str) else room
    numbers = (sdk_app_id, number, ends_at, privileges)
    if not all(0 <= value <= UINT32 for value in numbers) or len(name) > _LONGEST_ROOM:
        raise ValueError(
            "SDKAppID, room, end and privileges are numbers of 32 bits, a room's name has at most 65535 bytes"
        )
    account = user_id.encode()
    head = struct.pack(f">BH{len(account)}s", bool(name), len(account), account)
    tail = struct.pack(f">H{len(name)}s", len(name), name) if name else b""
    return head + struct.pack(">5I", *numbers, 0) + tail


def _add_userbuf(members: dict[str, object], userbuf: bytes | None) -> None:
    if userbuf is not None:
        members[USERBUF] = _base64(userbuf)


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _check_user_id(user_id: str) -> None:
    # A line feed in a UserID could pass for another line of the signed text.
    if not is_user_id(user_id):
        raise ValueError(f"{user_id!a} is no UserID; it has 1 to 32 printable ASCII characters")


def _load_private_key(pem: bytes) -> EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError(
            "this is no PEM of a private key without a password; it begins with -----BEGIN PRIVATE KEY-----"
        ) from error
    if not isinstance(key, EllipticCurvePrivateKey):
        raise ValueError("this private key is not on an elliptic curve; UserSig version 1 is signed with ECDSA")  # noqa: TRY004 - callers handle one kind of error for any bad key
    return key
