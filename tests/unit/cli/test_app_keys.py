"""`tidings app key`: several keys of an app, so that they roll without a gap."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.unit.cli.conftest import Run


def keys(run: Run, *args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("app", "key", "list", 77, "--json", *args).stdout)
    return found


def texts(run: Run) -> list[str]:
    return [each["key"] for each in keys(run, "--show")]


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """Return the PEM of a public key."""
    return write_public(tmp_path, ec.generate_private_key(ec.SECP256K1()))


def write_public(folder: Path, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> Path:
    file = folder / "public.pem"
    file.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return file


def test_a_key_is_added_beside_the_one_there_is(made: Run) -> None:
    assert made("app", "key", "add", 77, "--key", "second").stdout == "key 2 (secret) is valid for SDKAppID 77\n"
    assert texts(made) == ["first", "second"]


def test_a_key_is_made_and_told_if_none_is_given(made: Run) -> None:
    told = made("app", "key", "add", 77).stdout.strip().partition("SDKAppID 77: ")[2]
    added = json.loads(made("app", "key", "add", 77, "--json").stdout)["key"]
    assert texts(made) == ["first", told, added]
    assert len(told) == len(added) == 64


def test_a_key_may_come_from_standard_input(made: Run) -> None:
    assert "piped" not in made("app", "key", "add", 77, "--key", "-", stdin="piped\n").stdout
    assert texts(made) == ["first", "piped"]


def test_a_public_key_is_added_in_any_spacing(made: Run, public: Path) -> None:
    text = public.read_text()
    public.write_text(f"\n{text}\n\n")
    assert made("app", "key", "add", 77, "--public", public).stdout == "key 2 (public) is valid for SDKAppID 77\n"
    assert texts(made) == ["first", text]
    assert [each["kind"] for each in keys(made)] == ["secret", "public"]


def test_keys_are_listed_without_their_text_unless_asked_for(made: Run) -> None:
    assert set(keys(made)[0]) == {"number", "kind", "created_at"}
    listed = made("app", "key", "list", 77).stdout
    assert listed.startswith("1     secret  20")
    assert "first" not in listed
    assert made("app", "key", "list", 77, "--show").stdout.endswith("\nfirst\n")


def test_a_key_is_there_once(made: Run, public: Path) -> None:
    made("app", "key", "add", 77, "--public", public)
    for args, number in ((("--key", "first"), 1), (("--public", public), 2)):
        result = made("app", "key", "add", 77, *args)
        assert result.exit_code == 1
        assert f"SDKAppID 77 has this key already, as key {number}" in result.stderr


def test_key_and_public_exclude_each_other(made: Run, public: Path) -> None:
    result = made("app", "key", "add", 77, "--key", "x", "--public", public)
    assert result.exit_code == 2
    assert "both given" in result.stderr


def test_other_than_a_public_key_is_refused(made: Run, tmp_path: Path) -> None:
    private = tmp_path / "private.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    text = tmp_path / "text"
    text.write_text("é")
    on_no_curve = write_public(tmp_path, rsa.generate_private_key(65537, 2048))
    for file, words in (
        (private, "this is a private key; only the public key belongs here"),
        (on_no_curve, "this public key is not on an elliptic curve"),
        (text, f"{text}: it is no PEM of a public key"),
        (tmp_path / "none", "No such file or directory"),
    ):
        result = made("app", "key", "add", 77, "--public", file)
        assert result.exit_code == 1
        assert f"--public {file}: " in result.stderr
        assert words in result.stderr
    assert texts(made) == ["first"]


def test_a_key_is_removed_by_its_number(made: Run) -> None:
    made("app", "key", "add", 77, "--key", "second")
    assert made("app", "key", "remove", 77, 1).stdout == "key 1 of SDKAppID 77 is gone\n"
    assert texts(made) == ["second"]
    result = made("app", "key", "remove", 77, 1)
    assert result.exit_code == 1
    assert "SDKAppID 77 has no key 1; tidings app key list 77 shows all" in result.stderr


def test_the_only_key_is_removed_after_a_question(made: Run) -> None:
    assert made("app", "key", "remove", 77, 1, stdin="n\n").exit_code == 1
    assert texts(made) == ["first"]
    assert made("app", "key", "remove", 77, 1, stdin="y\n").exit_code == 0
    assert "SDKAppID 77 has no key, so nobody can log in" in made("app", "key", "list", 77).stdout
    number = json.loads(made("app", "key", "add", 77, "--json").stdout)["number"]
    assert made("app", "key", "remove", 77, number, "--yes").exit_code == 0


@pytest.mark.parametrize("command", [("list", 78), ("add", 78), ("remove", 78, 1)])
def test_an_app_that_is_not_there_has_no_keys(made: Run, command: tuple[str | int, ...]) -> None:
    result = made("app", "key", *command)
    assert result.exit_code == 1
    assert "there is no app with SDKAppID 78" in result.stderr
