"""Names say what a thing is: no drawer for whatever fits nowhere else."""

import ast
import re
from pathlib import Path

from tests.support.source import python_files, short, tree

BANNED = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "mixin", "mixins", "misc"}


def _words(name: str) -> set[str]:
    """Return the words of a snake_case or CamelCase name, in lower case."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def test_files_and_their_folders_have_telling_names() -> None:
    parts = {short(path): Path(short(path)).with_suffix("").parts for path in python_files()}
    assert not [path for path, names in parts.items() if BANNED & set().union(*map(_words, names))]


def test_classes_have_telling_names() -> None:
    nodes = ((path, node) for path in python_files() for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))
    assert not [f"{short(path)}:{node.lineno} {node.name}" for path, node in nodes if BANNED & _words(node.name)]


def test_words_are_told_apart() -> None:
    assert _words("HTTPUtilMixin") == {"http", "util", "mixin"}
    assert _words("row_helpers") == {"row", "helpers"}
