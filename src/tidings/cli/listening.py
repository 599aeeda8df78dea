"""A server that listens until it is asked to stop, with the reasons why it can't in one sentence."""

import errno
import os
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click

from tidings.app import REAL_WORLD, Server, open_store, open_vault
from tidings.settings import ServerSettings


@asynccontextmanager
async def opened(settings: ServerSettings) -> AsyncIterator[Server]:
    """Put a server together over its store; in the end it is stopped and the store closed."""
    vault = open_vault(settings)
    server = Server(settings, open_store(settings, vault), vault, REAL_WORLD)
    try:
        yield server
    finally:
        await server.stop()


async def listen(server: Server) -> None:
    """Start a server; raises ClickException if the port or address is not to be had."""
    settings = server.settings
    try:
        await server.start()
    except OSError as error:
        raise click.ClickException(
            f"can't listen on {settings.host} port {settings.port}: {_explain(error)}"
        ) from error


def _explain(error: OSError) -> str:
    """Return why an address is not to be had, and what to do."""
    if isinstance(error, socket.gaierror) or error.errno is None:
        return f"{error.strerror or error}; name an address of this machine with --host"
    remedies = {
        errno.EADDRINUSE: "stop what uses it, or choose another with --port (0 takes a free one)",
        errno.EACCES: "ports below 1024 need a privilege; choose another with --port",
    }
    remedy = remedies.get(error.errno, "name an address of this machine with --host")
    return f"{os.strerror(error.errno)}; {remedy}"


def check_tls(settings: ServerSettings) -> None:
    """Raise ClickException if the TLS files can't be used."""
    if not settings.tls_cert:
        if settings.tls_key:
            raise click.ClickException("tls_key is given without tls_cert; give both, or neither for plain connections")
        return
    names = f"tls_cert {settings.tls_cert}, tls_key {settings.tls_key or 'in the same file'}"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(settings.tls_cert, settings.tls_key or None, password=_refuse_password)
    except ssl.SSLError as error:
        detail = f" ({error.reason})" if error.reason else ""
        raise click.ClickException(f"{names}: no PEM of a certificate and its own key{detail}") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise click.ClickException(f"{names}: {reason}; name files that the server's user may read") from error


def _refuse_password() -> str:
    raise ValueError("the key is encrypted with a password")


def to_url_host(host: str) -> str:
    """Return how to reach, in an address, a server of this machine that listens on `host`."""
    reachable = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
    return f"[{reachable}]" if ":" in reachable else reachable
