"""The wire structs of pushes and the catalogue say the same, both ways."""

import json

import msgspec
import pytest

from tests.support import catalogue
from tests.support.catalogue import Node, PushEntry
from tests.support.structs import response_differences
from tidings.wire import group_news, group_pushes, pushes
from tidings.wire.pushes import Event

EVENTS = sorted(Event.__subclasses__(), key=lambda kind: kind.__name__)
# The catalogue's pushes of which the server sends none yet.
UNSENT = {"relogin_wanted", "overloaded", "config_changed", "features_changed"}
# Members of structs that several pushes share; in these places they are left out on the wire.
LIVE = (
    "Attributes",
    "Counters",
    "CustomNotice",
    "GroupExtension",
    "GroupMessage",
    "GroupModified",
    "GroupPin",
    "GroupReaction",
    "GroupRecall",
    "GroupTip",
    "Status",
    "TopicNotice",
    "TopicTip",
)
SHARED = {
    *(
        f"{place}.{name} is in GroupMessageDown but not in the catalogue"
        for place in ("GroupMsgArray[]", "GroupTips[]", "GroupTips[].MsgBody.PinnedMsg")
        for name in ("IsPlaceMsg", "RevokerInfo")
    ),
    *(f"Position is in {name}Event but not in the catalogue" for name in LIVE),
    "C2cMsgInfo[].RevokerInfo is in MessageInfo but not in the catalogue",
    "C2cNotifyMsgArray[].C2cReadedReceipt.UinPairReadArray[].From_Account is in ReadMark but not in the catalogue",
}
# News of groups come in one array; what each is about tells its body.
NEWS: dict[str, type[Event]] = {
    "group_tip": group_pushes.GroupTipEvent,
    "group_message_recalled": group_pushes.GroupRecallEvent,
    "group_read_elsewhere": pushes.GroupReadEvent,
    "group_receipts": pushes.GroupReceiptEvent,
    "group_notice": pushes.GroupNoticeEvent,
    "group_custom_notice": group_pushes.CustomNoticeEvent,
    "topics_changed": group_pushes.TopicNoticeEvent,
    "topic_profile_changed": group_pushes.TopicTipEvent,
    "group_pin": group_pushes.GroupPinEvent,
    "group_unpin": group_pushes.GroupPinEvent,
    "group_extensions_changed": group_pushes.GroupExtensionEvent,
    "group_message_reacted": group_pushes.GroupReactionEvent,
    "extensions_changed": pushes.ExtensionEvent,
    "message_reacted": pushes.ReactionEvent,
    "group_attributes_changed": group_news.AttributesEvent,
    "group_counters_changed": group_news.CountersEvent,
}
SENT = [entry for entry in catalogue.pushes() if entry.name not in UNSENT]


def _needs(struct: type[Event]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(struct) if field.required}


def _struct_of(entry: PushEntry) -> type[Event]:
    if entry.name in NEWS:
        return NEWS[entry.name]
    needed = {name for name, node in entry.shape.members.items() if node.is_required}
    found = [struct for struct in EVENTS if _needs(struct) == needed]
    assert len(found) == 1, f"no struct of its own for push {entry.name}: {found}"
    return found[0]


def _merge(nodes: list[Node]) -> Node:
    """Return one node that has the members of all: one struct stands for several notices."""
    members: dict[str, list[Node]] = {}
    for node in nodes:
        for name, member in node.members.items():
            members.setdefault(name, []).append(member)
    items = [node.item for node in nodes if node.item is not None]
    kinds = frozenset().union(*(node.kinds for node in nodes))
    merged = {name: _merge(found) for name, found in members.items()}
    is_unused = all(node.is_unused for node in nodes)
    return Node(kinds, is_unused=is_unused, members=merged, item=_merge(items) if items else None)


@pytest.mark.parametrize("struct", EVENTS, ids=lambda struct: struct.__name__)
def test_event_has_the_fields_of_the_catalogue(struct: type[Event]) -> None:
    entries = [entry.shape for entry in SENT if _struct_of(entry) is struct]
    assert entries, f"{struct.__name__} is no push of the catalogue"
    assert set(response_differences(struct, _merge(entries))) <= SHARED


@pytest.mark.parametrize("entry", SENT, ids=lambda entry: entry.name)
def test_example_of_the_catalogue_comes_back_whole(entry: PushEntry) -> None:
    decoded = msgspec.json.decode(entry.example, type=_struct_of(entry))
    again = json.loads(msgspec.json.encode(decoded))
    catalogue.check_event(again, entry.name)
    assert again["Event"] == entry.event
    assert again.get("Position") == json.loads(entry.example).get("Position")
