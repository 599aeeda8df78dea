"""`tidings app admin`: the accounts that may call REST commands in an app's name."""

import json

import click

from tidings.cli.apps_store import get_app, on_apps
from tidings.cli.options import USER_ID, app_argument, json_option, with_settings
from tidings.ids import SdkAppId, UserId
from tidings.settings import ServerSettings
from tidings.store.sqlite.apps import SqliteApps

admin_argument = click.argument("user_id", metavar="USERID", type=USER_ID)


@click.group()
def admin() -> None:
    """List, appoint and dismiss app admins."""


@admin.command(name="list")
@app_argument
@json_option
@with_settings
def list_command(settings: ServerSettings, sdk_app_id: SdkAppId, is_json: bool) -> None:
    """List the app admins."""
    found = sorted(on_apps(settings, lambda apps: get_app(apps, sdk_app_id)).admins)
    if is_json:
        click.echo(json.dumps(found))
    elif not found:
        click.echo(f"SDKAppID {sdk_app_id} has no app admin, so nobody may call its REST commands")
    for each in found if not is_json else ():
        click.echo(each)


@admin.command()
@app_argument
@admin_argument
@with_settings
def add(settings: ServerSettings, sdk_app_id: SdkAppId, user_id: UserId) -> None:
    """Appoint an app admin; the account need not exist yet."""

    async def work(apps: SqliteApps) -> bool:
        await get_app(apps, sdk_app_id)
        return await apps.add_admin(sdk_app_id, user_id)

    is_new = on_apps(settings, work)
    click.echo(f"{user_id} is {'an' if is_new else 'already an'} app admin of SDKAppID {sdk_app_id}")


@admin.command()
@app_argument
@admin_argument
@with_settings
def remove(settings: ServerSettings, sdk_app_id: SdkAppId, user_id: UserId) -> None:
    """Dismiss an app admin; the account stays, as a user."""

    async def work(apps: SqliteApps) -> bool:
        await get_app(apps, sdk_app_id)
        return await apps.remove_admin(sdk_app_id, user_id)

    if not on_apps(settings, work):
        raise click.ClickException(
            f"{user_id} is no app admin of SDKAppID {sdk_app_id}; tidings app admin list {sdk_app_id} shows all"
        )
    click.echo(f"{user_id} is no app admin of SDKAppID {sdk_app_id} any more")
