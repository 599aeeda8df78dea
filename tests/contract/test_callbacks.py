"""The bodies of callbacks against the catalogue in spec/webhooks.yaml, example by example."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from tests.support.source import ROOT
from tidings.view.callbacks import RENDERINGS
from tidings.wire.callbacks import CALLBACKS
from tidings.wire.callbacks.callback import Answer, Phase

CATALOGUE: list[dict[str, Any]] = yaml.safe_load((ROOT / "spec" / "webhooks.yaml").read_text(encoding="utf-8"))
EACH = pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry["command"])
PENDING = Path(__file__).with_name("pending_callbacks.txt")
GENERATOR = ROOT / "tools" / "generate_callbacks.py"


def test_every_callback_of_the_catalogue_has_a_body_and_no_other() -> None:
    assert set(CALLBACKS) == {entry["command"] for entry in CATALOGUE}
    assert len(CALLBACKS) == 61


def test_bodies_are_as_the_catalogue_makes_them(tmp_path: Path) -> None:
    subprocess.run([sys.executable, GENERATOR, tmp_path], check=True)
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    folder = ROOT / "src" / "tidings" / "wire" / "callbacks"
    assert made == {name: (folder / name).read_text(encoding="utf-8") for name in made}


def test_pending_callbacks_are_those_that_nothing_tells_of() -> None:
    lines = PENDING.read_text(encoding="utf-8").splitlines()
    told = {rendering.kind.callback for rendering in RENDERINGS.values()}
    assert [line for line in lines if not line.startswith("#")] == sorted(CALLBACKS.keys() - told)


@EACH
def test_example_fits_its_body_and_comes_out_the_same(entry: dict[str, Any]) -> None:
    kind = CALLBACKS[entry["command"]]
    body = msgspec.json.decode(entry["example_request"], type=kind)
    assert json.loads(msgspec.json.encode(body)) == json.loads(entry["example_request"])


@EACH
def test_query_and_phase_are_those_of_the_catalogue(entry: dict[str, Any]) -> None:
    kind, parameters = CALLBACKS[entry["command"]], entry["query_parameters"]
    assert kind.tells_address is ("ClientIP" in parameters)
    assert kind.tells_platform is ("OptPlatform" in parameters)
    assert kind.phase is Phase(entry["phase"])


@EACH
def test_example_of_an_answer_is_understood(entry: dict[str, Any]) -> None:
    texts = [entry["example_response"], *entry.get("more_example_responses", [])]
    for text in texts:
        content = text if isinstance(text, str) else json.dumps(text)
        answer = msgspec.json.decode(content, type=Answer)
        assert answer.status in {"OK", "FAIL"}
