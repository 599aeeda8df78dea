"""Owners, admins and the muted over real sockets: who is told, at once or later, and who may speak."""

from collections.abc import AsyncIterator

import pytest

from tests.flow.test_group_joining import cookie, heard, make, missed
from tests.support.clients import GatewayClient, Json, text_body
from tests.support.server import Site, running_server
from tidings.domain.group.groups import FOR_EVER

SERVICE = "group_open_http_svc"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as running:
        yield running


def members(*names: str) -> list[Json]:
    return [{"Member_Account": name} for name in names]


async def change(client: GatewayClient, group: str, account: str, code: int = 0, **fields: object) -> None:
    body = {"GroupId": group, "Member_Account": account, **fields}
    await client.call(f"{SERVICE}.modify_group_member_info", body, code)


async def say(client: GatewayClient, group: str, random: int, code: int = 0, **fields: object) -> None:
    body = {"GroupId": group, "Random": random, "MsgBody": text_body("hi"), **fields}
    await client.call(f"{SERVICE}.send_group_msg", body, code)


async def tips(client: GatewayClient) -> list[Json]:
    """Return the bodies of the tips that were pushed to a device."""
    rows = [row for event in await client.events() for row in event.get("GroupTips", [])]
    return [row["MsgBody"] for row in rows if "OpType" in row["MsgBody"]]


async def roles(site: Site, group: str, *names: str) -> list[str]:
    body = {"GroupId": group, "User_Account": list(names)}
    answer = await site.rest().call(f"{SERVICE}/get_role_in_group", body)
    return [row["Role"] for row in answer["UserIdList"]]


async def muted(site: Site, group: str, **fields: object) -> list[str]:
    answer = await site.rest().call(f"{SERVICE}/get_group_muted_account", {"GroupId": group, **fields})
    return [row["Member_Account"] for row in answer["MutedAccountList"]]


async def test_who_becomes_an_admin_and_who_is_none_any_more_are_told_and_so_is_the_group(site: Site) -> None:
    group = await make(site, MemberList=members("bob", "carol"))
    alice, bob, carol = [await site.login(name) for name in ("alice", "bob", "carol")]
    since = await cookie(await site.login("bob", "android"))
    await change(bob, group, "carol", 10007, Role="Admin")
    await change(alice, group, "bob", Role="Admin")
    assert [(tip["OpType"], tip["List_Account"]) for tip in await tips(carol)] == [(4, ["bob"])]
    await change(alice, group, "bob", Role="Member")
    assert [(tip["OpType"], tip["List_Account"]) for tip in await tips(carol)] == [(5, ["bob"])]
    assert [(notice["ReportType"], notice["Operator_Account"]) for notice in await heard(bob)] == [
        (9, "alice"),
        (10, "alice"),
    ]
    assert await missed(await site.login("bob", "ipad"), since) == [9, 10]
    assert await roles(site, group, "alice", "bob", "nobody") == ["Owner", "Member", "NotMember"]


async def test_a_group_that_is_handed_over_has_one_owner_for_all(site: Site) -> None:
    group = await make(site, MemberList=members("bob"))
    alice, bob = await site.login("alice"), await site.login("bob")
    await bob.call(f"{SERVICE}.change_group_owner", {"GroupId": group, "NewOwner_Account": "bob"}, 10007)
    await alice.call(f"{SERVICE}.change_group_owner", {"GroupId": group, "NewOwner_Account": "carol"}, 10007)
    await alice.call(f"{SERVICE}.change_group_owner", {"GroupId": group, "NewOwner_Account": "bob"})
    (tip,) = await tips(bob)
    assert (tip["OpType"], tip["MsgGroupNewInfo"]) == (6, {"Owner_Account": "bob"})
    assert await roles(site, group, "alice", "bob") == ["Member", "Owner"]
    await alice.call(f"{SERVICE}.destroy_group", {"GroupId": group}, 10007)
    body = {"GroupId": group, "NewOwner_Account": "alice", "From_Account": "carol"}
    await site.rest().call(f"{SERVICE}/change_group_owner", body)
    (tip,) = await tips(bob)
    assert (tip["Operator_Account"], tip["MsgGroupNewInfo"]) == ("carol", {"Owner_Account": "alice"})
    await alice.call(f"{SERVICE}.destroy_group", {"GroupId": group})


async def test_a_mute_outlasts_leaving_and_ends_by_time(site: Site) -> None:
    group = await make(site, ApplyJoinOption="FreeAccess", MemberList=members("bob"))
    alice, bob = await site.login("alice"), await site.login("bob")
    await say(bob, group, 1)
    await change(alice, group, "bob", ShutUpTime=60)
    (tip,) = [each for each in await tips(alice) if each["OpType"] == 7]
    assert tip["MsgMemberInfo"] == [{"User_Account": "bob", "ShutupTime": 60}]
    assert [notice["ReportType"] for notice in await heard(bob)] == [17]
    await say(bob, group, 2, 10017)
    await bob.call(f"{SERVICE}.quit_group", {"GroupId": group})
    await bob.call(f"{SERVICE}.apply_join_group", {"GroupId": group})
    await say(bob, group, 3, 10017)
    assert await muted(site, group) == ["bob"]
    site.clock.step(61)
    await say(bob, group, 4)
    assert await muted(site, group) == []


