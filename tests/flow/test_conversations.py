"""Lists of conversations over both doors: pins, deletion, marks, groups, do not disturb (spec/*/recentcontact.yaml)."""

from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, RestClient
from tests.support.server import NOW, Site

BOB: Json = {"Type": 1, "To_Account": "bob"}
CAROL: Json = {"Type": 1, "To_Account": "carol"}
NOBODY: Json = {"Type": 1, "To_Account": "nobody"}
GROUP = "@TGS#1NONE"
ALL: Json = {"TimeStamp": 0, "StartIndex": 0, "TopTimeStamp": 0, "TopStartIndex": 0, "AssistFlags": 63}
PAGE, TOP, DELETE = "recentcontact.page_get", "recentcontact.top", "recentcontact.batch_delete"
MARK, CREATE, UPDATE = "recentcontact.mark_contact", "create_contact_group", "update_contact_group"
MUTE, MUTES = "openim.set_c2c_peer_mute_notifications", "openim.get_c2c_peer_mute_notifications"
QUIET, ASK_QUIET = "im_msg_db_logic.ws_set_do_not_disturb", "im_msg_db_logic.ws_get_do_not_disturb"


async def rows(device: GatewayClient) -> dict[str, Json]:
    return {row["To_Account"]: row for row in (await device.call(PAGE))["SessionItem"]}


async def listed(rest: RestClient, **fields: Any) -> list[Json]:
    answer = await rest.call("recentcontact/get_list", {"From_Account": "alice", **ALL, **fields})
    found: list[Json] = answer["SessionItem"]
    return found


async def changes(device: GatewayClient) -> list[Json]:
    return [change for event in await device.events() for change in event.get("RecentContactMod", [])]


async def history(device: GatewayClient, peer: str) -> list[Json]:
    found: list[Json] = (await device.call("openim.getroammsg", {"Peer_Account": peer}))["MsgList"]
    return found


async def talk(site: Site, alice: GatewayClient) -> GatewayClient:
    """Let alice write to bob and to carol; return her other device."""
    await alice.send_message("bob", "one")
    site.clock.step(1)
    await alice.send_message("carol", "two")
    phone = await site.login("alice", "android")
    await phone.events()
    return phone


# --- pins ---


@pytest.mark.parametrize("door", ["rest", "socket"])
async def test_a_pin_comes_first_and_is_told_to_other_devices(
    site: Site, rest: RestClient, alice: GatewayClient, door: str
) -> None:
    phone = await talk(site, alice)

    async def change(kind: int) -> None:
        body = {"OperationType": kind, "RecentContactItem": [BOB]}
        if door == "rest":
            await rest.call("recentcontact/top", {"From_Account": "alice", **body})
        else:
            await alice.call(TOP, body)

    names = {"RecentContactList": [{"Type": 1, "UserId": "bob"}]}
    pinned, unpinned = ({"PushType": kind, "RecentContactTopItem": names} for kind in (2, 3))
    for kind, is_pinned, told in ((1, 1, [pinned]), (1, 1, []), (2, 0, [unpinned])):
        await change(kind)
        assert await changes(phone) == told
        assert list(await rows(phone)) == (["bob", "carol"] if is_pinned else ["carol", "bob"])
        assert (await rows(alice))["bob"]["TopFlags"] == is_pinned
        assert [(row["To_Account"], row["TopFlag"]) for row in await listed(rest)] == (
            [("bob", 1), ("carol", 0)] if is_pinned else [("carol", 0), ("bob", 0)]
        )
    missed = (await phone.call("openim.getmsg", {"Cookie": "1"}))["EventArray"]
    assert [change for event in missed for change in event["RecentContactMod"]] == [pinned, unpinned]


async def test_what_is_pinned_before_anything_was_said_is_an_empty_conversation(
    site: Site, rest: RestClient, alice: GatewayClient
) -> None:
    await alice.call(TOP, {"OperationType": 1, "RecentContactItem": [BOB]})
    row = (await rows(alice))["bob"]
    assert (row["LastMsg"], row["MsgSeq"], row["MsgTime"], row["TopFlags"]) == ({"MsgBody": []}, 0, NOW, 1)
    assert [row["To_Account"] for row in await listed(rest)] == ["bob"]
    assert await listed(rest, AssistFlags=1) == []
    site.clock.step(1)
    await alice.send_message("bob", "hi")
    assert (await rows(alice))["bob"]["MsgTime"] == NOW + 1


