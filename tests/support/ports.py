"""Compares ports with what is plugged into them."""

import inspect
from collections.abc import Iterable


def methods(plugged: Iterable[tuple[type, type]]) -> list[tuple[type, type, str]]:
    """Return each method of the ports, with its port and the part that has to have it."""
    return [
        (port, part, name)
        for port, part in plugged
        for name, _ in inspect.getmembers(port, inspect.isfunction)
        if not name.startswith("_")
    ]


def name_of(value: object) -> str:
    """Return what a test of one method is called by."""
    return value.__name__ if isinstance(value, type) else str(value)


def parameters(function: object) -> list[tuple[str, object, object]]:
    """Return a method's parameters and result, as they are declared."""
    signature = inspect.signature(function)  # type: ignore[arg-type]
    named = [(each.name, each.kind, each.annotation) for each in signature.parameters.values() if each.name != "self"]
    return [*named, ("returns", None, signature.return_annotation)]
