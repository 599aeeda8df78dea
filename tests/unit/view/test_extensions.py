"""Changes of extensions and reactions in the form that the public clients look for (web-sdk-wire.md, section 7)."""

import json

import msgspec
import pytest

from tests.support.catalogue import check_push
from tests.support.clients import Json
from tidings.domain.events import ExtensionsChanged, KeptEvent, MessageReacted, MessageRef
from tidings.ids import AccountNumber, Position, UserId
from tidings.view.events import to_event

REF = MessageRef(AccountNumber(1), UserId("alice"), UserId("bob"), 5, 6, 7, 8)
PAIRS = [{"MsgKeyValue": [{"Key": "a", "Value": "1", "Seq": 2}]}]


def shown(event: KeptEvent) -> Json:
    down: Json = json.loads(msgspec.json.encode(to_event(event, Position(9))))
    check_push({"EventArray": [down]})
    return down


@pytest.mark.parametrize(
    ("operation", "name", "rows"),
    [(1, "SetKVInfo", PAIRS), (2, "DeleteKVInfo", PAIRS), (3, "ClearKVInfo", [{"ClearMsgSeq": 3}])],
)
def test_extensions_are_told_by_what_was_done(operation: int, name: str, rows: list[Json]) -> None:
    notice = shown(ExtensionsChanged(REF, operation, (("a", "1", 2),), 3, 3))["MsgExtensionNotify"]
    assert (notice["MsgOptType"], notice["MsgLastSeq"], notice[name]) == (operation, 3, rows)
    assert {"SetKVInfo", "DeleteKVInfo", "ClearKVInfo"} & notice.keys() == {name}
    assert notice["ExtensionC2cMsgInfo"]["MsgSeq"] == 5


def test_a_reaction_is_told_with_who_reacted() -> None:
    [notice] = shown(MessageReacted(REF, "tea", 1, (UserId("bob"),), is_own=True))["MsgReactionNotifyList"]
    assert notice["MsgReactionSummary"] == [
        {"Reaction": "tea", "Count": 1, "Reaction_Account": ["bob"], "ReactedByMe": 1}
    ]
    assert notice["C2CMsgInfo"]["MsgClientTime"] == 8
