"""Errors are declared in errors.py and nowhere else: neither their numbers nor their sentences."""

import ast

from tests.support import catalogue
from tests.support.source import SERVER, called, python_files, short, tree

DECLARED = SERVER / "errors.py"
# Round numbers serve as limits, too.
CODES = {code for code in catalogue.error_codes() if code > 9999 and code % 10000}
ELSEWHERE = [path for path in python_files("src") if path != DECLARED]


def test_no_error_number_stands_elsewhere() -> None:
    nodes = ((path, node) for path in ELSEWHERE for node in ast.walk(tree(path)) if isinstance(node, ast.Constant))
    numbers = ((path, node) for path, node in nodes if type(node.value) is int and node.value in CODES)
    found = [f"{short(path)}:{node.lineno} {node.value!r}" for path, node in numbers]
    assert not found, f"use the code of its fault in errors.py: {found}"


def test_no_error_is_declared_elsewhere() -> None:
    calls = ((path, node) for path in ELSEWHERE for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    declared = ((path, node) for path, node in calls if called(node).rpartition(".")[2] in {"Fault", "TidingsError"})
    found = [f"{short(path)}:{node.lineno}" for path, node in declared]
    assert not found, f"errors are declared in errors.py alone, not in {found}"
