"""What happens in groups, as an app's server is told of it or asked about it (spec/webhooks.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass

from tidings.domain.accounts import Account
from tidings.domain.callbacks import Happening, Question
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import Kind
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.news import AttributeChange
from tidings.ids import ConversationNumber, UserId


@dataclass(frozen=True, slots=True)
class _InGroup(Happening):
    """Something of one group; what is of a topic, stays in order within the topic."""

    group: Group

    @property
    def lane(self) -> ConversationNumber:
        """Return the group."""
        return ConversationNumber(-self.group.number)


@dataclass(frozen=True, slots=True)
class _AskedInGroup(Question):
    """Something that is about to happen in one group."""

    group: Group

    @property
    def lane(self) -> ConversationNumber:
        """Return the group."""
        return ConversationNumber(-self.group.number)


@dataclass(frozen=True, slots=True)
class GroupAsked(Question):
    """A group is about to be made; `count` says how many of its kind its owner has."""

    kind: Kind
    name: str
    owner_id: UserId
    members: tuple[UserId, ...]
    count: int

    @property
    def lane(self) -> ConversationNumber:
        """Return nothing's: it has no number yet."""
        return ConversationNumber(0)


@dataclass(frozen=True, slots=True)
class TopicAsked(Question):
    """A topic is about to be made."""

    name: str

    @property
    def lane(self) -> ConversationNumber:
        """Return nothing's: it has no number yet."""
        return ConversationNumber(0)


@dataclass(frozen=True, slots=True)
class JoinAsked(_AskedInGroup):
    """A user asks to come in."""

    account: Account


@dataclass(frozen=True, slots=True)
class InvitationAsked(_AskedInGroup):
    """Users are about to be brought in."""

    user_ids: tuple[UserId, ...]


@dataclass(frozen=True, slots=True)
class GroupMessageAsked(_AskedInGroup):
    """A message is about to be sent."""

    message: GroupMessage
    is_online_only: bool

    is_message = True


@dataclass(frozen=True, slots=True)
class GroupMade(_InGroup):
    """A group was made."""

    owner_id: UserId
    members: tuple[UserId, ...]


@dataclass(frozen=True, slots=True)
class GroupEnded(_InGroup):
    """A group was disbanded."""

    owner_id: UserId


@dataclass(frozen=True, slots=True)
class MembersCame(_InGroup):
    """Accounts came in by themselves, or were brought in by another."""

    members: tuple[Member, ...]
    operator_id: UserId
    is_application: bool


@dataclass(frozen=True, slots=True)
class MembersWent(_InGroup):
    """Members left, or were put out."""

    members: tuple[Member, ...]
    is_own_wish: bool


@dataclass(frozen=True, slots=True)
class GroupFilled(_InGroup):
    """There is no room left in a group."""


@dataclass(frozen=True, slots=True)
class GroupProfileChanged(_InGroup):
    """Fields of a group's profile, by their names in Group, have other values; or of a topic's."""

    changes: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TopicProfileChanged(GroupProfileChanged):
    """Fields of a topic's profile, by their names in Group, have other values."""


@dataclass(frozen=True, slots=True)
class GroupMessageSent(_InGroup):
    """A message was sent."""

    message: GroupMessage
    is_online_only: bool


@dataclass(frozen=True, slots=True)
class RobotsMentioned(GroupMessageSent):
    """A message that mentions chatbots was sent."""


@dataclass(frozen=True, slots=True)
class GroupMessageUnsent(_InGroup):
    """A message could not be sent, for a reason."""

    message: GroupMessage
    is_online_only: bool
    code: int
    info: str


@dataclass(frozen=True, slots=True)
class GroupMessagesRecalled(_InGroup):
    """Messages were taken back."""

    messages: tuple[GroupMessage, ...]


@dataclass(frozen=True, slots=True)
class GroupMessageChanged(_InGroup):
    """A message has other content now."""

    message: GroupMessage


@dataclass(frozen=True, slots=True)
class GroupMessageExtended(_InGroup):
    """Extensions of a message were changed: the operation, keys with values and counts, the count of the whole."""

    message: GroupMessage
    operation: int
    pairs: tuple[tuple[str, str, int], ...]
    seq: int


@dataclass(frozen=True, slots=True)
class GroupAttributesChanged(_InGroup):
    """Attributes were changed: these got these values."""

    change: AttributeChange
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReceiptCount:
    """How many have read a message, how many have not."""

    seq: int
    read: int
    unread: int


@dataclass(frozen=True, slots=True)
class GroupReceipted(_InGroup):
    """Messages got a receipt of a reader."""

    counts: tuple[ReceiptCount, ...]
    readers: tuple[UserId, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupReceiptWanted(_InGroup):
    """A message was sent that wants receipts."""

    message: GroupMessage


@dataclass(frozen=True, slots=True)
class OwnerChanged(_InGroup):
    """A group has another owner."""

    before: UserId
    after: UserId


@dataclass(frozen=True, slots=True)
class MemberChanged(_InGroup):
    """A member has another role or name card; None: the same."""

    member: UserId
    role: str | None = None
    name_card: str | None = None


@dataclass(frozen=True, slots=True)
class TopicMade(_InGroup):
    """A topic was made in a community."""

    topic: Group


@dataclass(frozen=True, slots=True)
class TopicEnded(_InGroup):
    """A topic of a community was deleted."""

    topic_id: str


@dataclass(frozen=True, slots=True)
class PresenceInRoomChanged(_InGroup):
    """An account is in a live room now, or is not any more; `is_lost`: nothing was heard of it."""

    user_id: UserId
    is_in: bool
    is_lost: bool = False
