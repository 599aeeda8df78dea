"""Who hears what happens, and what an answer means."""

import pytest

from tests.support.listening import Ear
from tidings.domain.callbacks import (
    LET_BE,
    Happening,
    Question,
    Verdict,
    ask,
    check,
    current,
    heard,
    is_asked,
    note,
    note_outcome,
    post,
    unheard,
)
from tidings.errors import MESSAGE_REFUSED_BY_APP, TidingsError
from tidings.pending import Pending, step

OWN = range(120_001, 130_001)


async def test_a_listener_hears_one_command_and_no_other() -> None:
    ear, pending = Ear([]), Pending[int]()

    async def command() -> list[object]:
        before = current.listener
        return [before, await pending, current.listener]

    running = heard(ear, command())
    assert step(running) is pending
    assert current.listener is None
    pending.resolve(5)
    with pytest.raises(StopIteration) as end:
        step(running)
    assert end.value.value == [ear, 5, ear]
    assert current.listener is None


async def test_an_error_goes_through_and_leaves_nobody_listening() -> None:
    async def command() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await heard(Ear([]), command())
    assert current.listener is None


async def test_another_command_that_is_woken_meanwhile_is_not_heard() -> None:
    async def command() -> object:
        return unheard(lambda: current.listener), current.listener

    ear = Ear([])
    assert await heard(ear, command()) == (None, ear)


async def test_without_a_listener_nothing_is_made_asked_or_told() -> None:
    def make(*_: object) -> Happening:
        raise AssertionError("nobody wants it")

    note(make)
    post(make)
    note_outcome(Happening, make)
    assert not is_asked(Question)
    assert await ask(make, 1) is LET_BE  # type: ignore[arg-type]


def test_an_answer_lets_be_drops_or_refuses() -> None:
    assert not check(LET_BE, MESSAGE_REFUSED_BY_APP, OWN)
    assert check(Verdict(2), MESSAGE_REFUSED_BY_APP, OWN, may_drop=True)


@pytest.mark.parametrize(
    ("verdict", "code", "text"),
    [
        (Verdict(1), 20006, "it gave no reason"),
        (Verdict(2, "dropped"), 20006, "dropped"),
        (Verdict(-1), 20006, ""),
        (Verdict(120_001, "own {words}"), 120_001, "own {words}"),
        (Verdict(130_001), 20006, ""),
        (Verdict(info="down", is_failed=True), 80003, "down"),
    ],
)
def test_a_refusal_has_the_code_that_the_range_says(verdict: Verdict, code: int, text: str) -> None:
    with pytest.raises(TidingsError) as refused:
        check(verdict, MESSAGE_REFUSED_BY_APP, OWN)
    assert (refused.value.code, text in refused.value.info) == (code, True)
