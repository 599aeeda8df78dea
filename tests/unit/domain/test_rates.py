"""Call rates: so many calls a second for each app and command."""

import pytest

from tests.support.stores import APP, OTHER_APP
from tests.support.usersigs import raises_fault
from tidings.domain.rates import CallRates
from tidings.errors import COMMAND_TOO_OFTEN


@pytest.fixture
def rates() -> CallRates:
    return CallRates()


def _use_up(rates: CallRates, limit: int = 3, now: float = 10.0) -> None:
    for _ in range(limit):
        rates.check(APP, "openim/sendmsg", limit, now)


def test_calls_pass_up_to_the_limit_and_the_next_is_refused(rates: CallRates) -> None:
    _use_up(rates)
    with raises_fault(COMMAND_TOO_OFTEN, "openim/sendmsg", "3 calls"):
        rates.check(APP, "openim/sendmsg", 3, 10.999)


@pytest.mark.parametrize("now", [11.0, 9.9])
def test_another_second_counts_anew_even_if_the_clock_went_back(rates: CallRates, now: float) -> None:
    _use_up(rates)
    _use_up(rates, now=now)


def test_each_app_and_each_command_has_its_own_count(rates: CallRates) -> None:
    _use_up(rates)
    rates.check(OTHER_APP, "openim/sendmsg", 3, 10.0)
    rates.check(APP, "openim/batchsendmsg", 3, 10.0)


def test_a_refused_call_is_not_counted(rates: CallRates) -> None:
    _use_up(rates)
    for _ in range(5):
        with raises_fault(COMMAND_TOO_OFTEN):
            rates.check(APP, "openim/sendmsg", 3, 10.0)
    rates.check(APP, "openim/sendmsg", 4, 10.0)
