"""`tidings chat`: a plain conversation in the terminal."""

import asyncio
import contextlib
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime

import click

from tidings_client.client import Chat, connect
from tidings_client.elements import Element, Stream, Text
from tidings_client.emulator import find_facts, hint_path
from tidings_client.errors import LOGIN_DISPLACED, KickedOutError, TidingsError
from tidings_client.events import (
    ConnectionLost,
    ConnectionRestored,
    Event,
    Gap,
    KickedOut,
    MessageModified,
    MessageRecalled,
    MessageReceived,
)
from tidings_client.login import Provider
from tidings_client.messages import Message
from tidings_client.terminal import Terminal, open_terminal
from tidings_client.usersig import make_usersig

DEFAULT_URL = "ws://127.0.0.1:7700"
SIGNED_FOR_S = 86_400
SHOWN = 20
HELP = "Type a message and press Enter. /to NAME: talk to NAME; /history: what was said; /quit: leave."


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line and the environment say."""

    user: str
    url: str | None
    sdkappid: int | None
    usersig: str | None
    key: str | None


@dataclass(frozen=True, slots=True)
class Access:
    """Where to log in, and with what."""

    url: str
    sdkappid: int
    usersig: str | Provider


@click.command()
@click.option("--user", required=True, help="UserID to log in as.")
@click.option("--to", help="UserID to talk to; /to NAME changes it.")
@click.option("--url", envvar="TIDINGS_URL", help=f"Address of the server; {DEFAULT_URL} if there is no emulator.")
@click.option("--sdkappid", type=int, envvar="TIDINGS_SDKAPPID", help="SDKAppID; the emulator's unless given.")
@click.option("--usersig", envvar="TIDINGS_USERSIG", help="UserSig of the user.")
@click.option("--key", envvar="TIDINGS_KEY", help="The app's key to make a UserSig from; the emulator's unless given.")
def command(
    user: str, to: str | None, url: str | None, sdkappid: int | None, usersig: str | None, key: str | None
) -> None:
    """Chat in the terminal.

    With an emulator running (`tidings dev`) --user and --to are enough: it leaves word of its
    address and key in a file that only you can read.
    """
    access = _access(Options(user, url, sdkappid, usersig, key))
    try:
        with open_terminal() as terminal:
            asyncio.run(_converse(access, user, to, terminal))
    except KeyboardInterrupt:
        click.echo()  # Ctrl-C is a way to leave like any other
    except (TidingsError, ValueError) as error:
        raise click.ClickException(str(error)) from error


def main() -> None:
    """Run the command as a program of its own."""
    command()


async def _converse(access: Access, user: str, to: str | None, terminal: Terminal) -> None:
    async with connect(access.url, access.sdkappid, user, access.usersig) as chat:
        talk = Talk(chat, to, terminal)
        terminal.show(f"You are {user} on {access.url}. {HELP}")
        await talk.show_unread()
        parts = [asyncio.create_task(talk.listen()), asyncio.create_task(talk.type())]
        try:
            done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
            for part in done:
                part.result()
        finally:
            for part in parts:
                part.cancel()
            await asyncio.gather(*parts, return_exceptions=True)


class Talk:
    """One user at a terminal."""

    def __init__(self, chat: Chat, to: str | None, terminal: Terminal) -> None:
        """Talk to `to`; None: to whom `/to` names."""
        self._chat = chat
        self._to = to
        self._show = terminal.show
        self._lines = terminal.lines
        self._aside: set[asyncio.Task[None]] = set()

    async def show_unread(self) -> None:
        """Say who has written meanwhile."""
        for peer, count in (await self._chat.unread()).items():
            to = "" if peer == self._to else f"/to {peer}, then "
            self._show(f"-- {count} unread from {peer}: {to}/history")

    async def listen(self) -> None:
        """Show what happens, until the chat has ended; raises TidingsError if it was ended from outside."""
        async for event in self._chat.events():
            if isinstance(event, KickedOut):
                raise KickedOutError(LOGIN_DISPLACED, f"you were logged out: {event.info}")
            self._show_event(event)
            if isinstance(event, MessageReceived) and not event.message.is_own and not event.message.is_online_only:
                self._begin(self._chat.mark_read(event.message.peer, event.message))

    async def type(self) -> None:
        """Do what is typed until /quit or the end of the input."""
        async for line in self._lines():
            if line.strip() == "/quit":
                return
            try:
                await self._do(line.strip())
            except TidingsError as error:
                self._show(f"! {error}")

    async def _do(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word == "/to":
            self._to = rest.strip() or None
            self._show(f"-- talking to {self._to}" if self._to else "! write it as /to NAME")
        elif word.startswith("/") and word != "/history":
            self._show(f"! there is no {word}. {HELP}")
        elif line and self._to is None:
            self._show("! nobody to talk to yet: name someone with /to NAME")
        elif word == "/history":
            await self._show_history(self._to or "")
        elif line:
            await self._chat.send(self._to or "", line)

    async def _show_history(self, peer: str) -> None:
        async for page in self._chat.history(peer, SHOWN):
            for message in page:
                self._show(_to_line(message))
            self._begin(self._chat.mark_read(peer, page[-1]))
            return
        self._show(f"-- nothing was said with {peer} yet")

    def _begin(self, report: Coroutine[None, None, None]) -> None:
        """Report as read without anybody waiting for it; the next report makes good for one that fails."""

        async def begun() -> None:
            with contextlib.suppress(TidingsError):
                await report

        task = asyncio.create_task(begun())
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    def _show_event(self, event: Event) -> None:
        match event:
            case MessageReceived(message):
                self._show(_to_line(message))
            case MessageRecalled(by=by):
                self._show(f"-- {by} took a message back")
            case MessageModified(sender=sender, elements=elements):
                self._show(f"-- a message of {sender} reads now: {_to_text(elements)}")
            case ConnectionLost(info):
                self._show(f"-- connection lost ({info}); trying to get it back")
            case ConnectionRestored():
                self._show("-- connected again")
            case Gap():
                self._show("-- messages are missing here: see /history")


def _access(options: Options) -> Access:
    """Return what the options say, and the emulator's word for what they leave out."""
    facts = None
    if not options.sdkappid or not (options.usersig or options.key):
        path = hint_path()
        facts = find_facts(path)
        if facts is None:
            raise click.ClickException(
                f"no emulator of yours is running (there is no {path}): start one with `tidings dev`,"
                " or give --url, --sdkappid, and --usersig or --key"
            )
    url = options.url or (facts.gateway if facts else DEFAULT_URL)
    sdkappid = options.sdkappid or (facts.sdkappid if facts else 0)
    key = options.key or (facts.key if facts else "")
    return Access(url, sdkappid, options.usersig or (lambda: make_usersig(sdkappid, key, options.user, SIGNED_FOR_S)))


def _to_line(message: Message) -> str:
    at = datetime.fromtimestamp(message.time).astimezone()
    to = f" -> {message.receiver}" if message.is_own else ""
    mark = " (taken back)" if message.is_recalled else ""
    return f"[{at:%H:%M:%S}] {message.sender}{to}: {_to_text(message.elements)}{mark}"


def _to_text(elements: tuple[Element, ...]) -> str:
    return " ".join(map(_to_word, elements))


def _to_word(element: Element) -> str:
    return element.text if isinstance(element, Text | Stream) else f"<{type(element).__name__.lower()}>"
