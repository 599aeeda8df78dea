"""`tidings dev`: the emulator. One process, no configuration, an app with users ready to talk."""

import asyncio
import json
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import uvloop

from tidings.app import REAL_WORLD, Server
from tidings.cli.faults import told_plainly
from tidings.cli.folder import sole_use
from tidings.cli.hint import hint_left
from tidings.cli.listening import listen, opened, to_url_host
from tidings.cli.options import json_option, to_pairs
from tidings.cli.receiver import Received, Receiver, receiving, to_text
from tidings.cli.stopping import StopRequest, is_read_by_program
from tidings.domain import usersig
from tidings.domain.accounts import Newcomer
from tidings.ids import SdkAppId, UserId
from tidings.logs import start_logging
from tidings.settings import AppSettings, ServerSettings, changed, to_settings
from tidings.webhook.switches import check_callbacks
from tidings.wire.callbacks import CALLBACKS

APP = SdkAppId(1400000001)
ADMIN = UserId("administrator")
USERS = (UserId("alice"), UserId("bob"))
KEY_BYTES = 32
DRAIN_S = 2.0


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    settings: ServerSettings
    app_settings: dict[str, str]
    is_json: bool
    is_kept: bool
    shows_callbacks: bool = False


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=7700, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--data", type=click.Path(path_type=Path), help="Keep app, key and data in this folder.")
@click.option("--memory", is_flag=True, help="Keep nothing on disk.")
@click.option("--no-limits", is_flag=True, help="Lift the rate limits, for load tests.")
@click.option("--set", "changes", multiple=True, metavar="NAME=VALUE", help="Change an app setting; may be repeated.")
@click.option("--callbacks", is_flag=True, help="Send all callbacks to a receiver of its own, and print them.")
@json_option
def dev(
    host: str,
    port: int,
    data: Path | None,
    memory: bool,
    no_limits: bool,
    changes: tuple[str, ...],
    callbacks: bool,
    is_json: bool,
) -> None:
    """Run a chat server for development, with an app and two users ready to talk.

    With --json, read through a pipe, it ends with the program that started it.
    """
    if data is not None and memory:
        raise click.UsageError("--data keeps data in a folder, --memory keeps none; give one of them")
    pairs = to_pairs(changes)
    with tempfile.TemporaryDirectory(prefix="tidings-") as scratch:
        settings = ServerSettings(
            host=host,
            port=port,
            data_dir=str(data or scratch),
            store="memory" if memory else "sqlite",
            rate_limits=not no_limits,
            drain_seconds=DRAIN_S,
            log_format="text",
            log_level="warning",
        )
        start_logging(settings)
        _run_plainly(Options(settings, pairs, is_json, is_kept=data is not None, shows_callbacks=callbacks))


def _run_plainly(options: Options) -> None:
    with told_plainly(options.settings), sole_use(options.settings):
        try:
            uvloop.run(_run(options))
        except asyncio.CancelledError:
            raise click.ClickException("stopped at once") from None


async def _run(options: Options) -> None:
    request = StopRequest()
    is_followed = options.is_json and is_read_by_program()
    if is_followed:
        request.follow_parent()
    async with _received(options) as callbacks, opened(options.settings) as server:
        await _prepare(server, {**callbacks, **options.app_settings})
        await listen(server)
        facts = await _facts(server)
        line = json.dumps(facts)
        # Whoever started it for a program's sake knows where it is; a person's own emulator stays the one to find.
        with hint_left(line, may_replace=not is_followed):
            click.echo(line if options.is_json else _describe(facts, options))
            await request.wait()


@asynccontextmanager
async def _received(options: Options) -> AsyncIterator[dict[str, str]]:
    """Yield the settings by which callbacks are printed, beside what a program reads; none if that is not wanted."""
    if not options.shows_callbacks:
        yield {}
        return

    def tell(received: Received) -> None:
        click.echo(to_text(received), err=options.is_json)

    receiver = Receiver(REAL_WORLD.clock, options.app_settings.get("callback_token", ""), None, tell)
    async with receiving(receiver, "127.0.0.1", 0) as url:
        yield {"callback_url": url, "callback_private": "true", "callbacks": ",".join(CALLBACKS)}


async def _prepare(server: Server, app_settings: dict[str, str]) -> None:
    """Make the app, its key, admin and users, except for what the folder has of last time."""
    apps, now = server.store.apps, int(REAL_WORLD.clock.now())
    await apps.create(APP, "dev", now)
    if not await _secrets(server):
        await apps.add_key(APP, "secret", secrets.token_hex(KEY_BYTES), now)
    await apps.add_admin(APP, ADMIN)
    await server.rules.accounts.save(APP, [Newcomer(name) for name in (ADMIN, *USERS)])
    if app_settings:
        kept = next(app.settings for app in await apps.load() if app.sdk_app_id == APP)
        wanted = to_settings(AppSettings, {**changed(kept), **app_settings})
        check_callbacks(wanted)
        await apps.set_settings(APP, wanted)


async def _secrets(server: Server) -> list[str]:
    return [key.text for key in await server.store.apps.keys(APP) if key.kind == "secret"]


async def _facts(server: Server) -> dict[str, Any]:
    key = (await _secrets(server))[0]
    now = int(REAL_WORLD.clock.now())
    sigs = {name: usersig.make(APP, key, name, now=now) for name in (ADMIN, *USERS)}
    place = f"{to_url_host(server.host)}:{server.port}"
    return {
        "rest": f"http://{place}",
        "gateway": f"ws://{place}",
        "sdkappid": APP,
        "key": key,
        "admin": ADMIN,
        "admin_usersig": sigs[ADMIN],
        "users": {name: sigs[name] for name in USERS},
    }


def program_name() -> str:
    """Return how this program was called, if that works in another terminal of the same folder."""
    called = Path(sys.argv[0])
    return "tidings" if called.is_absolute() or called.name != "tidings" else str(called)


def _describe(facts: dict[str, Any], options: Options) -> str:
    url = (
        f"{facts['rest']}/v4/openim/sendmsg?sdkappid={facts['sdkappid']}&identifier={facts['admin']}"
        f"&usersig={facts['admin_usersig']}&random=1&contenttype=json"
    )
    text = '{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}'
    body = f'{{"From_Account":"alice","To_Account":"bob","MsgRandom":1,"MsgBody":[{text}]}}'
    where = options.settings.data_dir if options.is_kept else "nowhere for long (--data DIR keeps it)"
    program = program_name()
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
  {program} chat --user alice --to bob
  {program} chat --user bob --to alice

Send a message as the app's server:
  curl '{url}' -d '{body}'

Ctrl-C stops it."""
