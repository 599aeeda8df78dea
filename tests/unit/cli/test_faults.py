"""Faults of the surroundings become one sentence; those of the program keep their traceback."""

import apsw
import click
import pytest

from tidings.cli.faults import told_plainly
from tidings.errors import STORE_UNAVAILABLE
from tidings.settings import ServerSettings, SettingsError
from tidings.store.sqlite.migrations import SchemaError
from tidings.vault import VaultError

SETTINGS = ServerSettings(data_dir="/some/folder")


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (SettingsError("setting x"), "setting x"),
        (VaultError("the key"), "the key"),
        (STORE_UNAVAILABLE(detail="disk full"), STORE_UNAVAILABLE(detail="disk full").info),
        (SchemaError("too new"), "data folder /some/folder: too new"),
        (apsw.FullError("full"), "the database in /some/folder can't be used: full; tidings doctor says more"),
        (FileExistsError(17, "File exists"), "data folder /some/folder: it is no folder; let this user write"),
        (PermissionError(13, "Permission denied"), "data folder /some/folder: Permission denied; let this user write"),
    ],
)
def test_a_fault_is_told_in_a_sentence(fault: Exception, sentence: str) -> None:
    with pytest.raises(click.ClickException) as raised, told_plainly(SETTINGS):
        raise fault
    assert raised.value.message.startswith(sentence)
    assert raised.value.exit_code == 1


def test_a_fault_of_the_program_passes() -> None:
    with pytest.raises(KeyError), told_plainly(SETTINGS):
        raise KeyError
