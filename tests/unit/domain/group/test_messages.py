"""Group messages as values."""

from tidings.domain.group.messages import NO_SEQ, GroupMessage, Mention, Priority
from tidings.domain.messages import NOWHERE
from tidings.ids import AccountNumber, GroupNumber, UserId


def test_a_new_message_has_no_place_until_it_is_stored() -> None:
    message = GroupMessage(GroupNumber(1), AccountNumber(2), UserId("bob"), 10, 7, 10, b"[]")
    assert (message.seq, message.position, message.priority) == (NO_SEQ, NOWHERE, Priority.NORMAL)


def test_priorities_are_numbered_from_the_most_important() -> None:
    assert sorted(Priority) == [Priority.HIGH, Priority.NORMAL, Priority.LOW, Priority.LOWEST]


def test_a_mention_of_everybody_has_no_name() -> None:
    assert not Mention(UserId("")).user_id
