"""Live rooms over real sockets, by both doors: joined, heard, counted, left; nothing is stored of who is in."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, RestClient, text_body
from tests.support.server import Site, running_server
from tidings.domain.group.live import ABSENCE_S

SERVICE, LIVE = "group_open_http_svc", "group_open_avchatroom_http_svc"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as running:
        yield running


class Room:
    """A live room that alice owns."""

    def __init__(self, site: Site, rest: RestClient, group: str) -> None:
        self.site, self.rest, self.group = site, rest, group

    async def join(self, client: GatewayClient, code: int = 0, **fields: object) -> Json:
        return await client.call(f"{SERVICE}.apply_join_group", {"GroupId": self.group, **fields}, code)

    async def enter(self, name: str, device: str = "web") -> GatewayClient:
        """Log in and join."""
        client = await self.site.login(name, device)
        await self.join(client)
        await client.events()
        return client

    async def send(self, client: GatewayClient, text: str = "hi", random: int = 7, code: int = 0) -> Json:
        body = {"GroupId": self.group, "Random": random, "MsgBody": text_body(text)}
        return await client.call(f"{SERVICE}.send_group_msg", body, code)

    async def ask(self, command: str, code: int = 0, **fields: object) -> Json:
        return await self.rest.call(f"{LIVE}/{command}", {"GroupId": self.group, **fields}, code)

    async def count(self) -> int:
        answer = await self.rest.call(f"{SERVICE}/get_online_member_num", {"GroupId": self.group})
        return int(answer["OnlineMemberNum"])

    async def present(self) -> list[str]:
        return [row["Member_Account"] for row in (await self.ask("get_members"))["MemberList"]]

    def sweep(self) -> None:
        self.site.server.rules.groups.live.sweep()


async def told(client: GatewayClient, name: str) -> list[Any]:
    return [row for event in await client.events() for row in event.get(name, [])]


async def tips(client: GatewayClient) -> list[tuple[int, list[str], int]]:
    bodies = [row["MsgBody"] for row in await told(client, "GroupTips") if "OpType" in row["MsgBody"]]
    return [(b["OpType"], b["List_Account"], b["OnlineMemberInfo"]["OnlineMemberNum"]) for b in bodies]


@pytest.fixture
async def room(site: Site) -> Room:
    rest = site.rest()
    for name in ("alice", "bob", "carol"):
        await rest.call("im_open_login_svc/account_import", {"UserID": name})
    body = {"Type": "AVChatRoom", "Name": "show", "Owner_Account": "alice", "GroupId": "show"}
    answer = await rest.call(f"{SERVICE}/create_group", body)
    assert answer["HugeGroupFlag"] == 1
    return Room(site, rest, "show")


async def test_those_who_have_joined_hear_each_other_and_nobody_else_does(site: Site, room: Room) -> None:
    alice, bob, other = await room.enter("alice"), await room.enter("bob"), await site.login("bob", "android")
    outside = await site.login("carol")
    assert await tips(alice) == [(1, ["bob"], 2)]
    sent = await room.send(bob, "hello")
    (message,) = await told(alice, "GroupMsgArray")
    assert (message["From_Account"], message["MsgSeq"], message["GroupInfo"]["GroupType"]) == (
        "bob",
        sent["MsgSeq"],
        "AVChatRoom",
    )
    assert "OnlineOnlyFlag" not in message
    for client in (bob, other, outside):
        assert await told(client, "GroupMsgArray") == []
    await room.send(outside, code=10007)
    assert (await room.send(bob, random=8))["MsgSeq"] == sent["MsgSeq"] + 1


async def test_joining_answers_what_clients_go_by_and_may_be_repeated(site: Site, room: Room) -> None:
    bob = await site.login("bob")
    for _ in range(2):
        answer = await room.join(bob)
        assert (answer["JoinedStatus"], answer["HugeGroupFlag"], answer["AVChatRoomKey"]) == (
            "JoinedSuccess",
            1,
            "show",
        )
        assert "LongPollingKey" not in answer
    assert await room.count() == 1
    carol = await site.login("carol")
    await room.join(carol)
    assert await tips(bob) == [(1, ["bob"], 1), (1, ["carol"], 2)]
    profile = await carol.call(f"{SERVICE}.get_group_self_member_info", {"GroupIdList": ["show"]})
    (shown,) = profile["GroupInfo"]
    assert (shown["MemberNum"], shown["SelfInfo"]["Role"], shown["Owner_Account"]) == (2, "Member", "alice")


async def test_newcomers_who_ask_see_the_last_messages(site: Site, room: Room) -> None:
    await site.change(live_history=2)
    bob = await room.enter("bob")
    for number in range(3):
        await room.send(bob, f"text {number}", random=number + 1)
    answer = await room.join(await site.login("carol"), HugeGroupHistoryMsgFlag=1)
    texts = [m["MsgBody"][0]["MsgContent"]["Text"] for m in answer["RspMsgList"]]
    assert texts == ["text 1", "text 2"]
    assert {m["Event"] for m in answer["RspMsgList"]} == {3}
    assert (await room.join(await site.login("carol", "android")))["RspMsgList"] == []
    await bob.call(f"{SERVICE}.group_msg_get", {"GroupId": "show", "ReqMsgNumber": 20}, 10044)


async def test_one_leaves_by_quitting_logging_out_or_staying_away(site: Site, room: Room) -> None:
    alice = await room.enter("alice")
    bob, carol, dave = await room.enter("bob"), await room.enter("carol"), await room.enter("dave")
    await alice.events()
    await bob.call(f"{SERVICE}.quit_group", {"GroupId": "show"})
    assert await tips(alice) == [(2, ["bob"], 3)]
    await bob.call(f"{SERVICE}.quit_group", {"GroupId": "show"})
    await alice.call(f"{SERVICE}.quit_group", {"GroupId": "show"}, 10009)
    await carol.call("im_open_status.wslogout", {})
    assert await tips(alice) == [(2, ["carol"], 2)]
    await dave.close()
    await site.settled()
    room.sweep()
    assert await room.present() == ["dave", "alice"]
    site.clock.step(ABSENCE_S + 1)
    room.sweep()
    assert await room.present() == ["alice"]
    assert await tips(alice) == [(2, ["dave"], 1)]


async def test_whoever_is_soon_back_hears_the_room_again(site: Site, room: Room) -> None:
    alice, bob = await room.enter("alice"), await room.enter("bob")
    await bob.close()
    await site.settled()
    again = await site.open()
    await again.resume(bob)
    site.clock.step(ABSENCE_S + 1)
    room.sweep()
    await alice.events()
    await room.send(alice, "still here?")
    assert len(await told(again, "GroupMsgArray")) == 1
    assert await room.count() == 2


async def test_a_web_page_is_in_one_room_at_a_time_unless_more_are_allowed(site: Site, room: Room) -> None:
    await room.rest.call(f"{SERVICE}/create_group", {"Type": "AVChatRoom", "Name": "other", "GroupId": "other"})
    bob = await room.enter("bob")
    await bob.call(f"{SERVICE}.apply_join_group", {"GroupId": "other"})
    assert await room.count() == 0
    await site.change(web_live_rooms=2)
    await room.join(bob)
    assert await room.count() == 1
    carol = await room.enter("carol", "android")
    await carol.call(f"{SERVICE}.apply_join_group", {"GroupId": "other"})
    assert await room.present() == ["carol", "bob"]


async def test_the_list_has_the_newest_first_and_robots_without_a_connection(room: Room) -> None:
    await room.enter("bob")
    await room.ask("add_robots", Member_Account=["carol"])
    assert await room.present() == ["carol", "bob"]
    assert (await room.ask("check_members", Member_Account=["alice", "bob", "carol"]))["Member_Account"] == [
        "bob",
        "carol",
    ]
    await room.ask("del_robots", Member_Account=["carol"])
    assert await room.present() == ["bob"]


async def test_marks_are_given_to_who_is_there(room: Room) -> None:
    await room.enter("bob")
    marks = [{"Member_Account": name, "Marks": [1000]} for name in ("bob", "carol")]
    answer = await room.ask("modify_user_info", CommandType=1, MemberList=marks)
    assert answer["MemberList"] == marks[:1]
    for mark, names in ((1000, ["bob"]), (1001, [])):
        page = await room.ask("get_members", Mark=mark)
        assert [row["Member_Account"] for row in page["MemberList"]] == names
    await room.ask("modify_user_info", CommandType=2, MemberList=marks[:1])
    assert (await room.ask("get_members", Mark=1000))["MemberList"] == []
    await room.ask("modify_user_info", 10004, CommandType=1, MemberList=marks[1:])


async def test_admins_are_appointed_whether_they_are_there_or_not(room: Room) -> None:
    bob = await room.enter("bob")
    await room.ask("modify_admin", CommandType=1, Admin_Account=["bob", "carol"])
    assert [tip[:2] for tip in await tips(bob)] == [(4, ["bob", "carol"])]
    admins = (await room.ask("get_admin_list"))["Admin_List"]
    assert [admin["Admin_Account"] for admin in admins] == ["bob", "carol"]
    carol = await room.enter("carol")
    profile = await carol.call(f"{SERVICE}.get_group_self_member_info", {"GroupIdList": ["show"]})
    assert profile["GroupInfo"][0]["SelfInfo"]["Role"] == "Admin"
    await room.ask("modify_admin", CommandType=2, Admin_Account=["bob"])
    assert [admin["Admin_Account"] for admin in (await room.ask("get_admin_list"))["Admin_List"]] == ["carol"]
    assert await room.count() == 2


async def test_who_is_banned_is_out_and_stays_out(site: Site, room: Room) -> None:
    alice, bob = await room.enter("alice"), await room.enter("bob")
    ban = {"GroupId": "show", "Members_Account": ["bob"], "Duration": 60, "Description": "spam"}
    await room.rest.call(f"{SERVICE}/ban_group_member", ban)
    assert [tip[:2] for tip in await tips(alice)] == [(1, ["bob"]), (10, ["bob"])]
    notices = [row["MsgBody"] for row in await told(bob, "GroupTips") if "ReportType" in row["MsgBody"]]
    assert [notice["ReportType"] for notice in notices] == [21]
    await room.send(alice)
    assert await told(bob, "GroupMsgArray") == []
    await room.join(bob, 10007)
    assert await room.count() == 1
    site.clock.step(61)
    await room.join(bob)


async def test_attributes_counters_and_notices_reach_the_room(room: Room) -> None:
    alice, bob = await room.enter("alice"), await room.enter("bob")
    await alice.events()
    written = {"GroupId": "show", "GroupAttr": [{"key": "seat", "value": "1", "seq": 0}], "BytesKey": "show"}
    await bob.call(f"{SERVICE}.set_group_attr", written)
    counted = {"GroupId": "show", "GroupCounter": [{"Key": "likes", "Value": 1}], "Mode": "Increase"}
    await room.rest.call(f"{SERVICE}/update_group_counter", counted)
    await room.rest.call(f"{SERVICE}/send_group_system_notification", {"GroupId": "show", "Content": "soon over"})
    bodies = [row["MsgBody"] for row in await told(alice, "GroupTips")]
    assert bodies[0]["MsgGroupNewInfo"]["GroupAttrOption"]["GroupAttrInfo"][0]["value"] == "1"
    assert bodies[1]["GroupCounterInfo"][0]["GroupCounter"] == [{"Key": "likes", "Value": 1}]
    assert bodies[2]["UserDefinedField"] == "soon over"


async def test_a_room_that_is_disbanded_is_told_and_empty(room: Room) -> None:
    bob = await room.enter("bob")
    await room.rest.call(f"{SERVICE}/destroy_group", {"GroupId": "show"})
    (notice,) = await told(bob, "GroupTips")
    assert notice["MsgBody"]["ReportType"] == 5
    await room.join(bob, 10010)
    await room.rest.call(f"{SERVICE}/create_group", {"Type": "AVChatRoom", "Name": "again", "GroupId": "show"})
    assert await room.count() == 0


async def test_other_groups_are_no_live_rooms(room: Room) -> None:
    group = (await room.rest.call(f"{SERVICE}/create_group", {"Type": "Public", "Name": "team"}))["GroupId"]
    for command, fields in (
        (f"{LIVE}/get_members", {}),
        (f"{LIVE}/check_members", {"Member_Account": ["bob"]}),
        (f"{LIVE}/modify_admin", {"CommandType": 1, "Admin_Account": ["bob"]}),
        (f"{LIVE}/get_admin_list", {}),
        (f"{LIVE}/add_robots", {"Member_Account": ["bob"]}),
        (f"{LIVE}/del_robots", {"Member_Account": ["bob"]}),
        (f"{LIVE}/modify_user_info", {"CommandType": 1, "MemberList": []}),
        (f"{SERVICE}/get_online_member_num", {}),
    ):
        await room.rest.call(command, {"GroupId": group, **fields}, 10007)
