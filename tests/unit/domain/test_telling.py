"""Changes are told once they are committed, and only if they are changes."""

import pytest

from tests.support.delivery import Recorder
from tidings.domain.events import HistoryCleared
from tidings.domain.telling import Changed, tell
from tidings.ids import AccountNumber, InstanceId, Position, UserId
from tidings.pending import Pending

ALICE, HERE = AccountNumber(1), InstanceId(7)
EVENT = HistoryCleared(UserId("bob"))


def test_a_change_is_told_when_it_is_committed(delivery: Recorder) -> None:
    pending = Pending[Changed[None]]()
    tell(delivery, ALICE, pending, HERE)
    assert delivery.events == []
    pending.resolve(Changed(None, EVENT, Position(3)))
    assert (delivery.events, delivery.positions) == ([(ALICE, EVENT, HERE)], [3])


@pytest.mark.parametrize("outcome", [Changed(None), Changed(None, EVENT), ValueError("no")], ids=str)
def test_what_changed_nothing_is_told_to_nobody(delivery: Recorder, outcome: Changed[None] | Exception) -> None:
    pending = Pending[Changed[None]]()
    tell(delivery, ALICE, pending, HERE)
    if isinstance(outcome, Exception):
        pending.fail(outcome)
    else:
        pending.resolve(outcome)
    assert delivery.events == []
