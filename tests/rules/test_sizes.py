"""Files, functions and parameter lists stay small. The list of exceptions starts empty and stays so."""

import ast
from pathlib import Path

import pytest

from tests.support.source import Function, dotted, functions, python_files, short

FILE_LINES, FUNCTION_LINES, PARAMETERS = 500, 50, 6
MADE = "Made by sdks/python/generate.py"
EXCEPTIONS: frozenset[str] = frozenset()

EACH_FILE = pytest.mark.parametrize("path", python_files(), ids=short)


def _parameters(function: Function) -> int:
    if any(dotted(each.func).startswith("click.") for each in function.decorator_list if isinstance(each, ast.Call)):
        return 0  # a command's parameters are its options, filled by name
    given = function.args
    names = [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


@EACH_FILE
def test_file_is_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8").splitlines()
    is_made = bool(text) and MADE in text[0]  # by a program, from what people write
    assert is_made or len(text) <= FILE_LINES or short(path) in EXCEPTIONS, f"{short(path)} has {len(text)} lines"


@EACH_FILE
def test_functions_are_short(path: Path) -> None:
    for each in functions(path):
        lines = (each.end_lineno or each.lineno) - each.lineno + 1
        assert lines <= FUNCTION_LINES, f"{short(path)}:{each.lineno} {each.name} has {lines} lines"


@EACH_FILE
def test_functions_take_few_parameters(path: Path) -> None:
    for each in functions(path):
        count = _parameters(each)
        assert count <= PARAMETERS, f"{short(path)}:{each.lineno} {each.name} takes {count} parameters"
