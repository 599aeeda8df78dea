"""The command table and the catalogue say the same, both ways.

pending.txt names what the catalogue has and nobody has built. It only shrinks: a command that is
built must be gone from it, and a command that is not built must stand in it.
"""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import tidings.command  # noqa: F401 - fills the table
from tests.support import catalogue
from tests.support.structs import request_differences, response_differences
from tidings.command import registry

PENDING = Path(__file__).with_name("pending.txt")
BUILT = {(door.value, name): command for (door, name), command in registry.COMMANDS.items()}
EACH = pytest.mark.parametrize("key", sorted(BUILT), ids=" ".join)


def _pending() -> list[tuple[str, str]]:
    lines = PENDING.read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return [(door, name) for door, name in rows]


def _entry(key: tuple[str, str]) -> catalogue.Entry:
    entry = catalogue.commands().get(key)
    assert entry is not None, f"{key} is built but not in the catalogue: write it into spec/ first"
    return entry


def test_every_built_command_is_in_the_catalogue() -> None:
    assert BUILT.keys() <= catalogue.commands().keys()


def test_pending_names_exactly_what_is_not_built() -> None:
    missing = catalogue.commands().keys() - BUILT.keys()
    listed = set(_pending())
    assert not listed - missing, f"built, so take it out of pending.txt: {sorted(listed - missing)}"
    assert not missing - listed, f"in the catalogue but neither built nor pending: {sorted(missing - listed)}"


def test_pending_is_sorted_and_without_repeats() -> None:
    assert _pending() == sorted(set(_pending()))


def test_importing_the_package_fills_the_whole_table() -> None:
    script = (
        "import importlib, pkgutil, tidings.command as package; from tidings.command.registry import COMMANDS\n"
        "before = len(COMMANDS)\n"
        "for each in pkgutil.iter_modules(package.__path__): importlib.import_module(f'tidings.command.{each.name}')\n"
        "print(before == len(COMMANDS) > 0)"
    )
    printed = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    assert printed == "True\n", "tidings/command/__init__.py forgets a file"


@EACH
def test_request_has_the_fields_of_the_catalogue(key: tuple[str, str]) -> None:
    assert request_differences(BUILT[key].request, _entry(key).request) == []


@EACH
def test_response_has_the_fields_of_the_catalogue(key: tuple[str, str]) -> None:
    envelope = catalogue.envelopes()[key[0]].shape
    assert response_differences(BUILT[key].response, _entry(key).response, envelope) == []


@EACH
def test_refusals_of_a_body_are_in_the_catalogue(key: tuple[str, str]) -> None:
    command = BUILT[key]
    names = {field.encode_name for field in msgspec.structs.fields(command.request)}
    faults = [command.bad_request, *(fault for name, fault in command.bad_fields.items() if name in names)]
    allowed = _entry(key).errors | catalogue.envelopes()[key[0]].errors
    assert {fault.code for fault in faults} <= allowed


@EACH
def test_request_examples_of_the_catalogue_decode(key: tuple[str, str]) -> None:
    for text in (text for kind, text in _entry(key).examples if kind == "request"):
        BUILT[key].read(text.encode())
