"""Which callbacks are on."""

import pytest

from tidings.settings import AppSettings, SettingsError
from tidings.webhook.switches import check_callbacks, to_switches


def test_none_are_on_without_the_setting() -> None:
    assert to_switches("") == frozenset()


def test_the_setting_names_those_that_are_on() -> None:
    names = {"State.StateChange", "C2C.CallbackAfterSendMsg"}
    assert to_switches(",".join(names)) == names
    check_callbacks(AppSettings(callbacks=",".join(names)))


def test_a_callback_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"no callback 'C2C\.Nothing'"):
        check_callbacks(AppSettings(callbacks="State.StateChange,C2C.Nothing"))
