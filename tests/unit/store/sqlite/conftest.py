"""A store in memory, some accounts of it, and what its database does for a call."""

from collections.abc import AsyncIterator

import pytest

from tests.support.database import Work
from tests.support.stores import VAULT, People, people
from tidings.store.sqlite.engine import Engine, MemoryEngine
from tidings.store.sqlite.store import Store


@pytest.fixture
async def engine() -> AsyncIterator[Engine]:
    """Return an engine with an empty database in memory."""
    engine = MemoryEngine()
    yield engine
    await engine.close()


@pytest.fixture
async def store(engine: Engine) -> Store:
    """Return an empty store."""
    return Store(engine, VAULT)


@pytest.fixture
async def them(store: Store) -> People:
    """Return some accounts of the store."""
    return await people(store)


@pytest.fixture
async def work(engine: Engine) -> Work:
    """Return what looks at the work of the store's database."""
    return Work(engine.look_up(lambda connection: connection))
