"""Recent sends: never forgotten within the window, never kept for long, told apart by what they are."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.stores import NOW
from tidings.domain.messages import Message
from tidings.domain.repeats import WINDOW_S, RecentSends, identity
from tidings.ids import UINT32, AccountNumber, UserId

MESSAGE = Message(AccountNumber(1), AccountNumber(2), UserId("a"), UserId("b"), NOW, 3, 4, NOW, b"[]", "", 0)


@settings(deadline=None)
@given(st.lists(st.integers(0, 150), max_size=30))
def test_a_send_is_found_for_the_whole_window_whatever_comes_in_between(pauses: list[int]) -> None:
    recent, now, added = RecentSends(), NOW, dict[int, int]()
    for key, pause in enumerate(pauses):
        now += pause
        recent.add(key, now, now)
        added[key] = now
        assert all(recent.find(key) == time for key, time in added.items() if now - time <= WINDOW_S)


@settings(deadline=None)
@given(st.lists(st.integers(1, 50), max_size=60))
def test_a_send_is_forgotten_after_three_windows_of_other_sends(pauses: list[int]) -> None:
    recent, now = RecentSends(), NOW
    recent.add(-1, now, now)
    for key, pause in enumerate(pauses):
        now += pause
        recent.add(key, now, now)
    assert now - NOW <= 3 * WINDOW_S or recent.find(-1) is None


def test_a_pause_longer_than_two_windows_forgets_at_once() -> None:
    recent = RecentSends()
    recent.add(1, NOW, NOW)
    recent.add(2, NOW + 2 * WINDOW_S, NOW + 2 * WINDOW_S)
    assert recent.find(1) is None


def test_a_failed_send_is_forgotten_in_either_generation() -> None:
    recent = RecentSends()
    recent.add(1, NOW, NOW)
    recent.add(2, NOW + WINDOW_S, NOW + WINDOW_S)
    for key in (1, 2, 3):
        recent.forget(key)
    assert [recent.find(key) for key in (1, 2, 3)] == [None] * 3


@pytest.mark.parametrize(
    "change",
    [
        {"sender": 9},
        {"receiver": 9},
        {"sender": 2, "receiver": 1},
        {"seq": 9},
        {"random": 9},
        {"seq": 4, "random": 3},
        {"body": b"[1]"},
        {"seq": UINT32},
        {"random": UINT32},
    ],
    ids=str,
)
def test_what_differs_is_another_send(change: dict[str, int | bytes]) -> None:
    assert identity(replace(MESSAGE, **change)) != identity(MESSAGE)  # type: ignore[arg-type]


def test_the_time_makes_no_other_send() -> None:
    assert identity(replace(MESSAGE, time=NOW + 1, client_time=NOW + 2)) == identity(MESSAGE)
