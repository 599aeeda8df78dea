"""Read positions, unread numbers, the conversation list and the account's log.

Unread is computed from the read position, never kept as a counter that can drift.
"""

from collections.abc import Sequence

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.callbacks import note
from tidings.domain.events import AllReadElsewhere, KeptEvent, ReadByPeer, ReadElsewhere
from tidings.domain.happenings import ConversationRead
from tidings.domain.ports import ConversationState, ConversationStore, Delivery, Logged, LogPage, UnreadLimits
from tidings.ids import AccountNumber, InstanceId, Position
from tidings.pending import Pending

LOG_PAGE = 200
LIST_PAGE = 100
# Messages may be dated later than now: the clock was set back, or an import said so.
EVERYTHING = 1 << 62


class Reading:
    """What a user has read and still has to read."""

    def __init__(self, store: ConversationStore, delivery: Delivery, clock: Clock) -> None:
        """Read and write `store`, tell through `delivery`."""
        self._store = store
        self._delivery = delivery
        self._clock = clock

    async def mark_read(
        self, reader: Account, peer: Account, time: int | None, source: InstanceId, *, tells_peer: bool = True
    ) -> None:
        """Mark the conversation with `peer` as read up to `time`, unix seconds; None means now."""
        now = int(self._clock.now())
        time, up_to = (now, EVERYTHING) if time is None or time >= now else (time, time)
        told = [Logged(reader.number, ReadElsewhere(peer.user_id, time))]
        if tells_peer and peer.number != reader.number:
            told.append(Logged(peer.number, ReadByPeer(reader.user_id, time)))
        note(ConversationRead, reader, peer, time)
        pending = self._store.mark_read(reader.number, peer.number, time, up_to, told)
        for logged in told:
            self._tell(pending, logged.account, logged.event, source)
        await pending

    async def mark_all_read(self, reader: Account, source: InstanceId) -> None:
        """Mark every one-to-one conversation as read up to now, and tell the reader's other devices."""
        time = int(self._clock.now())
        own, to_peers = AllReadElsewhere(time), ReadByPeer(reader.user_id, time)

        def tell(done: Pending[tuple[Position, list[AccountNumber]]]) -> None:
            if done.is_ok:
                position, peers = done.result()
                self._delivery.event(reader.number, position, own, source)
                for peer in peers:
                    self._delivery.event(peer, position, to_peers, source)

        pending = self._store.mark_all_read(reader.number, time, own, to_peers)
        pending.then(tell)
        await pending

    async def unread(
        self, app: App, account: Account, peers: Sequence[AccountNumber] | None = None
    ) -> dict[AccountNumber, int]:
        """Count unread messages by the peer's account number, within the app's unread limits."""
        return await self.unread_of(app, account.number, peers)

    async def unread_of(
        self, app: App, account: AccountNumber, peers: Sequence[AccountNumber] | None = None
    ) -> dict[AccountNumber, int]:
        """Count what `unread` does, for an account that is known by its number only."""
        limits = UnreadLimits(app.settings.unread_conversations, app.settings.unread_messages, int(self._clock.now()))
        return await self._store.unread(account, limits, peers)

    async def peer_read_times(self, account: Account, peers: Sequence[AccountNumber]) -> dict[AccountNumber, int]:
        """Return up to when each peer has read, unix seconds; absent means never."""
        return await self._store.read_times(account.number, peers)

    async def conversations(self, app: App, account: Account, after: Position) -> list[ConversationState]:
        """Return up to LIST_PAGE + 1 conversations that changed after a position, oldest change first."""
        return await self._store.conversations(account.number, after, LIST_PAGE + 1, app.settings.listed_conversations)

    async def log_after(self, account: Account, position: Position) -> LogPage:
        """Return up to LOG_PAGE entries of the account's log after a position."""
        return await self._store.log_after(account.number, position, LOG_PAGE, int(self._clock.now()))

    async def newest_position(self) -> Position:
        """Return the position that a device with nothing to catch up on starts from."""
        return await self._store.newest_position()

    def _tell(
        self,
        pending: Pending[Position | None] | Pending[Position],
        account: AccountNumber,
        event: KeptEvent,
        source: InstanceId,
    ) -> None:
        def tell(done: Pending[Position] | Pending[Position | None]) -> None:
            if done.is_ok and (position := done.result()) is not None:
                self._delivery.event(account, position, event, source)

        pending.then(tell)
