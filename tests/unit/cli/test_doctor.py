"""`tidings doctor` as a whole; each check is in test_checks.py and test_checks_data.py."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.unit.cli.conftest import Run
from tidings.cli.doctor import doctor

CHECKS = ["settings", "data", "key", "store", "apps", "port", "tls", "clock", "disk", "files"]


def test_one_line_is_said_of_everything(made: Run) -> None:
    result = made("doctor", "--port", 0)
    assert [line[6:16].strip() for line in result.stdout.splitlines()] == CHECKS
    assert result.exit_code == 0


def test_json_says_the_same(made: Run, data: Path) -> None:
    found = json.loads(made("doctor", "--port", 0, "--json").stdout)
    assert [each["check"] for each in found] == CHECKS
    assert found[0] == {"check": "settings", "verdict": "ok", "detail": f"data_dir = {data}, port = 0"}


def test_one_failure_is_enough(made: Run, data: Path) -> None:
    (data / "master.key").unlink()
    assert made("doctor", "--port", 0).exit_code == 1


def test_a_warning_is_no_failure(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDINGS_PROT", "1")
    result = run("doctor", "--port", 0)
    assert (result.exit_code, result.stdout.partition("\n")[0]) == (
        0,
        "warn  settings  there is no such setting, so it is ignored: TIDINGS_PROT",
    )


def test_wrong_settings_are_all_it_says(tmp_path: Path) -> None:
    config = tmp_path / "tidings.toml"
    config.write_text("prot = 1")
    result = CliRunner().invoke(doctor, ["--config", str(config)])
    assert (result.exit_code, result.stdout.count("\n")) == (1, 1)
    assert result.stdout.startswith(f"FAIL  settings  settings file {config}: there is no setting 'prot'")


def test_it_takes_the_options_that_the_server_takes(run: Run) -> None:
    options = ("--host", "::1", "--port", 0, "--tls-cert", "/nowhere/c.pem", "--tls-key", "/nowhere/k.pem")
    result = run("doctor", *options)
    assert result.exit_code == 1
    assert "FAIL  tls       tls_cert /nowhere/c.pem, tls_key /nowhere/k.pem: No such file" in result.stdout
