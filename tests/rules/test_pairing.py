"""Every module has its test module in the same place of the tree.

unpaired.txt names the modules that have none yet. It only shrinks: a module that is paired must be
gone from it, and a module without a test must stand in it.
"""

from pathlib import Path

from tests.support.source import CLIENT, ROOT, SERVER, python_files, short

UNPAIRED = Path(__file__).with_name("unpaired.txt")
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


def _listed() -> list[str]:
    lines = UNPAIRED.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_every_module_has_its_tests_or_is_listed() -> None:
    missing = {short(path) for path in _modules() if not _test_of(path).exists()}
    listed = set(_listed())
    assert not missing - listed, f"without a test module: {sorted(missing - listed)}"
    assert not listed - missing, f"paired or gone, so take it out of unpaired.txt: {sorted(listed - missing)}"


def test_list_is_sorted_and_without_repeats() -> None:
    assert _listed() == sorted(set(_listed()))
