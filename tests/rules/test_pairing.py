"""Every module has its test module in the same place of the tree."""

from pathlib import Path

from tests.support.source import CLIENT, ROOT, SERVER, python_files, short

# Modules that only mark, start or fill a package.
MARKERS = {"__init__.py", "__main__.py"}
# Bodies that a program makes from the catalogue; tests/contract/test_callbacks.py compares them with it.
MADE = "Made by tools/generate_callbacks.py"


def _test_of(path: Path) -> Path:
    if path.is_relative_to(SERVER):
        inside = path.relative_to(SERVER)
        return ROOT / "tests" / "unit" / inside.parent / f"test_{inside.name}"
    inside = path.relative_to(CLIENT)
    return ROOT / "sdks" / "python" / "tests" / inside.parent / f"test_{inside.name}"


def _modules() -> list[Path]:
    found = python_files("src/tidings", "sdks/python/src/tidings_client")
    return [path for path in found if path.name not in MARKERS and not _is_made(path)]


def _is_made(path: Path) -> bool:
    with path.open(encoding="utf-8") as text:
        return MADE in text.readline()


def test_every_module_has_its_tests() -> None:
    missing = [short(path) for path in _modules() if not _test_of(path).exists()]
    assert not missing, f"without a test module: {missing}"
