"""`tidings usersig make` and `tidings usersig inspect`, as a shell sees them."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric import ec
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
    members_of,
    to_base64url,
)
from tidings.cli.usersig import usersig
from tidings.domain.usersig import make

NAMES = ("--sdkappid", str(APP), "--user", USER)
MAKE = ("make", *NAMES, "--key", KEY)
INSPECT = ("inspect", USERSIG, *NAMES, "--key", KEY, "--at", str(ISSUED))


def run(*args: str, stdin: str = "", **env: str) -> Result:
    return CliRunner(env={"TIDINGS_KEY": None, **env}).invoke(usersig, args, stdin)


def verdicts(result: Result) -> dict[str, str]:
    """Return what the report says of form, app, user, key and clock."""
    lines = result.stdout.splitlines()[:5]
    return {line[:8].strip(): line[8:21].strip() for line in lines}


def line(result: Result, subject: str) -> str:
    return next(line for line in result.stdout.splitlines() if line.startswith(subject))


ALL_OK = dict.fromkeys(("form", "app", "user", "key", "clock"), "ok")


def test_what_is_made_is_right() -> None:
    made = run(*MAKE)
    assert made.exit_code == 0
    report = run("inspect", "-", *NAMES, "--key", KEY, stdin=made.stdout)
    assert (report.exit_code, verdicts(report)) == (0, ALL_OK)


def test_make_takes_validity_and_userbuf() -> None:
    members = members_of(run(*MAKE, "--expire", "60", "--userbuf-hex", USERBUF.hex()).stdout.strip())
    assert (members["TLS.expire"], members["TLS.userbuf"]) == (60, USERBUF_TEXT)


def test_the_key_may_come_from_a_file_or_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    for made in (run("make", *NAMES, "--key-file", str(file)), run("make", *NAMES, TIDINGS_KEY=KEY)):
        assert verdicts(run("inspect", made.stdout.strip(), *NAMES, "--key", KEY)) == ALL_OK


def test_a_key_file_goes_before_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY)
    made = run("make", *NAMES, "--key-file", str(file), TIDINGS_KEY="another")
    assert verdicts(run("inspect", made.stdout.strip(), *NAMES, "--key", KEY)) == ALL_OK


def test_a_key_and_a_key_file_at_once_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY)
    result = run(*MAKE, "--key-file", str(file))
    assert result.exit_code == 2
    assert "--key and --key-file are both given" in result.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("make", *NAMES), "no key is given"),
        (("make", *NAMES, "--key", " "), "no key is given, or an empty one"),
        ((*MAKE, "--user", "x" * 33), "is no UserID"),
        ((*MAKE, "--user", "a\nb"), "is no UserID"),
        ((*MAKE, "--userbuf-hex", "0g"), "no even number of hexadecimal digits"),
        ((*MAKE, "--sdkappid", "0"), "--sdkappid"),
        ((*MAKE, "--sdkappid", "4294967296"), "--sdkappid"),
        (("make", *NAMES, "--key-file", sys.executable), "keys are plain ASCII text"),
        (("make", *NAMES, "--key-file", "/proc/self/mem"), "--key-file /proc/self/mem: Input/output error"),
        (("make", *NAMES, "--key", "-----BEGIN PUBLIC KEY-----"), "no PEM of a private key"),
    ],
)
def test_make_says_what_is_wrong_with_an_option(args: tuple[str, ...], words: str) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_a_usersig_that_has_ended_is_made_with_a_warning() -> None:
    made = run(*MAKE, "--expire", "0")
    assert made.exit_code == 0
    assert "it has ended already" in made.stderr
    assert verdicts(run("inspect", made.stdout.strip()))["form"] == "ok"


@pytest.mark.parametrize("at", ["nan", "-1", "soon"])
def test_a_time_that_is_none_is_refused(at: str) -> None:
    assert run(*INSPECT, "--at", at).exit_code == 2


def test_a_right_usersig_is_reported_with_its_dates() -> None:
    result = run(*INSPECT)
    assert (result.exit_code, verdicts(result)) == (0, ALL_OK)
    assert "version 2 (HMAC-SHA256, secret key)" in line(result, "form")
    assert "2023-11-14 22:13:20 UTC" in line(result, "issued")
    assert "2023-11-15 22:13:20 UTC, 86400 s after" in line(result, "ends")


def test_what_is_not_given_is_not_checked() -> None:
    result = run("inspect", USERSIG, "--at", str(ISSUED))
    assert result.exit_code == 0
    assert verdicts(result) == ALL_OK | dict.fromkeys(("app", "user", "key"), "not checked")
    assert "made for SDKAppID 1400000001; give --sdkappid" in line(result, "app")
    assert "made for UserID 'maple_17'; give --user" in line(result, "user")


@pytest.mark.parametrize(
    ("args", "subject", "words"),
    [
        (("--sdkappid", str(APP + 1)), "app", "for SDKAppID 1400000002, the UserSig was made for 1400000001"),
        (("--user", "maple_18"), "user", "from UserID 'maple_18', the UserSig was made for 'maple_17'"),
        (("--key", "another"), "key", "does not verify"),
        (("--at", str(ISSUED + EXPIRE + 1)), "clock", "expired 1 s ago"),
        (("--at", str(ISSUED - 86401)), "clock", "not valid yet: it was signed at 1700000000, 86401 s ahead"),
    ],
)
def test_the_one_thing_that_is_wrong_is_named(args: tuple[str, ...], subject: str, words: str) -> None:
    result = run(*INSPECT, *args)
    assert result.exit_code == 1
    assert verdicts(result) == ALL_OK | {subject: "wrong"}
    assert words in line(result, subject)
    assert "(error 700" in line(result, subject)


def test_everything_that_is_wrong_is_named_at_once() -> None:
    result = run("inspect", USERSIG, "--sdkappid", "1", "--user", "bob", "--key", "another", "--at", "2000000000")
    assert verdicts(result) == dict.fromkeys(ALL_OK, "wrong") | {"form": "ok"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "UserSig is empty"),
        (USERSIG[:-1], "a part is missing"),
        (to_base64url(USERSIG), "it is base64url"),
        (bent(USERSIG, time=None), "TLS.time is missing"),
    ],
)
def test_a_wrong_form_leaves_nothing_else_to_check(text: str, words: str) -> None:
    result = run("inspect", "-", *NAMES, stdin=text)
    assert result.exit_code == 1
    assert verdicts(result) == dict.fromkeys(ALL_OK, "not checked") | {"form": "wrong"}
    assert words in line(result, "form")


def test_white_space_around_a_usersig_does_no_harm() -> None:
    assert run("inspect", "-", "--at", str(ISSUED), stdin=f"  {USERSIG}\r\n").exit_code == 0


def test_a_clock_somewhat_behind_is_accepted_and_told() -> None:
    result = run(*INSPECT, "--at", str(ISSUED - 60))
    assert result.exit_code == 0
    assert "60 s ahead of this clock, which is accepted" in line(result, "clock")


def test_a_userbuf_is_told() -> None:
    text = make(APP, KEY, USER, now=ISSUED, userbuf=USERBUF)
    assert f"with userbuf {USERBUF_TEXT}" in line(run("inspect", text), "form")


def test_a_date_beyond_the_calendar_is_told_in_seconds() -> None:
    text = make(APP, KEY, USER, now=ISSUED, expire=10**15)
    assert f"unix second {ISSUED + 10**15}" in line(run("inspect", text), "ends")


def test_version_1_is_made_and_inspected_with_a_key_pair(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256K1())
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    made = run("make", *NAMES, "--key-file", str(private)).stdout.strip()
    result = run("inspect", made, *NAMES, "--key-file", str(public))
    assert verdicts(result) == ALL_OK
    assert "version 1 (ECDSA, key pair)" in line(result, "form")


def test_the_vector_of_version_1_is_right() -> None:
    result = run("inspect", USERSIG_V1, *NAMES, "--key", PUBLIC_KEY.decode(), "--at", str(ISSUED))
    assert (result.exit_code, verdicts(result)) == (0, ALL_OK)


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (USERSIG_V1, KEY, "version 1 is signed with a key pair"),
        (USERSIG, PUBLIC_KEY.decode(), "version 2 is signed with a secret key"),
    ],
)
def test_a_key_of_the_other_kind_is_named(text: str, key: str, words: str) -> None:
    result = run("inspect", text, *NAMES, "--key", key, "--at", str(ISSUED))
    assert verdicts(result) == ALL_OK | {"key": "wrong"}
    assert words in line(result, "key")


def test_a_broken_public_key_is_refused() -> None:
    result = run("inspect", USERSIG_V1, "--key", "-----BEGIN PUBLIC KEY-----\nAAAA")
    assert result.exit_code == 2
    assert "no PEM of a public key" in result.stderr


@pytest.mark.parametrize("args", [INSPECT, (*INSPECT, "--key", "another-key")])
def test_no_key_is_ever_printed(args: tuple[str, ...]) -> None:
    output = run(*args).output
    assert KEY not in output
    assert "another-key" not in output
