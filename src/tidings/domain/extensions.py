"""Extensions of messages: keys and values that both sides of a conversation may change.

Limits and codes: spec/messages.md, section 21; spec/rest/openim_msg_ext_http_svc.yaml.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.callbacks import note_outcome
from tidings.domain.events import ExtensionsChanged
from tidings.domain.happenings import MessageExtended
from tidings.domain.messages import Flag, Message, MessageKey, to_conversation
from tidings.domain.ports import Delivery, Logged, MessageStore
from tidings.errors import (
    EXTENSION_CONFLICT,
    EXTENSION_MESSAGE_NOT_FOUND,
    EXTENSIONS_TOO_OFTEN,
    MESSAGE_NOT_EXTENSIBLE,
    TOO_MANY_EXTENSIONS,
)
from tidings.ids import AccountNumber, InstanceId, Position
from tidings.pending import Pending

PAIRS, PAIRS_AT_ONCE, PAGE = 300, 20, 200
KEY_BYTES, VALUE_BYTES = 100, 1000
CHANGES_PER_MINUTE = 200
MINUTE_S = 60


class Operation(IntEnum):
    """What is done to extensions; the values are those of the wire."""

    SET = 1
    DELETE = 2
    CLEAR = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """A key, its value (empty: deleted), and the count of changes when it got it; 0 for a pair that never was."""

    key: str
    value: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a pair: 0 or the code why not, and the pair as it is now."""

    code: int
    pair: Pair


@dataclass(frozen=True, slots=True)
class PairBook:
    """Extensions of a message: `last_seq` counts the changes, `cleared_seq` is its count at the last clearing."""

    last_seq: int = 0
    cleared_seq: int = 0
    pairs: Mapping[str, Pair] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Update:
    """What is to be done; `is_checked`: a pair is changed only if its `seq` is the one that is stored."""

    operation: Operation
    pairs: Sequence[Pair]
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Updated:
    """What came of an update: the whole afterwards, the pairs that are new in it, and what became of each."""

    book: PairBook
    fresh: Sequence[Pair]
    outcomes: Sequence[Outcome]
    is_changed: bool


Rule = Callable[[PairBook], Updated]
ToLog = Callable[[Updated], Sequence[Logged]]


class ExtensionStore(Protocol):
    """What extensions ask of the store."""

    def update_pairs(
        self, message: Position, time: int, rule: Rule, to_log: ToLog
    ) -> Pending[tuple[Updated, Position | None]]:
        """Apply a rule to a message's extensions and log what `to_log` makes of the result, in one transaction."""
        ...

    async def pairs(self, message: Position, from_seq: int, limit: int) -> tuple[PairBook, list[Pair]]:
        """Return the counts (without pairs), and up to `limit` pairs with that seq or later, in their order."""
        ...


class ChangeRate:
    """Counts the changes of each message in the current minute."""

    def __init__(self, clock: Clock) -> None:
        """Begin with nothing counted."""
        self._clock = clock
        self._minute = 0
        self._counts: dict[Position, int] = {}

    def count(self, message: Position) -> None:
        """Count a change; raises 23003 for one too many."""
        minute = int(self._clock.now()) // MINUTE_S
        if minute != self._minute:
            self._minute = minute
            self._counts.clear()
        count = self._counts.get(message, 0)
        if count >= CHANGES_PER_MINUTE:
            raise EXTENSIONS_TOO_OFTEN(limit=CHANGES_PER_MINUTE)
        self._counts[message] = count + 1


