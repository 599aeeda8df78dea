"""Erasing accounts from groups: what they sent there, and where they are named (docs/decisions/0016).

A message keeps its place in its group's numbering: where one is deleted, clients show nothing.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import apsw
import msgspec

from tidings.domain.erasure import Erasure, pseudonym
from tidings.ids import AccountNumber, GroupNumber, SdkAppId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.group_rows import Extra, encode
from tidings.store.sqlite.notice_erasure import erase_notices
from tidings.store.sqlite.rows import LISTED, to_list
from tidings.store.sqlite.transaction import Transaction

GROUPS = f"SELECT number FROM groups WHERE app {LISTED}"
MESSAGES = (
    "SELECT seq, id, sender, revoker_id, extra, body FROM messages WHERE conversation = ? AND conversation < 0"
    " AND seq > ? ORDER BY seq LIMIT ?"
)
RENAME_PINS = (
    "UPDATE group_pins SET pinner = ? WHERE pinner = ? AND group_number IN (SELECT number FROM groups WHERE app = ?)"
)
RENAME_BANS = (
    "UPDATE group_bans SET operator = ? WHERE operator = ?"
    " AND group_number IN (SELECT number FROM groups WHERE app = ?)"
)
LEAVE = (
    "UPDATE groups SET member_count = member_count - 1"
    " WHERE number IN (SELECT group_number FROM group_members WHERE account = ? AND entry > 0) AND kind <> 'AVChatRoom'"
)
LEAVE_PERMISSIONS = (
    "UPDATE permission_groups SET member_count = member_count - 1"
    " WHERE number IN (SELECT permission_number FROM permission_members WHERE account = ?)"
)
DISOWN = "UPDATE groups SET owner = 0 WHERE app = ? AND owner = ?"
KEEP = "UPDATE messages SET push = ?, revoker_id = ?, extra = ? WHERE id = ?"
DELETE = "DELETE FROM messages WHERE id = ?"
UNPIN = "DELETE FROM group_pins WHERE group_number = ? AND seq = ?"
_to_extra = msgspec.json.Decoder(Extra).decode


async def erase_from_groups(engine: Engine, erasures: Sequence[Erasure], chunk: int) -> None:
    """Take accounts out of all groups of their apps, `chunk` messages at a time."""
    for erasure in erasures:
        await engine.write(partial(_leave, erasure=erasure))
        await erase_notices(engine, erasure, chunk)
    apps = to_list({erasure.app for erasure in erasures})
    rows: Any = await engine.read(lambda connection: connection.execute(GROUPS, (apps,)).fetchall())
    by_number = {erasure.account: erasure for erasure in erasures}
    for (group,) in rows:
        after: int | None = 0
        while after is not None:
            after = await _prune(engine, GroupNumber(group), after, by_number, chunk)


async def _prune(
    engine: Engine, group: GroupNumber, after: int, erasures: Mapping[AccountNumber, Erasure], chunk: int
) -> int | None:
    """Prune a chunk of a group's messages; returns where the next one begins, None at the end."""

    def query(connection: apsw.Connection) -> list[Any]:
        return connection.execute(MESSAGES, (-group, after, chunk)).fetchall()

    rows = await engine.read(query)
    names = {erasure.user_id: pseudonym(erasure.account) for erasure in erasures.values()}
    concerned = [row for row in rows if _concerns(row, erasures, names)]
    if concerned:
        await engine.write(partial(_change, group=group, rows=concerned, erasures=erasures, names=names))
    return rows[-1][0] if len(rows) == chunk else None


def _concerns(row: Any, erasures: Mapping[AccountNumber, Erasure], names: Mapping[Any, Any]) -> bool:
    _, _, sender, revoker_id, extra, body = row
    return sender in erasures or revoker_id in names or bool(_named(extra, names)) or _is_tip_of(row, names, body)


def _named(extra: bytes, names: Mapping[Any, Any]) -> set[str]:
    return names.keys() & set(_to_extra(extra).mentions)


def _is_tip_of(row: Any, names: Mapping[Any, Any], body: bytes) -> bool:
    """Say whether a group itself told something of an account."""
    return not row[2] and _to_extra(row[4]).is_tip and any(encode(name) in body for name in names)


def _change(
    tx: Transaction,
    group: GroupNumber,
    rows: list[Any],
    erasures: Mapping[AccountNumber, Erasure],
    names: Mapping[Any, Any],
) -> None:
    tx.keep_position()
    for row in rows:
        seq, identity, sender, revoker_id, extra, body = row
        own = erasures.get(sender)
        if (own is not None and own.with_messages) or _is_tip_of(row, names, body):
            tx.cursor.execute(DELETE, (identity,))
            tx.cursor.execute(UNPIN, (group, seq))
        else:
            kept = _renamed(_to_extra(extra), names, is_own=own is not None)
            push = b"" if own is not None else _push(tx, identity)
            tx.cursor.execute(KEEP, (push, names.get(revoker_id, revoker_id), encode(kept), identity))


def _renamed(extra: Extra, names: Mapping[Any, Any], *, is_own: bool) -> Extra:
    mentions = tuple(names.get(name, name) for name in extra.mentions)
    card = "" if is_own else extra.name_card
    return msgspec.structs.replace(extra, mentions=mentions, name_card=card)


def _push(tx: Transaction, identity: int) -> bytes:
    row: Any = tx.cursor.execute("SELECT push FROM messages WHERE id = ?", (identity,)).fetchone()
    return bytes(row[0])


def _leave(tx: Transaction, erasure: Erasure) -> None:
    names = (pseudonym(erasure.account), erasure.user_id, SdkAppId(erasure.app))
    tx.cursor.execute(RENAME_PINS, names)
    tx.cursor.execute(RENAME_BANS, names)
    tx.cursor.execute(LEAVE, (erasure.account,))
    tx.cursor.execute(LEAVE_PERMISSIONS, (erasure.account,))
    for table in ("group_members", "permission_members", "live_robots"):
        tx.cursor.execute(f"DELETE FROM {table} WHERE account = ?", (erasure.account,))
    tx.cursor.execute(DISOWN, (erasure.app, erasure.account))