async def test_pins_are_limited_all_or_none(site: Site, rest: RestClient, alice: GatewayClient) -> None:
    await site.change(pinned_conversations=1)
    both = {"OperationType": 1, "RecentContactItem": [BOB, CAROL]}
    await alice.call(TOP, both, 51012)
    await rest.call("recentcontact/top", {"From_Account": "alice", **both}, 51012)
    assert await rows(alice) == {}
    await alice.call(TOP, {**both, "RecentContactItem": [BOB, BOB]})
    await alice.call(TOP, {**both, "RecentContactItem": [CAROL]}, 51012)
    assert list(await rows(alice)) == ["bob"]


@pytest.mark.parametrize(
    "change",
    [
        {"OperationType": 3},
        {"RecentContactItem": []},
        {"RecentContactItem": [BOB] * 101},
        {"RecentContactItem": [BOB, NOBODY]},
        {"RecentContactItem": [{"Type": 2, "ToGroupId": GROUP, "GroupId": GROUP}]},
        {"RecentContactItem": [{**BOB, "Type": 3}]},
        {"RecentContactItem": "bob"},
    ],
    ids=str,
)
async def test_pins_that_can_not_be_are_refused(rest: RestClient, alice: GatewayClient, change: Json) -> None:
    body = {"OperationType": 1, "RecentContactItem": [BOB], **change}
    await alice.call(TOP, body, 50002)
    await rest.call("recentcontact/top", {"From_Account": "alice", **body}, 50002)
    await rest.call(
        "recentcontact/top", {**body, "From_Account": "nobody"}, 50002 if body["RecentContactItem"] == "bob" else 50001
    )
    assert await rows(alice) == {}


# --- the list by REST ---


async def test_the_list_comes_in_pages_that_join(site: Site, rest: RestClient, alice: GatewayClient) -> None:
    names = [f"friend{number:03}" for number in range(205)]
    for start in range(0, len(names), 100):
        accounts = [{"UserID": name} for name in names[start : start + 100]]
        await rest.call("im_open_login_svc/multiaccount_import", {"AccountList": accounts})
    for number, name in enumerate(names):
        site.clock.step(number % 2)  # some in the same second
        await alice.send_message(name)
    pinned = [{"Type": 1, "To_Account": name} for name in names[:3]]
    await alice.call(TOP, {"OperationType": 1, "RecentContactItem": pinned})
    at, found, sizes, is_complete = dict(ALL), [], [], False
    while not is_complete:
        answer = await rest.call("recentcontact/get_list", {"From_Account": "alice", **at})
        at.update({name: answer[name] for name in ("TimeStamp", "StartIndex", "TopTimeStamp", "TopStartIndex")})
        found += answer["SessionItem"]
        sizes.append(len(answer["SessionItem"]))
        is_complete = answer["CompleteFlag"] == 1
    assert sizes == [100, 100, 5]
    assert sorted(row["To_Account"] for row in found) == names
    assert [row["TopFlag"] for row in found] == [1] * 3 + [0] * 202
    for part in (found[:3], found[3:]):
        assert [row["MsgTime"] for row in part] == sorted((row["MsgTime"] for row in part), reverse=True)
    plain = await listed(rest, AssistFlags=0)
    assert [row["MsgTime"] for row in plain] == sorted((row["MsgTime"] for row in found), reverse=True)[:100]


# --- deletion ---


