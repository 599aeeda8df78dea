"""Options that several commands have, and the settings that come of them."""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click
import msgspec

from tidings.ids import UINT32
from tidings.settings import ServerSettings, SettingsError, read_server_settings

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="TOML file with the server's settings; TIDINGS_<NAME> variables go before it.",
)
data_option = click.option("--data", type=click.Path(), help="The data folder; goes before the settings' data_dir.")
host_option = click.option("--host", help="Address to listen on.")
port_option = click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one.")
cert_option = click.option("--tls-cert", type=click.Path(), help="PEM file with the certificate chain.")
key_option = click.option("--tls-key", type=click.Path(), help="PEM file with the certificate's private key.")
json_option = click.option("--json", "is_json", is_flag=True, help="Print JSON instead of text.")
yes_option = click.option("--yes", is_flag=True, help="Do not ask.")
app_argument = click.argument("sdk_app_id", metavar="SDKAPPID", type=click.IntRange(1, UINT32))


def read_settings(config: Path | None, **given: str | int | None) -> ServerSettings:
    """Return the settings of a file, the environment and the command line, each going before the one named before.

    What is None in `given` was not on the command line. Raises SettingsError.
    """
    settings = read_server_settings(config, os.environ)
    return msgspec.structs.replace(settings, **{name: value for name, value in given.items() if value is not None})


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options --config and --data, and the settings they make as its first argument."""

    @config_option
    @data_option
    @wraps(command)
    def read_first(*, config: Path | None, data: str | None, **options: object) -> None:
        command(settings_or_exit(config, data_dir=data), **options)

    return read_first


def settings_or_exit(config: Path | None, **given: str | int | None) -> ServerSettings:
    """Return what `read_settings` does; a wrong setting ends the command with its sentence."""
    try:
        return read_settings(config, **given)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def to_pairs(changes: tuple[str, ...]) -> dict[str, str]:
    """Return the names and values of arguments NAME=VALUE; raises UsageError for any other form."""
    pairs = {}
    for change in changes:
        name, sign, value = change.partition("=")
        if not sign:
            raise click.UsageError(f"{change!r} is no NAME=VALUE")
        pairs[name.strip()] = value.strip()
    return pairs
