"""What a client is told, as frozen objects.

A kept event stands in the account's log: it has a `position` above 0 and comes again to a device
that was away. The others (position 0) are told live, once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from tidings_client.elements import Element
from tidings_client.messages import Message


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""


@dataclass(frozen=True, slots=True)
class MessageReceived(Event):
    """A message arrived, or one was sent from another device of the own account (`message.is_own`)."""

    message: Message
    position: int = 0


@dataclass(frozen=True, slots=True)
class MessageRecalled(Event):
    """A message was taken back by `by`; `id` and `key` name it as Message does."""

    id: str
    key: str
    peer: str
    sender: str
    by: str
    reason: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class MessageModified(Event):
    """A message has new content, which is its `version` now."""

    id: str
    key: str
    peer: str
    sender: str
    version: int
    elements: tuple[Element, ...]
    custom_data: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class ReadByPeer(Event):
    """`peer` has read the conversation up to `time`, unix seconds."""

    peer: str
    time: int
    position: int = 0


@dataclass(frozen=True, slots=True)
class ReadReceipt(Event):
    """`peer` has sent receipts for these messages (their `key`s and `id`s) at `time`, unix seconds."""

    peer: str
    time: int
    ids: tuple[str, ...]
    keys: tuple[str, ...]
    position: int = 0


@dataclass(frozen=True, slots=True)
class Extension:
    """The value of a key on a message, and the number of the change that gave it; an empty value is a deleted one."""

    value: str
    seq: int


@dataclass(frozen=True, slots=True)
class ExtensionsChanged(Event):
    """Extensions of a message are others now; `is_cleared`: all it had are gone. `id` and `key` name the message."""

    id: str
    key: str
    peer: str
    changed: Mapping[str, Extension]
    is_cleared: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction to a message: by how many users, the first of them, and whether the own one is among them."""

    name: str
    count: int
    users: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class ReactionsChanged(Event):
    """Reactions to a message are others now; one with a count of 0 is gone. `id` and `key` name the message."""

    id: str
    key: str
    peer: str
    reactions: tuple[Reaction, ...]
    position: int = 0


@dataclass(frozen=True, slots=True)
class ReadElsewhere(Event):
    """The account has read the conversation with `peer` up to `time`; None means every one.

    Told of other devices; after a lost connection also of what this one read before.
    """

    peer: str | None
    time: int
    position: int = 0


class ReceiveOption(IntEnum):
    """How a user's messages are received: announced, not at all, without notice."""

    NOTIFY = 0
    DISCARD = 1
    QUIET = 2


@dataclass(frozen=True, slots=True)
class QuietTime:
    """When nobody's messages are announced, unix seconds; `is_repeated`: every day at these hours."""

    option: ReceiveOption = ReceiveOption.NOTIFY
    start: int = 0
    end: int = 0
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class ConversationsDeleted(Event):
    """Conversations left the list; `with_history`: and their history the own view."""

    peers: tuple[str, ...]
    with_history: bool
    position: int = 0
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryCleared(Event):
    """The history with `peer`, or of `group`, left the own view; the conversation stays in the list, empty."""

    peer: str
    position: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class ConversationsPinned(Event):
    """Conversations were pinned to the top of the list, or are no more."""

    peers: tuple[str, ...]
    is_pinned: bool
    position: int = 0
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConversationMarked(Event):
    """A conversation with `peer` or of `group` has other mark bits, or another custom mark; None is as before."""

    peer: str
    marks: int | None
    custom_mark: str | None
    position: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class ConversationGroupChanged(Event):
    """A group of conversations was created, renamed, changed or deleted.

    `old_name` is its name before, empty for a new one; `name` that of now, empty if it is gone.
    """

    name: str
    old_name: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    position: int = 0
    added_groups: tuple[str, ...] = ()
    removed_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiveOptionChanged(Event):
    """Messages of `peer` are received in another way."""

    peer: str
    option: ReceiveOption
    position: int = 0


@dataclass(frozen=True, slots=True)
class QuietTimeChanged(Event):
    """It is another time at which nobody's messages are announced."""

    quiet: QuietTime
    position: int = 0


@dataclass(frozen=True, slots=True)
class ConversationChanged(Event):
    """The row of `peer` or of `group` in the list of conversations is another now; without both several may be."""

    peer: str | None
    group: str = ""


class Presence(StrEnum):
    """Whether a user can be reached."""

    ONLINE = "online"
    PUSH_ONLINE = "push_online"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class PresenceChanged(Event):
    """A user's status or custom status is another now; the own one too, if another device set it."""

    user: str
    presence: Presence
    custom_status: str = ""


