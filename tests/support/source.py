"""The project's own Python files, for rules about them."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "src" / "tidings"
CLIENT = ROOT / "sdks" / "python" / "src" / "tidings_client"
FOLDERS = ("src", "sdks/python", "tests", "bench", "docs")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@functools.cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Return the Python files under folders of the project, under all if none is named."""
    found = (path for folder in folders or FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return tuple(sorted(path for path in found if not {".venv", "node_modules"} & set(path.parts)))


@functools.cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def short(path: Path) -> str:
    """Return a file's path inside the project."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[Function]:
    """Return every function of a file, inner ones and methods too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def texts(path: Path) -> Iterator[ast.Constant]:
    """Return every string of a file that is no docstring."""
    docstrings = {id(found) for node in ast.walk(tree(path)) if (found := _docstring(node)) is not None}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def called(node: ast.Call) -> str:
    """Return the dotted name of what a call calls, "" if it has none."""
    return dotted(node.func)


def dotted(node: ast.expr) -> str:
    """Return the dotted name of an expression, "" if it is none."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def _docstring(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            return first.value
    return None
