"""Profiles of groups over real sockets: changed at both doors, told, kept, muted, found, listed, brought over."""

from collections.abc import AsyncIterator

import pytest

from tests.support.clients import GatewayClient, Json, text_body
from tests.support.server import NOW, Site, running_server

SERVICE = "group_open_http_svc"
CHANGE = f"{SERVICE}/modify_group_base_info"
OWN_CHANGE, SEND = f"{SERVICE}.modify_group_base_info", f"{SERVICE}.send_group_msg"
FIELDS = "level:anyone:admins,plan:members:owner,note:owner:app,wish:members:members,deal/Public:admins:admins"
TEXTS = {"Name": "crew", "Introduction": "we", "Notification": "soon", "FaceUrl": "https://img.example.org/c.png"}


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as running:
        await running.change(group_fields=FIELDS, member_fields="seat:members:own,rank:admins:admins")
        yield running


async def make(site: Site, kind: str = "Public", **fields: object) -> str:
    """Make a group of alice, with bob in it."""
    body = {"Type": kind, "Name": "team", "Owner_Account": "alice", "MemberList": [{"Member_Account": "bob"}]}
    return str((await site.rest().call(f"{SERVICE}/create_group", {**body, **fields}))["GroupId"])


async def tips(device: GatewayClient) -> list[Json]:
    """Return the bodies of the tips that were pushed to a device."""
    items = [row for event in await device.events() for row in event.get("GroupTips", [])]
    return [row["MsgBody"] for row in items if "OpType" in row.get("MsgBody", {})]


async def shown(device: GatewayClient, group: str, command: str = "get_group_self_member_info") -> Json:
    """Return a group as a user sees it."""
    answer = await device.call(f"{SERVICE}.{command}", {"GroupIdList": [group]})
    row: Json = answer["GroupInfo"][0]
    return row


async def profile(site: Site, group: str) -> Json:
    """Return a group as app servers see it."""
    row: Json = (await site.rest().call(f"{SERVICE}/get_group_info", {"GroupIdList": [group]}))["GroupInfo"][0]
    return row


async def say(device: GatewayClient, group: str, random: int, code: int = 0) -> None:
    await device.call(SEND, {"GroupId": group, "Random": random, "MsgBody": text_body()}, code)


def custom(**values: str) -> list[Json]:
    return [{"Key": key, "Value": value} for key, value in values.items()]


async def test_every_field_is_changed_told_kept_and_shown(site: Site) -> None:
    group = await make(site, AppDefinedData=custom(plan="gold"))
    alice, bob = await site.login("alice"), await site.login("bob")
    site.clock.step(10)
    options = {"ApplyJoinOption": "FreeAccess", "InviteJoinOption": "FreeAccess", "ShutUpAllMember": "On"}
    await alice.call(
        OWN_CHANGE, {"GroupId": group, **TEXTS, **options, "AppDefinedData": custom(level="3", note="")}, 10007
    )
    await alice.call(OWN_CHANGE, {"GroupId": group, **TEXTS, **options, "AppDefinedData": custom(level="3")})
    expected = {
        "OpType": 6,
        "Operator_Account": "alice",
        "MemberNum": 2,
        "MsgGroupNewInfo": {
            "GroupName": "crew",
            "GroupIntroduction": "we",
            "GroupNotification": "soon",
            "GroupFaceUrl": "https://img.example.org/c.png",
            "MsgAppDefinedData": custom(plan="gold", level="3"),
        },
    }
    for device in (alice, bob):
        (tip,) = await tips(device)
        assert {name: tip[name] for name in expected} == expected
    row = await shown(bob, group)
    assert {name: row[name] for name in (*TEXTS, *options)} == {**TEXTS, **options}
    assert (row["AppDefinedData"], row["InfoSeq"]) == (custom(plan="gold", level="3"), 2)
    assert row["LastInfoTime"] == NOW + 10
    page = await bob.call(f"{SERVICE}.group_msg_get", {"GroupId": group, "ReqMsgNumber": 9})
    (kept,) = page["RspMsgList"]
    assert (kept["MsgSeq"], kept["MsgBody"]["MsgGroupNewInfo"]["GroupName"]) == (1, "crew")


async def test_what_is_so_already_changes_nothing_and_tells_nobody(site: Site) -> None:
    group = await make(site)
    bob = await site.login("bob")
    await site.rest().call(CHANGE, {"GroupId": group, "Name": "team", "MuteAllMember": "Off", "AppDefinedData": []})
    assert await tips(bob) == []
    assert (await profile(site, group))["InfoSeq"] == 1


