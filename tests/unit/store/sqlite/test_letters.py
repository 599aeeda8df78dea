"""Letters in a file: they outlive the process (what every store promises: tests/contract)."""

from pathlib import Path

from tests.support.stores import APP, NOW, open_store
from tidings.domain.callbacks import Letter
from tidings.ids import AccountNumber, ConversationNumber
from tidings.store.sqlite.letters import to_letter

LETTER = Letter(APP, ConversationNumber(-3), "State.StateChange", "a=b", b"{}", NOW + 0.5, AccountNumber(7))


async def test_a_letter_is_there_after_a_restart(tmp_path: Path) -> None:
    store = open_store("file", tmp_path)
    await store.letters.write([LETTER])
    await store.close()
    again = open_store("file", tmp_path)
    (letter,) = await again.letters.waiting(APP, 5, [])
    await again.close()
    assert (letter.lane, letter.command, letter.query, letter.body) == (-3, "State.StateChange", "a=b", b"{}")
    assert (letter.created_at, letter.counted, letter.number) == (NOW + 0.5, 7, 1)


def test_a_row_is_a_letter() -> None:
    row = (4, APP, -3, "State.StateChange", "a=b", b"{}", NOW + 0.5, 7, 2, "it was down")
    letter = to_letter(row)
    assert (letter.number, letter.attempts, letter.reason) == (4, 2, "it was down")
