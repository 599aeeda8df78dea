"""Texts that grow: pieces in order, pauses, how often and how much."""

import pytest

from tests.support.stores import APP, NOW
from tidings.clock import SteppedClock
from tidings.domain.growing import MAX_BYTES, PAUSE_S, PIECES_PER_SECOND, Growing, Growth, Piece, StreamKind
from tidings.errors import TidingsError


def render(stream: Growing) -> bytes:
    return stream.shown.encode()


@pytest.fixture
def growth(clock: SteppedClock) -> Growth:
    return Growth(clock, render)


def new() -> Growing:
    return Growing(APP, StreamKind.ELEMENT, id="s")


def test_pieces_add_up_and_people_see_them_screened(growth: Growth) -> None:
    stream = new()
    growth.begin(stream, Piece("a bad", 1), lambda text: text.replace("bad word", "***"))
    growth.add(stream, Piece(" word", 2, end=5), lambda text: text.replace("bad word", "***"))
    assert (stream.text, stream.shown, stream.last_index) == ("a bad word", "a ***", 5)
    assert growth.body(stream, "") == b"a ***"


@pytest.mark.parametrize("index", [0, 1, 5])
def test_a_piece_that_is_not_the_next_is_refused(growth: Growth, index: int) -> None:
    stream = new()
    growth.add(stream, Piece("a", 1, end=5), str)
    with pytest.raises(TidingsError) as refused:
        growth.add(stream, Piece("b", index), str)
    assert refused.value.code == 90001
    with pytest.raises(TidingsError):
        growth.begin(new(), Piece("b", 2), str)


def test_a_whole_that_is_too_long_is_refused(growth: Growth) -> None:
    stream = new()
    growth.add(stream, Piece("x" * (MAX_BYTES - 3)), str)
    assert growth.body(stream, "12")
    with pytest.raises(TidingsError) as refused:
        growth.body(stream, "123")
    assert refused.value.code == 80002


def test_so_many_pieces_a_second_are_taken(growth: Growth, clock: SteppedClock) -> None:
    stream = new()
    for _ in range(PIECES_PER_SECOND):
        growth.count(stream)
    with pytest.raises(TidingsError) as refused:
        growth.count(stream)
    assert refused.value.code == 60007
    clock.step(1)
    growth.count(stream)


def test_a_pause_is_too_long_from_a_moment_on(growth: Growth, clock: SteppedClock) -> None:
    stream = new()
    growth.add(stream, Piece("a"), str)
    clock.step(PAUSE_S)
    assert not growth.is_late(stream)
    clock.step(0.1)
    assert growth.is_late(stream)
    assert stream.last_at == float(NOW)


def test_what_has_grown_is_taken_over_whole() -> None:
    stream, grown = new(), Growing(APP, StreamKind.ELEMENT, "old", "s", "raw", "shown", 3, 9.0, is_over=True)
    stream.take(grown)
    assert (stream.text, stream.shown, stream.last_index, stream.last_at, stream.is_over) == (
        "raw",
        "shown",
        3,
        9.0,
        True,
    )
