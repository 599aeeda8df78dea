"""Reactions to messages: a user marks a message with an emoji or any short name (spec/messages.md, section 21)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.domain.accounts import Account
from tidings.domain.events import KeptEvent, MessageReacted
from tidings.domain.messages import Flag, Message, MessageKey, to_conversation
from tidings.domain.ports import Delivery, Logged, MessageStore
from tidings.errors import (
    ALREADY_REACTED,
    EXTENSION_MESSAGE_NOT_FOUND,
    TOO_MANY_REACTING,
    TOO_MANY_REACTIONS,
)
from tidings.ids import AccountNumber, InstanceId, Position, UserId
from tidings.pending import Pending

REACTIONS, USERS = 10, 100
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction to a message: by how many, the first of them, and whether the one who asks is among them."""

    name: str
    count: int
    first: Sequence[UserId]
    is_own: bool


@dataclass(frozen=True, slots=True)
class ReactionPage:
    """Who reacted, in order; `next` is where it goes on, 0 at the end."""

    user_ids: Sequence[UserId]
    next: int


@dataclass(frozen=True, slots=True)
class Reacted:
    """A reaction after a change: by how many, and the first of them."""

    count: int
    first: Sequence[tuple[AccountNumber, UserId]]


ToLog = Callable[[Reacted], Sequence[Logged]]
Told = tuple[Reacted, Position]
Act = Callable[[Position, str, AccountNumber, int, ToLog], Pending[Told | None]]


@dataclass(frozen=True, slots=True)
class Wish:
    """A reaction that an account wants to a message of the conversation of `one` and `other`."""

    by: Account
    one: Account
    other: Account
    key: MessageKey
    name: str


class ReactionStore(Protocol):
    """What reactions ask of the store."""

    def react(
        self, message: Position, name: str, account: AccountNumber, time: int, to_log: ToLog
    ) -> Pending[Told | None]:
        """Add an account's reaction, in one transaction with what `to_log` makes of it.

        Raises 23005 for more than 10 reactions, 23006 for more than 100 accounts, 23007 if it is there already.
        """
        ...

    def unreact(
        self, message: Position, name: str, account: AccountNumber, time: int, to_log: ToLog
    ) -> Pending[Told | None]:
        """Take an account's reaction away; None if there was none."""
        ...

    async def reactions(self, message: Position, viewer: AccountNumber, shown: int) -> list[Reaction]:
        """Return the reactions to a message, the oldest first, each with its first `shown` accounts."""
        ...

    async def reacting(self, message: Position, name: str, after: int, limit: int) -> ReactionPage:
        """Return who reacted so, after a place."""
        ...


class Reactions:
    """Adds, takes away and lists reactions to one-to-one messages."""

    def __init__(self, store: ReactionStore, messages: MessageStore, delivery: Delivery) -> None:
        """Keep them in `store` for what is in `messages`, tell of them through `delivery`."""
        self._store = store
        self._messages = messages
        self._delivery = delivery

    async def add(self, wish: Wish, source: InstanceId) -> None:
        """React to a message and tell both sides; raises 23004 to 23007."""
        await self._change(wish, self._store.react, source)

    async def remove(self, wish: Wish, source: InstanceId) -> None:
        """Take a reaction away and tell both sides; nothing happens if there was none; raises 23004."""
        await self._change(wish, self._store.unreact, source)

    async def of(self, viewer: Account, sides: tuple[Account, Account], key: MessageKey, shown: int) -> list[Reaction]:
        """Return the reactions to a message; none for one that does not exist."""
        message = await self._messages.find_message(to_conversation(sides[0].number, sides[1].number), key)
        return [] if message is None else await self._store.reactions(message.position, viewer.number, shown)

    async def reacting(
        self, sides: tuple[Account, Account], key: MessageKey, name: str, after: int, limit: int
    ) -> ReactionPage:
        """Return who reacted so, page by page; raises 23004."""
        message = await self._find(*sides, key)
        return await self._store.reacting(message.position, name, after, limit)

    async def _find(self, one: Account, other: Account, key: MessageKey) -> Message:
        message = await self._messages.find_message(to_conversation(one.number, other.number), key)
        if message is None or message.flags & Flag.RECALLED:
            raise EXTENSION_MESSAGE_NOT_FOUND(key=str(key))
        return message

    async def _change(self, wish: Wish, act: Act, source: InstanceId) -> None:
        message = await self._find(wish.one, wish.other, wish.key)
        to_log = _to_log(message, wish.name)
        pending = act(message.position, wish.name, wish.by.number, message.time, to_log)

        def tell(done: Pending[Told | None]) -> None:
            if done.is_ok and (told := done.result()) is not None:
                for logged in to_log(told[0]):
                    self._delivery.event(logged.account, told[1], logged.event, source)

        pending.then(tell)
        await pending


def check_room(count_of_names: int, count_of_users: int, *, is_new: bool, is_there: bool) -> None:
    """Let one more reaction in; raises 23007 if it is there, 23005 or 23006 where there is no room."""
    if is_there:
        raise ALREADY_REACTED()
    if is_new and count_of_names >= REACTIONS:
        raise TOO_MANY_REACTIONS(limit=REACTIONS)
    if count_of_users >= USERS:
        raise TOO_MANY_REACTING(limit=USERS)


def _to_log(message: Message, name: str) -> ToLog:
    def to_log(after: Reacted) -> Sequence[Logged]:
        sides: dict[AccountNumber, None] = dict.fromkeys((message.sender, message.receiver))
        return [Logged(account, _event(message, name, after, account)) for account in sides]

    return to_log


def _event(message: Message, name: str, after: Reacted, account: AccountNumber) -> KeptEvent:
    """Return what an account is told: everybody's reaction, and whether one is its own."""
    user_ids = tuple(user_id for _, user_id in after.first)
    is_own = any(number == account for number, _ in after.first)
    return MessageReacted(message.ref, name, after.count, user_ids, is_own)
