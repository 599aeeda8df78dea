from random import Random

from sdks.python.tests.support.stepped import SmallestChance
from tidings_client.backoff import LONGEST_S, Backoff


class LargestChance(Random):
    def uniform(self, a: float, b: float) -> float:
        return max(a, b)


def test_delays_double_up_to_the_longest_and_begin_again_after_a_connection_that_held() -> None:
    backoff = Backoff(LargestChance(1))
    assert [backoff.next() for _ in range(8)] == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_S, LONGEST_S]
    backoff.reset()
    assert backoff.next() == 0.5


def test_jitter_reaches_down_to_nothing() -> None:
    backoff = Backoff(SmallestChance(1))
    assert [backoff.next() for _ in range(3)] == [0, 0, 0]
