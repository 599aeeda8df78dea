"""The words of the wire (MsgSeq, To_Account) stay out of the domain and the stores."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

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


def test_no_wire_name_inside() -> None:
    foreign = WIRE - _ours()
    named = ((path, line, name) for path in INSIDE for line, name in _identifiers(path) if name in foreign)
    found = [f"{short(path)}:{line} {name}" for path, line, name in named]
    found += [f"{short(p)}:{text.lineno} {text.value!r}" for p in INSIDE for text in texts(p) if text.value in WIRE]
    assert not found, f"these speak the wire's language: {found}"


def test_no_variable_is_named_as_on_the_wire() -> None:
    names = ((path, node) for path in INSIDE for node in ast.walk(tree(path)) if isinstance(node, ast.Name))
    stored = ((path, node) for path, node in names if isinstance(node.ctx, ast.Store) and node.id in WIRE)
    assert not [f"{short(path)}:{node.lineno} {node.id}" for path, node in stored]
