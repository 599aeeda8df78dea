"""Verifying UserSigs: the vectors and negative cases of spec/auth.md, for both versions."""

import hmac
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.support.usersigs import (
    APP,
    EXPIRE,
    ISSUED,
    KEY,
    PUBLIC_KEY,
    USER,
    USERBUF,
    USERBUF_TEXT,
    USERSIG,
    USERSIG_V1,
    bent,
    raises_fault,
)
from tidings.domain import usersig
from tidings.domain.usersig import KeyRing, keys
from tidings.errors import (
    APP_NOT_FOUND,
    NO_PUBLIC_KEY,
    SIG_EXPIRED,
    SIG_MALFORMED,
    SIG_MISMATCH,
    SIG_NOT_YET_VALID,
    SIG_OTHER_APP,
    SIG_OTHER_USER,
    Fault,
    TidingsError,
)

ENDS = ISSUED + EXPIRE
SECRET = KeyRing((KEY.encode(),))
PAIR = KeyRing(public_keys=(usersig.load_public_key(PUBLIC_KEY),))
BOTH = pytest.mark.parametrize(
    ("text", "ring"), [(USERSIG, SECRET), (USERSIG_V1, PAIR)], ids=["version 2", "version 1"]
)


def verify(text: str, ring: KeyRing, *, app: int = APP, user: str = USER, now: float = ISSUED) -> None:
    usersig.verify(usersig.decode(text), ring, sdk_app_id=app, user_id=user, now=now)


@BOTH
def test_the_vector_verifies(text: str, ring: KeyRing) -> None:
    verify(text, ring)


@BOTH
def test_it_is_valid_to_its_last_second(text: str, ring: KeyRing) -> None:
    verify(text, ring, now=ENDS)
    with raises_fault(SIG_EXPIRED, "1 s ago", f"signed at {ISSUED} for {EXPIRE} s"):
        verify(text, ring, now=ENDS + 1)


@BOTH
def test_another_user_is_refused(text: str, ring: KeyRing) -> None:
    with raises_fault(SIG_OTHER_USER, "maple_17", "maple_18"):
        verify(text, ring, user="maple_18")


@BOTH
def test_a_users_name_is_compared_letter_by_letter(text: str, ring: KeyRing) -> None:
    with raises_fault(SIG_OTHER_USER):
        verify(text, ring, user="Maple_17")


@BOTH
def test_another_app_is_refused(text: str, ring: KeyRing) -> None:
    with raises_fault(SIG_OTHER_APP, "1400000001", "1400000002"):
        verify(text, ring, app=APP + 1)


@BOTH
def test_an_expired_one_that_does_not_verify_is_not_called_expired(text: str, ring: KeyRing) -> None:
    with raises_fault(SIG_MISMATCH):
        verify(bent(text, time=str(ISSUED - 1)), ring, now=ENDS + 1)


@BOTH
def test_every_signed_member_is_covered_by_the_signature(text: str, ring: KeyRing) -> None:
    validity = "expire" if ring is SECRET else "expire_after"
    for changes in ({"time": str(ISSUED + 1)}, {validity: str(EXPIRE + 1)}, {"userbuf": "AA=="}, {"userbuf": ""}):
        with raises_fault(SIG_MISMATCH):
            verify(bent(text, **changes), ring)
    with raises_fault(SIG_MISMATCH):
        verify(bent(text, identifier="administrator"), ring, user="administrator")
    app = "sdkappid" if ring is SECRET else "sdk_appid"
    with raises_fault(SIG_MISMATCH):
        verify(bent(text, **{app: str(APP + 1)}), ring, app=APP + 1)


@pytest.mark.parametrize("name", ["appid_at_3rd", "account_type"])
def test_version_1_signs_its_first_lines_too(name: str) -> None:
    with raises_fault(SIG_MISMATCH):
        verify(bent(USERSIG_V1, **{name: "1"}), PAIR)


