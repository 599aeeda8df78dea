"""Garbage collection in a server process: what was loaded at start is left out, the rest comes later."""

import gc
from collections.abc import Iterator

import pytest

from tidings import memory


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_settling_freezes_what_is_there_and_collects_less_often() -> None:
    before = gc.get_threshold()
    memory.settle()
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == memory.THRESHOLDS > before
    assert gc.isenabled()


def test_garbage_of_the_start_is_not_kept_for_good() -> None:
    class Knot:
        alive = 0

        def __init__(self) -> None:
            self.itself = self
            Knot.alive += 1

        def __del__(self) -> None:
            Knot.alive -= 1

    Knot()
    memory.settle()
    assert Knot.alive == 0