@pytest.mark.parametrize("clears", [0, 1])
@pytest.mark.parametrize("door", ["rest", "socket"])
async def test_a_deleted_conversation_leaves_the_list_and_on_wish_its_history(
    site: Site, alice: GatewayClient, bob: GatewayClient, door: str, clears: int
) -> None:
    is_synced, rest = door == "rest", site.rest()
    await site.change(sync_deletions=is_synced)
    await bob.send_message("alice", "hello")
    phone = await talk(site, alice)
    if door == "rest":
        body = {"From_Account": "alice", "type": 1, "To_Account": "bob", "ClearRamble": clears}
        await rest.call("recentcontact/delete", body)
    else:
        answer = await alice.call(DELETE, {"ContactItem": [BOB], "ClearRamble": clears})
        assert answer["ResultItem"] == [{"Type": 1, "To_Account": "bob", "ResultCode": 0}]
    told: Json = {"RecentContactList": [{"Type": 1, "UserId": "bob"}]}
    if clears:
        told["ClearRamble"] = 1
    expected = [{"PushType": 1, "RecentContactDeleteItem": told}] if is_synced else []
    assert await changes(phone) == expected
    assert list(await rows(alice)) == ["carol"]
    assert [row["To_Account"] for row in await listed(rest)] == ["carol"]
    assert (await alice.call("openim.getmsg"))["C2CPairUnreadCount"] == []
    assert len(await history(alice, "bob")) == (0 if clears else 2)
    assert len(await history(bob, "alice")) == 2
    assert "alice" in await rows(bob)
    await bob.send_message("alice", "again")
    assert (await rows(alice))["bob"]["UnreadMsgCount"] == 1
    assert len(await history(alice, "bob")) == (1 if clears else 3)


async def test_a_deletion_ends_the_pin(alice: GatewayClient) -> None:
    await alice.call(TOP, {"OperationType": 1, "RecentContactItem": [BOB]})
    await alice.call(DELETE, {"ContactItem": [BOB]})
    await alice.send_message("bob")
    assert (await rows(alice))["bob"]["TopFlags"] == 0


async def test_each_conversation_of_a_deletion_has_its_own_result(alice: GatewayClient) -> None:
    await alice.send_message("bob")
    group = {"Type": 2, "ToGroupid": GROUP}
    found = (await alice.call(DELETE, {"ContactItem": [NOBODY, BOB, group]}))["ResultItem"]
    assert [row["ResultCode"] for row in found] == [50002, 0, 51007]
    assert (found[2]["Type"], found[2]["ToGroupid"]) == (2, GROUP)
    for items in ([], [BOB] * 101):
        await alice.call(DELETE, {"ContactItem": items}, 51006)
    assert await rows(alice) == {}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"From_Account": "nobody", **BOB}, 50001),
        ({"From_Account": "alice", **NOBODY}, 50002),
        ({"From_Account": "alice", "To_Account": "bob"}, 50002),
        ({"From_Account": "alice", "Type": 2, "ToGroupid": GROUP}, 50002),
        ({"From_Account": "alice", "Type": 2, "To_Account": GROUP}, 50002),
        ({**BOB}, 50002),
    ],
    ids=str,
)
async def test_deletions_that_can_not_be_are_refused(rest: RestClient, body: Json, code: int) -> None:
    await rest.call("recentcontact/delete", body, code)


