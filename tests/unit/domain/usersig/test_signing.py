"""Making UserSigs: the vectors of spec/auth.md, and the vendor's own libraries on the other side."""

from collections.abc import Callable

import OpenSSL.crypto
import pytest
import TLSSigAPI
import TLSSigAPIv2
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from tests.support.usersigs import (
    APP,
    EXPIRE,
    ISSUED,
    KEY,
    SIGNATURE,
    USER,
    USERBUF,
    USERBUF_NAMED_ROOM,
    USERBUF_SIGNATURE,
    USERBUF_TEXT,
    USERSIG,
    members_of,
)
from tidings.domain import usersig
from tidings.domain.usersig import KeyRing

CURVES = pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP256K1()], ids=["P-256", "secp256k1"])
SECRET = KeyRing((KEY.encode(),))


def pem_of(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_making_gives_the_members_of_the_vector() -> None:
    made = usersig.make(APP, KEY, USER, now=ISSUED + 0.9, expire=EXPIRE)
    assert members_of(made) == members_of(USERSIG)
    assert members_of(made)["TLS.sig"] == SIGNATURE


def test_making_with_a_userbuf_gives_the_signature_of_the_vector() -> None:
    members = members_of(usersig.make(APP, KEY, USER, now=ISSUED, expire=EXPIRE, userbuf=USERBUF))
    assert (members["TLS.userbuf"], members["TLS.sig"]) == (USERBUF_TEXT, USERBUF_SIGNATURE)


def test_a_userbuf_has_the_layout_of_the_vector() -> None:
    assert usersig.make_userbuf(APP, USER, 4242, ends_at=ISSUED + EXPIRE) == USERBUF
    assert usersig.make_userbuf(APP, USER, "hall-7", ends_at=ISSUED + EXPIRE) == USERBUF_NAMED_ROOM


def test_a_userbuf_carries_the_privileges_asked_for() -> None:
    assert usersig.make_userbuf(APP, USER, 1, ends_at=ISSUED, privileges=0b1010)[-8:] == bytes(
        [0, 0, 0, 10, 0, 0, 0, 0]
    )


@pytest.mark.parametrize(
    ("room", "ends_at", "privileges"), [(-1, 0, 0), (1 << 32, 0, 0), (1, 1 << 32, 0), (1, 0, -1), ("x" * 65536, 0, 0)]
)
def test_what_does_not_fit_into_a_userbuf_is_refused(room: int | str, ends_at: int, privileges: int) -> None:
    with pytest.raises(ValueError, match="32 bits"):
        usersig.make_userbuf(APP, USER, room, ends_at=ends_at, privileges=privileges)


def test_the_usual_validity_is_180_days() -> None:
    assert usersig.decode(usersig.make(APP, KEY, USER, now=ISSUED)).expires_in == 15_552_000


def test_a_usersig_needs_no_escaping_in_a_url() -> None:
    made = usersig.make(APP, KEY, USER, now=ISSUED, userbuf=bytes(range(256)))
    assert made.replace("*", "").replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("user_id", ["", "x" * 33, "ü", f"alice\nTLS.sdkappid:{APP}"])
def test_only_a_user_id_is_signed(user_id: str) -> None:
    pem = pem_of(ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(ValueError, match="no UserID"):
        usersig.make(APP, KEY, user_id, now=ISSUED)
    with pytest.raises(ValueError, match="no UserID"):
        usersig.make_v1(APP, pem, user_id, now=ISSUED)
    with pytest.raises(ValueError, match="no UserID"):
        usersig.make_userbuf(APP, user_id, 1, ends_at=ISSUED)


def test_an_empty_key_signs_nothing() -> None:
    with pytest.raises(ValueError, match="key is empty"):
        usersig.make(APP, "", USER, now=ISSUED)


@CURVES
@pytest.mark.parametrize("userbuf", [None, b"", USERBUF])
def test_version_1_verifies_with_its_key_pair(curve: ec.EllipticCurve, userbuf: bytes | None) -> None:
    key = ec.generate_private_key(curve)
    made = usersig.make_v1(APP, pem_of(key), USER, now=ISSUED, expire=EXPIRE, userbuf=userbuf)
    claims = usersig.decode(made)
    ring = KeyRing(public_keys=(key.public_key(),))
    usersig.verify(claims, ring, sdk_app_id=APP, user_id=USER, now=ISSUED + EXPIRE)
    assert claims.version == 1
    assert all(isinstance(value, str) for value in members_of(made).values())


def test_what_is_no_private_key_is_refused() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"password"))
    for pem in (b"", KEY.encode(), locked):
        with pytest.raises(ValueError, match="no PEM of a private key"):
            usersig.make_v1(APP, pem, USER, now=ISSUED)
    with pytest.raises(ValueError, match="not on an elliptic curve"):
        usersig.make_v1(APP, pem_of(rsa.generate_private_key(65537, 2048)), USER, now=ISSUED)


