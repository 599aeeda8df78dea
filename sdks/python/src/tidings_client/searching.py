"""Searching one's own messages on the server."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import TypedDict

import msgspec

from tidings_client import wire_search as wire
from tidings_client.decode import to_message
from tidings_client.history import LARGEST_PAGE
from tidings_client.messages import Message
from tidings_client.session import Session

QUERY = "message_search.query"


class SearchOptions(TypedDict, total=False):
    """What else a message must have. `needs_all`: all keywords, not one of them; `types` are MsgTypes.

    `start_time` and `end_time` are unix seconds, both inclusive.
    """

    needs_all: bool
    senders: Iterable[str]
    types: Iterable[str]
    start_time: int
    end_time: int


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation in which something was found: how much (counted up to the app's limit), and the newest."""

    peer: str
    count: int
    newest: Message


class Searching:
    """Asks for messages by what they contain."""

    def __init__(self, session: Session) -> None:
        """Search as the user of `session`."""
        self._session = session

    async def pages(
        self, peer: str, keywords: tuple[str, ...], page_size: int, options: SearchOptions
    ) -> AsyncIterator[list[Message]]:
        """Yield pages of what was found in a conversation, newest first; within a page the oldest is first."""
        async for rows in self._rows(_to_query(keywords, page_size, options, peer)):
            for row in rows:
                yield [to_message(message, self._session.user_id) for message in row.messages]

    async def conversations(self, keywords: tuple[str, ...], options: SearchOptions) -> list[Found]:
        """Return every conversation in which something was found, that of the newest find first."""
        pages = self._rows(_to_query(keywords, LARGEST_PAGE, options))
        return [
            Found(row.peer, row.count, to_message(row.messages[0], self._session.user_id))
            async for rows in pages
            for row in rows
        ]

    async def _rows(self, query: wire.Search) -> AsyncIterator[list[wire.SearchRow]]:
        while True:
            page = await self._session.traffic.call(QUERY, query, wire.Searched)
            yield page.rows
            if not page.cursor:
                return
            query = msgspec.structs.replace(query, cursor=page.cursor)


def _to_query(keywords: tuple[str, ...], page_size: int, options: SearchOptions, peer: str = "") -> wire.Search:
    return wire.Search(
        keywords=list(keywords),
        match_type="and" if options.get("needs_all") else "or",
        peer=peer,
        types=list(options.get("types", ())),
        senders=list(options.get("senders", ())),
        start_time=options.get("start_time", 0),
        end_time=options.get("end_time", 0),
        count=min(page_size, LARGEST_PAGE),
    )
