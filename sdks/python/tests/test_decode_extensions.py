"""News of extensions and reactions as events."""

import msgspec
import pytest

from tidings_client import Extension, ExtensionsChanged, Reaction, ReactionsChanged
from tidings_client.decode_extensions import to_hung_events
from tidings_client.wire_extensions import ToldExtensions, ToldReactions

NAME = {
    "TinyId": "1",
    "MsgClientTime": 2,
    "MsgRandom": 3,
    "MsgSeq": 4,
    "MsgTime": 5,
    "From_Account": "alice",
    "To_Account": "bob",
}
PAIRS = [{"MsgKeyValue": [{"Key": "a", "Value": "x", "Seq": 7}]}]


@pytest.mark.parametrize(
    ("operation", "parts", "changed", "is_cleared"),
    [
        (1, {"SetKVInfo": PAIRS}, {"a": Extension("x", 7)}, False),
        (2, {"DeleteKVInfo": [{"MsgKeyValue": [{"Key": "a", "Seq": 8}]}]}, {"a": Extension("", 8)}, False),
        (3, {"ClearKVInfo": [{"ClearMsgSeq": 9}]}, {}, True),
    ],
)
def test_extensions_say_what_changed_and_where(
    operation: int, parts: dict[str, object], changed: dict[str, Extension], *, is_cleared: bool
) -> None:
    told = {"ExtensionC2cMsgInfo": NAME, "MsgOptType": operation, "TinyId": "1", "MsgLastSeq": 9, **parts}
    [event] = to_hung_events(msgspec.convert(told, ToldExtensions), (), 6, "alice")
    assert isinstance(event, ExtensionsChanged)
    assert (event.id, event.key, event.peer, event.position) == ("1-2-3", "4_3_5", "bob", 6)
    assert (event.changed, event.is_cleared) == (changed, is_cleared)


def test_news_of_groups_are_passed_over() -> None:
    extensions = msgspec.convert({"ExtensionGroupMsgInfo": {}, "MsgOptType": 1}, ToldExtensions)
    reaction = msgspec.convert({"GroupMsgInfo": {}, "MsgReactionSummary": []}, ToldReactions)
    assert list(to_hung_events(extensions, [reaction], 6, "alice")) == []


def test_reactions_say_who_and_whether_oneself() -> None:
    rows = [{"Reaction": "tea", "Count": 1, "Reaction_Account": ["bob"], "ReactedByMe": 1}, {"Reaction": "gone"}]
    told = msgspec.convert({"C2CMsgInfo": NAME, "MsgReactionSummary": rows}, ToldReactions)
    [event] = to_hung_events(None, [told], 6, "bob")
    assert isinstance(event, ReactionsChanged)
    assert (event.key, event.peer) == ("4_3_5", "alice")
    assert event.reactions == (Reaction("tea", 1, ("bob",), is_own=True), Reaction("gone", 0, (), is_own=False))
