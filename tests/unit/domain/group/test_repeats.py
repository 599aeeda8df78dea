"""Repeats of sends into groups: known for five minutes, by group, sender and random."""

from dataclasses import replace

from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.repeats import WINDOW_S, RecentGroupSends
from tidings.ids import AccountNumber, GroupNumber, UserId
from tidings.pending import resolved

MESSAGE = GroupMessage(GroupNumber(1), AccountNumber(2), UserId("bob"), 1000, 7, 1000, b"[]")


def known(recent: RecentGroupSends, **changes: object) -> bool:
    return recent.find(replace(MESSAGE, **changes)) is not None  # type: ignore[arg-type]


def test_a_repeat_finds_the_first_and_nothing_else_does() -> None:
    recent = RecentGroupSends()
    recent.add(MESSAGE, resolved(None))
    found = recent.find(replace(MESSAGE, time=1000 + WINDOW_S))
    assert found is not None
    assert found.message is MESSAGE
    assert not known(recent, time=1001 + WINDOW_S)
    assert not any(
        known(recent, **change) for change in ({"random": 8}, {"sender": AccountNumber(3)}, {"group": GroupNumber(2)})
    )


def test_what_failed_may_be_sent_again() -> None:
    recent = RecentGroupSends()
    recent.add(MESSAGE, resolved(None))
    recent.forget(MESSAGE)
    assert not known(recent)


def test_what_is_older_than_two_windows_is_forgotten() -> None:
    recent = RecentGroupSends()
    for time in range(1000, 1000 + 10 * WINDOW_S, 10):
        recent.add(replace(MESSAGE, time=time, random=time), resolved(None))
    last = 1000 + 10 * WINDOW_S - 10
    assert known(recent, time=last, random=last - WINDOW_S)
    assert not known(recent, time=last, random=1000)