async def test_a_device_that_was_away_keeps_what_came_back_after_the_deletion(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    await site.change(sync_deletions=True)
    phone = await talk(site, alice)
    cookie = (await phone.call("openim.getmsg"))["Cookie"]
    phone_head = phone
    await phone.close()
    await alice.call(DELETE, {"ContactItem": [BOB, CAROL]})
    await bob.send_message("alice", "back")
    phone = await site.open("android")
    await phone.resume(phone_head)
    answer = await phone.call("openim.getmsg", {"Cookie": cookie})
    (missed,) = (change for event in answer["EventArray"] for change in event.get("RecentContactMod", []))
    assert len(missed["RecentContactDeleteItem"]["RecentContactList"]) == 2
    (pushed,) = await changes(phone)
    assert pushed["RecentContactDeleteItem"]["RecentContactList"] == [{"Type": 1, "UserId": "carol"}]


async def test_a_cleared_history_leaves_an_empty_conversation(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    await bob.send_message("alice", "hello")
    phone = await talk(site, alice)
    await alice.call("recentcontact.clear_msg", {"From_Account": "alice", **BOB})
    assert await changes(phone) == [
        {"PushType": 101, "RecentContactClearItem": {"RecentContactList": [{"Type": 1, "UserId": "bob"}]}}
    ]
    row = (await rows(alice))["bob"]
    assert (row["MsgTime"], row["LastMsg"], row["UnreadMsgCount"]) == (NOW, {"MsgBody": []}, 0)
    assert (await history(alice, "bob"), len(await history(bob, "alice"))) == ([], 2)
    await alice.call("recentcontact.clear_msg", BOB)
    assert await changes(phone) == []
    await alice.call("recentcontact.clear_msg", {"Type": 2, "ToGroupid": GROUP}, 50002)


# --- marks ---


async def test_marks_are_set_and_cleared_and_told(site: Site, rest: RestClient, alice: GatewayClient) -> None:
    phone = await talk(site, alice)
    item = {"OptType": 3, "ContactItem": BOB, "SetMark": [1, 4], "ClearMark": [2], "CustomMark": "vip"}
    answer = await rest.call("recentcontact/mark_contact", {"From_Account": "alice", "MarkItem": [item]})
    assert answer["ResultItem"] == [{"OptType": 3, "ContactItem": BOB, "ResultCode": 0, "ResultInfo": ""}]
    name = {"Type": 1, "UserId": "bob"}
    assert await changes(phone) == [
        {
            "PushType": 4,
            "RecentContactMarkContact": {
                "RecentContactMarkContactItem": [
                    {"RecentContactItem": name, "OptType": 1, "StandardMark": "1001"},
                    {"RecentContactItem": name, "OptType": 2, "CustomMark": "vip"},
                ]
            },
        }
    ]
    row = (await rows(alice))["bob"]
    assert (row["StandardMark"], row["CustomMark"]) == ("1001", "vip")
    assert next(row for row in await listed(rest) if row["To_Account"] == "bob")["StandardMark"] == "1001"
    assert all("CustomMark" not in row for row in await listed(rest, AssistFlags=7))
    # The clients' first bit is 0.
    await alice.call(MARK, {"MarkItem": [{"OptType": 1, "ContactItem": BOB, "ClearMark": [0, 3], "SetMark": [63]}]})
    asked = {"ContactItem": [BOB, CAROL, NOBODY]}
    (found,) = (await alice.call("recentcontact.search_contact_group", asked))["ContactResultItem"]
    assert found == {
        "Type": 1,
        "To_Account": "bob",
        "StandardMark": "1" + "0" * 63,
        "CustomMark": "vip",
        "Timestamp": NOW + 1,
    }
    await alice.call(MARK, {"MarkItem": [{"OptType": 3, "ContactItem": BOB, "ClearMark": [63], "CustomMark": ""}]})
    assert (await alice.call("recentcontact.search_contact_group", asked))["ContactResultItem"] == []


async def test_each_mark_has_its_own_result(alice: GatewayClient) -> None:
    items = [
        {"OptType": 2, "ContactItem": NOBODY, "CustomMark": "x"},
        {"OptType": 2, "ContactItem": {"Type": 2, "ToGroupId": GROUP}, "CustomMark": "x"},
        {"OptType": 1, "ContactItem": BOB, "SetMark": [64]},
        {"OptType": 4, "ContactItem": BOB},
        {"OptType": 2, "ContactItem": BOB},
        {"OptType": 2, "ContactItem": CAROL, "CustomMark": "é" * 128},
    ]
    found = (await alice.call(MARK, {"MarkItem": items}))["ResultItem"]
    assert [row["ResultCode"] for row in found] == [50002, 51007, 50002, 50002, 50002, 0]
    (marked,) = (await alice.call("recentcontact.get_contact_group", {"StartIndex": 0}))["ContactItem"]
    assert (marked["To_Account"], marked["CustomMark"]) == ("carol", "é" * 128)
    long = {"OptType": 2, "ContactItem": BOB, "CustomMark": "é" * 129}
    await alice.call(MARK, {"MarkItem": [long]}, 50002)
    for items in ([], [long] * 101):
        await alice.call(MARK, {"MarkItem": items}, 51006)


async def test_a_user_speaks_for_nobody_else(alice: GatewayClient) -> None:
    for command, body in (
        (TOP, {"OperationType": 1, "RecentContactItem": [CAROL]}),
        (DELETE, {"ContactItem": [CAROL]}),
        ("recentcontact.get_contact_group", {}),
        (MARK, {"MarkItem": []}),
    ):
        await alice.call(command, {"From_Account": "bob", **body}, 50002)


# --- groups of conversations ---


async def test_a_group_lives(site: Site, rest: RestClient, alice: GatewayClient) -> None:
    phone = await talk(site, alice)
    work = {"GroupContactItem": [{"GroupName": "Work", "ContactItem": [BOB, NOBODY]}]}
    (made,) = (await alice.call(f"recentcontact.{CREATE}", work))["GroupResultItem"]
    number = made["GroupItem"]["GroupId"]
    assert made["GroupItem"] == {"GroupName": "Work", "GroupId": number}
    assert [row["ResultCode"] for row in made["ResultItem"]] == [0, 50002]
    moves = [{"ContactOptType": 1, "ContactItem": CAROL}, {"ContactOptType": 2, "ContactItem": BOB}]
    update = {"UpdateGroupType": 2, "OldGroupName": "Work", "ContactUpdateItem": moves}
    body = {"From_Account": "alice", "UpdateType": 1, "UpdateGroup": update}
    result = (await rest.call(f"recentcontact/{UPDATE}", body))["UpdateGroupResult"]
    assert [row["ResultCode"] for row in result["ContactResultItem"]] == [0, 0]
    rename = {"UpdateGroupType": 1, "OldGroupName": "Work", "NewGroupName": "Office"}
    result = (await alice.call(f"recentcontact.{UPDATE}", {"UpdateType": 1, "UpdateGroup": rename}))[
        "UpdateGroupResult"
    ]
    assert (result["GroupName"], result["OldGroupName"], result["GroupId"]) == ("Office", "Work", number)
    page = await phone.call(PAGE)
    assert page["GroupItem"] == [{"GroupName": "Office", "GroupId": number}]
    assert {row["To_Account"]: row["ContactGroupId"] for row in page["SessionItem"]} == {"bob": [], "carol": [number]}
    gone = await rest.call("recentcontact/del_contact_group", {"From_Account": "alice", "GroupName": ["Office"]})
    assert gone["GroupItem"] == [{"GroupName": "Office", "GroupId": number}]
    kinds = [(change["PushType"], next(iter(change))) for change in await changes(phone)]
    assert [kind for kind, _ in kinds] == [5, 7, 7, 6]
    left = await rest.call("recentcontact/get_contact_group", {"From_Account": "alice", "StartIndex": 0})
    assert (left["ContactItem"], left["GroupItem"], left["CompleteFlag"]) == ([], [], 1)


async def test_a_group_that_is_created_again_takes_more_in(alice: GatewayClient) -> None:
    numbers = []
    for contacts in ([BOB], [BOB], [CAROL]):
        body = {"GroupContactItem": [{"GroupName": "Work", "ContactItem": contacts}]}
        numbers.append(
            (await alice.call(f"recentcontact.{CREATE}", body))["GroupResultItem"][0]["GroupItem"]["GroupId"]
        )
    assert len(set(numbers)) == 1
    answer = await alice.call("recentcontact.get_contact_group")
    assert [row["To_Account"] for row in answer["ContactItem"]] == ["bob", "carol"]


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        (CREATE, {"GroupContactItem": []}, 50002),
        (CREATE, {"GroupContactItem": [{"GroupName": "", "ContactItem": [BOB]}]}, 50002),
        (CREATE, {"GroupContactItem": [{"GroupName": "é" * 17, "ContactItem": [BOB]}]}, 51011),
        (CREATE, {"GroupContactItem": [{"GroupName": "x", "ContactItem": []}]}, 51006),
        ("del_contact_group", {"GroupName": ["x"]}, 51009),
        ("del_contact_group", {"GroupName": []}, 50002),
        (UPDATE, {"UpdateType": 2, "UpdateGroup": {"UpdateGroupType": 1, "OldGroupName": "x"}}, 50002),
        (UPDATE, {"UpdateType": 1, "UpdateGroup": {"UpdateGroupType": 3, "OldGroupName": "x"}}, 50002),
        (UPDATE, {"UpdateType": 1, "UpdateGroup": {"UpdateGroupType": 2, "OldGroupName": "x"}}, 51006),
        (
            UPDATE,
            {"UpdateType": 1, "UpdateGroup": {"UpdateGroupType": 1, "OldGroupName": "x", "NewGroupName": "y"}},
            51009,
        ),
        ("search_contact_group", {"ContactItem": [BOB] * 301}, 51006),
    ],
    ids=str,
)
async def test_groups_that_can_not_be_are_refused(
    rest: RestClient, alice: GatewayClient, name: str, body: Json, code: int
) -> None:
    await alice.call(f"recentcontact.{name}", body, code)
    await rest.call(f"recentcontact/{name}", {"From_Account": "alice", **body}, code)
    await rest.call(f"recentcontact/{name}", {"From_Account": "nobody", **body}, 50001)


