import dataclasses

import pytest

import tidings_client
from tidings_client import events
from tidings_client.events import Event

KINDS = [each for each in vars(events).values() if isinstance(each, type) and issubclass(each, Event)]


@pytest.mark.parametrize("kind", KINDS)
def test_event_is_frozen_and_can_be_imported_from_the_package(kind: type[Event]) -> None:
    assert getattr(tidings_client, kind.__name__) is kind
    assert kind.__name__ in tidings_client.__all__
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_everything_that_is_exported_is_there() -> None:
    for name in tidings_client.__all__:
        assert hasattr(tidings_client, name)
