"""`tidings app`: the apps of a server, and all that belongs to one but its users (docs: operator's guide)."""

import json
import secrets
from typing import Any

import click

from tidings.app import REAL_WORLD
from tidings.cli.app_admins import admin
from tidings.cli.app_keys import key, new_secret, secret_option, to_secret
from tidings.cli.app_settings import settings_command
from tidings.cli.apps_store import get_app, no_such_app, on_apps, to_date
from tidings.cli.options import USER_ID, app_argument, json_option, with_settings, yes_option
from tidings.domain.apps import App
from tidings.ids import UINT32, SdkAppId, UserId
from tidings.settings import ServerSettings, changed
from tidings.store.sqlite.apps import SqliteApps

DEFAULT_ADMIN = "administrator"
# Numbers made here look like the hosted service's: ten digits that begin with 14.
_FIRST_NUMBER, _NUMBERS = 1_400_000_000, 100_000_000


@click.group(name="app")
def app() -> None:
    """Make and change apps; a running server takes changes over within a second."""


app.add_command(key)
app.add_command(admin)
app.add_command(settings_command)


@app.command()
@click.option("--sdkappid", type=click.IntRange(1, UINT32), help="The app's number; left out, a free one is made.")
@secret_option("The app's secret key; left out, one is made.")
@click.option("--admin", "admin_id", type=USER_ID, default=DEFAULT_ADMIN, show_default=True, help="An app admin.")
@click.option("--name", default="", help="What you call the app.")
@json_option
@with_settings
def create(
    settings: ServerSettings, sdkappid: int | None, secret: str | None, admin_id: UserId, name: str, is_json: bool
) -> None:
    """Make an app and print its number, key and admin: the key is not shown again unless asked for.

    With --sdkappid and --key of an app of the hosted service, its app server keeps signing as before.
    """
    text = new_secret() if secret is None else to_secret(secret)

    async def work(apps: SqliteApps) -> SdkAppId:
        now = int(REAL_WORLD.clock.now())
        number = await _claim(apps, sdkappid, name, now)
        await apps.add_key(number, "secret", text, now)
        await apps.add_admin(number, admin_id)
        return number

    number = on_apps(settings, work, is_made=True)
    if is_json:
        click.echo(json.dumps({"sdkappid": number, "key": text, "admin": admin_id, "name": name}))
    else:
        click.echo(f"SDKAppID:  {number}\nKey:       {text}\nApp admin: {admin_id}")


async def _claim(apps: SqliteApps, wanted: int | None, name: str, now: int) -> SdkAppId:
    """Make an app of the wanted number, or of a free one, and return the number."""
    if wanted is not None:
        if not await apps.create(SdkAppId(wanted), name, now):
            raise click.ClickException(
                f"there is an app with SDKAppID {wanted} already; choose another number,"
                f" or give that app a further key with: tidings app key add {wanted}"
            )
        return SdkAppId(wanted)
    while True:
        number = SdkAppId(_FIRST_NUMBER + secrets.randbelow(_NUMBERS))
        if await apps.create(number, name, now):
            return number


@app.command(name="list")
@json_option
@with_settings
def list_command(settings: ServerSettings, is_json: bool) -> None:
    """List all apps."""
    found = on_apps(settings, lambda apps: apps.load())
    if is_json:
        click.echo(json.dumps([_to_json(each) for each in found]))
    elif not found:
        click.echo("There is no app yet; make one with: tidings app create")
    for each in found if not is_json else ():
        click.echo(f"{each.sdk_app_id:<12}{_state(each):<10}{to_date(each.created_at)}  {each.name}".rstrip())


@app.command()
@app_argument
@json_option
@with_settings
def show(settings: ServerSettings, sdk_app_id: SdkAppId, is_json: bool) -> None:
    """Show what an app is, save for its secrets."""
    found = on_apps(settings, lambda apps: get_app(apps, sdk_app_id))
    click.echo(json.dumps(_to_json(found)) if is_json else _describe(found))


@app.command()
@app_argument
@with_settings
def disable(settings: ServerSettings, sdk_app_id: SdkAppId) -> None:
    """Shut an app out: every call is refused until it is enabled; nothing is lost."""
    _set_enabled(settings, sdk_app_id, is_enabled=False)
    click.echo(f"SDKAppID {sdk_app_id} is disabled")


@app.command()
@app_argument
@with_settings
def enable(settings: ServerSettings, sdk_app_id: SdkAppId) -> None:
    """Let a disabled app in again."""
    _set_enabled(settings, sdk_app_id, is_enabled=True)
    click.echo(f"SDKAppID {sdk_app_id} is enabled")


def _set_enabled(settings: ServerSettings, sdk_app_id: SdkAppId, *, is_enabled: bool) -> None:
    if not on_apps(settings, lambda apps: apps.set_enabled(sdk_app_id, is_enabled=is_enabled)):
        raise no_such_app(sdk_app_id)


@app.command()
@app_argument
@yes_option
@with_settings
def delete(settings: ServerSettings, sdk_app_id: SdkAppId, yes: bool) -> None:
    """Remove an app for good, with its keys, accounts and messages."""
    found = on_apps(settings, lambda apps: get_app(apps, sdk_app_id))
    if not yes:
        named = f" ({found.name})" if found.name else ""
        click.echo(f"This removes SDKAppID {sdk_app_id}{named} with all its keys, accounts and messages, for good.")
        if click.prompt("Type its number to go on", default="", show_default=False) != str(sdk_app_id):
            raise click.ClickException("that is not its number; nothing was removed")
    if not on_apps(settings, lambda apps: apps.delete(sdk_app_id)):
        raise no_such_app(sdk_app_id)
    click.echo(f"SDKAppID {sdk_app_id} is gone")


def _state(found: App) -> str:
    return "enabled" if found.is_enabled else "disabled"


def _to_json(found: App) -> dict[str, Any]:
    return {
        "sdkappid": found.sdk_app_id,
        "name": found.name,
        "enabled": found.is_enabled,
        "created_at": found.created_at,
        "secret_keys": len(found.keys.secrets),
        "public_keys": len(found.keys.public_keys),
        "admins": sorted(found.admins),
        "settings": changed(found.settings),
    }


def _describe(found: App) -> str:
    pairs = ", ".join(f"{name} = {value}" for name, value in changed(found.settings).items())
    return (
        f"SDKAppID:   {found.sdk_app_id}\n"
        f"Name:       {found.name or 'none'}\n"
        f"State:      {_state(found)}\n"
        f"Made:       {to_date(found.created_at)} UTC\n"
        f"Keys:       {len(found.keys.secrets)} secret, {len(found.keys.public_keys)} public\n"
        f"App admins: {', '.join(sorted(found.admins)) or 'none'}\n"
        f"Settings:   {pairs or 'the defaults'}"
    )
