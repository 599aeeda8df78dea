"""UserSigs of version 2: making them, and reading when they end (spec/auth.md, section 2).

Making one needs the app's secret key, which belongs on the app's server and in no program that is
handed out to users.
"""

import hmac
import json
import time
import zlib
from base64 import b64decode, b64encode

HALF_A_YEAR_S = 15_552_000
MAX_JSON = 65_536
_TO_OWN = str.maketrans("+/=", "*-_")
_TO_STANDARD = str.maketrans("*-_", "+/=")


def make_usersig(
    sdkappid: int, key: str, user_id: str, expire: int = HALF_A_YEAR_S, *, now: int | None = None, userbuf: bytes = b""
) -> str:
    """Return a UserSig for `user_id`, valid for `expire` seconds from `now` (unix seconds; None: this moment).

    `key` is the app's secret key, used as the text that it is.
    """
    signed_at = int(time.time()) if now is None else now
    members: dict[str, str | int] = {
        "TLS.ver": "2.0",
        "TLS.identifier": user_id,
        "TLS.sdkappid": sdkappid,
        "TLS.expire": expire,
        "TLS.time": signed_at,
    }
    text = f"TLS.identifier:{user_id}\nTLS.sdkappid:{sdkappid}\nTLS.time:{signed_at}\nTLS.expire:{expire}\n"
    if userbuf:
        members["TLS.userbuf"] = b64encode(userbuf).decode()
        text += f"TLS.userbuf:{members['TLS.userbuf']}\n"
    members["TLS.sig"] = b64encode(hmac.digest(key.encode(), text.encode(), "sha256")).decode()
    packed = zlib.compress(json.dumps(members).encode())
    return b64encode(packed).decode().translate(_TO_OWN)


def find_end(usersig: str) -> float | None:
    """Return when a UserSig ends, unix seconds; None if the text is no UserSig. The signature is not checked."""
    try:
        packed = b64decode(usersig.translate(_TO_STANDARD), validate=True)
        members = json.loads(zlib.decompressobj().decompress(packed, MAX_JSON))
        expire = members.get("TLS.expire", members.get("TLS.expire_after"))
        return float(members["TLS.time"]) + float(expire)
    except (zlib.error, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None
