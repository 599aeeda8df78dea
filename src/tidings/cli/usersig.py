"""`tidings usersig`: make a UserSig, or say in words what is wrong with one (spec/auth.md, sections 2 to 5)."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click
from click.core import ParameterSource

from tidings.cli.options import SDK_APP_ID, USER_ID
from tidings.clock import SystemClock
from tidings.domain.usersig import (
    DEFAULT_EXPIRE_S,
    Claims,
    KeyRing,
    check_names,
    check_signature,
    check_validity,
    decode,
    load_public_key,
    make,
    make_v1,
)
from tidings.errors import TidingsError

T = TypeVar("T")

OK, WRONG, UNCHECKED = "ok", "wrong", "not checked"
_PEM = "-----BEGIN "
_SIGNED_WITH = {1: "ECDSA, key pair", 2: "HMAC-SHA256, secret key"}

key_option = click.option(
    "--key",
    envvar="TIDINGS_KEY",
    help="The app's secret key, or the PEM of its key pair for version 1; TIDINGS_KEY stands in for it.",
)
key_file_option = click.option(
    "--key-file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A file that holds the key."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: what was looked at, the verdict, and what was seen."""

    subject: str
    verdict: str
    detail: str


@click.group(name="usersig")
def usersig() -> None:
    """Make UserSigs and find out why one is refused."""


@usersig.command(name="make")
@click.option("--sdkappid", type=SDK_APP_ID, required=True, help="The app's number.")
@key_option
@key_file_option
@click.option("--user", type=USER_ID, required=True, help="The UserID that may log in.")
@click.option("--expire", type=int, default=DEFAULT_EXPIRE_S, show_default=True, help="Seconds until it ends.")
@click.option("--userbuf-hex", help="Bytes to sign along, in hexadecimal (PrivateMapKey).")
def make_command(
    sdkappid: int, key: str | None, key_file: Path | None, user: str, expire: int, userbuf_hex: str | None
) -> None:
    """Print a UserSig: version 2, or version 1 if the key is the PEM of a private key."""
    secret = _read_key(key, key_file)
    if secret is None:
        raise click.UsageError("no key is given, or an empty one; use --key, --key-file or the variable TIDINGS_KEY")
    userbuf = None if userbuf_hex is None else _to_bytes(userbuf_hex)
    now = SystemClock().now()

    def sign() -> str:
        if secret.startswith(_PEM):
            return make_v1(sdkappid, secret.encode(), user, now=now, expire=expire, userbuf=userbuf)
        return make(sdkappid, secret, user, now=now, expire=expire, userbuf=userbuf)

    click.echo(_refuse_bad("the key", sign))
    if expire <= 0:
        click.echo(f"Warning: with --expire {expire} it has ended already, so every login with it is refused", err=True)


@usersig.command(name="inspect")
@click.argument("text", metavar="USERSIG")
@click.option("--sdkappid", type=int, help="The app that the login is for.")
@click.option("--user", help="The UserID that logs in.")
@key_option
@key_file_option
@click.option("--at", type=click.IntRange(min=0), help="Judge as of this unix time in seconds, not now.")
def inspect_command(
    text: str,
    sdkappid: int | None,
    user: str | None,
    key: str | None,
    key_file: Path | None,
    at: int | None,
) -> None:
    """Say what USERSIG holds and which of form, app, user, key and clock is wrong.

    USERSIG is - to read it from standard input. The exit code is 0 if nothing is wrong, else 1.
    """
    keys = _to_key_ring(_read_key(key, key_file))
    now = SystemClock().now() if at is None else at
    text = sys.stdin.read() if text == "-" else text
    findings = _inspect(text.strip(), sdkappid, user, keys, now)
    for finding in findings:
        click.echo(f"{finding.subject:<8}{finding.verdict:<13}{finding.detail}")
    click.get_current_context().exit(int(any(finding.verdict == WRONG for finding in findings)))


