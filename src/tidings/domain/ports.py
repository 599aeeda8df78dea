"""What the rules ask of the outside: the store of messages, and delivery to connections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.domain.accounts import Account
from tidings.domain.devices import KickReason, Session
from tidings.domain.events import KeptEvent, LiveEvent
from tidings.domain.messages import Message, MessageKey
from tidings.ids import AccountNumber, ConversationNumber, InstanceId, Position, UserId
from tidings.pending import Pending

GROUP_PLACE = 1 << 40


class Peer(Protocol):
    """The other end of a conversation: an account, or a group, whose number is negative and whose name is its ID."""

    @property
    def number(self) -> AccountNumber:
        """Return the account's number, or the group's, negative."""
        ...

    @property
    def user_id(self) -> UserId:
        """Return the user's or the group's ID."""
        ...


@dataclass(frozen=True, slots=True)
class PageQuery:
    """A page of one side's history, newest first unless `newer`.

    `start` excludes the message it names and everything on its far side; `min_time` and
    `max_time` are inclusive unix seconds.
    """

    viewer: AccountNumber
    peer: AccountNumber
    limit: int
    min_time: int
    max_time: int
    start: MessageKey | None = None
    newer: bool = False
    with_recalled: bool = True


@dataclass(frozen=True, slots=True)
class Traits:
    """What one side has set for a conversation: marks (64 bits), the groups it is in, how it is received.

    `marked_at`: when marks or groups changed last, unix seconds; 0 means never.
    """

    marks: int = 0
    custom_mark: str = ""
    groups: tuple[int, ...] = ()
    marked_at: int = 0
    receive_option: int = 0


@dataclass(frozen=True, slots=True)
class ListedConversation:
    """A row of one side's list; `time` is that of the last message, unix seconds."""

    peer: Peer
    time: int
    is_pinned: bool
    traits: Traits

    @property
    def place(self) -> int:
        """Return what orders rows of one time: users by their numbers, then groups by theirs."""
        return self.peer.number if self.peer.number > 0 else GROUP_PLACE - self.peer.number


@dataclass(frozen=True, slots=True)
class ConversationState:
    """One side's view of a conversation; times are unix seconds, 0 means never.

    `last` is None for one that stands in the list without a message.
    """

    peer: Account
    changed_at: Position
    last: Message | None
    read_time: int
    peer_read_time: int
    time: int
    is_pinned: bool
    traits: Traits


@dataclass(frozen=True, slots=True)
class UnreadLimits:
    """How much unread is counted: the app's limits and the moment that lifetimes are judged at."""

    conversations: int
    messages: int
    now: int


@dataclass(frozen=True, slots=True)
class LogPage:
    """Part of an account's log: messages and events in order, and the position it reaches.

    `has_gap`: what stood between the asked position and the first entry has expired.
    """

    entries: list[Message | tuple[Position, KeptEvent]]
    reached: Position
    is_complete: bool
    has_gap: bool


@dataclass(frozen=True, slots=True)
class Logged:
    """An event for an account's log."""

    account: AccountNumber
    event: KeptEvent


class MessageStore(Protocol):
    """What one-to-one messages and conversations ask of the store.

    A write is atomic and durable once its pending resolves; positions grow in commit order.
    """

    def append(self, message: Message) -> Pending[None]:
        """Store a message and set its position."""
        ...

    def import_message(self, message: Message) -> Pending[bool]:
        """Store a message with its own time, unless its key is taken: then False."""
        ...

    def settle(self) -> Pending[None]:
        """Resolve once everything written before is durable."""
        ...

    async def recent(self, since: int) -> list[Message]:
        """Return the messages sent at `since` or later, in commit order; imported ones were not sent."""
        ...

    async def find_message(self, conversation: ConversationNumber, key: MessageKey) -> Message | None:
        """Return the message of that key."""
        ...

    async def find_repeat(self, message: Message, since: int) -> Message | None:
        """Return the stored message that has the same sender, seq, random and client time."""
        ...

    async def page(self, query: PageQuery) -> list[Message]:
        """Return a page of history, in the order the query asks for."""
        ...

    def recall(self, message: Message, logged: Sequence[Logged]) -> Pending[Position | None]:
        """Mark a message as recalled; None if it was already."""
        ...

    def modify(self, message: Message, given_version: int, logged: Sequence[Logged]) -> Pending[Position | None]:
        """Replace body and custom data if the stored version is `given_version`; else None."""
        ...

    def hide(self, messages: Sequence[Message], viewer: AccountNumber) -> Pending[None]:
        """Hide messages of one conversation from one side for good; its list shows the newest left."""
        ...

    def give_receipts(self, messages: Sequence[Message], logged: Sequence[Logged]) -> Pending[Position]:
        """Mark messages as read by their receiver."""
        ...


