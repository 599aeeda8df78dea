"""Why a server can't listen, in words; that it does is shown in tests/flow/test_program.py."""

from pathlib import Path

import click
import pytest

from tests.unit.cli.certificates import write_certificate
from tidings.cli.listening import check_tls, listen, opened, to_url_host
from tidings.settings import ServerSettings


def test_right_tls_files_pass(tmp_path: Path) -> None:
    files = write_certificate(tmp_path)
    check_tls(ServerSettings(tls_cert=str(files.cert), tls_key=str(files.key)))
    both = tmp_path / "both.pem"
    both.write_bytes(files.cert.read_bytes() + files.key.read_bytes())
    check_tls(ServerSettings(tls_cert=str(both)))
    check_tls(ServerSettings())


@pytest.mark.parametrize(
    ("cert", "key", "words"),
    [
        ("", "key.pem", "tls_key is given without tls_cert"),
        ("none.pem", "key.pem", "No such file or directory"),
        ("cert.pem", "none.pem", "No such file or directory"),
        ("cert.pem", "", "no PEM of a certificate and its own key"),
        ("cert.pem", "other/key.pem", "no PEM of a certificate and its own key"),
        ("key.pem", "key.pem", "no PEM of a certificate and its own key"),
        ("secret/cert.pem", "secret/key.pem", "the key is encrypted with a password"),
    ],
)
def test_wrong_tls_files_are_told(tmp_path: Path, cert: str, key: str, words: str) -> None:
    write_certificate(tmp_path)
    for name, password in (("other", b""), ("secret", b"x")):
        (tmp_path / name).mkdir()
        write_certificate(tmp_path / name, password=password)
    settings = ServerSettings(tls_cert=str(tmp_path / cert) if cert else "", tls_key=str(tmp_path / key) if key else "")
    with pytest.raises(click.ClickException, match=words):
        check_tls(settings)


@pytest.mark.parametrize(
    ("host", "reason"),
    [("no.such.host.invalid", "[^;]+"), ("192.0.2.1", "Cannot assign requested address")],
)
async def test_a_host_of_no_use_is_told_with_a_remedy(host: str, reason: str) -> None:
    async with opened(ServerSettings(store="memory", host=host, port=0)) as server:
        with pytest.raises(click.ClickException, match=f"can't listen on {host} port 0: {reason}; name an address"):
            await listen(server)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("fe80::1", "[fe80::1]"), ("a.b", "a.b")],  # noqa: S104 - text
)
def test_a_host_to_listen_on_becomes_one_to_call(host: str, expected: str) -> None:
    assert to_url_host(host) == expected
