"""What can happen to an account, as values.

Kept events stand in the account's log, each at its own position; a device that was away asks for
them by position. Live events are only told to connections. An arriving message needs no entry of
its own: the stored message is its entry.
"""

from dataclasses import dataclass

from tidings.domain.devices import KickReason
from tidings.ids import AccountNumber, UserId


@dataclass(frozen=True, slots=True)
class MessageRef:
    """The values by which clients know a one-to-one message again."""

    sender: AccountNumber
    sender_id: UserId
    receiver_id: UserId
    seq: int
    random: int
    time: int
    client_time: int


@dataclass(frozen=True, slots=True)
class MessageRecalled:
    """A message was taken back."""

    message: MessageRef
    revoker_id: UserId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MessageModified:
    """A message has new content; `body` is the JSON array of its elements."""

    message: MessageRef
    version: int
    body: bytes
    custom_data: str


@dataclass(frozen=True, slots=True)
class ReadByPeer:
    """The other side has read the conversation up to `time`, unix seconds."""

    reader_id: UserId
    time: int


@dataclass(frozen=True, slots=True)
class ReadElsewhere:
    """Another device of the account has read the conversation with `peer_id` up to `time`."""

    peer_id: UserId
    time: int


@dataclass(frozen=True, slots=True)
class AllReadElsewhere:
    """Another device of the account has read every one-to-one conversation up to `time`."""

    time: int


@dataclass(frozen=True, slots=True)
class ReceiptGiven:
    """The receiver of these messages has sent receipts for them at `time`."""

    reader_id: UserId
    time: int
    messages: tuple[MessageRef, ...]


@dataclass(frozen=True, slots=True)
class ExtensionsChanged:
    """Extensions of a message were set (1), deleted (2) or cleared (3): `operation`.

    `pairs` are key, value (empty: deleted) and seq of each that changed; `last_seq` counts the changes,
    `cleared_seq` is its count at the last clearing (domain/extensions.py).
    """

    message: MessageRef
    operation: int
    pairs: tuple[tuple[str, str, int], ...]
    last_seq: int
    cleared_seq: int


