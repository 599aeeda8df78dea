"""Settings: where they come from, in which order, how a wrong one is told (that each is declared: tests/contract)."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tidings.settings import AppSettings, ServerSettings, SettingsError, changed, read_server_settings, to_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "tidings.toml"
    file.write_text('host = "0.0.0.0"\nport = 1\nrate_limits = false\ndrain_seconds = 2\n')
    return file


def test_without_anything_the_defaults_hold() -> None:
    assert read_server_settings(None, {}) == ServerSettings()


def test_the_environment_goes_before_the_file_and_the_file_before_the_defaults(file: Path) -> None:
    settings = read_server_settings(file, {"TIDINGS_PORT": "2", "TIDINGS_LOG_LEVEL": "debug", "PORT": "3"})
    assert (settings.host, settings.port, settings.log_level) == ("0.0.0.0", 2, "debug")  # noqa: S104 - only read
    assert (settings.rate_limits, settings.drain_seconds, settings.body_bytes) == (False, 2.0, 1_048_576)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("TIDINGS_PORT", "0", 0),
        ("TIDINGS_RATE_LIMITS", "false", False),
        ("TIDINGS_RATE_LIMITS", "1", True),
        ("TIDINGS_DRAIN_SECONDS", "0.5", 0.5),
        ("TIDINGS_HOST", "1", "1"),
        ("TIDINGS_STORE", "memory", "memory"),
    ],
)
def test_a_variable_is_converted_to_the_settings_type(name: str, text: str, value: object) -> None:
    settings = read_server_settings(None, {name: text})
    found = getattr(settings, name.removeprefix("TIDINGS_").lower())
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", 65536), ("port", -1), ("port", "many"), ("store", "disk"), ("rate_limits", "perhaps"), ("host", None)],
)
def test_a_value_out_of_bounds_is_named(name: str, value: object) -> None:
    with pytest.raises(SettingsError, match=f"setting {name} = {value!r}"):
        to_settings(ServerSettings, {name: value})


def test_a_setting_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    file = tmp_path / "tidings.toml"
    file.write_text("prot = 1\n")
    with pytest.raises(SettingsError, match=r"no setting 'prot'; known are: .*port"):
        read_server_settings(file, {})


@pytest.mark.parametrize("content", [b"port = ", b"\xff\xfe", None], ids=["not toml", "not utf-8", "not there"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "tidings.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=f"settings file {file}"):
        read_server_settings(file, {})


VALUES: list[dict[str, Any]] = [{}, {"recall_seconds": 0}, {"login_policy": "single", "user_status": False}]


@pytest.mark.parametrize("values", VALUES, ids=str)
def test_what_was_changed_makes_the_same_settings_again(values: dict[str, Any]) -> None:
    settings = AppSettings(**values)
    assert changed(settings) == values
    assert to_settings(AppSettings, changed(settings)) == settings


def test_a_value_set_to_its_default_is_no_change() -> None:
    assert changed(to_settings(AppSettings, {"recall_seconds": "120"})) == {}


@pytest.mark.parametrize("bits", ["", "012", "1" * 65, "1\n"])
def test_purchase_bits_are_a_row_of_noughts_and_ones(bits: str) -> None:
    with pytest.raises(SettingsError, match="purchase_bits"):
        to_settings(AppSettings, {"purchase_bits": bits})


@pytest.mark.parametrize("kind", [ServerSettings, AppSettings])
def test_settings_do_not_change_under_those_who_hold_them(kind: type[msgspec.Struct]) -> None:
    name = msgspec.structs.fields(kind)[0].name
    with pytest.raises(AttributeError, match="immutable"):
        setattr(kind(), name, "x")


def test_choice_that_is_none_is_told_what_there_is() -> None:
    with pytest.raises(SettingsError, match=r"store = 'postgres': it is one of sqlite, memory"):
        to_settings(ServerSettings, {"store": "postgres"})


@pytest.mark.parametrize("name", ["host", "data_dir"])
def test_where_the_server_is_cannot_be_empty(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        to_settings(ServerSettings, {name: ""})
