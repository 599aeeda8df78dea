"""Lists of conversations in SQLite: pages, pins, deletion."""

from collections.abc import Sequence
from typing import Any

import apsw

from tidings.domain.conversations import ListQuery, ToEvent
from tidings.domain.events import KeptEvent
from tidings.domain.ports import ListedConversation, Logged
from tidings.domain.telling import Changed
from tidings.errors import TOO_MANY_PINS
from tidings.ids import AccountNumber
from tidings.pending import Pending
from tidings.store.sqlite import group_listing
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import (
    ACCOUNT_COLUMNS,
    LISTED,
    LISTED_ROWS,
    SHOWN,
    TRAIT_COLUMNS,
    TRAITS_OF,
    one,
    to_account,
    to_list,
    to_traits,
)
from tidings.store.sqlite.transaction import Transaction

# A page, by time and peer; what is pinned stands apart where that is asked for.
PAGE = (
    f"SELECT c.last_time, c.pinned_id, {TRAIT_COLUMNS}, a.{ACCOUNT_COLUMNS.replace(', ', ', a.')}"
    f" FROM {LISTED_ROWS} JOIN accounts a ON a.number = c.peer{TRAITS_OF} LEFT JOIN messages m ON m.id = c.last_id"
    " WHERE (c.last_time, c.peer) < (?3, ?4) AND (?5 IS NULL OR (c.pinned_id > 0) = ?5)"
    f" AND {SHOWN} AND (?6 OR m.id IS NOT NULL)"
    " ORDER BY c.last_time DESC, c.peer DESC LIMIT ?7"
)
STILL_LISTED = f"SELECT peer FROM conversations WHERE account = ? AND last_time > 0 AND peer > 0 AND peer {LISTED}"
PINNED = f"SELECT peer FROM conversations WHERE account = ? AND pinned_id > 0 AND peer {LISTED}"
COUNT_PINS = "SELECT count(*) FROM conversations WHERE account = ? AND pinned_id > 0"
# What was not in the list comes into it, as an empty conversation.
PIN = """
INSERT INTO conversations (account, peer, newest_id, last_id, last_time, changed_id, pinned_id)
VALUES (?1, ?2, 0, 0, ?3, ?4, ?4)
ON CONFLICT (account, peer) DO UPDATE SET pinned_id = ?4, changed_id = ?4,
  last_time = CASE WHEN last_time > 0 THEN last_time ELSE ?3 END
"""
UNPIN = "UPDATE conversations SET pinned_id = 0, changed_id = ?3 WHERE account = ?1 AND peer = ?2"
DELETABLE = (
    "SELECT peer FROM conversations WHERE account = ?1 AND (last_time > 0 OR (?2 AND newest_id > cleared_id))"
    " AND peer IN (SELECT value FROM json_each(?3))"
)
DELETE = (
    "UPDATE conversations SET last_id = 0, last_time = 0, pinned_id = 0, read_id = max(read_id, newest_id),"
    " cleared_id = CASE WHEN ?4 THEN ?3 ELSE cleared_id END, changed_id = ?3 WHERE account = ?1 AND peer = ?2"
)
CLEARABLE = "SELECT last_time FROM conversations WHERE account = ? AND peer = ? AND newest_id > cleared_id"
CLEAR = (
    "UPDATE conversations SET last_id = 0, read_id = max(read_id, newest_id), cleared_id = ?3, changed_id = ?3"
    " WHERE account = ?1 AND peer = ?2"
)


