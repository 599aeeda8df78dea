"""Topics of communities over real sockets, by both doors: made, told, written in, read, changed, ended."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, text_body
from tests.support.server import Site, running_server

GROUPS, TOPICS = "group_open_http_svc", "million_group_open_http_svc"
COMMUNITY = "@TGS#_hikers"
GEAR, ROUTES = f"{COMMUNITY}@TOPIC#_gear", f"{COMMUNITY}@TOPIC#_routes"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as running:
        await found(running)
        yield running


async def found(site: Site, **fields: object) -> None:
    """Make the community of alice, with bob in it."""
    body = {"Type": "Community", "Name": "hikers", "GroupId": COMMUNITY, "Owner_Account": "alice", "SupportTopic": 1}
    members = [{"Member_Account": "bob"}]
    await site.rest().call(f"{GROUPS}/create_group", {**body, "MemberList": members, **fields})


async def make(site: Site, topic: str = GEAR, **fields: object) -> None:
    """Make a topic by REST."""
    body = {"GroupId": COMMUNITY, "TopicId": topic, "TopicName": "gear", "From_Account": "alice", **fields}
    await site.rest().call(f"{TOPICS}/create_topic", body)


async def say(client: GatewayClient, topic: str = GEAR, random: int = 1, code: int = 0, **fields: object) -> Json:
    """Send a text into a topic."""
    body = {"GroupId": COMMUNITY, "TopicId": topic, "Random": random, "MsgBody": text_body("hi"), **fields}
    return await client.call(f"{TOPICS}.send_group_msg", body, code)


async def own_topics(client: GatewayClient, *topics: str) -> list[Json]:
    """Return topics as a member sees them."""
    answer = await client.call(f"{TOPICS}.get_topic", {"GroupId": COMMUNITY, "TopicIdList": list(topics)})
    rows: list[Json] = answer["TopicAndSelfInfo"]
    return rows


async def told(client: GatewayClient, name: str) -> list[Any]:
    """Return what of an array was pushed to a device."""
    return [row for event in await client.events() for row in event.get(name, [])]


async def test_a_topic_is_made_told_changed_and_ended(site: Site) -> None:
    alice, bob = await site.login("alice"), await site.login("bob")
    await make(site)
    (notice,) = await told(bob, "GroupTips")
    assert (notice["MsgBody"]["ReportType"], notice["GroupInfo"]["TopicId"]) == (17, GEAR)
    assert (notice["ToGroupId"], notice["GroupInfo"]["MillionGroupFlag"]) == (COMMUNITY, 2)
    await told(alice, "GroupTips")
    change = {"GroupId": COMMUNITY, "TopicId": GEAR, "TopicName": "Gear", "ShutUpAllMember": "On", "CustomString": "c"}
    await alice.call(f"{TOPICS}.modify_topic", change)
    (tip,) = await told(bob, "GroupTips")
    assert tip["MsgBody"]["MsgTopicNewInfo"] == {"TopicName": "Gear", "ShutupAll": 1, "CustomString": "c"}
    assert (tip["MsgBody"]["OpType"], tip["GroupInfo"]["TopicId"]) == (8, GEAR)
    assert await told(alice, "GroupTips") == []
    (row,) = await own_topics(bob)
    assert [row["TopicInfo"][name] for name in ("TopicId", "GroupID", "TopicName", "ShutUpAllFlag")] == [
        GEAR,
        COMMUNITY,
        "Gear",
        1,
    ]
    ended = await alice.call(f"{TOPICS}.destroy_topic", {"GroupId": COMMUNITY, "TopicIdList": [GEAR, ROUTES]})
    assert [(r["TopicId"], r["ErrorCode"]) for r in ended["DestroyResultItem"]] == [(GEAR, 0), (ROUTES, 110003)]
    (notice,) = await told(bob, "GroupTips")
    assert (notice["MsgBody"]["ReportType"], notice["MsgBody"]["TopicIdArray"]) == (18, [GEAR])
    assert [row["ErrorCode"] for row in await own_topics(bob, GEAR)] == [110003]
    await say(bob, code=10010)


async def test_a_topic_has_messages_of_its_own(site: Site) -> None:
    await make(site)
    await make(site, ROUTES)
    alice, bob = await site.login("alice"), await site.login("bob")
    assert [(await say(alice, GEAR, random))["MsgSeq"] for random in (1, 2)] == [1, 2]
    assert (await say(alice, ROUTES, 3))["MsgSeq"] == 1
    messages = await told(bob, "GroupMsgArray")
    assert [(m["ToGroupId"], m["TopicId"], m["GroupInfo"]["TopicId"], m["MsgSeq"]) for m in messages] == [
        (COMMUNITY, GEAR, GEAR, 1),
        (COMMUNITY, GEAR, GEAR, 2),
        (COMMUNITY, ROUTES, ROUTES, 1),
    ]
    page = await bob.call(f"{TOPICS}.group_msg_get", {"GroupId": COMMUNITY, "TopicId": GEAR, "ReqMsgNumber": 20})
    assert (page["GroupId"], [m["MsgSeq"] for m in page["RspMsgList"]]) == (COMMUNITY, [2, 1])
    body = {"GroupId": COMMUNITY, "TopicId": ROUTES, "ReqMsgNumber": 20}
    by_rest = await site.rest().call(f"{GROUPS}/group_msg_get_simple", body)
    assert [m["MsgSeq"] for m in by_rest["RspMsgList"]] == [1]
    page = await bob.call(f"{TOPICS}.group_msg_get", {"GroupId": COMMUNITY, "ReqMsgNumber": 20})
    assert page["RspMsgList"] == []


async def test_reading_and_unread_numbers_are_each_topics_own(site: Site) -> None:
    await make(site)
    await make(site, ROUTES)
    alice, bob, other = await site.login("alice"), await site.login("bob"), await site.login("bob", "android")
    for random in (1, 2, 3):
        await say(alice, GEAR, random)
    await say(alice, ROUTES, 4)
    await say(alice, GEAR, 5, SendMsgControl=["NoUnread"])
    assert [row["SelfInfo"]["UnreadMsgNum"] for row in await own_topics(bob)] == [3, 1]
    assert [row["SelfInfo"]["UnreadMsgNum"] for row in await own_topics(alice)] == [0, 0]
    await other.events()
    await bob.call(f"{TOPICS}.msg_read_report", {"GroupId": COMMUNITY, "TopicId": GEAR, "MsgReadedSeq": 2})
    (read,) = await told(other, "GroupTips")
    assert read["MsgBody"]["GroupReadInfoArray"] == [{"GroupId": COMMUNITY, "TopicId": GEAR, "LastReadMsgSeq": 2}]
    gear, routes = await own_topics(bob)
    assert (gear["SelfInfo"]["MsgSeq"], gear["SelfInfo"]["UnreadMsgNum"]) == (2, 1)
    assert gear["SelfInfo"]["NoUnreadSeqList"] == [4]
    assert (routes["SelfInfo"]["MsgSeq"], routes["SelfInfo"]["UnreadMsgNum"]) == (0, 1)
    body = {"GroupId": COMMUNITY, "From_Account": "bob", "TopicIdList": [GEAR], "ResponseFilter": ["MsgSeq"]}
    (row,) = (await site.rest().call(f"{TOPICS}/get_topic", body))["TopicAndSelfInfo"]
    assert row == {"ErrorCode": 0, "ErrorInfo": "", "TopicInfo": {"TopicId": GEAR}, "SelfInfo": {"MsgSeq": 2}}


async def test_recall_and_edit_tell_the_topic(site: Site) -> None:
    await make(site)
    alice, bob = await site.login("alice"), await site.login("bob")
    await say(bob, random=1)
    await say(bob, random=2)
    await bob.events()
    place = {"GroupId": COMMUNITY, "TopicId": GEAR}
    await alice.call(f"{TOPICS}.group_msg_recall", {**place, "MsgSeqList": [{"MsgSeq": 1}]})
    edit = {**place, "MsgSeq": 2, "MsgBody": text_body("new"), "CloudCustomData": ""}
    await site.rest().call("openim/modify_group_msg", edit)
    events = await bob.events()
    (recalled,) = [tip for event in events for tip in event.get("GroupTips", [])]
    (item,) = recalled["MsgBody"]["GroupWithdrawInfoArray"]
    assert (item["GroupId"], item["TopicId"], item["MsgSeq"]) == (COMMUNITY, GEAR, 1)
    (modified,) = [row for event in events for row in event.get("GroupMsgModNotifys", [])]
    assert (modified["GroupId"], modified["TopicId"], modified["MsgVersion"]) == (COMMUNITY, GEAR, 1)


async def test_muting_everybody_holds_in_one_topic(site: Site) -> None:
    await make(site)
    await make(site, ROUTES)
    alice, bob, rest = await site.login("alice"), await site.login("bob"), site.rest()
    await rest.call(f"{TOPICS}/modify_topic", {"GroupId": COMMUNITY, "TopicId": GEAR, "MuteAllMember": "On"})
    await say(bob, GEAR, code=10017)
    await say(bob, ROUTES)
    await say(alice, GEAR)


async def test_who_leaves_the_community_leaves_its_topics(site: Site) -> None:
    await make(site)
    alice, bob = await site.login("alice"), await site.login("bob")
    await say(bob)
    await bob.call(f"{TOPICS}.quit_group", {"GroupId": COMMUNITY})
    await bob.events()
    await say(bob, random=2, code=10007)
    await say(alice, random=3)
    assert await told(bob, "GroupMsgArray") == []
    await bob.call(f"{TOPICS}.apply_join_group", {"GroupId": COMMUNITY})
    assert (await say(bob, random=4))["MsgSeq"] == 3


async def test_a_disbanded_community_takes_its_topics_with_it(site: Site) -> None:
    await make(site)
    bob, rest = await site.login("bob"), site.rest()
    await rest.call(f"{GROUPS}/destroy_group", {"GroupId": COMMUNITY})
    await say(bob, code=10010)
    await found(site)
    assert await own_topics(bob) == []
    await make(site)
    assert (await say(bob, random=9))["MsgSeq"] == 1


async def test_topics_are_no_conversations_of_the_list_and_communities_are_listed_by_them(site: Site) -> None:
    await make(site)
    alice, bob = await site.login("alice"), await site.login("bob")
    await say(alice)
    await own_topics(bob, GEAR)
    await bob.call(f"{TOPICS}.msg_read_report", {"GroupId": COMMUNITY, "TopicId": GEAR, "MsgReadedSeq": 1})
    listed = await bob.call("recentcontact.page_get", {})
    assert GEAR not in str(listed["SessionItem"])
    for wanted, count in ((1, 1), (0, 0)):
        answer = await bob.call(f"{TOPICS}.get_joined_group_list", {"SupportTopic": wanted})
        assert answer["TotalCount"] == count
        body = {"Member_Account": "bob", "GroupType": "Community", "SupportTopic": wanted}
        assert (await site.rest().call(f"{GROUPS}/get_joined_group_list", body))["TotalCount"] == count


async def test_refusals_say_what_is_wrong(site: Site) -> None:
    rest, bob = site.rest(), await site.login("bob")
    await make(site)
    topic = {"GroupId": COMMUNITY, "TopicName": "x"}
    await rest.call(f"{TOPICS}/create_topic", {**topic, "TopicId": GEAR}, 10025)
    await rest.call(f"{TOPICS}/create_topic", {**topic, "TopicId": "@TGS#_other@TOPIC#_x"}, 10004)
    await rest.call(f"{TOPICS}/create_topic", {**topic, "GroupId": "@TGS#_none"}, 10015)
    await rest.call(f"{GROUPS}/import_topic", {**topic, "TopicId": GEAR}, 10021)
    await bob.call(f"{TOPICS}.create_topic", topic, 10007)
    await bob.call(f"{TOPICS}.destroy_topic", {"GroupId": COMMUNITY, "TopicIdList": [GEAR]}, 10007)
    await bob.call(f"{TOPICS}.modify_topic", {"GroupId": COMMUNITY, "TopicId": GEAR, "TopicName": "x"}, 10007)
    plain = {"Type": "Community", "Name": "plain", "GroupId": "@TGS#_plain", "Owner_Account": "alice"}
    await rest.call(f"{GROUPS}/create_group", plain)
    await rest.call(f"{TOPICS}/create_topic", {**topic, "GroupId": "@TGS#_plain"}, 11000)
    # Both services answer.
    made = await rest.call(f"{GROUPS}/create_topic", topic)
    assert made["TopicId"].startswith(f"{COMMUNITY}@TOPIC#_@TOPIC#c")
    imported = await rest.call(f"{TOPICS}/import_topic", {**topic, "CreateTime": 1600000000})
    body = {"GroupId": COMMUNITY, "From_Account": "bob", "TopicIdList": [imported["TopicId"]]}
    (row,) = (await rest.call(f"{TOPICS}/get_topic", body))["TopicAndSelfInfo"]
    assert row["TopicInfo"]["CreateTime"] == 1600000000
