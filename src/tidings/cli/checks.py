"""What `tidings doctor` looks at on the machine: clock, disk, port, TLS files, limits."""

import errno
import http.client
import os
import resource
import shutil
import socket
import ssl
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click
from cryptography.x509 import Certificate, load_pem_x509_certificates

from tidings.cli.listening import check_tls, to_url_host
from tidings.clock import Clock
from tidings.settings import ServerSettings

Verdict = Literal["ok", "warn", "FAIL"]

SANE_YEARS = range(2025, 2100)
MAX_SKEW_S = 2.0
LITTLE_DISK, NO_DISK = 1 << 30, 100 << 20
EXPIRES_SOON_S = 14 * 86_400
FEW_FILES = 4096
PORT_PATIENCE_S = 3.0
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: what was looked at, the verdict, what was seen and what to do."""

    check: str
    verdict: Verdict
    detail: str


def check_port(settings: ServerSettings) -> Finding:
    """Say whether the port is free, or who answers there."""
    place = f"{settings.host} port {settings.port}"
    if settings.port == 0:
        return Finding("port", "ok", "a free one is taken at the start")
    try:
        with socket.create_server((settings.host, settings.port), family=_family(settings.host)):
            return Finding("port", "ok", f"{place} is free")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return _ask_who(settings, place)
        reason = error.strerror or error
        return Finding("port", "FAIL", f"can't listen on {place}: {reason}; choose another host or port")


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _ask_who(settings: ServerSettings, place: str) -> Finding:
    try:
        answer = _get_health(settings)
    except (OSError, http.client.HTTPException):
        answer = ""
    if answer == "ok\n":
        return Finding("port", "ok", f"a server answers on {place} (/healthz)")
    return Finding("port", "FAIL", f"{place} is used by something else; stop that, or choose another port")


def _get_health(settings: ServerSettings) -> str:
    host = to_url_host(settings.host).strip("[]")
    if settings.tls_cert:
        # Only whether it answers matters: its certificate may be made for another name.
        context = ssl._create_unverified_context()  # noqa: S323, SLF001 - the documented way to ask without verifying
        line: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, settings.port, timeout=PORT_PATIENCE_S, context=context
        )
    else:
        line = http.client.HTTPConnection(host, settings.port, timeout=PORT_PATIENCE_S)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().read(16).decode("latin-1")
    finally:
        line.close()


def check_clock(settings: ServerSettings, clock: Clock) -> Finding:
    """Compare the clock with reason, and with that of the data folder's file system."""
    now = clock.now()
    told = datetime.fromtimestamp(now, UTC)
    text = f"{told:%Y-%m-%d %H:%M:%S} UTC"
    if told.year not in SANE_YEARS:
        return Finding("clock", "FAIL", f"{text} can't be; set it, or every UserSig is refused (70001)")
    folder = Path(settings.data_dir)
    try:
        with tempfile.NamedTemporaryFile(dir=folder if folder.is_dir() else None) as file:
            skew = os.fstat(file.fileno()).st_mtime - clock.now()
    except OSError:
        return Finding("clock", "warn", f"{text}; no file could be made to compare it with")
    if abs(skew) > MAX_SKEW_S:
        return Finding("clock", "warn", f"{text}, {skew:+.0f} s from the file system's; run NTP on both machines")
    return Finding("clock", "ok", text)


def check_disk(settings: ServerSettings) -> Finding:
    """Say how much room is left where the data folder lies, or will."""
    folder = Path(settings.data_dir).absolute()
    place = next(each for each in (folder, *folder.parents) if each.is_dir())
    free = shutil.disk_usage(place).free
    text = f"{free / (1 << 30):.1f} GiB are free at {place}"
    if free < NO_DISK:
        return Finding("disk", "FAIL", f"{text}; make room, or sends are soon refused (91000)")
    if free < LITTLE_DISK:
        return Finding("disk", "warn", f"{text}; make room")
    return Finding("disk", "ok", text)


def check_certificate(settings: ServerSettings, clock: Clock) -> Finding:
    """Look whether the TLS files fit together, are still valid and the key is private."""
    try:
        check_tls(settings)
    except click.ClickException as error:
        return Finding("tls", "FAIL", error.message)
    if not settings.tls_cert:
        return Finding("tls", "ok", "not set: connections are plain, which suits a proxy in front that ends TLS")
    certificate = load_pem_x509_certificates(Path(settings.tls_cert).read_bytes())[0]
    return _judge_certificate(certificate, Path(settings.tls_key or settings.tls_cert), clock.now())


def _judge_certificate(certificate: Certificate, key_file: Path, now: float) -> Finding:
    ends, begins = certificate.not_valid_after_utc, certificate.not_valid_before_utc
    if ends.timestamp() < now:
        return Finding("tls", "FAIL", f"the certificate ended on {ends:%Y-%m-%d}; renew it and restart the server")
    if begins.timestamp() > now:
        return Finding("tls", "FAIL", f"the certificate begins on {begins:%Y-%m-%d}; a clock is wrong, or wait")
    if key_file.stat().st_mode & OTHERS:
        return Finding("tls", "warn", f"others may read the key; run: chmod 600 {key_file}")
    if ends.timestamp() - now < EXPIRES_SOON_S:
        return Finding("tls", "warn", f"the certificate ends on {ends:%Y-%m-%d}; renew it and restart the server")
    return Finding("tls", "ok", f"the certificate is valid until {ends:%Y-%m-%d}")


def check_files(limit: Callable[[int], tuple[int, int]] = resource.getrlimit) -> Finding:
    """Say how many connections the limit of open files allows."""
    soft = limit(resource.RLIMIT_NOFILE)[0]
    if soft == resource.RLIM_INFINITY:
        return Finding("files", "ok", "open files are not limited")
    if soft < FEW_FILES:
        return Finding(
            "files", "warn", f"{soft} files may be open, each connection is one; raise it: ulimit -n, LimitNOFILE"
        )
    return Finding("files", "ok", f"{soft} files may be open, each connection is one")
