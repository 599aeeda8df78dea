"""Attributes and counters of groups in SQLite: all that a group has of each, in one row."""

from collections.abc import Mapping
from typing import Any

import apsw
import msgspec

from tidings.domain.group.attributes import AttributeBook
from tidings.domain.group.counters import CounterBook
from tidings.domain.group.news import Attribute
from tidings.ids import GroupNumber
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one
from tidings.store.sqlite.transaction import Transaction, encode

_decode_attributes = msgspec.json.Decoder(dict[str, tuple[str, int]]).decode
_decode_counters = msgspec.json.Decoder(dict[str, int]).decode


class SqliteGroupExtras:
    """Writes and reads attributes and counters."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def attributes(self, group: GroupNumber) -> AttributeBook:
        """Return a group's attributes."""
        row = self._read("attributes", group)
        if row is None:
            return AttributeBook()
        return AttributeBook(row[0], {key: Attribute(*item) for key, item in _decode_attributes(row[1]).items()})

    def save_attributes(self, group: GroupNumber, book: AttributeBook) -> Pending[None]:
        """Store a group's attributes in place of those it had."""
        items = {key: (item.value, item.seq) for key, item in book.items.items()}
        return self._write("attributes", group, book.seq, items)

    def counters(self, group: GroupNumber) -> CounterBook:
        """Return a group's counters."""
        row = self._read("counters", group)
        return CounterBook(0, {}) if row is None else CounterBook(row[0], _decode_counters(row[1]))

    def save_counters(self, group: GroupNumber, book: CounterBook) -> Pending[None]:
        """Store a group's counters in place of those it had."""
        return self._write("counters", group, book.seq, book.values)

    def _read(self, kind: str, group: GroupNumber) -> Any:
        def query(connection: apsw.Connection) -> Any:
            return one(connection, f"SELECT seq, items FROM group_{kind} WHERE group_number = ?", (group,))

        return self._engine.look_up(query)

    def _write(self, kind: str, group: GroupNumber, seq: int, items: Mapping[str, object]) -> Pending[None]:
        body = encode(items)

        def change(tx: Transaction) -> None:
            tx.cursor.execute(f"INSERT OR REPLACE INTO group_{kind} VALUES (?, ?, ?)", (group, seq, body))

        return self._engine.write(change)
