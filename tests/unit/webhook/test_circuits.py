"""Receivers that are left alone."""

import pytest
from structlog.testing import capture_logs

from tidings.webhook.circuits import FAILURES, REST_S, Circuit, Circuits


def _tripped() -> Circuit:
    circuit = Circuit("it")
    for _ in range(FAILURES):
        assert circuit.admits(0.0)
        circuit.failed(0.0, "down")
    return circuit


def test_a_few_failures_change_nothing_and_a_success_forgets_them() -> None:
    circuit = Circuit("it")
    for _ in range(FAILURES - 1):
        circuit.failed(0.0, "down")
    circuit.succeeded()
    circuit.failed(0.0, "down")
    assert circuit.is_closed
    assert circuit.admits(0.0)


def test_many_failures_open_it_with_one_note_in_the_log() -> None:
    with capture_logs() as logs:
        circuit = _tripped()
        circuit.failed(0.0, "down")
    assert not circuit.admits(REST_S - 0.1)
    assert [(each["log_level"], each["receiver"], each["reason"]) for each in logs] == [("warning", "it", "down")]


def test_after_a_rest_one_call_finds_out() -> None:
    circuit = _tripped()
    assert [circuit.admits(REST_S), circuit.admits(REST_S)] == [True, False]
    circuit.failed(REST_S, "still down")
    assert not circuit.admits(REST_S * 2 - 0.1)
    assert circuit.admits(REST_S * 2)
    circuit.succeeded()
    assert [circuit.admits(REST_S * 2), circuit.admits(REST_S * 2)] == [True, True]


@pytest.mark.parametrize("other", [(2, "http://a"), (1, "http://b")])
def test_another_app_and_another_address_are_not_concerned(other: tuple[int, str]) -> None:
    circuits = Circuits(lambda: 0.0)
    for _ in range(FAILURES):
        circuits.failed(1, "http://a", "down")
    assert circuits.open == 1
    assert not circuits.admits(1, "http://a")
    assert circuits.admits(*other)
