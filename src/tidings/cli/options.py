"""Options that several commands have, and the settings that come of them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click
import msgspec

from tidings.ids import MAX_USER_ID_BYTES, UINT32, UserId, is_user_id
from tidings.settings import ENVIRONMENT_PREFIX, ServerSettings, SettingsError, read_server_settings

# What `tidings usersig` and `tidings chat` take from the environment.
OTHER_VARIABLES = frozenset({"TIDINGS_KEY", "TIDINGS_SDKAPPID", "TIDINGS_URL", "TIDINGS_USERSIG"})

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="TOML file with the server's settings; TIDINGS_<NAME> variables go before it.",
)
data_option = click.option(
    "--data", "data_dir", type=click.Path(), help="The data folder; goes before the settings' data_dir."
)
host_option = click.option("--host", help="Address to listen on.")
port_option = click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one.")
cert_option = click.option("--tls-cert", type=click.Path(), help="PEM file with the certificate chain.")
key_option = click.option("--tls-key", type=click.Path(), help="PEM file with the certificate's private key.")
json_option = click.option("--json", "is_json", is_flag=True, help="Print JSON instead of text.")
yes_option = click.option("--yes", is_flag=True, help="Do not ask.")
SDK_APP_ID = click.IntRange(1, UINT32)
app_argument = click.argument("sdk_app_id", metavar="SDKAPPID", type=SDK_APP_ID)


class _UserIdType(click.ParamType[UserId]):
    name = "UserID"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> UserId:  # noqa: ANN401 - click's signature
        if not is_user_id(value):
            self.fail(f"{value!r} is no UserID: 1 to {MAX_USER_ID_BYTES} printable ASCII characters", param, ctx)
        return UserId(value)


USER_ID = _UserIdType()


def read_settings(config: Path | None, **given: str | int | None) -> ServerSettings:
    """Return the settings of a file, the environment and the command line, each going before the one named before.

    What is None in `given` was not on the command line. Raises SettingsError, which names the file or variable.
    """
    with _named(f"settings file {config}"):
        read_server_settings(config, {})
    for variable, text in os.environ.items():
        with _named(f"variable {variable}"):
            read_server_settings(None, {variable: text})
    settings = read_server_settings(config, os.environ)
    return msgspec.structs.replace(settings, **{name: value for name, value in given.items() if value is not None})


def unknown_variables() -> list[str]:
    """Return the variables that look like settings but are none: most likely somebody mistyped them."""
    known = {f"{ENVIRONMENT_PREFIX}{field.name.upper()}" for field in msgspec.structs.fields(ServerSettings)}
    return sorted(name for name in os.environ.keys() - known - OTHER_VARIABLES if name.startswith(ENVIRONMENT_PREFIX))


@contextmanager
def _named(source: str) -> Iterator[None]:
    """Let a SettingsError say where the setting is, unless it does."""
    try:
        yield
    except SettingsError as error:
        raise error if source in str(error) else SettingsError(f"{source}: {error}") from error


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options --config and --data, and the settings they make as its first argument."""

    @config_option
    @data_option
    @wraps(command)
    def read_first(*, config: Path | None, data_dir: str | None, **options: object) -> None:
        command(settings_or_exit(config, data_dir=data_dir), **options)

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
