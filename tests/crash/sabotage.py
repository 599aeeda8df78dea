"""A server that breaks the promise: it acknowledges messages a good while before it commits them.

Nothing in the product can be switched to this. The script replaces the store's commit in its own
process, then runs `tidings` as usual: python tests/crash/sabotage.py dev …
"""

from collections.abc import Sequence
from typing import Any

from tidings.cli.main import main
from tidings.domain.messages import Message
from tidings.ids import Position
from tidings.store.sqlite.writing import Outcome, Writer

honest_commit = Writer.commit
held: list[Message] = []
# As many as a crew has under way: a kill nearly always finds some that were acknowledged.
HELD_BACK = 32


def commit_later(writer: Writer, group: Sequence[Any]) -> list[Outcome]:
    """Say that messages are stored, but hold them back until there are many."""
    if len(held) >= HELD_BACK:
        honest_commit(writer, held)
        held.clear()
    outcomes = iter(honest_commit(writer, [work for work in group if not isinstance(work, Message)]))
    return [_hold(writer, work) if isinstance(work, Message) else next(outcomes) for work in group]


def _hold(writer: Writer, message: Message) -> Outcome:
    held.append(message)
    message.position = Position(writer._position + len(held))  # noqa: SLF001 - sabotage knows no manners
    return Outcome()


if __name__ == "__main__":
    Writer.commit = commit_later  # type: ignore[assignment,method-assign]
    main()