async def test_an_app_server_acts_in_the_name_of_whom_it_likes(site: Site) -> None:
    group, bob = await make(site), await site.login("bob")
    await site.rest().call(CHANGE, {"GroupId": group, "Name": "crew", "From_Account": "carol"})
    await site.rest().call(CHANGE, {"GroupId": group, "FaceUrl": "x"})
    assert [tip["Operator_Account"] for tip in await tips(bob)] == ["carol", "administrator"]
    await site.rest().call(CHANGE, {"GroupId": group, "Name": "gang", "From_Account": "nobody"}, 10004)
    await site.rest().call(CHANGE, {"GroupId": "unknown", "Name": "gang"}, 10015)


async def test_when_all_are_muted_owner_admins_and_app_servers_go_on(site: Site) -> None:
    group = await make(site, MemberList=[{"Member_Account": "bob"}, {"Member_Account": "carol", "Role": "Admin"}])
    alice, bob, carol = [await site.login(name) for name in ("alice", "bob", "carol")]
    await bob.call(OWN_CHANGE, {"GroupId": group, "ShutUpAllMember": "On"}, 10007)
    await carol.call(OWN_CHANGE, {"GroupId": group, "ShutUpAllMember": "On"})
    await say(bob, group, 1, 10017)
    await say(alice, group, 2)
    await say(carol, group, 3)
    body = {"GroupId": group, "From_Account": "bob", "Random": 4, "MsgBody": text_body()}
    await site.rest().call(f"{SERVICE}/send_group_msg", body)
    assert await tips(bob) == []
    await site.rest().call(CHANGE, {"GroupId": group, "ShutUpAllMember": "Off"})
    await say(bob, group, 5)


async def test_an_app_may_have_members_told_of_options_too(site: Site) -> None:
    await site.change(group_option_tips=True)
    group, bob = await make(site), await site.login("bob")
    change = {
        "GroupId": group,
        "MuteAllMember": "On",
        "ApplyJoinOption": "FreeAccess",
        "InviteJoinOption": "FreeAccess",
    }
    await site.rest().call(CHANGE, change)
    (tip,) = await tips(bob)
    assert tip["MsgGroupNewInfo"] == {"ShutupAll": 1, "GroupApplyJoinOption": "FreeAccess"}


async def test_a_live_room_tells_who_is_there_and_keeps_nothing(site: Site) -> None:
    group = await make(site, "AVChatRoom", MemberList=[])
    bob = await site.login("bob")
    await bob.call(f"{SERVICE}.apply_join_group", {"GroupId": group})
    await tips(bob)
    alice = await site.login("alice")
    await alice.call(OWN_CHANGE, {"GroupId": group, "Notification": "soon"})
    (tip,) = await tips(bob)
    assert (tip["OpType"], tip["MsgGroupNewInfo"]) == (6, {"GroupNotification": "soon"})
    await alice.call(OWN_CHANGE, {"GroupId": group, "ApplyJoinOption": "NeedPermission"}, 10007)
    await site.rest().call(CHANGE, {"GroupId": group, "InviteJoinOption": "FreeAccess"}, 10007)
    await alice.call(OWN_CHANGE, {"GroupId": group, "ShutUpAllMember": "On"})
    await say(bob, group, 1, 10017)


async def test_a_work_group_tells_nothing_before_its_first_message(site: Site) -> None:
    group = await make(site, "Work")
    alice, bob = await site.login("alice"), await site.login("bob")
    await bob.call(OWN_CHANGE, {"GroupId": group, "Name": "crew"})
    assert await tips(bob) == []
    await say(alice, group, 1)
    await bob.call(OWN_CHANGE, {"GroupId": group, "Name": "gang"})
    (tip,) = await tips(alice)
    assert tip["MsgGroupNewInfo"] == {"GroupName": "gang"}


