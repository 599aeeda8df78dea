"""What doctor says of the machine, for good and for each fault."""

import resource
import shutil
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.unit.cli.certificates import write_certificate
from tidings.cli.checks import check_certificate, check_clock, check_disk, check_files, check_port
from tidings.clock import SteppedClock, SystemClock
from tidings.settings import ServerSettings

GIB = 1 << 30


class Usage(NamedTuple):
    """What shutil.disk_usage returns."""

    total: int
    used: int
    free: int


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def answer_once(listener: socket.socket, answer: bytes) -> threading.Thread:
    """Answer the next connection with these bytes and close it."""

    def run() -> None:
        line, _ = listener.accept()
        with line:
            line.recv(1000)
            line.sendall(answer)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_free_port_is_fine(taken: socket.socket) -> None:
    port = taken.getsockname()[1]
    taken.close()
    assert check_port(ServerSettings(port=port)).detail == f"127.0.0.1 port {port} is free"
    assert check_port(ServerSettings(port=0)).verdict == "ok"
    assert check_port(ServerSettings(host="::1", port=port)).verdict == "ok"


@pytest.mark.parametrize(
    ("answer", "verdict", "words"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n", "ok", "a server answers on"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother", "FAIL", "is used by something else; stop that"),
        (b"SSH-2.0\r\n", "FAIL", "is used by something else; stop that"),
        (b"", "FAIL", "is used by something else; stop that"),
    ],
)
def test_who_has_the_port_is_asked(taken: socket.socket, answer: bytes, verdict: str, words: str) -> None:
    thread = answer_once(taken, answer)
    found = check_port(ServerSettings(port=taken.getsockname()[1]))
    thread.join()
    assert found.verdict == verdict
    assert words in found.detail


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_a_host_that_is_not_here_fails(host: str) -> None:
    found = check_port(ServerSettings(host=host, port=7))
    assert found.verdict == "FAIL"
    assert f"can't listen on {host} port 7: " in found.detail
    assert "choose another host or port" in found.detail


def test_the_clock_is_compared_with_the_file_system(tmp_path: Path) -> None:
    assert check_clock(ServerSettings(data_dir=str(tmp_path)), SystemClock()).verdict == "ok"
    slow = SteppedClock(SystemClock().now() - 3600)
    found = check_clock(ServerSettings(data_dir=str(tmp_path)), slow)
    assert found.verdict == "warn"
    assert "s from the file system's; run NTP" in found.detail


@pytest.mark.parametrize("year", [1970, 2099 + 1])
def test_an_impossible_year_fails(year: int) -> None:
    found = check_clock(ServerSettings(), SteppedClock(datetime(year, 2, 1, tzinfo=UTC).timestamp()))
    assert found.verdict == "FAIL"
    assert f"{year}-02-01 00:00:00 UTC can't be; set it, or every UserSig is refused (70001)" in found.detail


def test_a_clock_that_can_not_be_compared_is_told() -> None:
    assert "no file could be made" in check_clock(ServerSettings(data_dir="/proc/self"), SystemClock()).detail


@pytest.mark.parametrize(
    ("free", "verdict", "words"),
    [
        (2 * GIB, "ok", "2.0 GiB are free at"),
        (GIB - 1, "warn", "make room"),
        ((100 << 20) - 1, "FAIL", "or sends are soon refused (91000)"),
    ],
)
def test_little_room_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, verdict: str, words: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(3 * GIB, 0, free))
    found = check_disk(ServerSettings(data_dir=str(tmp_path / "not" / "yet")))
    assert found.verdict == verdict
    assert words in found.detail
    assert f"free at {tmp_path}" in found.detail


def test_without_tls_files_a_proxy_is_named() -> None:
    assert "suits a proxy" in check_certificate(ServerSettings(), SystemClock()).detail


@pytest.mark.parametrize(
    ("begins", "ends", "mode", "verdict", "words"),
    [
        (-1, 365, 0o600, "ok", "the certificate is valid until 20"),
        (-1, 13, 0o600, "warn", "renew it and restart the server"),
        (-1, 365, 0o640, "warn", "others may read the key; run: chmod 600 "),
        (-9, -1, 0o600, "FAIL", "the certificate ended on 20"),
        (1, 365, 0o600, "FAIL", "the certificate begins on 20"),
    ],
)
def test_the_certificate_is_judged(
    tmp_path: Path, begins: float, ends: float, mode: int, verdict: str, words: str
) -> None:
    files = write_certificate(tmp_path, begins_in_days=begins, ends_in_days=ends)
    files.key.chmod(mode)
    found = check_certificate(ServerSettings(tls_cert=str(files.cert), tls_key=str(files.key)), SystemClock())
    assert found.verdict == verdict
    assert words in found.detail


def test_tls_files_of_no_use_fail() -> None:
    found = check_certificate(ServerSettings(tls_cert="/nowhere/cert.pem"), SystemClock())
    assert found.verdict == "FAIL"
    assert "No such file or directory" in found.detail


@pytest.mark.parametrize(
    ("soft", "verdict", "words"),
    [
        (resource.RLIM_INFINITY, "ok", "open files are not limited"),
        (4096, "ok", "4096 files may be open"),
        (4095, "warn", "raise it: ulimit -n, LimitNOFILE"),
    ],
)
def test_a_low_limit_of_files_is_told(soft: int, verdict: str, words: str) -> None:
    found = check_files(lambda _: (soft, soft))
    assert found.verdict == verdict
    assert words in found.detail
