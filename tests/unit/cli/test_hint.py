"""Where emulators leave their facts."""

import os
import tempfile
from pathlib import Path

import pytest

from tidings.cli.hint import hint_left, hint_path


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path


def test_the_hint_is_there_as_long_as_the_emulator(runtime: Path) -> None:
    with hint_left("facts"):
        assert hint_path().read_text() == "facts"
        assert hint_path().stat().st_mode & 0o777 == 0o600
        assert list(runtime.iterdir()) == [hint_path()]
    assert not list(runtime.iterdir())


@pytest.mark.usefixtures("runtime")
def test_the_latest_emulator_has_the_hint_and_only_it_removes_it() -> None:
    first, second = hint_left("first"), hint_left("second")
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert hint_path().read_text() == "second"
    second.__exit__(None, None, None)
    assert not hint_path().exists()


@pytest.mark.usefixtures("runtime")
def test_an_emulator_that_may_not_replace_the_hint_leaves_and_keeps_anothers() -> None:
    with hint_left("mine"):
        with hint_left("other", may_replace=False):
            assert hint_path().read_text() == "mine"
        assert hint_path().read_text() == "mine"
    with hint_left("other", may_replace=False):
        assert hint_path().read_text() == "other"


@pytest.mark.usefixtures("runtime")
def test_what_a_killed_emulator_left_is_replaced() -> None:
    hint_path().write_text("old")
    with hint_left("new"):
        assert hint_path().read_text() == "new"


@pytest.mark.parametrize("runtime_dir", ["", "/nowhere/at/all"])
def test_without_a_runtime_folder_it_lies_among_temporary_files(
    monkeypatch: pytest.MonkeyPatch, runtime_dir: str
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", runtime_dir)
    assert hint_path() == Path(tempfile.gettempdir()) / f"tidings-dev-{os.getuid()}.json"


def test_an_emulator_runs_without_a_hint_too(runtime: Path) -> None:
    hint_path().mkdir()
    with hint_left("facts"):
        pass
    assert list(runtime.iterdir()) == [hint_path()]
