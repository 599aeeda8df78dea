"""What happens between two users, as an app's server is told of it or asked about it (spec/webhooks.yaml)."""

from dataclasses import dataclass

from tidings.domain.accounts import Account
from tidings.domain.callbacks import Happening, Question
from tidings.domain.messages import Message, to_conversation
from tidings.ids import AccountNumber, ConversationNumber


@dataclass(frozen=True, slots=True)
class MessageAsked(Question):
    """A message is about to be sent."""

    message: Message
    is_online_only: bool

    is_message = True

    @property
    def lane(self) -> ConversationNumber:
        """Return its conversation."""
        return self.message.conversation


@dataclass(frozen=True, slots=True)
class MessageSent(Happening):
    """A message was sent."""

    message: Message
    is_online_only: bool

    @property
    def lane(self) -> ConversationNumber:
        """Return its conversation."""
        return self.message.conversation

    @property
    def counted(self) -> AccountNumber:
        """Return its receiver."""
        return self.message.receiver


@dataclass(frozen=True, slots=True)
class MessageUnsent(Happening):
    """A message could not be sent, for a reason."""

    message: Message
    is_online_only: bool
    code: int
    info: str

    @property
    def lane(self) -> ConversationNumber:
        """Return its conversation."""
        return self.message.conversation


@dataclass(frozen=True, slots=True)
class ConversationRead(Happening):
    """A user has read a conversation up to a time, unix seconds."""

    reader: Account
    peer: Account
    time: int

    @property
    def lane(self) -> ConversationNumber:
        """Return the conversation."""
        return to_conversation(self.reader.number, self.peer.number)

    @property
    def counted(self) -> AccountNumber:
        """Return who has read."""
        return self.reader.number


@dataclass(frozen=True, slots=True)
class MessageRecalled(Happening):
    """A message was taken back."""

    message: Message

    @property
    def lane(self) -> ConversationNumber:
        """Return its conversation."""
        return self.message.conversation

    @property
    def counted(self) -> AccountNumber:
        """Return its receiver."""
        return self.message.receiver


@dataclass(frozen=True, slots=True)
class MessageChanged(Happening):
    """A message has other content now."""

    message: Message

    @property
    def lane(self) -> ConversationNumber:
        """Return its conversation."""
        return self.message.conversation


@dataclass(frozen=True, slots=True)
class MessagesReceipted(Happening):
    """A user gave receipts for messages of a peer."""

    reader: Account
    peer: Account
    messages: tuple[Message, ...]

    @property
    def lane(self) -> ConversationNumber:
        """Return the conversation."""
        return to_conversation(self.reader.number, self.peer.number)