# --- do not disturb ---


async def test_an_option_is_kept_and_told(site: Site, alice: GatewayClient) -> None:
    phone = await talk(site, alice)
    answer = await alice.call(MUTE, {"Peer_Account": ["bob", "nobody"], "Mute_Notifications": 2})
    assert answer["ErrorList"] == [{"Peer_Account": "nobody", "ErrorCode": 20003}]
    (told,) = await phone.notices("MuteNotificationsSync")
    assert (told["To_Account"], told["MuteNotifications"]) == ("bob", 2)
    asked = await phone.call(MUTES, {"Peer_Account": ["carol", "bob", "nobody"]})
    assert [row["MuteNotifications"] for row in asked["MuteNotificationsList"]] == [0, 2, 0]
    assert asked["UpdateSeq"] == told["UpdateSeq"]
    assert (await rows(phone))["bob"]["MsgRecvOption"] == 2
    everything = await phone.call(MUTES, {"UpdateSeq": 0})
    assert everything["MuteNotificationsList"] == [{"Peer_Account": "bob", "MuteNotifications": 2}]
    assert (await phone.call(MUTES, {"UpdateSeq": told["UpdateSeq"]}))["MuteNotificationsList"] == []
    await alice.call(MUTE, {"Peer_Account": ["bob"], "Mute_Notifications": 2})
    assert await phone.notices("MuteNotificationsSync") == []
    await alice.call(MUTE, {"Peer_Account": ["bob"], "Mute_Notifications": 4}, 90001)
    await alice.call(MUTE, {"Peer_Account": ["bob"] * 31, "Mute_Notifications": 0}, 90011)
    await alice.call(MUTE, {"Peer_Account": "bob", "Mute_Notifications": 0}, 90003)


