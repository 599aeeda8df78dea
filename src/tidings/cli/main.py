"""The `tidings` program: each command in its own file, imported only when it is called."""

from importlib import import_module
from importlib.metadata import entry_points

import click

from tidings import __version__

# Name of the command → where it is; imported late, so that each starts fast.
_COMMANDS = {
    "dev": "tidings.cli.dev:dev",
    "serve": "tidings.cli.serve:serve",
    "usersig": "tidings.cli.usersig:usersig",
    "app": "tidings.cli.app:app",
    "doctor": "tidings.cli.doctor:doctor",
    "webhook": "tidings.cli.webhook:webhook",
}
PLUGINS = "tidings.commands"


class _Lazy(click.Group):
    """A group whose commands are imported when they are called; packages may add more."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks
        """Return the names of all commands."""
        return sorted({*_COMMANDS, *(point.name for point in entry_points(group=PLUGINS))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click asks
        """Import a command."""
        if (place := _COMMANDS.get(cmd_name)) is not None:
            module, _, name = place.partition(":")
            found: click.Command = getattr(import_module(module), name)
            return found
        for point in entry_points(group=PLUGINS):
            if point.name == cmd_name:
                plugin: click.Command = point.load()
                return plugin
        return None


@click.group(cls=_Lazy)
@click.version_option(__version__, prog_name="tidings")
def main() -> None:
    """Tidings: an instant-messaging back end that any team can run itself."""
