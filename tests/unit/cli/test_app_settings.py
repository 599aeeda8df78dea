"""`tidings app settings`: show and change."""

import json

import msgspec
import pytest

from tests.unit.cli.conftest import Run
from tidings.settings import AppSettings

DEFAULTS = msgspec.to_builtins(AppSettings())


def test_all_are_shown_with_what_differs_marked(made: Run) -> None:
    lines = made("app", "settings", 77, "history_days=30").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(DEFAULTS)
    assert "history_days                30        (default 7)" in lines
    assert [line for line in lines if "default" in line] == ["history_days                30        (default 7)"]


def test_a_change_keeps_the_others_and_nothing_goes_back_to_the_default(made: Run) -> None:
    made("app", "settings", 77, "history_days=30", "web_instances=1")
    made("app", "settings", 77, "login_policy=dual", "web_instances=")
    changed = {"history_days": 30, "login_policy": "dual"}
    assert json.loads(made("app", "settings", 77, "--json").stdout) == DEFAULTS | changed


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ("nothing=1", 1, "there is no setting 'nothing'; known are: "),
        ("history_days=0", 1, "setting history_days = '0'"),
        ("profile_fields=City:string:r:r", 1, "setting profile_fields = 'City:string:r:r'"),
        ("profile_fields=City:string:r:w,City:bytes:r:w", 1, "declares 'City' twice"),
        ("group_fields=level:anyone:anyone", 1, "setting group_fields = 'level:anyone:anyone'"),
        ("member_fields=a:app:app,b:app:app,c:app:app,d:app:app,e:app:app,f:app:app", 1, "at most 5"),
        ("callbacks=C2C.Nothing", 1, "there is no callback 'C2C.Nothing'"),
        ("callback_url=ftp://app.example", 1, "setting callback_url = 'ftp://app.example'"),
        ("history_days", 2, "'history_days' is no NAME=VALUE"),
    ],
)
def test_a_wrong_change_changes_nothing(made: Run, change: str, code: int, words: str) -> None:
    result = made("app", "settings", 77, "web_instances=1", change)
    assert result.exit_code == code
    assert words in result.stderr
    assert json.loads(made("app", "settings", 77, "--json").stdout) == DEFAULTS


def test_an_app_that_is_not_there_has_no_settings(made: Run) -> None:
    assert "there is no app with SDKAppID 78" in made("app", "settings", 78).stderr


def test_a_field_of_profiles_stays_once_it_is_declared(made: Run) -> None:
    made("app", "settings", 77, "profile_fields=City:string:rw:rw")
    result = made("app", "settings", 77, "profile_fields=")
    assert (result.exit_code, "must keep City:string" in result.stderr) == (1, True)
    assert made("app", "settings", 77, "profile_fields=City:string:r:rw,Rank:bytes:r:rw").exit_code == 0
