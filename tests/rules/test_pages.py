"""What the pages tell to type exists, what they link to is there, and their code runs.

Python blocks of a page run together, top to bottom, against an emulator of their own; so do curl
lines. In both the emulator's address stands for 127.0.0.1:7700, and its secrets for KEY_OF_APP,
USERSIG_OF_ALICE, USERSIG_OF_BOB and USERSIG_OF_ADMIN. A block marked `python fragment` is only
compiled.
"""

import ast
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import click
import pytest

from tests.support import catalogue
from tests.support.pages import Block, blocks, command_lines, inline_code, links, written_pages
from tests.support.source import ROOT, short
from tidings.cli.main import main
from tidings.settings import ServerSettings, to_settings

PAGES = written_pages()
LANGUAGES = {"sh", "python", "json", "toml", "js", "html", "text", "mermaid", "yaml"}
ADDRESS = "127.0.0.1:7700"
PROGRAMS = {"cd", "curl", "git", "make", "pip", "python", "python3", "tidings", "export", "docker", "kill", "npm"}
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=short)


def _blocks(page: Path, *languages: str) -> list[Block]:
    return [block for block in blocks(page) if block.language in languages]


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Run an emulator; return what stands for what in the pages."""
    own = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path_factory.mktemp("runtime"))}
    command = [sys.executable, "-m", "tidings", "dev", "--json", "--port", "0", "--memory"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=own) as process:
        assert process.stdout is not None
        facts: Mapping[str, Any] = json.loads(process.stdout.readline())
        yield {
            ADDRESS: facts["rest"].removeprefix("http://"),
            "KEY_OF_APP": facts["key"],
            "USERSIG_OF_ADMIN": facts["admin_usersig"],
            **{f"USERSIG_OF_{name.upper()}": sig for name, sig in facts["users"].items()},
        }
        process.terminate()


def _fill(text: str, facts: Mapping[str, str]) -> str:
    for name, value in facts.items():
        text = text.replace(name, value)
    return text


@EACH_PAGE
def test_blocks_name_a_language(page: Path) -> None:
    assert {block.language for block in blocks(page)} <= LANGUAGES


@EACH_PAGE
def test_data_is_well_formed(page: Path) -> None:
    for block in _blocks(page, "json"):
        json.loads(block.text)
    for block in _blocks(page, "toml"):
        to_settings(ServerSettings, tomllib.loads(block.text))


@EACH_PAGE
def test_links_lead_somewhere(page: Path) -> None:
    for target in links(page):
        assert (page.parent / target).exists(), f"{short(page)} links to {target}, which is not there"


@EACH_PAGE
def test_commands_to_type_exist(page: Path) -> None:
    for block in _blocks(page, "sh"):
        for line in command_lines(block):
            words = shlex.split(line, comments=True)
            assert words[0] in PROGRAMS, f"{short(page)}: what is {words[0]}?"
            _check_command(words)


@EACH_PAGE
def test_commands_named_in_sentences_exist(page: Path) -> None:
    for code in inline_code(page):
        if re.match(r"(make|tidings) [a-z]", code):
            _check_command(shlex.split(re.sub(r"[<\[].*", "", code)))


@EACH_PAGE
def test_python_runs(page: Path, emulator: Mapping[str, str], tmp_path: Path) -> None:
    whole = [block.text for block in _blocks(page, "python") if "fragment" not in block.info]
    for block in _blocks(page, "python"):
        compile(block.text, short(page), "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    script = tmp_path / "page.py"
    script.write_text(_fill("\n".join(whole), emulator), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, f"{short(page)}: {ran.stderr}"


@EACH_PAGE
def test_curl_is_answered_with_success(page: Path, emulator: Mapping[str, str]) -> None:
    lines = [line for block in _blocks(page, "sh") for line in command_lines(block) if line.startswith("curl ")]
    for line in lines:
        words = shlex.split(_fill(line, emulator))
        url = next(word for word in words if word.startswith("http"))
        data = next((words[at + 1] for at, word in enumerate(words) if word in {"-d", "--data"}), None)
        with urlopen(Request(url, data.encode() if data else None), timeout=10) as answer:  # noqa: S310 - loopback
            body = answer.read()
        if "/v4/" in url:
            catalogue.check_response("rest", url.partition("/v4/")[2].partition("?")[0], body)
            assert json.loads(body)["ErrorCode"] == 0


def _check_command(words: list[str]) -> None:
    if words[0] == "make":
        targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
        named = {word for word in words[1:] if "=" not in word and not word.startswith("-")}
        assert named <= targets, f"there is no make {' '.join(named - targets)}"
    elif words[0] == "tidings":
        _check_tidings(words[1:])


def _check_tidings(words: list[str]) -> None:
    command: click.Command = main
    context = click.Context(main)
    rest = list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name = rest.pop(0)
        found = command.get_command(context, name)
        assert found is not None, f"there is no tidings {name}"
        command = found
    options = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    given = {word.partition("=")[0] for word in rest if word.startswith("--")}
    assert given <= options | {"--help", "--version"}, f"tidings {' '.join(words)}: no option {given - options}"
