"""The program as a shell calls it, in this process."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tidings.cli.main import main

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the machine's user has set."""
    for name in [name for name in os.environ if name.startswith("TIDINGS_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return where the data folder is, or will be."""
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Run:
    """Return what calls a command on the data folder."""

    def call(*args: str | int | Path, stdin: str | None = None) -> Result:
        return CliRunner().invoke(main, [*map(str, args), "--data", str(data)], stdin)

    return call


@pytest.fixture
def made(run: Run) -> Run:
    """Return the same, once there is an app 77 with the key `first`."""
    assert run("app", "create", "--sdkappid", 77, "--key", "first").exit_code == 0
    return run
