"""Profiles over both doors: fields, rights, codes, what is told to whom (spec/*/profile.yaml)."""

from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, RestClient
from tests.support.server import NOW, Site

GET, SET = "profile/portrait_get", "profile/portrait_set"
GET_ALL, SET_OWN = "profile.portrait_get_all", "profile.portrait_set"
NICK, IMAGE, LEVEL = "Tag_Profile_IM_Nick", "Tag_Profile_IM_Image", "Tag_Profile_IM_Level"
BIRTHDAY, PLACE, SIGNATURE = "Tag_Profile_IM_BirthDay", "Tag_Profile_IM_Location", "Tag_Profile_IM_SelfSignature"
GENDER, ALLOW, FORBID = "Tag_Profile_IM_Gender", "Tag_Profile_IM_AllowType", "Tag_Profile_IM_AdminForbidType"
CITY, RANK, NOTE = "Tag_Profile_Custom_City", "Tag_Profile_Custom_Rank", "Tag_Profile_Custom_Note"
FIELDS = "City:string:rw:rw,Rank:bytes:r:rw,Note:string:-:rw"
STANDARD: Json = {
    NICK: "Maple 🍁",
    GENDER: "Gender_Type_Female",
    BIRTHDAY: 19990131,
    PLACE: "\x00\x01" * 8,
    SIGNATURE: "hi",
    ALLOW: "AllowType_Type_DenyAny",
    "Tag_Profile_IM_Language": 0,
    IMAGE: "https://img.example.org/a/17.png",
    "Tag_Profile_IM_MsgSettings": 1,
    "Tag_Profile_IM_Level": 3,
    "Tag_Profile_IM_Role": 4294967295,
}


def items(values: Json) -> list[Json]:
    return [{"Tag": tag, "Value": value} for tag, value in values.items()]


def values(row: Json) -> Json:
    return {item["Tag"]: item["Value"] for item in row["ProfileItem"]}


async def write(rest: RestClient, changed: Json, code: int = 0, user: str = "alice") -> None:
    await rest.call(SET, {"From_Account": user, "ProfileItem": items(changed)}, code)


async def write_own(device: GatewayClient, changed: Json, code: int = 0) -> None:
    await device.call(SET_OWN, {"From_Account": device.user_id, "ProfileItem": items(changed)}, code)


async def read(device: GatewayClient, user: str = "alice", **known: int) -> Json:
    (row,) = (await device.call(GET_ALL, {"UserItem": [{"To_Account": user, **known}]}))["UserProfileItem"]
    assert isinstance(row, dict)
    return row


async def told(device: GatewayClient) -> list[Json]:
    """Return what changed of profiles, as pushes have told it."""
    rows = [row for event in await device.events() for row in event.get("ProfileDataMod", [])]
    return [
        {"": row["Profile_Account"], **{f["Tag"]: f.get("ValueBytes", f.get("ValueNum")) for f in row["ProfileList"]}}
        for row in rows
    ]


@pytest.mark.parametrize("door", ["rest", "socket"])
async def test_every_standard_field_is_kept_and_told_to_all_own_devices(
    site: Site, rest: RestClient, alice: GatewayClient, bob: GatewayClient, door: str
) -> None:
    phone = await site.login("alice", "android")
    await (write(rest, STANDARD) if door == "rest" else write_own(alice, STANDARD))
    for device in (alice, phone):
        assert await told(device) == [{"": "alice", **STANDARD}]
    assert await told(bob) == []
    for device in (alice, bob):
        assert values(await read(device)) == STANDARD
    answer = await rest.call(GET, {"To_Account": ["alice"], "TagList": [LEVEL, NICK, GENDER]})
    assert list(values(answer["UserProfileItem"][0]).items()) == [(t, STANDARD[t]) for t in (LEVEL, NICK, GENDER)]
    assert "Fail_Account" not in answer


async def test_what_stays_as_it_is_is_not_told(alice: GatewayClient, rest: RestClient) -> None:
    await write(rest, {NICK: "A", LEVEL: 0})
    await told(alice)
    await write(rest, {NICK: "A", LEVEL: 1})
    await write(rest, {NICK: "A", LEVEL: 1})
    assert await told(alice) == [{"": "alice", LEVEL: 1}]


async def test_an_empty_text_takes_a_value_away(alice: GatewayClient) -> None:
    await write_own(alice, {NICK: "A", SIGNATURE: "s"})
    await write_own(alice, {NICK: "", SIGNATURE: ""})
    assert (await told(alice))[-1] == {"": "alice", NICK: "", SIGNATURE: ""}
    assert values(await read(alice)) == {}


async def test_a_device_that_was_away_is_told_by_getmsg(site: Site, alice: GatewayClient) -> None:
    phone = await site.login("alice", "android")
    cookie = (await phone.call("openim.getmsg", {"Cookie": ""}))["Cookie"]
    await phone.close()
    await write_own(alice, {NICK: "A", LEVEL: 2})
    back = await site.login("alice", "android")
    (event,) = (await back.call("openim.getmsg", {"Cookie": cookie}))["EventArray"]
    fields = [{"Tag": NICK, "ValueBytes": "A"}, {"Tag": LEVEL, "ValueNum": 2}]
    assert event["ProfileDataMod"] == [{"PushType": 1, "Profile_Account": "alice", "ProfileList": fields}]