@dataclass(frozen=True, slots=True)
class MessageReacted:
    """A reaction to a message was added or taken away: by how many it is now, and who the first of them are.

    `is_own`: the account whose log this stands in is among them.
    """

    message: MessageRef
    reaction: str
    count: int
    user_ids: tuple[UserId, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class ConversationsDeleted:
    """Conversations left the account's list; `is_cleared`: and their history the account's view."""

    peer_ids: tuple[UserId, ...]
    is_cleared: bool
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryCleared:
    """The history with `peer_id` left the account's view; the conversation stays in the list, empty.

    That of a group has `group`, the group's ID, and no peer.
    """

    peer_id: UserId
    group: str = ""


@dataclass(frozen=True, slots=True)
class ConversationsPinned:
    """Conversations were pinned to the top of the list, or are no more."""

    peer_ids: tuple[UserId, ...]
    is_pinned: bool
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConversationMarks:
    """The marks of a conversation as they are now: 64 bits, and the custom mark.

    `has_bits`, `has_custom`: which of the two were set.
    """

    peer_id: UserId
    bits: int
    custom: str
    has_bits: bool
    has_custom: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class ConversationsMarked:
    """Conversations have other marks."""

    marks: tuple[ConversationMarks, ...]


@dataclass(frozen=True, slots=True)
class ConversationGroupCreated:
    """There is a new group of conversations, and these are in it."""

    number: int
    name: str
    peer_ids: tuple[UserId, ...]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConversationGroupDeleted:
    """A group of conversations is gone; the conversations stay."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class ConversationGroupRenamed:
    """A group of conversations has another name."""

    number: int
    name: str
    old_name: str


@dataclass(frozen=True, slots=True)
class ConversationGroupChanged:
    """Conversations were put into a group, or taken out."""

    number: int
    name: str
    added_ids: tuple[UserId, ...]
    removed_ids: tuple[UserId, ...]
    added_groups: tuple[str, ...] = ()
    removed_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiveOptionSet:
    """How messages of these users are received is another now (domain/receiving.py)."""

    peer_ids: tuple[UserId, ...]
    option: int


@dataclass(frozen=True, slots=True)
class QuietTimeSet:
    """When nobody's messages are to disturb is another now; times are unix seconds."""

    option: int
    start: int
    end: int
    is_repeated: bool


@dataclass(frozen=True, slots=True)
class ProfileField:
    """A field of a profile and its value; an empty text: it has none any more."""

    tag: str
    value: int | str


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """Fields of a user's profile have other values."""

    user_id: UserId
    fields: tuple[ProfileField, ...]


@dataclass(frozen=True, slots=True)
class FollowChange:
    """A user became, or is no more, what the types say: follower 1, followed 2, both 3; `time` in unix seconds."""

    peer_id: UserId
    time: int
    types: tuple[int, ...]
    is_added: bool


@dataclass(frozen=True, slots=True)
class FollowsChanged:
    """Users follow the account, or are followed by it, or no more."""

    changes: tuple[FollowChange, ...]


@dataclass(frozen=True, slots=True)
class GroupReadElsewhere:
    """Another device of the account has read the group up to `seq`."""

    group: str
    seq: int


@dataclass(frozen=True, slots=True)
class GroupReceipt:
    """How many have read a message of a group and how many have not; the rest is how clients know it again."""

    seq: int
    random: int
    client_time: int
    sender: AccountNumber
    read: int
    unread: int


@dataclass(frozen=True, slots=True)
class GroupReceiptsGiven:
    """Somebody has read messages that the account sent into a group."""

    group: str
    receipts: tuple[GroupReceipt, ...]


@dataclass(frozen=True, slots=True)
class GroupNotice:
    """A group tells the account something; `kind` says what (domain/group/notices.py), `operator_id` did it.

    `key` is what an answer to a request must repeat, `user_ids` are whom it concerns besides the account;
    `receive` is a new receive option; `time` in unix seconds.
    """

    kind: int
    group: str
    name: str
    group_kind: str
    operator_id: UserId
    time: int
    random: int
    wording: str = ""
    key: str = ""
    user_ids: tuple[UserId, ...] = ()
    receive: str = ""


@dataclass(frozen=True, slots=True)
class FriendRequested:
    """A friend request was made or made anew; `user_id` is the other side's, `asker_id` who asks.

    Name and picture are the other side's; `time` in unix seconds.
    """

    user_id: UserId
    nick: str
    face_url: str
    source: str
    wording: str
    time: int
    asker_id: UserId


@dataclass(frozen=True, slots=True)
class FriendRequestEnded:
    """A friend request was answered or deleted; `is_own`: it was the account that had asked."""

    user_id: UserId
    is_own: bool


@dataclass(frozen=True, slots=True)
class FriendField:
    """A field of a friend's entry and its value: a text, a number, or names of groups; empty: it has none any more."""

    tag: str
    value: int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FriendUpdate:
    """Fields of a friend's entry have other values."""

    user_id: UserId
    fields: tuple[FriendField, ...]


@dataclass(frozen=True, slots=True)
class FriendGroupChange:
    """A friend group is new (`old_name` empty), gone (`name` empty), or has another name."""

    name: str
    old_name: str


@dataclass(frozen=True, slots=True)
class RelationsChanged:
    """The account's friends, friend requests, blocklist or friend groups are others now.

    What is told of groups happened first, updates happened last. `read_until`: friend requests up to that
    time, unix seconds, were seen; 0 for none.
    """

    added_ids: tuple[UserId, ...] = ()
    deleted_ids: tuple[UserId, ...] = ()
    requests: tuple[FriendRequested, ...] = ()
    ended_requests: tuple[FriendRequestEnded, ...] = ()
    blocked_ids: tuple[UserId, ...] = ()
    unblocked_ids: tuple[UserId, ...] = ()
    updates: tuple[FriendUpdate, ...] = ()
    groups: tuple[FriendGroupChange, ...] = ()
    read_until: int = 0


KeptEvent = (
    MessageRecalled
    | MessageModified
    | ReadByPeer
    | ReadElsewhere
    | AllReadElsewhere
    | ReceiptGiven
    | ExtensionsChanged
    | MessageReacted
    | ConversationsDeleted
    | HistoryCleared
    | ConversationsPinned
    | ConversationsMarked
    | ConversationGroupCreated
    | ConversationGroupDeleted
    | ConversationGroupRenamed
    | ConversationGroupChanged
    | ReceiveOptionSet
    | QuietTimeSet
    | ProfileChanged
    | FollowsChanged
    | GroupReadElsewhere
    | GroupReceiptsGiven
    | GroupNotice
    | RelationsChanged
)


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """A user's status or custom status is another now; told live, not kept."""

    user_id: UserId
    status: int
    custom_status: str


@dataclass(frozen=True, slots=True)
class KickedOut:
    """A login was ended; told to its connection, not kept."""

    reason: KickReason
    by_platform: str = ""


LiveEvent = StatusChanged | MessageModified
