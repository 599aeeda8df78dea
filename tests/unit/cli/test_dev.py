"""What `tidings dev` refuses; how it runs is shown in tests/flow/test_program.py."""

import pytest
from click.testing import CliRunner

from tidings.cli.dev import dev, program_name


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--data", "somewhere", "--memory"), "give one of them"),
        (("--port", "65536"), "--port"),
        (("--set", "history_days"), "'history_days' is no NAME=VALUE"),
    ],
)
def test_a_wrong_option_is_refused(args: tuple[str, ...], words: str) -> None:
    result = CliRunner().invoke(dev, args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


@pytest.mark.parametrize(
    ("change", "words"),
    [("nothing=1", "there is no setting 'nothing'"), ("history_days=0", "setting history_days = '0'")],
)
def test_a_wrong_app_setting_is_named(monkeypatch: pytest.MonkeyPatch, change: str, words: str) -> None:
    monkeypatch.setattr("tidings.cli.dev.start_logging", lambda _: None)
    result = CliRunner().invoke(dev, ["--port", "0", "--memory", "--set", change])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert words in result.stderr


@pytest.mark.parametrize(
    ("called", "told"),
    [
        ("/opt/tidings/.venv/bin/tidings", "tidings"),
        (".venv/bin/tidings", ".venv/bin/tidings"),
        ("src/tidings/__main__.py", "tidings"),
    ],
)
def test_it_names_itself_as_it_was_called(monkeypatch: pytest.MonkeyPatch, called: str, told: str) -> None:
    monkeypatch.setattr("sys.argv", [called])
    assert program_name() == told
