"""Coming into groups over real sockets: who decides hears of it, live or later, and so does who asked."""

from collections.abc import AsyncIterator

import pytest

from tests.support.clients import GatewayClient, Json
from tests.support.server import Site, running_server

SERVICE = "group_open_http_svc"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as running:
        yield running


async def make(site: Site, kind: str = "Public", **fields: object) -> str:
    body = {"Type": kind, "Name": "team", "Owner_Account": "alice", **fields}
    return str((await site.rest().call(f"{SERVICE}/create_group", body))["GroupId"])


async def heard(device: GatewayClient) -> list[Json]:
    """Return the bodies of the notices that were pushed to a device."""
    return [
        row["MsgBody"]
        for event in await device.events()
        for row in event.get("GroupTips", [])
        if "ReportType" in row.get("MsgBody", {})
    ]


async def cookie(device: GatewayClient) -> str:
    """Return where a device stands."""
    return str((await device.call("openim.getmsg", {"Cookie": "", "SyncFlag": 0}))["Cookie"])


async def missed(device: GatewayClient, since: str) -> list[int]:
    """Return of what kinds of notices a device is told that catches up."""
    answer = await device.call("openim.getmsg", {"Cookie": since, "SyncFlag": 0})
    bodies = [row["MsgBody"] for event in answer["EventArray"] for row in event.get("GroupTips", [])]
    return [body["ReportType"] for body in bodies if "ReportType" in body]


async def test_an_application_goes_to_all_who_decide_and_the_answer_to_all_devices_of_who_asked(site: Site) -> None:
    members = [{"Member_Account": "bob", "Role": "Admin"}]
    since = await cookie(await site.login("bob", "android"))
    alice, carol, tablet = await site.login("alice"), await site.login("carol"), await site.login("carol", "android")
    group = await make(site, MemberList=members)
    await alice.events()
    asked = await carol.call(f"{SERVICE}.apply_join_group", {"GroupId": group, "ApplyMsg": "hello"})
    assert asked["JoinedStatus"] == "WaitAdminApproval"
    (notice,) = await heard(alice)
    assert (notice["ReportType"], notice["Operator_Account"], notice["RemarkInfo"]) == (1, "carol", "hello")
    bob = await site.login("bob")
    assert await missed(bob, since) == [7, 1]
    (row,) = (await bob.call(f"{SERVICE}.get_pendency", {"Limit": 10}))["PendencyList"]
    assert row["Authentication"] == notice["Authentication"]
    body = {"GroupId": group, "Applicant_Account": "carol", "HandleMsg": "Agree", "ApprovalMsg": "welcome"}
    await bob.call(f"{SERVICE}.handle_apply_join_group", {**body, "Authentication": row["Authentication"]})
    await alice.call(f"{SERVICE}.handle_apply_join_group", {**body, "Authentication": notice["Authentication"]}, 10024)
    for device in (carol, tablet):
        (answer,) = await heard(device)
        assert (answer["ReportType"], answer["Operator_Account"], answer["RemarkInfo"]) == (2, "bob", "welcome")
    found = await carol.call(f"{SERVICE}.get_joined_group_list", {"Member_Account": "carol"})
    assert [each["GroupId"] for each in found["GroupIdList"]] == [group]


async def test_who_leaves_or_joins_alone_tells_its_other_devices_only(site: Site) -> None:
    group = await make(site, "ChatRoom")
    bob, tablet = await site.login("bob"), await site.login("bob", "android")
    await bob.call(f"{SERVICE}.apply_join_group", {"GroupId": group})
    await bob.call(f"{SERVICE}.quit_group", {"GroupId": group})
    assert [notice["ReportType"] for notice in await heard(tablet)] == [2, 8]
    assert await heard(bob) == []


async def test_who_is_put_out_banned_or_loses_the_group_is_told(site: Site) -> None:
    group = await make(site, MemberList=[{"Member_Account": name} for name in ("bob", "carol")])
    alice, bob, carol = [await site.login(name) for name in ("alice", "bob", "carol")]
    await alice.call(f"{SERVICE}.delete_group_member", {"GroupId": group, "MemberToDel_Account": ["bob"]})
    ban = {"GroupId": group, "Members_Account": ["carol"], "Duration": 60, "Description": "spam"}
    await site.rest().call(f"{SERVICE}/ban_group_member", ban)
    assert [(each["ReportType"], each["Operator_Account"]) for each in await heard(bob)] == [(4, "alice")]
    assert [(each["ReportType"], each["RemarkInfo"]) for each in await heard(carol)] == [(4, "spam"), (22, "spam")]
    await carol.call(f"{SERVICE}.apply_join_group", {"GroupId": group}, 10007)
    await alice.call(f"{SERVICE}.destroy_group", {"GroupId": group})
    assert [each["ReportType"] for each in await heard(alice)] == [5]
    assert await heard(bob) == []
