"""`tidings webhook`: callbacks that were given up."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tests.unit.cli.conftest import Run
from tidings.app import open_store, open_vault
from tidings.domain.callbacks import Letter
from tidings.ids import ConversationNumber, SdkAppId
from tidings.settings import ServerSettings
from tidings.store.sqlite.store import Store

APP = SdkAppId(77)
T = TypeVar("T")


def _on(data: Path, work: Callable[[Store], Awaitable[T]]) -> T:
    async def run() -> T:
        settings = ServerSettings(data_dir=str(data))
        store = open_store(settings, open_vault(settings))
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())


@pytest.fixture
def given_up(made: Run, data: Path) -> Run:
    async def work(store: Store) -> None:
        one = Letter(APP, ConversationNumber(5), "State.StateChange", "a=b", b'{"n":1}', 1_760_000_000.0)
        await store.letters.write([one] * 3)
        for letter in (await store.letters.waiting(APP, 9, []))[:2]:
            await store.letters.bury(letter.number, "it was down", 1_760_086_400)

    _on(data, work)
    return made


def test_what_was_given_up_is_listed_and_what_waits_on_wish(given_up: Run) -> None:
    lines = given_up("webhook", "list", 77).stdout.splitlines()
    assert len(lines) == 2
    assert "2025-10-09 08:53:20  State.StateChange" in lines[0]
    assert lines[0].endswith("it was down")
    rows = json.loads(given_up("webhook", "list", 77, "--waiting", "--json").stdout)
    assert [(row["command"], row["reason"]) for row in rows] == [("State.StateChange", "")]


def test_one_is_shown_with_its_body(given_up: Run) -> None:
    shown = json.loads(given_up("webhook", "show", 77, 1).stdout)
    assert (shown["number"], shown["query"], shown["body"]) == (1, "a=b", {"n": 1})
    missing = given_up("webhook", "show", 77, 9)
    assert (missing.exit_code, "no callback 9 of app 77 was given up" in missing.stderr) == (1, True)


def test_those_named_or_all_are_sent_again(given_up: Run, data: Path) -> None:
    assert given_up("webhook", "resend", 77, 1).stdout == "1 callbacks wait to be sent\n"
    assert given_up("webhook", "resend", 77, "--all").stdout == "1 callbacks wait to be sent\n"
    assert len(_on(data, lambda store: store.letters.waiting(APP, 9, []))) == 3
    assert given_up("webhook", "list", 77).stdout == ""


@pytest.mark.parametrize("arguments", [[], [1, "--all"]])
def test_it_has_to_be_said_which_are_sent_again(given_up: Run, arguments: list[int | str]) -> None:
    assert given_up("webhook", "resend", 77, *arguments).exit_code == 2


def test_an_app_that_is_not_there_has_none(made: Run) -> None:
    assert "there is no app with SDKAppID 78" in made("webhook", "list", 78).stderr
