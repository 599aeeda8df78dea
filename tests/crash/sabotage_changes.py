"""A server that breaks the promise: it acknowledges changes a good while before it commits them.

Nothing in the product can be switched to this. The script replaces the store's commit in its own
process, then runs `tidings` as usual: python tests/crash/sabotage_changes.py dev …
"""

from collections.abc import Sequence
from typing import Any

from tidings.cli.main import main
from tidings.store.sqlite import writing
from tidings.store.sqlite.transaction import Transaction
from tidings.store.sqlite.writing import Outcome, Writer

# It is honest until it runs; then a kill nearly always finds some that were acknowledged.
HONEST_AT_FIRST, COMMITTED_ONE_IN = 20, 5
counted = 0


def transact_later(writer: Writer, group: Sequence[Any]) -> list[Outcome]:
    """Apply a group of changes, and commit only now and then."""
    global counted  # noqa: PLW0603 - sabotage knows no manners
    counted += 1
    cursor = writer._cursor  # noqa: SLF001
    transaction = Transaction(cursor, writer._position, writer._heads)  # noqa: SLF001
    if not cursor.connection.in_transaction:
        cursor.execute("BEGIN IMMEDIATE")
    outcomes = writing._apply(transaction, group)  # noqa: SLF001
    writer._position = transaction.position  # noqa: SLF001
    if counted < HONEST_AT_FIRST or not counted % COMMITTED_ONE_IN:
        cursor.execute("COMMIT")
    return outcomes


if __name__ == "__main__":
    Writer._transact = transact_later  # type: ignore[assignment,method-assign]  # noqa: SLF001
    main()
