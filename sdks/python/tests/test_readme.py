"""The pages' first five lines send a message, and every other piece of the client's page works as it stands."""

import ast
import asyncio
import inspect
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.pages import blocks
from tests.support.source import ROOT, short
from tidings_client import MessageReceived, connect

PAGE = ROOT / "sdks" / "python" / "README.md"
APP = 1400000001


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Run an emulator; return what it says of itself."""
    own = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path_factory.mktemp("runtime"))}
    command = [sys.executable, "-m", "tidings", "dev", "--json", "--port", "0", "--memory"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=own) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()


def pieces(page: Path, facts: dict[str, Any]) -> list[str]:
    """Return a page's Python with the emulator's facts in place of the page's."""
    known = {
        "127.0.0.1:7700": facts["rest"].removeprefix("http://"),
        "KEY_OF_APP": facts["key"],
        "USERSIG_OF_ALICE": facts["users"]["alice"],
    }
    found = [block.text for block in blocks(page) if block.language == "python"]
    for name, value in known.items():
        found = [text.replace(name, value) for text in found]
    return found


@pytest.mark.parametrize("page", [PAGE, ROOT / "README.md"], ids=short)
async def test_first_message_takes_five_lines(page: Path, facts: dict[str, Any]) -> None:
    first = pieces(page, facts)[0]
    assert len(first.splitlines()) <= 5
    async with connect(facts["gateway"], APP, "bob", facts["users"]["bob"]) as bob:
        script = await asyncio.create_subprocess_exec(sys.executable, "-c", first)
        assert await script.wait() == 0
        event = await anext(bob.events(MessageReceived))
        assert isinstance(event, MessageReceived)
        assert (event.message.sender, event.message.text) == ("alice", "hello from Python")


async def test_every_fragment_of_the_page_works(facts: dict[str, Any]) -> None:
    fragments = [text for text in pieces(PAGE, facts) if "asyncio.run" not in text]
    assert len(fragments) >= 8
    gateway, users = facts["gateway"], facts["users"]
    async with (
        connect(gateway, APP, "alice", users["alice"]) as chat,
        connect(gateway, APP, "bob", users["bob"]) as bob,
    ):
        names: dict[str, Any] = {"chat": chat}
        await bob.send("alice", "an event to come")
        for fragment in fragments:
            result = eval(compile(fragment, PAGE, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)  # noqa: S307 - our own page
            if inspect.isawaitable(result):
                await result
