"""Erasing accounts from what groups have told others (docs/decisions/0016): they may share no conversation."""

from dataclasses import replace
from functools import partial
from typing import Any

import msgspec

from tidings.domain.erasure import Erasure, pseudonym
from tidings.domain.events import GroupNotice
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.transaction import Transaction, encode

NAMING = (
    "SELECT e.id, e.account, e.body FROM events e INDEXED BY group_notices JOIN accounts a ON a.number = e.account"
    " WHERE e.kind = 'GroupNotice' AND (e.id, e.account) > (?, ?) AND a.app = ? AND instr(e.body, CAST(? AS BLOB)) > 0"
    " ORDER BY e.id, e.account LIMIT ?"
)
KEEP = "UPDATE events SET body = ? WHERE account = ? AND id = ?"
UNASK = "DELETE FROM group_requests WHERE inviter = ?"
_decode = msgspec.json.Decoder(GroupNotice).decode


async def erase_notices(engine: Engine, erasure: Erasure, chunk: int) -> None:
    """Put the pseudonym of an account into notices and drop its words, `chunk` notices at a time."""
    await engine.write(lambda tx: tx.cursor.execute(UNASK, (erasure.account,)))
    after: tuple[int, int] | None = (0, 0)
    while after is not None:
        after = await engine.write(partial(_rename, erasure=erasure, after=after, chunk=chunk))


def _rename(tx: Transaction, erasure: Erasure, after: tuple[int, int], chunk: int) -> tuple[int, int] | None:
    """Rename in a chunk of notices; returns where the next one begins, None at the end."""
    bindings = (*after, erasure.app, encode(erasure.user_id), chunk)
    rows: Any = tx.cursor.execute(NAMING, bindings).fetchall()
    for identity, account, body in rows:
        tx.cursor.execute(KEEP, (encode(_renamed(_decode(body), erasure)), account, identity))
    return (rows[-1][0], rows[-1][1]) if len(rows) == chunk else None


def _renamed(notice: GroupNotice, erasure: Erasure) -> GroupNotice:
    old, new = erasure.user_id, pseudonym(erasure.account)
    user_ids = tuple(new if each == old else each for each in notice.user_ids)
    if notice.operator_id != old:
        return replace(notice, user_ids=user_ids)
    return replace(notice, operator_id=new, wording="", user_ids=user_ids)
