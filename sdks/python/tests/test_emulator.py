import json
import os
from pathlib import Path

import pytest

from tidings.cli import hint
from tidings_client import emulator

WORD = {"gateway": "ws://127.0.0.1:7700", "sdkappid": 1400000001, "key": "k", "users": {"alice": "sig"}}


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return emulator.hint_path()


def test_word_is_where_the_emulator_leaves_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert path == hint.hint_path()
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert emulator.hint_path() == hint.hint_path()


def test_facts_are_read(path: Path) -> None:
    path.write_text(json.dumps(WORD), encoding="utf-8")
    assert emulator.find_facts(path) == emulator.Facts("ws://127.0.0.1:7700", 1400000001, "k")


@pytest.mark.parametrize("text", ["", "[]", '{"gateway": 1}', '{"gateway": "ws://x"}'])
def test_what_cannot_be_read_is_no_word(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    assert emulator.find_facts(path) is None


def test_no_file_is_no_word(path: Path) -> None:
    assert emulator.find_facts(path) is None


def test_word_of_another_user_is_not_believed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(json.dumps(WORD), encoding="utf-8")
    me = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: me + 1)
    assert emulator.find_facts(path) is None
