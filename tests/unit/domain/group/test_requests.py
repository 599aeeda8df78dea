"""Requests to come into groups, and changes of who is in, as values."""

from tidings.domain.group.groups import NOBODY
from tidings.domain.group.requests import NO_ONE, Answer, JoinChange, JoinRequest, Stage
from tidings.ids import AccountNumber, GroupNumber


def test_a_request_is_open_until_it_is_answered() -> None:
    request = JoinRequest(GroupNumber(1), AccountNumber(2), NOBODY, Stage.APPLICATION, "hi", "key", 5)
    assert (request.answer, request.handler) == (Answer.NONE, NOBODY)


def test_stages_have_the_numbers_of_the_wire() -> None:
    assert [stage.value for stage in Stage] == [0, 1, 2]


def test_a_change_changes_nothing_by_itself() -> None:
    change = JoinChange()
    assert not any((change.notices, change.admitted, change.removed, change.requests, change.bans, change.unbanned))
    assert (change.banned_by, change.handler) == (NO_ONE, NOBODY)
