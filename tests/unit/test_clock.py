"""Clocks: one tells the machine's time, the other stands still until it is moved."""

import time

from tests.support.stores import NOW
from tidings.clock import SteppedClock, SystemClock


def test_the_system_clock_tells_unix_time() -> None:
    before = time.time()
    assert before <= SystemClock().now() <= time.time()


def test_a_stepped_clock_moves_when_it_is_told_to_and_goes_back_too() -> None:
    clock = SteppedClock(NOW)
    assert clock.now() == clock.now() == NOW
    clock.step(2.5)
    assert clock.now() == NOW + 2.5
    clock.step(-60)
    assert clock.now() == NOW - 57.5
