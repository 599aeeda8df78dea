"""`tidings app settings`: show and change the settings of one app."""

import json

import click
import msgspec

from tidings.cli.apps_store import get_app, on_apps
from tidings.cli.options import app_argument, json_option, to_pairs, with_settings
from tidings.domain.group.fields import check_declarations
from tidings.domain.profile_fields import check_declaration
from tidings.ids import SdkAppId
from tidings.settings import AppSettings, ServerSettings, changed, to_settings
from tidings.store.sqlite.apps import SqliteApps
from tidings.webhook.switches import check_callbacks


@click.command(name="settings")
@app_argument
@click.argument("changes", nargs=-1, metavar="[NAME=VALUE]...")
@json_option
@with_settings
def settings_command(settings: ServerSettings, sdk_app_id: SdkAppId, changes: tuple[str, ...], is_json: bool) -> None:
    """Change settings of an app, or show them all; NAME= goes back to the default."""
    pairs = to_pairs(changes)
    found = on_apps(settings, lambda apps: _change(apps, sdk_app_id, pairs))
    if is_json:
        click.echo(json.dumps(msgspec.to_builtins(found)))
        return
    differing = changed(found)
    for field in msgspec.structs.fields(AppSettings):
        mark = f"(default {field.default})" if field.name in differing else ""
        click.echo(f"{field.name:<28}{getattr(found, field.name)!s:<10}{mark}".rstrip())


async def _change(apps: SqliteApps, sdk_app_id: SdkAppId, pairs: dict[str, str]) -> AppSettings:
    """Return the settings as they are after the change; raises SettingsError if one is unknown or out of bounds."""
    kept = (await get_app(apps, sdk_app_id)).settings
    if not pairs:
        return kept
    defaults = msgspec.to_builtins(AppSettings())
    given = {name: value or defaults.get(name) for name, value in pairs.items()}
    wanted = to_settings(AppSettings, {**changed(kept), **given})
    check_declaration(kept.profile_fields, wanted.profile_fields)
    check_declarations((kept.group_fields, kept.member_fields), (wanted.group_fields, wanted.member_fields))
    check_callbacks(wanted)
    await apps.set_settings(sdk_app_id, wanted)
    return wanted
