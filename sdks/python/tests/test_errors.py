import pytest

from tests.support.source import ROOT
from tidings_client import errors
from tidings_client.errors import KickedOutError, NotConnectedError, TidingsError, TimedOutError


def _codes(name: str) -> set[int]:
    lines = (ROOT / "spec" / name).read_text(encoding="utf-8").splitlines()
    return {int(word) for line in lines if (word := line.split("\t")[0]).isdigit()}


def test_error_carries_number_and_sentence() -> None:
    error = TidingsError(20009, "not friends; add each other first")
    assert (error.code, error.info) == (20009, "not friends; add each other first")
    assert str(error) == "not friends; add each other first (code 20009)"
    assert not error.is_repeated


def test_what_the_client_finds_by_itself_says_what_to_do() -> None:
    assert NotConnectedError("closed").code == errors.NO_NETWORK
    timed_out = TimedOutError("openim.sendmsg", 60.0)
    assert timed_out.code == errors.NO_ANSWER
    assert "openim.sendmsg within 60 s" in str(timed_out)


@pytest.mark.parametrize("kind", [NotConnectedError, TimedOutError, KickedOutError])
def test_one_except_clause_catches_them_all(kind: type[Exception]) -> None:
    assert issubclass(kind, TidingsError)


def test_every_number_is_in_the_catalogue() -> None:
    server = errors.LOGIN_OVER | errors.FINAL | {errors.USERSIG_VOID, errors.ALREADY_RECALLED}
    assert server <= _codes("errors.tsv")
    own = {errors.NO_ANSWER, errors.LOGIN_DISPLACED, errors.USERSIG_ENDED, errors.NO_NETWORK}
    assert own <= _codes("errors_sdk.tsv")
