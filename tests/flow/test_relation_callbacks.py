"""Callbacks of friends, blocklists, follows, profiles and logins, provoked by real commands."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.support.clients import GatewayClient, Json
from tests.support.receiver import Receiver, receiving
from tests.support.server import Site, running_server

SOURCE = "AddSource_Type_Web"


@dataclass(slots=True)
class Pair:
    """A server and the receiver of its callbacks."""

    site: Site
    receiver: Receiver

    async def switch_on(self, *callbacks: str) -> None:
        """Send these callbacks from now on."""
        await self.site.change(callback_url=self.receiver.url, callbacks=",".join(callbacks), callback_private=True)

    async def one(self, command: str) -> Json:
        """Return the one callback of that name, without its name and time."""
        (body,) = await self.receiver.wait(command)
        return {name: value for name, value in body.items() if name not in {"CallbackCommand", "EventTime"}}


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    async with receiving() as receiver, running_server() as site:
        yield Pair(site, receiver)


def _adding(*names: str, **more: object) -> Json:
    items = [{"To_Account": name, "AddSource": SOURCE, "AddWording": "hello"} for name in names]
    return {"From_Account": "alice", "AddFriendItem": items, **more}


def _pairs(*names: str) -> list[Json]:
    return [{"From_Account": one, "To_Account": other} for one, other in (name.split(">") for name in names)]


async def test_each_friend_may_be_refused_by_itself(pair: Pair) -> None:
    await pair.switch_on("Sns.CallbackPrevFriendAdd", "Sns.CallbackFriendAdd")
    refused = {"To_Account": "carol", "ResultCode": 38_011, "ResultInfo": "no"}
    pair.receiver.say(ErrorCode=1, ResultItem=[{"To_Account": "bob", "ResultCode": 0, "ResultInfo": ""}, refused])
    alice = await pair.site.login("alice")
    done = await alice.call("sns.friend_add", _adding("carol", "bob"))
    assert [each["ResultCode"] for each in done["ResultItem"]] == [38_011, 0]
    asked = await pair.one("Sns.CallbackPrevFriendAdd")
    item = {"Remark": "", "GroupName": "", "AddSource": SOURCE, "AddWording": "hello"}
    assert asked == {
        "Requester_Account": "alice",
        "From_Account": "alice",
        "FriendItem": [{"To_Account": name, **item} for name in ("carol", "bob")],
        "AddType": "Add_Type_Both",
        "ForceAddFlags": 0,
    }
    told = await pair.one("Sns.CallbackFriendAdd")
    assert told["PairList"] == [{**each, "Initiator_Account": "alice"} for each in _pairs("alice>bob", "bob>alice")]
    assert (told["ClientCmd"], told["Admin_Account"], told["ForceFlag"]) == ("friend_add", "", 0)


async def test_app_admins_add_friends_without_being_asked(pair: Pair) -> None:
    await pair.switch_on("Sns.CallbackPrevFriendAdd", "Sns.CallbackFriendAdd")
    body = _adding("bob", AddType="Add_Type_Single", ForceAddFlags=1)
    await pair.site.rest().call("sns/friend_add", body)
    told = await pair.one("Sns.CallbackFriendAdd")
    assert told["PairList"] == [{**_pairs("alice>bob")[0], "Initiator_Account": "alice"}]
    assert (told["Admin_Account"], told["ForceFlag"]) == ("administrator", 1)
    assert len(pair.receiver.sent) == 1


async def test_imported_friends_are_not_told(pair: Pair) -> None:
    await pair.switch_on("Sns.CallbackFriendAdd")
    imported = {"From_Account": "alice", "AddFriendItem": [{"To_Account": "carol", "AddSource": SOURCE}]}
    await pair.site.rest().call("sns/friend_import", imported)
    await pair.site.rest().call("sns/friend_add", _adding("bob"))
    assert [each["To_Account"] for each in (await pair.one("Sns.CallbackFriendAdd"))["PairList"]] == ["bob", "alice"]


async def test_an_answer_to_a_request_may_be_refused(pair: Pair) -> None:
    names = ["Sns.CallbackPrevFriendResponse", "Sns.CallbackFriendAdd"]
    rest = pair.site.rest()
    allow: Json = {"Tag": "Tag_Profile_IM_AllowType", "Value": "AllowType_Type_NeedConfirm"}
    await rest.call("profile/portrait_set", {"From_Account": "bob", "ProfileItem": [allow]})
    alice, bob = await pair.site.login("alice"), await pair.site.login("bob")
    await pair.switch_on(*names)
    added = await alice.call("sns.friend_add", _adding("bob"))
    assert added["ResultItem"][0]["ResultCode"] == 30539
    answered = {
        "From_Account": "bob",
        "ResponseFriendItem": [{"To_Account": "alice", "ResponseAction": "Response_Action_AgreeAndAdd"}],
    }
    pair.receiver.say(ResultItem=[{"To_Account": "alice", "ResultCode": 38_500, "ResultInfo": "no"}])
    refused = await bob.call("sns.friend_response", answered)
    assert refused["ResultItem"][0]["ResultCode"] == 38_500
    asked = await pair.one(names[0])
    row = {"To_Account": "alice", "Remark": "", "TagName": "", "ResponseAction": "Response_Action_AgreeAndAdd"}
    assert asked == {"Requester_Account": "bob", "From_Account": "bob", "ResponseFriendItem": [row]}
    pair.receiver.say()
    await bob.call("sns.friend_response", answered)
    told = await pair.one(names[1])
    assert {each["Initiator_Account"] for each in told["PairList"]} == {"alice"}
    assert (len(told["PairList"]), told["ClientCmd"]) == (2, "friend_response")


async def test_parting_blocking_and_unblocking_are_told(pair: Pair) -> None:
    rest = pair.site.rest()
    await rest.call("sns/friend_add", _adding("bob"))
    names = [f"Sns.Callback{word}" for word in ("FriendDelete", "BlackListAdd", "BlackListDelete")]
    await pair.switch_on(*names)
    await rest.call(
        "sns/friend_delete", {"From_Account": "alice", "To_Account": ["bob", "carol"], "DeleteType": "Delete_Type_Both"}
    )
    alice = await pair.site.login("alice")
    for command in ("black_list_add", "black_list_add", "black_list_delete"):
        await alice.call(f"sns.{command}", {"From_Account": "alice", "To_Account": ["bob"]})
    assert (await pair.one(names[0]))["PairList"] == _pairs("alice>bob", "bob>alice")
    for name in names[1:]:
        assert (await pair.one(name))["PairList"] == _pairs("alice>bob")


async def test_following_is_told(pair: Pair) -> None:
    names = [f"Follow.CallbackAfterFollow{word}" for word in ("Add", "Delete")]
    await pair.switch_on(*names)
    rest = pair.site.rest()
    follow = {"From_Account": "alice", "FollowItem": [{"To_Account": "bob"}, {"To_Account": "alice"}]}
    await rest.call("follow/follow_add", follow)
    await rest.call("follow/follow_delete", {"From_Account": "alice", "To_Account": ["bob", "carol"]})
    assert await pair.one(names[0]) == {"From_Account": "alice", "FollowList": [{"To_Account": "bob"}]}
    assert await pair.one(names[1]) == {"From_Account": "alice", "To_Account": ["bob"]}


async def test_a_profile_is_told_as_it_was_set(pair: Pair) -> None:
    await pair.switch_on("Profile.CallbackPortraitSet")
    items: list[Json] = [
        {"Tag": "Tag_Profile_IM_Nick", "Value": "Alice"},
        {"Tag": "Tag_Profile_IM_Level", "Value": 3},
    ]
    await pair.site.rest().call("profile/portrait_set", {"From_Account": "alice", "ProfileItem": items})
    told = await pair.one("Profile.CallbackPortraitSet")
    assert told == {"Operator_Account": "administrator", "From_Account": "alice", "ProfileItem": items}


async def _states(pair: Pair, count: int) -> list[tuple[str, str]]:
    bodies = await pair.receiver.wait("State.StateChange", count)
    return [(each["Info"]["Action"], each["Info"]["Reason"]) for each in bodies]


async def _leave(client: GatewayClient) -> None:
    await client.close()


async def test_logins_log_outs_and_lost_connections_are_told(pair: Pair) -> None:
    await pair.switch_on("State.StateChange")
    phone = await pair.site.login("alice", "iphone")
    await phone.call("im_open_status.wslogout", {})
    await _leave(phone)
    page = await pair.site.login("alice")
    await _leave(page)
    assert await _states(pair, 4) == [
        ("Login", "Register"),
        ("Logout", "Unregister"),
        ("Login", "Register"),
        ("Disconnect", "LinkClose"),
    ]
    assert pair.receiver.sent[0].query["OptPlatform"] == "IOS"
    assert "KickedDevice" not in pair.receiver.sent[0].body
    assert pair.receiver.sent[3].query["ClientIP"] == "127.0.0.1"


async def test_a_silent_connection_is_told_as_a_time_out(pair: Pair) -> None:
    await pair.switch_on("State.StateChange")
    await pair.site.login("alice", "android")
    pair.site.sweep_after(401)
    assert await _states(pair, 2) == [("Login", "Register"), ("Disconnect", "TimeOut")]


async def test_a_login_tells_whom_it_has_pushed_out(pair: Pair) -> None:
    await pair.site.change(
        login_policy="single", callback_url=pair.receiver.url, callbacks="State.StateChange", callback_private=True
    )
    await pair.site.login("alice", "windows")
    await pair.site.login("alice", "iphone")
    assert await _states(pair, 2) == [("Login", "Register"), ("Login", "Register")]
    assert pair.receiver.sent[1].body["KickedDevice"] == [{"Platform": "Windows"}]


async def test_reading_everything_is_told(pair: Pair) -> None:
    await pair.switch_on("C2C.CallbackAfterMsgReadAll")
    alice = await pair.site.login("alice")
    await alice.call("openim.read_all_unread_msg", {"C2CReadAllMsg": 1, "GroupReadInfo": []})
    assert await pair.one("C2C.CallbackAfterMsgReadAll") == {"Report_Account": "alice", "GroupReadInfo": []}
