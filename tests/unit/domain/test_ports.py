"""Ports: what is plugged into them has every method, with the same parameters and results."""

import inspect

import pytest

from tests.support.delivery import Recorder
from tidings.delivery.hub import Hub
from tidings.domain.accounts import AccountStore
from tidings.domain.ports import ConversationStore, Delivery, MessageStore, SessionStore
from tidings.store.sqlite.accounts import SqliteAccounts, SqliteSessions
from tidings.store.sqlite.conversations import SqliteConversations
from tidings.store.sqlite.engine import MemoryEngine
from tidings.store.sqlite.messages import SqliteMessages

PLUGGED = [
    (AccountStore, SqliteAccounts),
    (SessionStore, SqliteSessions),
    (MessageStore, SqliteMessages),
    (ConversationStore, SqliteConversations),
    (Delivery, Hub),
    (Delivery, Recorder),
]
METHODS = [
    pytest.param(port, part, name, id=f"{part.__name__}.{name}")
    for port, part in PLUGGED
    for name, _ in inspect.getmembers(port, inspect.isfunction)
    if not name.startswith("_")
]


def _parameters(function: object) -> list[tuple[str, object, object]]:
    signature = inspect.signature(function)  # type: ignore[arg-type]
    named = [(each.name, each.kind, each.annotation) for each in signature.parameters.values() if each.name != "self"]
    return [*named, ("returns", None, signature.return_annotation)]


@pytest.mark.parametrize(("port", "part", "name"), METHODS)
async def test_a_part_has_the_ports_method(port: type, part: type, name: str) -> None:
    # A message is appended by the engine itself: one call less on the hot path.
    method = getattr(part, name, None) or getattr(part(MemoryEngine()), name)
    assert _parameters(method) == _parameters(getattr(port, name))
