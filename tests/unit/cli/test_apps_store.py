"""Where the apps of a data folder are worked on, and where not."""

from pathlib import Path

import click
import pytest

from tidings.cli.apps_store import get_app, on_apps, to_date
from tidings.ids import SdkAppId
from tidings.settings import ServerSettings


def test_a_folder_is_made_only_to_make_an_app(data: Path) -> None:
    settings = ServerSettings(data_dir=str(data))
    with pytest.raises(click.ClickException, match="there is no database in"):
        on_apps(settings, lambda apps: apps.load())
    assert not data.exists()
    assert on_apps(settings, lambda apps: apps.load(), is_made=True) == []
    assert data.stat().st_mode & 0o777 == 0o700
    assert {each.name for each in data.iterdir()} == {"master.key", "tidings.db"}


def test_memory_is_out_of_reach(data: Path) -> None:
    with pytest.raises(click.ClickException, match="store is set to memory, which no other process can reach"):
        on_apps(ServerSettings(store="memory", data_dir=str(data)), lambda apps: apps.load(), is_made=True)


def test_what_is_changed_is_kept(data: Path) -> None:
    settings = ServerSettings(data_dir=str(data))
    assert on_apps(settings, lambda apps: apps.create(SdkAppId(77), "x", 1), is_made=True)
    assert on_apps(settings, lambda apps: get_app(apps, SdkAppId(77))).name == "x"
    with pytest.raises(click.ClickException, match="no app with SDKAppID 78"):
        on_apps(settings, lambda apps: get_app(apps, SdkAppId(78)))


def test_dates_are_in_utc() -> None:
    assert to_date(1_760_000_000) == "2025-10-09 08:53:20"
