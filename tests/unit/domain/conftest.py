"""What the rules run on: a real store in memory, a clock that is stepped, a delivery that writes down."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.delivery import Recorder
from tests.support.server import SeededChance
from tests.support.stores import APP, NOW, People, open_store, people
from tidings.clock import SteppedClock
from tidings.domain.apps import App
from tidings.domain.usersig import KeyRing
from tidings.store.sqlite.store import Store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = open_store("memory", tmp_path)
    yield store
    await store.close()


@pytest.fixture
async def them(store: Store) -> People:
    return await people(store)


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(float(NOW))


@pytest.fixture
def chance() -> SeededChance:
    return SeededChance()


@pytest.fixture
def delivery() -> Recorder:
    return Recorder()


@pytest.fixture
def app() -> App:
    return App(APP, "test", is_enabled=True, created_at=NOW, keys=KeyRing())
