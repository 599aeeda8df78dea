"""`tidings dev`: the emulator. One process, no configuration, an app with users ready to talk."""

import asyncio
import json
import os
import secrets
import signal
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import uvloop

from tidings.app import REAL_WORLD, Server, open_store, open_vault, running
from tidings.domain import usersig
from tidings.domain.accounts import Newcomer
from tidings.ids import SdkAppId, UserId
from tidings.logs import start_logging
from tidings.settings import AppSettings, ServerSettings, SettingsError, to_settings

APP = SdkAppId(1400000001)
ADMIN = UserId("administrator")
USERS = (UserId("alice"), UserId("bob"))
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    settings: ServerSettings
    app_settings: dict[str, str]
    is_json: bool
    is_kept: bool


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=7700, show_default=True, help="Port; 0 takes a free one.")
@click.option("--data", type=click.Path(path_type=Path), help="Keep app, key and data in this folder.")
@click.option("--memory", is_flag=True, help="Keep nothing on disk.")
@click.option("--no-limits", is_flag=True, help="Lift the rate limits, for load tests.")
@click.option("--set", "changes", multiple=True, metavar="NAME=VALUE", help="Change an app setting; may be repeated.")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON line instead.")
def dev(
    host: str, port: int, data: Path | None, memory: bool, no_limits: bool, changes: tuple[str, ...], is_json: bool
) -> None:
    """Run a chat server for development, with an app and two users ready to talk."""
    with tempfile.TemporaryDirectory(prefix="tidings-") as scratch:
        settings = ServerSettings(
            host=host,
            port=port,
            data_dir=str(data or scratch),
            store="memory" if memory else "sqlite",
            rate_limits=not no_limits,
            log_format="text",
            log_level="warning",
        )
        options = Options(settings, _to_pairs(changes), is_json, data is not None and not memory)
        start_logging(settings)
        uvloop.run(_run(options))


async def _run(options: Options) -> None:
    vault = open_vault(options.settings)
    server = Server(options.settings, open_store(options.settings, vault), vault, REAL_WORLD)
    await _prepare(server, options)
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    try:
        async with running(server):
            facts = await _facts(server)
            hint = _write_hint(facts)
            click.echo(json.dumps(facts) if options.is_json else _describe(facts, options))
            await stopped.wait()
            hint.unlink(missing_ok=True)
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {options.settings.host} port {options.settings.port}: {error.strerror or error};"
            " stop what uses it, or choose another with --port (0 takes a free one)"
        ) from error


async def _prepare(server: Server, options: Options) -> None:
    """Make the app, its key, admin and users, unless the folder has them from last time."""
    apps, now = server.store.apps, int(REAL_WORLD.clock.now())
    if await apps.create(APP, "dev", now):
        await apps.add_key(APP, "secret", secrets.token_hex(KEY_BYTES), now)
        await apps.add_admin(APP, ADMIN)
        await server.rules.accounts.save(APP, [Newcomer(name) for name in (ADMIN, *USERS)])
    if options.app_settings:
        try:
            await apps.set_settings(APP, to_settings(AppSettings, options.app_settings))
        except SettingsError as error:
            raise click.ClickException(str(error)) from error


async def _facts(server: Server) -> dict[str, Any]:
    key = next(key.text for key in await server.store.apps.keys(APP) if key.kind == "secret")
    now = int(REAL_WORLD.clock.now())
    sigs = {name: usersig.make(APP, key, name, now=now) for name in (ADMIN, *USERS)}
    place = f"{server.host}:{server.port}"
    return {
        "rest": f"http://{place}",
        "gateway": f"ws://{place}",
        "sdkappid": APP,
        "key": key,
        "admin": ADMIN,
        "admin_usersig": sigs[ADMIN],
        "users": {name: sigs[name] for name in USERS},
    }


def hint_path() -> Path:
    """Return where a running emulator leaves its facts for `tidings chat` of the same user."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_dir():
        return Path(runtime) / "tidings-dev.json"
    return Path(tempfile.gettempdir()) / f"tidings-dev-{os.getuid()}.json"


def _write_hint(facts: dict[str, Any]) -> Path:
    path = hint_path()
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(facts, file)
    return path


def _describe(facts: dict[str, Any], options: Options) -> str:
    url = (
        f"{facts['rest']}/v4/openim/sendmsg?sdkappid={facts['sdkappid']}&identifier={facts['admin']}"
        f"&usersig={facts['admin_usersig']}&random=1&contenttype=json"
    )
    text = '{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}'
    body = f'{{"From_Account":"alice","To_Account":"bob","MsgRandom":1,"MsgBody":[{text}]}}'
    where = options.settings.data_dir if options.is_kept else "nowhere for long (--data DIR keeps it)"
    users = "\n".join(f"  UserSig of {name}: {sig}" for name, sig in facts["users"].items())
    return f"""Tidings is ready.

  REST:      {facts["rest"]}
  Gateway:   {facts["gateway"]}
  SDKAppID:  {facts["sdkappid"]}
  Key:       {facts["key"]}
  App admin: {facts["admin"]}
  Data:      {where}

{users}

Talk, in two other terminals:
  tidings chat --user alice --to bob
  tidings chat --user bob --to alice

Send a message as the app's server:
  curl '{url}' \\
    -d '{body}'

Ctrl-C stops it."""


def _to_pairs(changes: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for change in changes:
        name, sign, value = change.partition("=")
        if not sign:
            raise click.ClickException(f"--set {change}: write it as NAME=VALUE")
        pairs[name.strip()] = value.strip()
    return pairs
