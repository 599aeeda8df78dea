"""Reading the members of a UserSig."""

import json
from typing import Any

import pytest

from tests.support.usersigs import (
    APP,
    EXPIRE,
    ISSUED,
    SIGNATURE,
    USER,
    USERBUF_TEXT,
    USERSIG,
    USERSIG_V1,
    bent,
    holding,
    members_of,
    raises_fault,
    with_members,
)
from tidings.domain.usersig import decode
from tidings.errors import SIG_EMPTY, SIG_MALFORMED

BOTH = pytest.mark.parametrize("usersig", [USERSIG, USERSIG_V1], ids=["version 2", "version 1"])
APP_MEMBER = {USERSIG: "sdkappid", USERSIG_V1: "sdk_appid"}
EXPIRE_MEMBER = {USERSIG: "expire", USERSIG_V1: "expire_after"}


def test_the_vector_of_version_2_is_read() -> None:
    claims = decode(USERSIG)
    assert (claims.version, claims.user_id, claims.sdk_app_id) == (2, USER, APP)
    assert (claims.issued_at, claims.expires_in, claims.ends_at) == (ISSUED, EXPIRE, ISSUED + EXPIRE)
    assert claims.userbuf is None
    assert members_of(USERSIG)["TLS.sig"] == SIGNATURE


def test_the_vector_of_version_1_is_read() -> None:
    claims = decode(USERSIG_V1)
    assert (claims.version, claims.user_id, claims.sdk_app_id) == (1, USER, APP)
    assert (claims.issued_at, claims.expires_in, claims.ends_at) == (ISSUED, EXPIRE, ISSUED + EXPIRE)


def test_the_signed_text_of_version_2_has_the_lines_of_the_specification() -> None:
    text = b"TLS.identifier:maple_17\nTLS.sdkappid:1400000001\nTLS.time:1700000000\nTLS.expire:86400\n"
    assert decode(USERSIG).signed_text == text
    assert decode(bent(USERSIG, userbuf=USERBUF_TEXT)).signed_text == text + f"TLS.userbuf:{USERBUF_TEXT}\n".encode()


def test_the_signed_text_of_version_1_takes_its_first_lines_from_the_usersig() -> None:
    text = decode(bent(USERSIG_V1, appid_at_3rd="wx17", account_type="792", userbuf="AA==")).signed_text
    assert text == (
        b"TLS.appid_at_3rd:wx17\nTLS.account_type:792\nTLS.identifier:maple_17\nTLS.sdk_appid:1400000001\n"
        b"TLS.time:1700000000\nTLS.expire_after:86400\nTLS.userbuf:AA==\n"
    )


def test_version_1_may_have_an_empty_third_party_app() -> None:
    assert decode(bent(USERSIG_V1, appid_at_3rd="")).signed_text.startswith(b"TLS.appid_at_3rd:\n")


def test_members_may_stand_in_any_order() -> None:
    members = members_of(USERSIG)
    assert decode(with_members(dict(reversed(members.items())))) == decode(USERSIG)


@pytest.mark.parametrize("spelling", ["86400", 86400, 86400.0])
@BOTH
def test_numbers_may_be_json_numbers_or_decimal_strings(usersig: str, spelling: object) -> None:
    changed = bent(usersig, **{EXPIRE_MEMBER[usersig]: spelling})
    assert decode(changed) == decode(usersig)


@pytest.mark.parametrize("value", [0, -1, -86400, "0", "-1"])
@BOTH
def test_a_validity_that_is_not_positive_can_be_read(usersig: str, value: object) -> None:
    assert decode(bent(usersig, **{EXPIRE_MEMBER[usersig]: value})).expires_in == int(str(value))


@pytest.mark.parametrize(
    "value",
    [
        *(True, False, 0.5, 1e16, -1e300, [], {}, [1], {"a": 1}),
        *(
            "",
            " ",
            "-",
            "--1",
            "-0",
            "01",
            "+1",
            " 1",
            "1 ",
            "1\n",
            "1_0",
            "1.0",
            "1e3",
            "0x1",
            "1" * 17,
            "\u0661",
            "\u00b2",
        ),
    ],
)
@pytest.mark.parametrize("member", ["app", "time", "expire"])
@BOTH
def test_what_is_no_whole_number_is_refused(usersig: str, member: str, value: object) -> None:
    name = {"app": APP_MEMBER[usersig], "time": "time", "expire": EXPIRE_MEMBER[usersig]}[member]
    with raises_fault(SIG_MALFORMED, f"TLS.{name} is no whole number"):
        decode(bent(usersig, **{name: value}))


