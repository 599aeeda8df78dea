"""UserSigs under hostile input: what was signed verifies, nothing else does, nothing gets out of hand."""

import json
import zlib
from base64 import b64encode
from contextlib import suppress
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.usersigs import APP, ISSUED, KEY, USER, USERBUF, holding, members_of, unwrap, with_members, wrap
from tidings.domain import usersig
from tidings.domain.usersig import Claims, KeyRing
from tidings.domain.usersig.packing import MAX_JSON, pack, unpack
from tidings.errors import SIG_EMPTY, SIG_MALFORMED, TidingsError

PAIR = ec.generate_private_key(ec.SECP256K1())
PRIVATE_PEM = PAIR.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
KEYS = KeyRing((KEY.encode(),), (PAIR.public_key(),))
V2 = usersig.make(APP, KEY, USER, now=ISSUED, userbuf=USERBUF)
V1 = usersig.make_v1(APP, PRIVATE_PEM, USER, now=ISSUED, userbuf=USERBUF)
GENUINE = {text: usersig.decode(text) for text in (V2, V1)}

user_ids = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=32)
apps = st.integers(1, 2**32 - 1)
times = st.integers(0, 2**33)
validities = st.integers(1, 50 * 366 * 86400)
userbufs = st.none() | st.binary(max_size=500)
keys = st.text(st.characters(max_codepoint=0x7E), min_size=1, max_size=64)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
json_values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)
member_names = st.sampled_from(sorted({*members_of(V2), *members_of(V1)}))


def says_the_same(claims: Claims, other: Claims) -> bool:
    """Compare what is signed; a signature of version 1 may have more than one form."""
    return replace(claims, signature=b"") == replace(other, signature=b"")


def never_deceives(text: str) -> None:
    """Expect that a UserSig is refused, or else says what the holder of the key has signed."""
    with suppress(TidingsError):
        claims = usersig.decode(text)
        usersig.check_signature(claims, KEYS)
        assert any(says_the_same(claims, genuine) for genuine in GENUINE.values())


def is_read_or_malformed(text: str) -> None:
    """Expect claims, 70002 or 70003, and no other exception."""
    try:
        usersig.decode(text)
    except TidingsError as error:
        assert error.fault is (SIG_MALFORMED if text else SIG_EMPTY)  # noqa: PT017 - most texts, but not all, are refused


@given(apps, keys, user_ids, times, validities, userbufs)
def test_what_is_made_verifies_until_it_ends(
    app: int, key: str, user_id: str, now: int, expire: int, userbuf: bytes | None
) -> None:
    claims = usersig.decode(usersig.make(app, key, user_id, now=now, expire=expire, userbuf=userbuf))
    ring = KeyRing((key.encode(),))
    usersig.verify(claims, ring, sdk_app_id=app, user_id=user_id, now=now)
    usersig.verify(claims, ring, sdk_app_id=app, user_id=user_id, now=now + expire)
    assert (claims.issued_at, claims.ends_at) == (now, now + expire)
    assert claims.userbuf == (None if userbuf is None else b64encode(userbuf).decode())


@given(apps, user_ids, times, validities, userbufs)
def test_version_1_verifies_as_well(app: int, user_id: str, now: int, expire: int, userbuf: bytes | None) -> None:
    claims = usersig.decode(usersig.make_v1(app, PRIVATE_PEM, user_id, now=now, expire=expire, userbuf=userbuf))
    usersig.verify(claims, KEYS, sdk_app_id=app, user_id=user_id, now=now + expire)


@given(keys, keys)
def test_no_other_key_verifies(key: str, other: str) -> None:
    # HMAC fills a short key up with zero bytes, so these are one key.
    assume(key.rstrip("\0") != other.rstrip("\0"))
    claims = usersig.decode(usersig.make(APP, key, USER, now=ISSUED))
    try:
        usersig.check_signature(claims, KeyRing((other.encode(),)))
    except TidingsError:
        return
    raise AssertionError


