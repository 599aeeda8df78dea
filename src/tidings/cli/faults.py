"""What can go wrong outside the program, told in one sentence and without a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import apsw
import click

from tidings.errors import TidingsError
from tidings.settings import ServerSettings, SettingsError
from tidings.store.sqlite.migrations import SchemaError
from tidings.vault import VaultError


@contextmanager
def told_plainly(settings: ServerSettings) -> Iterator[None]:
    """End the command with one sentence and exit code 1 if the data folder or what lies in it can't be used."""
    folder = settings.data_dir
    try:
        yield
    except (SettingsError, VaultError) as error:
        raise click.ClickException(str(error)) from error
    except TidingsError as error:
        raise click.ClickException(error.info) from error
    except SchemaError as error:
        raise click.ClickException(f"data folder {folder}: {error}") from error
    except apsw.Error as error:
        raise click.ClickException(
            f"the database in {folder} can't be used: {error}; tidings doctor says more, a backup may be needed"
        ) from error
    except OSError as error:
        reason = "it is no folder" if isinstance(error, FileExistsError) else error.strerror or error
        raise click.ClickException(
            f"data folder {folder}: {reason}; let this user write there, or name another folder"
        ) from error