class Extensions:
    """Reads and changes extensions of one-to-one messages."""

    def __init__(self, store: ExtensionStore, messages: MessageStore, delivery: Delivery, clock: Clock) -> None:
        """Keep them in `store` for what is in `messages`, tell of them through `delivery`."""
        self._store = store
        self._messages = messages
        self._delivery = delivery
        self._rate = ChangeRate(clock)

    async def update(
        self, one: Account, other: Account, key: MessageKey, update: Update, *, source: InstanceId
    ) -> Sequence[Outcome]:
        """Change extensions and tell both sides; a pair that another change came before is told by 23001.

        Raises 23004 for no such message, 23002 for one that was sent without wanting extensions, 23003 for more
        than 200 changes a minute or 300 pairs.
        """
        message = await self._find(one, other, key)
        self._rate.count(message.position)
        note_outcome(MessageExtended, partial(_to_extended, message, update))
        pending = self._store.update_pairs(
            message.position, message.time, partial(apply, update=update), partial(_logged, message, update)
        )
        pending.then(lambda done: self._tell(message, update, done, source))
        return (await pending)[0].outcomes

    async def page(self, one: Account, other: Account, key: MessageKey, from_seq: int) -> tuple[PairBook, list[Pair]]:
        """Return up to 201 pairs from a seq on, in their order; raises 23004, 23002."""
        message = await self._find(one, other, key)
        return await self._store.pairs(message.position, from_seq, PAGE + 1)

    async def _find(self, one: Account, other: Account, key: MessageKey) -> Message:
        message = await self._messages.find_message(to_conversation(one.number, other.number), key)
        if message is None or message.flags & Flag.RECALLED:
            raise EXTENSION_MESSAGE_NOT_FOUND(key=str(key))
        if not message.flags & Flag.EXTENSIBLE:
            raise MESSAGE_NOT_EXTENSIBLE(key=str(key))
        return message

    def _tell(
        self, message: Message, update: Update, done: Pending[tuple[Updated, Position | None]], source: InstanceId
    ) -> None:
        if not done.is_ok:
            return
        updated, position = done.result()
        for logged in _logged(message, update, updated) if position is not None else ():
            if position is not None:
                self._delivery.event(logged.account, position, logged.event, source)


def _to_extended(message: Message, update: Update, done: tuple[Updated, Position | None]) -> MessageExtended | None:
    updated = done[0]
    pairs = tuple((pair.key, pair.value, pair.seq) for pair in updated.fresh)
    is_told = updated.is_changed
    return MessageExtended(message, update.operation.value, pairs, updated.book.last_seq) if is_told else None


def apply(book: PairBook, update: Update) -> Updated:
    """Return what an update makes of a message's extensions; raises 23003 for more than 300 pairs."""
    if update.operation is Operation.CLEAR:
        return _clear(book)
    seq, pairs = book.last_seq, dict(book.pairs)
    outcomes: list[Outcome] = []
    fresh: list[Pair] = []
    for asked in update.pairs:
        now = pairs.get(asked.key, Pair(asked.key))
        if update.is_checked and asked.seq != now.seq:
            outcomes.append(Outcome(EXTENSION_CONFLICT.code, now))
            continue
        value = asked.value if update.operation is Operation.SET else ""
        if value or now.value:
            seq += 1
            now = pairs[asked.key] = Pair(asked.key, value, seq)
            fresh.append(now)
        outcomes.append(Outcome(0, now))
    if (count := sum(1 for pair in pairs.values() if pair.value)) > PAIRS:
        raise TOO_MANY_EXTENSIONS(count=count, limit=PAIRS)
    return Updated(PairBook(seq, book.cleared_seq, pairs), fresh, outcomes, bool(fresh))


def _clear(book: PairBook) -> Updated:
    if not book.pairs:
        return Updated(book, (), (), is_changed=False)
    seq = book.last_seq + 1
    return Updated(PairBook(seq, seq), (), [Outcome(0, Pair(key, "", seq)) for key in book.pairs], is_changed=True)


def _logged(message: Message, update: Update, done: Updated) -> list[Logged]:
    event = ExtensionsChanged(
        message.ref,
        update.operation.value,
        tuple((pair.key, pair.value, pair.seq) for pair in done.fresh),
        done.book.last_seq,
        done.book.cleared_seq,
    )
    sides: dict[AccountNumber, None] = dict.fromkeys((message.sender, message.receiver))
    return [Logged(account, event) for account in sides]