@pytest.mark.parametrize("size", [0, 1, 31, 33, 64])
def test_a_signature_of_another_size_does_not_verify(size: int) -> None:
    claims = replace(usersig.decode(USERSIG), signature=usersig.decode(USERSIG).signature.ljust(size, b"\0")[:size])
    with raises_fault(SIG_MISMATCH):
        usersig.check_signature(claims, SECRET)


def test_an_ecdsa_signature_that_is_no_der_does_not_verify() -> None:
    with raises_fault(SIG_MISMATCH):
        verify(bent(USERSIG_V1, sig="AAAA"), PAIR)


def test_another_key_is_refused_and_the_keys_are_not_told() -> None:
    with pytest.raises(TidingsError) as caught:
        verify(USERSIG, KeyRing((b"another",)))
    assert caught.value.fault is SIG_MISMATCH
    assert "1 secret key tried" in caught.value.info
    assert "another" not in caught.value.info


def test_the_key_is_its_text_not_the_bytes_it_spells() -> None:
    with raises_fault(SIG_MISMATCH):
        verify(USERSIG, KeyRing((bytes.fromhex(KEY),)))


def test_any_of_several_secret_keys_will_do() -> None:
    for ring in ((b"old", KEY.encode()), (KEY.encode(), b"new"), (b"old", KEY.encode(), b"new")):
        verify(USERSIG, KeyRing(ring))
    with raises_fault(SIG_MISMATCH, "2 secret keys tried"):
        verify(USERSIG, KeyRing((b"old", b"new")))


def test_any_of_several_public_keys_will_do() -> None:
    other = ec.generate_private_key(ec.SECP256K1()).public_key()
    verify(USERSIG_V1, KeyRing(public_keys=(other, *PAIR.public_keys)))
    verify(USERSIG_V1, KeyRing(public_keys=(*PAIR.public_keys, other)))
    with raises_fault(SIG_MISMATCH, "1 public key tried"):
        verify(USERSIG_V1, KeyRing(public_keys=(other,)))


def test_an_app_without_public_key_takes_no_version_1() -> None:
    with raises_fault(NO_PUBLIC_KEY, str(APP)):
        verify(USERSIG_V1, SECRET)


def test_an_app_without_secret_key_takes_no_version_2() -> None:
    with raises_fault(SIG_MISMATCH, "the app has no secret key"):
        verify(USERSIG, PAIR)


def test_the_userbuf_vector_verifies_and_a_changed_one_does_not() -> None:
    text = usersig.make(APP, KEY, USER, now=ISSUED, expire=EXPIRE, userbuf=USERBUF)
    verify(text, SECRET)
    for changed in (USERBUF_TEXT[:-2], "B" + USERBUF_TEXT[1:], None):
        with raises_fault(SIG_MISMATCH):
            verify(bent(text, userbuf=changed), SECRET)


@pytest.mark.parametrize("expire", [0, -1, -EXPIRE])
@pytest.mark.parametrize("now", [ISSUED - 10, ISSUED - 2 * EXPIRE, ISSUED, ISSUED + 1])
def test_a_validity_that_is_not_positive_has_expired_at_any_time(expire: int, now: int) -> None:
    text = usersig.make(APP, KEY, USER, now=ISSUED, expire=expire)
    with raises_fault(SIG_EXPIRED, f"signed for {expire} s"):
        verify(text, SECRET, now=now)


def test_the_clock_of_the_signer_may_be_a_day_ahead_and_no_more() -> None:
    verify(USERSIG, SECRET, now=ISSUED - keys.MAX_CLOCK_LEAD_S)
    with raises_fault(SIG_NOT_YET_VALID, f"signed at {ISSUED}", f"{keys.MAX_CLOCK_LEAD_S + 1} s ahead"):
        verify(USERSIG, SECRET, now=ISSUED - keys.MAX_CLOCK_LEAD_S - 1)


