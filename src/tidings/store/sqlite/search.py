"""Searches in SQLite: candidates from the index and from what is not in it yet, each looked into."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import Any

import apsw

from tidings.domain.messages import UNSEEN_BY_RECEIVER, UNSEEN_BY_SENDER, Flag, Message, to_conversation
from tidings.domain.searching import FoundConversation, FoundConversations, FoundMessages, SearchQuery
from tidings.ids import AccountNumber, Position
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import LISTED, MESSAGE_COLUMNS, MESSAGE_SIDES, snapshot, to_list, to_message
from tidings.store.sqlite.search_index import position
from tidings.store.sqlite.tokens import to_expression
from tidings.store.sqlite.transaction import last_position
from tidings.wire.texts import types_and_texts

COLUMNS = "SELECT m.id, m.conversation, m.sender, m.body FROM"
_OTHER = "(m.conversation >> 32) + (m.conversation & 4294967295) - :viewer"
# As in history; and what was written with a deleted account can no more be opened.
VISIBLE = (
    f" JOIN accounts a ON a.number = {_OTHER} AND a.is_deleted = 0"
    f" LEFT JOIN conversations c ON c.account = :viewer AND c.peer = {_OTHER}"
    " WHERE m.time BETWEEN :min_time AND :max_time AND m.id > coalesce(c.cleared_id, 0)"
    f" AND m.flags & CASE m.sender WHEN :viewer THEN {UNSEEN_BY_SENDER | Flag.RECALLED}"
    f" ELSE {UNSEEN_BY_RECEIVER | Flag.RECALLED} END = 0 AND m.id < :before"
)
INDEXED = (
    f"{COLUMNS} search f CROSS JOIN messages m ON m.id = f.rowid{VISIBLE}"
    " AND f.search MATCH :expression AND f.rowid < :before ORDER BY f.rowid DESC"
)
STALE = (
    f"{COLUMNS} search_stale s CROSS JOIN messages m ON m.id = s.id{VISIBLE} AND m.id <= :position"
    " AND (m.conversation >> 32 = :viewer OR m.conversation & 4294967295 = :viewer)"
)
_PAIR = "(min(o.account, o.peer) << 32 | max(o.account, o.peer))"
FRESH = (
    f"{COLUMNS} conversations o CROSS JOIN messages m INDEXED BY message_place"
    f" ON m.conversation = {_PAIR} AND m.id > :position{VISIBLE}"
    " AND o.account = :viewer AND o.newest_id > :position"
)
BY_ID = f"SELECT {MESSAGE_COLUMNS} FROM messages m{MESSAGE_SIDES} WHERE m.id {LISTED}"
PEERS = "SELECT peer FROM conversations WHERE account = ? AND peer > 0"
BEYOND_ALL = 1 << 62
# As many candidates of conversations that are found already are passed over; then the others are asked one by one.
PASSED_OVER = 200


class SqliteSearch:
    """Finds messages by what they contain."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def find_in_conversation(self, query: SearchQuery) -> FoundMessages:
        """Return messages of the conversation with `peer`."""

        def read(connection: apsw.Connection) -> FoundMessages:
            with snapshot(connection):
                return _Search(connection, query).messages(query.peer or query.viewer)

        return await self._engine.read(read)

    async def find_conversations(self, query: SearchQuery) -> FoundConversations:
        """Return the conversations that have what is sought."""

        def read(connection: apsw.Connection) -> FoundConversations:
            with snapshot(connection):
                return _Search(connection, query).conversations()

        return await self._engine.read(read)


class _Search:
    """One search; `rows` counts what was read from messages."""

    def __init__(self, connection: apsw.Connection, query: SearchQuery) -> None:
        self._connection = connection
        self._query = query
        self._bindings = {
            "viewer": query.viewer,
            "min_time": query.sought.min_time,
            "max_time": query.sought.max_time,
            "position": position(connection),
        }
        self._unindexed = self._read_unindexed()
        self.rows = 0

    def messages(self, peer: AccountNumber) -> FoundMessages:
        query = self._query
        conversation = to_conversation(query.viewer, peer)
        before = query.before or BEYOND_ALL
        total = 0
        page: list[int] = []
        for number in self._found_in(conversation, BEYOND_ALL, query.counted):
            total += 1
            if number < before and len(page) <= query.limit:
                page.append(number)
        if len(page) <= query.limit and total >= query.counted:
            page = list(self._found_in(conversation, before, query.limit + 1))
        wanted = page[: query.limit]
        loaded = self._load(wanted)
        return FoundMessages([loaded[number] for number in wanted], total, len(page) <= query.limit, self.rows)

    def conversations(self) -> FoundConversations:
        query = self._query
        before = query.before or Position(last_position(self._connection) + 1)
        newest = sorted(self._newest(before).items(), key=lambda found: -found[1])
        page = newest[query.skipped : query.skipped + query.limit]
        loaded = self._load([number for _, number in page])
        found = [
            FoundConversation(sum(1 for _ in self._found_in(conversation, before, query.counted)), loaded[number])
            for conversation, number in page
        ]
        return FoundConversations(found, len(newest), before, self.rows)

    def _newest(self, before: int) -> dict[int, int]:
        """Return the conversations in which something is found, each with its newest find."""
        newest: dict[int, int] = {}
        passed = 0
        for number, conversation, sender, body in self._candidates(f"a{self._query.viewer}", before):
            if conversation in newest:
                passed += 1
                if passed >= PASSED_OVER:
                    break
            elif self._fits(sender, body):
                newest[conversation] = number
        else:
            return newest
        for (peer,) in self._connection.execute(PEERS, (self._query.viewer,)).fetchall():
            conversation = to_conversation(self._query.viewer, peer)  # type: ignore[arg-type]  # apsw has no types of rows
            if conversation not in newest:
                newest.update((conversation, number) for number in self._found_in(conversation, before, 1))
        return newest

    def _found_in(self, conversation: int, before: int, limit: int) -> Iterator[int]:
        """Find up to `limit` messages of a conversation before a position, newest first."""
        candidates = self._candidates(f"c{conversation}", before)
        found = (number for number, place, sender, body in candidates if self._fits(sender, body))
        return islice(found, limit)

    def _fits(self, sender: int, body: bytes) -> bool:
        self.rows += 1
        sought = self._query.sought
        return (not sought.senders or sender in sought.senders) and sought.fits(*types_and_texts(body))

    def _candidates(self, place: str, before: int) -> Iterator[Any]:
        """Return what may be found in a place (see tokens.py) before a position, newest first."""
        expression = to_expression(self._query.sought, place)
        indexed = self._connection.execute(INDEXED, {**self._bindings, "before": before, "expression": expression})
        unindexed = [r for r in self._unindexed if r[0] < before and place in {f"a{self._query.viewer}", f"c{r[1]}"}]
        return merge(indexed, unindexed, key=lambda row: -row[0])

    def _read_unindexed(self) -> list[Any]:
        """Return what of the viewer's is not in the index yet or has changed since, newest first."""
        bindings = {**self._bindings, "before": BEYOND_ALL}
        rows = [row for sql in (FRESH, STALE) for row in self._connection.execute(sql, bindings)]
        return sorted(rows, key=lambda row: -row[0])

    def _load(self, numbers: Sequence[int]) -> dict[int, Message]:
        rows = self._connection.execute(BY_ID, (to_list(numbers),))
        return {row[0]: to_message(row) for row in rows}
