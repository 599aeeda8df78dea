"""Rows as the domain's objects: messages with their two sides, accounts, events."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, get_args

import apsw
import msgspec

from tidings.domain.accounts import Account
from tidings.domain.events import KeptEvent
from tidings.domain.messages import Message
from tidings.domain.ports import Traits
from tidings.ids import AccountNumber, Position, SdkAppId, UserId

# Every query for messages selects these, from `messages m` with `accounts s` and `accounts r`.
MESSAGE_COLUMNS = (
    "m.id, m.conversation, m.time, m.seq, m.random, m.sender, m.client_time, m.flags, m.offline_until,"
    " m.version, m.body, m.custom_data, m.push, m.revoker_id, m.reason,"
    " s.user_id, s.nick, s.face_url, r.number, r.user_id"
)
# The receiver is the other half of the conversation's number.
MESSAGE_SIDES = (
    " JOIN accounts s ON s.number = m.sender"
    " JOIN accounts r ON r.number = (m.conversation >> 32) + (m.conversation & 4294967295) - m.sender"
)
LISTED = "IN (SELECT value FROM json_each(?))"
ACCOUNT_COLUMNS = "app, number, user_id, nick, face_url, void_until, custom_status"
# An account's list (?1): what is pinned, and the newest of the others (?2 in all). What was deleted
# from it has no time.
LISTED_ROWS = (
    "(SELECT * FROM conversations WHERE account = ?1 AND last_time > 0 AND peer > 0"
    " ORDER BY pinned_id > 0 DESC, last_time DESC LIMIT ?2) c"
)
# Without its last message a conversation shows if it is meant to be empty, or pinned; not if that has expired.
SHOWN = "(m.id IS NOT NULL OR c.last_id = 0 OR c.pinned_id > 0)"
TRAITS_OF = " LEFT JOIN conversation_traits t ON t.account = c.account AND t.peer = c.peer"
TRAIT_COLUMNS = (
    "coalesce(t.marks, 0), coalesce(t.custom_mark, ''), coalesce(t.group_numbers, '[]'),"
    " coalesce(t.marked_at, 0), coalesce(t.receive_option, 0)"
)
TRAIT_WIDTH = 5
_UNSIGNED = (1 << 64) - 1

_KINDS: dict[str, Any] = {kind.__name__: msgspec.json.Decoder(kind).decode for kind in get_args(KeptEvent)}


def to_message(row: Any) -> Message:
    """Read a row of MESSAGE_COLUMNS."""
    return Message(
        sender=AccountNumber(row[5]),
        receiver=AccountNumber(row[18]),
        sender_id=UserId(row[15]),
        receiver_id=UserId(row[19]),
        time=row[2],
        seq=row[3],
        random=row[4],
        client_time=row[6],
        body=row[10],
        custom_data=row[11],
        flags=row[7],
        push=row[12],
        offline_until=row[8],
        version=row[9],
        revoker_id=UserId(row[13]),
        reason=row[14],
        position=Position(row[0]),
        sender_nick=row[16],
        sender_face=row[17],
    )


def to_account(row: Any) -> Account:
    """Read a row of ACCOUNT_COLUMNS."""
    return Account(SdkAppId(row[0]), AccountNumber(row[1]), UserId(row[2]), row[3], row[4], row[5], row[6])


def to_traits(row: Any) -> Traits:
    """Read a row of TRAIT_COLUMNS."""
    groups = () if row[2] == "[]" else tuple(msgspec.json.decode(row[2]))
    return Traits(row[0] & _UNSIGNED, row[1], groups, row[3], row[4])


def to_event(kind: str, body: bytes) -> KeptEvent:
    """Read an event as it was logged."""
    event: KeptEvent = _KINDS[kind](body)
    return event


def one(connection: apsw.Connection | apsw.Cursor, sql: str, bindings: Iterable[Any] = ()) -> Any:
    """Return the first row of a query, or None."""
    return connection.execute(sql, tuple(bindings)).fetchone()


@contextmanager
def snapshot(connection: apsw.Connection) -> Iterator[None]:
    """Let several queries see one state of the database."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


def to_list(values: Iterable[Any]) -> str:
    """Return values for a place where SQL says `IN (SELECT value FROM json_each(?))`: any number of them."""
    return msgspec.json.encode(list(values)).decode()