def test_fifty_years_are_a_fine_validity() -> None:
    text = usersig.make(APP, KEY, USER, now=ISSUED, expire=50 * 365 * 86400)
    verify(text, SECRET, now=ISSUED + 49 * 365 * 86400)


def test_signatures_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def agree(ours: bytes, theirs: bytes) -> bool:
        compared.append((ours, theirs))
        return True

    monkeypatch.setattr(hmac, "compare_digest", agree)
    claims = replace(usersig.decode(USERSIG), signature=b"forged")
    usersig.check_signature(claims, SECRET)
    assert compared == [(usersig.decode(USERSIG).signature, b"forged")]


@pytest.mark.parametrize(
    ("app", "user", "fault", "work"),
    [(APP, USER, APP_NOT_FOUND, 1), (APP, "maple_18", SIG_OTHER_USER, 0), (APP + 1, USER, SIG_OTHER_APP, 0)],
)
def test_an_unknown_app_is_refused_after_the_work_of_a_known_one(
    monkeypatch: pytest.MonkeyPatch, app: int, user: str, fault: Fault, work: int
) -> None:
    digests: list[bytes] = []
    real = hmac.digest

    def count(key: bytes, text: bytes, name: str) -> bytes:
        digests.append(text)
        return real(key, text, name)

    monkeypatch.setattr(hmac, "digest", count)
    claims = usersig.decode(USERSIG)
    assert digests == []
    try:
        with raises_fault(fault):
            usersig.refuse_unknown_app(claims, sdk_app_id=app, user_id=user)
    finally:
        assert len(digests) == work


def test_lines_within_a_userbuf_cannot_pass_for_signed_members() -> None:
    """Someone who may choose the name that is signed must not get another name out of the signature."""
    name = f"alice\nTLS.sdkappid:{APP}\nTLS.time:{ISSUED}\nTLS.expire:{EXPIRE}\nTLS.userbuf:"
    tail = f"\nTLS.sdkappid:{APP}\nTLS.time:{ISSUED}\nTLS.expire:{EXPIRE}"
    signature = hmac.digest(KEY.encode(), f"TLS.identifier:{name}{tail}\n".encode(), "sha256")
    forged = usersig.decode(USERSIG)
    text = f"TLS.identifier:alice\nTLS.sdkappid:{APP}\nTLS.time:{ISSUED}\nTLS.expire:{EXPIRE}\nTLS.userbuf:{tail}\n"
    usersig.check_signature(replace(forged, signed_text=text.encode(), signature=signature), SECRET)
    with raises_fault(SIG_MALFORMED, "printable"):
        verify(bent(USERSIG, identifier="alice", userbuf=tail), SECRET, user="alice")


def test_a_key_ring_does_not_show_its_secrets() -> None:
    assert KEY not in repr(SECRET)


def pem_of(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP256K1(), ec.SECP384R1(), ec.SECP521R1()])
def test_public_keys_of_any_curve_are_read(curve: ec.EllipticCurve) -> None:
    key = ec.generate_private_key(curve)
    assert usersig.load_public_key(pem_of(key)) == key.public_key()


@pytest.mark.parametrize("pem", [b"", b"x", KEY.encode(), PUBLIC_KEY[:80], PUBLIC_KEY.replace(b"A", b"B")])
def test_what_is_no_public_key_is_refused(pem: bytes) -> None:
    with pytest.raises(ValueError, match="no PEM of a public key"):
        usersig.load_public_key(pem)


def test_a_private_key_is_refused_where_a_public_one_belongs() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(ValueError, match="this is a private key"):
        usersig.load_public_key(pem)


def test_a_public_key_that_is_not_on_a_curve_is_refused() -> None:
    key = rsa.generate_private_key(65537, 2048)
    with pytest.raises(ValueError, match="not on an elliptic curve"):
        usersig.load_public_key(pem_of(key))
