"""Events of a group: values that compare by what they say."""

from tidings.domain.group.events import CustomNotice, GroupModified, GroupRecalled
from tidings.domain.group.messages import GroupMessage
from tidings.ids import AccountNumber, GroupNumber, UserId

MESSAGE = GroupMessage(GroupNumber(1), AccountNumber(2), UserId("bob"), 10, 7, 10, b"[]")


def test_events_that_say_the_same_are_equal() -> None:
    by = UserId("alice")
    assert GroupRecalled((MESSAGE,), by) == GroupRecalled((MESSAGE,), by, "")
    assert GroupRecalled((MESSAGE,), by) != GroupRecalled((MESSAGE,), by, "spam")
    assert GroupModified(MESSAGE) == GroupModified(MESSAGE)
    assert CustomNotice("x", by, 1, 2) != CustomNotice("x", by, 1, 3)
