"""Do not disturb: how messages are received, from one user and from all (spec/messages.md, section 18).

What a user refuses to receive is stored and acknowledged like any other message, but it is never
delivered to him and never shows in his history, list or unread numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.events import KeptEvent, QuietTimeSet, ReceiveOptionSet
from tidings.domain.ports import Delivery
from tidings.domain.telling import Changed, tell
from tidings.ids import AccountNumber, InstanceId, Position, UserId
from tidings.pending import Pending

# Who receives, and whose messages are refused.
Refusal = tuple[AccountNumber, AccountNumber]


class ReceiveOption(IntEnum):
    """How a user's messages are received: told and announced, not at all, told without notice."""

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
class OptionChanges:
    """The options that changed after a position, and the position of the last change."""

    options: dict[AccountNumber, ReceiveOption]
    newest: Position


class ReceivingStore(Protocol):
    """What do-not-disturb asks of the store."""

    async def refusals(self) -> list[Refusal]:
        """Return everybody's refusals, save those of oneself: they mean nothing."""
        ...

    async def options(
        self, account: AccountNumber, peers: Sequence[AccountNumber]
    ) -> dict[AccountNumber, ReceiveOption]:
        """Return those of the options that are not NOTIFY."""
        ...

    async def options_after(self, account: AccountNumber, position: Position) -> OptionChanges:
        """Return the options that changed after a position."""
        ...

    def set_option(
        self,
        account: AccountNumber,
        peers: Sequence[AccountNumber],
        option: ReceiveOption,
        time: int,
        event: KeptEvent,
    ) -> Pending[Changed[None]]:
        """Set how users' messages are received; the event is logged if any option changes."""
        ...

    async def quiet_time(self, account: AccountNumber) -> QuietTime | None:
        """Return when the account is not to be disturbed."""
        ...

    def set_quiet_time(
        self, account: AccountNumber, quiet: QuietTime, time: int, event: KeptEvent
    ) -> Pending[Changed[None]]:
        """Keep when the account is not to be disturbed; the event is logged if that is another now."""
        ...


class Receiving:
    """How users want to receive; `refusals` are held in memory, because every send asks."""

    def __init__(self, store: ReceivingStore, delivery: Delivery, clock: Clock) -> None:
        """Read and write `store`, tell through `delivery`."""
        self._store = store
        self._delivery = delivery
        self._clock = clock
        self.refusals: set[Refusal] = set()

    async def remember(self) -> None:
        """Fill the memory of refusals from the store: called once at start."""
        self.refusals.update(await self._store.refusals())

    async def set_option(
        self, owner: Account, peers: Sequence[Account], option: ReceiveOption, source: InstanceId
    ) -> None:
        """Set how these users' messages are received, and tell the owner's other devices."""
        numbers = list(dict.fromkeys(peer.number for peer in peers))
        event = ReceiveOptionSet(tuple(dict.fromkeys(peer.user_id for peer in peers)), option)
        pending = self._store.set_option(owner.number, numbers, option, int(self._clock.now()), event)

        def committed(done: Pending[Changed[None]]) -> None:
            if done.is_ok:
                self._remember(owner.number, numbers, option)

        pending.then(committed)
        tell(self._delivery, owner.number, pending, source)
        await pending

    async def options(self, owner: Account, peers: Sequence[Account]) -> dict[UserId, ReceiveOption]:
        """Return how these users' messages are received."""
        found = await self._store.options(owner.number, [peer.number for peer in peers])
        return {peer.user_id: found.get(peer.number, ReceiveOption.NOTIFY) for peer in peers}

    async def options_after(self, owner: Account, position: Position) -> OptionChanges:
        """Return the options that changed after a position."""
        return await self._store.options_after(owner.number, position)

    async def quiet_time(self, owner: Account) -> QuietTime:
        """Return when the owner is not to be disturbed by anybody."""
        return await self._store.quiet_time(owner.number) or QuietTime()

    async def set_quiet_time(self, owner: Account, quiet: QuietTime, source: InstanceId) -> None:
        """Set when the owner is not to be disturbed by anybody, and tell the other devices."""
        event = QuietTimeSet(quiet.option, quiet.start, quiet.end, quiet.is_repeated)
        pending = self._store.set_quiet_time(owner.number, quiet, int(self._clock.now()), event)
        tell(self._delivery, owner.number, pending, source)
        await pending

    def _remember(self, owner: AccountNumber, peers: Sequence[AccountNumber], option: ReceiveOption) -> None:
        # Nobody can refuse himself: a message to oneself is sent and received at once.
        pairs = [(owner, peer) for peer in peers if peer != owner]
        if option is ReceiveOption.DISCARD:
            self.refusals.update(pairs)
        else:
            self.refusals.difference_update(pairs)
