"""The apps of a data folder, worked on beside a running server or without one."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from tidings.app import open_store, open_vault
from tidings.cli.faults import told_plainly
from tidings.domain.apps import App
from tidings.ids import SdkAppId
from tidings.settings import ServerSettings
from tidings.store.sqlite.apps import SqliteApps
from tidings.store.sqlite.store import DATABASE, Store

T = TypeVar("T")


def on_apps(settings: ServerSettings, work: Callable[[SqliteApps], Awaitable[T]], *, is_made: bool = False) -> T:
    """Run `work` on the apps of the settings' data folder; see `on_store`."""
    return on_store(settings, lambda store: work(store.apps), is_made=is_made)


def on_store(settings: ServerSettings, work: Callable[[Store], Awaitable[T]], *, is_made: bool = False) -> T:
    """Run `work` on the store of the settings' data folder; `is_made` makes the folder if there is none.

    A server that runs over the same folder takes the changes over within a second. Raises
    ClickException if the folder can't be used.
    """
    if settings.store == "memory":
        raise click.ClickException("store is set to memory, which no other process can reach; use tidings dev for that")
    folder = Path(settings.data_dir)
    if not is_made and not (folder / DATABASE).exists():
        raise click.ClickException(
            f"there is no database in {folder}; name the server's data folder with --data or --config, "
            "or make a first app with: tidings app create"
        )
    with told_plainly(settings):
        if is_made:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return asyncio.run(_with_store(settings, work))


async def _with_store(settings: ServerSettings, work: Callable[[Store], Awaitable[T]]) -> T:
    store = open_store(settings, open_vault(settings))
    try:
        return await work(store)
    finally:
        await store.close()


async def get_app(apps: SqliteApps, sdk_app_id: SdkAppId) -> App:
    """Return an app; raises ClickException if there is none of that number."""
    for app in await apps.load():
        if app.sdk_app_id == sdk_app_id:
            return app
    raise no_such_app(sdk_app_id)


def no_such_app(sdk_app_id: SdkAppId) -> click.ClickException:
    """Return what to raise for a number that no app has."""
    return click.ClickException(f"there is no app with SDKAppID {sdk_app_id}; tidings app list shows all")


def to_date(seconds: int) -> str:
    """Return unix seconds as a date in UTC."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}"
