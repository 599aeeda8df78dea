"""Tests wait for events, never for time to pass, and none is left out."""

import ast

from tests.support.source import called, dotted, python_files, short, tree

TESTS = [path for path in python_files("tests", "sdks/python") if "tests" in path.parts]
SLEEPS = {"time.sleep", "asyncio.sleep", "sleep", "anyio.sleep"}
SKIPS = {"pytest.skip", "pytest.xfail", "pytest.importorskip", "pytest.mark.skip", "pytest.mark.skipif"}
SKIPS |= {"pytest.mark.xfail", "unittest.skip", "unittest.skipIf"}


def test_nothing_sleeps() -> None:
    calls = ((path, node) for path in TESTS for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    sleeps = ((path, node) for path, node in calls if called(node) in SLEEPS and not _yields_only(node))
    found = [f"{short(path)}:{node.lineno}" for path, node in sleeps]
    assert not found, f"wait for what is to happen instead of time to pass: {found}"


def test_nothing_is_skipped() -> None:
    nodes = ((path, node) for path in TESTS for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute))
    found = [f"{short(path)}:{node.lineno}" for path, node in nodes if dotted(node) in SKIPS]
    assert not found, f"tests are left out: {found}"


def _yields_only(node: ast.Call) -> bool:
    """Say whether a call is asyncio.sleep(0): it lets others run and waits for no time."""
    return len(node.args) == 1 and isinstance(node.args[0], ast.Constant) and node.args[0].value == 0