class ConversationStore(Protocol):
    """What read positions, unread numbers, conversation lists and logs ask of the store."""

    def mark_read(
        self, reader: AccountNumber, peer: AccountNumber, time: int, up_to: int, logged: Sequence[Logged]
    ) -> Pending[Position | None]:
        """Mark what is dated `up_to` or before as read, and keep `time` as when; None if nothing changed."""
        ...

    def mark_all_read(
        self, reader: AccountNumber, time: int, own: KeptEvent, to_peers: KeptEvent
    ) -> Pending[tuple[Position, list[AccountNumber]]]:
        """Move the reader's read positions of all conversations to `time`.

        Returns the peers whose conversations had something new for the reader; each is logged
        `to_peers`, the reader is logged `own`.
        """
        ...

    async def unread(
        self, account: AccountNumber, limits: UnreadLimits, peers: Sequence[AccountNumber] | None = None
    ) -> dict[AccountNumber, int]:
        """Count unread messages of the named conversations, or of all that have some.

        Only the newest conversations count that the limits allow; those with deleted accounts never do.
        """
        ...

    async def conversations(
        self, account: AccountNumber, after: Position, limit: int, listed: int
    ) -> list[ConversationState]:
        """Return up to `limit` of the `listed` newest conversations, changed after a position, in order of change."""
        ...

    async def read_times(self, reader_of: AccountNumber, peers: Sequence[AccountNumber]) -> dict[AccountNumber, int]:
        """Return up to when each peer has read the conversation with the account."""
        ...

    async def log_after(self, account: AccountNumber, position: Position, limit: int, now: int) -> LogPage:
        """Return the account's log after a position; messages past their lifetime are left out."""
        ...

    async def newest_position(self) -> Position:
        """Return the position of the last committed change."""
        ...


class SessionStore(Protocol):
    """What logins ask of the store."""

    async def sessions(self, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, list[Session]]:
        """Return the logins of accounts, least recently opened first."""
        ...

    def save_sessions(self, sessions: Sequence[Session]) -> Pending[None]:
        """Create or update logins."""
        ...

    def set_left_at(self, session: Session) -> Pending[None]:
        """Keep when a login lost its connection, unless the login is gone."""
        ...

    def drop_sessions(self, account: AccountNumber, instances: Sequence[InstanceId]) -> Pending[None]:
        """Forget logins."""
        ...


class Delivery(Protocol):
    """Tells connections what happened; never waits, never fails."""

    def message(self, message: Message, source: InstanceId, *, to_sender: bool) -> int:
        """Tell the receiver's devices, and the sender's other devices if asked; returns how many were told."""
        ...

    def event(self, account: AccountNumber, position: Position, event: KeptEvent, source: InstanceId) -> None:
        """Tell an account's devices of a kept event, save the one it came from."""
        ...

    def live(self, accounts: Iterable[AccountNumber], event: LiveEvent, source: InstanceId) -> None:
        """Tell accounts' devices of something that is not kept."""
        ...

    def kick(self, session: Session, reason: KickReason, by_platform: str) -> None:
        """End a login's connection and say why."""
        ...

    def online(self, account: AccountNumber) -> list[Session]:
        """Return the account's logins that have a connection."""
        ...
