"""What happens between two users, as an app's server is told of it or asked about it (spec/webhooks.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass

from tidings.domain.accounts import Account
from tidings.domain.callbacks import NOBODY, Happening, Question
from tidings.domain.devices import Platform
from tidings.domain.messages import Message, to_conversation
from tidings.ids import AccountNumber, ConversationNumber, GroupId, UserId


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


@dataclass(slots=True)
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


@dataclass(slots=True)
class RobotAddressed(MessageSent):
    """A message was sent to a chatbot, which reads nothing."""

    @property
    def counted(self) -> AccountNumber:
        """Return nobody."""
        return NOBODY


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
class MessageExtended(Happening):
    """Extensions of a message were changed: the operation, keys with values and counts, the count of the whole."""

    message: Message
    operation: int
    pairs: tuple[tuple[str, str, int], ...]
    seq: int

    @property
    def lane(self) -> ConversationNumber:
        """Return its conversation."""
        return self.message.conversation


@dataclass(frozen=True, slots=True)
class UserPair:
    """Somebody, and whom it concerns."""

    owner: AccountNumber
    owner_id: UserId
    other_id: UserId


@dataclass(frozen=True, slots=True)
class Befriended(UserPair):
    """Who has somebody among its friends now, and on whose wish; `is_forced`: nobody was asked."""

    initiator_id: UserId
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class _OfPairs(Happening):
    """Something that happened to pairs of users, of whom the first one's is the order."""

    pairs: tuple[UserPair, ...]

    @property
    def lane(self) -> ConversationNumber:
        """Return the first owner's number."""
        return ConversationNumber(self.pairs[0].owner)


@dataclass(frozen=True, slots=True)
class FriendsMade(Happening):
    """Users have others among their friends now."""

    pairs: tuple[Befriended, ...]

    @property
    def lane(self) -> ConversationNumber:
        """Return the first owner's number."""
        return ConversationNumber(self.pairs[0].owner)


@dataclass(frozen=True, slots=True)
class FriendsParted(_OfPairs):
    """Users have taken others out of their friends."""


@dataclass(frozen=True, slots=True)
class UsersBlocked(_OfPairs):
    """Users block others."""


@dataclass(frozen=True, slots=True)
class UsersUnblocked(_OfPairs):
    """Users block others no more."""


@dataclass(frozen=True, slots=True)
class FriendAsked:
    """Somebody who is to become a friend."""

    user_id: UserId
    remark: str
    group: str
    source: str
    wording: str


@dataclass(frozen=True, slots=True)
class FriendsAsked(Question):
    """A user is about to add friends; app admins who do are not judged."""

    owner: Account
    friends: tuple[FriendAsked, ...]
    is_both: bool

    is_for_clients = True

    @property
    def lane(self) -> ConversationNumber:
        """Return the owner's number."""
        return ConversationNumber(self.owner.number)


@dataclass(frozen=True, slots=True)
class AnswerAsked:
    """An answer to somebody who wants to be a friend: `reply` is Agree, AgreeAndAdd or Reject."""

    user_id: UserId
    remark: str
    group: str
    reply: str


@dataclass(frozen=True, slots=True)
class AnswersAsked(Question):
    """A user is about to answer friend requests."""

    owner: Account
    answers: tuple[AnswerAsked, ...]

    is_for_clients = True

    @property
    def lane(self) -> ConversationNumber:
        """Return the owner's number."""
        return ConversationNumber(self.owner.number)


@dataclass(frozen=True, slots=True)
class UsersFollowed(Happening):
    """A user follows others."""

    owner: Account
    user_ids: tuple[UserId, ...]

    @property
    def lane(self) -> ConversationNumber:
        """Return the owner's number."""
        return ConversationNumber(self.owner.number)


@dataclass(frozen=True, slots=True)
class UsersUnfollowed(UsersFollowed):
    """A user follows others no more."""


@dataclass(frozen=True, slots=True)
class ProfileSet(Happening):
    """Fields of a profile got values, by their tags."""

    owner: Account
    values: Mapping[str, int | str]

    @property
    def lane(self) -> ConversationNumber:
        """Return the owner's number."""
        return ConversationNumber(self.owner.number)


@dataclass(frozen=True, slots=True)
class AllRead(Happening):
    """A user has read everything, these groups among it: their IDs and last sequences."""

    reader: Account
    groups: tuple[tuple[GroupId, int], ...]

    @property
    def lane(self) -> ConversationNumber:
        """Return the reader's number."""
        return ConversationNumber(self.reader.number)


LOGGED_IN, LOGGED_OUT, CLOSED, SILENT = "Register", "Unregister", "LinkClose", "TimeOut"


@dataclass(frozen=True, slots=True)
class StatusChanged(Happening):
    """A login began, was ended or lost its connection, by one of the causes above.

    `kicked` are platforms that it pushed out.
    """

    account: Account
    cause: str
    kicked: tuple[Platform, ...] = ()

    @property
    def lane(self) -> ConversationNumber:
        """Return the account's number."""
        return ConversationNumber(self.account.number)


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
