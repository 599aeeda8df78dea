"""`tidings webhook`: callbacks that could not be delivered, and a receiver for developers (docs/webhooks.md)."""

import asyncio
import json
from pathlib import Path
from typing import Any

import click

from tidings.app import REAL_WORLD
from tidings.cli.apps_store import get_app, on_store, to_date
from tidings.cli.options import app_argument, json_option, with_settings
from tidings.cli.receiver import Receiver, receiving, to_line, to_text
from tidings.domain.callbacks import Letter
from tidings.ids import SdkAppId
from tidings.settings import ServerSettings
from tidings.store.sqlite.store import Store

PAGE = 1000


@click.group(name="webhook")
def webhook() -> None:
    """Look after callbacks to apps' servers."""


@webhook.command(name="list")
@app_argument
@click.option("--waiting", is_flag=True, help="Those that still wait, in place of those that were given up.")
@json_option
@with_settings
def list_letters(settings: ServerSettings, sdk_app_id: SdkAppId, waiting: bool, is_json: bool) -> None:
    """List callbacks that were given up after a day, oldest first."""
    found = on_store(settings, lambda store: _read(store, sdk_app_id, is_waiting=waiting))
    if is_json:
        click.echo(json.dumps([_to_row(letter) for letter in found]))
        return
    for letter in found:
        click.echo(
            f"{letter.number:>8}  {to_date(int(letter.created_at))}  {letter.command:<36} {letter.attempts:>3}"
            f"  {letter.reason}"
        )


@webhook.command()
@app_argument
@click.argument("number", type=int)
@with_settings
def show(settings: ServerSettings, sdk_app_id: SdkAppId, number: int) -> None:
    """Print one that was given up, with its body."""
    letter = on_store(settings, lambda store: _find(store, sdk_app_id, number))
    click.echo(json.dumps({**_to_row(letter), "query": letter.query, "body": json.loads(letter.body)}, indent=2))


@webhook.command()
@app_argument
@click.argument("numbers", type=int, nargs=-1)
@click.option("--all", "is_all", is_flag=True, help="All that were given up.")
@with_settings
def resend(settings: ServerSettings, sdk_app_id: SdkAppId, numbers: tuple[int, ...], is_all: bool) -> None:
    """Let callbacks that were given up wait again, for another day; a running server sends them at once."""
    if is_all == bool(numbers):
        raise click.UsageError("name the callbacks by their numbers, or all with --all")
    count = on_store(settings, lambda store: _revive(store, sdk_app_id, numbers))
    click.echo(f"{count} callbacks wait to be sent")


@webhook.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=7710, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--token", default="", help="The app's callback_token: signatures are checked.")
@click.option(
    "--answer",
    "answers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="JSON file to answer with: one answer, or answers by the names of callbacks.",
)
@json_option
def listen(host: str, port: int, token: str, answers: Path | None, is_json: bool) -> None:
    """Receive callbacks and print them; Ctrl-C stops it."""

    async def run() -> None:
        receiver = Receiver(
            REAL_WORLD.clock, token, answers, lambda one: click.echo(to_line(one) if is_json else to_text(one))
        )
        async with receiving(receiver, host, port) as url:
            click.echo(json.dumps({"url": url}) if is_json else _hint(url))
            await asyncio.Event().wait()

    try:
        asyncio.run(run())
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error}") from error
    except KeyboardInterrupt:
        return


def _hint(url: str) -> str:
    return (
        f"Callbacks are received at {url}\n"
        f"  tidings app settings SDKAPPID callback_url={url} callback_private=true callbacks=C2C.CallbackAfterSendMsg"
    )


async def _read(store: Store, app: SdkAppId, *, is_waiting: bool) -> list[Letter]:
    await get_app(store.apps, app)
    if is_waiting:
        return await store.letters.waiting(app, PAGE, [])
    found = page = await store.letters.dead(app, 0, PAGE)
    while len(page) == PAGE:
        page = await store.letters.dead(app, page[-1].number, PAGE)
        found = [*found, *page]
    return found


async def _find(store: Store, app: SdkAppId, number: int) -> Letter:
    letter = await store.letters.find_dead(app, number)
    if letter is None:
        raise click.ClickException(f"no callback {number} of app {app} was given up; tidings webhook list shows all")
    return letter


async def _revive(store: Store, app: SdkAppId, numbers: tuple[int, ...]) -> int:
    wanted = numbers or [letter.number for letter in await _read(store, app, is_waiting=False)]
    return await store.letters.revive(app, wanted, REAL_WORLD.clock.now())


def _to_row(letter: Letter) -> dict[str, Any]:
    return {
        "number": letter.number,
        "command": letter.command,
        "created_at": letter.created_at,
        "attempts": letter.attempts,
        "reason": letter.reason,
    }
