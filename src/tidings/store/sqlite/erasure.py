"""Erasing accounts in SQLite: chunk by chunk, so that nobody's send waits for it.

Whatever table has a column `account` belongs to that account and is emptied of it; a new table needs
nothing else. What deleted rows leave in pages is overwritten (secure_delete, in engine.py), free pages go
back to the file system, and the log is emptied.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

import apsw
import msgspec

from tidings.domain.erasure import Erasure, pseudonym
from tidings.domain.messages import UNSEEN_BY_RECEIVER, UNSEEN_BY_SENDER, to_conversation
from tidings.ids import AccountNumber, SdkAppId, UserId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.follows import part
from tidings.store.sqlite.group_erasure import erase_from_groups
from tidings.store.sqlite.messages import show_newest
from tidings.store.sqlite.relations import unrelate
from tidings.store.sqlite.retention import give_back
from tidings.store.sqlite.rows import LISTED, one, to_list
from tidings.store.sqlite.search_index import purge
from tidings.store.sqlite.transaction import Transaction

CHUNK = 500
ACCOUNTS_CHUNK = 2_000
OWNED = (
    "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'account'"
    " AND m.name NOT IN ('erasures', 'conversations', 'events', 'files')"
)
# There is no index by peer: all senders would pay for it.
PEERS = " UNION ".join(
    f"SELECT account, peer FROM {table} WHERE account > ?1 AND account <= ?2"
    " AND peer IN (SELECT value FROM json_each(?3))"
    for table in ("conversations", "conversation_traits", "follows", "friends", "friend_requests", "blocks")
)
OWN_PEERS = " UNION ".join(
    f"SELECT peer, account FROM {table} WHERE account {LISTED.replace('?', '?1')}"
    for table in ("conversations", "follows", "friends", "friend_requests", "blocks")
)
MESSAGES = (
    "SELECT id, sender, flags FROM messages INDEXED BY message_place WHERE conversation = ? AND id > ?"
    " ORDER BY id LIMIT ?"
)
KEEP = (
    "UPDATE messages SET push = CASE sender WHEN ?1 THEN x'' ELSE push END,"
    " revoker_id = CASE revoker_id WHEN ?2 THEN ?3 ELSE revoker_id END"
    " WHERE id = ?4 AND (sender = ?1 AND length(push) > 0 OR revoker_id = ?2)"
)
SIDE = (
    "SELECT coalesce(c.cleared_id, 0) FROM accounts a LEFT JOIN conversations c ON c.account = a.number AND c.peer = ?1"
    " WHERE a.number = ?2 AND a.number != ?1 AND a.is_deleted = 0"
)
NAMING = (
    "SELECT id, body FROM events WHERE account = ? AND id > ? AND instr(body, CAST(? AS BLOB)) > 0 ORDER BY id LIMIT ?"
)
OWN_EVENTS = (
    "DELETE FROM events WHERE account = ?1 AND id <= coalesce("
    "(SELECT id FROM events WHERE account = ?1 ORDER BY id LIMIT 1 OFFSET ?2), 1 << 62)"
)
encode, decode = msgspec.json.Encoder().encode, msgspec.json.Decoder().decode
Pair = tuple[Erasure, AccountNumber]


class SqliteErasure:
    """Removes deleted accounts for good."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def erasures(self) -> list[Erasure]:
        """Return the accounts that are not erased yet."""

        def query(connection: apsw.Connection) -> list[Erasure]:
            rows: Any = connection.execute("SELECT * FROM erasures ORDER BY account")
            return [Erasure(AccountNumber(n), SdkAppId(app), UserId(name), bool(all_)) for n, app, name, all_ in rows]

        return await self._engine.read(query)

    async def erase(self, erasures: Sequence[Erasure]) -> None:
        """Remove accounts from every table but the list of erasures, a little at a time."""
        for erasure, peer in await self._pairs(erasures):
            await self._prune(erasure, peer)
            await self._rename(erasure, peer)
            await self._engine.write(partial(_forget_side, account=erasure.account, peer=peer))
        await erase_from_groups(self._engine, erasures, CHUNK)
        for table in await self._engine.read(_owned_tables):
            for erasure in erasures:
                await self._engine.write(partial(_empty, table=table, account=erasure.account))
        for erasure in erasures:
            while await self._engine.write(partial(_forget_events, account=erasure.account)):
                pass

    async def finish(self, erasures: Sequence[Erasure]) -> bool:
        """Drop them from the list, and the past from the disk; False if somebody still reads the past."""
        done = [(erasure.account,) for erasure in erasures]
        await self._engine.write(lambda tx: tx.cursor.executemany("DELETE FROM erasures WHERE account = ?", done))
        await purge(self._engine)
        await give_back(self._engine)
        return await self._engine.empty_log()

    async def _pairs(self, erasures: Sequence[Erasure]) -> list[Pair]:
        """Return the accounts and each one that they share a conversation with."""
        by_number = {erasure.account: erasure for erasure in erasures}
        listed = to_list(by_number)

        def query(connection: apsw.Connection, after: int) -> list[Any]:
            return connection.execute(PEERS, (after, after + ACCOUNTS_CHUNK, listed)).fetchall()

        rows: list[Any] = await self._engine.read(lambda c: c.execute(OWN_PEERS, (listed,)).fetchall())
        last = await self._engine.read(lambda connection: one(connection, "SELECT max(number) FROM accounts")[0])
        for after in range(0, last or 0, ACCOUNTS_CHUNK):
            rows += await self._engine.read(partial(query, after=after))
        return [(by_number[number], peer) for peer, number in dict.fromkeys(rows)]

    async def _prune(self, erasure: Erasure, peer: AccountNumber) -> None:
        """Drop the messages that nobody sees any more, and names from the others."""
        after: int | None = 0
        while after is not None:
            after = await self._engine.write(partial(_prune, erasure=erasure, peer=peer, after=after))

    async def _rename(self, erasure: Erasure, peer: AccountNumber) -> None:
        """Put the pseudonym into the events that a peer was told of."""
        after: int | None = 0
        while after is not None:
            after = await self._engine.write(partial(_rename, erasure=erasure, peer=peer, after=after))


