"""`tidings doctor`: looks at all a server needs and says what to do (docs: operator's guide)."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from tidings.cli.checks import Finding, check_certificate, check_clock, check_disk, check_files, check_port
from tidings.cli.checks_data import check_data
from tidings.cli.options import (
    cert_option,
    config_option,
    data_option,
    host_option,
    json_option,
    key_option,
    port_option,
    read_settings,
    unknown_variables,
)
from tidings.clock import Clock, SystemClock
from tidings.settings import ServerSettings, SettingsError, changed


@click.command()
@config_option
@data_option
@host_option
@port_option
@cert_option
@key_option
@json_option
def doctor(config: Path | None, *, is_json: bool, **given: str | int | None) -> None:
    """Check settings, data, port, clock, disk, TLS and limits; the exit code is 1 if anything fails.

    Give it the options that the server gets. It changes nothing, and may run beside the server. Reading the
    whole database takes a while if it is large.
    """
    try:
        settings = read_settings(config, **given)
    except SettingsError as error:
        found = [Finding("settings", "FAIL", str(error))]
    else:
        found = [_check_settings(settings), *_examine(settings, SystemClock())]
    if is_json:
        click.echo(json.dumps([asdict(each) for each in found]))
    for each in found if not is_json else ():
        click.echo(f"{each.verdict:<6}{each.check:<10}{each.detail}")
    click.get_current_context().exit(int(any(each.verdict == "FAIL" for each in found)))


def _check_settings(settings: ServerSettings) -> Finding:
    if strangers := unknown_variables():
        return Finding("settings", "warn", f"there is no such setting, so it is ignored: {', '.join(strangers)}")
    pairs = ", ".join(f"{name} = {value}" for name, value in sorted(changed(settings).items()))
    return Finding("settings", "ok", pairs or "all at their defaults")


def _examine(settings: ServerSettings, clock: Clock) -> list[Finding]:
    return [
        *check_data(settings),
        check_port(settings),
        check_certificate(settings, clock),
        check_clock(settings, clock),
        check_disk(settings),
        check_files(),
    ]