async def test_forbidden_words_are_refused_or_masked(site: Site) -> None:
    await site.rest().call("openim_dirty_words/add", {"DirtyWordsList": ["darn"]})
    group = await make(site)
    alice = await site.login("alice")
    for field in ("Name", "Introduction", "Notification"):
        await alice.call(OWN_CHANGE, {"GroupId": group, field: "darn it"}, 80001)
        await site.rest().call(CHANGE, {"GroupId": group, field: "darn it"}, 80001)
        new = {"Type": "Public", "Name": "x", field: "darn it"}
        await alice.call(f"{SERVICE}.create_group", new, 80001)
        await site.rest().call(f"{SERVICE}/import_group", new, 80001)
    await alice.call(OWN_CHANGE, {"GroupId": group, "FaceUrl": "darn"})
    await site.change(word_filter="mask")
    await alice.call(OWN_CHANGE, {"GroupId": group, "Name": "darn it"})
    assert (await profile(site, group))["Name"] == "**** it"


async def test_fields_are_read_and_written_by_whom_the_app_says(site: Site) -> None:
    values = custom(level="1", plan="2", note="3", wish="4", deal="5")
    members = [
        {"Member_Account": "bob", "AppMemberDefinedData": custom(seat="9", rank="1")},
        {"Member_Account": "carol", "Role": "Admin"},
    ]
    group = await make(site, AppDefinedData=values, MemberList=members)
    alice, bob, carol = [await site.login(name) for name in ("alice", "bob", "carol")]
    seen = {
        device.user_id: [each["Key"] for each in (await shown(device, group))["AppDefinedData"]]
        for device in (alice, bob, carol)
    }
    assert seen == {
        "alice": ["level", "plan", "note", "wish", "deal"],
        "bob": ["level", "plan", "wish"],
        "carol": ["level", "plan", "wish", "deal"],
    }
    writable = {"alice": "level plan wish deal", "bob": "wish", "carol": "level wish deal"}
    for device in (alice, bob, carol):
        for name in ("level", "plan", "note", "wish", "deal"):
            code = 0 if name in writable[device.user_id].split() else 10007
            await device.call(OWN_CHANGE, {"GroupId": group, "AppDefinedData": custom(**{name: device.user_id})}, code)
    await alice.call(OWN_CHANGE, {"GroupId": group, "AppDefinedData": custom(wish="", other="x")}, 10004)
    await alice.call(OWN_CHANGE, {"GroupId": group, "AppDefinedData": custom(wish="x" * 513)}, 10004)
    await site.rest().call(CHANGE, {"GroupId": group, "AppDefinedData": custom(wish="", note="admin")})
    assert (await profile(site, group))["AppDefinedData"] == custom(
        level="carol", plan="alice", note="admin", deal="carol"
    )
    for device, keys in ((bob, ["seat"]), (carol, ["seat", "rank"])):
        page = await device.call(f"{SERVICE}.get_group_member_info", {"GroupId": group})
        found = {row["Member_Account"]: row for row in page["MemberList"]}
        assert [each["Key"] for each in found["bob"]["AppMemberDefinedData"]] == keys


async def test_fields_that_nobody_declared_make_no_group(site: Site) -> None:
    for kind, field, code in (("Public", "deal", 0), ("Work", "deal", 10004), ("Work", "other", 10004)):
        body = {"Type": kind, "Name": "x", "AppDefinedData": custom(**{field: "1"})}
        await site.rest().call(f"{SERVICE}/create_group", body, code)
    body = {"Type": "Work", "Name": "x", "AppDefinedData": custom(note="1")}
    await (await site.login("bob")).call(f"{SERVICE}.create_group", body, 10007)
    members = [{"Member_Account": "carol", "AppMemberDefinedData": custom(level="1")}]
    await site.rest().call(f"{SERVICE}/create_group", {"Type": "Work", "Name": "x", "MemberList": members}, 10004)


async def test_groups_are_found_by_their_ids_as_far_as_they_may_be(site: Site) -> None:
    public = await make(site, AppDefinedData=custom(level="1", plan="2"))
    work = await make(site, "Work")
    carol = await site.login("carol")
    body = {"GroupIdList": [public, work, "unknown"]}
    rows = (await carol.call(f"{SERVICE}.get_group_public_info", body))["GroupInfo"]
    assert [row["ErrorCode"] for row in rows] == [0, 10007, 10015]
    assert (rows[0]["Name"], rows[0]["MemberNum"], rows[0]["AppDefinedData"]) == ("team", 2, custom(level="1"))
    wanted = {"GroupIdList": [public], "ResponseFilter": {"GroupBasePublicInfoFilter": ["Name"]}}
    (row,) = (await carol.call(f"{SERVICE}.get_group_public_info", wanted))["GroupInfo"]
    assert {name for name in row if not name.startswith("Error")} == {"GroupId", "Name", "AppDefinedData"}
    assert row["AppDefinedData"] == []
    assert (await shown(await site.login("bob"), work, "get_group_public_info"))["Name"] == "team"
    await carol.call(f"{SERVICE}.get_group_public_info", {"GroupIdList": ["x"] * 51}, 10004)