@given(st.sampled_from([V1, V2]), st.data())
def test_a_usersig_with_characters_changed_never_deceives(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 3))
    never_deceives(text[:at] + data.draw(st.text(max_size=3)) + text[at + length :])


@given(st.sampled_from([V1, V2]), st.data())
def test_a_usersig_cut_short_is_malformed(text: str, data: st.DataObject) -> None:
    end = data.draw(st.integers(1, len(text) - 1))
    try:
        usersig.decode(text[:end])
    except TidingsError as error:
        assert error.fault is SIG_MALFORMED  # noqa: PT017 - the strategy's draw stands outside of raises
        return
    raise AssertionError


@given(st.sampled_from([V1, V2]), st.data())
def test_a_usersig_with_bytes_changed_in_its_json_never_deceives(text: str, data: st.DataObject) -> None:
    content = bytearray(zlib.decompress(unwrap(text)))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=4))
    is_read_or_malformed(holding(bytes(content)))
    never_deceives(holding(bytes(content)))


@given(st.sampled_from([V1, V2]), st.dictionaries(member_names, json_values, min_size=1), st.sets(member_names))
def test_a_usersig_with_members_changed_never_deceives(text: str, changes: dict[str, Any], dropped: set[str]) -> None:
    members = {name: value for name, value in (members_of(text) | changes).items() if name not in dropped}
    is_read_or_malformed(with_members(members))
    never_deceives(with_members(members))


@given(st.sampled_from([V1, V2]), member_names, user_ids | st.integers(0, 2**40).map(str))
def test_a_usersig_with_one_plausible_member_never_deceives(text: str, name: str, value: str) -> None:
    never_deceives(with_members(members_of(text) | {name: value}))


@given(st.text())
def test_any_text_is_refused_in_good_order(text: str) -> None:
    is_read_or_malformed(text)


@given(st.text("ABCXYZabcxyz0189*-_+/= ", max_size=200))
def test_any_text_of_nearly_the_right_letters_is_refused_in_good_order(text: str) -> None:
    is_read_or_malformed(text)


@given(st.binary(max_size=2000))
def test_any_wrapped_bytes_are_refused_in_good_order(data: bytes) -> None:
    is_read_or_malformed(wrap(data))
    is_read_or_malformed(wrap(b"\x78\x9c" + data))


@given(st.binary(max_size=2000))
def test_any_deflated_bytes_are_refused_in_good_order(data: bytes) -> None:
    is_read_or_malformed(holding(data))


@given(st.dictionaries(member_names | st.text(), json_values))
def test_any_json_object_is_refused_in_good_order(members: dict[str, Any]) -> None:
    is_read_or_malformed(with_members(members))


@given(json_values)
def test_any_json_is_refused_in_good_order(value: object) -> None:
    is_read_or_malformed(holding(json.dumps(value).encode("utf-8", "surrogatepass")))


@given(st.text(max_size=20), st.sampled_from(["[", '{"a":', "[{", '{"a":[']), st.integers(1, 100_000))
def test_any_nesting_is_refused_in_good_order(start: str, step: str, depth: int) -> None:
    is_read_or_malformed(holding((start + step * depth).encode("utf-8", "replace")))
    is_read_or_malformed(holding((step * depth).encode()))


@given(st.binary(min_size=1, max_size=3), st.integers(1, 3_000_000))
def test_what_is_unpacked_never_exceeds_the_cap(piece: bytes, times: int) -> None:
    content = b'{"a":"' + (piece * times).hex()[:times].encode() + b'"}'
    with suppress(TidingsError):
        unpack(holding(content))
        assert len(content) <= MAX_JSON


@given(st.dictionaries(st.text(), st.text() | st.integers(-(10**15), 10**15) | st.booleans() | st.none(), max_size=10))
def test_what_is_packed_unpacks(members: dict[str, Any]) -> None:
    assume(len(json.dumps(members)) <= MAX_JSON)
    assert unpack(pack(members)) == members
