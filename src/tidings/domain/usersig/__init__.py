"""UserSig: the signed statement that a login is who it says (spec/auth.md, sections 2 to 5).

An app's server signs, Tidings verifies: version 2 with a secret key (HMAC-SHA256), version 1 with
an EC key pair. Nothing in here knows accounts, so kicks and barred accounts are the caller's.
"""

from tidings.domain.usersig.claims import Claims, decode
from tidings.domain.usersig.keys import (
    KeyRing,
    check_names,
    check_signature,
    check_validity,
    load_public_key,
    refuse_unknown_app,
    verify,
)
from tidings.domain.usersig.signing import DEFAULT_EXPIRE_S, make, make_userbuf, make_v1

__all__ = [
    "DEFAULT_EXPIRE_S",
    "Claims",
    "KeyRing",
    "check_names",
    "check_signature",
    "check_validity",
    "decode",
    "load_public_key",
    "make",
    "make_userbuf",
    "make_v1",
    "refuse_unknown_app",
    "verify",
]
