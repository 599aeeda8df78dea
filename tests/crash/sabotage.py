"""A server that breaks the promise: it acknowledges messages a good while before it commits them.

Nothing in the product can be switched to this. The script replaces the store's commit in its own
process, then runs `tidings` as usual: python tests/crash/sabotage.py dev …
"""

from collections.abc import Sequence
from typing import Any

from tidings.cli.main import main
from tidings.domain.group.messages import GroupMessage
from tidings.domain.messages import Message
from tidings.ids import Position
from tidings.store.sqlite.writing import Outcome, Writer

honest_commit = Writer.commit
held: list[Message | GroupMessage] = []
last_seqs: dict[int, int] = {}
# As many as a crew has under way: a kill nearly always finds some that were acknowledged.
HELD_BACK = 32


def commit_later(writer: Writer, group: Sequence[Any]) -> list[Outcome]:
    """Say that messages are stored, but hold them back until there are many."""
    if len(held) >= HELD_BACK:
        honest_commit(writer, held)
        held.clear()
    outcomes = iter(honest_commit(writer, [work for work in group if not _is_held_back(work)]))
    return [_hold(writer, work) if _is_held_back(work) else next(outcomes) for work in group]


def _is_held_back(work: object) -> bool:
    # What a group says first is committed: it tells which sequences are next.
    return isinstance(work, Message) or (isinstance(work, GroupMessage) and work.group in last_seqs)


def _hold(writer: Writer, message: Message | GroupMessage) -> Outcome:
    held.append(message)
    message.position = Position(writer._position + len(held))  # noqa: SLF001 - sabotage knows no manners
    if isinstance(message, GroupMessage):
        last_seqs[message.group] += 1
        message.seq = last_seqs[message.group]
    return Outcome()


def commit_and_learn(writer: Writer, group: Sequence[Any]) -> list[Outcome]:
    """Commit later, and learn where the groups are that have just said something."""
    outcomes = commit_later(writer, group)
    for work in group:
        if isinstance(work, GroupMessage):
            last_seqs.setdefault(work.group, work.seq)
    return outcomes


if __name__ == "__main__":
    Writer.commit = commit_and_learn  # type: ignore[assignment,method-assign]
    main()