async def test_app_servers_mute_whom_they_will_and_list_them(site: Site) -> None:
    group, rest = await make(site, MemberList=members("bob")), site.rest()
    for name in ("bob", "carol"):
        await site.login(name)
    body = {"GroupId": group, "Members_Account": ["bob", "carol", "nobody"]}
    await rest.call(f"{SERVICE}/forbid_send_msg", {**body, "ShutUpTime": FOR_EVER})
    found = await rest.call(f"{SERVICE}/get_group_shutted_uin", {"GroupId": group})
    assert found["ShuttedUinList"] == [
        {"Member_Account": "bob", "ShuttedUntil": FOR_EVER},
        {"Member_Account": "carol", "ShuttedUntil": FOR_EVER},
    ]
    await rest.call(f"{SERVICE}/forbid_send_msg", {**body, "MuteTime": 0})
    assert await muted(site, group) == []


async def test_muting_in_a_live_room_holds_at_once_and_after_coming_back(site: Site) -> None:
    group = await make(site, "AVChatRoom")
    alice, bob = await site.login("alice"), await site.login("bob")
    for client in (alice, bob):
        await client.call(f"{SERVICE}.apply_join_group", {"GroupId": group})
    await alice.events()
    await change(bob, group, "alice", 10007, ShutUpTime=60)
    await change(alice, group, "bob", ShutUpTime=60)
    (tip,) = [each for each in await tips(bob) if each["OpType"] == 7]
    assert (tip["OnlineMemberInfo"]["OnlineMemberNum"], tip["MsgMemberInfo"]) == (
        2,
        [{"User_Account": "bob", "ShutupTime": 60}],
    )
    await say(bob, group, 1, 10017)
    await bob.call(f"{SERVICE}.quit_group", {"GroupId": group})
    await bob.call(f"{SERVICE}.apply_join_group", {"GroupId": group})
    await say(bob, group, 2, 10017)
    body = {"GroupId": group, "Members_Account": ["bob"], "MuteTime": 0}
    await site.rest().call(f"{SERVICE}/forbid_send_msg", body)
    await say(bob, group, 3)


async def test_what_one_gets_of_a_group_follows_to_ones_other_devices(site: Site) -> None:
    group = await make(site, MemberList=members("bob"))
    alice, bob, tablet = await site.login("alice"), await site.login("bob"), await site.login("bob", "android")
    await change(alice, group, "bob", 10007, MsgFlag="Discard")
    await change(bob, group, "bob", MsgFlag="Discard", NameCard="Bobby")
    (notice,) = await heard(tablet)
    assert (notice["ReportType"], notice["MsgFlag"]) == (20, "Discard")
    assert await heard(bob) == []
    await say(alice, group, 1)
    assert [event for event in await tablet.events() if "GroupMsgArray" in event] == []
    body = {"GroupId": group, "Member_List_Account": ["bob", "nobody"], "MemberInfoFilter": ["MsgFlag", "NameCard"]}
    shown = await alice.call(f"{SERVICE}.get_specified_group_member_info", body)
    assert shown["MemberList"] == [{"Member_Account": "bob", "MsgFlag": "Discard", "NameCard": "Bobby"}]
    again = await site.rest().call(f"{SERVICE}/get_specified_group_member_info", body)
    assert (again["GroupId"], again["MemberList"]) == (group, shown["MemberList"])


async def test_topics_have_mutes_and_receive_options_of_their_own(site: Site) -> None:
    community = await make(site, "Community", SupportTopic=1, MemberList=members("bob"))
    made = await site.rest().call(
        "million_group_open_http_svc/create_topic", {"GroupId": community, "TopicName": "gear"}
    )
    topic, named = made["TopicId"], {"TopicId": made["TopicId"]}
    alice, bob, tablet = await site.login("alice"), await site.login("bob"), await site.login("bob", "android")
    body = {"GroupId": community, "Member_Account": "bob", **named}
    await alice.call("million_group_open_http_svc.modify_group_member_info", {**body, "ShutUpTime": 60})
    events = [event for event in await bob.events() if "GroupTips" in event]
    ((row,),) = [event["GroupTips"] for event in events]
    assert (row["ToGroupId"], row["TopicId"], row["MsgBody"]["OpType"]) == (community, topic, 7)
    await say(bob, community, 1, 10017, **named)
    await say(bob, community, 2)
    assert (await muted(site, community, **named), await muted(site, community)) == (["bob"], [])
    await tablet.events()
    await bob.call("million_group_open_http_svc.modify_group_member_info", {**body, "MsgFlag": "AcceptNotNotify"})
    ((row,),) = [event["GroupTips"] for event in await tablet.events()]
    assert (row["GroupInfo"]["GroupId"], row["GroupInfo"]["TopicId"]) == (community, topic)
    assert (row["MsgBody"]["ReportType"], row["MsgBody"]["MsgFlag"]) == (20, "AcceptNotNotify")
    await bob.call("million_group_open_http_svc.modify_group_member_info", {**body, "NameCard": "b"}, 10004)
