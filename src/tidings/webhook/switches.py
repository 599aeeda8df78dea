"""Which callbacks an app has switched on (docs/webhooks.md)."""

from functools import cache

from tidings.settings import AppSettings, SettingsError
from tidings.wire.callbacks import CALLBACKS


@cache
def to_switches(callbacks: str) -> frozenset[str]:
    """Return the commands that an app's setting `callbacks` names."""
    return frozenset(callbacks.split(",")) if callbacks else frozenset()


def check_callbacks(settings: AppSettings) -> None:
    """Raise SettingsError if a callback is switched on that does not exist."""
    for command in sorted(to_switches(settings.callbacks) - CALLBACKS.keys()):
        raise SettingsError(f"setting callbacks: there is no callback {command!r}; docs/webhooks.md lists all")
