"""The catalogue of callbacks: their bodies, by their commands (spec/webhooks.yaml)."""

from types import ModuleType

from tidings.wire.callbacks import (
    alert,
    bot,
    c2c,
    chatbot,
    content_callback,
    follow,
    group,
    official_account,
    profile,
    push,
    sns,
    state,
)
from tidings.wire.callbacks.callback import Callback

MODULES = (
    state,
    profile,
    sns,
    follow,
    c2c,
    group,
    push,
    content_callback,
    bot,
    chatbot,
    alert,
    official_account,
)


def _of(module: ModuleType) -> list[type[Callback]]:
    found = [value for value in vars(module).values() if isinstance(value, type) and value is not Callback]
    return [kind for kind in found if issubclass(kind, Callback)]


CALLBACKS: dict[str, type[Callback]] = {kind.callback: kind for module in MODULES for kind in _of(module)}
"""Every callback there is, by its command."""
