"""Errors: a fault makes its exception, and wherever it is raised it gets the details that its sentence needs."""

import ast
from string import Formatter

import pytest

from tests.support.source import called, python_files, short, tree
from tidings import errors
from tidings.errors import Fault, TidingsError

FAULTS = {name: value for name, value in vars(errors).items() if isinstance(value, Fault)}
RAISED = [
    pytest.param(call, FAULTS[name], id=f"{short(path)}:{call.lineno} {name}")
    for path in python_files("src/tidings")
    for call in ast.walk(tree(path))
    if isinstance(call, ast.Call) and (name := called(call).rpartition(".")[2]) in FAULTS
]


def test_a_fault_makes_an_exception_that_says_cause_and_remedy() -> None:
    fault = Fault(70001, "{what} expired", "make a new one")
    error = fault(what="UserSig")
    assert (error.fault, error.code, error.info) == (fault, 70001, "UserSig expired; make a new one")
    assert str(error) == "UserSig expired"


def test_without_a_remedy_the_cause_stands_alone() -> None:
    assert Fault(20023, "recalled already")().info == "recalled already"


def test_details_with_braces_are_told_as_they_are() -> None:
    assert Fault(90001, "{detail}")(detail="got {x}").info == "got {x}"


def test_a_fault_can_be_caught_as_an_exception_of_ours() -> None:
    with pytest.raises(TidingsError, match="no command"):
        raise errors.NO_SUCH_COMMAND(command="x")


@pytest.mark.parametrize(("call", "fault"), RAISED)
def test_where_a_fault_is_raised_it_gets_its_details(call: ast.Call, fault: Fault) -> None:
    needed = {name for _, name, _, _ in Formatter().parse(fault.cause) if name is not None}
    given = {keyword.arg for keyword in call.keywords}
    assert not call.args
    assert needed <= given or None in given
    assert given <= needed | {None}
