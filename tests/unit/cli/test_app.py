"""`tidings app`: make, list, show, disable, enable, delete."""

import json
import re

import pytest

from tests.unit.cli.conftest import Run


def test_an_app_is_made_of_nothing(run: Run) -> None:
    first, second = (run("app", "create").stdout for _ in range(2))
    pattern = r"SDKAppID:  14\d{8}\nKey:       [0-9a-f]{64}\nApp admin: administrator\n"
    assert re.fullmatch(pattern, first)
    assert re.fullmatch(pattern, second)
    assert first != second


def test_an_app_of_elsewhere_keeps_number_and_key(run: Run) -> None:
    args = ("--sdkappid", 77, "--key", "-", "--admin", "boss", "--name", "our shop", "--json")
    assert json.loads(run("app", "create", *args, stdin=" its key\n").stdout) == {
        "sdkappid": 77,
        "key": "its key",
        "admin": "boss",
        "name": "our shop",
    }
    found = json.loads(run("app", "show", 77, "--json").stdout)
    assert found.pop("created_at") > 0
    assert found == {
        "sdkappid": 77,
        "name": "our shop",
        "enabled": True,
        "secret_keys": 1,
        "public_keys": 0,
        "admins": ["boss"],
        "settings": {},
    }


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--sdkappid", 0), "not in the range"),
        (("--sdkappid", 1 << 32), "not in the range"),
        (("--admin", ""), "'' is no UserID"),
        (("--admin", "x" * 33), "is no UserID: 1 to 32 printable ASCII"),
        (("--key", " "), "--key is empty"),
        (("--key", "schlüssel"), "--key is no secret key"),
    ],
)
def test_a_wrong_option_makes_nothing(run: Run, args: tuple[str | int, ...], words: str) -> None:
    result = run("app", "create", *args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "there is no database" in run("app", "list").stderr


def test_a_number_is_given_once(made: Run) -> None:
    result = made("app", "create", "--sdkappid", 77)
    assert result.exit_code == 1
    assert "there is an app with SDKAppID 77 already" in result.stderr
    assert "tidings app key add 77" in result.stderr


def test_apps_are_listed(made: Run) -> None:
    made("app", "create", "--sdkappid", 5, "--name", "other")
    made("app", "disable", 77)
    lines = [line.split() for line in made("app", "list").stdout.splitlines()]
    assert [(line[0], line[1], line[4:]) for line in lines] == [("5", "enabled", ["other"]), ("77", "disabled", [])]
    assert [each["sdkappid"] for each in json.loads(made("app", "list", "--json").stdout)] == [5, 77]


def test_an_app_is_shown_without_its_secrets(made: Run) -> None:
    made("app", "settings", 77, "history_days=30")
    shown = made("app", "show", 77).stdout
    assert "Keys:       1 secret, 0 public" in shown
    assert "Settings:   history_days = 30" in shown
    assert "first" not in shown


def test_an_app_is_shut_out_and_let_in(made: Run) -> None:
    for command, state in (("disable", False), ("enable", True)):
        assert made("app", command, 77).stdout == f"SDKAppID 77 is {command}d\n"
        assert json.loads(made("app", "show", 77, "--json").stdout)["enabled"] is state


@pytest.mark.parametrize("typed", ["78\n", "\n", ""])
def test_an_app_is_deleted_only_by_its_number(made: Run, typed: str) -> None:
    assert made("app", "delete", 77, stdin=typed).exit_code == 1
    assert made("app", "show", 77).exit_code == 0


@pytest.mark.parametrize(("args", "typed"), [((), "77\n"), (("--yes",), "")])
def test_a_deleted_app_is_gone(made: Run, args: tuple[str, ...], typed: str) -> None:
    assert made("app", "delete", 77, *args, stdin=typed).stdout.endswith("SDKAppID 77 is gone\n")
    assert made("app", "list").stdout == "There is no app yet; make one with: tidings app create\n"


@pytest.mark.parametrize("command", ["show", "disable", "enable", "delete"])
def test_an_app_that_is_not_there_is_told(made: Run, command: str) -> None:
    result = made("app", command, 78)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "there is no app with SDKAppID 78; tidings app list shows all" in result.stderr
