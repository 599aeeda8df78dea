"""Search over a user's own messages (spec/client/message_search.yaml).

Exact: a message is found if one of its texts contains a keyword as it stands, letters of either
case being the same, and if its viewer would see it in the history.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.apps import App
from tidings.domain.folding import fold
from tidings.domain.history import DAY_S
from tidings.domain.messages import Message
from tidings.ids import START, AccountNumber, Position

# A search of all conversations counts in each a tenth of what a search of one counts.
COUNTED_SHARE = 10


@dataclass(frozen=True, slots=True)
class Sought:
    """What a message must have to be found; what is empty does not matter.

    `keywords` are texts of which one (`needs_all`: each) must be part of a text of the message; `types`
    are MsgTypes of which it must have an element, `senders` accounts that may have sent it. Times are
    unix seconds, both inclusive.
    """

    keywords: tuple[str, ...] = ()
    needs_all: bool = False
    types: frozenset[str] = frozenset()
    senders: frozenset[AccountNumber] = frozenset()
    min_time: int = 0
    max_time: int = 1 << 62

    def fits(self, types: Sequence[str], texts: Sequence[str]) -> bool:
        """Say whether a message with elements of these types and with these texts has what is sought."""
        if self.types and self.types.isdisjoint(types):
            return False
        if not self.keywords:
            return True
        folded = [fold(text) for text in texts]
        found = (any(keyword in text for text in folded) for keyword in self.keywords)
        return all(found) if self.needs_all else any(found)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What one account seeks, in its conversation with `peer`, or in all if that is None.

    Of what is found, newest first, `limit` are returned: messages before the position `before` (0: the
    newest), or conversations after the first `skipped`, judged by messages up to `before`. Up to `counted`
    messages of a conversation are counted.
    """

    viewer: AccountNumber
    sought: Sought
    limit: int
    counted: int
    peer: AccountNumber | None = None
    before: Position = START
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class FoundMessages:
    """A page of messages, newest first, and how many there are in all; `rows` were read to find them."""

    messages: list[Message]
    total: int
    is_complete: bool
    rows: int


@dataclass(frozen=True, slots=True)
class FoundConversation:
    """A conversation with something that was found: how much, and the newest of it."""

    count: int
    newest: Message


@dataclass(frozen=True, slots=True)
class FoundConversations:
    """A page of conversations, how many there are in all, and the position `before` of the next page."""

    conversations: list[FoundConversation]
    total: int
    before: Position
    rows: int


class SearchStore(Protocol):
    """What searches ask of the store."""

    async def find_in_conversation(self, query: SearchQuery) -> FoundMessages:
        """Return messages of the conversation with `peer`."""
        ...

    async def find_conversations(self, query: SearchQuery) -> FoundConversations:
        """Return the conversations that have what is sought."""
        ...


class Searching:
    """Answers what users seek among their messages."""

    def __init__(self, store: SearchStore, clock: Clock) -> None:
        """Search in `store`."""
        self._store = store
        self._clock = clock

    async def in_conversation(self, app: App, query: SearchQuery) -> FoundMessages:
        """Return a page of the messages found in one conversation, never reaching past the app's history days."""
        return await self._store.find_in_conversation(self._bounded(app, query, app.settings.searched_messages))

    async def in_all(self, app: App, query: SearchQuery) -> FoundConversations:
        """Return a page of the conversations in which something was found."""
        counted = max(app.settings.searched_messages // COUNTED_SHARE, 1)
        return await self._store.find_conversations(self._bounded(app, query, counted))

    def _bounded(self, app: App, query: SearchQuery, counted: int) -> SearchQuery:
        oldest = int(self._clock.now()) - app.settings.history_days * DAY_S
        sought = query.sought
        keywords = tuple(dict.fromkeys(fold(keyword) for keyword in sought.keywords))
        sought = replace(sought, keywords=keywords, min_time=max(sought.min_time, oldest))
        return replace(query, sought=sought, counted=counted)
