import dataclasses

import pytest

from tidings_client import group_events
from tidings_client.group_events import GroupEvent, NoticeKind

KINDS = [each for each in vars(group_events).values() if isinstance(each, type) and issubclass(each, GroupEvent)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_event_names_its_group_first_and_cannot_be_changed(kind: type[GroupEvent]) -> None:
    assert dataclasses.fields(kind)[0].name == "group"
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("number", "kind"), [(5, NoticeKind.DISBANDED), (15, NoticeKind.CUSTOM), (99, NoticeKind.OTHER)]
)
def test_notice_of_a_kind_that_is_not_known_is_another_one(number: int, kind: NoticeKind) -> None:
    assert NoticeKind.of(number) is kind
