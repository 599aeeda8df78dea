"""`tidings app key`: the keys of an app, of which several may be valid, so that keys roll without a gap."""

import json
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tidings.app import REAL_WORLD
from tidings.cli.apps_store import get_app, on_apps, to_date
from tidings.cli.options import app_argument, json_option, with_settings, yes_option
from tidings.domain.usersig import load_public_key
from tidings.ids import SdkAppId
from tidings.settings import ServerSettings
from tidings.store.sqlite.apps import KeyKind, SqliteApps, StoredKey

KEY_BYTES = 32
MAX_KEY = 1024


def secret_option(text: str) -> Callable[[Any], Any]:
    """Return the option --key, explained by `text`."""
    return click.option("--key", "secret", help=f"{text} A - reads it from standard input.")


def new_secret() -> str:
    """Return a secret key as the hosted service's look: 64 hexadecimal digits."""
    return secrets.token_hex(KEY_BYTES)


def to_secret(given: str) -> str:
    """Return the secret key that --key gave; raises UsageError for one that is empty or has other than ASCII."""
    text = (sys.stdin.read() if given == "-" else given).strip()
    if not text:
        raise click.UsageError("--key is empty; anyone could sign with it")
    if not (text.isascii() and text.isprintable()) or len(text) > MAX_KEY:
        raise click.UsageError(f"--key is no secret key: one line of ASCII, at most {MAX_KEY} characters")
    return text


@click.group()
def key() -> None:
    """List, add and remove an app's keys."""


@key.command(name="list")
@app_argument
@click.option("--show", is_flag=True, help="Print the keys themselves, secrets included.")
@json_option
@with_settings
def list_command(settings: ServerSettings, sdk_app_id: SdkAppId, show: bool, is_json: bool) -> None:
    """List the keys of an app, oldest first."""
    found = on_apps(settings, lambda apps: _keys(apps, sdk_app_id))
    if is_json:
        click.echo(json.dumps([_to_json(each, is_shown=show) for each in found]))
        return
    if not found:
        click.echo(f"SDKAppID {sdk_app_id} has no key, so nobody can log in; add one with: tidings app key add")
    for each in found:
        click.echo(f"{each.number:<6}{each.kind:<8}{to_date(each.created_at)}")
        if show:
            click.echo(each.text.strip())


@key.command()
@app_argument
@secret_option("A secret key; left out, one is made and printed.")
@click.option("--public", type=click.Path(path_type=Path, dir_okay=False), help="PEM file of a public key (version 1).")
@json_option
@with_settings
def add(settings: ServerSettings, sdk_app_id: SdkAppId, secret: str | None, public: Path | None, is_json: bool) -> None:
    """Add a key: from now on UserSigs may be signed with it, too."""
    if secret is not None and public is not None:
        raise click.UsageError("--key and --public are both given; use one")
    kind: KeyKind = "secret" if public is None else "public"
    is_made = secret is None and public is None
    text = _read_public(public) if public is not None else new_secret() if secret is None else to_secret(secret)
    added = on_apps(settings, lambda apps: _add(apps, sdk_app_id, kind, text))
    if is_json:
        click.echo(json.dumps(_to_json(added, is_shown=is_made)))
    else:
        click.echo(f"key {added.number} ({kind}) is valid for SDKAppID {sdk_app_id}" + (f": {text}" if is_made else ""))


@key.command()
@app_argument
@click.argument("number", type=int)
@yes_option
@with_settings
def remove(settings: ServerSettings, sdk_app_id: SdkAppId, number: int, yes: bool) -> None:
    """Remove the key of that NUMBER: what was signed with it is worthless from now on."""
    found = on_apps(settings, lambda apps: _keys(apps, sdk_app_id))
    if number not in [each.number for each in found]:
        raise click.ClickException(
            f"SDKAppID {sdk_app_id} has no key {number}; tidings app key list {sdk_app_id} shows all"
        )
    if len(found) == 1 and not yes:
        click.confirm(f"It is the only key of SDKAppID {sdk_app_id}: nobody can log in without. Go on?", abort=True)
    on_apps(settings, lambda apps: apps.remove_key(sdk_app_id, number))
    click.echo(f"key {number} of SDKAppID {sdk_app_id} is gone")


async def _keys(apps: SqliteApps, sdk_app_id: SdkAppId) -> list[StoredKey]:
    await get_app(apps, sdk_app_id)
    return await apps.keys(sdk_app_id)


async def _add(apps: SqliteApps, sdk_app_id: SdkAppId, kind: KeyKind, text: str) -> StoredKey:
    for each in await _keys(apps, sdk_app_id):
        if each.text == text:
            raise click.ClickException(f"SDKAppID {sdk_app_id} has this key already, as key {each.number}")
    await apps.add_key(sdk_app_id, kind, text, int(REAL_WORLD.clock.now()))
    return (await apps.keys(sdk_app_id))[-1]


def _read_public(file: Path) -> str:
    try:
        text = file.read_text(encoding="ascii").strip() + "\n"
        load_public_key(text.encode())
    except OSError as error:
        raise click.ClickException(f"--public {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(
            f"--public {file}: it is no PEM of a public key, since it has other than ASCII"
        ) from error
    except ValueError as error:
        raise click.ClickException(f"--public {file}: {error}") from error
    return text


def _to_json(stored: StoredKey, *, is_shown: bool) -> dict[str, object]:
    facts: dict[str, object] = {"number": stored.number, "kind": stored.kind, "created_at": stored.created_at}
    return {**facts, "key": stored.text} if is_shown else facts
