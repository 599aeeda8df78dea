"""Tests wait for events, never for time to pass, and none is left out."""

import ast
from pathlib import Path

import pytest

from tests.support.source import called, dotted, python_files, short, tree

TESTS = [path for path in python_files("tests", "sdks/python") if "tests" in path.parts]
SLEEPS = {"time.sleep", "asyncio.sleep", "sleep", "anyio.sleep"}
SKIPS = {"pytest.skip", "pytest.xfail", "pytest.importorskip", "pytest.mark.skip", "pytest.mark.skipif"}
SKIPS |= {"pytest.mark.xfail", "unittest.skip", "unittest.skipIf"}


@pytest.mark.parametrize("path", TESTS, ids=short)
def test_nothing_sleeps(path: Path) -> None:
    calls = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and called(node) in SLEEPS)
    found = [node.lineno for node in calls if not _yields_only(node)]
    assert not found, f"{short(path)} sleeps at lines {found}: wait for what is to happen instead"


@pytest.mark.parametrize("path", TESTS, ids=short)
def test_nothing_is_skipped(path: Path) -> None:
    found = [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and dotted(node) in SKIPS]
    assert not found, f"{short(path)} leaves tests out at lines {found}"


def _yields_only(node: ast.Call) -> bool:
    """Say whether a call is asyncio.sleep(0): it lets others run and waits for no time."""
    return len(node.args) == 1 and isinstance(node.args[0], ast.Constant) and node.args[0].value == 0