async def test_the_apps_groups_are_listed_page_by_page(site: Site) -> None:
    kinds = ["Public", "Work", "Public", "Community", "Public"]
    made = [await make(site, kind) for kind in kinds]
    gone = await make(site)
    await site.rest().call(f"{SERVICE}/destroy_group", {"GroupId": gone})
    found, cursor = [], 0
    for size in (2, 2, 1):
        site.clock.step(1)
        page = await site.rest().call(f"{SERVICE}/get_appid_group_list", {"Limit": 2, "Next": cursor})
        assert (page["TotalCount"], len(page["GroupIdList"])) == (5, size)
        found += [row["GroupId"] for row in page["GroupIdList"]]
        cursor = page["Next"]
    assert (found, cursor) == (made, 0)
    for kind, expected in (("Public", [made[0], made[2], made[4]]), ("Private", [made[1]]), ("BChatRoom", [])):
        site.clock.step(1)
        page = await site.rest().call(f"{SERVICE}/get_appid_group_list", {"GroupType": kind})
        rows = [row["GroupId"] for row in page["GroupIdList"]]
        assert (page["TotalCount"], rows, page["Next"]) == (len(expected), expected, 0)
    for body in ({"GroupType": "Topic"}, {"Limit": 10_001}, {"Next": -1}):
        site.clock.step(1)
        await site.rest().call(f"{SERVICE}/get_appid_group_list", body, 10004)


async def test_a_group_its_messages_and_members_are_brought_over(site: Site) -> None:
    rest, bob = site.rest(), await site.login("bob")
    alice = await site.login("alice")
    body = {"Type": "Public", "Name": "old", "GroupId": "old", "Owner_Account": "alice", "CreateTime": NOW - 1000}
    await rest.call(f"{SERVICE}/import_group", body)
    rows = [{"From_Account": "alice", "SendTime": NOW - 900 + n, "MsgBody": text_body(f"{n}")} for n in range(5)]
    answer = await rest.call(f"{SERVICE}/import_group_msg", {"GroupId": "old", "MsgList": rows, "RecentContactFlag": 1})
    assert [(row["MsgSeq"], row["Result"]) for row in answer["ImportMsgResult"]] == [(n, 0) for n in range(1, 6)]
    members = [
        {"Member_Account": "bob", "JoinTime": NOW - 898, "UnreadMsgNum": 2},
        {"Member_Account": "carol", "Role": "Admin", "UnreadMsgNum": 99},
        {"Member_Account": "alice"},
        {"Member_Account": "nobody"},
        {"Member_Account": "bob", "JoinTime": 5},
    ]
    told = await rest.call(f"{SERVICE}/import_group_member", {"GroupId": "old", "MemberList": members})
    assert [row["Result"] for row in told["MemberList"]] == [1, 1, 2, 0, 2]
    assert await bob.events() == []
    assert await alice.events() == []
    page = await bob.call(f"{SERVICE}.group_msg_get", {"GroupId": "old", "ReqMsgNumber": 9})
    assert [row["MsgSeq"] for row in page["RspMsgList"] if not row.get("IsPlaceMsg")] == [5, 4, 3]
    body = {"GroupId": "old", "Member_Account": "bob"}
    info = await rest.call(f"{SERVICE}/get_group_info", {"GroupIdList": ["old"]})
    (group,) = info["GroupInfo"]
    assert (group["CreateTime"], group["NextMsgSeq"], group["LastMsgTime"]) == (NOW - 1000, 6, NOW - 896)
    read = {row["Member_Account"]: (row["Role"], row["MsgSeq"], row["JoinTime"]) for row in group["MemberList"]}
    assert read == {
        "alice": ("Owner", 5, NOW - 1000),
        "bob": ("Member", 3, NOW - 898),
        "carol": ("Admin", 0, NOW),
    }
    await say(bob, "old", 7)
    (event,) = await alice.events()
    assert event["GroupMsgArray"][0]["MsgSeq"] == 6