async def test_messages_carry_the_name_that_the_sender_has_now(
    site: Site, rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    named: list[tuple[object, object]] = []
    for nick in ("A", "B"):
        await (write(rest, {NICK: nick, IMAGE: nick}) if nick == "A" else write_own(alice, {NICK: nick, IMAGE: nick}))
        await alice.send_message("bob")
        (message,) = await bob.messages()
        named.append((message["From_AccountNick"], message["From_AccountHeadurl"]))
        site.clock.step(1)
    await rest.call("im_open_login_svc/account_import", {"UserID": "alice", "Nick": "C"})
    await alice.send_message("bob")
    named += [(m["From_AccountNick"], m["From_AccountHeadurl"]) for m in await bob.messages()]
    assert named == [("A", "A"), ("B", "B"), ("C", "B")]
    found = (await bob.call("openim.getroammsg", {"Peer_Account": "alice"}))["MsgList"]
    assert {(m["From_AccountNick"], m["From_AccountHeadurl"]) for m in found} == {("C", "B")}


async def test_an_import_changes_the_same_profile_and_is_told(rest: RestClient, alice: GatewayClient) -> None:
    batch = [{"UserID": "alice", "Nick": "A", "FaceUrl": "f"}, {"UserID": "dora", "Nick": "D"}, {"UserID": "bob"}]
    await rest.call("im_open_login_svc/multiaccount_import", {"AccountList": batch})
    await rest.call("im_open_login_svc/account_import", {"UserID": "alice", "Nick": "A", "FaceUrl": "g"})
    assert await told(alice) == [{"": "alice", NICK: "A", IMAGE: "f"}, {"": "alice", IMAGE: "g"}]
    assert values(await read(alice)) == {NICK: "A", IMAGE: "g"}
    assert values(await read(alice, "dora")) == {NICK: "D"}
    assert values(await read(alice, "bob")) == {}


async def test_a_list_shows_the_peers_name(rest: RestClient, alice: GatewayClient) -> None:
    await write(rest, {NICK: "Bobby"}, user="bob")
    await alice.send_message("bob")
    (row,) = (await alice.call("recentcontact.page_get"))["SessionItem"]
    assert row["C2cNick"] == "Bobby"


# --- what may not be ---


@pytest.mark.parametrize(
    ("tag", "value", "code"),
    [
        (NICK, "é" * 251, 40601),
        (PLACE, "x" * 17, 40601),
        (CITY, "x" * 501, 40601),
        (GENDER, "Gender_Type_Other", 40605),
        (ALLOW, "", 40605),
        (LEVEL, -1, 40605),
        (LEVEL, 1 << 32, 40605),
        (NICK, 1, 40610),
        (NICK, None, 40610),
        (LEVEL, "1", 40610),
        (LEVEL, True, 40610),
        (LEVEL, 1.5, 40610),
        (CITY, ["x"], 40610),
        ("Tag_Profile_IM_Shoe", 1, 40009),
        ("Tag_Profile_Custom_Shoe", "x", 40009),
        ("", "x", 40009),
    ],
    ids=str,
)
async def test_a_bad_value_has_its_code_and_nothing_changes(
    site: Site, rest: RestClient, alice: GatewayClient, tag: str, value: object, code: int
) -> None:
    await site.change(profile_fields=FIELDS)
    await write(rest, {BIRTHDAY: 1, tag: value}, code)
    await write_own(alice, {BIRTHDAY: 1, tag: value}, code)
    assert values(await read(alice)) == {}
    assert await told(alice) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"ProfileItem": []}, 40001),
        ({"ProfileItem": "x"}, 40001),
        ({"ProfileItem": [{"Tag": NICK}]}, 40001),
        ({"ProfileItem": items({NICK: "A"}) * 101}, 40001),
        ({"From_Account": "bob", "ProfileItem": items({NICK: "A"})}, 40004),
    ],
)
async def test_a_bad_change_is_refused(rest: RestClient, alice: GatewayClient, body: Json, code: int) -> None:
    await alice.call(SET_OWN, body, code)
    if code == 40001:
        await rest.call(SET, {"From_Account": "alice", **body}, code)


async def test_nobody_has_no_profile(rest: RestClient, alice: GatewayClient) -> None:
    await write(rest, {NICK: "A"}, 40003, user="nobody")
    answer = await rest.call(GET, {"To_Account": ["bob", "nobody", "alice"], "TagList": [NICK]})
    assert [row["To_Account"] for row in answer["UserProfileItem"]] == ["bob", "nobody", "alice"]
    assert [row["ResultCode"] for row in answer["UserProfileItem"]] == [0, 40003, 0]
    assert answer["Fail_Account"] == ["nobody"]
    assert "ProfileItem" not in answer["UserProfileItem"][1]
    assert (await read(alice, "nobody"))["ResultCode"] == 40003


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"To_Account": []}, 40002),
        ({"To_Account": None}, 40002),
        ({"To_Account": ["alice"] * 101}, 40001),
        ({"TagList": None}, 40001),
        ({"TagList": [NICK] * 101}, 40001),
        ({"TagList": [CITY]}, 40009),
    ],
)
async def test_a_bad_question_is_refused(rest: RestClient, change: Json, code: int) -> None:
    body = {"To_Account": ["alice"], "TagList": [NICK], **change}
    await rest.call(GET, {name: value for name, value in body.items() if value is not None}, code)