def test_a_number_of_more_than_16_digits_is_refused() -> None:
    assert decode(bent(USERSIG, time=10**16 - 1)).issued_at == 10**16 - 1
    with raises_fault(SIG_MALFORMED, "a number has 17 digits"):
        decode(bent(USERSIG, time=10**16))


def test_a_number_that_is_null_is_refused() -> None:
    with raises_fault(SIG_MALFORMED, "TLS.time is no whole number"):
        decode(with_members(members_of(USERSIG) | {"TLS.time": None}))


@pytest.mark.parametrize("value", ["", "x" * 33, "ü", "a\nb", "a\x00", "\x7f", "\ud800", 17, True, [], {"a": 1}])
@BOTH
def test_what_is_no_user_id_is_refused(usersig: str, value: object) -> None:
    with raises_fault(SIG_MALFORMED, "TLS.identifier is no UserID"):
        decode(bent(usersig, identifier=value))


@pytest.mark.parametrize("value", [1, [], True, "a\nTLS.time:1", "\r", "\ud800", "\x00"])
@pytest.mark.parametrize(
    ("usersig", "name"),
    [(USERSIG, "userbuf"), (USERSIG_V1, "userbuf"), (USERSIG_V1, "appid_at_3rd"), (USERSIG_V1, "account_type")],
)
def test_a_signed_string_must_fit_into_one_line(usersig: str, name: str, value: object) -> None:
    with raises_fault(SIG_MALFORMED, f"TLS.{name} is no string of printable characters"):
        decode(bent(usersig, **{name: value}))


def test_a_null_userbuf_is_refused() -> None:
    with raises_fault(SIG_MALFORMED, "TLS.userbuf"):
        decode(with_members(members_of(USERSIG) | {"TLS.userbuf": None}))


@pytest.mark.parametrize("value", [1, [], True, "a", "a-_=", "AAAA\n", "AA==AA==", "\u00e9", "\ud800"])
@BOTH
def test_a_signature_that_is_no_base64_is_refused(usersig: str, value: object) -> None:
    with raises_fault(SIG_MALFORMED, "TLS.sig is no base64"):
        decode(bent(usersig, sig=value))


@pytest.mark.parametrize("name", ["identifier", "sdkappid", "time", "expire", "sig"])
def test_version_2_needs_each_member(name: str) -> None:
    with raises_fault(SIG_MALFORMED, f"TLS.{name} is missing"):
        decode(bent(USERSIG, **{name: None}))


@pytest.mark.parametrize(
    "name", ["identifier", "sdk_appid", "time", "expire_after", "sig", "appid_at_3rd", "account_type"]
)
def test_version_1_needs_each_member(name: str) -> None:
    with raises_fault(SIG_MALFORMED, f"TLS.{name} is missing"):
        decode(bent(USERSIG_V1, **{name: None}))


@pytest.mark.parametrize(
    "changes", [{"ver": None}, {"ver": "3.0"}, {"ver": 2}, {"ver": 2.0}, {"ver": ["2.0"]}, {"ver": "2.0 "}]
)
def test_an_unknown_version_is_refused(changes: dict[str, Any]) -> None:
    with raises_fault(SIG_MALFORMED, "TLS.ver", "TLS.version"):
        decode(bent(USERSIG, **changes))


def test_version_1_with_a_wrong_version_2_mark_is_refused() -> None:
    with raises_fault(SIG_MALFORMED, "TLS.ver"):
        decode(bent(USERSIG_V1, ver="1.0"))


@pytest.mark.parametrize("version", ["201512300000", "20151204", 20151204, ""])
def test_the_version_mark_of_version_1_may_be_any(version: object) -> None:
    assert decode(bent(USERSIG_V1, version=version)).version == 1


def test_a_name_that_occurs_twice_is_refused() -> None:
    content = json.dumps(members_of(USERSIG))[:-1] + ', "TLS.identifier": "administrator"}'
    with raises_fault(SIG_MALFORMED, "twice"):
        decode(holding(content.encode()))


def test_an_empty_usersig_has_its_own_code() -> None:
    with raises_fault(SIG_EMPTY):
        decode("")


def test_claims_do_not_show_their_signature() -> None:
    shown = repr(decode(USERSIG))
    assert USER in shown
    assert "signature" not in shown
    assert "signed_text" not in shown
