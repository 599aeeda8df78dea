"""Errors are declared in errors.py and nowhere else: neither their numbers nor their sentences."""

import ast
from pathlib import Path

import pytest

from tests.support import catalogue
from tests.support.source import SERVER, called, python_files, short, tree

DECLARED = SERVER / "errors.py"
# Round numbers serve as limits, too.
CODES = {code for code in catalogue.error_codes() if code > 9999 and code % 10000}
ELSEWHERE = [path for path in python_files("src") if path != DECLARED]


@pytest.mark.parametrize("path", ELSEWHERE, ids=short)
def test_no_error_number_stands_elsewhere(path: Path) -> None:
    numbers = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and type(node.value) is int)
    found = [f"{short(path)}:{node.lineno} {node.value}" for node in numbers if node.value in CODES]
    assert not found, f"use the code of its fault in errors.py: {found}"


@pytest.mark.parametrize("path", ELSEWHERE, ids=short)
def test_no_error_is_declared_elsewhere(path: Path) -> None:
    calls = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    found = [node.lineno for node in calls if called(node).rpartition(".")[2] in {"Fault", "TidingsError"}]
    assert not found, f"{short(path)} declares an error at lines {found}"
