"""`tidings app admin`: list, appoint and dismiss."""

import json

import pytest

from tests.unit.cli.conftest import Run


def admins(run: Run) -> list[str]:
    found: list[str] = json.loads(run("app", "admin", "list", 77, "--json").stdout)
    return found


def test_an_admin_is_appointed_once(made: Run) -> None:
    assert made("app", "admin", "add", 77, "bob").stdout == "bob is an app admin of SDKAppID 77\n"
    assert made("app", "admin", "add", 77, "bob").stdout == "bob is already an app admin of SDKAppID 77\n"
    assert admins(made) == ["administrator", "bob"]
    assert made("app", "admin", "list", 77).stdout == "administrator\nbob\n"


def test_the_last_admin_may_be_dismissed(made: Run) -> None:
    assert "no app admin of SDKAppID 77 any more" in made("app", "admin", "remove", 77, "administrator").stdout
    assert admins(made) == []
    assert "nobody may call its REST commands" in made("app", "admin", "list", 77).stdout


def test_who_is_no_admin_can_not_be_dismissed(made: Run) -> None:
    result = made("app", "admin", "remove", 77, "bob")
    assert result.exit_code == 1
    assert "bob is no app admin of SDKAppID 77; tidings app admin list 77 shows all" in result.stderr


@pytest.mark.parametrize("command", [("list", 78), ("add", 78, "bob"), ("remove", 78, "bob")])
def test_an_app_that_is_not_there_has_no_admins(made: Run, command: tuple[str | int, ...]) -> None:
    result = made("app", "admin", *command)
    assert result.exit_code == 1
    assert "there is no app with SDKAppID 78" in result.stderr


def test_other_than_a_user_id_is_refused(made: Run) -> None:
    assert made("app", "admin", "add", 77, "bö").exit_code == 2
