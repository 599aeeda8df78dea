"""Ports: what is plugged into them has every method, with the same parameters and results."""

import pytest

from tests.support.delivery import Recorder
from tests.support.ports import methods, name_of, parameters
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


@pytest.mark.parametrize(("port", "part", "name"), methods(PLUGGED), ids=name_of)
async def test_a_part_has_the_ports_method(port: type, part: type, name: str) -> None:
    # A message is appended by the engine itself: one call less on the hot path.
    method = getattr(part, name, None) or getattr(part(MemoryEngine()), name)
    if name != "append":
        assert parameters(method) == parameters(getattr(port, name))
