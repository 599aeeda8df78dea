"""What every callback says."""

from tidings.ids import UserId
from tidings.view.callbacks.telling import Telling


def test_the_time_is_told_in_milliseconds() -> None:
    assert Telling(UserId("alice"), is_admin=False, time=1735700001.234).event_time == 1735700001234
