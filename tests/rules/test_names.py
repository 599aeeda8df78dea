"""Names say what a thing is: no drawer for whatever fits nowhere else."""

import ast
import re
from pathlib import Path

import pytest

from tests.support.source import python_files, short, tree

BANNED = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "mixin", "mixins", "misc"}


def _words(name: str) -> set[str]:
    """Return the words of a snake_case or CamelCase name, in lower case."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


@pytest.mark.parametrize("path", python_files(), ids=short)
def test_file_and_its_folders_have_telling_names(path: Path) -> None:
    names = Path(short(path)).with_suffix("").parts
    assert not BANNED & set().union(*map(_words, names))


@pytest.mark.parametrize("path", python_files(), ids=short)
def test_classes_have_telling_names(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef):
            assert not BANNED & _words(node.name), f"{short(path)}:{node.lineno} class {node.name}"


def test_words_are_told_apart() -> None:
    assert _words("HTTPUtilMixin") == {"http", "util", "mixin"}
    assert _words("row_helpers") == {"row", "helpers"}
