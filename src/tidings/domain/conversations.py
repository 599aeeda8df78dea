"""The list of conversations: pages for app servers, pins, deletion (spec/rest/recentcontact.yaml).

Everything here is one side's own: the peer keeps its conversation and messages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.events import ConversationsDeleted, ConversationsPinned, HistoryCleared, KeptEvent
from tidings.domain.ports import Delivery, ListedConversation, Peer
from tidings.domain.telling import Changed, tell
from tidings.ids import AccountNumber, InstanceId, UserId
from tidings.pending import Pending

PAGE = 100
BEYOND_ALL = 1 << 62
ToEvent = Callable[[Sequence[AccountNumber]], KeptEvent | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: behind the conversation with this time (unix seconds) and peer."""

    time: int = BEYOND_ALL
    peer: int = BEYOND_ALL


FIRST = Place()


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Part of a list, newest first: pinned conversations, the others, or (None) both as one."""

    is_pinned: bool | None
    after: Place
    limit: int
    with_empty: bool


@dataclass(frozen=True, slots=True)
class ListWish:
    """What a page of the list shall hold.

    `pins_first`: pinned conversations come before the others, behind `top`; else all are one list.
    """

    ordinary: Place
    top: Place
    pins_first: bool
    with_empty: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of the list, and where it goes on."""

    rows: list[ListedConversation]
    ordinary: Place
    top: Place
    is_complete: bool


class ListStore(Protocol):
    """What the list of conversations asks of the store."""

    async def listed(self, account: AccountNumber, query: ListQuery, listed: int) -> list[ListedConversation]:
        """Return part of the list, pinned ones and the `listed` newest others."""
        ...

    async def still_listed(self, account: AccountNumber, peers: Sequence[AccountNumber]) -> set[AccountNumber]:
        """Return with which of these peers the account's list has a conversation."""
        ...

    def pin(
        self, account: AccountNumber, peers: Sequence[AccountNumber], limit: int, time: int, to_event: ToEvent
    ) -> Pending[Changed[None]]:
        """Pin conversations, listing those that are not; raises 51012 if more than `limit` were pinned."""
        ...

    def unpin(
        self, account: AccountNumber, peers: Sequence[AccountNumber], time: int, to_event: ToEvent
    ) -> Pending[Changed[None]]:
        """Take pins away."""
        ...

    def delete(
        self, account: AccountNumber, peers: Sequence[AccountNumber], time: int, to_event: ToEvent, *, clears: bool
    ) -> Pending[Changed[None]]:
        """Take conversations out of the list, with pin and unread number; `clears`: hide their history, too."""
        ...

    def clear(self, account: AccountNumber, peer: AccountNumber, time: int, event: KeptEvent) -> Pending[Changed[None]]:
        """Hide a conversation's history from one side for good; the event is logged if it stands in the list."""
        ...


class Conversations:
    """What users do with their list."""

    def __init__(self, store: ListStore, delivery: Delivery, clock: Clock) -> None:
        """Read and write `store`, tell through `delivery`."""
        self._store = store
        self._delivery = delivery
        self._clock = clock

    async def page(self, app: App, owner: Account, wish: ListWish) -> ListPage:
        """Return a page of the list, newest first."""
        listed = app.settings.listed_conversations
        pinned: list[ListedConversation] = []
        if wish.pins_first:
            query = ListQuery(is_pinned=True, after=wish.top, limit=PAGE + 1, with_empty=wish.with_empty)
            pinned = await self._store.listed(owner.number, query, listed)
            if len(pinned) > PAGE:
                pinned = pinned[:PAGE]
                return ListPage(pinned, wish.ordinary, _behind(pinned, wish.top), is_complete=False)
        room = PAGE - len(pinned)
        kind = False if wish.pins_first else None
        query = ListQuery(is_pinned=kind, after=wish.ordinary, limit=room + 1, with_empty=wish.with_empty)
        found = await self._store.listed(owner.number, query, listed)
        shown = found[:room]
        return ListPage(
            [*pinned, *shown],
            _behind(shown, wish.ordinary),
            _behind(pinned, wish.top),
            is_complete=len(found) == len(shown),
        )

    async def still_listed(self, owner: Account, peers: Sequence[AccountNumber]) -> set[AccountNumber]:
        """Return with which of these peers the list has a conversation."""
        return await self._store.still_listed(owner.number, peers)

    async def pin(self, app: App, owner: Account, peers: Sequence[Peer], source: InstanceId) -> None:
        """Pin conversations; raises 51012 if the app allows fewer."""

        def to_event(numbers: Sequence[AccountNumber]) -> KeptEvent:
            return ConversationsPinned(_names(peers, numbers), is_pinned=True, groups=_groups(peers, numbers))

        limit, now = app.settings.pinned_conversations, int(self._clock.now())
        await self._told(owner, self._store.pin(owner.number, _numbers(peers), limit, now, to_event), source)

    async def unpin(self, owner: Account, peers: Sequence[Peer], source: InstanceId) -> None:
        """Take pins away."""

        def to_event(numbers: Sequence[AccountNumber]) -> KeptEvent:
            return ConversationsPinned(_names(peers, numbers), is_pinned=False, groups=_groups(peers, numbers))

        now = int(self._clock.now())
        await self._told(owner, self._store.unpin(owner.number, _numbers(peers), now, to_event), source)

    async def delete(
        self, app: App, owner: Account, peers: Sequence[Peer], source: InstanceId, *, clears: bool
    ) -> None:
        """Take conversations out of the list; whether other devices are told is the app's setting."""

        def to_event(numbers: Sequence[AccountNumber]) -> KeptEvent | None:
            is_told = app.settings.sync_deletions
            if not is_told:
                return None
            return ConversationsDeleted(_names(peers, numbers), is_cleared=clears, groups=_groups(peers, numbers))

        now = int(self._clock.now())
        pending = self._store.delete(owner.number, _numbers(peers), now, to_event, clears=clears)
        await self._told(owner, pending, source)

    async def clear(self, owner: Account, peer: Peer, source: InstanceId) -> None:
        """Hide the history with `peer` from the owner for good; the conversation stays in the list."""
        event = HistoryCleared(peer.user_id) if peer.number > 0 else HistoryCleared(UserId(""), peer.user_id)
        pending = self._store.clear(owner.number, peer.number, int(self._clock.now()), event)
        await self._told(owner, pending, source)

    async def _told(self, owner: Account, pending: Pending[Changed[None]], source: InstanceId) -> None:
        tell(self._delivery, owner.number, pending, source)
        await pending


def _numbers(peers: Sequence[Peer]) -> list[AccountNumber]:
    return list(dict.fromkeys(peer.number for peer in peers))


def _names(peers: Sequence[Peer], numbers: Sequence[AccountNumber]) -> tuple[UserId, ...]:
    names = {peer.number: peer.user_id for peer in peers}
    return tuple(names[number] for number in numbers if number > 0)


def _groups(peers: Sequence[Peer], numbers: Sequence[AccountNumber]) -> tuple[str, ...]:
    names = {peer.number: peer.user_id for peer in peers}
    return tuple(names[number] for number in numbers if number < 0)


def _behind(rows: list[ListedConversation], before: Place) -> Place:
    return Place(rows[-1].time, rows[-1].place) if rows else before
