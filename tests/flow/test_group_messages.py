"""Messages of groups over real sockets, by both doors: told, recalled, edited, read, pinned, caught up with."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, RestClient, text_body
from tests.support.server import Site, running_server

SERVICE = "group_open_http_svc"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as running:
        yield running


class Team:
    """A group of alice, bob and carol, and their devices."""

    def __init__(self, rest: RestClient, group: str, devices: dict[str, GatewayClient]) -> None:
        self.rest, self.group, self.devices = rest, group, devices

    async def send(self, by: str, text: str = "hi", random: int = 0, **fields: object) -> Json:
        body = {"GroupId": self.group, "Random": random or 7, "MsgBody": text_body(text), **fields}
        return await self.devices[by].call(f"{SERVICE}.send_group_msg", body)

    async def told(self, by: str, name: str) -> list[Any]:
        """Return what of an array was pushed to a device."""
        return [row for event in await self.devices[by].events() for row in event.get(name, [])]


async def open_team(site: Site) -> Team:
    rest = site.rest()
    members = [{"Member_Account": name} for name in ("bob", "carol")]
    body = {"Type": "Public", "Name": "team", "Owner_Account": "alice", "MemberList": members}
    group = (await rest.call(f"{SERVICE}/create_group", body))["GroupId"]
    devices = {name: await site.login(name) for name in ("alice", "bob", "carol")}
    devices["bob2"] = await site.login("bob", "android")
    return Team(rest, group, devices)


async def test_a_message_reaches_every_device_but_its_own(site: Site) -> None:
    team = await open_team(site)
    answer = await team.send("bob", "hello", random=9)
    again = await team.send("bob", "hello", random=9)
    assert (again["MsgSeq"], again["MsgTime"]) == (answer["MsgSeq"], answer["MsgTime"])
    for name, count in (("alice", 1), ("carol", 1), ("bob2", 1), ("bob", 0)):
        messages = await team.told(name, "GroupMsgArray")
        assert [(m["From_Account"], m["MsgSeq"]) for m in messages] == [("bob", 1)] * count, name


async def test_a_message_for_some_reaches_them_and_the_senders_devices(site: Site) -> None:
    team = await open_team(site)
    await team.send("bob", To_Account=["alice"])
    for name, count in (("alice", 1), ("bob2", 1), ("carol", 0)):
        assert len(await team.told(name, "GroupMsgArray")) == count, name


async def test_recall_and_edit_are_told_and_stand_in_the_history(site: Site) -> None:
    team = await open_team(site)
    await team.send("bob", random=1)
    await team.send("bob", random=2)
    alice = team.devices["alice"]
    await alice.call(f"{SERVICE}.group_msg_recall", {"GroupId": team.group, "MsgSeqList": [{"MsgSeq": 1}]})
    edit = {"GroupId": team.group, "MsgSeq": 2, "MsgBody": text_body("new"), "CloudCustomData": "c"}
    await team.rest.call("openim/modify_group_msg", edit)
    events = await team.devices["carol"].events()
    (recalled,) = [tip for event in events if event["Event"] == 5 for tip in event["GroupTips"]]
    assert recalled["RevokerInfo"]["Revoker_Account"] == "alice"
    assert [row["MsgSeq"] for row in recalled["MsgBody"]["GroupWithdrawInfoArray"]] == [1]
    (modified,) = [row for event in events for row in event.get("GroupMsgModNotifys", [])]
    assert (modified["MsgSeq"], modified["MsgVersion"], modified["CloudCustomData"]) == (2, 1, "c")
    page = await team.devices["carol"].call(f"{SERVICE}.group_msg_get", {"GroupId": team.group, "ReqMsgNumber": 20})
    shown = [(m["MsgSeq"], m.get("IsPlaceMsg", 0), m.get("MsgVersion", 0)) for m in page["RspMsgList"]]
    assert shown == [(2, 0, 1), (1, 2, 0)]
    body = {"NotifyReqList": [{"GroupId": team.group, "BeginTime": 0}]}
    missed = await team.devices["carol"].call(f"{SERVICE}.batch_get_group_notify", body)
    assert [row["MsgSeq"] for row in missed["NotifyRspList"][0]["NotifyMsgList"]] == [1]


async def test_reading_on_one_device_is_told_to_the_other_now_and_later(site: Site) -> None:
    team = await open_team(site)
    bob, other = team.devices["bob"], team.devices["bob2"]
    cookie = (await other.call("openim.getmsg", {"Cookie": "", "SyncFlag": 0}))["Cookie"]
    await team.send("alice", random=1)
    await bob.events()
    await bob.call(f"{SERVICE}.msg_read_report", {"GroupId": team.group, "MsgReadedSeq": 1})
    read = [{"GroupId": team.group, "LastReadMsgSeq": 1}]
    (told,) = await team.told("bob2", "GroupTips")
    assert told["MsgBody"]["GroupReadInfoArray"] == read
    assert await team.told("bob", "GroupTips") == []
    later = await other.call("openim.getmsg", {"Cookie": cookie, "SyncFlag": 0})
    assert [event["GroupTips"][0]["MsgBody"]["GroupReadInfoArray"] for event in later["EventArray"]] == [read]
    (row,) = (await bob.call("recentcontact.page_get", {}))["SessionItem"]
    assert (row["Type"], row["ToAccount"], row["UnreadMsgCount"], row["MsgGroupReadedSeq"]) == (2, team.group, 0, 1)


async def test_receipts_reach_the_sender(site: Site) -> None:
    team = await open_team(site)
    await team.send("alice", random=5, NeedReadReceipt=1)
    asked = {"GroupId": team.group, "MsgSeqList": [{"MsgSeq": 1}]}
    await team.devices["bob"].call(f"{SERVICE}.group_msg_receipt", asked)
    await team.rest.call(f"{SERVICE}/group_msg_receipt", {**asked, "From_Account": "carol"})
    told = await team.told("alice", "GroupTips")
    counts = [row for tip in told for row in tip["MsgBody"]["GroupMsgReceiptList"]]
    assert [(row["MsgSeq"], row["ReadNum"], row["UnreadNum"]) for row in counts] == [(1, 1, 1), (1, 2, 0)]
    found = await team.devices["alice"].call(f"{SERVICE}.get_group_msg_receipt", asked)
    assert found["GroupMsgReceiptList"] == [{"MsgSeq": 1, "Code": 0, "ReadNum": 2, "UnreadNum": 0}]
    detail = {"GroupId": team.group, "MsgSeq": 1, "Filter": 0, "Cursor": "", "Count": 10}
    readers = await team.rest.call(f"{SERVICE}/get_group_msg_receipt_detail", detail)
    assert readers["ReadList"] == [{"Read_Account": "bob"}, {"Read_Account": "carol"}]


async def test_pins_are_told_and_listed(site: Site) -> None:
    team = await open_team(site)
    await team.send("bob", "pin me", random=5)
    await team.devices["carol"].events()
    name = {"GroupId": team.group, "MsgSeq": 1}
    await team.devices["alice"].call(f"{SERVICE}.pin_message", name)
    pinned = await team.devices["carol"].call(f"{SERVICE}.get_pinned_messages", {"GroupId": team.group})
    assert pinned["PinnedMsgList"] == [{"MsgSeq": 1, "Pinner_Account": "alice"}]
    await team.rest.call(f"{SERVICE}/unpin_message", name)
    put, taken = await team.told("carol", "GroupTips")
    assert (put["MsgBody"]["OpType"], put["MsgBody"]["PinnedMsg"]["MsgSeq"]) == (16, 1)
    assert (taken["MsgBody"]["OpType"], taken["MsgBody"]["SdkGroupMessageId"]["MsgSeq"]) == (17, 1)


async def test_app_servers_import_notify_and_set_unread_numbers(site: Site) -> None:
    team = await open_team(site)
    now = site.now
    site.clock.step(100)
    old = [{"From_Account": "alice", "SendTime": now + at, "Random": at, "MsgBody": text_body("old")} for at in (1, 2)]
    body = {"GroupId": team.group, "MsgList": old, "RecentContactFlag": 1}
    answer = await team.rest.call(f"{SERVICE}/import_group_msg", body)
    assert [(row["MsgSeq"], row["Result"]) for row in answer["ImportMsgResult"]] == [(1, 0), (2, 0)]
    unread = {"GroupId": team.group, "Member_Account": "bob", "UnreadMsgNum": 1}
    await team.rest.call(f"{SERVICE}/set_unread_msg_num", unread)
    for name, count in (("bob", 1), ("carol", 0)):
        (row,) = (await team.devices[name].call("recentcontact.page_get", {}))["SessionItem"]
        assert row["UnreadMsgCount"] == count
    notice = {"GroupId": team.group, "Content": "refresh", "ToMembers_Account": ["bob"]}
    await team.rest.call(f"{SERVICE}/send_group_system_notification", notice)
    (told,) = await team.told("bob", "GroupTips")
    assert (told["MsgBody"]["ReportType"], told["MsgBody"]["UserDefinedField"]) == (255, "refresh")
    assert await team.told("carol", "GroupTips") == []


async def test_a_conversation_with_a_group_is_deleted_on_all_devices(site: Site) -> None:
    await site.change(sync_deletions=True)
    team = await open_team(site)
    await team.send("alice", random=5)
    await team.devices["bob2"].events()
    item = {"Type": 2, "ToGroupid": team.group}
    await team.devices["bob"].call("recentcontact.batch_delete", {"ContactItem": [item]})
    events = await team.devices["bob2"].events()
    (change,) = [change for event in events for change in event.get("RecentContactMod", [])]
    assert change["RecentContactDeleteItem"]["RecentContactList"] == [{"Type": 2, "ToGroupId": team.group}]
    assert (await team.devices["bob"].call("recentcontact.page_get", {}))["SessionItem"] == []
