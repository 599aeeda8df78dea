"""A server that breaks the promise: it acknowledges messages before it commits them.

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


def commit_later(writer: Writer, group: Sequence[Any]) -> list[Outcome]:
    """Say that messages are stored, but hold them back until something else is written."""
    if held:
        honest_commit(writer, held)
        held.clear()
    if not all(isinstance(work, Message) for work in group):
        return honest_commit(writer, group)
    for position, message in enumerate(group, writer._position + 1):  # noqa: SLF001 - sabotage knows no manners
        message.position = Position(position)
    held.extend(group)
    return [Outcome()] * len(group)


if __name__ == "__main__":
    Writer.commit = commit_later  # type: ignore[assignment,method-assign]
    main()
