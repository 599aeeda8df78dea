from datetime import UTC, datetime
from typing import Any

import pytest

from tidings_client import Custom, GroupMessage, Text, TipKind


def test_text_is_what_its_texts_say_together() -> None:
    message = GroupMessage(
        "i", "g", 1, "bob", is_own=True, time=60, elements=(Text(text="a"), Custom(data="x"), Text(text="b"))
    )
    assert (message.text, message.sent_at) == ("ab", datetime(1970, 1, 1, 0, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("changes", "kept"),
    [({"group_type": "Public"}, True), ({"is_online_only": True}, False), ({"group_type": "AVChatRoom"}, False)],
)
def test_message_of_a_live_room_or_for_who_is_online_is_not_kept(changes: dict[str, Any], *, kept: bool) -> None:
    assert GroupMessage("i", "g", 1, "bob", is_own=True, time=0, **changes).is_kept is kept


@pytest.mark.parametrize(("number", "kind"), [(2, TipKind.QUIT), (99, TipKind.OTHER)])
def test_tip_of_a_kind_that_is_not_known_is_another_one(number: int, kind: TipKind) -> None:
    assert TipKind.of(number) is kind
