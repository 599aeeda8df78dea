"""Files, functions and parameter lists stay small. The list of exceptions starts empty and stays so."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.source import Function, dotted, functions, python_files, short

FILE_LINES, FUNCTION_LINES, PARAMETERS = 500, 50, 6
MADE = "Made by sdks/python/generate.py"
EXCEPTIONS: frozenset[str] = frozenset()


def _parameters(function: Function) -> int:
    if any(dotted(each.func).startswith("click.") for each in function.decorator_list if isinstance(each, ast.Call)):
        return 0  # a command's parameters are its options, filled by name
    given = function.args
    names = [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def _lines(path: Path) -> int:
    text = path.read_text(encoding="utf-8").splitlines()
    is_made = bool(text) and MADE in text[0]  # by a program, from what people write
    return 0 if is_made else len(text)


def test_files_are_short() -> None:
    found = {short(path): count for path in python_files() if (count := _lines(path)) > FILE_LINES}
    assert found.keys() == EXCEPTIONS, f"files of more than {FILE_LINES} lines: {found}"


def test_functions_are_short() -> None:
    every = [(path, each, (each.end_lineno or each.lineno) - each.lineno + 1) for path, each in _functions()]
    found = [
        f"{short(path)}:{each.lineno} {each.name}: {lines}" for path, each, lines in every if lines > FUNCTION_LINES
    ]
    assert not found, f"functions of more than {FUNCTION_LINES} lines: {found}"


def test_functions_take_few_parameters() -> None:
    every = [(path, each, _parameters(each)) for path, each in _functions()]
    found = [f"{short(path)}:{each.lineno} {each.name}: {count}" for path, each, count in every if count > PARAMETERS]
    assert not found, f"functions of more than {PARAMETERS} parameters: {found}"


def _functions() -> Iterator[tuple[Path, Function]]:
    return ((path, each) for path in python_files() for each in functions(path))
