import io
import os
from collections.abc import Iterator

import pytest

from sdks.python.tests.support.screen import Screen, on_screen
from tidings_client.terminal import EditingTerminal, Terminal, open_terminal, to_safe

# Says what is typed; "show TEXT" is shown as if it came from elsewhere once the next key is pressed.
ECHOING = """
import asyncio, readline
from tidings_client.terminal import open_terminal
async def main(terminal):
    async def watch(text):
        while readline.get_line_buffer() != "half":
            await asyncio.sleep(0)
        terminal.show(text)
    async for line in terminal.lines():
        terminal.show(f"got {line}")
        if line.startswith("show "):
            task = asyncio.create_task(watch(line[5:]))
with open_terminal() as terminal:
    asyncio.run(main(terminal))
"""


@pytest.fixture
def screen() -> Iterator[Screen]:
    """Return a terminal with a program that says what is typed."""
    with on_screen("-c", ECHOING, columns=20) as screen:
        screen.wait_for("> ")
        yield screen


def test_lines_are_prompted_for_and_answers_stand_above_the_prompt(screen: Screen) -> None:
    screen.type("hello\r")
    screen.wait_for("got hello\r\n> ")


def test_what_comes_in_does_not_tear_what_is_being_typed(screen: Screen) -> None:
    screen.type("show news\r")
    screen.wait_for("got show news\r\n> ")
    screen.type("half")
    screen.wait_for("\r\x1b[Jnews\r\n> half")
    screen.type("way\r")
    screen.wait_for("got halfway")


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_terminal_is_left_as_it_was(screen: Screen, key: str) -> None:
    screen.type(key)
    screen.process.wait()
    assert screen.is_as_before


def test_without_a_terminal_there_is_no_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with open_terminal() as terminal:
        assert type(terminal) is Terminal


async def test_lines_of_a_pipe_are_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    out, into = os.pipe()
    with os.fdopen(out) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        os.write(into, "one\r\ntwö\nend".encode("latin-1"))
        os.close(into)
        assert [line async for line in Terminal().lines()] == ["one", "tw\N{REPLACEMENT CHARACTER}", "end"]


def test_a_line_that_changes_while_it_is_read_is_read_anew(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reads: list[str | ValueError] = [ValueError("embedded null byte"), "half"]

    def get_line_buffer() -> str:
        found = reads.pop(0)
        if isinstance(found, ValueError):
            raise found
        return found

    monkeypatch.setattr("readline.get_line_buffer", get_line_buffer)
    screen = EditingTerminal()
    screen._is_prompting = True  # noqa: SLF001 - without a terminal nobody prompts
    screen._prompted.set()  # noqa: SLF001 - as above
    screen.show("news")
    assert capsys.readouterr().out.endswith("news\n> half")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain 你好", "plain 你好"),
        ("\x1b[2Jgone", "\N{REPLACEMENT CHARACTER}[2Jgone"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}abc", "\N{REPLACEMENT CHARACTER}abc"),
        ("one\n[12:00] mallory: two", "one\n    [12:00] mallory: two"),
        ("\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}", "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}"),
        ("", ""),
    ],
)
def test_text_does_nothing_to_the_terminal(text: str, shown: str) -> None:
    assert to_safe(text) == shown