@pytest.mark.parametrize(("count", "code"), [(0, 40002), (1, 0), (100, 0), (101, 40001)])
async def test_users_ask_for_a_hundred_profiles_at_most(alice: GatewayClient, count: int, code: int) -> None:
    await alice.call(GET_ALL, {"UserItem": [{"To_Account": "bob"}] * count}, code)


async def test_forbidden_words_are_looked_for_where_the_app_wants_it(
    site: Site, rest: RestClient, alice: GatewayClient
) -> None:
    await rest.call("openim_dirty_words/add", {"DirtyWordsList": ["darn"]})
    await write_own(alice, {NICK: "darn"})
    await site.change(filter_profiles=True, profile_fields=FIELDS)
    for tag in (SIGNATURE, CITY):
        await write_own(alice, {tag: "oh darn"}, 40005)
    await write_own(alice, {IMAGE: "https://example.org/darn.png"})
    await site.change(filter_profiles=True, profile_fields=FIELDS, word_filter="mask")
    await write(rest, {CITY: "oh darn"})
    assert values(await read(alice)) == {NICK: "darn", IMAGE: "https://example.org/darn.png", CITY: "oh ****"}


# --- rights ---


async def test_users_can_not_lift_an_admins_ban(rest: RestClient, alice: GatewayClient) -> None:
    await write(rest, {FORBID: "AdminForbid_Type_SendOut"})
    await write_own(alice, {FORBID: "AdminForbid_Type_None"}, 40008)
    assert values(await read(alice)) == {FORBID: "AdminForbid_Type_SendOut"}


async def test_custom_fields_have_rights_of_their_own_on_each_side(
    site: Site, rest: RestClient, alice: GatewayClient, bob: GatewayClient
) -> None:
    await write_own(alice, {CITY: "Lyon"}, 40009)
    await site.change(profile_fields=FIELDS)
    await write_own(alice, {CITY: "Lyon"})
    await write_own(alice, {RANK: "1"}, 40008)
    await write_own(alice, {NOTE: "1"}, 40008)
    await write(rest, {RANK: "one", NOTE: "only admins see this"})
    await write(rest, {NOTE: "nor this"})
    assert await told(alice) == [{"": "alice", CITY: "Lyon"}, {"": "alice", RANK: "one"}]
    for device in (alice, bob):
        assert values(await read(device)) == {CITY: "Lyon", RANK: "one"}
    answer = await rest.call(GET, {"To_Account": ["alice"], "TagList": [CITY, RANK, NOTE]})
    assert values(answer["UserProfileItem"][0]) == {CITY: "Lyon", RANK: "one", NOTE: "nor this"}
    await site.change(profile_fields="City:string:rw:w,Rank:bytes:rw:r,Note:string:rw:-")
    await rest.call(GET, {"To_Account": ["alice"], "TagList": [CITY]}, 40007)
    await write(rest, {RANK: "two"}, 40008)
    await write_own(alice, {RANK: "two"})
    assert values(await read(bob)) == {CITY: "Lyon", RANK: "two", NOTE: "nor this"}


# --- what has changed since ---


async def test_only_what_has_changed_is_answered_again(site: Site, rest: RestClient, bob: GatewayClient) -> None:
    await site.change(profile_fields=FIELDS)
    await write(rest, {NICK: "A", LEVEL: 1})
    await write(rest, {CITY: "Lyon"})

    def known(row: Json) -> dict[str, Any]:
        return {name: row[name] for name in ("StandardSequence", "CustomSequence")}

    first = await read(bob)
    assert 0 < first["StandardSequence"] < first["CustomSequence"]
    assert values(await read(bob, **known(first))) == {}
    await write(rest, {LEVEL: 2})
    second = await read(bob, **known(first))
    assert values(second) == {NICK: "A", LEVEL: 2}
    assert second["StandardSequence"] > first["CustomSequence"] == second["CustomSequence"]
    await rest.call("im_open_login_svc/account_import", {"UserID": "alice", "Nick": "C"})
    assert values(await read(bob, **known(second))) == {NICK: "C", LEVEL: 2}


async def test_a_deleted_account_has_no_profile_and_its_name_begins_afresh(
    site: Site, rest: RestClient, bob: GatewayClient
) -> None:
    await write(rest, {NICK: "A", LEVEL: 1})
    await rest.call("im_open_login_svc/account_delete", {"DeleteItem": [{"UserID": "alice"}]})
    assert (await read(bob))["ResultCode"] == 40003
    await rest.call("im_open_login_svc/account_import", {"UserID": "alice"})
    assert values(await read(bob)) == {}
    assert site.now == NOW