class Gender(StrEnum):
    """A user's gender."""

    UNKNOWN = "Gender_Type_Unknown"
    FEMALE = "Gender_Type_Female"
    MALE = "Gender_Type_Male"


class AllowType(StrEnum):
    """How others may become a user's friends."""

    NEED_CONFIRM = "AllowType_Type_NeedConfirm"
    ALLOW_ANY = "AllowType_Type_AllowAny"
    DENY_ANY = "AllowType_Type_DenyAny"


class ForbidType(StrEnum):
    """Whether an app admin keeps a user from sending friend requests."""

    NONE = "AdminForbid_Type_None"
    SEND_OUT = "AdminForbid_Type_SendOut"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a user shows; a field without a value is None. `custom` has the app's own fields by their names."""

    user: str
    nick: str | None = None
    face_url: str | None = None
    gender: Gender | None = None
    birthday: int | None = None
    location: str | None = None
    signature: str | None = None
    allow_type: AllowType | None = None
    language: int | None = None
    message_settings: int | None = None
    forbid_type: ForbidType | None = None
    level: int | None = None
    role: int | None = None
    custom: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProfileChanged(Event):
    """Fields of a profile have other values, by the names that Profile has; an empty text means none.

    Told of the own profile, also to the device that changed it, and of friends' profiles.
    """

    user: str
    fields: Mapping[str, int | str]
    custom: Mapping[str, str]
    position: int = 0


class FollowType(IntEnum):
    """What another user is: nothing, a follower, followed, or both."""

    NONE = 0
    FOLLOWER = 1
    FOLLOWED = 2
    MUTUAL = 3


@dataclass(frozen=True, slots=True)
class FollowChange:
    """A user became what `types` say, or is that no more; `time` in unix seconds."""

    user: str
    types: tuple[FollowType, ...]
    is_added: bool
    time: int


@dataclass(frozen=True, slots=True)
class FollowsChanged(Event):
    """Users follow the own one, or are followed, or no more.

    Told to both sides, also to the device that made the change.
    """

    changes: tuple[FollowChange, ...]
    position: int = 0


@dataclass(frozen=True, slots=True)
class Friend:
    """A friend, with what the own user keeps of it; `custom` are the app's own fields."""

    user: str
    remark: str = ""
    groups: tuple[str, ...] = ()
    source: str = ""
    wording: str = ""
    added_at: int = 0
    custom: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FriendRequest:
    """A request of `user`, or with `is_own` to `user`; `time` in unix seconds."""

    user: str
    nick: str
    face_url: str
    source: str
    wording: str
    time: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class RelationsChanged(Event):
    """Friends, friend requests, the blocklist or friend groups are others now.

    Told to all users concerned, also to the device that made the change. `updated` are friends of whom
    something is other; `groups` are old and new names, empty for none.
    """

    added: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    requests: tuple[FriendRequest, ...] = ()
    ended_requests: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    unblocked: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()
    read_until: int = 0
    position: int = 0


class Lost(StrEnum):
    """Why events are missing."""

    LOG_TOO_SHORT = "log_too_short"
    OUT_OF_REACH = "out_of_reach"
    BUFFER_FULL = "buffer_full"


@dataclass(frozen=True, slots=True)
class Gap(Event):
    """Events are missing here: fetch history and conversations anew.

    LOG_TOO_SHORT: the client was away for longer than the server's log, or the history of `group`, reaches back.
    OUT_OF_REACH: the server does not give out what is missing of `group`, perhaps because the account has left it.
    BUFFER_FULL: nobody took the events out in time.
    """

    reason: Lost
    group: str = ""


class KickReason(StrEnum):
    """Why a login was ended from outside."""

    SAME_DEVICE = "same_device"
    OTHER_DEVICE = "other_device"
    BY_SERVER = "by_server"
    USERSIG_ENDED = "usersig_ended"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class KickedOut(Event):
    """The login is over and the client stays out.

    SAME_DEVICE, OTHER_DEVICE: a login of the same or of another kind of device took its place.
    BY_SERVER: the app's server ended it. USERSIG_ENDED: the UserSig has run out and there is no
    fresh one. REFUSED: the server does not let the user in any more; `info` says why.
    """

    reason: KickReason
    info: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionLost(Event):
    """The connection is gone; the client is getting a new one by itself."""

    info: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionRestored(Event):
    """The connection is back, and what was missed has been told."""
