"""The stores that the store suite runs over."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.stores import People, open_store, people
from tidings.store.sqlite.store import Store


@pytest.fixture(params=["memory", "file"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """Return each kind of store in turn, empty."""
    store = open_store(request.param, tmp_path)
    yield store
    await store.close()


@pytest.fixture
async def them(store: Store) -> People:
    """Return some accounts of the store."""
    return await people(store)
