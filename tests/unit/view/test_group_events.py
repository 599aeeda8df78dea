"""What happened in groups, as clients are told."""

import json

import msgspec
import pytest

from tests.support.catalogue import check_event, check_push
from tests.support.clients import Json
from tests.support.groups import found_community, make_topic, say
from tests.support.stage import Stage
from tidings.domain.events import GroupNotice, GroupReadElsewhere, GroupReceipt, GroupReceiptsGiven
from tidings.domain.group.events import (
    CustomNotice,
    GroupEvent,
    GroupModified,
    GroupPinned,
    GroupRecalled,
    TopicChanged,
    TopicCreated,
    TopicsDeleted,
)
from tidings.domain.group.groups import Group
from tidings.ids import AccountNumber, GroupId, Position, UserId
from tidings.view.group_events import noticed, read_elsewhere, receipts_given, to_live_push

BY = UserId("alice")


@pytest.mark.parametrize(
    "kind", ["recalled", "modified", "pinned", "unpinned", "notice", "created", "deleted", "changed"]
)
async def test_every_event_of_a_group_is_a_push_of_the_catalogue(stage: Stage, kind: str) -> None:
    community = await found_community(stage)
    group = await make_topic(stage, community) if kind == "changed" else community
    await say(stage, group, stage.them.alice)
    message = stage.rooms.messages[0][1]
    events: dict[str, GroupEvent] = {
        "recalled": GroupRecalled((message,), BY, "spam"),
        "modified": GroupModified(message),
        "pinned": GroupPinned(message, BY, "Alice", "face", is_pinned=True),
        "unpinned": GroupPinned(message, BY, "Alice", "face", is_pinned=False),
        "notice": CustomNotice("hello", BY, 10, 11),
        "created": TopicCreated(GroupId("t"), BY, 10, 11),
        "deleted": TopicsDeleted((GroupId("t"),), BY, 10, 11),
        "changed": TopicChanged({"name": "n", "is_muted": True, "custom": {}}, BY, 10, 11),
    }
    check_push(msgspec.json.encode(to_live_push(group, events[kind])))


def test_what_single_accounts_are_told_is_of_the_catalogue_and_has_its_place() -> None:
    group, at = GroupId("g"), Position(9)
    receipt = GroupReceipt(1, 2, 3, AccountNumber(4), 5, 6)
    for event in (
        read_elsewhere(GroupReadElsewhere(group, 7), at),
        receipts_given(GroupReceiptsGiven(group, (receipt,)), at),
    ):
        check_event(msgspec.to_builtins(event), "event")
        assert event.position == at


async def test_a_topic_goes_by_its_community_in_all_that_is_told(stage: Stage) -> None:
    community = await found_community(stage)
    topic = await make_topic(stage, community)
    await say(stage, topic, stage.them.alice)
    message = stage.rooms.messages[0][1]
    names = (community.group_id, topic.group_id)
    (item,) = one(topic, GroupRecalled((message,), BY))["GroupTips"][0]["MsgBody"]["GroupWithdrawInfoArray"]
    assert (item["GroupId"], item["TopicId"]) == names
    (item,) = one(topic, GroupModified(message))["GroupMsgModNotifys"]
    assert (item["GroupId"], item["TopicId"]) == names
    (item,) = one(topic, GroupPinned(message, BY, "", "", is_pinned=True))["GroupTips"]
    assert (item["ToGroupId"], item["GroupInfo"]["TopicId"]) == names
    read = msgspec.to_builtins(read_elsewhere(GroupReadElsewhere(topic.group_id, 3), Position(1)))
    (item,) = read["GroupTips"][0]["MsgBody"]["GroupReadInfoArray"]
    assert (item["GroupId"], item["TopicId"]) == names


def test_a_notice_of_a_topic_goes_by_its_community_and_others_by_their_group() -> None:
    topic = GroupId("@TGS#_hikers@TOPIC#_gear")
    for name, group, topic_id, flag in (("team", "team", "", 0), (topic, "@TGS#_hikers", topic, 2)):
        notice = GroupNotice(20, name, "gear", "Public", BY, 10, 11, receive="Discard")
        event = msgspec.json.decode(msgspec.json.encode(noticed(notice, Position(3))))
        check_event(event, "event")
        (row,) = event["GroupTips"]
        info = row["GroupInfo"]
        assert (row["ToGroupId"], info["GroupId"], row["MsgBody"]["MsgFlag"]) == (group, group, "Discard")
        assert (info.get("TopicId", ""), info.get("MillionGroupFlag", 0)) == (topic_id, flag)


def one(group: Group, event: GroupEvent) -> Json:
    """Return the only event of a push, as clients get it."""
    (found,) = json.loads(msgspec.json.encode(to_live_push(group, event)))["EventArray"]
    assert isinstance(found, dict)
    return found
