"""What a handler is given."""

import pytest

from tests.support.stage import Stage
from tidings.command.call import Call
from tidings.ids import NO_INSTANCE


def test_the_account_is_the_callers(stage: Stage) -> None:
    assert Call(stage.rules, stage.app, stage.them.alice, NO_INSTANCE).account is stage.them.alice


def test_a_command_that_needs_a_caller_says_so_instead_of_acting_for_nobody(stage: Stage) -> None:
    with pytest.raises(TypeError, match="needs a caller"):
        _ = Call(stage.rules, stage.app, None, NO_INSTANCE).account