def _inspect(text: str, sdkappid: int | None, user: str | None, keys: KeyRing | None, now: float) -> list[Finding]:
    try:
        claims = decode(text)
    except TidingsError as error:
        return [_wrong("form", error), *(Finding(name, UNCHECKED, "") for name in ("app", "user", "key", "clock"))]
    return [
        Finding("form", OK, f"version {claims.version} ({_SIGNED_WITH[claims.version]}){_name_userbuf(claims)}"),
        _judge_app(claims, sdkappid),
        _judge_user(claims, user),
        _judge_key(claims, keys),
        _judge_clock(claims, now),
        Finding("issued", "", _to_date(claims.issued_at)),
        Finding("ends", "", f"{_to_date(claims.ends_at)}, {claims.expires_in} s after it was issued"),
    ]


def _judge_app(claims: Claims, sdkappid: int | None) -> Finding:
    if sdkappid is None:
        return Finding("app", UNCHECKED, f"made for SDKAppID {claims.sdk_app_id}; give --sdkappid to compare")
    return _judge(
        "app",
        lambda: check_names(claims, sdk_app_id=sdkappid, user_id=claims.user_id),
        f"made for SDKAppID {claims.sdk_app_id}",
    )


def _judge_user(claims: Claims, user: str | None) -> Finding:
    if user is None:
        return Finding("user", UNCHECKED, f"made for UserID {claims.user_id!r}; give --user to compare")
    return _judge(
        "user",
        lambda: check_names(claims, sdk_app_id=claims.sdk_app_id, user_id=user),
        f"made for UserID {claims.user_id!r}",
    )


def _judge_key(claims: Claims, keys: KeyRing | None) -> Finding:
    if keys is None:
        return Finding("key", UNCHECKED, "give --key or --key-file to verify the signature")
    if claims.version == 1 and not keys.public_keys:
        return Finding("key", WRONG, "version 1 is signed with a key pair; give the PEM of its public key")
    if claims.version == 2 and not keys.secrets:  # noqa: PLR2004 - the format's version
        return Finding("key", WRONG, "version 2 is signed with a secret key; give that, not the PEM of a public key")
    return _judge("key", lambda: check_signature(claims, keys), "signed with this key")


def _judge_clock(claims: Claims, now: float) -> Finding:
    lead = claims.issued_at - now
    ahead = f", {lead:.0f} s ahead of this clock, which is accepted" if lead > 0 else ""
    return _judge("clock", lambda: check_validity(claims, now), f"valid for {claims.ends_at - now:.0f} s more{ahead}")


def _judge(subject: str, check: Callable[[], None], good: str) -> Finding:
    try:
        check()
    except TidingsError as error:
        return _wrong(subject, error)
    return Finding(subject, OK, good)


def _wrong(subject: str, error: TidingsError) -> Finding:
    return Finding(subject, WRONG, f"{error.info} (error {error.code})")


def _name_userbuf(claims: Claims) -> str:
    return "" if claims.userbuf is None else f", with userbuf {claims.userbuf}"


def _to_date(seconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return f"unix second {seconds}"


def _read_key(key: str | None, key_file: Path | None) -> str | None:
    """Return the key without the white space that files end with; a file given goes before the variable."""
    if key_file is None:
        return (key or "").strip() or None
    if click.get_current_context().get_parameter_source("key") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--key and --key-file are both given; use one")
    try:
        return key_file.read_text("ascii").strip() or None
    except UnicodeDecodeError as error:
        raise click.UsageError(f"--key-file {key_file}: it holds no key, since keys are plain ASCII text") from error
    except OSError as error:
        raise click.UsageError(f"--key-file {key_file}: {error.strerror}") from error


def _to_bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError as error:
        raise click.UsageError("--userbuf-hex: that is no even number of hexadecimal digits") from error


def _to_key_ring(key: str | None) -> KeyRing | None:
    if key is None:
        return None
    if key.startswith(_PEM):
        return KeyRing(public_keys=(_refuse_bad("the key", lambda: load_public_key(key.encode())),))
    return KeyRing(secrets=(_refuse_bad("the key", key.encode),))


def _refuse_bad(what: str, build: Callable[[], T]) -> T:
    """Return what `build` gives; a ValueError of it ends the command with its sentence."""
    try:
        return build()
    except ValueError as error:
        raise click.UsageError(f"{what}: {error}") from error
