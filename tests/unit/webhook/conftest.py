"""An app with callbacks, and a server of it."""

from collections.abc import AsyncIterator, Callable

import pytest

from tests.support.receiver import Receiver, receiving
from tests.support.stores import APP, NOW
from tidings.clock import SteppedClock
from tidings.domain.apps import App
from tidings.domain.usersig import KeyRing
from tidings.settings import AppSettings

MakeApp = Callable[..., App]


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(float(NOW))


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving(is_checked=False) as receiver:
        yield receiver


@pytest.fixture
def make_app(receiver: Receiver) -> MakeApp:
    def make(**settings: object) -> App:
        given = {"callback_url": receiver.url, "callback_private": True, **settings}
        return App(APP, "test", is_enabled=True, created_at=NOW, keys=KeyRing(), settings=AppSettings(**given))  # type: ignore[arg-type]

    return make
