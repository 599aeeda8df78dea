"""The data folder belongs to one server at a time."""

import os
from pathlib import Path

import click
import pytest

from tidings.cli.folder import LOCK, find_user, sole_use
from tidings.settings import ServerSettings


def test_the_folder_is_made_private(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with sole_use(ServerSettings(data_dir=str(folder))):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert (folder / LOCK).stat().st_mode & 0o777 == 0o600


def test_a_second_user_is_told_of_the_first(tmp_path: Path) -> None:
    settings = ServerSettings(data_dir=str(tmp_path))
    message = f"process id {os.getpid()}; stop that one"
    with sole_use(settings), pytest.raises(click.ClickException, match=message), sole_use(settings):
        pytest.fail("two have the folder")


def test_the_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    settings = ServerSettings(data_dir=str(tmp_path))
    for _ in range(2):
        with sole_use(settings):
            assert find_user(tmp_path) == str(os.getpid())
    assert find_user(tmp_path) is None


def test_a_number_of_a_longer_one_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("12345678901234567890\n")
    with sole_use(ServerSettings(data_dir=str(tmp_path))):
        assert (tmp_path / LOCK).read_text() == f"{os.getpid()}\n"


def test_a_folder_that_no_server_ever_had_has_no_user(tmp_path: Path) -> None:
    assert find_user(tmp_path) is None


def test_memory_needs_no_folder(tmp_path: Path) -> None:
    with sole_use(ServerSettings(store="memory", data_dir=str(tmp_path / "none"))):
        assert not list(tmp_path.iterdir())
