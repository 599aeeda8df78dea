"""What a commit does with group messages: gives each its sequence, and folds what they mean for their group."""

from collections.abc import Sequence

from tidings.domain.group.messages import GroupMessage
from tidings.store.sqlite.group_rows import from_group_message
from tidings.store.sqlite.transaction import Transaction

MESSAGE_ROW = f"({','.join('?' * 16)})"
INSERT = f"INSERT INTO messages VALUES {MESSAGE_ROW}"
ADVANCE = "UPDATE groups SET last_seq = ?, last_at = max(last_at, ?), is_active = 1, changed_id = ? WHERE number = ?"
LAST_SEQ = "SELECT last_seq FROM groups WHERE number = ?"
SPOKE = "UPDATE group_members SET sent_at = ?, read_seq = max(read_seq, ?) WHERE group_number = ? AND account = ?"


def insert_group_messages(tx: Transaction, messages: Sequence[GroupMessage]) -> None:
    """Insert messages with their sequences: each group's go on from its last one without a gap."""
    groups: dict[int, tuple[int, int, int]] = {}
    senders: dict[tuple[int, int], tuple[int, int]] = {}
    rows = []
    for m in messages:
        m.seq = _last_seq(tx, m.group) + 1
        tx.heads[m.group] = m.seq
        m.position = tx.next_position()
        rows.append(from_group_message(m))
        groups[m.group] = (m.seq, m.time, m.position)
        if m.sender:
            senders[m.group, m.sender] = (m.time, m.seq)
    tx.cursor.executemany(INSERT, rows)
    tx.cursor.executemany(ADVANCE, [(*state, group) for group, state in groups.items()])
    tx.cursor.executemany(SPOKE, [(*state, *member) for member, state in senders.items()])


def _last_seq(tx: Transaction, group: int) -> int:
    if (seq := tx.heads.get(group)) is not None:
        return seq
    row = tx.cursor.execute(LAST_SEQ, (group,)).fetchone()
    return 0 if row is None else int(row[0])
