"""The UserSig vectors of spec/auth.md, and means to bend a UserSig out of shape."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tidings.errors import Fault, TidingsError

APP = 1400000001
USER = "maple_17"
ISSUED = 1700000000
EXPIRE = 86400
KEY = "3f6c1d0e9b8a7f5e4d3c2b1a09f8e7d6c5b4a3928170615f4e3d2c1b0a998877"
SIGNATURE = "LxeHqkUfQ/yr1t1SWmdxxxoNqOnA6GXJLBEYXNstLWI="
USERSIG = (
    "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkchMLclLjDc1hssUp2YkFBZkpQDlDEwMIMITKpVYUZBalAmUszIBSUMGSzFyQ"
    "kKE5VDFMvDgzHWS*T0WqR2F2aFqgfmWRYYlhcHhuSkVFRb5foX*eo5l7hJePk2tkhF9xiU*4p61SLQCseDOJ"
)
USERBUF = bytes.fromhex("0000086d61706c655f313753724e010000109265554280000000ff00000000")
USERBUF_NAMED_ROOM = bytes.fromhex("0100086d61706c655f313753724e010000000065554280000000ff00000000000668616c6c2d37")
USERBUF_TEXT = "AAAIbWFwbGVfMTdTck4BAAAQkmVVQoAAAAD/AAAAAA=="
USERBUF_SIGNATURE = "aUjWUmZk0B1voqsVsPlS9cxFSRvwNE45rK8Y9dn9oT4="

PUBLIC_KEY = b"""-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAErpKRRVdrAZJzntZibgch+C/sGvZ0
+siXQL+NJXppC0DaMsDPqJZZBZdOG/bBlsbAvBCBZnXOaN0TfGbH0mP6Uw==
-----END PUBLIC KEY-----
"""
USERSIG_V1 = (
    "eJxVjtFOgzAUhl9l6bVxtGwwTXbBNlimw2DYvG2atuCRQWspCjN7d4VJjOfy*87-n-OFDvv0lnGumspS22mJ7ifIQTeTQYCQlYUMpOlxyfRJ"
    "UuyPlmkNgjJLXSP*xWpR0EH2FM*c6*BRy1aDkZRl9tq78H5WRvkhTQ2q6jlx8BwTdwiP2kI5vIj939a-o5D3Ig6f17uQ4K5QU-IUZnxbNKtY"
    "ntdbvk9K9RiVtfUPnxC9NMrGpA0gaL2Zl78FKbN3Xe4Gm0KbiHXvnk6OPDkfF5o-bOooFa9tvlyiyzeH01rY"
)

_OWN_TO_STANDARD = str.maketrans("*-_", "+/=")
_STANDARD_TO_OWN = str.maketrans("+/=", "*-_")


def wrap(data: bytes) -> str:
    """Return bytes in the alphabet of a UserSig."""
    return b64encode(data).decode().translate(_STANDARD_TO_OWN)


def unwrap(text: str) -> bytes:
    """Return the bytes that a UserSig's alphabet stands for."""
    return b64decode(text.translate(_OWN_TO_STANDARD))


def to_base64url(text: str) -> str:
    """Return a UserSig respelt in the alphabet that it is often taken for."""
    return text.translate(str.maketrans("*-_", "-_="))


def members_of(text: str) -> dict[str, Any]:
    """Return the JSON object in a UserSig."""
    members: dict[str, Any] = json.loads(zlib.decompress(unwrap(text)))
    return members


def holding(content: bytes) -> str:
    """Return a UserSig whose content is `content`, JSON or not."""
    return wrap(zlib.compress(content))


def with_members(members: dict[str, Any]) -> str:
    """Return a UserSig that holds these members."""
    return holding(json.dumps(members).encode())


def bent(text: str, **changes: object) -> str:
    """Return a UserSig with some members changed (`time=1` for TLS.time) or, by None, left out."""
    members = members_of(text) | {f"TLS.{name}": value for name, value in changes.items()}
    return with_members({name: value for name, value in members.items() if value is not None})


@contextmanager
def raises_fault(fault: Fault, *words: str) -> Iterator[None]:
    """Expect this fault, with each of `words` in its sentence."""
    with pytest.raises(TidingsError) as caught:
        yield
    assert (caught.value.fault, caught.value.code) == (fault, fault.code), caught.value.info
    for word in words:
        assert word in caught.value.info
