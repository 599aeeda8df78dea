"""What happens between two users: where it has its place in the order, and whose unread messages it tells."""

from tests.support.stores import NOW, People, message
from tidings.domain.callbacks import Question
from tidings.domain.happenings import (
    ConversationRead,
    MessageAsked,
    MessageChanged,
    MessageRecalled,
    MessageSent,
    MessagesReceipted,
    MessageUnsent,
)
from tidings.domain.messages import to_conversation


def test_all_of_a_conversation_is_in_one_lane(them: People) -> None:
    sent = message(them.alice, them.bob)
    lanes = {
        each.lane
        for each in (
            MessageAsked(sent, is_online_only=False),
            MessageSent(sent, is_online_only=False),
            MessageUnsent(sent, is_online_only=False, code=1, info=""),
            MessageRecalled(sent),
            MessageChanged(sent),
            ConversationRead(them.bob, them.alice, NOW),
            MessagesReceipted(them.bob, them.alice, (sent,)),
        )
    }
    assert lanes == {to_conversation(them.alice.number, them.bob.number)}


def test_the_receiver_s_unread_messages_are_counted(them: People) -> None:
    sent = message(them.alice, them.bob)
    assert MessageSent(sent, is_online_only=False).counted == them.bob.number
    assert MessageRecalled(sent).counted == them.bob.number
    assert ConversationRead(them.bob, them.alice, NOW).counted == them.bob.number
    assert not MessageUnsent(sent, is_online_only=False, code=1, info="").counted


def test_a_message_is_asked_about(them: People) -> None:
    asked = MessageAsked(message(them.alice, them.bob), is_online_only=False)
    assert isinstance(asked, Question)
    assert asked.is_message
