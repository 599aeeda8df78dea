"""A store in memory, and some accounts of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.stores import People, open_store, people
from tidings.store.sqlite.store import Store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """Return an empty store in memory."""
    store = open_store("memory", tmp_path)
    yield store
    await store.close()


@pytest.fixture
async def them(store: Store) -> People:
    """Return some accounts of the store."""
    return await people(store)
