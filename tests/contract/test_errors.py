"""Errors: what errors.py declares and what the catalogue lists."""

import pytest

from tests.support import catalogue
from tidings import errors
from tidings.errors import Fault

FAULTS = {name: value for name, value in vars(errors).items() if isinstance(value, Fault)}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_code_is_in_the_list_of_errors(name: str) -> None:
    assert FAULTS[name].code in catalogue.error_codes()


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_sentence_says_something_and_ends_without_a_stop(name: str) -> None:
    fault = FAULTS[name]
    assert fault.cause
    assert not fault.cause.endswith(".")
    assert not fault.remedy.endswith(".")


def test_no_two_faults_say_the_same() -> None:
    said = [(fault.code, fault.cause) for fault in FAULTS.values()]
    assert len(said) == len(set(said))
