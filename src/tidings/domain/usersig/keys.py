"""Verifying a UserSig with an application's keys (spec/auth.md, 2.2 and 4)."""

import hmac
from dataclasses import dataclass, field
from typing import NoReturn

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from tidings.domain.usersig.claims import Claims
from tidings.errors import (
    APP_NOT_FOUND,
    NO_PUBLIC_KEY,
    SIG_EXPIRED,
    SIG_MISMATCH,
    SIG_NOT_YET_VALID,
    SIG_OTHER_APP,
    SIG_OTHER_USER,
)

MAX_CLOCK_LEAD_S = 24 * 60 * 60
"""How far the clock of an app's server may be ahead of ours."""

_ECDSA = ECDSA(SHA256())


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of one application, any of which may have signed.

    `secrets` are the secret keys as ASCII text (version 2), `public_keys` those of key pairs (version 1).
    """

    secrets: tuple[bytes, ...] = field(default=(), repr=False)
    public_keys: tuple[EllipticCurvePublicKey, ...] = ()


_NOBODYS_KEYS = KeyRing((b"a key that no application has",))


def load_public_key(pem: bytes) -> EllipticCurvePublicKey:
    """Return the EC public key in a PEM (SubjectPublicKeyInfo), on whatever curve; raises ValueError."""
    if b"PRIVATE KEY" in pem:
        raise ValueError("this is a private key; only the public key belongs here (openssl pkey -pubout makes it)")
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ValueError("this is no PEM of a public key; it begins with -----BEGIN PUBLIC KEY-----") from error
    if not isinstance(key, EllipticCurvePublicKey):
        raise ValueError("this public key is not on an elliptic curve; UserSig version 1 is signed with ECDSA")  # noqa: TRY004 - callers handle one kind of error for any bad key
    return key


def verify(claims: Claims, keys: KeyRing, *, sdk_app_id: int, user_id: str, now: float) -> None:
    """Accept a UserSig for this app and user at `now`, unix seconds.

    Raises 70013 or 70014 if it was made for another user or app, 70009 or 70016 if no key verifies
    it, and only then 70001 if it is not valid at this time. Whether the account was kicked since
    (70052) or is barred (70051) is for the caller to see.
    """
    check_names(claims, sdk_app_id=sdk_app_id, user_id=user_id)
    check_signature(claims, keys)
    check_validity(claims, now)


def refuse_unknown_app(claims: Claims, *, sdk_app_id: int, user_id: str) -> NoReturn:
    """Refuse a UserSig for an app that is not here, after the same checks and the same work as for one that is.

    Raises 70013 or 70014 if it was made for another user or app, else 70020.
    """
    check_names(claims, sdk_app_id=sdk_app_id, user_id=user_id)
    _is_signed_by_secret(claims, _NOBODYS_KEYS)
    raise APP_NOT_FOUND(sdk_app_id=sdk_app_id)


def check_names(claims: Claims, *, sdk_app_id: int, user_id: str) -> None:
    """Raise 70013 or 70014 if the UserSig was made for another user or app than the request's."""
    if claims.user_id != user_id:
        raise SIG_OTHER_USER(asked=user_id, signed=claims.user_id)
    if claims.sdk_app_id != sdk_app_id:
        raise SIG_OTHER_APP(asked=sdk_app_id, signed=claims.sdk_app_id)


def check_signature(claims: Claims, keys: KeyRing) -> None:
    """Raise 70009 if no key verifies the signature, 70016 if version 1 meets an app without public keys."""
    if claims.version == 1:
        if not keys.public_keys:
            raise NO_PUBLIC_KEY(sdk_app_id=claims.sdk_app_id)
        if not _is_signed_by_pair(claims, keys):
            raise _mismatch(claims, len(keys.public_keys), "public key")
    elif not _is_signed_by_secret(claims, keys):
        raise _mismatch(claims, len(keys.secrets), "secret key")


def check_validity(claims: Claims, now: float) -> None:
    """Raise 70001 if the UserSig has ended at `now`, was never valid, or comes from too far in the future."""
    if claims.expires_in <= 0:
        detail = f"as soon as it was made: it was signed for {claims.expires_in} s"
        raise SIG_EXPIRED(detail=detail)
    if claims.ends_at < now:
        detail = f"{now - claims.ends_at:.0f} s ago: it was signed at {claims.issued_at} for {claims.expires_in} s"
        raise SIG_EXPIRED(detail=detail)
    if claims.issued_at > now + MAX_CLOCK_LEAD_S:
        raise SIG_NOT_YET_VALID(signed_at=claims.issued_at, lead=f"{claims.issued_at - now:.0f}")


def _is_signed_by_secret(claims: Claims, keys: KeyRing) -> bool:
    text, signature = claims.signed_text, claims.signature
    return any(hmac.compare_digest(hmac.digest(secret, text, "sha256"), signature) for secret in keys.secrets)


def _is_signed_by_pair(claims: Claims, keys: KeyRing) -> bool:
    for key in keys.public_keys:
        try:
            key.verify(claims.signature, claims.signed_text, _ECDSA)
        except InvalidSignature:
            continue
        return True
    return False


def _mismatch(claims: Claims, count: int, kind: str) -> Exception:
    detail = f"{count} {kind}{'' if count == 1 else 's'} tried" if count else f"the app has no {kind}"
    return SIG_MISMATCH(sdk_app_id=claims.sdk_app_id, detail=detail)