async def test_imports_say_what_is_wrong(site: Site) -> None:
    rest = site.rest()
    await make(site, GroupId="old")
    old = {"Type": "Public", "Name": "old", "Owner_Account": "alice"}
    for more, code in (
        ({"GroupId": "old"}, 10021),
        ({"Type": "AVChatRoom"}, 10007),
        ({"Type": "Other"}, 10004),
        ({"CreateTime": NOW + 1}, 10004),
        ({"Owner_Account": "nobody"}, 10004),
        ({"Name": "x" * 101}, 10004),
        ({"AppDefinedData": custom(other="x")}, 10004),
    ):
        await rest.call(f"{SERVICE}/import_group", {**old, **more}, code)
    live = await make(site, "AVChatRoom", MemberList=[])
    one = [{"Member_Account": "carol"}]
    for group, members, code in ((live, one, 10007), ("unknown", one, 10015), ("old", one * 301, 10005)):
        await rest.call(f"{SERVICE}/import_group_member", {"GroupId": group, "MemberList": members}, code)
    times = [{"Member_Account": "carol", "JoinTime": at} for at in (NOW, NOW - 1, NOW + 5)]
    answer = await rest.call(f"{SERVICE}/import_group_member", {"GroupId": "old", "MemberList": times})
    assert [row["Result"] for row in answer["MemberList"]] == [0, 0, 0]


async def test_newcomers_see_the_past_where_an_app_server_says_so(site: Site) -> None:
    group = await make(site)
    await say(await site.login("alice"), group, 1)
    await site.rest().call(
        f"{SERVICE}/add_group_member", {"GroupId": group, "MemberList": [{"Member_Account": "carol"}]}
    )
    carol = await site.login("carol")

    async def seen() -> list[int]:
        page = await carol.call(f"{SERVICE}.group_msg_get", {"GroupId": group, "ReqMsgNumber": 9})
        return [row["MsgSeq"] for row in page["RspMsgList"] if not row.get("IsPlaceMsg")]

    assert await seen() == [2]
    await site.rest().call(CHANGE, {"GroupId": group, "HistoryMsgBeforeJoin": "On"})
    assert await seen() == [2, 1]
    await site.rest().call(CHANGE, {"GroupId": group, "HistoryMsgBeforeJoin": "Off"})
    assert await seen() == [2]
    community = await make(site, "Community")
    await site.rest().call(CHANGE, {"GroupId": community, "HistoryMsgBeforeJoin": "Off"}, 10007)


async def test_limits_and_permissions_are_for_app_servers(site: Site) -> None:
    await site.change(group_members=30)
    group = await make(site)
    alice = await site.login("alice")
    await alice.call(OWN_CHANGE, {"GroupId": group, "MaxMemberNum": 20, "EnablePermission": 1})
    assert (await profile(site, group))["MaxMemberNum"] == 30
    await site.rest().call(CHANGE, {"GroupId": group, "MaxMemberNum": 20})
    assert (await profile(site, group))["MaxMemberNum"] == 20
    await site.rest().call(CHANGE, {"GroupId": group, "MaxMemberNum": 31}, 10004)
    await site.rest().call(CHANGE, {"GroupId": group, "EnablePermission": 1}, 10007)
    hikers = await make(site, "Community", SupportTopic=1)
    bob = await site.login("bob")
    await bob.call(OWN_CHANGE, {"GroupId": hikers, "Name": "climbers"}, 10007)
    await site.rest().call(CHANGE, {"GroupId": hikers, "EnablePermission": 1, "DefaultPermission": 1})
    await bob.call(OWN_CHANGE, {"GroupId": hikers, "Name": "climbers"})
    row = await profile(site, hikers)
    assert (row["Name"], row["EnablePermission"], row["DefaultPermission"]) == ("climbers", 1, 1)


async def test_a_group_that_nobody_uses_ends_before_its_members_eyes(site: Site) -> None:
    await site.change(recycle_group_seconds=1000)
    unused, used = await make(site), await make(site)
    bob = await site.login("bob")
    site.clock.step(999)
    await say(bob, used, 1)
    site.clock.step(1)
    await site.server.expire()
    notices = [row for event in await bob.events() for row in event["GroupTips"]]
    assert [(row["ToGroupId"], row["MsgBody"]["ReportType"]) for row in notices] == [(unused, 11)]
    assert [(await profile(site, group))["ErrorCode"] for group in (unused, used)] == [10010, 0]
