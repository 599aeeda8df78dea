"""Settings: each is declared with a sentence and with bounds, and the manual has it."""

from pathlib import Path
from typing import Annotated, get_args, get_origin

import msgspec
import pytest
from msgspec import Meta

from tidings.settings import AppSettings, ServerSettings

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "reference" / "settings.md"
SETTINGS = [
    pytest.param(field, id=f"{section.__name__}.{field.name}")
    for section in (ServerSettings, AppSettings)
    for field in msgspec.structs.fields(section)
]


def _meta(field: msgspec.structs.FieldInfo) -> Meta:
    assert get_origin(field.type) is Annotated, f"{field.name} is declared without Meta"
    found = [part for part in get_args(field.type)[1:] if isinstance(part, Meta)]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("field", SETTINGS)
def test_setting_has_a_sentence_and_a_default(field: msgspec.structs.FieldInfo) -> None:
    assert _meta(field).description
    assert not field.required


@pytest.mark.parametrize("field", SETTINGS)
def test_number_has_bounds_that_hold_the_default(field: msgspec.structs.FieldInfo) -> None:
    if get_args(field.type)[0] in {int, float}:
        low, high = _meta(field).ge, _meta(field).le
        assert low is not None
        assert high is not None
        assert low <= field.default <= high


@pytest.mark.parametrize("field", SETTINGS)
def test_manual_has_the_setting(field: msgspec.structs.FieldInfo) -> None:
    assert f"`{field.name}`" in MANUAL.read_text(encoding="utf-8")


def test_manual_has_no_other_setting() -> None:
    rows = [line for line in MANUAL.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert len(rows) == len(SETTINGS)