class SqliteListing:
    """Each account's list of conversations."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def listed(self, account: AccountNumber, query: ListQuery, listed: int) -> list[ListedConversation]:
        """Return part of the list, pinned ones and the `listed` newest others."""
        bindings = (
            account,
            listed,
            query.after.time,
            query.after.peer,
            query.is_pinned,
            query.with_empty,
            query.limit,
        )

        def read(connection: apsw.Connection) -> list[ListedConversation]:
            found = [_to_listed(row) for row in connection.execute(PAGE, bindings)]
            found += group_listing.page(connection, account, query)
            found.sort(key=lambda row: (row.time, row.place), reverse=True)
            return found[: query.limit]

        return await self._engine.read(read)

    async def still_listed(self, account: AccountNumber, peers: Sequence[AccountNumber]) -> set[AccountNumber]:
        """Return with which of these peers the account's list has a conversation."""

        def read(connection: apsw.Connection) -> set[AccountNumber]:
            found = set(_peers(connection.execute(STILL_LISTED, (account, to_list(peers)))))
            groups = [peer for peer in peers if peer < 0]
            return found | group_listing.still_listed(connection, account, groups) if groups else found

        return await self._engine.read(read)

    def pin(
        self, account: AccountNumber, peers: Sequence[AccountNumber], limit: int, time: int, to_event: ToEvent
    ) -> Pending[Changed[None]]:
        """Pin conversations, listing those that are not; raises 51012 if more than `limit` were pinned."""

        def change(tx: Transaction) -> Changed[None]:
            pinned = set(_peers(tx.cursor.execute(PINNED, (account, to_list(peers)))))
            fresh = [peer for peer in peers if peer not in pinned]
            count = one(tx.cursor, COUNT_PINS, (account,))[0] + len(fresh)
            if fresh and count > limit:
                raise TOO_MANY_PINS(count=count, limit=limit)
            # Each conversation changes at a position of its own, so that lists can be paged by it.
            tx.cursor.executemany(PIN, [(account, peer, time, tx.next_position()) for peer in fresh])
            return _logged(tx, account, time, to_event(fresh) if fresh else None)

        return self._engine.write(change)

    def unpin(
        self, account: AccountNumber, peers: Sequence[AccountNumber], time: int, to_event: ToEvent
    ) -> Pending[Changed[None]]:
        """Take pins away."""

        def change(tx: Transaction) -> Changed[None]:
            pinned = set(_peers(tx.cursor.execute(PINNED, (account, to_list(peers)))))
            fresh = [peer for peer in peers if peer in pinned]
            tx.cursor.executemany(UNPIN, [(account, peer, tx.next_position()) for peer in fresh])
            return _logged(tx, account, time, to_event(fresh) if fresh else None)

        return self._engine.write(change)

    def delete(
        self, account: AccountNumber, peers: Sequence[AccountNumber], time: int, to_event: ToEvent, *, clears: bool
    ) -> Pending[Changed[None]]:
        """Take conversations out of the list, with pin and unread number; `clears`: hide their history, too."""

        def change(tx: Transaction) -> Changed[None]:
            there = set(_peers(tx.cursor.execute(DELETABLE, (account, clears, to_list(peers)))))
            gone = [peer for peer in peers if peer in there or peer < 0]
            tx.cursor.executemany(DELETE, [(account, peer, tx.next_position(), clears) for peer in gone if peer > 0])
            for peer in gone:
                if peer < 0:
                    group_listing.delete(tx, account, peer, clears=clears)
            tx.keep_position()
            return _logged(tx, account, time, to_event(gone) if gone else None)

        return self._engine.write(change)

    def clear(self, account: AccountNumber, peer: AccountNumber, time: int, event: KeptEvent) -> Pending[Changed[None]]:
        """Hide a conversation's history from one side for good; the conversation stays as it is in the list."""

        def change(tx: Transaction) -> Changed[None]:
            if peer < 0:
                is_listed = group_listing.clear(tx, account, peer)
                tx.keep_position()
                return _logged(tx, account, time, event if is_listed else None)
            row = one(tx.cursor, CLEARABLE, (account, peer))
            if row is None:
                return Changed(None)
            tx.cursor.execute(CLEAR, (account, peer, tx.next_position()))
            tx.keep_position()
            # Who is told takes it for a row of the list.
            return _logged(tx, account, time, event if row[0] else None)

        return self._engine.write(change)


def _logged(tx: Transaction, account: AccountNumber, time: int, event: KeptEvent | None) -> Changed[None]:
    if event is None:
        return Changed(None)
    position = tx.next_position()
    tx.log(position, time, [Logged(account, event)])
    return Changed(None, event, position)


def _peers(rows: Any) -> list[AccountNumber]:
    return [AccountNumber(peer) for (peer,) in rows]


def _to_listed(row: Any) -> ListedConversation:
    return ListedConversation(to_account(row[7:]), row[0], row[1] > 0, to_traits(row[2:7]))
