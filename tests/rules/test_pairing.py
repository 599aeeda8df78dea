"""Every module has its test module in the same place of the tree."""

from pathlib import Path

from tests.support.source import CLIENT, ROOT, SERVER, python_files, short

# Modules that only mark, start or fill a package.
MARKERS = {"__init__.py", "__main__.py"}


def _test_of(path: Path) -> Path:
    if path.is_relative_to(SERVER):
        inside = path.relative_to(SERVER)
        return ROOT / "tests" / "unit" / inside.parent / f"test_{inside.name}"
    inside = path.relative_to(CLIENT)
    return ROOT / "sdks" / "python" / "tests" / inside.parent / f"test_{inside.name}"


def _modules() -> list[Path]:
    found = python_files("src/tidings", "sdks/python/src/tidings_client")
    return [path for path in found if path.name not in MARKERS]


def test_every_module_has_its_tests() -> None:
    missing = [short(path) for path in _modules() if not _test_of(path).exists()]
    assert not missing, f"without a test module: {missing}"