def _prune(tx: Transaction, erasure: Erasure, peer: AccountNumber, after: int) -> int | None:
    """Prune a chunk of a conversation; returns where the next one begins, None at the end."""
    side = one(tx.cursor, SIDE, (erasure.account, peer))
    conversation = to_conversation(erasure.account, peer)
    rows: list[Any] = tx.cursor.execute(MESSAGES, (conversation, after, CHUNK)).fetchall()
    kept = [] if side is None else [row[0] for row in rows if _is_kept(row, erasure, side[0])]
    names = (erasure.account, erasure.user_id, pseudonym(erasure.account))
    tx.cursor.executemany(KEEP, [(*names, identity) for identity in kept])
    if gone := [(row[0],) for row in rows if row[0] not in set(kept)]:
        tx.keep_position()
        tx.cursor.executemany("DELETE FROM messages WHERE id = ?", gone)
        if side is not None:
            show_newest(tx, peer, erasure.account)
    return rows[-1][0] if len(rows) == CHUNK else None


def _is_kept(row: Any, erasure: Erasure, cleared_id: int) -> bool:
    """Say whether the other side, which still exists, sees a message and may keep it."""
    identity, sender, flags = row
    is_own = sender == erasure.account
    unseen = UNSEEN_BY_RECEIVER if is_own else UNSEEN_BY_SENDER
    return identity > cleared_id and not flags & unseen and not (is_own and erasure.with_messages)


def _rename(tx: Transaction, erasure: Erasure, peer: AccountNumber, after: int) -> int | None:
    """Rename in a chunk of a peer's events; returns where the next one begins, None at the end."""
    needle = encode(erasure.user_id)
    rows: list[Any] = tx.cursor.execute(NAMING, (peer, after, needle, CHUNK)).fetchall()
    for identity, body in rows:
        event = decode(body)
        if _tells_profile(event, erasure) or (erasure.with_messages and _tells_content(event, erasure.account)):
            tx.keep_position()
            tx.cursor.execute("DELETE FROM events WHERE account = ? AND id = ?", (peer, identity))
        else:
            renamed = encode(_renamed(_without(event, erasure), erasure.user_id, pseudonym(erasure.account)))
            tx.cursor.execute("UPDATE events SET body = ? WHERE account = ? AND id = ?", (renamed, peer, identity))
    return rows[-1][0] if len(rows) == CHUNK else None


def _tells_content(event: Any, account: AccountNumber) -> bool:
    return "body" in event and event.get("message", {}).get("sender") == account


def _tells_profile(event: Any, erasure: Erasure) -> bool:
    return "fields" in event and event.get("user_id") == erasure.user_id


def _without(event: Any, erasure: Erasure) -> Any:
    """Drop what relations tell of an account beside its name: what it asked for, how a friend calls it."""
    told = {name: event[name] for name in ("requests", "updates") if name in event}
    return {**event, **{name: [e for e in each if e["user_id"] != erasure.user_id] for name, each in told.items()}}


def _renamed(value: Any, old: str, new: str) -> Any:
    """Replace a name wherever a member whose name ends in `_id` holds it, or one in `_ids` among others."""
    if isinstance(value, dict):
        return {key: _renamed_member(key, each, old, new) for key, each in value.items()}
    return [_renamed(each, old, new) for each in value] if isinstance(value, list) else value


def _renamed_member(key: str, value: Any, old: str, new: str) -> Any:
    if key.endswith("_ids"):
        return [new if each == old else each for each in value]
    return new if key.endswith("_id") and value == old else _renamed(value, old, new)


def _forget_side(tx: Transaction, account: AccountNumber, peer: AccountNumber) -> None:
    tx.cursor.execute("DELETE FROM conversations WHERE account = ? AND peer = ?", (account, peer))
    part(tx, account, peer)
    unrelate(tx, account, peer)


def _owned_tables(connection: apsw.Connection) -> list[str]:
    return [str(name) for (name,) in connection.execute(OWNED)]


def _empty(tx: Transaction, table: str, account: AccountNumber) -> None:
    tx.cursor.execute(f'DELETE FROM "{table}" WHERE account = ?', (account,))


def _forget_events(tx: Transaction, account: AccountNumber) -> bool:
    tx.keep_position()
    tx.cursor.execute(OWN_EVENTS, (account, CHUNK))
    return bool(tx.cursor.connection.changes())
