import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from sdks.python.tests.support.screen import on_screen
from tidings_client.chat import command

CHAT = ("-m", "tidings", "chat")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Run an emulator; return the variables with which `tidings chat` finds it."""
    own = {"XDG_RUNTIME_DIR": str(tmp_path_factory.mktemp("runtime"))}
    command = [sys.executable, "-m", "tidings", "dev", "--json", "--port", "0", "--memory"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, **own}) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())
        yield own
        process.terminate()


def test_two_terminals_are_a_conversation(environment: dict[str, str]) -> None:
    with on_screen(*CHAT, "--user", "alice", "--to", "bob", environment=environment) as alice:
        alice.wait_for("You are alice")
        alice.wait_for("> ")
        alice.type("are you there?\r")
        alice.wait_for("> ")
        with on_screen(*CHAT, "--user", "bob", environment=environment) as bob:
            bob.wait_for("-- 1 unread from alice: /to alice, then /history")
            bob.wait_for("> ")
            bob.type("hm\r")
            bob.wait_for("! nobody to talk to yet: name someone with /to NAME")
            bob.type("/to alice\r/history\r")
            bob.wait_for("alice: are you there?")
            bob.type("yes\r")
            alice.wait_for("bob: yes")
            bob.type("/nonsense\r")
            bob.wait_for("! there is no /nonsense.")
            bob.type("/to nobody-here\rhello?\r")
            bob.wait_for("! account 'nobody-here' does not exist")
            bob.type("/quit\r")
            assert bob.process.wait() == 0
        alice.type("half a line\x03")
        assert alice.process.wait() == 0
        assert alice.is_as_before


def test_pipe_is_said_line_by_line(environment: dict[str, str]) -> None:
    arguments = [sys.executable, *CHAT, "--user", "alice", "--to", "bob"]
    own, typed = {**os.environ, **environment}, "first\nlast\n/history\n"
    ran = subprocess.run(arguments, input=typed, capture_output=True, text=True, env=own, check=True)
    assert "alice -> bob: first" in ran.stdout
    assert "alice -> bob: last" in ran.stdout


def test_without_an_emulator_it_says_what_to_do(tmp_path: Path) -> None:
    ran = CliRunner(env={"XDG_RUNTIME_DIR": str(tmp_path)}).invoke(command, ["--user", "alice"])
    assert ran.exit_code == 1
    assert "start one with `tidings dev`, or give --url, --sdkappid, and --usersig or --key" in ran.output


@pytest.mark.parametrize(
    ("url", "sentence"),
    [("ftp://x", "is no server address"), ("ws://127.0.0.1:0", "is the server running, and is the address right?")],
)
def test_wrong_address_is_said_in_plain_words(url: str, sentence: str) -> None:
    ran = CliRunner().invoke(command, ["--user", "alice", "--url", url, "--sdkappid", "1", "--key", "k"])
    assert ran.exit_code == 1
    assert sentence in ran.output
    assert "Traceback" not in ran.output


def test_help_names_every_option() -> None:
    shown = CliRunner().invoke(command, ["--help"]).output
    for option in ("--user", "--to", "--url", "--sdkappid", "--usersig", "--key"):
        assert option in shown
