"""Options that several commands have."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tidings.cli.options import read_settings, settings_or_exit, to_pairs, unknown_variables, with_settings
from tidings.settings import ServerSettings, SettingsError


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "tidings.toml"
    file.write_text('host = "a"\ndata_dir = "b"\nport = 1\n')
    return file


def test_the_command_line_goes_before_variables_and_these_before_the_file(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIDINGS_HOST", "variable")
    monkeypatch.setenv("TIDINGS_PORT", "2")
    settings = read_settings(config, port=0, host=None)
    assert (settings.host, settings.data_dir, settings.port) == ("variable", "b", 0)


def test_a_command_gets_the_settings_it_is_called_with(config: Path) -> None:
    seen: list[ServerSettings] = []

    @click.command()
    @with_settings
    def command(settings: ServerSettings) -> None:
        seen.append(settings)

    CliRunner().invoke(command, ["--config", str(config), "--data", "c"], catch_exceptions=False)
    assert (seen[0].host, seen[0].data_dir) == ("a", "c")


@pytest.mark.parametrize(
    ("text", "words"),
    [("prot = 1", "there is no setting 'prot'"), ("port = 70000", "setting port = 70000"), ("=", "cannot read")],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "tidings.toml"
    file.write_text(text)
    with pytest.raises(click.ClickException, match=words):
        settings_or_exit(file)
    with pytest.raises(SettingsError) as raised:
        read_settings(file)
    assert str(raised.value).count(f"settings file {file}") == 1


def test_a_wrong_variable_is_named(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDINGS_PORT", "x")
    with pytest.raises(SettingsError, match="variable TIDINGS_PORT: setting port = 'x'"):
        read_settings(config)


def test_variables_that_are_no_setting_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TIDINGS_PROT", "TIDINGS_PORT", "TIDINGS_KEY", "TIDINGS_URL", "PORT"):
        monkeypatch.setenv(name, "1")
    assert unknown_variables() == ["TIDINGS_PROT"]


def test_pairs_are_read() -> None:
    assert to_pairs(("a=1", " b = x=y ", "c=")) == {"a": "1", "b": "x=y", "c": ""}


def test_other_than_a_pair_is_refused() -> None:
    with pytest.raises(click.UsageError, match="'a' is no NAME=VALUE"):
        to_pairs(("a",))
