"""What `tidings serve` refuses before it starts; how it runs is shown in tests/flow/test_program.py."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tidings.cli.serve import serve


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--config", "/nowhere/tidings.toml"), "cannot read settings file /nowhere/tidings.toml"),
        (("--tls-key", "key.pem"), "tls_key is given without tls_cert"),
        (("--tls-cert", "/nowhere/cert.pem"), "No such file or directory"),
    ],
)
def test_a_wrong_option_is_told_in_a_sentence(tmp_path: Path, args: tuple[str, ...], words: str) -> None:
    result = CliRunner().invoke(serve, ["--data", str(tmp_path / "data"), *args])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert words in result.stderr
    assert not (tmp_path / "data").exists()


def test_a_wrong_variable_is_named() -> None:
    result = CliRunner(env={"TIDINGS_PORT": "many"}).invoke(serve, [])
    assert result.exit_code == 1
    assert "setting port = 'many'" in result.stderr
