"""The program's own face: its commands, its version, each command imported only when it is called."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from tidings import __version__
from tidings.cli.main import main

COMMANDS = ("app", "dev", "doctor", "serve", "usersig", "webhook")


def test_version_is_told() -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout == f"tidings, version {__version__}\n"


def test_help_lists_every_command() -> None:
    lines = CliRunner().invoke(main, ["--help"]).stdout.splitlines()
    named = {line.split()[0] for line in lines if line.startswith("  ")}
    assert set(COMMANDS) <= named


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert "Usage: main " + name in result.stdout


def test_an_unknown_command_is_refused() -> None:
    result = CliRunner().invoke(main, ["nothing"])
    assert result.exit_code == 2
    assert "No such command 'nothing'" in result.stderr


def test_a_command_does_not_import_the_others() -> None:
    code = "import sys, tidings.cli.main as m; m.main(['--version'], standalone_mode=False); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "tidings.cli.main" in loaded
    assert not [name for name in loaded if name.startswith(("tidings.app", "uvicorn", "structlog", "cryptography"))]
