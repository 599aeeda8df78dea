"""The words of the wire (MsgSeq, To_Account) stay out of the domain and the stores."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import catalogue
from tests.support.source import SERVER, python_files, short, texts, tree

INSIDE = python_files("src/tidings/domain", "src/tidings/store")


def _names() -> Iterator[str]:
    for entry in catalogue.commands().values():
        for shape in (entry.request, entry.response):
            yield from (re.split(r"[.\]]", path)[-1] for path, _ in catalogue.walk(shape))


# A name of one plain word (Type, Status) may be a class of ours; two capitals or an underscore tell the wire.
WIRE = {name for name in _names() if len(re.findall("[A-Z]", name)) > 1 or ("_" in name and not name.islower())}


def _identifiers(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.value.lineno, node.arg


def test_the_catalogue_has_wire_names() -> None:
    assert {"MsgSeq", "To_Account", "UserID", "C2cMsgInfo"} & WIRE >= {"MsgSeq", "To_Account", "UserID"}


def _ours() -> set[str]:
    """Return the names of our own types, some of which the wire happens to use, too."""
    trees = [tree(path) for path in (*INSIDE, SERVER / "ids.py")]
    nodes = [node for each in trees for node in ast.walk(each)]
    named = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return named | {node.name for node in nodes if isinstance(node, ast.ClassDef)}


@pytest.mark.parametrize("path", INSIDE, ids=short)
def test_no_wire_name_inside(path: Path) -> None:
    ours = _ours()
    found = [f"{line} {name}" for line, name in _identifiers(path) if name in WIRE - ours]
    found += [f"{text.lineno} {text.value!r}" for text in texts(path) if text.value in WIRE]
    assert not found, f"{short(path)} speaks the wire's language: {found}"


@pytest.mark.parametrize("path", INSIDE, ids=short)
def test_no_variable_is_named_as_on_the_wire(path: Path) -> None:
    stored = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    assert not [f"{node.lineno} {node.id}" for node in stored if node.id in WIRE]