@pytest.fixture
def vendor_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the vendor's libraries sign at the time of the vectors."""
    monkeypatch.setattr("time.time", lambda: ISSUED + 0.5)


Signer = Callable[[TLSSigAPIv2.TLSSigAPIv2], str]


@pytest.mark.usefixtures("vendor_clock")
@pytest.mark.parametrize(
    "sign",
    [
        lambda api: api.gen_sig(USER, EXPIRE),
        lambda api: api.gen_sig_with_userbuf(USER, EXPIRE, USERBUF),
        lambda api: api.gen_sig_with_userbuf(USER, EXPIRE, b""),
        lambda api: api.gen_sig_with_userbuf(USER, EXPIRE, USERBUF_NAMED_ROOM),
    ],
    ids=["plain", "with a userbuf", "with an empty userbuf", "for a named room"],
)
def test_what_the_vendors_library_signs_verifies(sign: Signer) -> None:
    claims = usersig.decode(sign(TLSSigAPIv2.TLSSigAPIv2(APP, KEY)))
    usersig.verify(claims, SECRET, sdk_app_id=APP, user_id=USER, now=ISSUED)
    assert (claims.issued_at, claims.expires_in) == (ISSUED, EXPIRE)


@pytest.mark.usefixtures("vendor_clock")
@pytest.mark.parametrize("userbuf", [None, USERBUF])
def test_we_sign_what_the_vendors_library_signs(userbuf: bytes | None) -> None:
    api = TLSSigAPIv2.TLSSigAPIv2(APP, KEY)
    theirs = api.gen_sig(USER, EXPIRE) if userbuf is None else api.gen_sig_with_userbuf(USER, EXPIRE, userbuf)
    assert members_of(theirs) == members_of(usersig.make(APP, KEY, USER, now=ISSUED, expire=EXPIRE, userbuf=userbuf))


@CURVES
@pytest.mark.usefixtures("vendor_clock")
def test_what_the_vendors_legacy_library_signs_verifies(
    curve: ec.EllipticCurve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library calls `OpenSSL.crypto.sign`, which pyOpenSSL has dropped; it is put back for this test."""
    monkeypatch.setattr(OpenSSL.crypto, "sign", sign_as_pyopenssl_did, raising=False)
    key = ec.generate_private_key(curve)
    claims = usersig.decode(TLSSigAPI.TLSSigAPI(APP, pem_of(key), None).gen_sig(USER, EXPIRE))
    ring = KeyRing(public_keys=(key.public_key(),))
    usersig.verify(claims, ring, sdk_app_id=APP, user_id=USER, now=ISSUED)
    assert (claims.version, claims.issued_at, claims.expires_in) == (1, ISSUED, EXPIRE)
    assert claims.signed_text.startswith(b"TLS.appid_at_3rd:\n")


def sign_as_pyopenssl_did(pkey: OpenSSL.crypto.PKey, data: str, digest: str) -> bytes:
    assert digest == "sha256"
    key = pkey.to_cryptography_key()
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key.sign(data.encode(), ec.ECDSA(SHA256()))
