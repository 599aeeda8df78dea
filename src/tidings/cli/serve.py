"""`tidings serve`: the server for others, with a data folder, settings and structured logs (docs: operator's guide)."""

import asyncio
from pathlib import Path

import click
import structlog
import uvloop

from tidings import __version__
from tidings.app import Server
from tidings.cli.faults import told_plainly
from tidings.cli.folder import sole_use
from tidings.cli.listening import check_tls, listen, opened
from tidings.cli.options import (
    cert_option,
    config_option,
    data_option,
    host_option,
    key_option,
    port_option,
    settings_or_exit,
    unknown_variables,
)
from tidings.cli.stopping import StopRequest
from tidings.logs import start_logging
from tidings.settings import ServerSettings

log = structlog.get_logger("tidings.serve")


@click.command()
@config_option
@data_option
@host_option
@port_option
@cert_option
@key_option
def serve(config: Path | None, **given: str | int | None) -> None:
    """Run the server until SIGTERM or Ctrl-C.

    What is under way is finished first; asked again, a second later or more, it ends at once.
    """
    settings = settings_or_exit(config, **given)
    check_tls(settings)
    start_logging(settings)
    with told_plainly(settings), sole_use(settings):
        try:
            uvloop.run(_serve(settings))
        except asyncio.CancelledError:
            log.warning("stopped at once: clients find out by themselves")
            click.get_current_context().exit(1)


async def _serve(settings: ServerSettings) -> None:
    request = StopRequest()
    async with opened(settings) as server:
        await listen(server)
        _announce(server)
        log.info("stopping", reason=await request.wait(), drain_seconds=settings.drain_seconds)
    log.info("stopped")


def _announce(server: Server) -> None:
    settings, count = server.settings, len(server.apps.all())
    log.info(
        "started",
        version=__version__,
        host=server.host,
        port=server.port,
        tls=bool(settings.tls_cert),
        store=settings.store,
        data_dir=settings.data_dir,
        durability=settings.durability,
        apps=count,
    )
    if strangers := unknown_variables():
        log.warning("variables that are no setting are ignored", variables=strangers)
    if not count:
        log.warning("no app yet, so nobody can log in; make one with: tidings app create", data_dir=settings.data_dir)