async def test_what_is_refused_is_never_delivered(rest: RestClient, alice: GatewayClient, bob: GatewayClient) -> None:
    cookie = (await bob.call("openim.getmsg"))["Cookie"]
    await bob.call(MUTE, {"Peer_Account": ["alice"], "Mute_Notifications": 1})
    await alice.send_message("bob", "refused")
    await alice.send_message("bob", "refused", MsgLifeTime=0)
    heeding = {
        "From_Account": "alice",
        "To_Account": "bob",
        "MsgRandom": 7,
        "SendMsgControl": ["WithMuteNotifications"],
    }
    body = {"MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "refused"}}]}
    await rest.call("openim/sendmsg", {**heeding, **body})
    assert await bob.messages() == []
    assert (await rows(bob), await history(bob, "alice")) == ({}, [])
    missed = await bob.call("openim.getmsg", {"Cookie": cookie})
    assert (missed["MsgList"], missed["C2CPairUnreadCount"]) == ([], [])
    assert len(await history(alice, "bob")) == 2
    # An app server reaches everybody, unless it asks for the receiver's wish.
    await rest.call("openim/sendmsg", {**heeding, **body, "MsgRandom": 8, "SendMsgControl": []})
    assert len(await bob.messages()) == len(await history(bob, "alice")) == 1
    await bob.call(MUTE, {"Peer_Account": ["alice"], "Mute_Notifications": 0})
    await alice.send_message("bob", "welcome")
    assert len(await bob.messages()) == 1


async def test_a_quiet_time_is_kept_and_told(site: Site, alice: GatewayClient) -> None:
    phone = await site.login("alice", "android")
    nothing = {"Level": 0, "StartTime": 0, "EndTime": 0, "IsRepeated": 0}
    quiet = {"Level": 2, "StartTime": NOW, "EndTime": NOW + 60, "IsRepeated": 1}

    async def asked() -> Json:
        answer = await phone.call(ASK_QUIET, {"To_Account": "alice"})
        return {name: answer[name] for name in nothing}

    assert await asked() == nothing
    await alice.call(QUIET, quiet)
    await alice.call(QUIET, quiet)
    (event,) = await phone.events()
    assert {name: event[name] for name in nothing} == await asked() == quiet
    await alice.call(QUIET, {**quiet, "Level": 1}, 90001)
    await alice.call(QUIET, {**quiet, "Level": 3}, 90001)
    await alice.call(QUIET, {**quiet, "StartTime": NOW + 61}, 90001)
    assert await asked() == quiet
